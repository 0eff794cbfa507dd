"""Chosen records become a report: Word, CSV or JSON by the ending of the file's name."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from archivist.archive.results import Collected, DossierReport
from archivist.dossier.citations import citation
from archivist.dossier.outline import Item, Labels, Options, Outline, outline
from archivist.model.dates import PartialDate
from archivist.model.errors import InputError, ValueRefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.archive.vocabulary import Vocabulary
    from archivist.model.progress import CancelToken, Report
    from archivist.model.record import Record
    from archivist.store import Store

FORMATS: Final = (".docx", ".csv", ".json")
_BATCH: Final = 200

Order = Literal["date", "given"]
Mode = Literal["full", "extract", "citation"]

Spans = Sequence[tuple[int, int]]
Marks = Callable[["Record", str], Spans]
"""Tells where a record's text holds what was searched."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a dossier is to be.

    Attributes:
        title: on its cover.
        subtitle: beneath the title; may be empty.
        date: on the cover, ISO 8601; today where it is empty.
        mark: handling mark; the highest of its records where it is empty.
        order: "date" or "given".
        mode: "full", "extract" or "citation".
        query: what was searched, or empty.
        reading: the query in plain words, or empty.
        layout: whether LibreOffice counts the pages, where it is installed.
        extracts: passages by record: of these records only the paragraphs that hold them are
            written, the passages marked; of the others, what `mode` says.
    """

    title: str = ""
    subtitle: str = ""
    date: str = ""
    mark: str = ""
    order: Order = "date"
    mode: Mode = "full"
    query: str = ""
    reading: str = ""
    layout: bool = True
    extracts: Mapping[int, Spans] = field(default_factory=dict)


def gathered(items: Sequence[Collected]) -> tuple[list[int], dict[int, Spans]]:
    """Return the records of what was gathered, and the passages of those that are not whole.

    A passage that its text does not hold any more is left out.
    """
    held = [item for item in items if not item.stale]
    whole = {item.record for item in held if not item.end}
    extracts: dict[int, list[tuple[int, int]]] = {}
    for item in held:
        if item.record not in whole:
            extracts.setdefault(item.record, []).append((item.start, item.end))
    passages: dict[int, Spans] = {key: sorted(spans) for key, spans in extracts.items()}
    return list(dict.fromkeys(item.record for item in held)), passages


def write(
    store: Store,
    vocabulary: Vocabulary,
    target: Path,
    ids: Sequence[int],
    *,
    marks: Marks,
    request: Request,
    report: Report,
    cancel: CancelToken,
) -> DossierReport:
    """Write a report of records.

    Raises:
        InputError: the ending of the file's name is none we write, or there is no record.
        StorageError: the file cannot be written.
    """
    started = time.monotonic()
    if target.suffix.lower() not in FORMATS:
        raise InputError(
            f"A dossier cannot be written as {target.name}.",
            f"End the name with one of {', '.join(FORMATS)}.",
        )
    if not ids:
        raise InputError(
            "There is no record for the dossier.", "Choose records, or widen the search."
        )
    outline = _outline(store, vocabulary, ids, marks, request)
    pages = _WRITERS[target.suffix.lower()](outline, target, request, report, cancel)
    return DossierReport(
        written=target,
        records=len(ids),
        statements=0,
        pages=pages,
        seconds=round(time.monotonic() - started, 3),
    )


def _outline(
    store: Store, vocabulary: Vocabulary, ids: Sequence[int], marks: Marks, request: Request
) -> Outline:
    items = _items(store, ids, marks, request)
    labels = _labels(store, vocabulary)
    return outline(items, _options(store, vocabulary, request), labels)


def _items(store: Store, ids: Sequence[int], marks: Marks, request: Request) -> Iterator[Item]:
    for start in range(0, len(ids), _BATCH):
        page = ids[start : start + _BATCH]
        texts = store.records.texts(page)
        for record in store.records.many(page):
            text = texts.get(record.id, "")
            passages = request.extracts.get(record.id)
            if passages:
                yield Item(record, text, tuple(passages), "extract")
            else:
                yield Item(record, text, tuple(marks(record, text)), request.mode)


def _options(store: Store, vocabulary: Vocabulary, request: Request) -> Options:
    return Options(
        title=request.title or "Dossier",
        subtitle=request.subtitle,
        date=_date(request.date),
        mark=vocabulary.label("mark", request.mark) if request.mark else "",
        order=request.order,
        organisation=store.name,
        query=request.query,
        reading=request.reading,
    )


def _date(given: str) -> str:
    """Return the date on the cover, today where none is given."""
    if not given:
        return dt.datetime.now().astimezone().date().isoformat()
    try:
        return str(PartialDate.parse(given))
    except ValueError as error:
        raise ValueRefusedError(
            "date of the dossier", given, "there is no such date.", "Write 2012-12-04."
        ) from error


def citation_of(record: Record, vocabulary: Vocabulary, paragraph: int | None) -> str:
    """Return how a record, or a paragraph of it, is cited."""
    return citation(record, Labels(doctypes=dict(vocabulary.labels("type"))), paragraph)


def _labels(store: Store, vocabulary: Vocabulary) -> Labels:
    return Labels(
        countries=dict(vocabulary.labels("country")),
        doctypes=dict(vocabulary.labels("type")),
        languages=dict(vocabulary.labels("lang")),
        series={one.code: one.title or one.code for one in store.series.list()},
        marks={mark: vocabulary.label("mark", mark) for mark in vocabulary.marks},
    )


def _word(
    outline: Outline, target: Path, request: Request, report: Report, cancel: CancelToken
) -> int | None:
    from archivist.dossier import word  # noqa: PLC0415 - only for exports

    return word.write(outline, target, layout=request.layout, report=report, cancel=cancel)


def _csv(
    outline: Outline, target: Path, _request: Request, _report: Report, _cancel: CancelToken
) -> None:
    from archivist.dossier.exchange import tables  # noqa: PLC0415 - only for exports

    tables.write_csv(outline, target)


def _json(
    outline: Outline, target: Path, _request: Request, _report: Report, _cancel: CancelToken
) -> None:
    from archivist.dossier.exchange import tables  # noqa: PLC0415 - only for exports

    tables.write_json(outline, target)


_WRITERS: Final[dict[str, Callable[[Outline, Path, Request, Report, CancelToken], int | None]]] = {
    ".docx": _word,
    ".csv": _csv,
    ".json": _json,
}
