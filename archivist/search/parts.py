"""One segment as queries see it: its fields, its documents, the terms that fill a slot."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from archivist.search import patterns, rank
from archivist.search.arrays import Mask, Places
from archivist.search.columns import LANGUAGE, Columns
from archivist.search.decoded import Decoded
from archivist.search.slots import Any, Begun, Slot, Spelled, Stemmed, Wild, Written
from archivist.search.words import Forms, algorithm

if TYPE_CHECKING:
    from archivist.search.arrays import Weights
    from archivist.search.segment import PackedField
    from archivist.search.words import Stems

_KEPT = 512
"""Expansions remembered by each segment."""


class Terms(NamedTuple):
    """Terms of one field of one segment that count for a slot in documents of any language.

    Attributes:
        terms: numbers of the terms, ascending; of very many only the commonest.
        there: how many there are.
    """

    terms: Places
    there: int


@dataclass(frozen=True, slots=True)
class Expansion:
    """Terms of one field of one segment that count for a slot.

    Attributes:
        terms: numbers of the terms.
        languages: stemmers in whose documents alone they count; None for all documents.
    """

    terms: Places
    languages: frozenset[str] | None = None


class Loaded:
    """One segment's files, opened; shared by all states that have the segment.

    Attributes:
        name: of the segment.
        fields: its packed fields.
        decoded: what was read of each field lately.
        forms: finders of word forms, by field.
        terms: the terms of a field (given by name) that count for a slot, whatever the language.
        keys: the key of each document.
    """

    def __init__(
        self, name: str, fields: dict[str, PackedField], keys: Places, stems: Stems
    ) -> None:
        self.name = name
        self.fields = fields
        self.decoded = {field: Decoded(packed) for field, packed in fields.items()}
        self.forms = {field: Forms(packed, stems) for field, packed in fields.items()}
        self.keys = keys
        self.terms = functools.lru_cache(maxsize=_KEPT)(self._terms)
        self._norms: dict[str, tuple[float, Weights]] = {}

    def _terms(self, name: str, slot: Slot) -> Terms:
        packed = self.fields[name]
        found = self._fitting(packed, slot)
        if isinstance(slot, Wild | Spelled):
            return Terms(patterns.commonest(packed, found), len(found))
        return Terms(found, len(found))

    def _fitting(self, packed: PackedField, slot: Slot) -> Places:
        match slot:
            case Begun(beginning):
                return np.arange(*packed.beginning(beginning))
            case Wild(text):
                return patterns.wild(packed, text)
            case Spelled(word, distance):
                return patterns.spelled(packed, word, distance)
            case Written(word) | Stemmed(word):
                term = packed.term(word)
                return np.array([term] if term >= 0 else [], np.int64)
            case Any():
                return np.arange(packed.terms_count)

    def norm(self, name: str, average: float) -> Weights:
        """Return what one occurrence counts in each document."""
        known = self._norms.get(name)
        if known is None or known[0] != average:
            lengths = self.fields[name].lengths
            known = self._norms[name] = (average, rank.normed(name, lengths, average))
        return known[1]


class Part:
    """One segment in one state of the index.

    Attributes:
        loaded: the segment's files.
        fields: its packed fields.
        keys: the key of each document.
        count: documents, also the deleted ones.
        alive: which documents live, or None where all do.
    """

    def __init__(self, loaded: Loaded, alive: Mask | None, columns: Columns) -> None:
        self.loaded = loaded
        self.fields = loaded.fields
        self.keys = loaded.keys
        self.count = len(loaded.keys)
        self.alive = alive
        self._columns = columns
        self._expanded = functools.lru_cache(maxsize=_KEPT)(self._forms)

    @property
    def living(self) -> int:
        """Documents that are not deleted."""
        return self.count if self.alive is None else int(np.count_nonzero(self.alive))

    @functools.cached_property
    def spoken(self) -> dict[str, Mask]:
        """By stemmer, the documents in its language; all that occur in the segment."""
        column = self._columns.column(LANGUAGE)
        stemmers = [algorithm(language) for language in column.names.values]
        numbers = {name: number for number, name in enumerate(dict.fromkeys(stemmers))}
        table = np.array([numbers[name] for name in stemmers], np.uint8)
        spoken = table[column.first[self.keys]]
        there = np.bincount(spoken, minlength=len(numbers))
        return {name: spoken == number for name, number in numbers.items() if there[number]}

    def expand(self, name: str, slot: Slot) -> list[Expansion]:
        """Return the terms of a field that count for a slot; Any is no such slot."""
        if isinstance(slot, Stemmed):
            return self._expanded(name, slot.word)
        terms = self.loaded.terms(name, slot).terms
        return [Expansion(terms)] if len(terms) else []

    def _forms(self, name: str, word: str) -> list[Expansion]:
        finder = self.loaded.forms[name]
        languages: dict[int, set[str]] = {}
        for language in self.spoken:
            for term in finder.find(language, word):
                languages.setdefault(term, set()).add(language)
        groups: dict[frozenset[str], list[int]] = {}
        for term, those in languages.items():
            groups.setdefault(frozenset(those), []).append(term)
        everywhere = len(self.spoken)
        return [
            Expansion(np.array(terms, np.int64), None if len(those) == everywhere else those)
            for those, terms in groups.items()
        ]

    def in_languages(self, languages: frozenset[str]) -> Mask:
        """Tell which documents are in one of the languages."""
        masks = [self.spoken[language] for language in languages]
        found: Mask = np.logical_or.reduce(masks)
        return found
