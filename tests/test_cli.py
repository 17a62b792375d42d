"""What a steward types: exit codes, languages, and errors in one line without a traceback."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

import small
from sccon_lod import cli

SCRIPT = "from sccon_lod.cli import main; main()"
# Five records, of which one is held back.
MIXED = small.table([{"id": f"e{number}", "seats": "many" if number == 2 else str(number)} for number in range(1, 6)])
BROKEN = {"data/event.csv": small.table([{"id": "a", "starts": "bald"}])}


class Answer(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the program as it is run from a shell, within this process."""

    def program(*arguments: str | Path) -> Answer:
        monkeypatch.setattr(sys, "argv", ["sccon-lod", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        captured = capsys.readouterr()
        code = caught.value.code
        return Answer(code if isinstance(code, int) else 0, captured.out, captured.err)

    return program


def shell(*arguments: str | Path) -> Answer:
    """Run the program in a process of its own."""
    command = [sys.executable, "-W", "error", "-c", SCRIPT, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return Answer(done.returncode, done.stdout, done.stderr)


def is_one_error(answer: Answer, place: str) -> bool:
    line = re.fullmatch(rf"{re.escape(place)}(:\d+)?(, [\w.]+)?: error: [^\n]+\n", answer.err)
    return answer.code == 2 and line is not None and not answer.out


# --- exit codes


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_publication_in_order_exits_with_0(command: str, tmp_path: Path, run: Run) -> None:
    answer = run(command, "-C", small.publication(tmp_path))

    assert answer.code == 0
    assert not answer.err


@pytest.mark.parametrize(("command", "code"), [("check", 1), ("build", 2)])
def test_where_too_much_is_violated_nothing_is_published(command: str, code: int, tmp_path: Path, run: Run) -> None:
    answer = run(command, "-C", small.publication(tmp_path, BROKEN), "--lang", "en")

    assert answer.code == code
    assert "data/event.csv:2, starts: violation: " in answer.out
    assert "1 of 1 rows would be held back, 25% may be" in answer.out
    assert not answer.err


def test_where_something_is_held_back_both_commands_exit_with_1(tmp_path: Path, run: Run) -> None:
    small.publication(tmp_path, {"data/event.csv": MIXED})

    checked, built = run("check", "-C", tmp_path, "--lang", "en"), run("build", "-C", tmp_path, "--lang", "en")

    assert (checked.code, built.code) == (1, 1)
    assert f"Held back, to be mended in {tmp_path / 'quarantine/data/event.csv'}" in built.out
    assert "Published in" in built.out


@pytest.mark.parametrize(
    ("policy", "checked", "built"),
    [
        ('violation = "stop"', 1, 2),
        ('violation = "hold-back"', 1, 1),
        ("held_back = 0.1", 1, 2),
        ("held_back = 1", 1, 1),
        ('fails = "warning"', 1, 1),
    ],
)
def test_the_policy_says_what_a_violation_does(policy: str, checked: int, built: int, tmp_path: Path, run: Run) -> None:
    settings = f"{small.SETTINGS}[policy]\n{policy}\n"
    small.publication(tmp_path, {"data/event.csv": MIXED, "sccon.toml": settings})

    assert (run("check", "-C", tmp_path).code, run("build", "-C", tmp_path).code) == (checked, built)


@pytest.mark.parametrize(("severity", "code"), [("violation", 0), ("warning", 1), ("info", 1)])
def test_the_policy_says_which_severity_a_check_fails_with(severity: str, code: int, tmp_path: Path, run: Run) -> None:
    shapes = small.shapes(name="sh:maxLength 1 ; sh:severity sh:Warning")
    settings = f'{small.SETTINGS}[policy]\nfails = "{severity}"\n'
    small.publication(tmp_path, {"shapes/event.ttl": shapes, "sccon.toml": settings})

    assert (run("check", "-C", tmp_path).code, run("build", "-C", tmp_path).code) == (code, 0)


def test_a_violation_of_the_whole_publication_stops_it(tmp_path: Path, run: Run) -> None:
    topics = small.TOPICS.replace('"Wasser"@de , ', "")
    shapes = (
        small.shapes()
        + "shapes:Topic a sh:NodeShape ; sh:targetClass skos:Concept ; sh:property shapes:Topic-label .\n"
    )
    shapes += "shapes:Topic-label sh:path skos:prefLabel ; sh:minCount 2 .\n"
    small.publication(tmp_path, {"ontology/concepts/topic.ttl": topics, "shapes/event.ttl": shapes})

    answer = run("build", "-C", tmp_path, "--lang", "en")

    assert answer.code == 2
    assert "A violation concerns the publication as a whole: ontology/concepts/topic.ttl" in answer.out


def test_only_what_is_new_fails_a_check_that_asks_for_it(tmp_path: Path, run: Run) -> None:
    small.publication(tmp_path, {"data/event.csv": MIXED})
    run("build", "-C", tmp_path)

    same = run("check", "-C", tmp_path, "--new", "--lang", "en")
    small.publication(tmp_path, {"data/event.csv": MIXED.replace('"5"', '"five"')})
    other = run("check", "-C", tmp_path, "--new", "--lang", "en")

    assert (same.code, other.code) == (0, 1)
    assert "No findings." in same.out
    assert other.out.count("violation: ") == 1


def test_without_a_release_nothing_is_new(tmp_path: Path, run: Run) -> None:
    assert is_one_error(run("check", "--new", "-C", small.publication(tmp_path)), "public/current")


@pytest.mark.parametrize("command", ["check", "build", "explain"])
def test_a_broken_publication_exits_with_2(command: str, tmp_path: Path, run: Run) -> None:
    small.publication(tmp_path, {"sccon.toml": "name = "})

    assert is_one_error(run(command, "-C", tmp_path), "sccon.toml")


@pytest.mark.parametrize(
    "arguments",
    [["publish"], ["check", "--loud"], ["check", "--lang", "fr"], ["check", "-C", "nowhere"], ["new"], ["check", "x"]],
)
def test_a_command_that_is_not_understood_exits_with_2(arguments: list[str], run: Run) -> None:
    answer = run(*arguments)

    assert answer.code == 2
    assert answer.err.startswith("Usage: ")
    assert "Error: " in answer.err


def test_a_file_as_folder_exits_with_2(tmp_path: Path, run: Run) -> None:
    small.publication(tmp_path)

    answer = run("check", "-C", tmp_path / "sccon.toml")

    assert answer.code == 2
    assert "is a file" in answer.err


# --- languages


def test_the_first_language_of_the_publication_is_spoken(tmp_path: Path, run: Run) -> None:
    settings = small.SETTINGS.replace('["de", "en"]', '["en", "de"]')

    answer = run("check", "-C", small.publication(tmp_path, {"sccon.toml": settings}))

    assert "No findings." in answer.out


def test_german_is_spoken_where_the_publication_does(tmp_path: Path, run: Run) -> None:
    assert "Keine Befunde." in run("check", "-C", small.publication(tmp_path)).out


@pytest.mark.parametrize(("language", "expected"), [("de", "Keine Befunde."), ("en", "No findings.")])
def test_a_language_that_is_asked_for_is_spoken(language: str, expected: str, tmp_path: Path, run: Run) -> None:
    assert expected in run("check", "-C", small.publication(tmp_path), "--lang", language).out


@pytest.mark.parametrize(("language", "expected"), [("de", "Das ist kein"), ("en", "This is not")])
def test_errors_speak_the_language_too(language: str, expected: str, tmp_path: Path, run: Run) -> None:
    small.publication(tmp_path, {"sccon.toml": "name = "})

    assert expected in run("check", "-C", tmp_path, "--lang", language).err


# --- what commands print


def test_a_check_ends_with_the_counts(tmp_path: Path) -> None:
    small.publication(tmp_path)

    answer = CliRunner().invoke(cli.program, ["check", "-C", str(tmp_path), "--lang", "en"])

    assert answer.exit_code == 0
    assert re.search(r"\n0 violations, 0 warnings, 0 notes; \d+ statements\.\n$", answer.stdout)


def test_a_build_says_where_the_release_is(tmp_path: Path) -> None:
    small.publication(tmp_path)

    answer = CliRunner().invoke(cli.program, ["build", "-C", str(tmp_path), "--lang", "en"])

    assert answer.stdout.endswith(f"\nPublished in {tmp_path / 'public/current'}\n")


def test_a_second_build_says_that_nothing_changed(tmp_path: Path) -> None:
    small.publication(tmp_path)
    CliRunner().invoke(cli.program, ["build", "-C", str(tmp_path), "--lang", "en"])

    answer = CliRunner().invoke(cli.program, ["build", "-C", str(tmp_path), "--lang", "en"])

    assert answer.exit_code == 0
    assert f"Nothing has changed since the release in {tmp_path / 'public/current'}\n" in answer.stdout


def test_a_build_with_a_violation_says_that_nothing_was_published(tmp_path: Path) -> None:
    small.publication(tmp_path, BROKEN)

    answer = CliRunner().invoke(cli.program, ["build", "-C", str(tmp_path), "--lang", "en"])

    assert answer.exit_code == 2
    assert answer.stdout.endswith("\nNothing published; a former release stays as it is.\n")


@pytest.mark.parametrize("command", ["check", "build"])
def test_pyshacl_validates_where_it_is_asked(command: str, tmp_path: Path, run: Run) -> None:
    answer = run(command, "-C", small.publication(tmp_path), "--engine", "pyshacl")

    assert answer.code == 0


@pytest.mark.parametrize("name", ["r.csv", "r.json", "r.sarif", "r.ttl", "r.txt", "r.xml"])
def test_a_report_is_written_where_it_is_asked_for(name: str, tmp_path: Path, run: Run) -> None:
    answer = run("check", "-C", small.publication(tmp_path, BROKEN), "--report", tmp_path / name, "--lang", "en")

    assert answer.code == 1
    assert "bald" in (tmp_path / name).read_text(encoding="utf-8") or name == "r.ttl"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("report.pdf", "The ending of the report says what is written"),
        ("nowhere/report.csv", "It is not possible to write here"),
        ("data/event.csv", "A report overwrites nothing in the folder data/"),
    ],
)
def test_a_report_that_cannot_be_written_is_an_error(name: str, message: str, tmp_path: Path, run: Run) -> None:
    answer = run("check", "-C", small.publication(tmp_path), "--report", tmp_path / name, "--lang", "en")

    assert answer.code == 2
    assert f"{tmp_path / name}: error: {message}" in answer.err
    assert (tmp_path / "data/event.csv").read_text(encoding="utf-8").startswith('"id"')


def test_of_many_findings_the_first_are_shown(tmp_path: Path, run: Run) -> None:
    rows = [{"id": f"a{number}", "starts": "bald"} for number in range(25)]
    small.publication(tmp_path, {"data/event.csv": small.table(rows)})

    few, everything = (run("check", "-C", tmp_path, "--lang", "en", *more).out for more in ((), ("--all",)))

    assert few.count("starts: violation") == 10
    assert "… and 15 more; all with --all" in few
    assert everything.count("starts: violation") == 25


def test_explain_shows_rules_and_sql(tmp_path: Path) -> None:
    small.publication(tmp_path)

    answer = CliRunner().invoke(cli.program, ["explain", "event", "-C", str(tmp_path), "--lang", "en"])

    assert answer.exit_code == 0
    assert answer.stdout.startswith("Mapping: statements per rule\n")
    assert "\nSQL\n" in answer.stdout


def test_the_folder_one_is_in_is_the_publication(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.publication(tmp_path))

    assert run("check").code == 0


# --- errors


def test_a_folder_without_settings_is_an_error(tmp_path: Path, run: Run) -> None:
    answer = run("check", "-C", tmp_path, "--lang", "en")

    assert answer.err == (
        f"sccon.toml: error: There is no sccon.toml in the folder {tmp_path.name}; "
        "make a new folder with: sccon-lod new FOLDER.\n"
    )
    assert answer.code == 2


def test_a_broken_mapping_is_an_error_with_its_line(tmp_path: Path, run: Run) -> None:
    small.publication(tmp_path, {"mapping/event.yaml": small.mapping(["[nowhere:name, $(name_de)]"])})

    answer = run("check", "-C", tmp_path, "--lang", "en")

    assert is_one_error(answer, "mapping/event.yaml")
    assert answer.err.startswith("mapping/event.yaml:9: error: The short name “nowhere” is unknown.")


@pytest.mark.parametrize(
    "name",
    [
        "sccon.toml",
        "mapping/event.yaml",
        "shapes/event.ttl",
        "ontology/prefixes.ttl",
        "ontology/concepts/topic.ttl",
        "data/event.csv",
    ],
)
class TestAFileThatCannotBeRead:
    def test_a_folder_in_its_place_is_an_error(self, name: str, tmp_path: Path, run: Run) -> None:
        path = small.publication(tmp_path) / name
        path.unlink()
        path.mkdir()

        assert is_one_error(run("check", "-C", tmp_path), name)

    def test_bytes_that_are_no_text_are_an_error(self, name: str, tmp_path: Path, run: Run) -> None:
        (small.publication(tmp_path) / name).write_bytes(b"\x00\xff\xfename\xff")

        assert is_one_error(run("check", "-C", tmp_path), name)

    def test_no_byte_is_an_error_or_a_lack(self, name: str, tmp_path: Path, run: Run) -> None:
        (small.publication(tmp_path) / name).write_bytes(b"")

        answer = run("check", "-C", tmp_path)

        assert answer.code in (0, 2)
        assert answer.err.count("\n") <= 1
        assert "internal error" not in answer.err


@pytest.mark.parametrize("name", ["mapping", "shapes", "data", "ontology"])
def test_a_file_in_the_place_of_a_folder_is_an_error(name: str, tmp_path: Path, run: Run) -> None:
    small.publication(tmp_path / "whole")
    (tmp_path / "whole" / name).rename(tmp_path / "aside")
    (tmp_path / "whole" / name).write_text("a file", encoding="utf-8")

    answer = run("check", "-C", tmp_path / "whole")

    assert answer.code == 2
    assert re.fullmatch(r"[\w/.]+(:\d+)?: error: [^\n]+\n", answer.err)


def test_a_file_in_the_place_of_the_release_is_an_error(tmp_path: Path, run: Run) -> None:
    answer = run("build", "-C", small.publication(tmp_path, {"public": "a file"}))

    assert answer.code == 2
    assert re.search(r"^public: error: [^\n]+\n\Z", answer.err)


def test_a_table_that_is_missing_is_an_error(tmp_path: Path, run: Run) -> None:
    (small.publication(tmp_path) / "data/event.csv").unlink()

    assert is_one_error(run("check", "-C", tmp_path), "data/event.csv")


def test_shapes_that_cannot_be_used_are_an_error_in_one_line(tmp_path: Path) -> None:
    small.publication(tmp_path, {"shapes/event.ttl": small.shapes(name="sh:nodeKind sh:IRI, sh:Literal")})

    assert is_one_error(shell("check", "-C", tmp_path), "shapes/event.ttl")


def test_an_unknown_kind_is_an_error(tmp_path: Path, run: Run) -> None:
    answer = run("explain", "evnt", "-C", small.publication(tmp_path), "--lang", "en")

    assert answer.err == "mapping/evnt.yaml: error: There is no kind “evnt”; what may be meant: event.\n"
    assert answer.code == 2


def test_a_folder_that_is_not_empty_is_not_made_new(tmp_path: Path, run: Run) -> None:
    answer = run("new", small.publication(tmp_path), "--lang", "en")

    assert answer.code == 2
    assert answer.err == f"{tmp_path}: error: The folder is not empty; please choose a new name.\n"


def test_a_file_is_not_made_a_publication(tmp_path: Path, run: Run) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")

    answer = run("new", tmp_path / "taken" / "inside", "--lang", "en")

    assert answer.code == 2
    assert re.fullmatch(r"[^\n]+: error: The folder cannot be made [^\n]+\n", answer.err)


def test_a_fault_of_the_program_is_told_without_a_traceback(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("something broke")

    monkeypatch.setattr("sccon_lod.project.load", fail)

    answer = run("check", "-C", small.publication(tmp_path))

    assert answer.code == 70
    assert answer.err == (
        "sccon-lod: internal error: RuntimeError: something broke\n"
        "Das ist ein Fehler des Programms, bitte melden. / This is a fault of the program, please report it.\n"
    )


def test_an_interruption_is_told_without_a_traceback(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sccon_lod.project.load", interrupt)

    answer = run("check", "-C", small.publication(tmp_path))

    assert answer.code == 130
    assert answer.err.strip() == "Abgebrochen. / Stopped."


@pytest.mark.parametrize("arguments", [["check"], ["build"]])
def test_odd_values_cause_no_traceback_of_a_library(arguments: list[str], tmp_path: Path) -> None:
    rules = ["[ex:seats, $(seats), xsd:integer]", "[ex:note, $(starts), xsd:date]", "[ex:other, $(ends), xsd:boolean]"]
    table = small.table([{"id": "a", "seats": "many", "starts": "soon", "ends": "maybe"}])
    small.publication(tmp_path, {"mapping/event.yaml": small.mapping(rules), "data/event.csv": table})

    answer = shell(*arguments, "-C", tmp_path)

    assert "Traceback" not in answer.err
    assert not answer.err


def test_the_program_runs_by_its_name(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("sccon-lod")
    small.publication(tmp_path)

    done = subprocess.run([program, "check"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0
    assert not done.stderr


def test_a_reader_that_has_gone_is_no_error(tmp_path: Path) -> None:
    small.publication(tmp_path)
    command = [sys.executable, "-c", SCRIPT, "explain", "-C", str(tmp_path)]
    receiving, sending = os.pipe()
    os.close(receiving)
    with os.fdopen(sending, "wb") as pipe:
        done = subprocess.run(command, stdout=pipe, stderr=subprocess.PIPE, text=True, check=False)

    assert done.returncode == -signal.SIGPIPE  # which a shell shows as 141
    assert not done.stderr


# --- map


MAPPING = """prefixes: {ex: "https://example.net/def#"}
mappings:
  event:
    sources: [[data/event.csv~csv]]
    s: https://example.net/id/$(id)
    po:
      - [ex:name, $(name)]
      - [ex:seats, $(seats), xsd:integer]
"""


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a mapping and its table, without a publication around; one is in it."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "event.csv").write_text("id,name,seats\na,Fest,20\n", encoding="utf-8")
    (tmp_path / "event.yaml").write_text(MAPPING, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_mapping_is_run_on_its_own(apart: Path, run: Run) -> None:
    answer = run("map", "event.yaml", "-o", "event.nt", "--lang", "en")

    assert answer.code == 0
    assert not answer.out
    assert answer.err.startswith("No findings.\n")
    assert (apart / "event.nt").read_text(encoding="utf-8") == (
        '<https://example.net/id/a> <https://example.net/def#name> "Fest" .\n'
        "<https://example.net/id/a> <https://example.net/def#seats> "
        '"20"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    )


def test_a_mapping_that_leaves_something_out_exits_with_1(apart: Path, run: Run) -> None:
    (apart / "data" / "event.csv").write_text("id,name,seats\na,Fest,many\n", encoding="utf-8")

    answer = run("map", "event.yaml", "-o", "event.nt", "--lang", "en")

    assert answer.code == 1
    assert "data/event.csv:2, seats: violation: " in answer.err
    assert (apart / "event.nt").read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["event.yaml", "-o", "event.xml"],
            "event.xml: error: The ending of the output says what is written; possible are .nt, .ttl, .jsonld, "
            "also with .gz after it.",
        ),
        (
            ["event.yaml", "-o", "nowhere/event.nt"],
            "nowhere/event.nt: error: It is not possible to write here (No such file or directory); "
            "please choose another place.",
        ),
        (
            ["event.yaml", "-o", "data"],
            "data: error: The ending of the output says what is written; possible are .nt, .ttl, .jsonld, "
            "also with .gz after it.",
        ),
        (["evnt.yaml", "-o", "event.nt"], "evnt.yaml: error: There is no such file. Is its name spelled right?"),
        (["data", "-o", "event.nt"], "data: error: A mapping is a file in YARRRML (.yaml, .yml) or RML (.ttl)."),
    ],
)
def test_what_cannot_be_mapped_is_one_line(arguments: list[str], message: str, apart: Path, run: Run) -> None:
    before = sorted(path.name for path in apart.rglob("*"))

    answer = run("map", *arguments, "--lang", "en")

    assert answer == Answer(2, "", f"{message}\n")
    assert sorted(path.name for path in apart.rglob("*")) == before


@pytest.mark.parametrize("arguments", [["event.yaml"], ["-o", "event.nt"]])
@pytest.mark.usefixtures("apart")
def test_a_map_needs_a_mapping_and_an_output(arguments: list[str], run: Run) -> None:
    answer = run("map", *arguments)

    assert answer.code == 2
    assert "Error: Missing " in answer.err


# --- help


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"], ["check", "--help"]])
def test_help_exits_with_0(arguments: list[str], run: Run) -> None:
    answer = run(*arguments)

    assert answer.code == 0
    assert answer.out


def test_help_lists_the_commands(run: Run) -> None:
    out = run("--help").out

    assert all(re.search(rf"^  {command} +\w", out, re.MULTILINE) for command in cli.COMMANDS)


def loaded(*arguments: str) -> set[str]:
    """Return the libraries that a command loads, of those that take time."""
    large = {
        "duckdb",
        "icalendar",
        "isal",
        "lxml",
        "pyoxigraph",
        "pyshacl",
        "python_calamine",
        "rdflib",
        "rich",
        "yaml",
    }
    script = (
        f"import sys\nfrom sccon_lod.cli import main\nsys.argv = {['sccon-lod', *arguments]}\n"
        f"try:\n    main()\nexcept SystemExit as ended:\n    assert not ended.code\n"
        f"print(*({large} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_help_loads_none_of_the_large_libraries() -> None:
    assert loaded("--help") == set()


def test_help_of_a_command_loads_no_engine_and_no_validator() -> None:
    assert not loaded("new", "--help") & {"duckdb", "lxml", "pyshacl", "rich", "yaml"}


@pytest.mark.usefixtures("apart")
def test_a_map_loads_only_what_its_files_need() -> None:
    assert loaded("map", "event.yaml", "-o", "event.nt") <= {"duckdb", "isal", "yaml"}
