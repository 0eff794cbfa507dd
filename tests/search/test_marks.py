"""What is marked in a text is what makes it a hit: every node, against plain counting of words."""

from __future__ import annotations

import itertools
import pickle
import re
import tempfile
from bisect import bisect_right
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.model.query import (
    And,
    AtLeast,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Within,
    Word,
)
from archivist.model.sentences import paragraph_starts, sentence_starts
from archivist.model.words import Span, term_spans_of
from archivist.search import Entry
from archivist.search.slots import Any, Begun, Spelled, Stemmed, Wild, fields_of, run_of, width_of
from tests.search.making import built
from tests.search.plain import is_form
from tests.search.test_patterns import apart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.search.slots import Slot

Hit: TypeAlias = tuple[int, int, frozenset[tuple[int, int]]]
"""First and last word, and the words that are marked."""

TERMS = (
    *("a", "The", "treaty", "treaties", "Québec", "qui", "negotiate", "negotiated", "negation"),
    *(
        "договор",
        "договоры",
        "المعاهدة",
        "W-2",
        "U.S.",
        "条约",
        "条",
        "約定",
        "한국어",
        "e\u0301tat",
    ),
)
GLUE = (" ", " ", " ", " ", ", ", ". ", ". ", "! ", "\n\n", "\n", "-", "。")


@st.composite
def texts(draw: st.DrawFn) -> str:
    words = draw(st.lists(st.sampled_from(TERMS), max_size=14))
    return "".join(word + draw(st.sampled_from(GLUE)) for word in words)


FIELDS = st.sampled_from(("", "", "text", "title"))
TERM = st.sampled_from(TERMS)
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Word, TERM, FIELDS),
    st.builds(Phrase, st.lists(st.one_of(TERM, st.just("*")), max_size=3).map(" ".join), FIELDS),
    st.builds(lambda one, two: Phrase(f"{one} {two[:2]}*"), TERM, TERM),
    st.builds(lambda word, end, field: Prefix(word[:end], field), TERM, st.integers(1, 5), FIELDS),
    st.builds(
        Wildcard, st.sampled_from(("neg*d", "*t", "tr??t*", "?", "*об*", "qu?", "*条")), FIELDS
    ),
    st.builds(
        Fuzzy, st.sampled_from(("traety", "negotation", "quebc", "q")), FIELDS, st.integers(0, 2)
    ),
)


def _joined(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Near, inner, inner, st.integers(1, 4), st.booleans()),
        st.builds(Within, inner, inner, st.sampled_from(("sentence", "paragraph"))),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    )


SIDES: st.SearchStrategy[Node] = st.recursive(LEAVES, _joined, max_leaves=4)
QUERIES = st.recursive(
    st.one_of(SIDES, st.builds(AtLeast, SIDES, st.just(1))),
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=2, max_size=2).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=2).map(tuple)),
    ),
    max_leaves=4,
)


