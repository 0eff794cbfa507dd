"""Common words: what is read from the forward stream and from rows of bits, against a plain scan.

A few hundred long documents of a small vocabulary, so that words are as common as they must be for
their pairs to be listed and their places to be compared as bits.
"""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

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
    Wildcard,
    Within,
    Word,
)
from archivist.search import Entry, Index
from archivist.search import standing as standing_module
from archivist.search.bits import FARTHEST
from archivist.search.counting import added
from archivist.search.layout import PAIRS_FROM
from tests.search import plain
from tests.search.making import built

DOCUMENTS = 300
COMMON = ("the", "of", "and", "to", "in", "state", "states", "stated", "treaty")
RARE = ("armistice", "envoys", "envoy", "annexes", "protocol", "ratify", "ratified")


def document(source: random.Random, key: int) -> Entry:
    weights = [60 // (1 + number) + 3 for number in range(len(COMMON))] + [1] * len(RARE)
    words = source.choices((*COMMON, *RARE), weights, k=source.choice((0, 1, 2, 63, 64, 260)))
    ends = source.choices((" ", ". ", ".\n\n", ", "), (30, 3, 1, 2), k=len(words))
    text = "".join(word.capitalize() + end for word, end in zip(words, ends, strict=True))
    language = source.choice(("en", "en", "en", "fr", "ru"))
    return Entry(key, " ".join(source.choices(COMMON, k=source.randint(0, 5))), text, language)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Index, dict[int, Entry]]:
    """One large segment, two small ones, with documents deleted and written again."""
    source = random.Random(3)
    entries = [document(source, key) for key in range(1, DOCUMENTS + 1)]
    entries.append(Entry(800, "", " ".join(f"w{n % 3000}" for n in range(PAIRS_FROM)), "en"))
    index = built(tmp_path_factory.mktemp("common"), entries)
    fresh = [document(source, key) for key in (5, 9, 900, 901)]
    index.apply(2, fresh, remove=range(20, 30))
    index.apply(3, [document(source, 902)])
    living = {entry.key: entry for entry in [*entries, *fresh] if entry.key not in range(20, 30)}
    return index, living | {902: document_again(902)}


def document_again(key: int) -> Entry:
    """The last document drawn: the same draws once more."""
    source = random.Random(3)
    for other in [*range(1, DOCUMENTS + 1), 5, 9, 900, 901]:
        document(source, other)
    return document(source, key)


class Drawn:
    """Queries, the same in each run."""

    def __init__(self) -> None:
        self._random = random.Random(8)

    def leaf(self) -> Node:
        draw, word = self._random, self._random.choice
        kinds: list[Node] = [
            Word(word(COMMON)),
            Word(word(COMMON)),
            Word(word(RARE)),
            Phrase(word(COMMON)),
            Phrase(f"{word(COMMON)} {word(COMMON)}"),
            Phrase(f"{word(COMMON)} * {word(COMMON)}"),
            Phrase(f"{word(COMMON)} {word(COMMON)} * {word(COMMON)} {word(RARE)}"),
            Phrase(f"* {word(COMMON)} t*"),
            Prefix(word((*COMMON, *RARE))[: draw.randint(1, 4)]),
            Wildcard("?n*"),
            Fuzzy(word((*COMMON, *RARE))),
            Or((Word(word(COMMON)), Phrase(f"{word(COMMON)} {word(COMMON)}"))),
            Or((Phrase(word(COMMON)), Phrase(word(RARE)))),
        ]
        return draw.choice(kinds)

    def pair(self, left: Node, right: Node) -> Node:
        draw = self._random
        if draw.random() < 0.4:
            return Within(left, right, "sentence" if draw.random() < 0.5 else "paragraph")
        return Near(left, right, draw.choice((1, 2, 3, 5, 8, 30)), draw.random() < 0.4)

    def queries(self) -> list[Node]:
        found = [self.leaf() for _ in range(30)]
        found += [self.pair(self.leaf(), self.leaf()) for _ in range(80)]
        found += [self.pair(Phrase(a), Phrase(b)) for a in COMMON[:4] for b in COMMON[:4]]
        found += [self.pair(self.pair(self.leaf(), self.leaf()), self.leaf()) for _ in range(10)]
        found += [AtLeast(self.leaf(), 1 + 7 * n) for n in range(12)]
        found += [AtLeast(self.pair(self.leaf(), self.leaf()), 2 + n) for n in range(12)]
        found += [And((self.pair(self.leaf(), self.leaf()), Not(self.leaf()))) for _ in range(10)]
        return found


