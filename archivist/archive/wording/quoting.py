"""Was this ever said: word for word, nearly so, or never; and is the sense still the same?"""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from archivist.archive.wording.differing import LEFT_OUT, Pieces, differences, stretch, turned
from archivist.archive.wording.results import QuoteCheck, QuoteMatch, Verdict
from archivist.archive.wording.senses import denied_before, senses_of
from archivist.archive.wording.uses import use_at
from archivist.model.errors import InputError
from archivist.model.words import asked_terms, first_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.archive.finding import Finding
    from archivist.archive.vocabulary import Vocabulary
    from archivist.archive.wording.telling import Telling
    from archivist.model.progress import CancelToken
    from archivist.model.record import Record
    from archivist.search import Searcher
    from archivist.search.quotation import Asked, Place
    from archivist.store import Store

LIMIT: Final = 10
"""How many records are shown where nobody says."""
MOST_WORDS: Final = 1_500
"""So many words are checked at once, at most."""
_BRACKETS = re.compile(r"\[(?P<letter>\w)\](?=\w)|\[[^\[\]]*\w[^\[\]]*\]")
_STOP = re.compile(r"[.!?;\n]")


class Quoting:
    """The use case of checking quotations, over one store and its index."""

    def __init__(
        self, store: Store, finding: Finding, vocabulary: Vocabulary, telling: Telling
    ) -> None:
        """Look in `store` through the index that `finding` asks; `telling` knows who said it."""
        self._store = store
        self._finding = finding
        self._vocabulary = vocabulary
        self._telling = telling

    def check(self, text: str, limit: int = LIMIT, cancel: CancelToken | None = None) -> QuoteCheck:
        """Look for a text in everything acknowledged before it began.

        Raises:
            InputError: it has no words, or too many.
        """
        started = time.perf_counter()
        readings = [_asked(text)]
        if _BRACKETS.search(text):
            readings.append(_asked(text, bracketed=False))

        def answer(searcher: Searcher) -> tuple[Verdict, Sequence[Place], int, Pieces]:
            for asked, quoted in readings:
                standing = searcher.quotation(asked, cancel).verbatim(limit)
                if standing.records:
                    return "verbatim", standing.places, standing.records, quoted
            asked, quoted = readings[-1]
            near = searcher.quotation(asked, cancel).near(max(1, limit))
            return "near" if near else "never", near[:limit], 0, quoted

        verdict, places, records, quoted = self._finding.ask(answer, cancel)
        matches = tuple(self._matches(places, quoted))
        if verdict == "near" and places and not matches:  # the texts were corrected meanwhile
            verdict = "never"
        took = round((time.perf_counter() - started) * 1000, 2)
        return QuoteCheck(text, verdict, matches, records, took)

    def _matches(self, places: Sequence[Place], quoted: Pieces) -> list[QuoteMatch]:
        ids = [place.key for place in places]
        records = {record.id: record for record in self._store.records.many(ids)}
        texts = self._store.records.texts(ids)
        found = [
            self._match(place, records[place.key], texts[place.key], quoted) for place in places
        ]
        matches = [match for match in found if match is not None]
        told = self._telling.told([match.use for match in matches], read=True)
        return [replace(match, use=use) for match, use in zip(matches, told, strict=True)]

    def _match(self, place: Place, record: Record, text: str, quoted: Pieces) -> QuoteMatch | None:
        """Return what stands at a place; None where other words stand there now."""
        words = first_words(text, place.last + 1 + len(quoted.words))
        if place.last >= len(words):
            return None
        behind, words = words[place.last + 1 :], words[: place.last + 1]
        if (words[place.first][0], words[place.last][0]) != (place.opening, place.closing):
            return None
        chosen = words[place.first :]
        start, end = chosen[0][1], chosen[-1][2]
        there = stretch(chosen[: place.steps[-1].end], text, start, end)
        senses = senses_of(record.description.language)
        before = _before(text, words[: place.first], start)
        near = [word for word, _, _ in words[: place.first][-len(quoted.words) :]]
        warnings = [denied_before(senses, before.side(0, len(before.words)))]
        beside = [near, [word for word, _, _ in behind]]
        warnings += turned(quoted, there, place.steps, senses, beside)
        from archivist.archive.dossiers import citation_of  # noqa: PLC0415 - nothing may be found

        warning = " ".join(filter(None, warnings))
        use = use_at(record, text, start, end)
        return QuoteMatch(
            use=use,
            text=text[start:end],
            citation=citation_of(record, self._vocabulary, use.paragraph or None),
            similarity=round(place.similarity, 3),
            differences=differences(quoted, there, place.steps),
            turned=bool(warning),
            warning=warning,
        )


def _before(text: str, words: Sequence[tuple[str, int, int]], start: int) -> Pieces:
    """Return the words of the same sentence that stand before a place."""
    near = list(words[-5:])
    for at in range(len(near) - 1, -1, -1):
        after = near[at + 1][1] if at + 1 < len(near) else start
        if _STOP.search(text[near[at][2] : after]):
            near = near[at + 1 :]
            break
    return stretch(near, text, near[0][1], start) if near else Pieces("", [])


def _asked(text: str, *, bracketed: bool = True) -> tuple[Asked, Pieces]:
    """Read a quotation: what the index is asked, and its words.

    Args:
        text: the quotation.
        bracketed: whether words in brackets are of the quotation; else who quotes has put them in.

    Raises:
        InputError: it has no words, or too many.
    """
    from archivist.search.quotation import Asked  # noqa: PLC0415 - lazy engine

    read = text if bracketed else _BRACKETS.sub(_unbracketed, text)
    slots = asked_terms(read) or asked_terms(text)
    if not slots:
        raise InputError("There are no words in this.", "Paste the sentence that is to be checked.")
    if len(slots) > MOST_WORDS:
        raise InputError(
            f"This has {len(slots):,} words; {MOST_WORDS:,} can be checked at once.",
            "Paste a shorter passage.",
        )
    whole = Pieces.of(read)
    spans = [
        (word, begin - 2 if text[begin] == "]" else begin, end)
        for word, begin, end in whole.words[: len(slots)]
    ]
    found = Pieces(text, spans)
    gaps = {
        at
        for at in range(len(spans) - 1)
        if LEFT_OUT.search(text[spans[at][2] : spans[at + 1][1]])
        or (not bracketed and "]" in text[spans[at][2] : spans[at + 1][1]])
    }
    names = {
        at
        for at, (_, begin, _) in enumerate(spans)
        if text[begin].isupper() and not found.is_fresh(at)
    }
    return Asked(slots, frozenset(gaps), frozenset(names)), found


def _unbracketed(match: re.Match[str]) -> str:
    """Leave out what stands in brackets, in as many blanks; of "[T]he" only the brackets."""
    return f"  {match['letter']}" if match["letter"] else " " * len(match.group())
