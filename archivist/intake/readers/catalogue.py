"""Catalogues: each row of a .jsonl or .csv with at least `title` and `body` is a document.

A row's path ends with the number of the line on which it begins. The catalogue itself is the
original that all its rows share; the digest is that of the row's own bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from archivist.intake.raw import Raw
from archivist.intake.readers.base import NO_TEXT, Found, Handed, Reader, refusal
from archivist.intake.readers.encoding import decode, encoding_of
from archivist.intake.readers.given import described, plain
from archivist.model.errors import RefusedError

if TYPE_CHECKING:
    from archivist.model.record import Content, Refusal

JSON_LINES = "application/x-ndjson"
CSV = "text/csv"
_DELIMITERS = ",;\t|"
_REQUIRED = frozenset({"title", "body"})
_BYTES_BY_LINE = frozenset({"utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})
_FIRST_LINES = 5
_LONG_HEADER = 8_000


class Line(NamedTuple):
    """A line, or several lines that make one row.

    Attributes:
        number: of the first line, from 1.
        data: its bytes without the line end.
        whole: whether it was short enough to be read whole.
    """

    number: int
    data: bytes
    whole: bool = True


class _MalformedError(Exception):
    """A row that cannot be read; its text says why."""


def kind_of(text: str) -> str:
    """Return the media type of a catalogue by its first lines, or an empty text."""
    if _is_json_lines(text):
        return JSON_LINES
    return CSV if _is_table(text) else ""


def _is_json_lines(text: str) -> bool:
    """Whether rows stand on the first lines; the very first may be malformed."""
    may_be = text.lstrip().startswith("{") or ('"title"' in text and '"body"' in text)
    return may_be and _has_row(text)


def _has_row(text: str) -> bool:
    """Whether one of the first lines is a row."""
    rows = (_loaded(line) for line in text.split("\n")[:_FIRST_LINES])
    return any(isinstance(row, dict) and _names(row) >= _REQUIRED for row in rows)


def _is_table(text: str) -> bool:
    first, _, rest = text.lstrip("\r\n").partition("\n")
    delimiter = _delimiter(first)
    return bool(delimiter and rest.strip())


def _delimiter(header: str) -> str:
    lowered = header[:_LONG_HEADER].lower()
    if not all(name in lowered for name in _REQUIRED):
        return ""
    for delimiter in _DELIMITERS:
        if set(_columns(header, delimiter)) >= _REQUIRED:
            return delimiter
    return ""


def _columns(header: str, delimiter: str) -> list[str]:
    try:
        cells = next(csv.reader([header.strip("\r\n")], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [cell.strip().lower() for cell in cells]


def _loaded(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _names(row: Mapping[str, object]) -> set[str]:
    return {str(name).strip().lower() for name in row}


def _score(file: Handed) -> int:
    return 90 if file.start and kind_of(_first_lines(file)) else 0


def _first_lines(file: Handed) -> str:
    """Return the start of the text, but never less than its first line if that may be a row."""
    if "\n" in file.start or not file.start.lstrip().startswith("{"):
        return file.start
    with file.path.open("rb") as stream:
        return decode(stream.readline(file.limits.row)).removeprefix("\ufeff")


def _read(file: Handed) -> Iterator[Found]:
    media_type = kind_of(_first_lines(file))
    with file.path.open("rb") as stream:
        yield from rows(file, stream, media_type, file.content(media_type), encoding_of(file.head))


def rows(
    file: Handed, stream: BinaryIO, media_type: str, content: Content, encoding: str
) -> Iterator[Found]:
    """Yield the rows of a catalogue as they stream by."""
    if encoding in _BYTES_BY_LINE:
        stream = io.BytesIO(stream.read().decode(encoding, "replace").encode())
        encoding = "utf-8"
    lines = _lines(stream, file.limits.row)
    read = _json_rows if media_type == JSON_LINES else _table_rows
    for line, values in read(lines, encoding, file.limits.row):
        yield _row(file, content, line, values)


def _row(
    file: Handed, content: Content, line: Line, values: Mapping[str, object] | str
) -> Raw | Refusal:
    path = f"{file.name}::{line.number}"
    if isinstance(values, str):
        return refusal(
            path,
            RefusedError(
                f"Line {line.number} is no row of this catalogue: {values}.",
                "Mend the line in the catalogue and file it once more.",
            ),
            decode(line.data[:200]),
        )
    body = next((value for name, value in values.items() if name.lower().strip() == "body"), "")
    others = {name: value for name, value in values.items() if name.lower().strip() != "body"}
    given, hints = described(others)
    text = plain(body) if not isinstance(body, str) else body
    return Raw(
        path=path,
        text=text if text.strip() else "",
        digest=hashlib.sha256(line.data).hexdigest(),
        given=given,
        hints=replace(hints, media_type=content.media_type),
        content=content,
        parent=file.parent,
        note="" if text.strip() else NO_TEXT,
    )


_Rows = Iterator[tuple[Line, Mapping[str, object] | str]]


def _lines(stream: BinaryIO, limit: int) -> Iterator[Line]:
    """Yield the lines of a file; of one beyond the limit only its beginning."""
    number = 0
    while data := stream.readline(limit):
        number += 1
        whole = data.endswith(b"\n") or len(data) < limit
        yield Line(number, data.rstrip(b"\r\n"), whole)
        while not data.endswith(b"\n") and (data := stream.readline(limit)):
            pass


def _json_rows(lines: Iterator[Line], encoding: str, _limit: int) -> _Rows:
    for line in lines:
        if not line.data.strip(b" \t\xef\xbb\xbf"):
            continue
        try:
            yield line, _json_row(line, encoding)
        except _MalformedError as error:
            yield line, str(error)


def _json_row(line: Line, encoding: str) -> Mapping[str, object]:
    if not line.whole:
        raise _MalformedError("it is longer than a row may be")
    try:
        row = json.loads(_decoded(line, encoding))
    except (ValueError, RecursionError) as error:
        raise _MalformedError("it breaks off or is no JSON") from error
    if not isinstance(row, dict):
        raise _MalformedError("it holds no names with values")
    if not _names(row) & _REQUIRED:
        raise _MalformedError("it has neither a title nor a body")
    values = {str(name): value for name, value in row.items()}
    _check_filled(values)
    return values


def _check_filled(values: Mapping[str, object]) -> None:
    filled = (
        name for name, value in values.items() if name.strip().lower() in _REQUIRED and plain(value)
    )
    if next(filled, None) is None:
        raise _MalformedError("its title and its body are blank")


def _decoded(line: Line, encoding: str) -> str:
    try:
        return line.data.decode("utf-8-sig" if encoding.startswith("utf-8") else encoding)
    except UnicodeDecodeError:
        return decode(line.data)


class _Replayed:
    """Lines that can be put back, to be read once more."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self._back: deque[Line] = deque()

    def __iter__(self) -> Iterator[Line]:
        return self

    def __next__(self) -> Line:
        return self._back.popleft() if self._back else next(self._lines)

    def back(self, lines: Sequence[Line]) -> None:
        """Put lines back, to come next, in their order."""
        self._back.extendleft(reversed(lines))


