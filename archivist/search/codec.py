"""How Whoosh reads and writes packed segments: its public plug points, and nothing past them.

Whoosh keeps the lock, the table of contents, deletions and the clean-up. Its posting pool, columns,
stored fields, matchers and scoring are passed by: `archivist.search.evaluate` reads the arrays. Its
own searcher works over the same segments, which the tests use as a second opinion.

The table of contents pickles these classes by the name of this module: never rename it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from typing_extensions import override
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Segment
from whoosh.formats import Positions
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from archivist.search.invert import Tokens, invert
from archivist.search.segment import PackedField
from archivist.search.types import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from whoosh.fields import FieldType
    from whoosh.formats import Format
    from whoosh.scoring import WeightScorer

    from archivist.search.arrays import Array, Mask, Numbers
    from archivist.search.storage import SealedStorage

KEYS = "keys"
"""The array of the keys of a segment's documents, beside those of its fields."""


class PackedSegment(W3Segment):  # type: ignore[misc]  # Whoosh is untyped
    """A segment whose files are packed arrays; deletions stand in the table of contents.

    Attributes:
        tokens: words of all its documents, which say what merging it costs.
        waiting: keys of documents that came by Whoosh's own way in and are not written yet.
    """

    tokens = 0
    waiting: Sequence[int] = ()

    @property
    def file_name(self) -> str:
        """The name of the segment's file."""
        return str(self.make_filename(".pak"))

    @override
    def should_assemble(self) -> bool:
        return False


class PackedCodec(base.Codec):  # type: ignore[misc]  # Whoosh is untyped
    """Everything on disk."""

    length_stats = False

    @override
    def per_document_writer(
        self, storage: SealedStorage, segment: PackedSegment
    ) -> PackedDocWriter:
        return PackedDocWriter(segment)

    @override
    def field_writer(self, storage: SealedStorage, segment: PackedSegment) -> PackedFieldWriter:
        return PackedFieldWriter(storage, segment)

    @override
    def terms_reader(self, storage: SealedStorage, segment: PackedSegment) -> PackedTermsReader:
        return PackedTermsReader(storage, segment)

    @override
    def per_document_reader(
        self, storage: SealedStorage, segment: PackedSegment
    ) -> PackedDocReader:
        return PackedDocReader(storage, segment)

    @override
    def new_segment(self, storage: SealedStorage, indexname: str) -> PackedSegment:
        return PackedSegment(self, indexname)

    @override
    def postings_writer(self, dbfile: object, byteids: bool = False) -> object:
        raise NotImplementedError("postings stand in the arrays of their field")

    @override
    def postings_reader(self, dbfile: object, *arguments: object, **options: object) -> object:
        raise NotImplementedError("postings stand in the arrays of their field")


# --- a whole segment in one go


def put_segment(
    storage: SealedStorage,
    segment: PackedSegment,
    keys: Sequence[int] | Numbers,
    fields: Iterable[Tokens],
) -> None:
    """Write a segment's file, given the words of each of its fields in the order of FIELDS."""
    facts: dict[str, object] = {}
    arrays: dict[str, Array] = {KEYS: np.asarray(keys, np.uint32)}
    segment.set_doc_count(len(keys))
    for name, tokens in zip(FIELDS, fields, strict=True):
        inverted = invert(name, tokens)
        facts |= inverted.facts
        arrays |= inverted.arrays
        segment.tokens += inverted.tokens
    storage.put(segment.file_name, facts, arrays)


def kept(segment: PackedSegment) -> Mask | None:
    """Tell which documents of a segment live, or None where all do."""
    if not segment.has_deletions():
        return None
    alive = np.ones(segment.doc_count_all(), bool)
    alive[np.fromiter(segment.deleted_docs(), np.int64)] = False
    return alive


# --- Whoosh's own way in: add_document


