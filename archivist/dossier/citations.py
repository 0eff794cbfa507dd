"""How a record is cited: title, type, date, originator, reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archivist.dossier.scripts import closed
from archivist.dossier.texts import one_line
from archivist.dossier.wording import ENGLISH, Wording, date_in_words

if TYPE_CHECKING:
    from archivist.model.record import Record

LONGEST_TITLE = 1000
"""Characters of a title that a dossier shows; nothing that long was ever a title."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What codes are called, for people; a code without a label stands for itself.

    Attributes:
        countries: by ISO 3166-1 alpha-2 code.
        doctypes: by type of document.
        languages: by ISO 639-1 code.
        series: by code of the file plan.
        marks: the organisation's handling marks by code, from the lowest to the highest.
    """

    countries: Mapping[str, str] = field(default_factory=dict)
    doctypes: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    series: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)


def title_of(record: Record, words: Wording = ENGLISH) -> str:
    """Return the record's title on one line, or what is said where it has none."""
    return one_line(record.description.title, LONGEST_TITLE) or words.untitled


def doctype_of(record: Record, labels: Labels) -> str:
    """Return what the record's type is called."""
    code = record.description.doctype
    return one_line(labels.doctypes.get(code) or code.replace("-", " ").capitalize())


def citation(
    record: Record, labels: Labels, paragraph: int | None = None, words: Wording = ENGLISH
) -> str:
    """Cite a record: "Title, type, date, originator, reference code".

    Args:
        record: the record; its accession number stands in where it has no reference code.
        labels: what its type is called.
        paragraph: number of the paragraph meant, from 1; or None for the whole record.
        words: of the language to cite in.
    """
    description = record.description
    kind = doctype_of(record, labels)
    parts = [
        title_of(record, words),
        kind[:1].lower() + kind[1:] if kind[1:2].islower() else kind,
        one_line(date_in_words(description.date, words)) or words.undated,
        one_line(description.originator),
        one_line(description.code) or record.ref,
        f"¶\u00a0{paragraph}" if paragraph else "",
    ]
    return ", ".join(closed(part) for part in parts if part)
