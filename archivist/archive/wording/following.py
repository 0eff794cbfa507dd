"""A phrase through the years: first use, count by year, who uses it, and its other forms."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, overload

from typing_extensions import override

from archivist.archive.wording.differing import Pieces, differences
from archivist.archive.wording.results import Comparison, Spot, Stretch, Use, Variant, Wording
from archivist.archive.wording.telling import Sources, Telling
from archivist.archive.wording.uses import sentence_about, use_at
from archivist.model.errors import InputError
from archivist.model.words import asked_terms, first_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from archivist.archive.finding import Finding
    from archivist.model.progress import CancelToken
    from archivist.model.record import Record
    from archivist.search import Searcher
    from archivist.search.wording import Phrase, Standing, Valued
    from archivist.store import Store

VARIANTS: Final = 24
"""How many other forms are shown where nobody says."""
_SPARE: Final = 12
"""So many more are looked at: some turn out to be none where they are written."""
_STOPS = re.compile(r"[.;:!?…()\[\]–—](?=\s|$)|(?<=\s)[(\[–—]")  # noqa: RUF001
_QUOTES = re.compile(r"[“”„«»\"]|(?<=\s)[‘’']|(?<=[\s\w])[’'](?=\s|$)")  # noqa: RUF001
MOST_WORDS: Final = 12
"""A longer phrase is a sentence: whether that was ever said is another question."""
_SOURCE = "originator"


class _Answer(NamedTuple):
    """What the index tells of a phrase."""

    itself: Standing
    named: list[Standing]
    others: list[Standing]
    filed: Mapping[int, int]
    sources: Valued


class Spots(Sequence[Spot]):
    """Places of a phrase, made as they are asked for: there may be very many.

    Args:
        standing: where it stands.
    """

    def __init__(self, standing: Standing) -> None:
        self._keys, self._first = standing.keys, standing.first
        self._more = standing.width - 1

    @override
    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, at: int) -> Spot: ...
    @overload
    def __getitem__(self, at: slice) -> list[Spot]: ...
    @override
    def __getitem__(self, at: int | slice) -> Spot | list[Spot]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        first = int(self._first[at])
        return int(self._keys[at]), first, first + self._more


class Following:
    """The use case of following a phrase through the years, over one store and its index."""

    def __init__(self, store: Store, finding: Finding, telling: Telling) -> None:
        """Look in `store` through the index that `finding` asks; `telling` knows who says it."""
        self._store = store
        self._finding = finding
        self._telling = telling

    def wording(
        self,
        phrase: str,
        among: Collection[int] | None = None,
        cancel: CancelToken | None = None,
        variants: int = VARIANTS,
        also: Sequence[str] = (),
    ) -> Wording:
        """Follow a phrase, true for everything acknowledged before it began.

        Forms that are named in `also` are told before those that are found.

        Raises:
            InputError: it has no words, or too many.
        """
        started = time.perf_counter()
        asked, named = _asked(phrase), [_asked(other) for other in also]

        def answer(searcher: Searcher) -> _Answer:
            following = searcher.wordings(asked, among, cancel)
            itself = following.phrase()
            others = following.variants(variants + _SPARE) if variants else []
            years = itself.by_year()
            span = range(min(years), max(years) + 1) if years else range(0)
            sources = following.valued(itself, _SOURCE)
            added = [
                replace(searcher.wordings(other, among, cancel).phrase(), kind="added")
                for other in named
                if other.words != asked.words
            ]
            words = {each.words for each in (itself, *added)}
            found = [each for each in others if each.words not in words]
            return _Answer(itself, added, found, following.filed(span), sources)

        itself, added, others, filed, sources = self._finding.ask(answer, cancel)
        told = [each for each in (itself, *added) if len(each)]
        forms = _whole_forms(self._variants([*told, *others]), phrase)[: variants + len(told)]
        years = itself.by_year()
        users = self._telling.users(asked, Sources(itself, sources), among, cancel)
        return Wording(
            phrase=phrase,
            uses=len(itself),
            records=itself.records,
            undated=len(itself) - sum(years.values()),
            first=forms[0].first if len(itself) else None,
            last=forms[0].last if len(itself) else None,
            by_year=years,
            filed=filed,
            variants=tuple(forms),
            users=tuple(users),
            places=Spots(itself),
            reason="" if len(itself) else f"No record has the words “{phrase}” in a row.",
            proposal=forms[0].text if forms and not told else "",
            took_ms=round((time.perf_counter() - started) * 1000, 2),
            unread=self._telling.unread(),
        )

    def _variants(self, standing: Sequence[Standing]) -> list[Variant]:
        """Dress forms: first and last use of each, all texts read at once."""
        ends = [(0, _last_dated(each)) for each in standing]
        spots = [Spots(each)[at] for each, pair in zip(standing, ends, strict=True) for at in pair]
        uses, texts = self.dressed(spots)
        return [
            Variant(
                text=_written(uses[2 * number], texts, each),
                kind=each.kind,
                uses=len(each),
                records=each.records,
                first=uses[2 * number],
                last=uses[2 * number + 1],
                by_year=each.by_year(),
                places=Spots(each),
            )
            for number, each in enumerate(standing)
        ]

    def uses(self, spots: Sequence[Spot]) -> list[Use]:
        """Return places of a phrase in their sentences; one whose text has changed has none."""
        return self.dressed(spots)[0]

    def dressed(self, spots: Sequence[Spot]) -> tuple[list[Use], dict[int, str]]:
        """Return places in their sentences, and the texts they are in."""
        records, texts = self._read(key for key, _, _ in spots)
        last: dict[int, int] = {}
        for key, _, end in spots:
            last[key] = max(end, last.get(key, 0))
        words = {key: first_words(texts[key], end + 1) for key, end in last.items()}
        found = []
        for key, first, end in spots:
            there = words[key]
            place = (there[first][1], there[end][2]) if end < len(there) else (0, 0)
            found.append(use_at(records[key], texts[key], *place))
        return self._telling.told(found), texts

    def compare(self, left: Stretch, right: Stretch) -> Comparison:
        """Lay the sentences of two uses side by side.

        Raises:
            UnknownRecordError: there is no such record.
        """
        from archivist.search.alignment import Aligner, plain_row  # noqa: PLC0415 - lazy engine
        from archivist.search.words import Stems, algorithm  # noqa: PLC0415

        records, texts = self._read((left[0], right[0]))
        one, other = (_sentence(texts[key], start, end) for key, start, end in (left, right))
        language = algorithm(records[right[0]].description.language)
        aligned = Aligner(plain_row(one.folded), Stems(), language).beside(other.folded)
        ends = [use_at(records[key], texts[key], start, end) for key, start, end in (left, right)]
        mine, theirs = self._telling.told(ends)
        return Comparison(mine, theirs, differences(one, other, aligned.steps))

    def _read(self, keys: Iterable[int]) -> tuple[dict[int, Record], dict[int, str]]:
        ids = list(dict.fromkeys(keys))
        return {one.id: one for one in self._store.records.many(ids)}, self._store.records.texts(
            ids
        )


def _asked(phrase: str) -> Phrase:
    """Read a phrase.

    Raises:
        InputError: it has no words, or too many.
    """
    from archivist.search.wording import Phrase  # noqa: PLC0415 - lazy engine

    slots = asked_terms(phrase)
    if not slots:
        raise InputError("There are no words in this.", "Name the phrase to follow.")
    if len(slots) > MOST_WORDS:
        raise InputError(
            f"A phrase to follow has {MOST_WORDS} words at most; this has {len(slots)}.",
            "Follow a shorter one, or check the whole as a quotation.",
        )
    return Phrase(slots)


def _last_dated(standing: Standing) -> int:
    """Return which use is the last: of those with a date, where there are any."""
    dated = int((standing.days > 0).sum())
    return (dated or len(standing)) - 1


def _whole_forms(forms: Sequence[Variant], phrase: str) -> list[Variant]:
    """Leave out longer forms with a stop within, or a comma behind the phrase."""
    size = len(asked_terms(phrase))
    return [
        one
        for one in forms
        if one.kind != "extended"
        or not (_STOPS.search(one.text) or "," in _behind(one.text, phrase, size))
    ]


def _behind(text: str, phrase: str, size: int) -> str:
    """Return what stands behind the phrase in a longer form that begins with it."""
    words = first_words(text, size)
    begins = [word for word, _, _ in words] == [word for word, _ in asked_terms(phrase)]
    return text[words[-1][2] :] if begins else ""


def _written(use: Use, texts: dict[int, str], standing: Standing) -> str:
    """Return a form as it is first written, in small letters, on one line."""
    surface = " ".join(_QUOTES.sub("", texts[use.record][use.start : use.end]).split())
    return surface.lower() or " ".join(standing.words)


def _sentence(text: str, start: int, end: int) -> Pieces:
    first, last = sentence_about(text, start, end)
    return Pieces.of(text[first:last])
