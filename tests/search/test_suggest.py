"""Words near a word, and the words that a part of a query stands for."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.model.query import Fuzzy, Leaf, Phrase, Prefix, Wildcard, Word
from archivist.search import Entry, Index
from tests.search.making import built

TEXTS = (
    ("Treaties", "The treaty and the treaties.", "en"),
    ("A treaty", "A treatise on treaty law.", "en"),
    ("Traité", "Les traités, un traité; entreaty.", "fr"),
    ("", "negotiate negotiated negotiating", "en"),
)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    first = [Entry(n, *each) for n, each in enumerate(TEXTS, 1)]
    index = built(tmp_path, first[:2])
    index.apply(2, first[2:])
    index.apply(3, [Entry(9, "", "treaty treaty", "en")])
    return index


@pytest.mark.parametrize(
    ("leaf", "words"),
    [
        (Word("treaty"), [("treaty", 3), ("treaties", 1)]),
        (Word("treaty", "title"), [("treaties", 1), ("treaty", 1)]),
        (Word("traité"), [("traite", 1), ("traites", 1)]),
        (Phrase("treaty"), [("treaty", 3)]),
        (Prefix("treat"), [("treaty", 3), ("treaties", 1), ("treatise", 1)]),
        (Wildcard("*treaty"), [("treaty", 3), ("entreaty", 1)]),
        (Fuzzy("traety"), [("treaty", 3)]),
        (Phrase("treaty law"), []),
        (Word("zzz"), []),
    ],
)
def test_the_words_a_part_stands_for(index: Index, leaf: Leaf, words: list[object]) -> None:
    searcher = index.searcher()
    assert searcher.forms(leaf) == words
    assert searcher.forms(leaf, 1) == words[:1]
    for word, count in searcher.forms(leaf):
        assert searcher.frequency(Phrase(word, leaf.field)) >= count


def test_records_taken_out_do_not_count(index: Index) -> None:
    index.apply(4, remove=[1, 9])
    assert index.searcher().forms(Word("treaty")) == [("treaty", 1)]


def test_the_nearest_word_comes_first(index: Index) -> None:
    assert index.searcher().suggest("traety") == ["treaty", "traite"]
    assert index.searcher().suggest("negotiatd")[0] == "negotiate"
    assert index.searcher().suggest("trety", 1) == ["treaty"]
    assert index.searcher().suggest("treaty") == ["entreaty"]
