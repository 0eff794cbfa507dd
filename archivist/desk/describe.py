"""Words and icons for what records say: types, languages, marks, names of files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from archivist.desk import formats

if TYPE_CHECKING:
    from archivist.desk.context import Desk
    from archivist.model.record import Description, Record

SEPARATOR: Final = "  ·  "
_ICONS: Final = {
    "press-release": "newspaper",
    "news-report": "newspaper-clipping",
    "statement": "quotes",
    "declaration": "quotes",
    "speech": "microphone",
    "press-briefing": "chats",
    "readout": "chat-centered-text",
    "memcon": "chat-centered-text",
    "communique": "handshake",
    "treaty": "handshake",
    "note": "note-pencil",
    "aide-memoire": "note-pencil",
    "credence": "article",
    "proclamation": "article",
    "presidential-action": "article",
    "resolution": "article",
    "letter": "envelope-simple",
    "correspondence": "envelope-simple",
    "telegram": "paper-plane-tilt",
    "despatch": "paper-plane-tilt",
}
_MEDIA_ICONS: Final = {
    "application/pdf": "file-pdf",
    "message/rfc822": "envelope-simple",
    "image": "image",
    "application/zip": "archive",
}


class Labels(Protocol):
    """What people call codes."""

    def label(self, field: str, code: str) -> str:
        """Return what people call one code."""
        ...


def type_icon(doctype: str) -> str:
    """Return the icon of a type of document."""
    return _ICONS.get(doctype, "file-text")


def media_icon(media_type: str) -> str:
    """Return the icon of a kind of file."""
    kind = media_type.partition("/")[0]
    return _MEDIA_ICONS.get(media_type) or _MEDIA_ICONS.get(kind, "file-text")


def title_of(description: Description) -> str:
    """Return the title, or words for its lack."""
    return description.title or "Without a title"


def reference_of(record: Record) -> str:
    """Return the reference code, else the accession number."""
    return record.description.code or record.ref


def type_of(description: Description, labels: Labels) -> str:
    """Return the name of the type; empty where it is not known."""
    return labels.label("type", description.doctype) if description.doctype else ""


def meta_of(record: Record, labels: Labels, *, place: bool = False) -> str:
    """Return "Joint communiqué · VAL-JC 2014/0031 · Ministry of Foreign Affairs"."""
    description = record.description
    parts = [type_of(description, labels), reference_of(record), description.originator]
    if place and description.place and not description.originator.endswith(description.place):
        parts.append(description.place)
    return SEPARATOR.join(part for part in parts if part)


def marked(mark: str, labels: Labels) -> str:
    """Return the name of a handling mark that is to be shown; open ones are not."""
    return "" if mark in {"", "open"} else labels.label("mark", mark)


def countries_of(description: Description, labels: Labels) -> str:
    """Return the names of the countries, in order."""
    return ", ".join(labels.label("country", code) for code in description.countries)


def hits_of(count: int) -> str:
    """Return "1 hit", "17 hits"; empty for none."""
    return formats.counted(count, "hit") if count else ""


class _Codes:
    """Codes as they are, while no archive is open."""

    def label(self, _field: str, code: str) -> str:
        """Return the code."""
        return code


def labels_of(desk: Desk) -> Labels:
    """Return what people call codes in the open archive."""
    return desk.archive.vocabulary if desk.archive is not None else _Codes()
