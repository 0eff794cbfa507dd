"""Why a query finds nothing, in plain words, and what would find something."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from archivist.model.query import And, Dated, Node, Not, Or, Phrase, Prefix, Value, Word
from archivist.search.lacking import MOST_PARTS, MOST_SENTENCES, Lacking, all_parts
from archivist.search.naming import name_of
from archivist.search.searcher import Searcher
from archivist.search.valued import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_EVALUATIONS = 80
_EVALUATIONS = 8
"""So many are made however long they take: a near spelling is told on a slow computer, too."""
SECONDS = 0.15
"""After so long, no further reason is looked for."""


class Reason(NamedTuple):
    """Why nothing is found.

    Attributes:
        text: in plain words, whole sentences.
        proposal: a query text that finds something, or empty.
    """

    text: str
    proposal: str = ""


class _TooLongError(Exception):
    """The search for a reason has taken too long."""


def plain(_field: str, value: str) -> str:
    """Return the value itself."""
    return value


def typed(node: Node) -> Node:
    """Return the part itself."""
    return node


def reason(
    searcher: Searcher,
    node: Node,
    write: Callable[[Node], str],
    label: Label = plain,
    *,
    seconds: float = SECONDS,
    widen: Callable[[Node], Node] = typed,
) -> Reason:
    """Say why a query finds nothing.

    Args:
        searcher: on the state of the index that found nothing.
        node: the query.
        write: turns a tree into query text.
        label: names values for people.
        seconds: how long to look for reasons.
        widen: returns what the index is asked for a part, synonyms included; `node` is as typed.
    """
    inquiry = _Inquiry(searcher, write, label, time.monotonic() + seconds, widen)
    try:
        return inquiry.reason(node)
    except _TooLongError:
        return inquiry.unexplained(node)


@dataclass(frozen=True)
class _Inquiry:
    searcher: Searcher
    write: Callable[[Node], str]
    label: Label
    until: float
    widen: Callable[[Node], Node]
    known: dict[Node, int] = field(default_factory=dict)

    def reason(self, node: Node) -> Reason:
        if not self.searcher.count:
            return Reason("The archive has no records yet.")
        parts = list(node.parts) if isinstance(node, And) else [node]
        return (
            self._missing(parts)
            or self._filtered(parts)
            or self._excluding(parts)
            or self._together(parts)
        )

    def unexplained(self, node: Node) -> Reason:
        """Say the least that is true."""
        if isinstance(node, And):
            names = ", ".join(self._name(part) for part in node.parts[:MOST_PARTS])
            return Reason(f"No record has all of these at once: {names}.")
        return Reason(f"No record has {self._name(node)}.")

    # --- parts that find nothing by themselves

    def _missing(self, parts: Sequence[Node]) -> Reason | None:
        alone = all(map(_is_filter, parts))
        mends: dict[int, Node | None] = {}
        sentences: list[str] = []
        try:
            for number, part in sorted(enumerate(parts), key=lambda each: _effort(each[1])):
                if (alone or not _is_filter(part)) and not self._found(part):
                    sentence, mends[number] = self._lacking.why(part)
                    sentences.append(sentence)
                    if len(mends) == MOST_SENTENCES:
                        break
            proposal = self._proposal(parts, mends) if mends else ""
        except _TooLongError:
            if not sentences:
                raise
            proposal = ""
        return Reason(" ".join(dict.fromkeys(sentences)), proposal) if mends else None

    @property
    def _lacking(self) -> Lacking:
        return Lacking(self.searcher, self.label, self._found, lambda part: self.reason(part).text)

    def _proposal(self, parts: Sequence[Node], mends: dict[int, Node | None]) -> str:
        """A query with what is missing mended, or else left out, if that finds something."""
        mended = [mends.get(number, part) for number, part in enumerate(parts)]
        rest = [part for number, part in enumerate(parts) if number not in mends]
        for several in ([part for part in mended if part is not None], rest):
            if several and self._found(all_parts(several)):
                return self.write(all_parts(several))
        return ""

    # --- parts that find something each, but not together

    def _filtered(self, parts: Sequence[Node]) -> Reason | None:
        words = [part for part in parts if not _is_filter(part)]
        filters = [part for part in parts if _is_filter(part)]
        if not self._found(all_parts(words)):
            return None
        for number, each in enumerate(filters):
            kept = [*words, *filters[:number]]
            if not self._found(all_parts([*kept, each])):
                return self._left_none(kept, each)
        return None

    def _left_none(self, kept: Sequence[Node], last: Node) -> Reason:
        names = [self._name(each) for each in kept if _is_filter(each)]
        if len(names) < len(kept):
            names.insert(0, "the words")
        found = self._found(all_parts(kept))
        matching = "record matches" if found == 1 else "records match"
        matched = f" {' and '.join(names)}" if names else ""
        sentence = f"{found:,} {matching}{matched}; {self._name(last)} leaves none."
        return Reason(sentence, self.write(all_parts(kept)))

    def _excluding(self, parts: Sequence[Node]) -> Reason | None:
        for one, other in itertools.combinations(parts[:MOST_PARTS], 2):
            if not self._found(And((one, other))):
                sentence = f"No record has both {self._name(one)} and {self._name(other)}."
                return Reason(sentence, self._without_one(parts))
        return None

    def _together(self, parts: Sequence[Node]) -> Reason:
        names = ", ".join(self._name(part) for part in parts)
        return Reason(f"No record has all of these at once: {names}.", self._without_one(parts))

    def _without_one(self, parts: Sequence[Node]) -> str:
        """The query without the part whose absence brings most back, or else with what it can."""
        best: tuple[int, Node | None] = (0, None)
        for number in range(min(len(parts), MOST_PARTS)):
            rest = all_parts([part for other, part in enumerate(parts) if other != number])
            if (found := self._found(rest)) > best[0]:
                best = (found, rest)
        return self.write(self._joinable(parts) if best[1] is None else best[1])

    def _joinable(self, parts: Sequence[Node]) -> Node:
        """Return the query with as many parts as go together, the commonest first."""
        kept: list[Node] = []
        for part in sorted(parts[:MOST_PARTS], key=self._found, reverse=True):
            if self._found(all_parts([*kept, part])):
                kept.append(part)
        return all_parts(kept)

    # --- small parts

    def _found(self, node: Node) -> int:
        if node not in self.known:
            late = time.monotonic() > self.until
            if len(self.known) >= (_EVALUATIONS if late else _MOST_EVALUATIONS):
                raise _TooLongError
            self.known[node] = self.searcher.frequency(self.widen(node))
        return self.known[node]

    def _name(self, node: Node) -> str:
        return name_of(node, self.label)


def _effort(node: Node) -> int:
    """Return a number that is small where it is soon known what a part finds."""
    return 0 if isinstance(node, Word | Phrase | Prefix | Value | Dated) else 1


def _is_filter(node: Node) -> bool:
    if isinstance(node, Or):
        return all(map(_is_filter, node.parts))
    return isinstance(node, Value | Dated | Not)
