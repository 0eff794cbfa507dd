"""Documents whose statements were labelled by reading, and whether the labels fit their texts.

Four sets: the cases of `../shared/cases`, whose texts are in their file; the open set, one that was
sealed once and is opened, and a sealed one: their labels are in `tests/eval/data`, their texts the
corpus'. The sealed set is never read while rules are written; of it nothing but totals is printed,
and only on demand.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, Final, TypeAlias

from archivist.model.statement import KINDS

ROOT: Final = Path(__file__).resolve().parents[2]
SHARED: Final = ROOT.parent / "shared"
CORPUS: Final = SHARED / "corpus" / "records.jsonl.xz"
DEV: Final = SHARED / "cases" / "statements-dev.jsonl"
DATA: Final = Path(__file__).with_name("data")
OPEN: Final = DATA / "statements-open.jsonl"
OPENED: Final = DATA / "statements-opened.jsonl"
SEALED: Final = DATA / "statements-sealed-2.jsonl"

Label: TypeAlias = dict[str, Any]
"""A labelled or a found statement, as the scorer of the cases takes it."""
_ID: Final = '{"id": "'
"""How every line of the corpus begins."""


@dataclass(frozen=True)
class Case:
    """A document and what a reader found in it.

    Attributes:
        key: the record's id.
        title: as the corpus has it.
        date: ISO 8601, or empty.
        doctype: a code of the corpus.
        language: a code, or empty.
        body: the text that was read, up to the cut.
        labels: the statements.
    """

    key: str
    title: str
    date: str
    doctype: str
    language: str
    body: str
    labels: list[Label]


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file of JSON lines; none where the file is absent."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def dev() -> list[Case]:
    """Return the cases that bring their texts along."""
    return [_case(row, row["body"], row["statements"]) for row in lines_of(DEV)]


def labelled(*paths: Path) -> list[list[Case]]:
    """Return the cases of files of labels, their texts read from the corpus in one pass.

    Raises:
        ValueError: a document is not in the corpus.
    """
    files = [lines_of(path) for path in paths]
    wanted = {row["id"] for rows in files for row in rows}
    records = dict(_records(wanted)) if wanted else {}
    if missing := wanted - set(records):
        raise ValueError(f"not in {CORPUS}: {len(missing)} of the labelled documents")
    return [
        [_case(records[row["id"]], _cut(records, row), row["statements"]) for row in rows]
        for rows in files
    ]


def faults(case: Case) -> Iterator[str]:
    """Yield what is wrong with the labels of a document, a line each.

    Offsets must lie within the text and each statement begin as it did when it was read; pieces
    must follow each other from its start to its end; statements of a kind must not overlap.
    """
    for label in case.labels:
        start, end, pieces = label["start"], label["end"], label["pieces"]
        bounds = [bound for piece in pieces for bound in piece]
        if not 0 <= start < end <= len(case.body):
            yield f"{case.key} {start}-{end}: outside of the text"
        if not case.body.startswith(label.get("begins", ""), start):
            yield f"{case.key} {start}-{end}: the text does not begin as it did"
        if label.get("text", case.body[start:end]) != case.body[start:end]:
            yield f"{case.key} {start}-{end}: the text is another one"
        if bounds != sorted(bounds) or (bounds[0], bounds[-1]) != (start, end):
            yield f"{case.key} {start}-{end}: the pieces do not make it up"
        if label["kind"] not in KINDS or not label["speaker"]:
            yield f"{case.key} {start}-{end}: without a kind or a speaker"
    for one, other in combinations(case.labels, 2):
        if one["kind"] == other["kind"] and _overlap(one, other) > 0:
            yield f"{case.key} {one['start']} and {other['start']}: overlap"


def _overlap(one: Label, other: Label) -> int:
    """Return how many characters two statements share; below 1: none."""
    return int(min(one["end"], other["end"]) - max(one["start"], other["start"]))


def _cut(records: dict[str, dict[str, Any]], row: dict[str, Any]) -> str:
    """Return as much of a record's text as was read."""
    return str(records[row["id"]]["body"][: row["cut"]])


def _case(record: dict[str, Any], body: str, labels: list[Label]) -> Case:
    """Return a case from a record's fields."""
    title, date, doctype, language = (
        record.get(name) or "" for name in ("title", "date", "doctype", "lang")
    )
    return Case(record["id"], title, date, doctype, language, body, labels)


def _records(wanted: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the wanted records of the corpus by their ids, reading no further than needed."""
    left = set(wanted)
    with lzma.open(CORPUS, "rt", encoding="utf-8") as file:
        for line in file:
            key = line[len(_ID) : line.index('"', len(_ID))]
            if key in left:
                left.remove(key)
                yield key, json.loads(line)
            if not left:
                return
