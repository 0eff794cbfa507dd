"""The thesaurus: rings of terms that mean the same, those that ship and those of the archive."""

from __future__ import annotations

import csv
import functools
from typing import TYPE_CHECKING, Final

from archivist import assets
from archivist.archive.results import Synonyms
from archivist.model.change import Change
from archivist.model.errors import InputError, StorageError, ValueRefusedError
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from archivist.store import Store

KIND: Final = "synonyms"
_FORBIDDEN: Final = '*"“”„«»'


class Thesaurus:
    """The use case of keeping synonyms, over one store.

    The archive's own rings are things of the store. So is what it changed of those that ship: under
    the shipped number, with the terms it wants, none of them where the ring was taken out.
    """

    def __init__(self, store: Store, who: str = "") -> None:
        """Keep the synonyms of `store` in the name of `who`."""
        self._store = store
        self._who = who

    def listed(self) -> list[Synonyms]:
        """Return every ring, shipped ones first."""
        own, changed = self._kept()
        found = []
        for number, terms in _shipped().items():
            kept = changed[number][1] if number in changed else terms
            if kept:
                found.append(Synonyms(-number, kept, shipped=True, changed=number in changed))
        return found + own

    def rings(self) -> tuple[tuple[str, ...], ...]:
        """Return the terms of every ring; every search asks for them."""
        own, changed = self._kept()
        if not (own or changed):
            return _shipped_rings()
        shipped = (
            changed[number][1] if number in changed else terms
            for number, terms in _shipped().items()
        )
        return (*filter(None, shipped), *(ring.terms for ring in own))

    def set(self, number: int, terms: Sequence[str]) -> Change:
        """Give a ring its terms; a new one where the number is 0.

        Raises:
            InputError: there is no such ring.
            ValueRefusedError: the terms cannot be synonyms.
        """
        ring = checked(terms)
        title = f"Synonyms: {', '.join(ring)}"
        if number < 0:
            return self._override(-number, ring, title)
        if number and all(own.number != number for own in self._kept()[0]):
            raise _unknown(number)
        return self._put([(number, {"terms": ring})], title)

    def remove(self, number: int) -> Change:
        """Take a ring out.

        Raises:
            InputError: there is no such ring.
        """
        gone = next((ring for ring in self.listed() if ring.number == number), None)
        if gone is None:
            raise _unknown(number)
        title = f"Removal of synonyms: {', '.join(gone.terms)}"
        return (
            self._override(-number, (), title) if number < 0 else self._put([(number, {})], title)
        )

    def load(self, path: Path) -> Change:
        """Add the rings of a CSV file, a ring in a row; those that are there already stay.

        Raises:
            InputError: a row cannot be read; nothing is added then.
            StorageError: the file cannot be read.
        """
        there = {_key(ring) for ring in self.rings()}
        new: dict[frozenset[tuple[str, ...]], tuple[str, ...]] = {}
        for ring in _read(path):
            if _key(ring) not in there:
                new.setdefault(_key(ring), ring)
        return self._put(
            [(0, {"terms": ring}) for ring in new.values()], f"Import of synonyms: {path.name}"
        )

    def save(self, path: Path) -> None:
        """Write every ring to a CSV file, a ring in a row, as `load` reads it.

        Raises:
            StorageError: the file cannot be written.
        """
        from archivist.dossier.exchange.tables import harmless  # noqa: PLC0415 - only for export
        from archivist.dossier.files import aside  # noqa: PLC0415 - only for export

        with aside(path) as draft, draft.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([harmless(t) for t in ring] for ring in self.rings())

    def _override(self, shipped: int, ring: tuple[str, ...], title: str) -> Change:
        """Keep what the archive wants of a shipped ring; nothing where it wants what ships."""
        if shipped not in _shipped():
            raise _unknown(-shipped)
        _, changed = self._kept()
        number = changed[shipped][0] if shipped in changed else 0
        if ring == _shipped()[shipped]:
            return self._put([(number, {})] if number else [], title)
        return self._put([(number, {"shipped": shipped, "terms": ring})], title)

    def _put(self, things: Sequence[tuple[int, Mapping[str, object]]], title: str) -> Change:
        with self._store.write(KIND, title, self._who) as writer:
            for number, value in things:
                writer.put_thing(KIND, number, value)
            return Change(writer.operation, KIND, title)

    def _kept(self) -> tuple[list[Synonyms], dict[int, tuple[int, tuple[str, ...]]]]:
        """Return the archive's own rings; by shipped number, thing and terms of changed ones."""
        own: list[Synonyms] = []
        changed: dict[int, tuple[int, tuple[str, ...]]] = {}
        for thing in self._store.things.list(KIND):
            terms = tuple(map(str, thing.value.get("terms", ())))
            if "shipped" in thing.value:
                changed[int(thing.value["shipped"])] = (thing.number, terms)
            elif terms:
                own.append(Synonyms(thing.number, terms))
        return own, changed


@functools.cache
def _shipped() -> Mapping[int, tuple[str, ...]]:
    """Return the rings that ship with Archivist, by number."""
    with assets.path("authority/synonyms.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["number"]): tuple(row["terms"].split(";")) for row in csv.DictReader(file)}


@functools.cache
def _shipped_rings() -> tuple[tuple[str, ...], ...]:
    return tuple(_shipped().values())


def checked(terms: Sequence[str]) -> tuple[str, ...]:
    """Return terms as a ring keeps them: at least two, each with a word, none twice.

    Raises:
        ValueRefusedError: they cannot be synonyms.
    """
    ring: dict[tuple[str, ...], str] = {}
    for given in terms:
        term = " ".join(given.split())
        if any(sign in term for sign in _FORBIDDEN):
            raise ValueRefusedError(
                "synonym", term, "it holds a quotation mark or an asterisk.", "Write words only."
            )
        if term and not words_of(term):
            raise ValueRefusedError("synonym", term, "it has no letter.", "Write words only.")
        if term:
            ring.setdefault(tuple(words_of(term)), term)
    if len(ring) < 2:  # noqa: PLR2004 - one term means the same as itself
        raise ValueRefusedError(
            "synonyms", ", ".join(ring.values()), "there must be two different terms at least."
        )
    return tuple(ring.values())


def _key(ring: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words_of(term)) for term in ring)


def _unknown(number: int) -> InputError:
    return InputError(f"There are no synonyms {number}.", "The list of synonyms tells the numbers.")


def _read(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the rings of a CSV file; rows that are empty or begin with # are left out."""
    from archivist.intake.readers.encoding import decode  # noqa: PLC0415 - only for import

    try:
        lines = decode(path.read_bytes()).splitlines()
    except OSError as error:
        raise StorageError(
            f"{path} could not be read: {error.strerror or error}.", "Choose another file."
        ) from error
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        separator = "," if "," in line else ";"
        cells = next(csv.reader([line], delimiter=separator))
        try:
            yield checked([_without_guard(cell) for cell in cells])
        except ValueRefusedError as error:
            raise InputError(
                f"Line {number} of {path.name} holds no synonyms: {error.message}",
                "Write the terms that mean the same in one line, with commas between them.",
            ) from error


def _without_guard(cell: str) -> str:
    """Return a cell without the apostrophe that kept a spreadsheet from taking it for a formula."""
    from archivist.dossier.exchange.tables import harmless  # noqa: PLC0415 - only for import

    plain = cell.removeprefix("'")
    return plain if harmless(plain) == cell else cell
