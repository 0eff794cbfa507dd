"""A file becomes drafts: format told by content, read, cleaned, described. In this process.

`archivist.intake.pool` does the same in child processes, where a bad file can do no harm.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from archivist.intake.clean import clean, clean_line
from archivist.intake.ligatures import turned
from archivist.intake.limits import Limits
from archivist.intake.raw import Raw
from archivist.intake.readers import choose
from archivist.intake.readers.base import NO_TEXT, Found, Handed, refusal, take
from archivist.model.errors import RefusedError
from archivist.model.record import Description, Draft, Refusal

if TYPE_CHECKING:
    from archivist.intake.sources import Source

__all__ = ["Limits", "Orders", "read"]

_TOO_LARGE = RefusedError(
    "Reading it takes more memory than is safe.", "Split it, or save it in a simpler format."
)
_DAMAGED = RefusedError(
    "The file cannot be read; it is probably damaged.",
    "Open it in its own program and save it once more, or ask its sender for it.",
)


_TURNED = "Arabic letters that stood backwards turned round in {:,} words"
_AHEAD = 64
"""Rows, messages and members about which the archive is asked together."""
_AHEAD_CHARACTERS = 1_000_000


def _unheard(_path: str, *, rows: bool) -> None:
    """Take the news of what is being read and do nothing with it."""


def _nothing_known(_digests: Collection[str]) -> frozenset[str]:
    """Know none of the digests asked for."""
    return frozenset()


@dataclass(frozen=True, slots=True)
class Orders:
    """How a source is to be read once more after a child died over it.

    Attributes:
        done: paths to pass over, because they were delivered.
        poison: documents not to be touched again, each with reason and detail of its refusal.
        careful: whether each row is announced, too.
        announce: told of each document before it is read, and whether it has rows.
        known: asked which of some digests are documents the archive holds already.
        asks: whether there is any use in asking.
    """

    done: frozenset[str] = frozenset()
    poison: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    careful: bool = False
    announce: Callable[..., None] = _unheard
    known: Callable[[Collection[str]], Collection[str]] = _nothing_known
    asks: bool = False


def read(
    source: Source, spool: Path, limits: Limits, orders: Orders | None = None
) -> Iterator[Draft | Refusal]:
    """Yield every document of a source, each once, as a draft or with the reason against it.

    Args:
        source: the file.
        spool: folder into which members are unpacked.
        limits: what reading may cost.
        orders: how it is to be read when it is taken up again.
    """
    orders = orders or Orders()
    for found in _documents(source, spool, limits, orders):
        if found.path in orders.done:
            continue
        if isinstance(found, Refusal):
            yield found
        elif found.path in orders.poison:
            yield Refusal(found.path, *orders.poison[found.path])
        else:
            if orders.careful:
                orders.announce(found.path, rows=False)
            yield _repeated(found) if found.repeated else _draft(found)


def _documents(
    source: Source, spool: Path, limits: Limits, orders: Orders
) -> Iterator[Raw | Refusal]:
    if source.name in orders.poison:
        yield Refusal(source.name, *orders.poison[source.name])
        return
    orders.announce(source.name, rows=False)
    try:
        file = take(source.path, source.name, spool, limits)
    except RefusedError as error:
        yield refusal(source.name, error)
    except OSError as error:
        yield Refusal(
            source.name,
            "It cannot be opened; look whether you may read it and whether its disk is connected.",
            str(error),
        )
    else:
        held = orders.known([file.sha256]) if orders.asks else ()
        yield from _of_file(file, orders, held)


def _of_file(file: Handed, orders: Orders, held: Collection[str]) -> Iterator[Raw | Refusal]:
    """Yield what a file holds; whatever goes wrong, something is yielded for it."""
    given = 0
    try:
        for found in _given(file, orders, held):
            given += 1
            yield found
    except RefusedError as error:
        yield refusal(file.name, error, _cause(error))
    except MemoryError:
        yield refusal(file.name, _TOO_LARGE)
    except Exception as error:  # noqa: BLE001 - the top of reading one file; libraries raise anything
        yield refusal(file.name, _DAMAGED, f"{type(error).__name__}: {error}")
    else:
        if not given:
            empty = RefusedError("It is empty: it holds no documents.", "Ask its sender for it.")
            yield refusal(file.name, empty)


def _given(file: Handed, orders: Orders, held: Collection[str]) -> Iterator[Raw | Refusal]:
    """Yield what the reader of a file gives, as far as it must be read.

    Args:
        file: the file.
        orders: how it is to be read.
        held: digests the archive holds, the file's own among them if it does.
    """
    reader = choose(file)
    if reader.single and file.sha256 in held:
        yield file.repeated()
        return
    orders.announce(file.name, rows=reader.rows)
    if reader.single or not orders.asks:
        for found in reader.read(file):
            yield from _resolved(found, orders, ())
        return
    for window in _windows(reader.read(file)):
        held = orders.known([digest for found in window if (digest := _digest(found))])
        for found in window:
            yield from _resolved(found, orders, held)


def _windows(coming: Iterator[Found]) -> Iterator[list[Found]]:
    """Yield what is coming some at a time; where it breaks off, what came before is not lost."""
    broken: list[Exception] = []
    whole = _unbroken(coming, broken)
    while first := list(itertools.islice(whole, 1)):
        window, characters = first, _length(first[0])
        for found in itertools.islice(whole, _AHEAD - 1):
            window.append(found)
            characters += _length(found)
            if characters > _AHEAD_CHARACTERS:
                break
        yield window
    if broken:
        raise broken[0]


def _unbroken(coming: Iterator[Found], broken: list[Exception]) -> Iterator[Found]:
    try:
        yield from coming
    except Exception as error:  # noqa: BLE001 - raised behind what came before
        broken.append(error)


def _length(found: Found) -> int:
    """Return about how much of the memory something holds that was read ahead."""
    if isinstance(found, Raw):
        return len(found.text)
    return len(found.head) if isinstance(found, Handed) else 0


def _digest(found: Found) -> str:
    if isinstance(found, Handed):
        return found.sha256
    return found.digest if isinstance(found, Raw) else ""


def _resolved(found: Found, orders: Orders, held: Collection[str]) -> Iterator[Raw | Refusal]:
    if isinstance(found, Raw):
        yield replace(found, repeated=True) if found.digest in held else found
    elif isinstance(found, Refusal):
        yield found
    elif found.name in orders.poison:
        yield Refusal(found.name, *orders.poison[found.name])
    else:
        yield from _of_file(found, orders, held)


def _cause(error: RefusedError) -> str:
    cause = error.__cause__
    return f"{type(cause).__name__}: {cause}" if cause is not None else ""


def _repeated(raw: Raw) -> Draft:
    """Return a document the archive holds already: only what tells which one it is."""
    return Draft(raw.path, raw.given, frozenset(), "", raw.digest, parent=raw.parent, repeated=True)


def _draft(raw: Raw) -> Draft | Refusal:
    text = clean(raw.text)
    if not text.strip() and raw.text:
        text = ""
    text, words = turned(text)
    mended = _TURNED.format(words) if words else ""
    note = raw.note or ("" if text else NO_TEXT)
    description, proposed, trouble = _described(text, raw)
    return Draft(
        path=raw.path,
        description=description,
        proposed=proposed,
        text=text,
        digest=raw.digest,
        content=raw.content,
        parent=raw.parent,
        note="; ".join(part for part in (note, mended, trouble) if part),
    )


def _described(text: str, raw: Raw) -> tuple[Description, frozenset[str], str]:
    """Describe a document; a fault in describing must never cost the document."""
    try:
        from archivist.intake.describe import propose  # noqa: PLC0415 - heavy, only where it is used

        description, proposed = propose(text, raw.given, raw.hints)
        trouble = ""
    except Exception as error:  # noqa: BLE001 - the top of describing one document
        description, proposed = raw.given, frozenset[str]()
        trouble = f"description could not be proposed ({type(error).__name__})"
    if not description.title:
        description = replace(description, title=_last_resort(raw))
        proposed |= {"title"}
    return description, proposed, trouble


def _last_resort(raw: Raw) -> str:
    """Return a title where nothing else gives one: by the file's name."""
    name = PurePosixPath(raw.hints.file_name or raw.path.rpartition("::")[2] or raw.path)
    return clean_line(name.stem.replace("_", " ")) or raw.path
