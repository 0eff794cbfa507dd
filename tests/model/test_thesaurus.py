"""Queries widened by words that mean the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.model.query import And, AtLeast, Leaf, Near, Node, Not, Or, Within, Word
from archivist.model.query_format import format_query
from archivist.model.query_parse import parse
from archivist.model.thesaurus import synonyms, widened
from tests.model.vocabulary import TREES, WORDS

RINGS = (
    ("USSR", "Soviet Union"),
    ("US", "U.S.", "United States"),
    ("UN", "United Nations"),
    ("WHO", "World Health Organization"),
    ("treaty", "accord", "pact of friendship"),
    ("accord", "entente"),
    ("苏联", "ソ連"),
    ("", "*", "  "),
)


@pytest.mark.parametrize(
    ("text", "wider"),
    [
        ("USSR", 'USSR OR "Soviet Union"'),
        ("U.S.S.R.", 'U.S.S.R. OR USSR OR "Soviet Union"'),
        ("ussr", "ussr"),
        ("soviet union", "(soviet union) OR USSR"),
        ("x Soviet Union y", "x ((Soviet Union) OR USSR) y"),
        ("title:(soviet union)", "(title:soviet title:union) OR title:USSR"),
        ("title:soviet union", "title:soviet union"),
        ("union soviet", "union soviet"),
        ("soviet OR union", "soviet OR union"),
        ("soviet -x union", "soviet -x union"),
        ("US", 'US OR U.S. OR "United States"'),
        ("us", "us"),
        ("U.S.", 'U.S. OR (US -lang:en) OR "United States"'),
        ("u.s.", 'u.s. OR (US -lang:en) OR "United States"'),
        ("a NEAR/5 U.S.", 'a NEAR/5 (U.S. OR "United States")'),
        ("United Nations", "(United Nations) OR (UN -lang:(fr OR es OR it OR ro OR ca))"),
        ("United States", "(United States) OR (US -lang:en) OR U.S."),
        ("world health organization", "(world health organization) OR (WHO -lang:en)"),
        ("WHO", 'WHO OR "World Health Organization"'),
        ("Treaty", 'Treaty OR accord OR "pact of friendship"'),
        ("accord", 'accord OR treaty OR "pact of friendship" OR entente'),
        ("treaty treaty", " ".join(['(treaty OR accord OR "pact of friendship")'] * 2)),
        ("pact of friendship", "(pact of friendship) OR treaty OR accord"),
        ("苏联", "苏联 OR ソ連"),
        ("(USSR OR b) c", '(USSR OR "Soviet Union" OR b) c'),
        ("-USSR", '-(USSR OR "Soviet Union")'),
        ("a NEAR/5 USSR", 'a NEAR/5 (USSR OR "Soviet Union")'),
        ("(USSR /s b) OR c", '((USSR OR "Soviet Union") /s b) OR c'),
        ("ATLEAST/3 USSR", 'ATLEAST/3 (USSR OR "Soviet Union")'),
        ('"USSR" =USSR USSR* US?R ussr~', '"USSR" "USSR" USSR* US?R ussr~'),
        ("country:USSR like:USSR", "country:USSR like:USSR"),
    ],
)
def test_widens(text: str, wider: str) -> None:
    assert format_query(widened(parse(text), RINGS)) == wider


def test_tells_what_was_widened_by_what_once() -> None:
    node = parse("USSR -(soviet union) USSR x")
    assert synonyms(node, RINGS) == [("USSR", ("Soviet Union",)), ("soviet union", ("USSR",))]
    assert synonyms(parse('x "USSR"'), RINGS) == []


@given(TREES)
def test_without_rings_nothing_changes(tree: Node) -> None:
    assert widened(tree, ()) == tree
    assert synonyms(tree, ()) == []


TERMS = st.lists(WORDS, min_size=1, max_size=2).map(" ".join)
DRAWN = st.lists(st.lists(TERMS, min_size=1, max_size=3).map(tuple), max_size=4).map(tuple)


@given(TREES, DRAWN)
def test_whatever_was_asked_for_is_still_asked_for(
    tree: Node, rings: tuple[tuple[str, ...], ...]
) -> None:
    wider = widened(tree, rings)
    left = list(leaves(wider))
    for leaf in leaves(tree):
        left.remove(leaf)
    terms = {term for ring in rings for term in ring}
    assert {leaf.text for leaf in left} <= terms
    assert bool(left) == bool(synonyms(tree, rings))


@given(st.lists(WORDS, min_size=1, max_size=3), DRAWN)
def test_an_alternative_is_never_the_word_itself(
    words: list[str], rings: tuple[tuple[str, ...], ...]
) -> None:
    node = And(tuple(map(Word, [*words, "end"])))
    for typed, others in synonyms(node, rings):
        assert len(set(others)) == len(others)
        assert typed not in others


def leaves(node: Node) -> Iterator[Leaf]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part) | AtLeast(part):
            yield from leaves(part)
        case Near(left, right) | Within(left, right):
            yield from leaves(left)
            yield from leaves(right)
        case _:
            if isinstance(node, Leaf):
                yield node
