"""Lines of a concordance: all hits and no others, in the order asked for, page by page."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archivist.model.errors import StoppedError
from archivist.model.progress import CancelToken
from archivist.model.query import And, Near, Not, Or, Phrase, Prefix, Value, Word
from archivist.model.words import spans_of, terms_of
from archivist.search.concordance import LINE_SORTS, RECORD_SORTS, Place
from archivist.search.types import Entry
from tests.search.making import WORDS, built, entries, texts

if TYPE_CHECKING:
    from archivist.model.query import Node
    from archivist.search import Index, Searcher

_WORD = st.sampled_from(WORDS)
_LEAF = st.one_of(
    st.builds(Word, _WORD),
    st.builds(Phrase, texts(3)),
    st.builds(Prefix, st.builds(lambda word, end: word[:end], _WORD, st.integers(1, 9))),
)
_NODE = st.one_of(
    _LEAF,
    st.builds(lambda *parts: Or(parts), _LEAF, _LEAF),
    st.builds(lambda *parts: And(parts), _LEAF, _LEAF),
    st.builds(lambda keep, drop: And((keep, Not(drop))), _LEAF, _LEAF),
)


def indexed(folder: Path, several: list[Entry], apart: int) -> Index:
    """Index some at once and the rest in commits of their own, so that there are segments."""
    index = built(folder, several[: len(several) - apart])
    for number, entry in enumerate(several[len(several) - apart :], 2):
        index.apply(number, add=[entry])
    return index


def expected(
    searcher: Searcher, node: Node, several: list[Entry]
) -> dict[int, list[tuple[int, int]]]:
    """Return the hits by record as numbers of words, found in the texts as they are marked."""
    marker = searcher.marker(node)
    found = {}
    for key in searcher.keys(node).tolist():
        entry = several[key - 1]
        words = list(spans_of(entry.text))
        first = {span.start: number for number, span in enumerate(words)}
        last = {span.end: number for number, span in enumerate(words)}
        spans = marker.spans(entry.text, "text", entry.language)
        found[key] = [(first[start], last[end]) for start, end in spans]
    return found


def hits_of(places: list[Place]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for place in places:
        found.setdefault(place.key, []).append((place.first, place.last))
    return found


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(data=st.data(), apart=st.integers(0, 2), node=_NODE, sort=st.sampled_from(LINE_SORTS))
def test_lines_are_the_hits_that_are_marked(
    data: st.DataObject, apart: int, node: Node, sort: str
) -> None:
    several = [data.draw(entries(key)) for key in range(1, 8)]
    with tempfile.TemporaryDirectory() as folder:
        searcher = indexed(Path(folder), several, apart).searcher()
        lines = searcher.lines(node, sort)
        wanted = expected(searcher, node, several)
        every = lines.page(0, len(lines))
        assert {key: sorted(hits) for key, hits in hits_of(every).items()} == {
            key: hits for key, hits in wanted.items() if hits
        }
        assert lines.records == sum(1 for hits in wanted.values() if hits)
        assert [place for at in range(len(lines)) for place in lines.page(at, 1)] == every
        assert lines.page(len(lines), 5) == []
        for place in every:
            text = terms_of(several[place.key - 1].text)
            assert place.words == len(text)
            assert (place.opening, place.closing) == (text[place.first], text[place.last])


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(
    data=st.data(),
    apart=st.integers(0, 2),
    node=_LEAF,
    side=st.sampled_from(("left", "right")),
    first=st.integers(1, 3),
)
def test_lines_are_sorted_by_the_words_beside_them(
    data: st.DataObject, apart: int, node: Node, side: str, first: int
) -> None:
    several = [data.draw(entries(key)) for key in range(1, 8)]
    with tempfile.TemporaryDirectory() as folder:
        searcher = indexed(Path(folder), several, apart).searcher()
        lines = searcher.lines(node, side if first == 1 else f"{side}{first}")
        beside = []
        for place in lines.page(0, len(lines)):
            words = [term.encode() for term in terms_of(several[place.key - 1].text)]
            before, after = words[: place.first][::-1], words[place.last + 1 :]
            compared = (before if side == "left" else after)[first - 1 : first + 3]
            beside.append(compared)
        assert beside == sorted(beside)


def test_lines_of_records_stand_in_the_order_of_records(tmp_path: Path) -> None:
    texts_of = ("peace and peace", "war", "peace", "peace treaty")
    dates = ("2012", "2013", "", "2014-05-01")
    names = ("Foreign Office", "Auswärtiges Amt", "", "auswärtiges amt")
    several = [
        Entry(key, "", text, "en", {"originator": (name,)}, {"date": date})
        for key, (text, date, name) in enumerate(zip(texts_of, dates, names, strict=True), 1)
    ]
    searcher = built(tmp_path / "index", several).searcher()

    def keys(sort: str) -> list[int]:
        return [place.key for place in searcher.lines(Word("peace"), sort).page(0, 10)]

    assert keys("newest") == [4, 1, 1, 3]
    assert keys("oldest") == [1, 1, 4, 3]
    assert keys("originator") == [4, 1, 1, 3]
    assert list(dict.fromkeys(keys("relevance"))) == searcher.keys(Word("peace")).tolist()
    with pytest.raises(ValueError, match="sorted"):
        searcher.lines(Word("peace"), "colour")


def test_what_is_deleted_or_changed_has_no_lines(tmp_path: Path) -> None:
    index = built(tmp_path / "index", [Entry(1, "", "peace"), Entry(2, "", "peace peace")])
    before = index.searcher()
    index.apply(2, add=[Entry(2, "", "war")], remove=[1])
    assert len(index.searcher().lines(Word("peace"))) == 0
    assert index.searcher().lines(Word("war"), "left").page(0, 5)[0].key == 2
    assert len(before.lines(Word("peace"), "right")) == 3


def test_common_words_of_a_large_segment_and_rare_ones(tmp_path: Path) -> None:
    """More different words than ranks: the rarest are told apart by their own positions."""
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    draw = np.random.default_rng(5)
    rare = ["".join(draw.choice(letters, 7)) for _ in range(90_000)]
    per = 3_000
    several = [
        Entry(key, "", " ".join(f"treaty {word}" for word in rare[at : at + per]))
        for key, at in enumerate(range(0, len(rare), per), 1)
    ]
    index = built(tmp_path / "index", several)
    searcher = index.searcher()
    text = searcher.parts[0].fields["text"]
    places = np.arange(len(text.stream))
    terms = text.terms_at(places[text.stream != 65534])
    told = [text.word(term) for term in terms[-2 * per :].tolist()]
    assert told == " ".join(f"treaty {word}" for word in rare[-per:]).split()
    lines = searcher.lines(Word("treaty"), "right")
    assert len(lines) == len(rare)
    wanted = sorted(rare)[:20]
    found = [several[place.key - 1].text.split()[place.last + 1] for place in lines.page(0, 20)]
    assert found == wanted


@pytest.mark.parametrize("sort", RECORD_SORTS)
def test_finding_lines_can_be_stopped(tmp_path: Path, sort: str) -> None:
    searcher = built(tmp_path / "index", [Entry(1, "", "peace")]).searcher()
    token = CancelToken()
    token.cancel()
    with pytest.raises(StoppedError):
        searcher.lines(Word("peace"), sort, token)


def test_an_alternative_with_a_condition_counts_only_where_it_holds(tmp_path: Path) -> None:
    """As synonyms do that read like a common word of another language."""
    several = [
        Entry(1, "", "The United Nations, or UN", "en", {"lang": ("en",)}),
        Entry(2, "", "united nations: un mot, un autre", "fr", {"lang": ("fr",)}),
    ]
    searcher = built(tmp_path / "index", several).searcher()
    elsewhere = And((Word("UN"), Not(Value("lang", "fr"))))
    lines = searcher.lines(Or((Phrase("united nations"), elsewhere)))
    assert sorted(place[:3] for place in lines.page(0, 9)) == [(1, 1, 2), (1, 4, 4), (2, 0, 1)]


def test_near_words_are_one_line_for_each_closest_pair(tmp_path: Path) -> None:
    text = "peace treaty. peace and peace treaty; war, then much later a treaty"
    searcher = built(tmp_path / "index", [Entry(1, "", text)]).searcher()
    lines = searcher.lines(Near(Word("peace"), Word("treaty"), 3))
    assert [place[1:3] for place in lines.page(0, 9)] == [(0, 1), (4, 5)]


def test_letters_of_scripts_without_blanks_are_words(tmp_path: Path) -> None:
    searcher = built(tmp_path / "index", [Entry(1, "", "今日、中国政府と中国人", "ja")]).searcher()
    places = searcher.lines(Word("中国"), "right").page(0, 9)
    assert sorted(place[1:3] for place in places) == [(2, 3), (7, 8)]
