"""A dossier as a table (CSV) and as data (JSON)."""

from __future__ import annotations

import csv
import json
import re
from typing import IO, TYPE_CHECKING

from archivist.dossier.files import aside
from archivist.dossier.texts import safe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archivist.dossier.outline import Entry, Outline

LONGEST_CELL = 32_000
"""Characters of a text in CSV; Excel holds 32,767 in a cell and spoils the rows after a longer."""
_FORMULA = re.compile(r"\s*[=+\-@\t\r|%]")
_SURROGATE = re.compile("[\ud800-\udfff]")
COLUMNS = (
    "no", "ref", "code", "title", "date", "type", "type_name", "place", "language", "originator",
    "number", "series", "mark", "countries", "agents", "tags", "citation", "body",
)  # fmt: skip


def write_csv(outline: Outline, target: Path) -> None:
    """Write a dossier as a table, a record in a row, to be opened with a spreadsheet.

    UTF-8 with a byte order mark: without it, Excel reads the file in the code page of its country
    and spoils every accent; other programs skip it. A value that a spreadsheet would take for a
    formula gets an apostrophe before it. Texts are cut at `LONGEST_CELL`, and say so: the whole
    text is in the JSON and in the archive.

    Raises:
        StorageError: the file cannot be written.
    """
    with (
        aside(target) as draft,
        draft.open("w", encoding="utf-8-sig", newline="", errors="replace") as file,
    ):
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for entry in outline.entries:
            table.writerow(harmless(value) for value in _cells(entry))


def harmless(value: str) -> str:
    """Return a value that no spreadsheet takes for a formula, as a file can hold it."""
    clean = safe(value)
    return f"'{clean}" if _FORMULA.match(clean) else clean


def _cells(entry: Entry) -> Iterator[str]:
    record, description = entry.item.record, entry.item.record.description
    yield str(entry.number)
    yield from (record.ref, description.code, description.title, description.date)
    yield from (description.doctype, entry.doctype, description.place, description.language)
    yield from (description.originator, description.number, description.series, description.mark)
    yield "; ".join(description.countries)
    yield "; ".join(f"{agent.name} ({agent.role})" for agent in description.agents)
    yield "; ".join(description.tags)
    yield entry.citation
    yield _cut(_shown(entry), record.ref)


def _shown(entry: Entry) -> str:
    if entry.item.mode == "full":
        return entry.item.text
    return "\n\n".join(passage.text for passage in entry.passages())


def _cut(text: str, ref: str) -> str:
    if len(text) <= LONGEST_CELL:
        return text
    return f"{text[:LONGEST_CELL]} […cut here; the whole text: archivist show {ref}]"


def write_json(outline: Outline, target: Path) -> None:
    """Write a dossier as one JSON object, records in the order of the dossier.

    `marks` are offsets in characters of `text`. An extract or a citation holds no `text`, but the
    `paragraphs` it shows.

    Raises:
        StorageError: the file cannot be written.
    """
    with aside(target) as draft, draft.open("w", encoding="utf-8", newline="\n") as file:
        _write_object(outline, file)


def _write_object(outline: Outline, file: IO[str]) -> None:
    options = outline.options
    head = {
        "title": options.title,
        "subtitle": options.subtitle,
        "date": options.date,
        "mark": outline.mark,
        "organisation": options.organisation,
        "order": options.order,
        "query": options.query,
        "reading": options.reading,
        "language": options.language,
        "count": len(outline.entries),
    }
    file.write(_dump(head)[:-1] + ', "records": [')
    for n, entry in enumerate(outline.entries):
        file.write((",\n" if n else "\n") + _dump(_data(entry)))
    file.write("\n]}\n")


def _data(entry: Entry) -> dict[str, object]:
    record, description = entry.item.record, entry.item.record.description
    return {
        "no": entry.number,
        "ref": record.ref,
        "code": description.code,
        "title": description.title,
        "date": description.date,
        "type": description.doctype,
        "type_name": entry.doctype,
        "place": description.place,
        "language": description.language,
        "originator": description.originator,
        "number": description.number,
        "series": description.series,
        "mark": description.mark,
        "countries": list(description.countries),
        "agents": [{"name": agent.name, "role": agent.role} for agent in description.agents],
        "tags": list(description.tags),
        "custom": dict(description.custom),
        "citation": entry.citation,
        "mode": entry.item.mode,
        **_words(entry),
    }


def _words(entry: Entry) -> dict[str, object]:
    if entry.item.mode == "full":
        return {"text": entry.item.text, "marks": [list(mark) for mark in entry.item.marks]}
    return {"paragraphs": [{"number": p.number, "text": p.text} for p in entry.passages()]}


def _dump(value: object) -> str:
    # Half a surrogate pair has no UTF-8; one character for another keeps the offsets of marks.
    return _SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False))
