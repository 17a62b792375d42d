"""The layers: who may know whom, and which names do not occur."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "sccon_lod"

# Each module with the modules of ours that it may import. Leaves import nothing.
ALLOWED: dict[str, set[str]] = {
    "formats": set(),
    "iris": set(),
    "language": set(),
    "readers.components": set(),
    "readers.quantities": set(),
    "readers.workbooks": set(),
    "sql.words": set(),
    "tags": set(),
    "terms": set(),
    "values.prose": set(),
    "commands.terminal": {"language"},
    "errors": {"language"},
    "paths": {"language"},
    "refusals": {"language"},
    "values.value": {"language"},
    "documents": {"errors", "language"},
    "findings": {"errors", "language"},
    "graphs": {"errors", "language", "terms", "values.value"},
    "lexical": {"values.value"},
    "lexicon": {"errors"},
    "mapping": {"errors"},
    "names": {"terms", "values.value"},
    "project": {"errors", "findings", "formats", "iris", "language", "official", "toml_files"},
    "publish.release": {"errors", "language"},
    "rml_statements": {"errors", "language"},
    "spots": {"language", "paths"},
    "sql.macros": {"iris", "sql.words", "tags", "terms", "values.value"},
    "values.texts": {"language", "values.value"},
    "cli": {"commands.terminal", "errors", "findings"},
    "constraints": {"errors", "graphs", "language", "shacl.sparql", "shacl.syntax", "terms"},
    "shacl.expressions": set(),
    "shacl.shape": set(),
    "shacl.literals": {"lexical", "values.value"},
    "shacl.compiler": {"shacl.expressions", "shacl.shape", "terms"},
    "shacl.syntax": {"errors", "graphs", "language", "shacl.shape", "terms", "values.value"},
    "results": {"findings", "graphs", "shacl.shape", "terms"},
    "sql.conformance": {"shacl.shape", "sql.words", "terms"},
    "publish.exports": {"findings", "language"},
    "publish.reports": {"findings", "language", "terms"},
    "rml_nodes": {"errors", "language", "refusals", "rml_statements", "terms"},
    "rows": {"findings"},
    "sources": {"errors", "language", "mapping", "project"},
    "sql.facts": {"names", "sql.words", "terms", "values.value"},
    "sql.sources": {"mapping", "sql.words"},
    "templates": {"language", "mapping"},
    "values.dates": {"values.texts", "values.value"},
    "values.numbers": {"values.texts", "values.value"},
    "values.strings": {"values.texts"},
    "vocabulary": {"errors", "graphs", "iris", "language", "lexicon"},
    "__main__": {"cli"},
    "essence": {"constraints", "graphs", "terms"},
    "files": {"errors", "language", "rows"},
    "functions": {
        *("language", "values.dates", "values.numbers", "values.prose", "values.strings", "values.texts"),
        *("values.value",),
    },
    "readers.encodings": {"errors", "language", "rows"},
    "readers.options": {"errors", "language", "rows"},
    "readers.tables": {"errors", "findings", "language", "rows"},
    "rml_sources": {"language", "mapping", "refusals", "rml_nodes", "rml_statements", "sources"},
    "scans": {"mapping", "sql.sources"},
    "facts": {"constraints", "essence", "graphs"},
    "referee": {
        *("constraints", "errors", "essence", "facts", "graphs", "language", "results", "shacl.compiler"),
        *("shacl.expressions", "shacl.shape", "shapes"),
    },
    "shapes": {
        *("constraints", "errors", "findings", "graphs", "language", "shacl.shape", "shacl.syntax", "terms"),
    },
    "yarrrml_sources": {"documents", "mapping", "refusals", "sources"},
    "yarrrml_terms": {"documents", "errors", "mapping", "refusals", "tags", "templates", "terms", "values.value"},
    "invocations": {"functions", "mapping", "values.value"},
    "notations": {"errors", "functions", "language", "mapping", "terms", "values.value"},
    "patterns": {"functions", "mapping"},
    "readers.content": {"errors", "files", "language", "rows"},
    "readers.intake": {"errors", "findings", "language", "readers.tables", "rows"},
    "readers.lines": {"readers.options", "readers.tables"},
    "readers.parquet": {"errors", "language", "readers.options", "readers.tables", "rows"},
    "readers.sheets": {
        *("errors", "findings", "language", "readers.options", "readers.quantities", "readers.tables"),
        *("readers.workbooks", "rows"),
    },
    "readers.wording": {"language", "readers.options"},
    "records": {"errors", "files", "findings", "language", "rows"},
    "rml_executions": {"functions", "rml_nodes", "rml_sources"},
    "plan": {"errors", "functions", "language", "lexicon", "mapping", "patterns", "shapes", "terms"},
    "readers.delimited": {
        *("errors", "findings", "readers.encodings", "readers.lines", "readers.options", "readers.tables"),
        *("readers.wording", "rows"),
    },
    "readers.elements": {"errors", "language", "readers.content", "rows"},
    "readers.moments": {"language", "readers.intake"},
    "readers.notation": {"language", "readers.intake", "spots"},
    "rml_calls": {
        *("errors", "functions", "invocations", "mapping", "rml_executions", "rml_nodes", "rml_sources"),
        *("templates",),
    },
    "scaffold": {"errors", "language", "mapping", "notations", "project", "shapes", "starters", "vocabulary"},
    "yarrrml_calls": {"documents", "functions", "invocations", "mapping", "yarrrml_terms"},
    "commands.new": {"commands.terminal", "language", "scaffold"},
    "naming": {"functions", "lexicon", "mapping", "names", "plan", "shapes", "terms"},
    "readers.calendars": {
        *("errors", "language", "readers.components", "readers.content", "readers.intake", "readers.moments"),
        *("rows",),
    },
    "readers.leaves": {"language", "readers.notation", "rows", "spots"},
    "readers.markup": {"errors", "language", "readers.content", "readers.elements", "readers.intake", "rows"},
    "rml_joins": {"functions", "mapping", "rml_calls", "rml_executions", "rml_nodes", "rml_sources", "rml_statements"},
    "sql.rows": {"functions", "lexical", "mapping", "plan", "sql.sources", "sql.words", "terms"},
    "yarrrml_objects": {
        *("documents", "functions", "invocations", "mapping", "refusals", "terms", "yarrrml_calls"),
        *("yarrrml_terms",),
    },
    "explanation": {
        *("constraints", "errors", "language", "mapping", "plan", "screening", "shacl.compiler", "shapes"),
        *("sql.rows",),
    },
    "readers.trees": {
        *("errors", "language", "paths", "readers.intake", "readers.leaves", "readers.notation", "rows"),
        *("spots",),
    },
    "rml_terms": {
        *("invocations", "mapping", "refusals", "rml_calls", "rml_executions", "rml_joins", "rml_nodes"),
        *("rml_sources", "tags", "templates", "terms", "values.value"),
    },
    "sql.blocks": {
        *("lexical", "mapping", "names", "plan", "sql.facts", "sql.rows", "sql.sources", "sql.words"),
        *("terms", "values.value"),
    },
    "sql.checks": {"mapping", "plan", "sql.rows", "sql.sources", "sql.words", "terms"},
    "sql.screening": {
        *("lexical", "mapping", "plan", "shacl.expressions", "shacl.shape", "sql.rows", "sql.words", "terms"),
        *("values.value",),
    },
    "screening": {"lexicon", "mapping", "patterns", "plan", "shacl.shape", "sql.rows", "sql.screening", "terms"},
    "sql.shared": {"functions", "mapping", "plan", "sql.rows", "sql.sources", "sql.words", "terms"},
    "sql.statements": {"mapping", "plan", "sql.rows", "sql.words"},
    "yarrrml": {
        *("documents", "iris", "mapping", "refusals", "templates", "terms", "yarrrml_calls"),
        *("yarrrml_objects", "yarrrml_sources", "yarrrml_terms"),
    },
    "engine": {
        *("errors", "functions", "iris", "language", "lexicon", "mapping", "plan", "rows", "scans", "sql.macros"),
        *("sql.rows", "sql.sources", "sql.statements", "sql.words", "values.value"),
    },
    "readers.objects": {
        *("errors", "language", "readers.content", "readers.intake", "readers.notation", "readers.trees"),
        *("rows", "spots"),
    },
    "readers.pages": {
        *("language", "readers.content", "readers.intake", "readers.notation", "readers.trees", "rows"),
        *("spots",),
    },
    "rml": {
        *("mapping", "rml_calls", "rml_executions", "rml_joins", "rml_nodes", "rml_sources"),
        *("rml_statements", "rml_terms", "terms"),
    },
    "sql.dumps": {"plan", "sql.blocks", "sql.words"},
    "assembly": {
        *("engine", "formats", "lexicon", "names", "plan", "sql.blocks", "sql.checks", "sql.dumps"),
        *("sql.facts", "sql.sources", "sql.statements", "sql.words"),
    },
    "trail": {"engine", "errors", "findings", "mapping", "plan", "sql.statements", "terms"},
    "checks": {
        *("engine", "errors", "findings", "language", "lexical", "mapping", "plan", "project", "records"),
        *("screening", "sql.blocks", "sql.checks", "sql.rows", "sql.screening", "sql.shared", "sql.sources"),
        *("terms", "trail"),
    },
    "suspects": {
        *("assembly", "checks", "engine", "plan", "screening", "shacl.compiler", "shacl.shape", "sql.checks"),
        *("sql.conformance", "sql.screening"),
    },
    "publish.dumps": {"assembly", "engine", "excerpts", "formats", "frames", "kinds", "packing", "pieces"},
    "shacl.conformance": {
        *("engine", "shacl.compiler", "shacl.literals", "shacl.expressions", "shacl.shape", "sql.conformance"),
    },
    "validation": {
        *("assembly", "constraints", "engine", "errors", "facts", "findings", "language", "lexicon", "results"),
        *("sampling", "shacl.compiler", "shacl.conformance", "shapes", "sql.conformance", "suspects", "terms"),
        *("trail",),
    },
    "accounting": {"checks", "findings", "plan"},
    "reading": {
        *("checks", "engine", "errors", "findings", "functions", "language", "mapping", "plan", "project"),
        *("records", "rows", "scans", "screening", "sql.sources"),
    },
    "holding": {
        *("assembly", "checks", "engine", "errors", "findings", "language", "mapping", "patterns", "plan"),
        *("sql.checks", "sql.holding", "sql.sources", "sql.statements", "terms", "trail"),
    },
    "judgement": {
        *("assembly", "checks", "errors", "findings", "holding", "increments", "language", "project"),
        *("reading", "results", "screening", "shapes", "suspects", "trail", "validation", "waivers"),
    },
    "ledger": {"errors", "findings", "holding", "judgement", "sql.dumps", "sql.ledger", "trail"},
    "news": {"errors", "findings", "language"},
    "quarantine": {
        *("engine", "errors", "files", "findings", "language", "mapping", "paths", "readers.content"),
        *("readers.encodings", "readers.objects", "readers.options", "records", "rows", "spots"),
    },
    "sql.holding": {"plan", "sql.checks", "sql.rows", "sql.words", "terms"},
    "sql.ledger": {"mapping", "plan", "sql.checks", "sql.identity", "sql.sources", "sql.words"},
    "waivers": {"clock", "errors", "findings", "language", "toml_files"},
    "commands.docs": {"commands.terminal", "errors", "language", "project", "publish.rulebook", "shapes"},
    "publish.rulebook": {"language", "shapes"},
    "publish.webpages": {"findings", "language", "page_parts", "shapes"},
    "publish.workbooks": set(),
    "sampling": {"shacl.shape"},
    "toml_files": {"errors", "language"},
    "shacl.algebra": set(),
    "checksums": {"digests", "errors", "language"},
    "commands.releases": {"commands.terminal", "history", "language", "project", "publish.release"},
    "commands.rollback": {"commands.terminal", "errors", "language", "project", "publish.release", "verification"},
    "commands.verify": {"commands.terminal", "language", "project", "publish.release", "verification"},
    "continuity": {
        *("assembly", "errors", "findings", "formats", "holding", "identity", "language", "lexicon", "mapping"),
        *("plan", "sampling", "sql.checks", "sql.identity", "successions", "suppressions", "terms", "trail"),
        *("values.value",),
    },
    "editions": {"census", "formats", "language"},
    "history": {"errors", "identity", "sql.identity"},
    "identity": {"clock", "engine", "errors", "language", "sql.dumps", "sql.identity"},
    "sql.identity": {"sql.words"},
    "successions": {"errors", "language", "toml_files"},
    "verification": {
        *("checksums", "errors", "history", "identity", "language", "project", "publish.release", "purging"),
        *("suppressions",),
    },
    "commands.comparing": {
        *("commands.places", "comparison", "differences", "errors", "language", "publish.changepages"),
        *("publish.patches",),
    },
    "commands.diff": {"commands.comparing", "commands.terminal", "comparison", "project", "publish.patches"},
    "commands.places": {"errors", "identity", "language", "suppressions"},
    "comparison": {
        *("differences", "errors", "language", "names", "project", "publish.release", "short_lines"),
        *("sorted_dumps",),
    },
    "differences": {"language", "sorted_dumps", "terms"},
    "page_parts": set(),
    "publish.changepages": {"comparison", "differences", "findings", "language", "page_parts", "short_lines"},
    "publish.patches": {"comparison", "differences", "findings", "language", "short_lines"},
    "short_lines": {"differences", "names", "terms"},
    "sorted_dumps": {"errors", "language"},
    "placement": {"checksums", "digests", "errors", "identity", "language", "publish.release"},
    "publish.feed": {"engine", "language", "project", "sql.feed"},
    "sql.feed": {"sql.identity", "sql.words"},
    "census": {
        *("assembly", "engine", "functions", "kinds", "mapping", "patterns", "plan", "sql.blocks"),
        *("sql.census", "terms", "values.value"),
    },
    "describing": {
        *("assembly", "census", "digests", "editions", "engine", "formats", "kinds", "language", "lexicon"),
        *("names", "official", "packing", "plan", "project", "publish.catalog", "publish.dumps"),
        *("publish.void",),
    },
    "digests": set(),
    "kinds": {"mapping", "plan", "terms"},
    "official": set(),
    "publish.catalog": {"editions", "language", "lexicon", "official", "project", "telling", "terms", "values.value"},
    "publish.void": {"census", "editions", "lexicon", "names", "project", "telling", "terms", "values.value"},
    "sql.census": {"sql.words", "terms", "values.value"},
    "telling": {"errors", "language", "lexicon", "terms", "values.value"},
    "commands.preflight": {"commands.places", "commands.terminal", "errors", "preflight", "project", "summaries"},
    "portals.catalogs": {"errors", "graphs", "language"},
    "portals.downloads": {"findings", "portals.catalogs", "portals.rules"},
    "portals.limits": {"findings", "lexical", "portals.catalogs", "portals.rules"},
    "portals.profiles": {"findings", "graphs", "language", "portals.catalogs", "portals.rules", "terms"},
    "portals.rules": {"errors", "findings", "graphs", "language", "portals.catalogs"},
    "portals.scores": {"language", "portals.catalogs"},
    "preflight": {
        *("findings", "language", "portals.catalogs", "portals.downloads", "portals.limits"),
        *("portals.profiles", "portals.scores"),
    },
    "summaries": {"findings", "language", "portals.scores", "preflight", "publish.reports"},
    "commands.suppress": {"commands.terminal", "language", "project", "suppressing"},
    "purging": {
        *("checksums", "digests", "errors", "formats", "language", "ledger", "publish.dumps", "publish.feed"),
        *("suppressions",),
    },
    "suppressing": {
        *("engine", "errors", "identity", "language", "memory", "placement", "project", "publish.feed"),
        *("publish.release", "purging", "quarantine", "suppressions"),
    },
    "suppressions": {"errors", "findings", "language"},
    "clock": {"errors", "language"},
    "sparql.admission": {"errors", "language", "sparql.scanning"},
    "sparql.answers": {"formats", "sparql.admission"},
    "sparql.confinement": set(),
    "sparql.pool": {"errors", "language", "sparql.admission", "sparql.answers", "sparql.processes"},
    "sparql.processes": {"errors", "language", "sparql.admission", "sparql.answers", "sparql.worker"},
    "sparql.scanning": set(),
    "sparql.stores": {"errors", "language"},
    "sparql.storing": set(),
    "sparql.worker": {"iris", "sparql.confinement", "sparql.scanning"},
    "commands.query": {
        *("commands.terminal", "errors", "findings", "language", "project", "publish.release"),
        *("sparql.admission", "sparql.answers", "sparql.asking", "sparql.processes"),
    },
    "sparql.asking": {"sparql.admission", "sparql.answers", "sparql.pool", "sparql.processes", "sparql.stores"},
    "commands.serve": {
        *("commands.terminal", "project", "serving.application", "serving.live", "serving.running"),
        *("sparql.admission", "sparql.processes"),
    },
    "serving.application": {
        *("errors", "language", "project", "serving.counting", "serving.endpoint", "serving.filing"),
        *("serving.guarding", "serving.live", "serving.pages", "serving.published", "serving.querying"),
        *("serving.replies", "serving.resources", "sparql.admission"),
    },
    "serving.connections": set(),
    "serving.counting": set(),
    "serving.documents": {"formats", "serving.published", "sorted_dumps", "terms"},
    "serving.endpoint": {
        *("errors", "language", "project", "serving.counting", "serving.guarding", "serving.live"),
        *("serving.negotiation", "serving.replies", "serving.service", "sparql.admission", "sparql.answers"),
        *("sparql.pool", "sparql.processes"),
    },
    "serving.filing": {"formats", "serving.negotiation", "serving.published", "serving.replies", "site.addresses"},
    "serving.guarding": {"findings", "serving.counting"},
    "serving.live": {"errors", "serving.published", "sparql.pool", "sparql.processes", "sparql.stores"},
    "serving.negotiation": set(),
    "serving.pages": {"formats", "language", "project", "serving.documents", "serving.published"},
    "serving.published": {"checksums", "errors", "publish.release"},
    "serving.replies": {"language", "serving.negotiation"},
    "serving.resources": {
        *("formats", "language", "project", "serving.documents", "serving.negotiation", "serving.pages"),
        *("serving.published", "serving.replies", "site.addresses"),
    },
    "serving.running": {"errors", "language", "project", "serving.application", "serving.connections"},
    "forms": {"errors", "language", "shapes", "terms"},
    "pages": {
        *("digests", "findings", "formats", "forms", "language", "names", "project", "publish.release"),
        *("publish.reports", "shapes", "site.addresses", "site.contents", "site.frame", "site.hosting"),
        *("site.keeping", "site.reports", "site.resource", "site.templates", "site.vocabulary", "site.writing"),
        *("starters",),
    },
    "site.addresses": set(),
    "site.contents": {"errors", "formats", "language", "terms", "triples"},
    "site.finding": set(),
    "site.frame": {"site.addresses", "site.words"},
    "site.hosting": {"formats"},
    "site.lists": {"site.addresses", "site.finding", "site.resource", "site.spoken", "site.words", "values.value"},
    "site.markup": {"names", "site.contents", "site.resource", "terms", "triples"},
    "site.profile": {"forms", "names", "site.finding", "site.frame", "site.resource", "site.words"},
    "site.reports": {"findings", "language", "shapes", "site.words"},
    "site.resource": {
        *("forms", "language", "site.addresses", "site.contents", "site.spoken", "terms", "triples"),
        *("values.value",),
    },
    "site.spoken": {"language", "site.words", "values.value"},
    "site.templates": {"errors", "language", "starters"},
    "site.vocabulary": {"graphs", "names"},
    "site.words": {"language"},
    "site.writing": {
        *("formats", "site.addresses", "site.contents", "site.datasets", "site.finding", "site.frame"),
        *("site.hosting", "site.lists", "site.maps", "site.markup", "site.profile", "site.resource"),
        *("site.sharing", "site.templates", "site.ties", "site.vocabulary", "site.words"),
    },
    "starters": set(),
    "triples": {"terms", "values.value"},
    "serving.service": {"project", "serving.documents", "sparql.answers", "terms"},
    "site.sharing": set(),
    "site.keeping": {"checksums", "digests", "errors"},
    "site.maps": {"site.addresses", "site.finding", "site.lists", "site.resource", "site.words"},
    "site.ties": {"site.addresses", "site.finding", "site.frame", "site.resource", "site.words"},
    "examples": {"errors", "language", "publish.release", "shacl.sparql", "sparql.scanning", "starters"},
    "serving.completion": {"names", "serving.documents", "serving.published", "serving.service"},
    "serving.editing": set(),
    "serving.querying": {
        *("project", "serving.completion", "serving.editing", "serving.negotiation", "serving.pages"),
        *("serving.published", "serving.replies", "serving.words", "site.addresses", "sparql.answers"),
        *("starters",),
    },
    "serving.words": {"language"},
    "affected": {
        *("engine", "errors", "lexicon", "results", "sampling", "screening", "shacl.compiler"),
        *("shacl.conformance", "sql.conformance", "terms"),
    },
    "increments": {
        *("affected", "assembly", "engine", "formats", "holding", "identity", "memory", "positions", "results"),
        *("sampling", "sql.blocks", "sql.memory", "sql.sources", "sql.statements", "suspects", "validation"),
    },
    "ingredients": {"project", "successions", "suppressions", "waivers"},
    "memory": {
        *("census", "checksums", "digests", "findings", "kinds", "packing", "positions", "publish.release"),
        *("results", "shacl.shape"),
    },
    "pieces": {"formats", "packing", "positions"},
    "frames": {"formats", "names", "positions"},
    "excerpts": {"frames", "kinds", "packing", "pieces", "positions"},
    "shacl.sparql": set(),
    "packing": {"digests", "positions"},
    "patching": {"frames", "pieces", "positions"},
    "positions": {"formats", "names"},
    "recount": {"assembly", "census", "engine", "kinds", "lexicon", "names", "plan", "sql.census"},
    "rewriting": {
        *("affected", "assembly", "census", "checksums", "digests", "engine", "excerpts", "formats"),
        *("frames", "increments", "kinds", "lexicon", "memory", "packing", "patching", "pieces", "positions"),
        *("publish.dumps", "publish.feed", "publish.release", "recount", "sql.memory", "validation"),
    },
    "sql.memory": {"plan", "sql.checks", "sql.rows", "sql.words"},
    "site.datasets": {"formats", "names", "site.frame", "site.markup"},
    "build": {
        *("accounting", "assembly", "census", "checks", "continuity", "describing", "digests", "editions"),
        *("engine", "examples", "findings", "formats", "holding", "identity", "increments", "ingredients"),
        *("judgement", "kinds", "language", "ledger", "lexicon", "memory", "names", "naming", "notations"),
        *("pages", "placement", "plan", "project", "publish.dumps", "publish.exports", "publish.feed"),
        *("publish.release", "publish.reports", "publish.webpages", "purging", "quarantine", "reading"),
        *("rewriting", "screening", "shapes", "sql.statements", "successions", "suppressions", "trail"),
        *("validation", "vocabulary", "waivers"),
    },
    "standalone": {
        *("accounting", "assembly", "checks", "engine", "errors", "findings", "formats", "language"),
        *("lexicon", "mapping", "naming", "packing", "plan", "publish.dumps", "reading", "trail"),
    },
    "commands.reporting": {
        *("build", "commands.places", "errors", "language", "publish.exports", "publish.reports"),
        *("publish.webpages", "validation"),
    },
    "commands.build": {
        *("build", "commands.comparing", "commands.reporting", "commands.terminal", "comparison", "language"),
        *("project", "publish.patches", "reading", "validation"),
    },
    "commands.check": {"build", "commands.reporting", "commands.terminal", "news", "project", "validation"},
    "commands.explain": {"build", "commands.terminal", "explanation", "project"},
    "commands.map": {"commands.terminal", "findings", "notations", "publish.reports", "standalone"},
}
# Standards whose terms the compiler needs, and code lists; every other vocabulary stands in text files.
KNOWN_VOCABULARIES = (
    *("22-rdf-syntax-ns#", "rdf-schema#", "XMLSchema#", "ns/shacl#", "purl.org/dc/terms/", "skos/core#", "ns/dcat#"),
    "ns/prov#",  # where the results of a report come from
    "2002/07/owl#",  # what is withdrawn is deprecated
    # What portals expect of a catalogue.
    *("ns/adms#", "ns/dqv#", "ns/formats/", "2006/vcard/ns#", "data.europa.eu/r5r/", "xmlns.com/foaf/0.1/"),
    *("sparql11-protocol/", "ns/sparql-service-description#"),
    # The change feed.
    *("ns/activitystreams#", "www.w3.org/2005/Atom", "purl.org/atompub/tombstones/", "purl.org/syndication/history/"),
    # What RML was made from, and how it describes tables.
    *("ns/r2rml#", "ns/csvw#"),
    "schema.org/",  # what search engines read in pages
    "XML/1998/namespace",  # the namespace of xml:lang, which is no vocabulary
)
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "base", "core", "manager"}


def modules() -> dict[str, Path]:
    paths = sorted(path for path in SOURCE.rglob("*.py") if path.name != "__init__.py")
    return {".".join(path.relative_to(SOURCE).with_suffix("").parts): path for path in paths}


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    known = modules()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sccon_lod"):
            package = node.module.removeprefix("sccon_lod").lstrip(".")
            for alias in node.names:
                inner = f"{package}.{alias.name}".lstrip(".")
                found.add(inner if inner in known else package)
        if isinstance(node, ast.Import):
            found.update(
                alias.name.removeprefix("sccon_lod.") for alias in node.names if alias.name.startswith("sccon_lod")
            )
    return found


def test_every_module_is_in_the_table() -> None:
    assert set(modules()) == set(ALLOWED)


@pytest.mark.parametrize("module", sorted(ALLOWED))
def test_a_module_imports_only_what_the_table_allows(module: str) -> None:
    assert imports(modules()[module]) <= ALLOWED[module]


@pytest.mark.parametrize("module", sorted(ALLOWED))
def test_the_table_allows_only_what_is_imported(module: str) -> None:
    assert ALLOWED[module] <= imports(modules()[module])


def test_the_imports_have_no_cycle() -> None:
    known: set[str] = set()
    waiting = dict(ALLOWED)
    while waiting:
        ready = {module for module, needs in waiting.items() if needs <= known}
        assert ready, f"a cycle among {sorted(waiting)}"
        known |= ready
        waiting = {module: needs for module, needs in waiting.items() if module not in ready}


def test_packages_hold_a_docstring_only() -> None:
    for path in SOURCE.rglob("__init__.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body

        assert len(body) == 1
        assert isinstance(body[0], ast.Expr)


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not {name.rpartition(".")[2] for name in modules()} & FORBIDDEN_NAMES


@pytest.mark.parametrize("module", sorted(ALLOWED))
def test_no_kind_is_known_to_python(module: str) -> None:
    kinds = {path.stem for path in (SOURCE.parent.parent / "mapping").glob("*.yaml")} - {
        "source",
        "dataset",
        "identifier",
    }
    # `source`, `dataset` and `dct:identifier` are words of RML, DCAT and DCTERMS.
    tree = ast.parse(modules()[module].read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}

    assert not texts & kinds


@pytest.mark.parametrize("module", sorted(ALLOWED))
def test_vocabulary_terms_stay_in_text_files(module: str) -> None:
    text = modules()[module].read_text(encoding="utf-8")
    namespaces = re.findall(
        r"https?://(?:www\.w3\.org|purl\.org|schema\.org|xmlns\.com|data\.europa\.eu)/[\w./#-]*", text
    )

    assert all(any(known in each for known in KNOWN_VOCABULARIES) for each in namespaces), namespaces


def test_only_the_terminal_prints_and_exits() -> None:
    for name, path in modules().items():
        if name != "cli" and not name.startswith("commands."):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}

            caught = {
                node.type.id
                for node in ast.walk(tree)
                if isinstance(node, ast.ExceptHandler) and isinstance(node.type, ast.Name)
            }

            assert not names & {"print", "click"}, name
            assert not caught & {"Exception", "BaseException"}, name
            assert "exit" not in attributes, name
