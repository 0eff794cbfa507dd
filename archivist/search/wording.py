"""A phrase through the years: where it stands, and where its other forms do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from archivist.model.progress import CancelToken
from archivist.search.arrays import Array, Places
from archivist.search.columns import DATE, LANGUAGE
from archivist.search.company import Company, company_of
from archivist.search.grammar_words import grammar_of
from archivist.search.runs import find_runs
from archivist.search.slots import Begun, Slot, Stemmed, Written, width_of
from archivist.search.wording_forms import Form, Recurring, Segment, chosen, counted_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archivist.search.arrays import Mask
    from archivist.search.columns import Columns
    from archivist.search.parts import Part

VARIANTS: Final = 24
"""So many forms are found, at most."""
_TEXT = "text"
_RECURS: Final = 2


class Phrase(NamedTuple):
    """A phrase as the index sees it: terms in order; True: any term that begins so."""

    slots: Sequence[tuple[str, bool]]

    @property
    def words(self) -> tuple[str, ...]:
        """The terms."""
        return tuple(word for word, _ in self.slots)


class Valued(NamedTuple):
    """Values of uses: of each use that has some, a pair for each of its values.

    Attributes:
        uses: the number of the use.
        codes: the code of the value.
        names: the values by code.
    """

    uses: Places
    codes: Places
    names: Sequence[str]


@dataclass(frozen=True)
class Standing:
    """Where a form of a phrase stands, the oldest records first, those without a date last.

    Attributes:
        words: the form.
        kind: what was done to the phrase.
        keys: the record of each use.
        first: the number of its first word in the text.
        days: the first day of the record's date; 0 for none.
        years: the year of each; 0 for none.
    """

    words: tuple[str, ...]
    kind: Form
    keys: Places
    first: Places
    days: Array
    years: Array

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def width(self) -> int:
        """How many words of a text it spans; two letters of Chinese are one term."""
        return width_of(tuple(Written(word) for word in self.words))

    @property
    def records(self) -> int:
        """In how many records it stands."""
        return len(np.unique(self.keys))

    def chosen(self, uses: Mask) -> Standing:
        """Return some of the uses."""
        return Standing(
            self.words, self.kind,
            self.keys[uses], self.first[uses], self.days[uses], self.years[uses],
        )  # fmt: skip

    def by_year(self) -> dict[int, int]:
        """Return the uses of each year, years ascending; undated ones are left out."""
        counts = np.bincount(self.years[self.years > 0])
        return {int(year): int(counts[year]) for year in np.flatnonzero(counts)}


class Wordings:
    """Follows one phrase on one state of the index."""

    def __init__(
        self,
        parts: Sequence[Part],
        columns: Columns,
        phrase: Phrase,
        among: Mask | None = None,
        cancel: CancelToken | None = None,
    ) -> None:
        self._parts = parts
        self._columns = columns
        self._phrase = phrase
        self._among = among
        self._cancel = cancel or CancelToken()

    def phrase(self, having: str = "") -> Standing:
        """Return where the phrase itself stands; only in what has a value of a field, if named."""
        found = self._standing("phrase", [_slot(*each) for each in self._phrase.slots])
        if not having:
            return found
        return found.chosen(self._columns.column(having).first[found.keys] > 0)

    def variants(self, limit: int = VARIANTS) -> list[Standing]:
        """Return where forms of the phrase stand, the most used first."""
        found, company = self._gathered()
        standing = [
            self._standing(kind, [Written(word) for word in words])
            for words, kind in chosen(found, self._phrase.words, company, limit)
        ]
        kept = [each for each in standing if len(each) >= _RECURS]
        return sorted(kept, key=lambda each: (-len(each), each.words))

    def valued(self, standing: Standing, name: str) -> Valued:
        """Return which values of a field the uses have."""
        column = self._columns.column(name)
        codes = column.first[standing.keys].astype(np.int64)
        uses = np.flatnonzero(codes)
        order = np.argsort(standing.keys, kind="stable")
        ordered = standing.keys[order]
        low, high = (np.searchsorted(ordered, column.more_keys, side) for side in ("left", "right"))
        many = high - low
        begins = np.repeat(low - np.cumsum(many) + many, many)
        further = order[begins + np.arange(int(many.sum()))]
        more = np.repeat(column.more_codes.astype(np.int64), many)
        return Valued(np.append(uses, further), np.append(codes[uses], more), column.names.values)

    def filed(self, years: Iterable[int]) -> dict[int, int]:
        """Return how many records, of those looked at, are of each of some years."""
        of_record = self._columns.years[self._all_keys()]
        wanted = list(years)
        counts = np.bincount(of_record, minlength=max(wanted, default=0) + 1)
        return {year: int(counts[year]) for year in wanted}

    def _all_keys(self) -> Places:
        keys = [np.zeros(0, np.int64)]
        for part in self._parts:
            living = part.keys if part.alive is None else part.keys[part.alive]
            keys.append(living if self._among is None else living[self._among[living]])
        return np.concatenate(keys)

    def _standing(self, kind: Form, slots: Sequence[Slot]) -> Standing:
        found = [self._places(part, slots) for part in self._parts]
        keys = np.concatenate([np.zeros(0, np.int64), *(keys for keys, _ in found)])
        first = np.concatenate([np.zeros(0, np.int64), *(first for _, first in found)])
        days = self._columns.days(DATE).first[keys]
        order = np.lexsort((first, keys, np.where(days > 0, days, np.iinfo(np.int32).max)))
        keys, first, days = keys[order], first[order], days[order]
        words = tuple(slot.word if isinstance(slot, Written) else "" for slot in slots)
        return Standing(words, kind, keys, first, days, self._columns.years[keys])

    def _places(self, part: Part, slots: Sequence[Slot]) -> tuple[Places, Places]:
        """Return the records of a segment in which a form stands, and its first words."""
        self._cancel.check()
        packed, terms = part.fields[_TEXT], []
        for slot in slots:
            expansions = part.expand(_TEXT, slot)
            if not expansions:
                return np.zeros(0, np.int64), np.zeros(0, np.int64)
            terms.append(expansions[0].terms.tolist())
        places = find_runs(part.loaded.decoded[_TEXT], terms)
        docs = packed.docs_at(places)
        kept = self._wanted(part)[docs]
        return part.keys[docs[kept]], places[kept] - packed.base[docs[kept]]

    def _wanted(self, part: Part) -> Mask:
        alive = np.ones(part.count, bool) if part.alive is None else part.alive
        return alive if self._among is None else alive & self._among[part.keys]

    # --- forms

    def _gathered(self) -> tuple[dict[tuple[str, ...], Recurring], Company]:
        """Return the forms that recur, and the phrase's company.

        Another form of a word is no exchange of it.
        """
        segments, grammar = [], grammar_of(self._language())
        for part in self._parts:
            self._cancel.check()
            segments.append(Segment(part, self._phrase.words, self._wanted(part), grammar))
        company = company_of(segment.company() for segment in segments)
        found: dict[tuple[str, ...], Recurring] = {}
        inflected = self._inflected()
        for segment in segments:
            self._cancel.check()
            for words, each in segment.forms(company):
                if words not in inflected:
                    known = found.get(words)
                    found[words] = each if known is None else known.with_(each)
        return found | inflected, company

    def _language(self) -> str:
        """Return the code of the language in which the phrase stands most; empty for none."""
        valued = self.valued(self.phrase(), LANGUAGE)
        if not len(valued.codes):
            return ""
        return valued.names[int(np.bincount(valued.codes).argmax())]

    def _inflected(self) -> dict[tuple[str, ...], Recurring]:
        """Return the other forms of the same words that stand in a row."""
        found: Counter[tuple[str, ...]] = Counter()
        for part in self._parts:
            self._cancel.check()
            packed = part.fields[_TEXT]
            slots = [
                [term for each in part.expand(_TEXT, Stemmed(word)) for term in each.terms.tolist()]
                for word in self._phrase.words
            ]
            if all(slots):
                places = find_runs(part.loaded.decoded[_TEXT], slots)
                rows = places[:, None] + np.arange(len(slots))
                terms = packed.terms_at(rows.reshape(-1)).reshape(rows.shape)
                found.update(counted_rows(packed, terms))
        found.pop(self._phrase.words, None)
        return {words: Recurring("inflected", count) for words, count in found.items()}


def _slot(word: str, is_open: bool) -> Slot:  # noqa: FBT001 - as terms are told
    return Begun(word) if is_open else Written(word)
