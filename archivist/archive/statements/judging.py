"""What people decided on statements, put over what the rules find: it is never overwritten."""

from __future__ import annotations

import zlib
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from archivist.archive.statements.wherefore import BY_HAND
from archivist.model.statement import FiledStatement, Statement, Status, words_in
from archivist.store import Read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_SAME: Final = 0.5
"""Two spans that share so much of what either holds are the same statement, found once more."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision, as it stands to a text.

    Attributes:
        number: of the thing that keeps it.
        status: what was decided.
        key: tells which statement it is about.
        about: that statement as it was found, where the text has it now.
        said: the statement as it is to be shown, where the text has it now.
        stale: whether its words are not in the text any more.
        moved: whether the text is another than the one that was decided on.
    """

    number: int
    status: Status
    key: str
    about: Statement
    said: Statement
    stale: bool = False
    moved: bool = False


def key_of(statement: Statement) -> str:
    """Return what tells a statement from the others of its text."""
    return f"{statement.kind}:{statement.start}:{statement.end}"


def value_of(
    record: int, text_hash: str, status: Status, about: Statement, said: Statement
) -> Mapping[str, Any]:
    """Return a decision as it is kept.

    Args:
        record: id of the record.
        text_hash: of the text in which the places are.
        status: what is decided.
        about: the statement as the rules found it; the same as `said` where nobody found it.
        said: the statement as it is to be shown.
    """
    values = {"record": record, "text": text_hash, "status": status, "said": _plain(said)}
    return values | ({"about": _plain(about)} if about != said else {})


def judgement(number: int, value: Mapping[str, Any]) -> Judged:
    """Read a decision as it was made."""
    said = _statement(value["said"])
    about = _statement(value.get("about", value["said"]))
    status: Status = value["status"]
    return Judged(number, status, key_of(about), about, said)


def read(
    record: int,
    found: Iterable[Statement],
    decisions: Iterable[tuple[int, Mapping[str, Any]]],
    text: tuple[str, str],
    text_of: Callable[[str], str],
) -> tuple[Read, ...]:
    """Return the statements of a record: those found, and over them what people decided.

    Args:
        record: its id.
        found: by the rules, in its text.
        decisions: on its statements: number and values.
        text: its text, and the hash of it.
        text_of: returns an earlier text by its hash.
    """
    judged = [_placed(number, value, text, text_of) for number, value in decisions]
    last = {(one.key, one.moved, _by_hand(one)): one for one in judged}
    left = {key_of(one): one for one in found}
    for one in last.values():
        for key in set(_meant(one, left)):
            del left[key]
    shown = [(key, FiledStatement(0, record, one)) for key, one in left.items()]
    shown += [(_row_key(one), _filed(record, one)) for one in last.values()]
    return tuple(Read(key, _checksum(text[0], one), one) for key, one in shown)


def _row_key(one: Judged) -> str:
    """Return the key under which a decision's statement is kept: no other may have it.

    What was added may stand where another was found before its place was corrected.
    """
    return f"said:{one.number}" if one.moved or _by_hand(one) else one.key


def _by_hand(one: Judged) -> int:
    """Return the number of a decision on what nobody but a person has found; else 0."""
    return one.number if one.about.rule == BY_HAND else 0


def _filed(record: int, one: Judged) -> FiledStatement:
    return FiledStatement(0, record, one.said, one.status, one.number, one.stale)


def _checksum(text: str, one: FiledStatement) -> int:
    return 0 if one.stale else zlib.crc32(words_in(text, one.statement).encode())


def _meant(one: Judged, found: Mapping[str, Statement]) -> Iterator[str]:
    """Yield the keys of what the rules found that a decision is about."""
    if one.stale:
        return
    spans = {one.about, one.said} if one.status != "rejected" else {one.about}
    for span in spans:
        if (key := key_of(span)) in found:
            yield key
        else:
            yield from (key for key, other in found.items() if _is_same(span, other))


def _is_same(one: Statement, other: Statement) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    whole = max(one.end, other.end) - min(one.start, other.start)
    return one.kind == other.kind and shared >= _SAME * whole > 0


def _placed(
    number: int, value: Mapping[str, Any], text: tuple[str, str], text_of: Callable[[str], str]
) -> Judged:
    """Return a decision where its words stand in the text as it is now."""
    one = judgement(number, value)
    if value["text"] == text[1]:
        return one
    said = one.said
    start = nearest(text[0], text_of(value["text"])[said.start : said.end], said.start)
    if start < 0:
        return replace(one, stale=True, moved=True)
    steps = start - said.start
    return replace(one, said=_moved(said, steps), about=_moved(one.about, steps), moved=True)


def _moved(one: Statement, steps: int) -> Statement:
    pieces = tuple((start + steps, end + steps) for start, end in one.pieces)
    return replace(one, start=one.start + steps, end=one.end + steps, pieces=pieces)


def nearest(text: str, words: str, place: int) -> int:
    """Return where words stand in a text, nearest to a place; -1 where they do not."""
    if not words:
        return -1
    return min(_places(text, words), key=lambda start: abs(start - place), default=-1)


def _places(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _plain(statement: Statement) -> dict[str, Any]:
    """Return what of a statement is not empty."""
    values = asdict(statement) | {"pieces": [list(piece) for piece in statement.pieces]}
    return {name: value for name, value in values.items() if value or name in {"start", "end"}}


def _statement(values: Mapping[str, Any]) -> Statement:
    pieces: Sequence[Sequence[int]] = values.get("pieces", ())
    kept = {name: value for name, value in values.items() if name != "pieces"}
    return Statement(**kept, pieces=tuple((start, end) for start, end in pieces))
