"""The command about statements: what people decide on who said what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from archivist.cli import statement_shapes as shapes
from archivist.cli.session import opened
from archivist.cli.status import DONE
from archivist.model.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from archivist.archive import Archive
    from archivist.cli.terminal import Terminal
    from archivist.model.change import Change
    from archivist.model.record import Record
    from archivist.model.statement import FiledStatement

_TEXTS: Final = ("kind", "speaker", "role", "cue", "addressee", "occasion")


def statements(options: argparse.Namespace, out: Terminal) -> int:
    """List, confirm, reject, correct, add statements, and withdraw decisions on them."""
    with opened(options) as archive:
        return _ACTIONS[options.action](archive, options, out)


def _list(archive: Archive, options: argparse.Namespace, out: Terminal) -> int:
    record = archive.record(options.ref)
    archive.read_record(record)
    text, found = archive.text(record), archive.statements_of(record)
    out.answer({"ref": record.ref, "statements": [shapes.filed(one, text) for one in found]})
    out.table(("no.", "who", "kind", "sure", "decided", "words"), _rows(text, found))
    return DONE


def _rows(text: str, found: list[FiledStatement]) -> list[tuple[str, ...]]:
    return [
        (
            str(one.number),
            one.statement.speaker or "(not known)",
            one.statement.kind,
            f"{one.statement.certainty:.2f}",
            "" if one.status == "found" else one.status,
            " ".join(text[one.statement.start : one.statement.end].split()),
        )
        for one in found
    ]


def _confirm(archive: Archive, options: argparse.Namespace, out: Terminal) -> int:
    change = archive.confirm_statements(options.numbers)
    return _decided(archive, change, set(options.numbers), out)


def _reject(archive: Archive, options: argparse.Namespace, out: Terminal) -> int:
    change = archive.reject_statements(options.numbers)
    return _decided(archive, change, set(options.numbers), out)


def _withdraw(archive: Archive, options: argparse.Namespace, out: Terminal) -> int:
    change = archive.withdraw_decisions(options.numbers)
    return _decided(archive, change, set(options.numbers), out)


def _correct(archive: Archive, options: argparse.Namespace, out: Terminal) -> int:
    changes = _given(options, *_TEXTS, "start", "end")
    if not changes:
        raise InputError("Nothing is to be corrected.", "Name what is, as in --speaker NAME.")
    change = archive.correct_statement(options.number, **changes)
    return _decided(archive, change, {options.number}, out)


def _add(archive: Archive, options: argparse.Namespace, out: Terminal) -> int:
    record = archive.record(options.ref)
    start, end = _place(archive.text(record), options)
    given = _given(options, *_TEXTS)
    archive.read_record(record)
    before = {one.number for one in archive.statements_of(record)}
    change = archive.add_statement(record.ref, start, end, **given)
    after = {one.number for one in archive.statements_of(record)}
    return _decided(archive, change, after - before, out)


def _given(options: argparse.Namespace, *names: str) -> dict[str, Any]:
    """Return the values that the command line gives."""
    values = {name: getattr(options, name) for name in names}
    return {name: value for name, value in values.items() if value is not None}


def _place(text: str, options: argparse.Namespace) -> tuple[int, int]:
    """Return where the words of a new statement stand.

    Raises:
        InputError: nothing says it, or the words do not stand once in the text.
    """
    if options.words is None:
        if options.start is None or options.end is None:
            raise InputError(
                "Where the statement stands is not told.",
                "Give its words with --words, or its place with --start and --end.",
            )
        return options.start, options.end
    many = text.count(options.words) if options.words.strip() else 0
    if many != 1:
        stand = "do not stand in the text" if not many else f"stand {many} times in the text"
        raise InputError(f"These words {stand}.", "Give the place with --start and --end.")
    start = text.index(options.words)
    return start, start + len(options.words)


def _decided(archive: Archive, change: Change, numbers: set[int], out: Terminal) -> int:
    found = [
        (record, one)
        for record in map(archive.record, change.records)
        for one in archive.statements_of(record)
        if one.number in numbers
    ]
    out.answer(
        {
            "operation": change.operation,
            "records": len(change.records),
            "statements": [_shape(archive, *each) for each in found],
        }
    )
    out.line(f"{change.title}.")
    for record, one in found:
        out.line(f"  {one.number} in {record.ref}: {one.statement.speaker or '(not known)'}")
    return DONE


def _shape(archive: Archive, record: Record, one: FiledStatement) -> dict[str, Any]:
    return {"ref": record.ref, **shapes.filed(one, archive.text(record))}


_ACTIONS: Final[dict[str, Callable[[Archive, argparse.Namespace, Terminal], int]]] = {
    "list": _list,
    "confirm": _confirm,
    "reject": _reject,
    "withdraw": _withdraw,
    "correct": _correct,
    "add": _add,
}
