"""What the reader reads of a record in one go, and the page that is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.desk import describe
from archivist.desk.views.reader_setting import Page
from archivist.model.record import Record

if TYPE_CHECKING:
    from archivist.archive import Archive


@dataclass(frozen=True, slots=True)
class Document:
    """A record as it is read.

    Attributes:
        record: it.
        text: its text; may be empty.
        marks: hits in the text, as (start, end) in characters, ascending, disjoint.
    """

    record: Record
    text: str
    marks: tuple[tuple[int, int], ...]


def document_of(
    archive: Archive, record_id: int, query: str, goal: tuple[int, int] = (0, 0)
) -> Document:
    """Read a record, with what a query searches marked; not in the window's thread.

    Args:
        archive: it is in.
        record_id: its id.
        query: what is searched.
        goal: a place that is marked, too, where no hit stands there; (0, 0) for none.
    """
    record = archive.record(record_id)
    text = archive.text(record)
    marks = archive.marks(query, record) if query.strip() and text else []
    start, end = goal
    if start < end <= len(text) and not any(low < end and start < high for low, high in marks):
        marks = sorted([*marks, goal])
    return Document(record, text, tuple((start, end) for start, end in marks))


def page_of(document: Document, labels: describe.Labels) -> Page:
    """Return the page of a document."""
    record = document.record
    if document.text:
        empty = ""
    elif record.original is not None:
        empty = "This record has no text. The Original tab shows the file as received."
    else:
        empty = "This record has no text yet. “Correct the text” lets you type it in."
    return Page(
        title=describe.title_of(record.description),
        meta=describe.meta_of(record, labels, place=True),
        text=document.text,
        marks=document.marks,
        language=record.description.language,
        empty=empty,
    )
