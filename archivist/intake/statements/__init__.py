"""Who said what: quotations, reported speech and turns of transcripts, with their speakers."""

from __future__ import annotations

from archivist.intake.statements.extraction import extract
from archivist.intake.statements.when.facts import dated_facts

VERSION = 3
"""To be raised whenever a rule changes what is found: archives then read all their texts anew."""

__all__ = ["VERSION", "dated_facts", "extract"]
