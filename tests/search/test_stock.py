"""The same texts in an index of stock Whoosh: where it means the same, it finds the same."""

from __future__ import annotations

import random

import pytest
from whoosh import query as stock
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex
from whoosh.query import spans as stock_spans

from archivist.model.query import And, Fuzzy, Near, Node, Not, Or, Phrase, Prefix, Wildcard
from archivist.search import Entry, Index
from archivist.search.schema import schema
from tests.search.making import built

WORDS = tuple(
    """the of and to will not us treaty treaties treating envoy envoys convoy note notes noted
    Québec quebec état W 2 14 договор договоры agreement agreements government""".split()  # noqa: SIM905
)
"""None becomes another by exchanging two letters: to stock Whoosh that is two mistakes."""
FIELD = "text"


@pytest.fixture(scope="module")
def texts() -> list[str]:
    source = random.Random(12)
    weights = [30 // (1 + number) + 1 for number in range(len(WORDS))]
    return [" ".join(source.choices(WORDS, weights, k=source.randint(0, 60))) for _ in range(250)]


@pytest.fixture(scope="module")
def ours(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> Index:
    entries = [Entry(key, "", text, "en") for key, text in enumerate(texts)]
    index = built(tmp_path_factory.mktemp("stock"), entries[:150])
    index.apply(2, entries[150:])
    return index


@pytest.fixture(scope="module")
def theirs(texts: list[str]) -> FileIndex:
    index = RamStorage().create_index(schema())
    for start, stop in ((0, 150), (150, len(texts))):
        writer = index.writer()
        for key in range(start, stop):
            writer.add_document(key=key, text=texts[key])
        writer.commit(merge=False)
    return index


def term(source: random.Random) -> tuple[Node, stock.Query]:
    word = source.choice(WORDS)
    return Phrase(word, FIELD), stock.Term(FIELD, folded(word))


def folded(word: str) -> str:
    return word.lower().replace("é", "e")


def leaf(source: random.Random) -> tuple[Node, stock.Query]:
    kind, word = source.randrange(5), folded(source.choice(WORDS))
    if kind == 0:
        words = [source.choice(WORDS) for _ in range(source.randint(2, 3))]
        return Phrase(" ".join(words), FIELD), stock.Phrase(FIELD, list(map(folded, words)))
    if kind == 1:
        start = word[: source.randint(1, len(word))]
        return Prefix(start, FIELD), stock.Prefix(FIELD, start)
    if kind == 2:
        pattern = f"{word[0]}*{word[-1]}" if len(word) > 2 else f"?{word[1:]}"
        return Wildcard(pattern, FIELD), stock.Wildcard(FIELD, pattern)
    if kind == 3 and len(word) > 3:
        far = source.choice((1, 2))
        return Fuzzy(word, FIELD, far), stock.FuzzyTerm(FIELD, word, maxdist=far, prefixlength=0)
    return term(source)


def near(source: random.Random) -> tuple[Node, stock.Query]:
    (left, their_left), (right, their_right) = term(source), term(source)
    far, ordered = source.randint(1, 8), source.random() < 0.5
    theirs = stock_spans.SpanNear(their_left, their_right, slop=far, ordered=ordered)
    return Near(left, right, far, ordered), theirs


def joined(source: random.Random) -> tuple[Node, stock.Query]:
    (one, their_one), (other, their_other) = leaf(source), leaf(source)
    kind = source.randrange(3)
    if kind == 0:
        return And((one, other)), stock.And([their_one, their_other])
    if kind == 1:
        return Or((one, other)), stock.Or([their_one, their_other])
    return And((one, Not(other))), stock.And([their_one, stock.Not(their_other)])


@pytest.mark.parametrize("drawn", [term, leaf, near, joined])
def test_stock_whoosh_finds_the_same(ours: Index, theirs: FileIndex, drawn: object) -> None:
    assert callable(drawn)
    source = random.Random(2)
    wrong = []
    with theirs.searcher() as stock_searcher:
        searcher = ours.searcher()
        for _ in range(120):
            mine, other = drawn(source)
            found = stock_searcher.search(other, limit=None, scored=False)
            want = sorted(hit["key"] for hit in found)
            if sorted(searcher.keys(mine).tolist()) != want:
                wrong.append((mine, len(want), searcher.frequency(mine)))
    assert wrong == []