@dataclass(frozen=True, slots=True)
class _Table:
    columns: list[str]
    delimiter: str
    encoding: str


def _table_rows(lines: Iterator[Line], encoding: str, limit: int) -> _Rows:
    """Yield the rows of a table.

    Where a quotation mark never closes, the line it stands on is refused alone, and reading goes on
    behind it, so that one stray mark does not swallow the rest of the catalogue.
    """
    source = _Replayed(lines)
    header = next((line for line in source if line.data.strip()), None)
    if header is None:
        return
    table = _table(_decoded(header, encoding).lstrip("\ufeff"), encoding)
    csv.field_size_limit(max(limit, csv.field_size_limit()))
    for line in source:
        if line.data.strip():
            yield _next_row(line, source, table, limit)


def _table(header: str, encoding: str) -> _Table:
    delimiter = _delimiter(header)
    return _Table(next(csv.reader([header], delimiter=delimiter)), delimiter, encoding)


def _next_row(
    line: Line, source: _Replayed, table: _Table, limit: int
) -> tuple[Line, Mapping[str, object] | str]:
    lines = _gathered(line, source, limit)
    reader = csv.reader(
        [f"{_decoded(one, table.encoding)}\n" for one in lines],
        delimiter=table.delimiter,
        strict=True,
    )
    try:
        cells = next(reader)
    except csv.Error:
        source.back(lines[1:])
        return line, "its quotation marks do not close"
    used = lines[: reader.line_num]
    source.back(lines[reader.line_num :])
    row = Line(line.number, b"\n".join(one.data for one in used), all(one.whole for one in used))
    try:
        return row, _table_row(row, cells, table.columns)
    except _MalformedError as error:
        return row, str(error)


def _gathered(line: Line, source: _Replayed, limit: int) -> list[Line]:
    """Gather the lines of a row: it is whole when its quotation marks stand in pairs."""
    lines, size = [line], len(line.data)
    is_open = line.data.count(b'"') % 2 == 1
    while is_open and size <= limit and (more := next(source, None)) is not None:
        lines.append(more)
        size += len(more.data)
        is_open ^= more.data.count(b'"') % 2 == 1
    return lines


def _table_row(line: Line, cells: list[str], columns: list[str]) -> Mapping[str, object]:
    if not line.whole:
        raise _MalformedError("it is longer than a row may be")
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise _MalformedError(f"it has {len(cells)} values for {len(columns)} columns")
    values = dict(zip(columns, cells, strict=False))
    if not _names(values) >= _REQUIRED:
        raise _MalformedError(f"it has {len(cells)} values for {len(columns)} columns")
    _check_filled(values)
    return values


READER = Reader("catalogue", _score, _read, rows=True, single=False)