class PackedDocWriter(base.PerDocumentWriter):  # type: ignore[misc]  # Whoosh is untyped
    """Gathers keys; the field writer, which ends after it, writes them with the rest."""

    def __init__(self, segment: PackedSegment) -> None:
        self._segment = segment
        self._keys: list[int] = []
        self.is_closed = False

    @override
    def start_doc(self, docnum: int) -> None:
        self._keys.append(0)

    @override
    def add_field(self, fieldname: str, fieldobj: FieldType, value: object, length: int) -> None:
        if fieldname == "key" and isinstance(value, int):
            self._keys[-1] = value

    @override
    def add_column_value(self, fieldname: str, columnobj: object, value: object) -> None:
        raise NotImplementedError("columns stand outside the segments")

    @override
    def add_vector_items(self, fieldname: str, fieldobj: FieldType, items: object) -> None:
        raise NotImplementedError("there are no vectors")

    def cancel_doc(self) -> None:
        """Forget the document begun."""
        self._keys.pop()

    @override
    def close(self) -> None:
        self._segment.waiting = self._keys
        self.is_closed = True


class PackedFieldWriter(base.FieldWriter):  # type: ignore[misc]  # Whoosh is untyped
    """Gathers postings and inverts them as the bulk way does."""

    def __init__(self, storage: SealedStorage, segment: PackedSegment) -> None:
        self._storage, self._segment = storage, segment
        self._fields = {name: _Postings() for name in FIELDS}
        self._current = self._fields[FIELDS[0]]
        self.is_closed = False

    @override
    def start_field(self, fieldname: str, fieldobj: FieldType) -> None:
        self._current = self._fields[fieldname]
        self._current.format = fieldobj.format

    @override
    def start_term(self, text: bytes) -> None:
        self._current.words.append(text)

    @override
    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        current = self._current
        term = len(current.words) - 1
        for position in current.format.decode_positions(vbytes):
            current.occurrences.append((docnum, position, term))

    @override
    def finish_term(self) -> None:
        pass

    @override
    def close(self) -> None:
        keys, self._segment.waiting = self._segment.waiting, ()
        if keys:
            fields = [self._fields[name].tokens(len(keys)) for name in FIELDS]
            put_segment(self._storage, self._segment, keys, fields)
        self.is_closed = True


class _Postings:
    """Occurrences of one field: document, position, number of the word."""

    def __init__(self) -> None:
        self.words: list[bytes] = []
        self.occurrences: list[tuple[int, int, int]] = []
        self.format = Positions()

    def tokens(self, docs: int) -> Tokens:
        """Put the words back into reading order."""
        self.occurrences.sort()
        ids = np.array([term for _, _, term in self.occurrences], np.uint32)
        owners = np.array([doc for doc, _, _ in self.occurrences], np.int64)
        return Tokens(self.words, ids, np.bincount(owners, minlength=docs).astype(np.uint32))


# --- Whoosh's own way out: its readers, matchers and searcher


class PackedDocReader(base.PerDocumentReader):  # type: ignore[misc]  # Whoosh is untyped
    """Counts, lengths, deletions and keys."""

    def __init__(self, storage: SealedStorage, segment: PackedSegment) -> None:
        self._segment = segment
        file = storage.packed(segment.file_name)
        self._keys = file.array(KEYS)
        self._fields = {name: PackedField(file, name) for name in FIELDS}

    @override
    def close(self) -> None:
        pass

    @override
    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    @override
    def doc_count_all(self) -> int:
        return int(self._segment.doc_count_all())

    @override
    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    @override
    def is_deleted(self, docnum: int) -> bool:
        return bool(self._segment.is_deleted(docnum))

    @override
    def deleted_docs(self) -> Iterable[int]:
        deleted: Iterable[int] = self._segment.deleted_docs()
        return deleted

    @override
    def stored_fields(self, docnum: int) -> dict[str, object]:
        return {"key": int(self._keys[docnum])}

    @override
    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        packed = self._fields.get(fieldname)
        return default if packed is None else int(packed.lengths[docnum])

    @override
    def field_length(self, fieldname: str) -> int:
        packed = self._fields.get(fieldname)
        return 0 if packed is None else packed.tokens_count

    @override
    def min_field_length(self, fieldname: str) -> int:
        return int(self._fields[fieldname].lengths.min())

    @override
    def max_field_length(self, fieldname: str) -> int:
        return int(self._fields[fieldname].lengths.max())