def test_common_words_are_found_where_a_scan_finds_them(
    held: tuple[Index, dict[int, Entry]],
) -> None:
    index, living = held
    searcher = index.searcher()
    packed = searcher.parts[0].fields["text"]
    assert packed.tokens_count > PAIRS_FROM
    assert packed.is_scanned(packed.term("of"))
    some = {key: entry for key, entry in living.items() if key % 4 == 1 or key > DOCUMENTS}
    wrong = []
    for query in Drawn().queries():
        found = searcher.keys(query).tolist()
        if sorted(some.keys() & set(found)) != plain.found(query, some.values()):
            wrong.append(query)
        assert searcher.find(query).total == len(found)
    assert wrong == []


@pytest.mark.parametrize("distance", [1, 2, 5, FARTHEST, FARTHEST + 1, 100])
@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("words", [("the", "of"), ("of", "the"), ("the", "the"), ("in", "treaty")])
def test_pairs_are_counted_as_a_scan_counts_them(
    held: tuple[Index, dict[int, Entry]], words: tuple[str, str], distance: int, *, ordered: bool
) -> None:
    index, living = held
    part = index.searcher().parts[0]
    node = Near(Phrase(words[0]), Phrase(words[1]), distance, ordered)
    standing = standing_module.Standing(part, "text")
    counts = added([standing.counts(node)], part.count)
    spans = standing.spans(node)
    assert np.array_equal(counts, np.bincount(spans.docs, minlength=part.count))
    for doc in list(range(0, part.count, 29)):
        key = int(part.keys[doc])
        if part.alive is None or part.alive[doc]:
            assert counts[doc] == len(plain.standing(node, living[key], "text")), key


@pytest.mark.parametrize("unit", ["sentence", "paragraph"])
@pytest.mark.parametrize("words", [("the", "of"), ("the", "the"), ("state", "treaty")])
def test_pairs_in_a_unit_are_counted_as_a_scan_counts_them(
    held: tuple[Index, dict[int, Entry]], words: tuple[str, str], unit: str
) -> None:
    index, living = held
    part = index.searcher().parts[0]
    for name in ("text", "title"):
        standing = standing_module.Standing(part, name)
        shared = "sentence" if unit == "sentence" else "paragraph"
        node = Within(Phrase(words[0]), Phrase(words[1]), shared)  # type: ignore[arg-type]
        counts = added([standing.counts(node)], part.count)
        for doc in range(0, part.count, 17):
            key = int(part.keys[doc])
            if part.alive is None or part.alive[doc]:
                assert counts[doc] == len(plain.standing(node, living[key], name)), key


def test_words_of_two_letters_near_others(tmp_path: Path) -> None:
    """In scripts without blanks a term spans two words; some of these are common, some are rare."""
    source = random.Random(6)
    letters, weights = "美国政府的 。", (9, 9, 5, 1, 9, 2, 2)
    texts = ["".join(source.choices(letters, weights, k=60)) for _ in range(80)]
    entries = [Entry(key, "", text, "zh") for key, text in enumerate(texts, 1)]
    searcher = built(tmp_path, entries).searcher()
    sides: list[Node] = [Word(word) for word in ("美国", "国政", "政府", "府", "的", "美国政府")]
    sides += [Or((Word("府府"), Word("府的"))), Phrase("美国 * 的"), Prefix("政")]
    for left in sides:
        for right in sides:
            pairs: list[Node] = [Near(left, right, n, n % 2 == 0) for n in (1, 2, 3)]
            pairs += [Within(left, right, "sentence"), Near(pairs[1], Word("的"), 1, ordered=True)]
            for node in pairs:
                count = sum(len(plain.standing(node, each, "text")) for each in entries)
                assert searcher.places_count(node) == count
                assert sorted(searcher.keys(node).tolist()) == plain.found(node, entries)
