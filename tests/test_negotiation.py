from hypothesis import given
from hypothesis import strategies as st

from sccon_lod.serving import negotiation

TYPES = ["text/turtle", "application/ld+json", "text/html", "application/n-triples"]
OFFERS = {each: (each,) for each in TYPES}
weights = st.sampled_from(["0", "0.001", "0.5", "0.9", "1", "1.000"])
ranges = st.sampled_from([*TYPES, "text/*", "application/*", "*/*", "image/png"])
headers = st.lists(st.tuples(ranges, weights), min_size=1, max_size=6, unique_by=lambda each: each[0])


def written(wishes: list[tuple[str, str]]) -> str:
    return ", ".join(f"{name};q={weight}" for name, weight in wishes)


@given(headers)
def test_nothing_is_chosen_that_a_client_wants_less_than_something_else(wishes: list[tuple[str, str]]) -> None:
    header = written(wishes)

    chosen = negotiation.choose(header, OFFERS)

    best = max(negotiation.weight(header, each) for each in TYPES)
    assert (chosen is None) == (best == 0)
    assert chosen is None or negotiation.weight(header, chosen) == best


@given(headers)
def test_the_order_of_a_header_means_nothing(wishes: list[tuple[str, str]]) -> None:
    assert negotiation.choose(written(wishes), OFFERS) == negotiation.choose(written(wishes[::-1]), OFFERS)


@given(headers, st.sampled_from(TYPES))
def test_what_is_named_itself_counts_more_than_a_range(wishes: list[tuple[str, str]], name: str) -> None:
    refused = [*(each for each in wishes if each[0] != name), (name, "0")]

    assert negotiation.choose(written(refused), OFFERS) != name


@given(st.text(max_size=200))
def test_no_header_is_too_odd(header: str) -> None:
    assert negotiation.choose(header, OFFERS) in {None, *TYPES}
    assert negotiation.takes_gzip(header) in (True, False)
    assert negotiation.language(header, ["de", "en"]) in ("de", "en")


def test_a_client_that_says_nothing_gets_the_first() -> None:
    assert negotiation.choose("", OFFERS) == TYPES[0]


def test_of_what_is_wanted_alike_it_is_the_first() -> None:
    assert negotiation.choose("text/html, text/turtle", OFFERS) == "text/turtle"


def test_a_weight_that_is_none_is_left_out() -> None:
    assert negotiation.choose("text/turtle;q=2, text/html;q=0.1", OFFERS) == "text/html"


def test_spaces_and_upper_case_do_not_matter() -> None:
    assert negotiation.choose(" TEXT/HTML ; Q=0.4 ,text/turtle;q=.1", OFFERS) == "text/html"
