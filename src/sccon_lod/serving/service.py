"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

import pyoxigraph

from sccon_lod.project import Project
from sccon_lod.serving.documents import serialized
from sccon_lod.sparql.answers import Form
from sccon_lod.terms import DCT, TYPE

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "JSON-LD")
_PREFIXES = {"sd": SD, "void": VOID, "dct": DCT, "format": _FORMATS}


def address(project: Project) -> str:
    """Return the address of the endpoint: that of the settings, else `sparql` below the site."""
    return project.settings["catalog.sparql"] or f"{project.site}/sparql"


def description(project: Project, form: Form) -> bytes:
    """Return the description of the endpoint in a form of graphs."""
    endpoint = address(project)
    dataset, graph = f"{endpoint}#dataset", f"{endpoint}#default-graph"
    said = [
        (endpoint, TYPE, f"{SD}Service"),
        (endpoint, f"{SD}endpoint", endpoint),
        (endpoint, f"{SD}supportedLanguage", f"{SD}SPARQL11Query"),
        *((endpoint, f"{SD}resultFormat", f"{_FORMATS}{each}") for each in (*_RESULTS, *_GRAPHS)),
        (endpoint, f"{SD}defaultDataset", dataset),
        (dataset, TYPE, f"{SD}Dataset"),
        (dataset, f"{SD}defaultGraph", graph),
        (graph, TYPE, f"{SD}Graph"),
        (graph, TYPE, f"{VOID}Dataset"),
        (graph, f"{DCT}source", project.dataset),
        (graph, f"{DCT}license", project.settings["license"]),
    ]
    triples = [pyoxigraph.Triple(*map(pyoxigraph.NamedNode, each)) for each in said]
    return serialized(triples, form.media_type, _PREFIXES)
