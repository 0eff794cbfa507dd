"""How right the search is in each language: forms known to people, and words of real documents.

For each language: documents at hand and their words; pairs of forms that find each other, of those
in `tests/search/languages.py`; and words drawn from the documents that are found by typing them
without accents, and as letters within running text where no blanks are written. Then the words
that were read in documents of Hebrew, Hindi and Nepali (`tests/eval/inflected.py`).
"""

from __future__ import annotations

import json
import lzma
import random
import sys
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from archivist.model.query import Phrase, Word
from archivist.model.words import spans_of, terms_of, words_of
from archivist.search import Entry, Index
from archivist.search.searcher import Searcher
from archivist.search.words import ALGORITHMS, Stems, algorithm
from tests.eval.inflected import READ, Answer, answers, figures
from tests.search.languages import FORMS, MISSED
from tests.search.making import ARCHIVE, MemorySeals

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
UNSPACED = ("ja", "ko", "zh", "th")
ONE_WAY = ("ar", "he")
DRAWN = 100


def main(*, short: bool) -> None:
    """Print the table; with `short`, of fewer documents."""
    entries = _entries(60 if short else 300)
    _line("language", "rule", "documents", "words", "pairs of forms", "drawn words found")
    _line(*(["---"] * 6))
    every = [entry for several in entries.values() for entry in several]
    with tempfile.TemporaryDirectory() as folder:
        index = Index.rebuild(Path(folder), MemorySeals(), ARCHIVE, every, 1)
        searcher = index.searcher()
        for language in sorted({*entries, *FORMS, *MISSED}):
            documents = entries.get(language, [])
            _line(
                language,
                algorithm(language) if language in ALGORITHMS else "",
                f"{len(documents):,}" if documents else "",
                f"{sum(len(terms_of(entry.text)) for entry in documents):,}" if documents else "",
                _pairs(language),
                _drawn(searcher, documents),
            )
    _inflected(entries)


def _inflected(entries: dict[str, list[Entry]]) -> None:
    """Print what is found of the words that were read in one document of each language."""
    _line("language", "words", "paragraphs due", "found", "recall", "precision", "missed", "wrong")
    _line(*(["---"] * 8))
    for language in READ:
        asked = answers(language, entries[language][0].text)
        due, found, both = figures(asked)
        _line(
            language,
            str(len(asked)),
            str(due),
            str(found),
            f"{both / due:.3f}",
            f"{both / found:.3f}",
            _named(asked, lambda one: one.due - one.found),
            _named(asked, lambda one: one.found - one.due),
        )


def _named(asked: list[Answer], apart: Callable[[Answer], frozenset[int]]) -> str:
    """Name the words with something apart, each with how many paragraphs."""
    return ", ".join(f"{one.asked} {len(apart(one))}" for one in asked if apart(one))


def _line(*cells: str) -> None:
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


def _entries(most: int) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    with lzma.open(CORPUS / "records.jsonl.xz", "rt", encoding="utf-8") as file:
        for key, line in enumerate(file, 1):
            row = json.loads(line)
            language = row["lang"]
            if len(found[language]) < most:
                values = {"lang": (language,)}
                found[language].append(Entry(key, row["title"], row["body"], language, values))
    return found


def _pairs(language: str) -> str:
    """How many pairs of different forms, one asked for, are found."""
    stems, name = Stems(), algorithm(language)
    right = total = 0
    for line in (*FORMS.get(language, ()), *MISSED.get(language, ())):
        if language in UNSPACED:
            asked, *others = line.split()
            right += sum(asked in other for other in others)
            total += len(others)
            continue
        forms = list(dict.fromkeys(words_of(form)[0] for form in line.split()))
        for asked in forms[: 1 if language in ONE_WAY else None]:
            found = [stems.same(name, asked, other) for other in forms if other != asked]
            right, total = right + sum(found), total + len(found)
    return f"{right} of {total}" if total else ""


def _drawn(searcher: Searcher, documents: list[Entry]) -> str:
    """Draw words; count those that find their document as typed, bare, and quoted."""
    if not documents:
        return ""
    source = random.Random(8)
    right = 0
    for _time in range(DRAWN):
        entry = source.choice(documents)
        spans = list(spans_of(entry.text))
        first = source.choice(range(len(spans)))
        last = first
        if entry.language in UNSPACED:
            last = min(first + source.randint(1, 4), len(spans) - 1)
        typed = entry.text[spans[first].start : spans[last].end]
        nodes = (Word(typed), Word(_bare(typed)), Phrase(typed))
        right += all(entry.key in searcher.keys(node) for node in nodes)
    return f"{right} of {DRAWN}"


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.replace("й", "\0"))
    kept = "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFC", kept).replace("\0", "й")


if __name__ == "__main__":
    main(short="--short" in sys.argv)
