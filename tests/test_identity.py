"""Identities over time: the ledger, tombstones, changed and repeated identifiers, and sources that shrink."""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import small
from conftest import ROOT, copy_publication, load, quiet
from sccon_lod import build, identity
from sccon_lod.build import Outcome
from sccon_lod.errors import IdentityError, ProjectError, ReleaseError
from sccon_lod.findings import Finding, Severity
from sccon_lod.identity import Document, Release, Watched

OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
MANY = 10


def rows(*named: str) -> list[dict[str, str]]:
    """Return a row for each `id:name`, and as many others that nothing shrinks too much."""
    listed = [{"id": each.partition(":")[0], "name_de": each.partition(":")[2]} for each in named]
    return [*listed, *({"id": f"filler-{number}", "name_de": f"F{number}"} for number in range(MANY))]


def built(folder: Path, *named: str, accepted: tuple[str, ...] = (), files: Mapping[str, str] | None = None) -> Outcome:
    small.publication(folder, {"data/event.csv": small.table(rows(*named)), **(files or {})})
    return build.build(load(folder), quiet, accepted=accepted)


def declared(*entries: str) -> dict[str, str]:
    """Return identities.toml with some entries, each a line for each key."""
    return {"identities.toml": "".join(f"[[identity]]\n{each}\n" for each in entries)}


def ledger(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / identity.FILE).read_text(encoding="utf-8"))))


def changes(folder: Path, release: str) -> dict[str, str]:
    """Return what became of documents with a release, fillers left out."""
    return {
        each["iri"].removeprefix(f"{small.BASE}/event/"): each["change"]
        for each in ledger(folder)
        if each["release"] == release and each["iri"].startswith(small.BASE) and "filler" not in each["iri"]
    }


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def dump(folder: Path) -> list[str]:
    return (folder / "public/current/small.nt").read_text(encoding="utf-8").splitlines()


def about(folder: Path, record: str) -> list[str]:
    subject = f"<{small.BASE}/event/{record}>"
    return [each.removeprefix(subject + " ") for each in dump(folder) if each.startswith(subject + " ")]


def violations(outcome: Outcome) -> list[Finding]:
    return [each for each in outcome.findings if each.severity is Severity.VIOLATION]


# --- the ledger


