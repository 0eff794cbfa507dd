"""What the mouse does to a query's text."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.model.query import And, Dated, Node, Not, Or, Value
from archivist.model.query_edit import facet_state, range_of, with_facet, with_range
from archivist.model.query_format import format_query
from archivist.model.query_parse import parse
from tests.model.vocabulary import TODAY, TREES, SmallVocabulary

VOCABULARY = SmallVocabulary()
State = Literal["on", "not", "off"]


@pytest.mark.parametrize(
    ("text", "value", "state", "result"),
    [
        ("", "FR", "on", "country:FR"),
        ("*", "FR", "on", "country:FR"),
        ("Treaty,  of", "FR", "on", "Treaty,  of country:FR"),
        ("a OR b", "FR", "on", "(a OR b) country:FR"),
        ("(a OR b)", "FR", "not", "(a OR b) -country:FR"),
        ("country:germany a", "FR", "on", "country:(germany OR FR) a"),
        ("country:(germany OR CI) a", "FR", "on", "country:(germany OR CI OR FR) a"),
        ("country:(germany OR FR) a", "FR", "off", "country:germany a"),
        ("a country:france b", "FR", "off", "a b"),
        ("a AND country:france AND b", "FR", "off", "a AND b"),
        ("country:france AND b", "FR", "off", "b"),
        ("(a country:FR)", "FR", "off", "(a)"),
        ("country:FR", "FR", "off", ""),
        ("a -country:FR", "FR", "on", "a country:FR"),
        ("a country:FR", "FR", "not", "a -country:FR"),
        ("NOT country:(FR OR DE)", "FR", "off", "-country:DE"),
        ("country:(FR DE)", "CI", "on", "country:((FR OR CI) DE)"),
        ("country:FR", "FR", "on", "country:FR"),
        ('"open quot', "FR", "on", '"open quot" country:FR'),
        ("cuontry:x", "FR", "off", "cuontry:x"),
    ],
)
def test_a_tick_appears_in_the_text(text: str, value: str, state: State, result: str) -> None:
    assert with_facet(text, "country", value, state, VOCABULARY) == result


@pytest.mark.parametrize(
    ("text", "field", "value", "state", "result"),
    [
        ("", "originator", "Foreign Ministry", "on", 'originator:="Foreign Ministry"'),
        ("", "case file", "12", "not", "-case_file:=12"),
        ("place:=Rome", "place", "Port Halden", "on", 'place:(=Rome OR ="Port Halden")'),
        ('place:(=Rome OR ="Port Halden")', "place", "Rome", "off", 'place:="Port Halden"'),
        ("place:rome a", "place", "Rome", "on", "place:rome a"),
        ("place:rome a", "place", "Rome", "off", "a"),
        ("place:rom* a", "place", "Rom", "off", "place:rom* a"),
    ],
)
def test_a_name_is_ticked_as_a_whole(
    text: str, field: str, value: str, state: State, result: str
) -> None:
    assert with_facet(text, field, value, state, VOCABULARY) == result


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('place:="Port Halden"', {"Port Halden": "on"}),
        ("-place:rome", {"rome": "not"}),
        ("place:(=Rome OR oslo)", {"Rome": "on", "oslo": "on"}),
        ("place:rom*", {}),
    ],
)
def test_names_in_the_text_appear_in_the_ticks(text: str, shown: dict[str, str]) -> None:
    assert facet_state(text, "place", VOCABULARY) == shown


@given(TREES, st.sampled_from(["Rome", "Port Halden", "c/o"]), st.sampled_from(["on", "not"]))
def test_a_ticked_name_is_asked_for_as_a_whole(tree: Node, value: str, state: State) -> None:
    changed = with_facet(format_query(tree), "tag", value, state, VOCABULARY)
    assert facet_state(changed, "tag", VOCABULARY)[value] == state
    assert Value("tag", value, exact=True) in _values(parse(changed, VOCABULARY))


def _values(node: Node) -> list[Node]:
    inner = node.part if isinstance(node, Not) else node
    if isinstance(inner, And | Or):
        return [value for part in inner.parts for value in _values(part)]
    return [inner]


def test_the_text_appears_in_the_ticks() -> None:
    text = 'x country:(france OR "French Republic" OR DE) -country:CI -type:note'
    assert facet_state(text, "country", VOCABULARY) == {"FR": "on", "DE": "on", "CI": "not"}
    assert facet_state(text, "type", VOCABULARY) == {"note": "not"}
    assert facet_state("country:FR OR a", "country", VOCABULARY) == {}
    assert facet_state('"open', "country", VOCABULARY) == {}


@given(TREES, st.sampled_from(["FR", "DE", "NG"]), st.sampled_from(["on", "not", "off"]))
def test_a_tick_holds_and_leaves_the_rest(tree: Node, value: str, state: State) -> None:
    text = format_query(tree)
    changed = with_facet(text, "country", value, state, VOCABULARY)
    expected = None if state == "off" else state
    assert facet_state(changed, "country", VOCABULARY).get(value) == expected
    assert _others(parse(text, VOCABULARY, TODAY)) == _others(parse(changed, VOCABULARY, TODAY))


def _others(node: Node) -> list[Node]:
    """Return what a query asks for beside the ticks of countries, and "everything"."""
    parts = node.parts if isinstance(node, And) else (node,)
    return [part for part in parts if not _ticks(part) and format_query(part) != "*"]


def _ticks(node: Node) -> bool:
    inner = node.part if isinstance(node, Not) else node
    parts = inner.parts if isinstance(inner, Or) else (inner,)
    return all(isinstance(part, Value) and part.field == "country" for part in parts)


@pytest.mark.parametrize(
    ("text", "years", "result"),
    [
        ("", (2010, 2018), "date:2010..2018"),
        ("a  b", (2010, 2018), "a  b date:2010..2018"),
        ("a OR b", (2010, 2010), "(a OR b) date:2010"),
        ("a date:1999 b", (2010, None), "a date:2010.. b"),
        ("date:1999 b date:2001..", (None, 2010), "date:..2010 b"),
        ("a date:1999 b", (None, None), "a b"),
        ("a", (None, None), "a"),
    ],
)
def test_a_brushed_span_appears_in_the_text(
    text: str, years: tuple[int | None, int | None], result: str
) -> None:
    assert with_range(text, *years, VOCABULARY) == result


@given(TREES, st.integers(1900, 1999), st.integers(2000, 2050))
def test_a_span_holds_and_leaves_the_rest(tree: Node, first: int, last: int) -> None:
    changed = with_range(format_query(tree), first, last, VOCABULARY)
    found = range_of(changed, VOCABULARY)
    assert str(found) == f"{first}..{last}"
    cleared = with_range(changed, None, None, VOCABULARY)
    assert range_of(cleared, VOCABULARY) is None
    parts = tree.parts if isinstance(tree, And) else (tree,)
    kept = [p for p in parts if not (isinstance(p, Dated) and p.field == "date")]
    kept = [p for p in kept if format_query(p) != "*"]
    after = parse(cleared, VOCABULARY, TODAY)
    left = after.parts if isinstance(after, And) else (after,)
    assert [p for p in left if format_query(p) != "*"] == kept
