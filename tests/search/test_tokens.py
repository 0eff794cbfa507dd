"""What the segments say of sentences and paragraphs is what the texts say, after merging, too."""

from __future__ import annotations

import itertools
import json
import lzma
import tempfile
from bisect import bisect_left
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.model.sentences import paragraph_starts, sentence_starts
from archivist.model.words import BOUND, spans_of, terms_of
from archivist.search import Entry, Index
from archivist.search.tokens import Gatherer
from tests.search.making import built

PIECES = st.sampled_from(
    ("Mr", "The", "treaty", "U.S", "état", "Договор", "漢字", "です", "हम", "هل", "3", "No", "—",
     ". ", ".", " ", " ", " ", "\n", "\n\n", "? ", "! ", "…", "。", "।", "؟", "”", BOUND)
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=25).map("".join)


def begun(text: str, starts_of: Callable[[str], list[int]]) -> list[int]:
    """Which words begin something: the first at or after each start."""
    starts = [span.start for span in spans_of(text)]
    found = {bisect_left(starts, start) for start in starts_of(text)}
    return sorted({0, *found} & set(range(len(starts))))


def check(index: Index, texts: dict[int, str]) -> None:
    for part in index.searcher().parts:
        packed = part.fields["text"]
        for name, starts_of in (("sentences", sentence_starts), ("paragraphs", paragraph_starts)):
            want: list[int] = []
            for doc, key in enumerate(part.keys.tolist()):
                text = texts[key].replace(BOUND, " ")
                want += [int(packed.base[doc]) + place for place in begun(text, starts_of)]
            assert getattr(packed, name).tolist() == want
        title = part.fields["title"]
        assert title.sentences.tolist() == title.base[title.lengths > 0].tolist()
    assert index.verify() == []


@given(st.lists(TEXTS, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_bounds_are_those_of_the_texts(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        known = dict(enumerate(texts, 1))
        index = built(Path(folder), [Entry(key, "Title", text) for key, text in known.items()])
        check(index, known)
        known |= {key + 10: text + " More. Text" for key, text in known.items()}
        index.apply(2, add=[Entry(k, "", text) for k, text in known.items() if k > 10], remove=[1])
        index.tidy()
        check(index, known)


@given(TEXTS)
def test_marks_change_no_term(text: str) -> None:
    gatherer = Gatherer(bounds=True)
    gatherer.add(text)
    tokens = gatherer.spend()
    text = text.replace(BOUND, " ")
    assert [tokens.words[number].decode() for number in tokens.ids.tolist()] == terms_of(text)


@pytest.mark.corpus
def test_bounds_of_real_documents(corpus: Path, tmp_path: Path) -> None:
    with lzma.open(corpus / "records.jsonl.xz", "rt", encoding="utf-8") as file:
        rows = itertools.islice(file, 0, 6000, 20)
        texts = {key: json.loads(line)["body"] for key, line in enumerate(rows, 1)}
    check(built(tmp_path, [Entry(key, "", text) for key, text in texts.items()]), texts)
