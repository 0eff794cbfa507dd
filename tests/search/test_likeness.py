"""Records that are like one share the words that mark it out; copies come first."""

from __future__ import annotations

import itertools
import json
import lzma
from pathlib import Path

import pytest

from archivist.model.query import And, Like, Word
from archivist.search import Entry, Index
from tests.search.making import built

VISA = "The consul asked about visas. Visas for the delegation were issued by the consul in Bern."
FILLER = [
    f"The ministry received a note on {topic} and thanked the embassy for the note on {topic}."
    for topic in ("fisheries", "tariffs", "customs", "grain", "railways", "bridges", "schools")
]


def entry(key: int, text: str, title: str = "") -> Entry:
    return Entry(key, title, text, "en", {"ref": (f"2024/{key:04}",)})


@pytest.fixture
def index(tmp_path: Path) -> Index:
    texts = [VISA, *FILLER, "A consul in Bern issued visas to a delegation last week."]
    return built(tmp_path, [entry(key, text) for key, text in enumerate(texts, 1)])


def test_a_similar_record_is_found_and_itself_left_out(index: Index) -> None:
    searcher = index.searcher()
    assert searcher.keys(Like("2024/0001")).tolist() == [9]
    assert searcher.keys(Like("2024/0009")).tolist() == [1]
    assert searcher.keys(And((Like("2024/0001"), Word("fisheries")))).tolist() == []


def test_copies_come_first_from_whatever_segment(index: Index) -> None:
    index.apply(2, [entry(20, f"{VISA} Sincerely.")])
    index.apply(3, [entry(21, VISA)])
    assert index.searcher().keys(Like("2024/0001")).tolist()[:2] == [21, 20]
    assert set(index.searcher().keys(Like("2024/0021")).tolist()) == {1, 9, 20}
    index.apply(4, remove=[21])
    assert index.searcher().keys(Like("2024/0001")).tolist()[0] == 20
    assert index.searcher().keys(Like("2024/0021")).tolist() == []


def test_what_is_like_nothing(index: Index) -> None:
    index.apply(2, [entry(30, "Zyx qwv."), entry(31, ""), entry(32, "12 14 2024 99")])
    searcher = index.searcher()
    for ref in ("2024/0030", "2024/0031", "2024/0032", "2024/9999", "", "no such"):
        assert searcher.keys(Like(ref)).tolist() == []


def test_the_words_by_which_records_are_similar_are_marked(index: Index) -> None:
    searcher = index.searcher()
    marker = searcher.marker(Like("2024/0001"))
    assert {"visas", "consul", "bern"} <= {VISA[a:b].lower() for a, b in marker.spans(VISA)}
    assert marker.spans("Of the and for ministry") == []
    assert len(marker.spans("The consul of Bern told the consul. " * 9)) == 2


@pytest.mark.corpus
@pytest.mark.timeout(120)
def test_real_records(corpus: Path, tmp_path: Path) -> None:
    with lzma.open(corpus / "records.jsonl.xz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in itertools.islice(file, 2_000)]
    entries = [entry(key, row["body"], row["title"]) for key, row in enumerate(rows, 1)]
    copies = [entry(5_000 + n, rows[n]["body"].replace(" the ", " ")) for n in range(0, 2_000, 100)]
    searcher = built(tmp_path, [*entries, *copies]).searcher()
    long = [each for each in copies if len(each.text.split()) > 60]
    assert len(long) > 10
    for copy in long:
        found = searcher.keys(Like(f"2024/{copy.key - 4_999:04}")).tolist()
        assert found[0] == copy.key
        assert len(found) < 200
