"""The documentation says all that there is, and what it says is so."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import click
import pytest
import yaml

import small
from conftest import ROOT, check, copy_publication, load, quiet, read_table
from sccon_lod import build, cli, errors, functions, project, scaffold
from sccon_lod.errors import PublicationError
from sccon_lod.findings import Severity
from sccon_lod.functions import FUNCTIONS, TESTS
from sccon_lod.values import dates, numbers
from sccon_lod.values.value import STRING, XSD, ValueProblem

README = "README.md"
MAPPING = "docs/mapping.md"
GUIDE = "docs/steward-guide.md"
ERRORS = "docs/errors.md"
SERVING = "docs/serving.md"
RECORDS = "data/README.md"
PAGES = sorted([README, "CONTRIBUTING.md", RECORDS, *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))])
PAGES += sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*/**/*.md"))
LONGEST_DECISION = 40  # lines

Table = list[dict[str, str]]


# --- how a page is read


@cache
def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """Return what stands below a heading, up to the next one that is not below it."""
    lines = page(name).splitlines(keepends=True)
    found = [(number, line) for number, line in headings(name) if line == heading]
    assert len(found) == 1, f"{name} has the heading {heading!r} {len(found)} times"
    start, level = found[0][0], len(heading.partition(" ")[0])
    later = [number for number, line in headings(name) if number > start and len(line.partition(" ")[0]) <= level]
    return "".join(lines[start + 1 : min([*later, len(lines)])])


def headings(name: str) -> list[tuple[int, str]]:
    """Return the headings of a page with the numbers of their lines, not the comments in its code."""
    found, is_code = [], False
    for number, line in enumerate(page(name).splitlines()):
        is_code ^= line.lstrip().startswith("```")
        if not is_code and re.match("#+ ", line):
            found.append((number, line))
    return found


def tables(text: str) -> list[Table]:
    """Return the tables of a text; each row by the words of the header."""
    found = re.findall(r"(?:^\|.*\|\n)+", f"{text}\n", re.MULTILINE)
    return [as_table(each.splitlines()) for each in found]


def as_table(lines: list[str]) -> Table:
    header, _, *rows = ([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines)
    return [dict(zip(header, (cell.replace("\\|", "|") for cell in row), strict=True)) for row in rows]


def blocks(text: str, language: str) -> list[str]:
    return [
        re.sub(f"^{indent}", "", block, flags=re.MULTILINE)
        for indent, word, block in re.findall(r"^( *)```([^`\n]*)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
        if word == language
    ]


def spans(text: str) -> list[str]:
    """Return what is written as code within a line."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL))


def code(name: str) -> Iterator[str]:
    """Yield each line of code of a page, within text and in blocks."""
    yield from spans(page(name))
    for language in ("", "sh"):
        for block in blocks(page(name), language):
            yield from block.splitlines()


# --- what there is


def commands() -> dict[str, click.Command]:
    return {name: importlib.import_module(f"sccon_lod.commands.{name}").command for name in cli.COMMANDS}


def error_classes() -> list[str]:
    found = inspect.getmembers(errors, inspect.isclass)
    return [name for name, each in found if issubclass(each, PublicationError)]


# What the rules of the program are about; their names begin so.
THINGS = (
    "base",
    "cell",
    "cells",
    "column",
    "component",
    "file",
    "header",
    "id",
    "iterator",
    "key",
    "row",
    "sheet",
    "table",
)


