"""Codes, labels and custom fields of an archive, held in memory for the window's thread."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archivist.model.fields import FIELDS, Kind

if TYPE_CHECKING:
    from archivist.model.query import Vocabulary


@dataclass(frozen=True)
class Lexicon:
    """A vocabulary that asks no database; a copy of the archive's as it stood."""

    code_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    label_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    custom_names: tuple[str, ...] = ()

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Lexicon:
        """Copy a vocabulary; reads the database."""
        names = [one.name for one in FIELDS if one.kind is Kind.CODE]
        return cls(
            {name: dict(vocabulary.codes(name)) for name in names},
            {name: dict(vocabulary.labels(name)) for name in names},
            tuple(vocabulary.custom()),
        )

    def codes(self, field: str) -> Mapping[str, str]:
        """Return the code for every name it goes by."""
        return self.code_names.get(field, {})

    def labels(self, field: str) -> Mapping[str, str]:
        """Return the name for people of every code."""
        return self.label_names.get(field, {})

    def custom(self) -> Collection[str]:
        """Return the names of the archive's own fields."""
        return self.custom_names

    def label(self, field: str, code: str) -> str:
        """Return what people call a code; the code itself where it has no other name."""
        return self.labels(field).get(code, code)
