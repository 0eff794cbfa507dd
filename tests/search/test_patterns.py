"""Patterns and near spellings find the words that a scan of all words finds."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.model.words import terms_of, words_of
from archivist.search import Entry, patterns
from tests.search.making import WORDS, built

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archivist.search.segment import PackedField

LETTERS = "abnotéßжиøمع9"
TEXTS = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text(LETTERS, min_size=1, max_size=6)), max_size=40
).map(" ".join)


def field_of(texts: Iterable[str], folder: Path) -> PackedField:
    (part,) = built(folder, [Entry(n, "", text) for n, text in enumerate(texts)]).searcher().parts
    return part.fields["text"]


def apart(one: str, other: str) -> int:
    """Optimal string alignment, by its textbook recurrence."""
    table = [[max(i, j) for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            changed = table[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, changed)
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.lists(st.text("abnot?*éжиم", min_size=1, max_size=5), max_size=20))
def test_a_pattern_finds_the_words_it_describes(text: str, asked: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        packed = field_of([f"one {text}"], Path(folder))
        known = sorted({"one", *terms_of(text)})
        for pattern in [*asked, "*", "?*", "*o*", "*tion?", "n*t*", "ne*s", "*gati*", "*nations"]:
            folded = re.sub(r"[^?*]+", lambda run: "".join(words_of(run.group())), pattern)
            wanted = re.compile(folded.replace("?", ".").replace("*", ".*")).fullmatch
            terms = patterns.wild(packed, folded).tolist()
            assert terms == sorted(terms)
            found = sorted(packed.word(term) for term in terms)
            assert found == [word for word in known if wanted(word)]
            assert found == [word for word in known if patterns.matcher(folded).fullmatch(word)]


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.lists(st.text("abnotéжи", min_size=1, max_size=6), max_size=10))
def test_near_spellings_are_those_of_the_textbook(text: str, asked: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        packed = field_of([f"one {text}"], Path(folder))
        known = sorted({"one", *terms_of(text)})
        for word in {*words_of(" ".join(asked)), "natoin", "netgotiate", "tereaty"}:
            for distance in (1, 2):
                terms = patterns.spelled(packed, word, distance)
                found = sorted(packed.word(term) for term in terms.tolist())
                assert found == [each for each in known if apart(word, each) <= distance]


@pytest.mark.parametrize("pattern", ["", "x*", "*x", "?x?", "*xy*"])
def test_what_no_word_has_finds_nothing(pattern: str, tmp_path: Path) -> None:
    assert patterns.wild(field_of(["one two"], tmp_path), pattern).tolist() == []


def test_an_empty_field(tmp_path: Path) -> None:
    packed = field_of(["", " "], tmp_path)
    for pattern in ("*", "a*", "*a", "*ab*"):
        assert patterns.wild(packed, pattern).tolist() == []
    assert patterns.spelled(packed, "one", 2).tolist() == []
    assert patterns.spelled(packed, "", 2).tolist() == []


def test_the_commonest_of_many_words_are_kept(tmp_path: Path) -> None:
    packed = field_of(["ab ab ab ac ad ad", "ae ae ad"], tmp_path)
    terms = patterns.wild(packed, "a?")
    kept = patterns.commonest(packed, terms, 2)
    assert [packed.word(term) for term in kept.tolist()] == ["ab", "ad"]
    assert patterns.commonest(packed, terms) is terms
    assert len(terms) < patterns.MOST_FORMS
    assert np.all(np.diff(kept) > 0)
