"""What the arrays say of a text is what stands in it: places, documents, pairs, bounds."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.model.progress import CancelToken
from archivist.model.query import Near, Phrase, Within, Word
from archivist.model.words import words_of
from archivist.search import Entry, Index, gaps
from archivist.search.layout import PAIRED, PAIRS_FROM, RARE
from archivist.search.segment import PackedField
from archivist.search.standing import spans_of
from tests.search.making import ARCHIVE, MemorySeals, built

_LONG = 12_000
COMMON = ("the", "of", "and", "to", "will", "not", "in", "be")


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Short, middling and very long documents, of common, seldom and single words."""
    source = random.Random(8)
    sizes = [
        source.choice((0, 3, 40, 256, 257, 400, 1_024, 1_025, 2_049, 3_000)) for _ in range(400)
    ]
    sizes[7], sizes[50] = 70_000, 20_000

    def word() -> str:
        kind = source.random()
        if kind < 0.5:
            return source.choice(COMMON)
        return f"w{source.randrange(90 if kind < 0.8 else 4_000 if kind < 0.97 else 10**6)}"

    found = [" ".join(word() for _ in range(size)) for size in sizes]
    return [*found, " ".join(f"once{number}" for number in range(66_000))]


@pytest.fixture(scope="module", params=["built", "merged"])
def held(
    request: pytest.FixtureRequest, texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[PackedField, list[str]]:
    """The field, and the texts in the order in which it holds them."""
    entries = [Entry(key, "", text) for key, text in enumerate(texts, 1)]
    folder = tmp_path_factory.mktemp("places")
    if request.param == "built":
        return field_of(built(folder, entries)), texts
    index = built(folder)
    for step, start in enumerate(range(0, len(entries), 201), 2):
        index.apply(step, add=entries[start : start + 201])
    index.tidy()
    (part,) = index.searcher().parts
    return part.fields["text"], [texts[key - 1] for key in part.keys.tolist()]


def field_of(index: Index) -> PackedField:
    (part,) = index.searcher().parts
    return part.fields["text"]


def stream_of(texts: list[str]) -> list[str]:
    return [word for text in texts for word in [*words_of(text), ""]]


def test_every_way_to_a_word_leads_to_its_places(held: tuple[PackedField, list[str]]) -> None:
    packed, texts = held
    assert packed.tokens_count > PAIRS_FROM
    assert np.count_nonzero(packed.rank == RARE) > 100
    stream = stream_of(texts)
    where: dict[str, list[int]] = {}
    for place, word in enumerate(stream):
        where.setdefault(word, []).append(place)
    owner = np.repeat(np.arange(len(texts)), [len(words_of(text)) + 1 for text in texts])
    source = random.Random(3)
    some = [*COMMON, *source.sample(sorted(where.keys() - {""}), 600)]
    for word in some:
        term = packed.term(word)
        places, docs = packed.places(term)
        assert places.tolist() == where[word]
        counted = Counter(owner[places].tolist())
        assert packed.docs(term).tolist() == sorted(counted)
        assert packed.counts(term).tolist() == [counted[doc] for doc in sorted(counted)]
        assert packed.docs_at(places).tolist() == owner[places].tolist()
        assert docs is None or docs.tolist() == owner[places].tolist()
        assert packed.collected[term] == len(places)
        assert packed.frequency[term] == len(counted)
        assert packed.are(places, [term]).all()
        assert set(packed.terms_at(places).tolist()) == {term}
    for size in (2, 7, 90):
        terms = np.array([packed.term(word) for word in source.sample(some, size)])
        found, docs = packed.places_of(terms)
        want = sorted(place for term in set(terms.tolist()) for place in where[packed.word(term)])
        assert sorted(found.tolist()) == want
        assert docs is None or docs.tolist() == owner[found].tolist()
        assert np.flatnonzero(packed.are(np.arange(len(stream)), terms)).tolist() == want
        each = np.concatenate([packed.docs(term) for term in terms.tolist()])
        assert packed.docs_of_each(terms).tolist() == each.tolist()
        counts = np.concatenate([packed.counts(term) for term in terms.tolist()])
        assert packed.counts_of_each(terms).tolist() == counts.tolist()
        assert set(np.concatenate(packed.docs_of_many(terms)).tolist()) == set(each.tolist())


def test_words_that_follow_each_other_are_found_by_their_pairs(
    held: tuple[PackedField, list[str]],
) -> None:
    packed, texts = held
    stream = stream_of(texts)
    by_rank = [packed.term(word) for word in (*COMMON, *(f"w{number}" for number in range(90)))]
    common = [term for term in by_rank if packed.is_scanned(term)]
    assert len(common) == PAIRED
    source = random.Random(5)
    for size in (1, 2, 2, 2, 3, 3, 4):
        for _ in range(15):
            near = common if source.random() < 0.5 else common[:8]
            run = [source.choice(near) for _ in range(size)]
            words = [packed.word(term) for term in run]
            want = [
                place
                for place in range(len(stream) - size + 1)
                if stream[place] == words[0] and stream[place : place + size] == words
            ]
            assert packed.run(run).tolist() == want


def test_a_small_segment_lists_no_pairs(tmp_path: Path) -> None:
    packed = field_of(built(tmp_path, [Entry(1, "", "of the many")]))
    assert not packed.is_scanned(packed.term("the"))


@given(st.lists(st.integers(0, 2_000_000), unique=True, max_size=40).map(sorted))
def test_ascending_numbers_come_back(numbers: list[int]) -> None:
    run = gaps.bound(np.array(numbers, np.int64))
    assert gaps.numbers(run).tolist() == numbers
    counts = np.array([len(numbers)])
    between = np.diff(np.array(numbers, np.int64), prepend=0)
    assert len(run) == len(numbers) + int(gaps.escapes_of(between, counts)[0])


@given(st.lists(st.lists(st.integers(1, 900), min_size=1, max_size=9), min_size=1, max_size=9))
@settings(max_examples=50)
def test_runs_of_numbers_come_back_one_after_the_other(runs: list[list[int]]) -> None:
    packed = [gaps.packed(np.array(run)) for run in runs]
    sizes = np.array([len(each) for each in packed])
    firsts = np.arange(len(runs)) * 7
    found = gaps.numbers_of_many(np.concatenate(packed), sizes, firsts)
    want = [np.cumsum(run) + first for run, first in zip(runs, firsts, strict=True)]
    assert found.tolist() == np.concatenate(want).tolist()


def test_the_stream_is_read_only_when_that_pays(texts: list[str], tmp_path: Path) -> None:
    """Words near each other are found without it at first, and with it later: alike."""
    shorter = [text for text in texts if len(text) < _LONG] * 2
    seals, entries = MemorySeals(), [Entry(key, "", text) for key, text in enumerate(shorter, 1)]
    Index.rebuild(tmp_path, seals, ARCHIVE, entries, 1)
    read, fresh = (Index.open(tmp_path, seals, ARCHIVE).searcher() for _ in range(2))
    read.prepare(CancelToken())
    assert all(part.fields["text"].is_read for part in read.parts)
    source, ways = random.Random(4), set()
    words = [*COMMON, *(f"w{number}" for number in range(40))]
    for _ in range(20):
        one, other, third = (source.choice(words) for _ in range(3))
        for query in (
            Phrase(f"{one} {other}"),
            Phrase(f"{one} * {other}"),
            Phrase(f"{one} {other} {third}"),
            Near(Word(one), Word(other), source.randint(1, 60), ordered=source.random() < 0.5),
            Within(Word(one), Word(third), source.choice(("sentence", "paragraph"))),
        ):
            ways.add(fresh.parts[0].fields["text"].is_read)
            assert fresh.keys(query).tolist() == read.keys(query).tolist(), query
            for before, after in zip(fresh.parts, read.parts, strict=True):
                one_spans, other_spans = (spans_of(part, "text", query) for part in (before, after))
                assert one_spans.starts.tolist() == other_spans.starts.tolist(), query
                assert one_spans.ends.tolist() == other_spans.ends.tolist(), query
    assert ways == {True, False}
