"""Excerpts are one line of the text, with as many different hits as fit."""

from __future__ import annotations

import itertools
import pickle
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from archivist.model.query import And, Not, Phrase, Prefix, Word
from archivist.search.excerpts import WIDTH, excerpt
from archivist.search.marks import Mark
from archivist.search.sought import folded_in_place
from tests.search.making import built, texts

TEXTS = st.one_of(texts(40), st.text(max_size=300))


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    words = [match.span() for match in re.finditer(r"\w+", text)]
    parts = draw(st.integers(0, 3))
    return text, [Mark(*span, draw(st.integers(0, parts))) for span in words if draw(st.booleans())]


def marks_of(text: str, *parts: str) -> list[Mark]:
    """Return the hits of patterns, each a part of a query."""
    found = enumerate(re.finditer(part, text) for part in parts)
    return sorted(Mark(*match.span(), number) for number, each in found for match in each)


def shown_in(text: str, *parts: str, width: int = WIDTH) -> list[str]:
    line, marks = excerpt(text, marks_of(text, *parts), width)
    return [line[start:end] for start, end in marks]


@given(marked(), st.integers(10, 300))
def test_an_excerpt_is_passages_of_the_text(given_: tuple[str, list[Mark]], width: int) -> None:
    text, spans = given_
    line, marks = excerpt(text, spans, width)
    flat = re.sub(r"\s+", " ", text)
    pieces = line.removeprefix("…").removesuffix("…").split(" … ")
    assert all(piece.strip() in flat for piece in pieces) or "…" in text
    assert "\n" not in line
    assert bool(marks) == bool(spans)
    assert all(a < b for a, b in marks)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(marks))
    shown = [line[start:end] for start, end in marks]
    kinds = [re.sub(r"\s+", " ", text[start:end]) for start, end, _part in spans]
    assert all(word in kinds for word in shown)
    longest = max((end - start for start, end, _part in spans), default=0)
    assert len(line) <= max(width, 2 * longest) + 5


def test_the_passage_with_most_different_hits_wins() -> None:
    text = "treaty treaty treaty " + "filler " * 60 + "treaty of nations" + " filler" * 60
    line, marks = excerpt(text, marks_of(text, "treaty|nations"), 80)
    assert [line[start:end] for start, end in marks] == ["treaty", "nations"]
    assert line.startswith("…")
    assert line.endswith("…")


def test_of_equal_passages_the_one_with_the_nearest_hits_wins() -> None:
    far, near = "treaty is one of the oldest nations", "nations sign a treaty"
    text = f"{far} {'filler ' * 60}{near}{' filler' * 60}"
    assert near in excerpt(text, marks_of(text, "treaty|nations"), 80)[0]


def test_the_passage_that_meets_most_parts_of_the_query_wins() -> None:
    text = f"sanctions and sanctioned, sanctioning {'filler ' * 60} sanctions on the pipeline"
    assert shown_in(text, r"sanction\w*", "pipeline") == ["sanctions", "pipeline"]


def test_parts_far_from_each_other_are_shown_in_two_passages() -> None:
    text = f"{'before ' * 30}the Soviet Union asked {'filler ' * 60}for wheat{' after' * 30}"
    line, _marks = excerpt(text, marks_of(text, "Soviet Union", "wheat"))
    assert shown_in(text, "Soviet Union", "wheat") == ["Soviet Union", "wheat"]
    assert re.fullmatch("….*the Soviet Union asked.* … .*for wheat.*…", line)
    assert len(line) <= WIDTH


def test_a_hit_is_not_far_from_the_beginning_of_its_excerpt() -> None:
    text = "before " * 80 + "the negotiated solution."
    line, [(start, _end)] = excerpt(text, marks_of(text, "solution"))
    assert WIDTH // 3 < start <= WIDTH // 2
    assert line.endswith("solution.")
    line, [(start, _end)] = excerpt(f"{text}{' after' * 80}", marks_of(text, "solution"))
    assert start <= WIDTH // 3


def test_an_excerpt_of_wide_characters_has_half_as_many() -> None:
    text = "文" * 500 + "和平统一" + "字" * 500
    line, [(start, _end)] = excerpt(text, marks_of(text, "和平统一"))
    assert start < WIDTH // 6
    assert len(line) <= WIDTH // 2 + 2


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