class PackedCursor(base.FieldCursor):  # type: ignore[misc]  # Whoosh is untyped
    """Walks over the words of a field."""

    def __init__(self, packed: PackedField) -> None:
        self._packed = packed
        self._at = 0

    @override
    def first(self) -> str | None:
        self._at = 0
        return self.text()

    @override
    def find(self, string: bytes | str) -> str | None:
        encoded = string.encode() if isinstance(string, str) else string
        self._at = self._packed.find(encoded)
        return self.text()

    @override
    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """Return the word at the cursor."""
        return self._packed.word(self._at) if self.is_valid() else None

    @override
    def term(self) -> str | None:
        return self.text()

    def is_valid(self) -> bool:
        """Tell whether the cursor is at a word."""
        return self._at < self._packed.terms_count


class PackedTermsReader(base.TermsReader):  # type: ignore[misc]  # Whoosh is untyped
    """The words of a segment and their postings."""

    def __init__(self, storage: SealedStorage, segment: PackedSegment) -> None:
        file = storage.packed(segment.file_name)
        self._fields = {name: PackedField(file, name) for name in sorted(FIELDS)}

    def _number(self, fieldname: str, text: bytes) -> int:
        packed = self._fields.get(fieldname)
        return -1 if packed is None else packed.term(text.decode())

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._number(*term) >= 0

    @override
    def indexed_field_names(self) -> list[str]:
        return list(self._fields)

    @override
    def cursor(self, fieldname: str, fieldobj: FieldType) -> PackedCursor:
        return PackedCursor(self._fields[fieldname])

    @override
    def terms(self) -> Iterator[tuple[str, bytes]]:
        return self.terms_from("", b"")

    @override
    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for name, packed in self._fields.items():
            if name >= fieldname:
                start = packed.find(prefix) if name == fieldname else 0
                for number in range(start, packed.terms_count):
                    yield name, packed.term_bytes(number)

    @override
    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return self.items_from("", b"")

    @override
    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        for name, text in self.terms_from(fieldname, prefix):
            yield (name, text), self.term_info(name, text)

    @override
    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        number = self._number(fieldname, text)
        if number < 0:
            raise TermNotFound(f"{fieldname}:{text!r}")
        packed = self._fields[fieldname]
        docs = packed.docs(number)
        lengths = packed.lengths[docs]
        return TermInfo(
            float(packed.collected[number]),
            int(packed.frequency[number]),
            int(lengths.min()),
            int(lengths.max()),
            float(packed.counts(number).max()),
            int(docs[0]),
            int(docs[-1]),
        )

    @override
    def frequency(self, fieldname: str, text: bytes) -> int:
        number = self._number(fieldname, text)
        return int(self._fields[fieldname].collected[number]) if number >= 0 else 0

    @override
    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        number = self._number(fieldname, text)
        return int(self._fields[fieldname].frequency[number]) if number >= 0 else 0

    @override
    def matcher(
        self, fieldname: str, text: bytes, format_: Format, scorer: WeightScorer | None = None
    ) -> ListMatcher:
        info = self.term_info(fieldname, text)
        packed = self._fields[fieldname]
        number = self._number(fieldname, text)
        counts = packed.counts(number).tolist()
        values = [format_.encode(run) for run in _positions(packed, number, counts)]
        return ListMatcher(
            packed.docs(number).tolist(),
            [float(count) for count in counts],
            values,
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=info,
        )

    @override
    def close(self) -> None:
        pass


def _positions(packed: PackedField, term: int, counts: list[int]) -> Iterator[list[int]]:
    places, docs = packed.places(term)
    if docs is None:
        docs = packed.docs_at(places)
    within = (places - packed.base[docs]).tolist()
    start = 0
    for count in counts:
        yield within[start : start + count]
        start += count
