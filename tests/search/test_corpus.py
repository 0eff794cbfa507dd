"""Real documents: every kind of query, against a scan of their texts."""

from __future__ import annotations

import itertools
import json
import lzma
import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archivist.model.dates import interval_of, parse_range
from archivist.model.query import (
    And,
    AtLeast,
    Dated,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Within,
    Word,
)
from archivist.model.words import words_of
from archivist.search import Entry, Index
from archivist.search.excerpts import excerpt
from archivist.search.marks import Mark
from archivist.search.particles import PARTICLES
from archivist.search.words import algorithm
from tests.search import plain
from tests.search.making import built

pytestmark = [pytest.mark.corpus, pytest.mark.timeout(300)]
RECORDS, MANY_RECORDS = 400, 1_500
FIELDS = ("text", "title")


@dataclass
class Scan:
    """The texts as words, and a scan over them."""

    entries: dict[int, Entry]
    words: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    lines: dict[int, dict[str, str]] = field(default_factory=dict)
    sets: dict[int, dict[str, set[str]]] = field(default_factory=dict)
    stems: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        spoken: dict[str, set[str]] = {}
        for key, entry in self.entries.items():
            found = {name: words_of(plain.text_of(entry, name)) for name in FIELDS}
            self.words[key] = found
            self.lines[key] = {name: f" {' '.join(run)} " for name, run in found.items()}
            self.sets[key] = {name: set(run) for name, run in found.items()}
            known = spoken.setdefault(algorithm(entry.language), set())
            known.update(*self.sets[key].values())
        for name, known in spoken.items():
            words = sorted(known)
            forms = self.stems.setdefault(name, {})
            for word, stem in zip(words, plain.STEMS.stems(name, words), strict=True):
                forms.setdefault(stem, set()).add(word)

    def drop(self, keys: set[int]) -> None:
        for key in keys:
            del self.entries[key], self.words[key], self.lines[key], self.sets[key]

    def found(self, node: Node) -> set[int]:
        if isinstance(node, And | Or):
            sets = [self.found(part) for part in node.parts]
            return set.intersection(*sets) if isinstance(node, And) else set.union(*sets)
        if isinstance(node, Not):
            return set(self.entries) - self.found(node.part)
        if isinstance(node, Word):
            return self._forms(node)
        if isinstance(node, Phrase):
            line = f" {' '.join(words_of(node.text))} "
            names = plain.fields_of(node)
            return {key for key, of in self.lines.items() if any(line in of[n] for n in names)}
        if isinstance(node, Prefix):
            beginning = f" {words_of(node.text)[0]}"
            names = plain.fields_of(node)
            return {k for k, of in self.lines.items() if any(beginning in of[n] for n in names)}
        return {key for key, entry in self.entries.items() if plain.matches(node, entry)}

    def _forms(self, node: Word) -> set[int]:
        word = words_of(node.text)[0]
        found = set()
        for name, forms in self.stems.items():
            wanted = forms.get(plain.STEMS.stem(name, word), set())
            if name in PARTICLES:
                known = set[str]().union(*forms.values())
                wanted = {other for other in known if plain.STEMS.same(name, word, other)}
            for key, sets in self.sets.items():
                if algorithm(self.entries[key].language) == name and any(
                    wanted & sets[each] for each in plain.fields_of(node)
                ):
                    found.add(key)
        return found


