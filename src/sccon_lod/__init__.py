r"""Publish records of events, projects and organisations as validated linked open data.

Build a publication; `outcome.folder` holds the dumps and the report:

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from sccon_lod import build, project, scaffold
>>> with TemporaryDirectory() as folder:
...     scaffold.make(Path(folder) / "my-city")
...     outcome = build.build(build.load(project.load(Path(folder) / "my-city")))
...     sorted(path.name for path in outcome.folder.glob("*.ttl"))
['catalog.ttl', 'my-city.ttl', 'report.ttl', 'void.ttl']

Run a mapping on its own:

>>> from sccon_lod import notations, standalone
>>> with TemporaryDirectory() as folder:
...     _ = (Path(folder) / "event.csv").write_text("id,name\na,Fest\n")
...     _ = (Path(folder) / "event.yaml").write_text('''
... mappings:
...   event:
...     sources: [[event.csv~csv]]
...     s: https://example.org/event/$(id)
...     po: [[rdfs:label, $(name), de~lang]]
... ''')
...     mapping = notations.read_files(Path(folder), [Path(folder) / "event.yaml"], {}, {})
...     mapped = standalone.run(mapping, Path(folder), [Path(folder) / "event.nt"])
...     print((Path(folder) / "event.nt").read_text(), end="")
<https://example.org/event/a> <http://www.w3.org/2000/01/rdf-schema#label> "Fest"@de .
"""
