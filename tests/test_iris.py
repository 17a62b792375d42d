"""Which IRIs are accepted, against RFC 3987 and a second implementation."""

import duckdb
import pyoxigraph
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sccon_lod.iris import ABSOLUTE, is_absolute
from sccon_lod.sql import words
from strategies import odd_texts

ACCEPTED = [
    "https://www.bmwsb.bund.de/",
    "http://example.org",
    "http://example.org:8080/a/b;c=d?e=f&g=%C3%BC#h/i?j",
    "http://example.org?a",
    "http://example.org#a",
    "http://münchen.de/größe?straße#ß",
    "http://example.org/%C3%BC",
    "http://example.org/a'b(c)",
    "http://example.org/😀",
    "http://example.org/a//b",
    "ftp://example.org/a",
    "mailto:kontakt@example.org?subject=Hallo",
    "tel:+49-30-1234",
    "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
    "geo:52.5,13.4;u=35",
    "info:doi/10.1000/182",
]
REFUSED = [
    "",
    "example.org",
    "/a",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "ldap://example.org/",
    "http:example.org",
    "http://",
    "https:///path",
    "http://?query",
    "http://#fragment",
    "http://:80/",
    "http://example.org:port/",
    "http://user:password@example.org/",
    "http://a b/",
    " http://example.org/",
    "http://example.org/ ",
    "http://example.org/a b",
    "http://example.org/a\tb",
    "http://example.org/a\nb",
    "http://example.org/\n",
    "http://example.org/\x00",
    "http://example.org/\x7f",
    "http://example.org/\x85",
    "http://example.org/<b>",
    'http://example.org/"a"',
    "http://example.org/{a}",
    "http://example.org/a|b",
    "http://example.org/a\\b",
    "http://example.org/a^b",
    "http://example.org/`a`",
    "http://example.org/[a]",
    "http://example.org/%",
    "http://example.org/100%",
    "http://example.org/%2",
    "http://example.org/%zz",
    "http://example.org/#a#b",
    "http://example.org/\ue000",
    "http://example.org/\ufffe",
    "http://exa<mple.org/",
    "mailto:",
    "urn:",
    "urn://example.org",
    "urn:a b",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_an_absolute_iri_may_be_published(text: str) -> None:
    assert is_absolute(text)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_absolute_iri_is_refused(text: str) -> None:
    assert not is_absolute(text)


@pytest.mark.parametrize("text", ACCEPTED)
def test_a_second_implementation_knows_the_accepted_as_iris(text: str) -> None:
    assert pyoxigraph.NamedNode(text).value == text


_STARTS = st.sampled_from(
    ["http://", "https://a.de/", "https://a.de/?", "https://a.de/#", "urn:", "mailto:", "tel:", ""]
)
_ENDS = st.one_of(odd_texts, st.text("ab0/:?#[]@!$&'()*+,;=%-._~ <>\"{}|^`\\ü😀", max_size=12), st.text(max_size=12))
candidates = st.builds(str.__add__, _STARTS, _ENDS)


@given(text=candidates)
@example(text="urn://\u0660:")
@example(text="http://[")
def test_whatever_is_accepted_is_an_iri_for_a_second_implementation(text: str) -> None:
    if is_absolute(text):
        assert pyoxigraph.NamedNode(text).value == text


@given(text=candidates)
def test_whatever_is_accepted_can_stand_in_n_triples(text: str) -> None:
    if is_absolute(text):
        line = f"<{text}> <{text}> <{text}> .\n".encode()

        assert len(list(pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_TRIPLES))) == 1


@given(path=st.text("ab0/:@!$&'()*+,;=-._~üß漢", max_size=12))
def test_an_address_of_the_web_with_legal_letters_is_accepted(path: str) -> None:
    assert is_absolute(f"https://example.org/{path}?{path}#{path}")


@settings(deadline=None)  # opens a database
@given(texts=st.lists(candidates.filter(lambda each: "\x00" not in each), min_size=1))
def test_the_engine_accepts_what_python_accepts(texts: list[str]) -> None:
    query = f"SELECT regexp_full_match(unnest(?::VARCHAR[]), {words.text(ABSOLUTE)})"

    with duckdb.connect() as connection:
        answers = [accepted for (accepted,) in connection.execute(query, [texts]).fetchall()]

    assert answers == [is_absolute(each) for each in texts]