@pytest.fixture(
    scope="module", params=[RECORDS, pytest.param(MANY_RECORDS, marks=pytest.mark.slow)]
)
def records(corpus: Path, request: pytest.FixtureRequest) -> list[Entry]:
    with lzma.open(corpus / "records.jsonl.xz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in itertools.islice(file, request.param)]
    return [
        Entry(
            key,
            row["title"],
            row["body"],
            row["lang"],
            {"type": (row["doctype"],), "place": (row["place"],), "person": tuple(row["people"])},
            {"date": row["date"]},
        )
        for key, row in enumerate(rows, 1)
    ]


@pytest.fixture(scope="module")
def indexed(records: list[Entry], tmp_path_factory: pytest.TempPathFactory) -> tuple[Index, Scan]:
    """Several segments, one of them merged, with deletions and changed records."""
    half, few = len(records) // 2, len(records) // 24
    index = built(tmp_path_factory.mktemp("index"), records[:half])
    for number, start in enumerate(range(half, len(records), few)):
        index.apply(number + 2, records[start : start + few])
    scan = Scan({entry.key: entry for entry in records})
    gone = set(random.Random(5).sample(sorted(scan.entries), len(records) // 12))
    again = {4, half + 4}
    index.apply(90, add=[records[key - 1] for key in again], remove=gone - again)
    scan.drop(gone - again)
    assert len(index.searcher().parts) > 2
    return index, scan


class Drawn:
    """Queries drawn from the texts, the same in each run."""

    def __init__(self, scan: Scan) -> None:
        self._random = random.Random(11)
        counts = Counter(word for sets in scan.sets.values() for word in sets["text"])
        ordered = [word for word, _ in counts.most_common()]
        self._bands = (ordered[:60], ordered[:3000], ordered[3000:])
        self._words = [run for of in scan.words.values() for run in of.values() if len(run) > 8]

    def word(self) -> str:
        return self._random.choice(self._random.choice(self._bands))

    def phrase(self, length: int) -> str:
        run = self._random.choice(self._words)
        start = self._random.randrange(len(run) - length)
        return " ".join(run[start : start + length])

    def beside(self, most: int) -> tuple[Node, Node, int]:
        """Two things of one text, and how many words the second begins after the first."""
        run = self._random.choice(self._words)
        gap = self._random.randint(1, min(most, len(run) - 4))
        start = self._random.randrange(len(run) - gap - 2)
        second = run[start + gap]
        sides = (
            Word(second),
            Phrase(f"{second} {run[start + gap + 1]}"),
            Prefix(second[:4]),
            Wildcard(f"{second[:2]}*{second[-1]}"),
            Or((Word(second), Word(self.word()))),
            Phrase(f"{second} * {run[start + gap + 2]}"),
        )
        return Word(run[start]), self._random.choice(sides), gap

    def joined(self) -> list[Node]:
        """Queries for what stands near something."""
        found: list[Node] = []
        for number in range(45):
            left, right, gap = self.beside(7)
            found.append(Near(left, right, max(1, gap - number % 2), number % 3 == 0))
        for number in range(24):
            left, right, _ = self.beside(12)
            found.append(Within(left, right, "paragraph" if number % 2 else "sentence"))
        for number in range(12):
            left, right, gap = self.beside(3)
            found.append(Near(Near(left, right, gap), Word(self.word()), 3 + number))
            found.append(AtLeast(Word(self.word()), 2 + number))
            found.append(AtLeast(Near(left, right, gap + 1), 1 + number % 3))
        found += [
            Near(Phrase("the"), Phrase("of"), 5),
            Near(Phrase("to"), Phrase("be"), 2, ordered=True),
        ]
        found += [Fuzzy(self.phrase(1)) for _ in range(3)]
        found += [Wildcard("?reat*"), Wildcard("*tion"), Wildcard("neg*t?on"), Wildcard("4?")]
        return found

    def queries(self) -> list[Node]:
        found: list[Node] = [Word(self.word()) for _ in range(110)]
        found += [Word(self.word(), self._random.choice(FIELDS)) for _ in range(30)]
        found += [Phrase(self.phrase(1 + n % 6)) for n in range(150)]
        found += [Phrase(text) for text in ("of the", "in the", "to be", "the the", "will not")]
        found += [Prefix(self.word()[: 1 + n % 5]) for n in range(50)]
        found += [And((Word(self.word()), Word(self.word()))) for _ in range(50)]
        found += [Or((Word(self.word()), Phrase(self.phrase(2)))) for _ in range(40)]
        found += [And((Word(self.word()), Not(Word(self.word())))) for _ in range(40)]
        found += [
            And((Word(self.word()), Dated("date", parse_range(f"{year}..{year + 9}"))))
            for year in range(1914, 2024, 5)
        ]
        found += [Value("place", place) for place in ("washington", "new york", "the hague")]
        found += [Value("person", name) for name in ("kissinger", "dean", "henry a")]
        found += [And((Value("lang", "fr"), Word(word))) for word in ("traités", "accord", "état")]
        return found


def test_every_kind_of_query_finds_what_a_scan_finds(indexed: tuple[Index, Scan]) -> None:
    index, scan = indexed
    searcher = index.searcher()
    queries = Drawn(scan).queries()
    assert len(queries) >= 500
    wrong = []
    for query in queries:
        want = scan.found(query)
        found = searcher.find(query, facets=("type", "year"))
        same = set(searcher.keys(query).tolist()) == want and found.total == len(want)
        held = [scan.entries[key] for key in want]
        for name, counted in found.facets.items():
            same &= dict(counted) == plain.facet(name, held)
        if not same:
            wrong.append(query)
    assert wrong == []


def test_what_stands_near_is_found_where_a_scan_finds_it(indexed: tuple[Index, Scan]) -> None:
    index, scan = indexed
    searcher = index.searcher()
    some = [scan.entries[key] for key in sorted(scan.entries)[:: len(scan.entries) // 24]]
    wrong, found = [], 0
    for query in Drawn(Scan({entry.key: entry for entry in some})).joined():
        want = plain.found(query, some)
        got = set(searcher.keys(query).tolist()) & {entry.key for entry in some}
        found += bool(want)
        if sorted(got) != want:
            wrong.append(query)
    assert wrong == []
    assert found > 40


def test_every_hit_is_marked_and_excerpted(indexed: tuple[Index, Scan]) -> None:
    index, scan = indexed
    searcher = index.searcher()
    for query in Drawn(scan).queries()[::8]:
        marker = searcher.marker(query)
        for key, _ in searcher.find(query, limit=3).hits:
            entry = scan.entries[key]
            spans = marker.spans(entry.text, "text", entry.language)
            assert spans == plain.marks(query, entry.text, "text", entry.language)
            line, marks = excerpt(entry.text, [Mark(*span, 0) for span in spans])
            assert "\n" not in line
            assert bool(marks) == bool(spans)
            shown = {line[start:end].split()[0] for start, end in marks}
            assert shown <= {entry.text[start:end].split()[0] for start, end in spans}


def test_by_date_as_the_scan_sorts(indexed: tuple[Index, Scan]) -> None:
    index, scan = indexed
    query = Word("agreement")
    days = {}
    for key in scan.found(query):
        span = interval_of(scan.entries[key].dates["date"])
        days[key] = span.first if span else 0
    want = sorted(days, key=lambda key: (days[key], key), reverse=True)
    assert index.searcher().keys(query, "newest").tolist() == want
