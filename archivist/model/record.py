"""Records, their descriptions and what intake hands over to be filed."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

DOCTYPES: tuple[str, ...] = (
    "press-release",
    "statement",
    "readout",
    "communique",
    "speech",
    "press-briefing",
    "fact-sheet",
    "proclamation",
    "declaration",
    "presidential-action",
    "note",
    "aide-memoire",
    "credence",
    "letter",
    "telegram",
    "despatch",
    "memorandum",
    "memcon",
    "report",
    "treaty",
    "resolution",
    "news-report",
    "correspondence",
    "editorial-note",
    "other",
)
"""The types of document every archive knows; an archive can add its own."""

AGENT_ROLES: tuple[str, ...] = (
    "author",
    "signatory",
    "addressee",
    "speaker",
    "participant",
    "mentioned",
)
"""What an agent may have to do with a record, most telling first."""


@dataclass(frozen=True, slots=True, order=True)
class AgentRole:
    """A person or body as named by a record, and what it has to do with it.

    Attributes:
        name: the fullest form the document gives.
        role: one of AGENT_ROLES.
    """

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Description:
    """What a record says about a document. Every unknown value is empty.

    Attributes:
        title: the name of the document.
        date: ISO 8601, as exact as the document is.
        doctype: one of DOCTYPES, or a type of the archive's own.
        place: as spelled in the dateline.
        language: ISO 639-1 code.
        originator: the body that issued it.
        number: the document's own number, for example "No. 14/2/2024".
        series: code of the series of the file plan.
        code: reference code by series; unique in the archive where it is not empty.
        mark: handling mark.
        countries: ISO 3166-1 alpha-2 codes, sorted, without repetition.
        agents: persons and bodies with their roles, in order.
        tags: words the archivist gave, in order.
        custom: fields of the archive's own, by name.
    """

    title: str = ""
    date: str = ""
    doctype: str = ""
    place: str = ""
    language: str = ""
    originator: str = ""
    number: str = ""
    series: str = ""
    code: str = ""
    mark: str = ""
    countries: tuple[str, ...] = ()
    agents: tuple[AgentRole, ...] = ()
    tags: tuple[str, ...] = ()
    custom: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file as received, before they are kept.

    Attributes:
        path: where the bytes lie now.
        name: the file's own name, for people.
        media_type: as told from the content, for example "application/pdf".
        sha256: hexadecimal digest of the bytes.
        size: in bytes.
        temporary: whether `path` is ours to move away (a member unpacked into a spool).
    """

    path: Path
    name: str
    media_type: str
    sha256: str
    size: int
    temporary: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """One document as intake read it, ready to be filed.

    Attributes:
        path: as given or found; `CONTAINER::MEMBER`, `CONTAINER::LINE`.
        description: given and proposed values.
        proposed: names of description attributes whose values were proposed, not given.
        text: clean text, or empty where the document has none.
        digest: SHA-256 of the document's own bytes (of the row for a row of a catalogue).
        content: the original, or None for text typed in. Rows share their catalogue's.
        parent: path of the message this was attached to, or empty.
        note: what the user should know, for example "no text"; may be empty.
        repeated: whether the archive was said to hold these bytes already, so that nothing but path
            and digest was looked at: it can be named a duplicate, never be filed.
    """

    path: str
    description: Description
    proposed: frozenset[str]
    text: str
    digest: str
    content: Content | None = None
    parent: str = ""
    note: str = ""
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that cannot be filed.

    Attributes:
        path: as given or found.
        reason: why, in plain words, with what to do.
        detail: what the reader said, for the folded details; may be empty.
    """

    path: str
    reason: str
    detail: str = ""


class State(enum.StrEnum):
    """Where a record is in its life."""

    FILED = "filed"
    TRASHED = "trashed"
    CANCELLED = "cancelled"
    """Its filing was undone: the number stays accounted for by this stub."""


@dataclass(frozen=True, slots=True)
class Original:
    """A file as received, kept under its digest.

    Attributes:
        sha256: hexadecimal digest, and its name in the store.
        size: in bytes.
        name: the file's own name.
        media_type: as told from the content.
        member: line of the catalogue, or empty.
    """

    sha256: str
    size: int
    name: str
    media_type: str
    member: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the archive as it stands.

    Attributes:
        id: key within this archive; stable, never reused.
        ref: accession number, given once, never changed, never reused.
        state: filed, in the trash, or cancelled.
        description: what it says about the document.
        proposed: names of description attributes nobody has confirmed.
        inbox: whether the archivist has still to look at it.
        text_hash: SHA-256 of the current text, or empty where there is none.
        text_version: 1 for the text as filed; each correction adds one; 0 without text.
        original: the file as received, or None.
        path: as it was filed from.
        parent: ref of the message this was attached to, or empty.
        filed: when, UTC, ISO 8601.
        changed: when it last changed, UTC, ISO 8601.
        note: what filing noticed, for example "no text".
    """

    id: int
    ref: str
    state: State
    description: Description
    proposed: frozenset[str] = frozenset()
    inbox: bool = False
    text_hash: str = ""
    text_version: int = 0
    original: Original | None = None
    path: str = ""
    parent: str = ""
    filed: str = ""
    changed: str = ""
    note: str = ""
