"""What is kept of the words read lately: within its bound, and the same as read anew."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from archivist.model.query import Near, Within, Word
from archivist.search import Entry, rank
from archivist.search.counting import added
from archivist.search.decoded import Decoded, Kept
from archivist.search.standing import Standing
from tests.search.making import built


def test_what_was_used_last_is_kept_within_the_bound() -> None:
    kept, made = Kept(1_000), []

    def find(name: str, size: int = 400) -> int:
        def make() -> tuple[np.ndarray[tuple[int], np.dtype[np.uint8]]]:
            made.append(name)
            return (np.zeros(size, np.uint8),)

        return len(kept.find((name, b""), make)[0])

    for name in ("a", "b", "a", "c", "a", "b"):
        assert find(name) == 400
    assert made == ["a", "b", "c", "b"]
    assert [find("large", 501) for _ in range(2)] == [501, 501]
    assert made[4:] == ["large", "large"]
    assert find("b") == 400
    assert len(made) == 6


def test_decoded_is_what_the_texts_say(tmp_path: Path) -> None:
    source = random.Random(4)
    words = ["of", *(f"w{number}" for number in range(30))]
    texts = [source.choices(words, [40, *[1] * 30], k=source.randint(0, 40)) for _ in range(90)]
    entries = [Entry(key, "", " ".join(text)) for key, text in enumerate(texts, 1)]
    packed = built(tmp_path, entries).searcher().parts[0].fields["text"]
    decoded = Decoded(packed)
    for some in (["of"], ["w1"], ["of", "w2", "w3"], ["w4", "w5"], words):
        terms = np.array(sorted(packed.term(word) for word in some))
        for _ in range(2):
            counts = added([decoded.counts(terms)], len(texts))
            assert counts.tolist() == [sum(text.count(word) for word in some) for text in texts]
            there = added([decoded.present(terms)], len(texts)) > 0
            assert there.tolist() == (counts > 0).tolist()
            placed = decoded.placed(terms)
            assert np.bincount(placed.docs, minlength=len(texts)).tolist() == counts.tolist()
            assert packed.are(placed.places.astype(np.int64), terms).all()
            assert (np.diff(placed.places) > 0).all()


def test_pairs_are_as_many_as_their_spans(tmp_path: Path) -> None:
    """In a long field, at its very ends too: counted, and listed."""
    source = random.Random(9)
    words, weights = ["of", "to", "war", "peace", "x", "y"], (40, 30, 4, 2, 60, 60)
    texts = [source.choices(words, weights, k=source.choice((0, 1, 3, 70, 500))) for _ in range(80)]
    texts[0], texts[-1] = ["war", "peace", "of"], ["to", "peace", "war"]
    entries = [Entry(key, " ".join(text[:3]), ". ".join(text)) for key, text in enumerate(texts, 1)]
    part = built(tmp_path, entries).searcher().parts[0]
    for name in ("text", "title"):
        for one, other in (("of", "to"), ("of", "war"), ("peace", "war"), ("peace", "nowhere")):
            several: list[Near | Within] = [Within(Word(one), Word(other), "paragraph")]
            for distance in (1, 2, 5, 8, 9, 40):
                several.append(Near(Word(one), Word(other), distance))
                several.append(Near(Word(other), Word(one), distance, ordered=True))
            for node in several:
                counts = added([Standing(part, name).counts(node)], part.count)
                listed = Standing(part, name).spans(node).docs
                assert counts.tolist() == np.bincount(listed, minlength=part.count).tolist(), node


@given(st.lists(st.integers(0, 3), max_size=30), st.integers(0, 32), st.randoms())
def test_the_best_are_those_a_sort_puts_first(
    drawn: list[int], count: int, source: random.Random
) -> None:
    keys = list(range(1, len(drawn) + 1))
    source.shuffle(keys)
    found = rank.best_scored(np.array(drawn, np.float32), np.array(keys, np.int64), count)
    order = sorted(range(len(drawn)), key=lambda at: (-drawn[at], keys[at]))
    assert found.tolist() == order[:count]
