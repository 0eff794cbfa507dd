"""Plain rules for statements, so that tests of the archive do not depend on the real ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archivist.model.statement import DatedFact, Statement

_SAID = re.compile(r"“([^”]+)”,? (?:(?P<who>[A-Z][a-z]+(?: [A-Z][a-z]+)*)|he|she) (said|hinted)")
_THAT = re.compile(r"(?P<who>[A-Z][a-z]+(?: [A-Z][a-z]+)*) said that ([^.]+)")
_DAY = re.compile(r"In (\d{4})[^.]*")


@dataclass(frozen=True)
class PlainRules:
    """Finds “…”, NAME said, and NAME said that …; what was hinted is not sure."""

    version: int = 1

    def statements(self, text: str, *, title: str, **_about: str) -> Sequence[Statement]:
        """Return who says what in a text."""
        found = [
            Statement(
                match.start(1),
                match.end(1),
                "direct",
                speaker=match["who"] or title,
                surface=match["who"] or "he",
                role="Minister" if match["who"] else "",
                cue=match[3],
                certainty=0.9 if match[3] == "said" else 0.5,
                rule=f"after-{self.version}",
            )
            for match in _SAID.finditer(text)
        ]
        found += [
            Statement(match.start(2), match.end(2), "indirect", speaker=match["who"], cue="said")
            for match in _THAT.finditer(text)
        ]
        return sorted(found)

    def facts(self, text: str, **_about: str) -> Sequence[DatedFact]:
        """Return the sentences that begin with a year."""
        return [DatedFact(*m.span(), m[1], f"In {m[1]}") for m in _DAY.finditer(text)]
