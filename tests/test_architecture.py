"""The layers: who may know whom, and which names do not occur."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "sccon_lod"

# Each module with the modules of ours that it may import. Leaves import nothing.
ALLOWED: dict[str, set[str]] = {
    "language": set(),
    "terms": set(),
    "iris": set(),
    "formats": set(),
    "errors": {"language"},
    "findings": {"errors", "language"},
    "values.value": {"language"},
    "values.texts": {"language", "values.value"},
    "values.dates": {"values.texts", "values.value"},
    "values.numbers": {"values.texts", "values.value"},
    "lexical": {"values.value"},
    "functions": {"language", "values.dates", "values.numbers", "values.texts", "values.value"},
    "project": {"errors", "iris", "language"},
    "records": {"errors", "findings", "language"},
    "mapping": {"errors"},
    "documents": {"errors", "language"},
    "yarrrml": {"documents", "errors", "functions", "language", "mapping", "project", "terms", "values.value"},
    "graphs": {"errors", "language", "terms", "values.value"},
    "vocabulary": {"errors", "graphs", "iris", "language"},
    "shapes": {"errors", "findings", "graphs", "language", "terms"},
    "plan": {"errors", "functions", "language", "mapping", "shapes", "terms", "vocabulary"},
    "names": {"terms", "values.value"},
    "naming": {"functions", "mapping", "names", "plan", "shapes", "vocabulary"},
    "sql": {"functions", "iris", "lexical", "mapping", "names", "plan", "terms", "values.value"},
    "engine": {
        *("functions", "iris", "language", "names", "plan", "records", "sql", "values.value", "vocabulary"),
    },
    "trail": {"engine", "errors", "findings", "mapping", "plan", "sql", "terms"},
    "checks": {
        *("engine", "errors", "findings", "language", "lexical", "mapping", "plan", "project", "records", "sql"),
        "trail",
    },
    "validation": {"engine", "errors", "findings", "graphs", "language", "shapes", "terms", "trail"},
    "publish.dumps": {"engine", "names", "sql"},
    "publish.reports": {"findings", "language", "terms"},
    "publish.release": {"errors", "language"},
    "build": {
        *("checks", "engine", "findings", "formats", "language", "mapping", "naming", "plan", "project"),
        *("publish.dumps", "publish.release", "publish.reports", "records", "shapes", "trail", "validation"),
        *("vocabulary", "yarrrml"),
    },
    "explanation": {"errors", "language", "mapping", "plan", "shapes", "sql"},
    "scaffold": {"errors", "language", "mapping", "project", "shapes", "vocabulary", "yarrrml"},
    "commands.terminal": {"language"},
    "commands.build": {"build", "commands.terminal", "language", "project", "publish.reports"},
    "commands.check": {"build", "commands.terminal", "project", "publish.reports"},
    "commands.explain": {"build", "commands.terminal", "explanation", "project"},
    "commands.new": {"commands.terminal", "language", "scaffold"},
    "cli": {"commands.terminal", "errors", "findings"},
    "__main__": {"cli"},
}
# Standards whose terms the compiler needs, and code lists; every other vocabulary stands in text files.
KNOWN_VOCABULARIES = ("22-rdf-syntax-ns#", "rdf-schema#", "XMLSchema#", "ns/shacl#", "purl.org/dc/terms/", "skos/core#")
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