def own_rules() -> set[str]:
    """Return the rules by which the program itself makes findings: words in the modules that make or name any."""
    found: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        texts = {each.value for each in nodes if isinstance(each, ast.Constant) and isinstance(each.value, str)}
        words = {text for text in texts if re.fullmatch(r"[a-z]+(-[a-z]+)+", text)}
        if any(isinstance(node, ast.Call) and ast.unparse(node.func) == "Finding" for node in nodes):
            found |= words
        elif any(isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sccon_lod") for node in nodes):
            found |= {word for word in words if word.partition("-")[0] in THINGS}
    return found


def kinds() -> list[str]:
    return sorted(path.stem for path in (ROOT / "mapping").glob("*.yaml"))


def short(iri: str) -> str:
    """Return a name as a mapping writes it."""
    spaces = re.findall(r"@prefix ([\w-]+): <([^>]+)>", page("ontology/prefixes.ttl"))
    return next(f"{name}:{iri.removeprefix(space)}" for name, space in spaces if iri.startswith(space))


def repository_files() -> list[Path]:
    """Return the files that are or would be committed."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


# --- all that there is, is documented


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    rows = [row["command"] for table in tables(page(README)) for row in table if "command" in row]

    assert [row for row in rows if row.startswith(f"`sccon-lod {name}")]


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_option_of_a_command_is_documented(name: str) -> None:
    written = page(README) + page(GUIDE) + page(SERVING)

    unsaid = [
        each.opts
        for each in commands()[name].params
        if isinstance(each, click.Option) and not any(f"`{option}" in written for option in each.opts)
    ]

    assert unsaid == []


def test_the_settings_are_documented_as_they_are() -> None:
    (table,) = tables(section(GUIDE, "## The settings"))

    documented = {row["key"].strip("`"): row["needed?"] for row in table}

    assert documented == {key: "yes" if setting.needed else "no" for key, setting in project.SETTINGS.items()}


@pytest.mark.parametrize("key", project.SETTINGS)
def test_the_example_of_a_setting_is_accepted(key: str, tmp_path: Path) -> None:
    (table,) = tables(section(GUIDE, "## The settings"))
    examples = {row["key"].strip("`"): row["example"].strip("`") for row in table}
    needed = [each for each, setting in project.SETTINGS.items() if setting.needed or each == key]
    lines = sorted((f"{each} = {examples[each]}" for each in needed), key=lambda line: "." in line.partition(" ")[0])
    (tmp_path / project.FILE).write_text("\n".join(lines), encoding="utf-8")

    assert project.load(tmp_path).settings[key]


def test_the_value_functions_are_documented_with_their_parameters() -> None:
    documented = {}
    for row in table_after("functions"):
        given, _, optional = row["parameters"].partition("optionally")
        for name in spans(row["function"]):
            documented[name] = (spans(given), spans(optional))

    assert documented == {
        short(iri): (
            [short(each) for each in function.parameters if each not in function.optional],
            [short(each) for each in function.optional],
        )
        for iri, function in FUNCTIONS.items()
    }


def test_the_value_functions_are_documented_with_what_they_give() -> None:
    words = {"an IRI": "", "the IRI": "", "the text": STRING, "the currency code as text": STRING}
    documented = {
        name: {next(kind for word, kind in words.items() if row["gives"].startswith(word))}
        if row["gives"].startswith(tuple(words))
        else {XSD + each.removeprefix("xsd:") for each in spans(row["gives"])}
        for row in table_after("functions")
        for name in spans(row["function"])
    }

    assert documented == {short(iri): set(function.datatypes) for iri, function in FUNCTIONS.items()}


def test_the_conditions_are_documented_with_their_parameters() -> None:
    documented = {row["condition"].strip("`"): spans(row["parameters"]) for row in table_after("conditions")}

    assert documented == {short(iri): [short(each) for each in test.parameters] for iri, test in TESTS.items()}


def table_after(mark: str) -> Table:
    _, found, rest = page(MAPPING).partition(f"<!-- {mark}: this table is compared with the program by a test -->")
    assert found
    return tables(rest)[0]


@pytest.mark.parametrize("name", error_classes())
def test_every_error_class_is_documented(name: str) -> None:
    assert f"`{name}`" in page(ERRORS)


def test_the_rules_of_the_program_are_documented_and_no_others() -> None:
    table = tables(section(ERRORS, "## Findings of the program"))[0]
    explained = re.findall(r"^### (.+)$", section(ERRORS, "## Findings of the program"), re.MULTILINE)

    listed = [name for row in table for name in spans(row["rule"])]

    assert sorted(listed) == sorted(explained) == sorted(own_rules())


def test_the_severities_of_findings_are_documented() -> None:
    assert all(f"`{severity.word}`" in page(GUIDE) for severity in Severity)


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_documented_with_its_file(kind: str) -> None:
    sources = yaml.safe_load(page(f"mapping/{kind}.yaml"))["sources"].values()
    files = {each["access"] for each in sources}

    # What a publication says of itself is no record: it stands in the settings.
    written = page(GUIDE) if files == {project.FILE} else page(RECORDS)
    assert [file for file in sorted(files) if f"`{Path(file).name}`" not in written] == []


def test_every_file_of_a_release_is_documented(released: Path) -> None:
    table = tables(section(GUIDE, "## What is published"))[0]
    documented = {name.replace("NAME", "sccon") for row in table for name in spans(row["file"])}

    published = {path.name for path in released.iterdir()}

    assert {name for name in published if not matches(name, documented)} == set()
    assert {name for name in documented if not any(matches(each, {name}) for each in published)} == set()


def matches(name: str, patterns: set[str]) -> bool:
    return any(Path(name).match(pattern) for pattern in patterns)


# --- what is documented is there


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_file_and_a_heading_in_it(name: str) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", page(name))

    dead = [target for target in targets if not re.match(r"[a-z]+:", target) and not leads_somewhere(name, target)]

    assert dead == []


def leads_somewhere(name: str, target: str) -> bool:
    file, _, anchor = target.partition("#")
    path = (ROOT / name).parent / file if file else ROOT / name
    if not path.exists() or not path.resolve().is_relative_to(ROOT.resolve()):
        return False
    return not anchor or anchor in anchors(path.resolve().relative_to(ROOT.resolve()).as_posix())


def anchors(name: str) -> set[str]:
    """Return the names of the headings of a page as GitHub makes them."""
    words = [heading.partition(" ")[2] for _, heading in headings(name)]
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in words}


@pytest.mark.parametrize("name", PAGES)
def test_every_target_of_make_that_is_named_is_there(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE))

    lines = [line.partition("#")[0].strip() for line in code(name)]
    named = {word for line in lines for word in re.findall(r"^make ([a-z]+)$", line)}

    assert named <= targets


def test_the_readme_names_the_targets_that_build_and_test() -> None:
    assert {"make build", "make test"} <= {line.partition("#")[0].strip() for line in code(README)}


@pytest.mark.parametrize("name", PAGES)
def test_every_command_that_is_named_is_there(name: str) -> None:
    named = {word for line in code(name) for word in re.findall(r"sccon-lod ([a-z]+)", line)}

    assert named <= set(cli.COMMANDS)


def test_every_target_of_make_is_documented() -> None:
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE))

    assert targets - {line.removeprefix("make ") for line in code("CONTRIBUTING.md")} == set()


# --- examples of the README


def test_the_row_in_the_readme_is_a_record() -> None:
    ((row,), *_) = tables(section(README, "## What comes out"))

    assert [each for each in read_table(ROOT / "data" / "figure.csv") if row.items() <= each.items()]


def test_the_turtle_in_the_readme_is_published(released: Path) -> None:
    shown = blocks(section(README, "## What comes out"), "turtle")

    published = (released / "sccon.ttl").read_text(encoding="utf-8").split("\n\n")

    assert shown
    assert [block for block in shown if block.strip() not in map(str.strip, published)] == []


def test_the_finding_in_the_readme_is_reported() -> None:
    shown = "".join(blocks(section(README, "## What comes out"), "")).splitlines()

    reported = {each.line("en") for each in check(ROOT).findings}

    assert shown
    assert set(shown) <= reported


def test_the_python_in_the_readme_runs(tmp_path: Path) -> None:
    checks, maps = blocks(page(README), "python")
    city = tmp_path / "my-city"
    city.mkdir()
    (city / "event.csv").write_text("id,name\na,Fest\n", encoding="utf-8")
    (city / "event.yaml").write_text(
        "mappings: {event: {sources: [[event.csv~csv]], s: https://example.org/$(id), po: [[rdfs:label, $(name)]]}}",
        encoding="utf-8",
    )

    for script, folder in ((checks, ROOT), (maps, tmp_path)):
        done = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False)

        assert (done.returncode, done.stderr) == (0, "")
        assert re.fullmatch(r"\d+ \d+\n", done.stdout)
    assert {path.name for path in tmp_path.iterdir()} == {"my-city", "event.nt", "event.ttl.gz"}


# --- examples of the mapping


PREDICATES = ("schema:name", "dct:title", "dct:type", "schema:about", "schema:startDate")


def shapes_without_demands(predicates: tuple[str, ...]) -> str:
    target = "shapes:Event a sh:NodeShape ; sh:targetClass schema:Event .\n"
    described = [f"shapes:P{number} a sh:PropertyShape ; sh:path {each} .\n" for number, each in enumerate(predicates)]
    return "".join([small.PREFIXES, target, *described])


def test_the_example_of_a_mapping_gives_the_turtle_that_is_shown(tmp_path: Path) -> None:
    text = section(MAPPING, "## A whole file")
    (mapping,), (turtle,), ((row,),) = blocks(text, "yaml"), blocks(text, "turtle"), tables(text)
    ontology = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in (ROOT / "ontology").rglob("*.ttl")
    }
    folder = small.publication(
        tmp_path,
        {
            **ontology,
            "sccon.toml": small.SETTINGS.replace(small.BASE, "https://w3id.org/sccon-lod/id"),
            "mapping/event.yaml": mapping,
            "shapes/event.ttl": shapes_without_demands(PREDICATES),
            "data/event.csv": small.table([row], list(row)),
        },
    )

    outcome = build.build(load(folder), quiet)

    assert outcome.folder is not None, [each.line("en") for each in outcome.findings]
    published = (outcome.folder / "small.ttl").read_text(encoding="utf-8").split("\n\n")
    own = [block.strip() for block in published if block.startswith("<https://w3id.org/sccon-lod/id/")]
    assert own == [turtle.strip()]


def readings() -> list[tuple[str, str]]:
    """Return each cell of the table with what it becomes; "the same" is what stands above."""
    text = section(MAPPING, "## Value functions").partition("What dates and numbers may look like:")[2]
    found: list[tuple[str, str]] = []
    before = ""
    for row in tables(text)[0]:
        before = before if row["becomes"] == "the same" else row["becomes"]
        cells = spans(row["cell"])
        parts = before.split(", ") if re.fullmatch(r"\d+(, \d+)+", before) else [before] * len(cells)
        found += zip(cells, parts, strict=True)
    return found


MOMENT = r"\d{4}-\d\d-\d\d(?:T[\d:+]+)?"
Conversion = Callable[[str], object]
CONVERSIONS: list[Conversion] = [dates.start, dates.end, numbers.number, numbers.amount]


@pytest.mark.parametrize(("cell", "becomes"), readings())
def test_dates_and_numbers_are_read_as_the_mapping_says(cell: str, becomes: str) -> None:
    moments = re.findall(MOMENT, becomes)

    if becomes.startswith("an error"):
        for conversion in CONVERSIONS:
            with pytest.raises(ValueProblem):
                conversion(cell)
    elif moments:
        assert [dates.start(cell).lexical, dates.end(cell).lexical] == [moments[0], moments[-1]]
    elif " and " in becomes:
        assert f"{numbers.amount(cell).lexical} and {numbers.currency(cell)}" == becomes
    else:
        assert numbers.number(cell).lexical == becomes


def test_the_year_makes_a_day_a_date_as_the_mapping_says() -> None:
    (cell,) = [cell for cell, becomes in readings() if becomes == "an error, unless `fn:year` gives the year"]

    assert dates.start(cell, "2022").lexical == "2022-10-18"


def test_the_table_of_dates_and_numbers_is_not_empty() -> None:
    assert len(readings()) >= 20


# --- examples of the steward guide


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A new publication, as the guide makes it."""
    folder = tmp_path / "my-city"
    scaffold.make(folder)
    return folder


def add_rows(folder: Path, file: str, rows: Table) -> None:
    path = folder / "data" / file
    text = path.read_text(encoding="utf-8-sig")
    header = text.splitlines()[0].split(",")
    assert {column for row in rows for column in row} <= set(header)
    added = small.table(rows, header).partition("\n")[2]
    path.write_text(text + added, encoding="utf-8-sig", newline="")


def violations(folder: Path) -> set[str]:
    return {each.line("en") for each in check(folder).findings if each.severity is Severity.VIOLATION}


def test_the_first_check_of_the_guide_finds_what_is_shown(city: Path) -> None:
    text = section(GUIDE, "## Ten minutes")
    events = next(table for table in tables(text) if "starts_at" in table[0])
    add_rows(city, "event.csv", events)
    add_rows(city, "source.csv", [{"id": "agenda", "headline_de": "Programm", "language": "de"}])

    shown = {line for block in blocks(text, "") for line in block.splitlines() if ": violation: " in line}

    assert shown
    assert violations(city) == shown


def test_the_column_of_the_guide_is_added_as_shown(tmp_path: Path) -> None:
    text = section(GUIDE, "## Adding a column")
    (rule,), (shape,), (finding,) = blocks(text, "yaml"), blocks(text, "turtle"), blocks(text, "")
    folder = copy_publication(tmp_path / "publication")
    add_column(folder / "data" / "event.csv", "seats", {3: "0"})
    assert spans_that_begin(text, "data/event.csv:1, seats: ") <= {each.line("en") for each in check(folder).findings}

    mapping, shapes = folder / "mapping" / "event.yaml", folder / "shapes" / "event.ttl"
    put_behind(mapping, "    po:\n", f"      {rule.strip()}\n")
    with pytest.raises(errors.MappingError) as caught:
        load(folder)
    # On which line it stands depends on where below "po:" one adds the rule.
    assert f"`{caught.value.origin.file}:…: error: {caught.value.text.en}`" in re.sub(
        r":\d+:", ":…:", on_one_line(text)
    )

    put_behind(shapes, "sh:targetClass schema:Event ;\n  sh:property\n", "    shapes:Event-seats ,\n")
    shapes.write_text(f"{shapes.read_text(encoding='utf-8')}\n{shape}", encoding="utf-8")
    assert finding.strip() in {each.line("en") for each in check(folder).findings}


def add_column(path: Path, column: str, cells: dict[int, str]) -> None:
    rows = read_table(path)
    header = [*rows[0], column]
    filled = [{**row, column: cells.get(line, "")} for line, row in enumerate(rows, start=2)]
    path.write_text(small.table(filled, header), encoding="utf-8", newline="")


def put_behind(path: Path, place: str, addition: str) -> None:
    """Put a text behind the first place where another stands."""
    before, found, after = path.read_text(encoding="utf-8").partition(place)
    assert found, f"{path.name} has no {place!r}"
    path.write_text(before + place + addition + after, encoding="utf-8")


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def spans_that_begin(text: str, start: str) -> set[str]:
    return {each for each in spans(text) if each.startswith(start)}


GUIDE_BASE = "https://data.my-city.example/id"


def guide_files() -> dict[str, str]:
    """Return the files that the guide shows for a new kind, by their names above them."""
    text = section(GUIDE, "## Adding a kind")
    shown = re.findall(r"^\*\*`([\w/.-]+)`\*\*.*?^```\w+\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return dict(shown)


@pytest.fixture
def city_with_kind(city: Path) -> Path:
    files = guide_files()
    # This one is not shown but changed, below; what stands behind its name is what is published.
    assert not files.pop("shapes/dataset.ttl").startswith("@prefix")
    for name, text in files.items():
        path = city / name
        before = path.read_text(encoding="utf-8") if name == "ontology/prefixes.ttl" else ""
        path.write_text(before + text, encoding="utf-8")
    settings = (city / "sccon.toml").read_text(encoding="utf-8")
    (city / "sccon.toml").write_text(settings.replace(project.EXAMPLE_BASE, GUIDE_BASE), encoding="utf-8")
    add_rows(city, "source.csv", [{"id": "agenda", "headline_de": "Programm"}])
    office = {"id": "stadtverwaltung", "name_de": "Stadtverwaltung", "class": "public-body", "source": "agenda"}
    add_rows(city, "organisation.csv", [office])
    old, new = re.findall(r"`(\|https://w3id\.org[^`]*)`", section(GUIDE, "## Adding a kind"))
    dataset = city / "shapes" / "dataset.ttl"
    text = dataset.read_text(encoding="utf-8")
    assert text.count(old) == 2, "the guide says it stands there twice"
    dataset.write_text(text.replace(old, new), encoding="utf-8")
    return city


def test_the_kind_of_the_guide_is_published_as_shown(city_with_kind: Path) -> None:
    shown = blocks(section(GUIDE, "## Adding a kind"), "turtle")[-1].strip()

    folder = build.build(load(city_with_kind), quiet).folder

    assert folder is not None, violations(city_with_kind)
    published = (folder / "my-city.ttl").read_text(encoding="utf-8").split("\n\n")
    assert shown in map(str.strip, published)


def test_the_broken_kind_of_the_guide_is_reported_as_shown(city_with_kind: Path) -> None:
    shown = set("".join(blocks(section(GUIDE, "## Adding a kind"), "")).splitlines())
    path = city_with_kind / "data" / "funding-call.csv"
    first, last = path.read_text(encoding="utf-8").strip().rpartition("\n")[::2]
    path.write_text(f"{first}\n{last.replace('30. April 2027', '').replace('open', 'opne')}\n", encoding="utf-8")

    assert shown
    assert violations(city_with_kind) == shown


# --- what must not stand anywhere


HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
    )
]
# A kind is called "work", so only what begins with such a folder is a place on a machine.
MACHINE = re.compile(rf"(?<![\w.~)}}\]-])/(?:{'|'.join(('work', 'root', 'home'))})/")
# The one rule that finds the wrong spelling has to write it.
OTHER_SCHEMA = "https" + "://schema.org/"
FINDS_IT = f'STRSTARTS(STR(?object), "{OTHER_SCHEMA}")'


def saying(said: Callable[[str], object]) -> list[str]:
    return [
        f"{path.relative_to(ROOT).as_posix()}:{number}"
        for path in repository_files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if said(line)
    ]


@pytest.mark.parametrize("host", HOSTS)
def test_no_file_names_a_registry(host: str) -> None:
    assert saying(lambda line: host in line) == []


def test_no_file_names_a_place_on_a_machine() -> None:
    assert saying(MACHINE.search) == []


def test_schema_org_is_written_in_one_way() -> None:
    found = saying(lambda line: OTHER_SCHEMA in line.replace(FINDS_IT, ""))

    # The benchmark writes what the generator of its workload does.
    assert [each for each in found if not each.startswith(("bench/", "tests/"))] == []


# --- decisions


DECISIONS = sorted((ROOT / "docs" / "decisions").iterdir())


def test_decisions_are_numbered_without_gaps() -> None:
    numbers_found = [re.match(r"(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.md$", path.name) for path in DECISIONS]

    assert [int(each[1]) for each in numbers_found if each] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_DECISION


def test_the_namespace_of_functions_has_a_short_name() -> None:
    assert short(f"{functions.FN}number") == "fn:number"