class Plain:
    """One text of one field, looked at word by word."""

    def __init__(self, text: str, field: str, language: str) -> None:
        self.spans: list[Span] = list(term_spans_of(text))
        self.field, self.language = field, language
        self.units = {"sentence": sentence_starts(text), "paragraph": paragraph_starts(text)}

    def marks(self, node: Node) -> list[tuple[int, int]]:
        joined: list[tuple[int, int]] = []
        places = {words for _, _, marked in self.hits(node) for words in marked}
        for start, end in sorted((self.spans[a].start, self.spans[b].end) for a, b in places):
            if joined and start < joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    def hits(self, node: Node) -> Iterator[Hit]:
        match node:
            case And(parts) | Or(parts):
                for part in parts:
                    yield from self.hits(part)
            case AtLeast(part):
                yield from self.hits(part)
            case Near(left, right) | Within(left, right):
                for one, other in itertools.product(self.hits(left), self.hits(right)):
                    if self._belong(node, one, other):
                        first, last = min(one[0], other[0]), max(one[1], other[1])
                        yield first, last, one[2] | other[2]
            case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
                run = run_of(node) if self.field in fields_of(node) else ()
                for first in range(len(self.spans) - width_of(run) + 1 if run else 0):
                    words = (first, first + width_of(run) - 1)
                    if all(self._fills(first + n, slot) for n, slot in enumerate(run)):
                        yield *words, frozenset((words,))
            case _:
                return

    def _belong(self, node: Near | Within, one: Hit, other: Hit) -> bool:
        if isinstance(node, Within):
            units = {self._unit(node, word) for word in (*one[:2], *other[:2])}
            return len(units) == 1 and (one[1] < other[0] or other[1] < one[0])
        gaps = [other[0] - one[1]] + ([] if node.ordered else [one[0] - other[1]])
        return any(0 < gap <= node.distance for gap in gaps)

    def _unit(self, node: Within, word: int) -> int:
        if self.field == "title":
            return 0
        return bisect_right(self.units[node.unit], self.spans[word].start)

    def _fills(self, number: int, slot: Slot) -> bool:
        word = self.spans[number].word
        match slot:
            case Stemmed(wanted):
                return is_form(self.language, wanted, word)
            case Begun(beginning):
                return word.startswith(beginning)
            case Wild(text):
                regex = text.replace("?", ".").replace("*", ".*")
                return re.fullmatch(regex, word) is not None
            case Spelled(wanted, distance):
                return apart(word, wanted) <= distance
            case Any():
                return True
            case _:
                return word == slot.word


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(texts(), texts()), min_size=1, max_size=3),
    st.lists(QUERIES, min_size=3, max_size=6),
)
def test_marks_are_what_makes_a_hit(several: list[tuple[str, str]], queries: list[Node]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        entries = [Entry(n, title, text, "en") for n, (title, text) in enumerate(several, 1)]
        searcher = built(Path(folder), entries).searcher()
        for query in queries:
            marker = searcher.marker(query)
            marked = set()
            for entry in entries:
                for field, text in (("text", entry.text), ("title", entry.title)):
                    found = marker.spans(text, field, "en")
                    assert found == Plain(text, field, "en").marks(query)
                    if found:
                        marked.add(entry.key)
            hits = set(searcher.keys(query).tolist())
            assert hits <= marked
            if not _has(query, And):
                assert hits == marked


def _has(node: Node, kind: type) -> bool:
    inner = getattr(node, "parts", ()) or (getattr(node, "part", None),)
    return isinstance(node, kind) or any(_has(part, kind) for part in inner if part is not None)


TEXT = (
    "The treaty was signed. The parties negotiated a treaty in Québec.\n\n"
    "As yet no treaty binds the U.S. government; negotiations on W-2 go on."
)


@pytest.mark.parametrize(
    ("node", "marked"),
    [
        (Near(Word("treaty"), Word("quebec"), 2), ["treaty", "Québec"]),
        (Near(Word("quebec"), Word("treaty"), 2, ordered=True), []),
        (Near(Word("treaty"), Word("treaty"), 6), ["treaty", "treaty"]),
        (Within(Word("treaty"), Word("parties"), "sentence"), ["parties", "treaty"]),
        (Within(Word("signed"), Word("quebec"), "paragraph"), ["signed", "Québec"]),
        (Within(Word("signed"), Word("quebec"), "sentence"), []),
        (
            Near(Near(Word("no"), Word("treaty"), 1), Phrase("the * * government"), 3),
            ["no", "treaty", "the U.S. government"],
        ),
        (AtLeast(Word("negotiate"), 2), ["negotiated", "negotiations"]),
        (Wildcard("tr*y"), ["treaty", "treaty", "treaty"]),
        (Wildcard("?arties"), ["parties"]),
        (Fuzzy("goverment"), ["government"]),
        (Fuzzy("zzzzz"), []),
        (Phrase("no tre* *"), ["no treaty binds"]),
        (And((Word("W-2"), Not(Word("treaty")))), ["W-2"]),
        (Near(Or((Word("u.s."), Word("quebec"))), Wildcard("gov*nt"), 1), ["U.S", "government"]),
    ],
)
def test_what_is_marked(node: Node, marked: list[str], tmp_path: Path) -> None:
    searcher = built(tmp_path, [Entry(1, "", TEXT, "en")]).searcher()
    marker = pickle.loads(pickle.dumps(searcher.marker(node)))  # noqa: S301 - as a worker does
    spans = marker.spans(TEXT, "text", "en")
    assert [" ".join(TEXT[start:end].split()) for start, end in spans] == marked


def test_what_is_left_out_of_a_language_is_not_marked_in_it(tmp_path: Path) -> None:
    entries = [Entry(1, "", "un traité", "fr"), Entry(2, "", "the UN treaty", "en")]
    searcher = built(tmp_path, entries).searcher()
    languages = Or((Value("lang", "FR"), Value("lang", "it")))
    marker = searcher.marker(Or((Word("treaty"), And((Word("UN"), Not(languages))))))
    assert marker.spans("un traité", "text", "fr") == []
    assert marker.spans("the UN treaty", "text", "en") == [(4, 6), (7, 13)]
    near = Near(And((Word("UN"), Not(languages))), Word("treaty"), 1)
    assert searcher.marker(near).spans("un treaty", "text", "fr") == []
    assert searcher.marker(near).spans("un treaty", "text", "en") == [(0, 2), (3, 9)]


def test_a_title_is_one_sentence(tmp_path: Path) -> None:
    title = "Signed. Sealed. Delivered."
    searcher = built(tmp_path, [Entry(1, title, "x", "en")]).searcher()
    node = Within(Word("signed"), Word("delivered"), "sentence")
    spans = searcher.marker(node).spans(title, "title", "en")
    assert [title[start:end] for start, end in spans] == ["Signed", "Delivered"]


def test_nothing_is_marked_where_nothing_is_sought(tmp_path: Path) -> None:
    searcher = built(tmp_path, [Entry(1, "", TEXT, "en")]).searcher()
    assert not searcher.marker(Not(Word("treaty")))
    assert searcher.marker(Phrase("...")).spans(TEXT) == []


def test_a_mark_tells_which_part_of_the_query_it_meets(tmp_path: Path) -> None:
    searcher = built(tmp_path, [Entry(1, "", "the UN treaty of the nations", "en")]).searcher()
    named = Or((Word("UN"), Phrase("the nations")))
    query = And((Near(Word("un"), Word("treaty"), 2), named, Not(Word("war"))))
    text = "UN treaty; the nations, UN"
    parts = [(text[mark.start : mark.end], mark.part) for mark in searcher.marker(query).hits(text)]
    assert parts == [("UN", 0), ("treaty", 1), ("the nations", 2), ("UN", 2)]
