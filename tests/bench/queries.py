"""The fixed queries of the search benchmark: for the same records always the same."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.model.dates import parse_range
from archivist.model.query import (
    And,
    AtLeast,
    Dated,
    Fuzzy,
    Like,
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
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.scale import Row

STOP_PHRASES = (
    "of the", "in the", "to be", "will not", "and the", "that the", "on behalf of the",
    "it is the", "of the united nations", "a number of", "not to be",
)  # fmt: skip
STOP_PAIRS = (("of", "the"), ("the", "president"), ("in", "united"), ("not", "will"),
              ("to", "government"), ("and", "for"))  # fmt: skip
PREFIXES = ("in", "un", "co", "a", "sanc", "govern", "pre", "inter", "str", "nego")
WILDCARDS = ("wo?d", "*ation", "s?nct*", "gov*ment", "*nt", "neg*ion", "c?n", "*polit*")
MISSPELLED = (
    "sanctons",
    "goverment",
    "presdent",
    "negociation",
    "comitee",
    "aggreement",
    "foriegn",
)
_SAMPLE = 3_000
_SEED = 11


@dataclass(frozen=True)
class Asked:
    """One query.

    Attributes:
        kind: what it is an example of.
        node: the query.
        sort: the order of its hits.
        facets: whether four facets are counted, too.
        count: whether only the total is asked for.
        lines: whether a page of the concordance is asked for.
    """

    kind: str
    node: Node
    sort: str = "relevance"
    facets: bool = False
    count: bool = False
    lines: bool = False


def queries(rows: Sequence[Row]) -> list[Asked]:
    """Return the queries for these records: 22 kinds, some 170."""
    return list(_Queries(rows).all())


class _Queries:
    def __init__(self, rows: Sequence[Row]) -> None:
        self._source = random.Random(_SEED)
        self._texts = [words_of(row["body"]) for row in rows[:_SAMPLE]]
        self._paragraphs = [
            words_of(part) for row in rows[:_SAMPLE] for part in row["body"].split("\n\n")
        ]
        counts = Counter(word for text in self._texts for word in set(text))
        ordered = [word for word, _ in counts.most_common() if word.isalpha() and len(word) > 3]
        self._common, self._middle = ordered[:300], ordered[300:3000]
        self._rare = sorted(word for word in ordered if counts[word] <= 2)

    def all(self) -> Iterator[Asked]:
        yield from self._words()
        yield from self._joined()
        yield from self._phrases()
        yield from self._near()
        yield from self._patterns()
        yield from self._filtered()

    def _pick(self, words: Sequence[str]) -> Word:
        return Word(self._source.choice(words))

    def _quoted(self, length: int) -> Phrase:
        text = self._source.choice([text for text in self._texts if len(text) > length])
        start = self._source.randrange(len(text) - length)
        return Phrase(" ".join(text[start : start + length]))

    def _words(self) -> Iterator[Asked]:
        for word in ("the", "of", "president", "government"):
            yield Asked("word, common", Word(word))
        for _ in range(6):
            yield Asked("word, common", self._pick(self._common))
        for _ in range(10):
            yield Asked("word, rare", self._pick(self._rare))

    def _joined(self) -> Iterator[Asked]:
        for _ in range(8):
            one, other = self._pick(self._common), self._pick(self._middle)
            third = self._pick(self._common)
            yield Asked("and", And((one, other)))
            yield Asked("or of 3", Or((one, other, third)))
            yield Asked("not", And((one, Not(third))))

    def _phrases(self) -> Iterator[Asked]:
        for number in range(12):
            yield Asked("phrase, rare", self._quoted(3 + number % 4))
        for text in ("united states", "prime minister", "foreign affairs", "the government of",
                     "human rights", "united nations"):  # fmt: skip
            yield Asked("phrase, common", Phrase(text))
        for text in STOP_PHRASES:
            yield Asked("phrase of stop words", Phrase(text))
        for _ in range(6):
            yield Asked("quotation of 30 words", self._quoted(30))

    def _near(self) -> Iterator[Asked]:
        for _ in range(8):
            one, other = self._pair()
            yield Asked("near/5", Near(one, other, 5))
            yield Asked("same paragraph", Within(one, other, "paragraph"))
            yield Asked("same sentence", Within(one, other, "sentence"))
        for one_word, other_word in STOP_PAIRS:
            yield Asked("near/5, stop words", Near(Word(one_word), Word(other_word), 5))
        for count in (2, 3, 5, 8):
            yield Asked("at least", AtLeast(self._pick(self._common), count))
            yield Asked("at least", AtLeast(self._pick(self._middle), count))

    def _pair(self) -> tuple[Word, Word]:
        """Draw two words that stand in one paragraph."""
        common, middle = set(self._common), set(self._middle)
        while True:
            words = self._source.choice(self._paragraphs)
            ones, others = [w for w in words if w in common], [w for w in words if w in middle]
            if ones and others:
                return Word(self._source.choice(ones)), Word(self._source.choice(others))

    def _patterns(self) -> Iterator[Asked]:
        yield from (Asked("prefix", Prefix(text)) for text in PREFIXES)
        yield from (Asked("wildcard", Wildcard(text)) for text in WILDCARDS)
        yield from (Asked("fuzzy", Fuzzy(text)) for text in MISSPELLED)

    def _filtered(self) -> Iterator[Asked]:
        for _ in range(8):
            first = self._source.randint(1950, 2010)
            span = Dated("date", parse_range(f"{first}..{first + 9}"))
            yield Asked("word and range", And((self._pick(self._common), span)))
        for number in range(4):
            first = 1950 + 17 * number
            yield Asked("range alone", Dated("date", parse_range(f"{first}..{first + 5}")),
                        sort="newest")  # fmt: skip
        words = [Word(word) for word in ("the", "president", "states")]
        for word in (*words, *(self._pick(self._common) for _ in range(4))):
            yield Asked("newest first", word, sort="newest")
            yield Asked("four facets", word, facets=True)
            yield Asked("count", word, count=True)
            yield Asked("concordance page", word, lines=True)
        for text in ("united states", "will not"):
            yield Asked("concordance page", Phrase(text), lines=True)
        for number in range(1, 6):
            yield Asked("similar records", Like(f"R-{number * 97:06}"))