def test_the_first_release_creates_everything(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest", "b:Teil")

    assert changes(tmp_path, "000001") == {"a": "create", "b": "create"}


def test_a_line_says_when_a_document_came_and_what_it_was(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest")

    first = ledger(tmp_path)[0]

    assert (first["time"], first["iri"], first["statements"]) == (
        "2026-11-24T00:00:00Z",
        f"{small.BASE}/event/a",
        "3",
    )
    assert len(first["digest"]) == 32


def test_what_changed_is_noted_and_nothing_else(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest", "b:Teil")

    built(tmp_path, "a:Feier", "b:Teil", "c:Neu")

    assert changes(tmp_path, "000002") == {"a": "update", "c": "create"}


def test_a_build_of_the_same_changes_neither_ledger_nor_release(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest")
    before = (tmp_path / identity.FILE).read_bytes()

    outcome = built(tmp_path, "a:Fest")

    assert not outcome.changed
    assert (tmp_path / identity.FILE).read_bytes() == before


def test_the_ledger_only_grows(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest")
    before = (tmp_path / identity.FILE).read_bytes()

    built(tmp_path, "a:Feier")

    assert (tmp_path / identity.FILE).read_bytes().startswith(before)


def test_the_order_of_rows_is_no_change(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest", "b:Teil")

    outcome = built(tmp_path, "b:Teil", "a:Fest")

    assert changes(tmp_path, "000002") == {}
    assert outcome.changed  # the ledger of rows has other line numbers


def test_a_release_that_was_lost_is_made_again_with_its_serial(tmp_path: Path) -> None:
    shapes = {"shapes/event.ttl": small.shapes(name="sh:maxLength 5")}
    built(tmp_path, "a:Fest", "b:Teil", "c:Rest", files=shapes)
    built(tmp_path, "a:Feier", "b:zu lang", files=shapes)
    before = contents(tmp_path / "public/current/")
    known = (tmp_path / identity.FILE).read_bytes()
    for path in sorted((tmp_path / "public").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()

    outcome = built(tmp_path, "a:Feier", "b:zu lang", files=shapes)

    assert outcome.changed
    assert (tmp_path / "public/.well-known/void").is_file()
    assert (tmp_path / "public/current").readlink() == Path("releases/000002")
    assert contents(tmp_path / "public/current/") == before
    assert (tmp_path / identity.FILE).read_bytes() == known


def test_serials_rise_though_all_releases_are_lost(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest")
    built(tmp_path, "a:Feier")
    for path in sorted((tmp_path / "public").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()

    built(tmp_path, "a:Fete")

    assert (tmp_path / "public/current").readlink() == Path("releases/000003")


def test_a_release_that_was_named_but_not_put_in_place_is_taken_up(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest")
    built(tmp_path, "a:Feier")
    link = tmp_path / "public/current"
    link.unlink()
    link.symlink_to("releases/000001")

    outcome = built(tmp_path, "a:Feier")

    assert outcome.changed
    assert link.readlink() == Path("releases/000002")
    assert len(list((tmp_path / "public/releases").iterdir())) == 2


def test_a_line_that_was_edited_is_an_error_with_its_place(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest")
    path = tmp_path / identity.FILE
    path.write_text(path.read_text(encoding="utf-8").replace(",create,", ",create;", 1), encoding="utf-8")

    with pytest.raises(IdentityError) as caught:
        built(tmp_path, "a:Fest")

    assert str(caught.value) == (
        "identity.csv:2: The program did not write this line like this; please restore the file from the last backup "
        "or version. Successors are declared in identities.toml."
    )


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        (lambda lines: lines[: len(lines) // 2], ": The file ends within a release, it was cut off"),
        (lambda lines: [*lines[:-1], lines[-1][:-9]], ": The file ends within a release, it was cut off"),
        (lambda lines: lines[:1], "identity.csv: The file knows nothing of release 000001, which there is"),
        (lambda lines: [f"{each[:-1]}\r\n" for each in lines], "identity.csv:1: The file got line ends of Windows"),
        (
            lambda lines: [*lines[:-1], lines[-1].replace("2026-11", "2026-13")],
            ": The program did not write this line",
        ),
        (lambda _: [], "identity.csv: The file ends within a release, it was cut off"),
        (lambda lines: [*lines[:-1], lines[-1][:-3] + "x,,\n"], ": The program did not write this line"),
        (lambda lines: [*lines[:-1], lines[-1].replace("Z", "")], ": The program did not write this line like this"),
        (lambda lines: [lines[0], lines[1].replace("000001", "first"), *lines[2:]], "identity.csv:2: The program did"),
        (lambda _: ["\0\1binary"], "identity.csv:1: The program did not write this line like this"),
    ],
)
def test_a_ledger_that_is_not_the_last_one_is_an_error(
    cut: Callable[[list[str]], list[str]], expected: str, tmp_path: Path
) -> None:
    built(tmp_path, "a:Fest")
    path = tmp_path / identity.FILE
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(cut(lines)), encoding="utf-8", newline="")

    with pytest.raises(IdentityError) as caught:
        built(tmp_path, "a:Feier")

    assert expected in str(caught.value)


def test_a_ledger_that_is_older_than_the_releases_is_an_error(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest")
    old = (tmp_path / identity.FILE).read_bytes()
    built(tmp_path, "a:Feier")
    (tmp_path / identity.FILE).write_bytes(old)

    with pytest.raises(IdentityError, match="knows nothing of release 000002"):
        built(tmp_path, "a:Fete")


def test_a_ledger_that_is_lost_is_an_error_while_there_are_releases(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest")
    (tmp_path / identity.FILE).unlink()

    with pytest.raises(IdentityError, match="knows nothing of release 000001"):
        built(tmp_path, "a:Fest")


def test_a_file_that_is_no_ledger_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(IdentityError, match=r"identity\.csv:1"):
        built(tmp_path, "a:Fest", files={"identity.csv": "id,name\n"})


# --- time


def test_the_time_of_a_release_is_later_than_that_of_the_last_whatever_the_clock_says(tmp_path: Path) -> None:
    last = Release("000007", "2026-11-24T10:00:00Z", "")

    assert identity.moment(last, "2020-01-01") == "2026-11-24T10:00:01Z"


def test_the_time_of_a_release_is_that_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")

    assert identity.moment(None, "2020-01-01") == "2023-11-14T22:13:20Z"


@pytest.mark.parametrize("value", ["abc", "253402300800", "99999999999999999", "1e9"])
def test_a_time_of_the_environment_that_is_none_is_an_error(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)

    with pytest.raises(ProjectError) as caught:
        identity.moment(None, "")

    assert str(caught.value) == (
        "SOURCE_DATE_EPOCH: This is no number of seconds since 1970; right is for example 1764201600."
    )


def test_the_time_of_a_release_is_that_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    assert identity.moment(None, "2020-01-01") == "2020-01-01T00:00:00Z"


def test_without_any_date_changes_are_dated_and_all_else_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = small.SETTINGS.replace("modified = 2026-11-24\n", "")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    built(tmp_path, "a:Fest", "b:Teil", files={"sccon.toml": settings})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    built(tmp_path, "a:Feier", "b:Teil", files={"sccon.toml": settings})

    times = {each["iri"].rpartition("/")[2]: each["time"][:4] for each in ledger(tmp_path) if each["iri"]}

    assert (times["a"], times["b"]) == ("2027", "2023")


# --- what is gone


def test_what_is_in_no_source_any_more_is_withdrawn_and_leaves_its_name(tmp_path: Path) -> None:
    built(tmp_path, 'a:Fest "zwei", ä\\n', "b:Teil")

    outcome = built(tmp_path, "b:Teil")

    assert outcome.is_publishable
    assert changes(tmp_path, "000002") == {"a": "withdraw"}
    assert about(tmp_path, "a") == [
        f'<{small.SCHEMA}name> "Fest \\"zwei\\", ä\\\\n"@de .',
        f'<{OWL}deprecated> "true"^^<{small.XSD}boolean> .',
        f'<{PROV}invalidatedAtTime> "2026-11-24T00:00:01Z"^^<{small.XSD}dateTime> .',
    ]


def test_what_is_withdrawn_stays_so_with_the_same_words(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest", "b:Teil")
    built(tmp_path, "b:Teil")
    before = about(tmp_path, "a")

    built(tmp_path, "b:Anders")

    assert about(tmp_path, "a") == before
    assert changes(tmp_path, "000003") == {"b": "update"}


def test_the_number_of_statements_has_those_of_what_is_withdrawn(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest", "b:Teil")

    outcome = built(tmp_path, "b:Teil")

    assert outcome.statements == len(dump(tmp_path))


def test_what_is_withdrawn_is_in_all_dumps(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest", "b:Teil")
    built(tmp_path, "b:Teil")

    turtle = (tmp_path / "public/current/small.ttl").read_text(encoding="utf-8")
    json = (tmp_path / "public/current/small.jsonld").read_text(encoding="utf-8")

    assert f"<{OWL}deprecated> true" in turtle
    assert f'"{OWL}deprecated": [true]' in json or f'"{OWL}deprecated"' in json


def test_what_is_held_back_is_hidden_and_not_withdrawn(tmp_path: Path) -> None:
    shapes = small.shapes(name="sh:maxLength 4")
    built(tmp_path, "a:Fest", "b:Teil", files={"shapes/event.ttl": shapes})

    built(tmp_path, "a:zu lang", "b:Teil", files={"shapes/event.ttl": shapes})

    assert changes(tmp_path, "000002") == {"a": "hide"}
    assert about(tmp_path, "a") == []


def test_what_was_hidden_leaves_its_name_when_it_is_withdrawn(tmp_path: Path) -> None:
    shapes = {"shapes/event.ttl": small.shapes(name="sh:maxLength 4")}
    built(tmp_path, "a:Fest", "b:Teil", files=shapes)
    built(tmp_path, "a:zu lang", "b:Teil", files=shapes)

    built(tmp_path, "b:Teil", files=shapes)

    assert changes(tmp_path, "000003") == {"a": "withdraw"}
    assert f'<{small.SCHEMA}name> "Fest"@de .' in about(tmp_path, "a")


def test_what_was_hidden_comes_back(tmp_path: Path) -> None:
    shapes = {"shapes/event.ttl": small.shapes(name="sh:maxLength 4")}
    built(tmp_path, "a:Fest", files=shapes)
    built(tmp_path, "a:zu lang", files=shapes)

    built(tmp_path, "a:Fest", files=shapes)

    assert changes(tmp_path, "000003") == {"a": "create"}


def test_a_record_is_not_withdrawn_while_a_row_cannot_be_read(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest", "b:Teil")
    text = small.table(rows("b:Teil")).replace('"filler-0",', '"filler-0","x","y","z","z","z","z","z","z","z","z",')
    small.publication(tmp_path, {"data/event.csv": text})

    build.build(load(tmp_path), quiet)

    assert changes(tmp_path, "000002") == {"a": "hide"}


# --- identifiers that change


def test_a_changed_identifier_is_a_violation_with_both_places(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest", "b:Teil")

    outcome = built(tmp_path, "neu:Fest", "b:Teil")

    (found,) = violations(outcome)
    assert found.line("en") == (
        "data/event.csv:2, id: violation: This record was published under another identifier: event/a "
        '(identity.csv:2). Right is the old one; if it is to change, identities.toml says: iri = "event/a", '
        'alias_of = "event/neu". [neu]'
    )
    assert changes(tmp_path, "000002") == {"a": "hide"}


def test_a_declared_alias_is_renamed_and_points_to_its_new_name(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest", "b:Teil")

    outcome = built(tmp_path, "neu:Fest", files=declared('iri = "event/a"\nalias_of = "event/neu"'))

    assert violations(outcome) == []
    assert changes(tmp_path, "000002") == {"a": "rename", "b": "withdraw", "neu": "create"}
    assert f"<{small.DCT}isReplacedBy> <{small.BASE}/event/neu> ." in about(tmp_path, "a")


def test_what_was_withdrawn_may_be_given_a_successor_later(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest", "b:Teil")
    built(tmp_path, "b:Teil")

    built(tmp_path, "b:Teil", files=declared('iri = "event/a"\nreplaced_by = "event/b"'))

    assert changes(tmp_path, "000003") == {"a": "replace"}
    assert f"<{small.DCT}isReplacedBy> <{small.BASE}/event/b> ." in about(tmp_path, "a")
    assert f'<{small.SCHEMA}name> "Fest"@de .' in about(tmp_path, "a")
    assert f'<{PROV}invalidatedAtTime> "2026-11-24T00:00:01Z"^^<{small.XSD}dateTime> .' in about(tmp_path, "a")


def test_a_successor_that_is_withdrawn_itself_is_still_named(tmp_path: Path) -> None:
    said = declared('iri = "event/a"\nalias_of = "event/neu"')
    built(tmp_path, "a:Fest")
    built(tmp_path, "neu:Fest", files=said)

    built(tmp_path, files=said)

    assert f"<{small.DCT}isReplacedBy> <{small.BASE}/event/neu> ." in about(tmp_path, "a")
    assert any("deprecated" in each for each in about(tmp_path, "neu"))


def test_successors_are_followed_to_the_last(tmp_path: Path) -> None:
    first, second = 'iri = "event/a"\nalias_of = "event/b"', 'iri = "event/b"\nalias_of = "event/c"'
    built(tmp_path, "a:Fest")
    built(tmp_path, "b:Fest", files=declared(first))

    built(tmp_path, "c:Fest", files=declared(first, second))

    assert f"<{small.DCT}isReplacedBy> <{small.BASE}/event/c> ." in about(tmp_path, "a")
    assert f"<{small.DCT}isReplacedBy> <{small.BASE}/event/c> ." in about(tmp_path, "b")


def test_a_new_record_beside_one_that_is_gone_is_no_changed_identifier(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest")

    outcome = built(tmp_path, "neu:Anderes")

    assert violations(outcome) == []
    assert changes(tmp_path, "000002") == {"a": "withdraw", "neu": "create"}


def test_an_identifier_that_was_withdrawn_is_not_used_again(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest", "b:Teil")
    built(tmp_path, "b:Teil")

    outcome = built(tmp_path, "a:Anderes", "b:Teil")

    (found,) = violations(outcome)
    assert found.line("en") == (
        f"data/event.csv:2, id: violation: Another record had this identifier, and was withdrawn "
        f"(identity.csv:{MANY + 6}); right is a new one. If it is the same after all, identities.toml says: "
        "returned = true. [a]"
    )
    assert changes(tmp_path, "000003") == {}


def test_a_record_that_returns_as_it_was_is_published_again(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest", "b:Teil")
    built(tmp_path, "b:Teil")

    outcome = built(tmp_path, "a:Fest", "b:Teil")

    assert violations(outcome) == []
    assert changes(tmp_path, "000003") == {"a": "create"}
    assert not any("deprecated" in each for each in about(tmp_path, "a"))


def test_a_record_that_is_declared_to_return_may_be_another(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest", "b:Teil")
    built(tmp_path, "b:Teil")

    outcome = built(tmp_path, "a:Neu", "b:Teil", files=declared('iri = "event/a"\nreturned = true'))

    assert violations(outcome) == []
    assert changes(tmp_path, "000003") == {"a": "create"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('iri = "event/x"\nalias_of = "event/a"', "warning: This was never published; please mend the identifier"),
        ('iri = "event/a"\nalias_of = "event/b"', "warning: This is in the data still, so that the entry does not"),
        ('iri = "event/a"\nreplaced_by = "event/z"', "violation: This successor is in no file; right is"),
    ],
)
def test_what_is_declared_in_vain_is_a_finding(said: str, expected: str, tmp_path: Path) -> None:
    built(tmp_path, "a:Fest", "b:Teil")

    outcome = built(tmp_path, "a:Fest", "b:Teil", files=declared(said))

    lines = [each.line("en") for each in outcome.findings if each.rule.startswith("identity-")]
    assert any(each.startswith(f"identities.toml:1: {expected}") for each in lines), lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1\n", "identities.toml: Only identities stand here"),
        ('[[identity]]\niri = "event/a"\n', "identities.toml:1: Only identities stand here"),
        ('[[identity]]\niri = "a"\nalias = "b"\n', "identities.toml:1: There is no “alias” here; what may be meant"),
        ('[[identity]]\nalias_of = "b"\n', "identities.toml:1: The address “iri” is missing here"),
        ('[[identity]]\niri = "a"\nalias_of = 3\n', "identities.toml:1: The address “alias_of” is missing here"),
        ('[[identity]]\niri = "a"\nalias_of = "a"\n', "identities.toml:1: An address cannot be its own successor"),
        ('[[identity]]\niri = "a"\nreturned = "yes"\n', "identities.toml:1: What stands here is returned = true."),
        (
            '[[identity]]\niri = "a"\nreturned = true\n[[identity]]\niri = "a"\nalias_of = "b"\n',
            f"identities.toml:4: Something is said of {small.BASE}/a already: identities.toml:1",
        ),
    ],
)  # fmt: skip
def test_a_declaration_that_cannot_be_understood_is_an_error(text: str, expected: str, tmp_path: Path) -> None:
    with pytest.raises(IdentityError) as caught:
        built(tmp_path, "a:Fest", files={"identities.toml": text})

    assert str(caught.value).startswith(expected)


# --- what shrinks


def test_a_source_that_loses_too_much_stops_the_release(tmp_path: Path) -> None:
    built(tmp_path, *(f"a{number}:A" for number in range(MANY)))

    outcome = built(tmp_path, "a0:A")

    assert outcome.refusal is not None
    assert outcome.refusal.en == (
        f"More than 20% would not be published any more: data/event.csv: 20 → 11, {small.BASE}/event/: 20 → 11. "
        "If that is right: sccon-lod build --accept-shrink event"
    )
    assert (tmp_path / "public/current").readlink() == Path("releases/000001")
    assert len({each["release"] for each in ledger(tmp_path)}) == 1


def test_a_source_that_may_lose_much_is_published(tmp_path: Path) -> None:
    built(tmp_path, *(f"a{number}:A{number}" for number in range(MANY)))

    outcome = built(tmp_path, "a0:A0", accepted=("event",))

    assert outcome.refusal is None
    assert list(changes(tmp_path, "000002").values()) == ["withdraw"] * (MANY - 1)


@pytest.mark.parametrize("name", ["data/event.csv", "event"])
def test_what_may_lose_much_goes_by_its_file_or_its_kind(name: str, tmp_path: Path) -> None:
    built(tmp_path, *(f"a{number}:A{number}" for number in range(MANY)))

    assert built(tmp_path, accepted=(name,)).refusal is None


def test_what_is_accepted_and_not_there_is_an_error(tmp_path: Path) -> None:
    built(tmp_path, "a:Fest")

    with pytest.raises(ReleaseError) as caught:
        built(tmp_path, "a:Fest", accepted=("evnt",))

    assert str(caught.value) == "--accept-shrink evnt: There is no such thing; possible are: event."


def test_a_share_that_is_set_may_be_lost(tmp_path: Path) -> None:
    settings = {"sccon.toml": small.SETTINGS + "[releases]\nshrink = 0.5\n"}
    built(tmp_path, *(f"a{number}:A{number}" for number in range(MANY)), files=settings)

    assert built(tmp_path, files=settings).refusal is None


def test_a_share_may_be_lost_exactly(tmp_path: Path) -> None:
    settings = {"sccon.toml": small.SETTINGS + "[releases]\nshrink = 0.7\n"}
    rows = [{"id": f"a{number}", "name_de": f"A{number}"} for number in range(10)]
    for kept in (10, 3):
        small.publication(tmp_path, {**settings, "data/event.csv": small.table(rows[:kept])})
        assert build.build(load(tmp_path), quiet).refusal is None


def test_a_source_that_is_empty_stops_the_release(tmp_path: Path) -> None:
    settings = {"sccon.toml": small.SETTINGS + "[releases]\nshrink = 1.0\n"}
    small.publication(tmp_path, settings)
    build.build(load(tmp_path), quiet)
    small.publication(tmp_path, {**settings, "data/event.csv": small.table([])})

    outcome = build.build(load(tmp_path), quiet)

    assert outcome.refusal is not None
    assert "data/event.csv: 2 → 0" in outcome.refusal.en


def test_a_check_tells_what_would_shrink(tmp_path: Path) -> None:
    built(tmp_path, *(f"a{number}:A" for number in range(MANY)))
    small.publication(tmp_path, {"data/event.csv": small.table(rows("a0:A"))})

    assert build.check(load(tmp_path), quiet).refusal is not None


# --- documents


def watched(*lines: str) -> list[Document]:
    reader = Watched("http://a")
    return [*reader.note(f"{each}\n".encode() for each in lines), *reader.rest()]


def test_a_document_has_what_is_said_of_its_fragments() -> None:
    lines = sorted(f"<http://a/{each}> <p> <o> ." for each in ("x#1", "x#2", "x-1", "x/1", "x", "x0", "xA#b", "xA"))

    found = {each.iri.removeprefix("http://a/"): each.statements for each in watched(*lines)}

    assert found == {"x": 3, "x-1": 1, "x/1": 1, "x0": 1, "xA": 2}


def test_a_checksum_does_not_depend_on_what_a_document_is_called() -> None:
    (one,) = watched('<http://a/event/fest> <p> "fest" .', "<http://a/event/fest#x> <p> <o> .")
    (two,) = watched('<http://a/event/feier> <p> "feier" .', "<http://a/event/feier#x> <p> <o> .")

    assert one.digest == two.digest


def test_a_checksum_depends_on_everything_else() -> None:
    lines = ['<http://a/x> <p> "1" .', '<http://a/x> <p> "2" .', '<http://a/x> <q> "1" .', '<http://a/x#y> <p> "1" .']

    assert len({watched(each)[0].digest for each in lines}) == len(lines)


# --- this publication


def test_the_ledger_of_this_publication_knows_all_that_it_publishes(tmp_path: Path) -> None:
    folder = copy_publication(tmp_path / "publication")
    known = (ROOT / identity.FILE).read_text(encoding="utf-8")
    (folder / identity.FILE).write_text(known, encoding="utf-8")

    build.build(load(folder), quiet)

    added = (folder / identity.FILE).read_text(encoding="utf-8").removeprefix(known).splitlines()
    assert [each for each in added if each.split(",")[2] not in ("source", "release")] == []
