"""Excerpts are one line of the text, with as many different hits as fit."""

from __future__ import annotations

import itertools
import pickle
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from archivist.model.query import And, Not, Phrase, Prefix, Word
from archivist.search.excerpts import excerpt
from archivist.search.sought import folded_in_place
from tests.search.making import built, texts

TEXTS = st.one_of(texts(40), st.text(max_size=300))


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(TEXTS)
    words = [match.span() for match in re.finditer(r"\w+", text)]
    return text, [span for span in words if draw(st.booleans())]


@given(marked(), st.integers(10, 300))
def test_an_excerpt_is_a_passage_of_the_text(
    given_: tuple[str, list[tuple[int, int]]], width: int
) -> None:
    text, spans = given_
    line, marks = excerpt(text, spans, width)
    flat = re.sub(r"\s+", " ", text)
    assert line.removeprefix("…").removesuffix("…").strip() in flat or not text.strip("…")
    assert "\n" not in line
    assert bool(marks) == bool(spans)
    assert all(a < b for a, b in marks)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(marks))
    shown = [line[start:end] for start, end in marks]
    kinds = [re.sub(r"\s+", " ", text[start:end]) for start, end in spans]
    assert all(word in kinds for word in shown)
    longest = max((end - start for start, end in spans), default=0)
    assert len(line) <= max(width, longest) + 2


def test_the_passage_with_most_different_hits_wins() -> None:
    text = "treaty treaty treaty " + "filler " * 60 + "treaty of nations" + " filler" * 60
    spans = [match.span() for match in re.finditer("treaty|nations", text)]
    line, marks = excerpt(text, spans, 80)
    assert [line[start:end] for start, end in marks] == ["treaty", "nations"]
    assert line.startswith("…")
    assert line.endswith("…")


def test_of_equal_passages_the_one_with_the_nearest_hits_wins() -> None:
    far, near = "treaty is one of the oldest nations", "nations sign a treaty"
    text = f"{far} {'filler ' * 60}{near}{' filler' * 60}"
    spans = [match.span() for match in re.finditer("treaty|nations", text)]
    assert near in excerpt(text, spans, 80)[0]


def test_without_hits_the_beginning_is_shown() -> None:
    assert excerpt("Short\n\ntext.", []) == ("Short text.", ())
    assert excerpt("", []) == ("", ())


def test_marks_stand_in_the_original_text(tmp_path: Path) -> None:
    text = "Le Québec a NÉGOCIÉ; the W-2 will\nnot\nnegotiate. Québécois"
    searcher = built(tmp_path).searcher()
    query = And((Word("quebec"), Phrase("w-2 WILL not"), Prefix("nego"), Not(Word("le"))))
    marker = pickle.loads(pickle.dumps(searcher.marker(query)))  # noqa: S301 - as a worker does
    found = [text[start:end] for start, end in marker.spans(text)]
    assert found == ["Québec", "NÉGOCIÉ", "W-2 will\nnot", "negotiate"]
    assert marker.spans("Québec", "title") == [(0, 6)]
    assert searcher.marker(Word("quebec", "title")).spans(text) == []


@given(TEXTS)
def test_folding_in_place_keeps_every_place(text: str) -> None:
    folded = folded_in_place(text)
    assert folded is None or len(folded) == len(text)
