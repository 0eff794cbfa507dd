"""Everything in SQLite and beside it: records, their journal, originals, imports, state."""

from __future__ import annotations

from archivist.store.imports import Import, ImportItem, Imports
from archivist.store.journal import Journal
from archivist.store.originals import Originals
from archivist.store.records import Records
from archivist.store.series import FilePlan, Series
from archivist.store.state import State
from archivist.store.statement_rows import Read, Reading
from archivist.store.statements import Followed, Statements, Turned
from archivist.store.store import Store
from archivist.store.things import Thing, Things
from archivist.store.undo import Undone
from archivist.store.values import NewRecord
from archivist.store.writer import Writer

__all__ = [
    "FilePlan",
    "Followed",
    "Import",
    "ImportItem",
    "Imports",
    "Journal",
    "NewRecord",
    "Originals",
    "Read",
    "Reading",
    "Records",
    "Series",
    "State",
    "Statements",
    "Store",
    "Thing",
    "Things",
    "Turned",
    "Undone",
    "Writer",
]
