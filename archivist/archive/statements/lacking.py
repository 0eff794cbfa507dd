"""Why a query finds no statement, in plain words, and what would find some."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from archivist.archive.finding import likes_of
from archivist.archive.statements.voices import SURE, SURELY
from archivist.model.query import And, Everything, Node, Value, all_of
from archivist.model.query_format import format_query
from archivist.model.query_said import of_statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from archivist.archive.vocabulary import Vocabulary
    from archivist.search import Searcher
    from archivist.search.explain import Reason

_NAMES: Final = {
    "speaker": "Nobody speaks by the name",
    "role": "Nobody speaks who has the office",
}
_LIKE: Final = (
    "Similar to a record are other records, no statements; see them in the list of records."
)
_SURELY: Final = Value(SURE, SURELY)
_QUOTED: Final = re.compile(r"(“[^”]*”)")
_RECORD: Final = re.compile(r"\brecord(s?)\b")


class Lacking:
    """Tells why there is nothing, on the state of the index that found nothing."""

    def __init__(
        self, searcher: Searcher, vocabulary: Vocabulary, widen: Callable[[Node], Node]
    ) -> None:
        """Tell of what `searcher` finds; `widen` puts synonyms and other names into a part."""
        self._searcher = searcher
        self._vocabulary = vocabulary
        self._widen = widen

    def why(self, parsed: Node, *, unsure: bool) -> Reason:
        """Say why no statement matches a query.

        Args:
            parsed: the query as it was read.
            unsure: whether those were searched, too, that may be wrong.
        """
        from archivist.search import explain  # noqa: PLC0415 - only when nothing is found

        if not self._searcher.count:
            return explain.Reason("No statement has been read from the texts of this archive yet.")
        if next(likes_of(parsed), None) is not None:
            return explain.Reason(_LIKE)
        if (nobody := self._nobody(parsed)) is not None:
            return nobody
        if not unsure and (others := self._searcher.frequency(of_statements(self._widen(parsed)))):
            are = "1 statement matches" if others == 1 else f"{others:,} statements match"
            return explain.Reason(f"No statement that is sure matches; {are} that may be wrong.")
        if isinstance(parsed, Everything):
            return explain.Reason("The archive holds no statement.")

        def asked(part: Node) -> Node:
            meant = of_statements(self._widen(part))
            return meant if unsure else all_of((meant, _SURELY))

        typed = of_statements(parsed, "")
        found = explain.reason(
            self._searcher, typed, format_query, self._vocabulary.label, widen=asked
        )
        return found._replace(text=of_statements_said(found.text))

    def _nobody(self, parsed: Node) -> Reason | None:
        """Say that nobody of a name says anything; propose a name that is spelled nearly so."""
        from archivist.model.words import words_of  # noqa: PLC0415 - only when nothing is found
        from archivist.search.explain import Reason  # noqa: PLC0415 - only when nothing is found
        from archivist.search.suggest import nearest  # noqa: PLC0415 - only when nothing is found

        parts = parsed.parts if isinstance(parsed, And) else (parsed,)
        for at, part in enumerate(parts):
            if not isinstance(part, Value) or part.field not in _NAMES:
                continue
            if self._searcher.frequency(of_statements(self._widen(part))):
                continue
            known = dict.fromkeys(
                word for value, _ in self._searcher.values(part.field) for word in words_of(value)
            )
            near = [
                word if word in known else next(iter(nearest(word, list(known))), "")
                for word in words_of(part.value)
            ]
            said = f"{_NAMES[part.field]} “{part.value}”"
            other = Value(part.field, " ".join(near))
            if not all(near) or not self._searcher.frequency(other):
                return Reason(f"{said}.")
            whole = all_of((*parts[:at], other, *parts[at + 1 :]))
            return Reason(f"{said}; “{other.value}” is there.", format_query(whole))
        return None


def of_statements_said(text: str) -> str:
    """Return a reason in which statements stand for records; what is quoted stays."""
    pieces = _QUOTED.split(text)
    pieces[::2] = [_RECORD.sub(r"statement\1", piece) for piece in pieces[::2]]
    return "".join(pieces)
