"""Why a query finds nothing, in plain words, and what would find something."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from archivist.model.fields import BY_NAME
from archivist.model.query import (
    And,
    Dated,
    Everything,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
    Word,
)
from archivist.model.words import words_of
from archivist.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Sequence


Label: TypeAlias = Callable[[str, str], str]
"""Takes a field and a value, returns the value as people call it."""
_MOST_PARTS = 12
_LEAST_BEGINNING = 3
"""Letters a word must have for words that begin so to be proposed."""


class Reason(NamedTuple):
    """Why nothing is found.

    Attributes:
        text: in plain words, whole sentences.
        proposal: a query text that finds something, or empty.
    """

    text: str
    proposal: str = ""


def plain(_field: str, value: str) -> str:
    """Return the value itself."""
    return value


def reason(
    searcher: Searcher, node: Node, write: Callable[[Node], str], label: Label = plain
) -> Reason:
    """Say why a query finds nothing.

    Args:
        searcher: on the state of the index that found nothing.
        node: the query.
        write: turns a tree into query text.
        label: names values for people.
    """
    return _Inquiry(searcher, write, label).reason(node)


@dataclass(frozen=True)
class _Inquiry:
    searcher: Searcher
    write: Callable[[Node], str]
    label: Label

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

    # --- a part that finds nothing by itself

    def _missing(self, parts: Sequence[Node]) -> Reason | None:
        alone = all(map(_is_filter, parts))
        for number, part in enumerate(parts):
            if (alone or not _is_filter(part)) and not self._found(part):
                sentence, mended = self._alone(part)
                return Reason(sentence, self._proposal(parts, number, mended))
        return None

    def _proposal(self, parts: Sequence[Node], number: int, mended: Node | None) -> str:
        """A query with a part mended, or else without it, if that finds something."""
        rest = [part for other, part in enumerate(parts) if other != number]
        if mended is not None:
            whole = [*parts[:number], mended, *parts[number + 1 :]]
            if self._found(_all(whole)):
                return self.write(_all(whole))
        if rest and self._found(_all(rest)):
            return self.write(_all(rest))
        return ""

    def _alone(self, part: Node) -> tuple[str, Node | None]:
        """Say why a part finds nothing; return what would, if anything is near."""
        if isinstance(part, Word | Prefix):
            return self._spelled(part)
        if isinstance(part, Phrase):
            return self._phrased(part)
        if isinstance(part, Or):
            sentences = [self._alone(inner) for inner in part.parts[:_MOST_PARTS]]
            mended = next((node for _, node in sentences if node is not None), None)
            return " ".join(sentence for sentence, _ in sentences), mended
        if isinstance(part, And):
            return self.reason(part).text, None
        return f"No record has {self._name(part)}.", None

    def _spelled(self, part: Word | Prefix) -> tuple[str, Node | None]:
        where = f" in the {part.field}" if part.field else ""
        if isinstance(part, Prefix):
            return f"No word{where} begins with “{part.text}”.", None
        missing = f"No record has the word “{part.text}”{where}."
        begun = Prefix(part.text, part.field)
        if len(part.text) >= _LEAST_BEGINNING and (found := self._found(begun)):
            return f"{missing} {_records(found)} words that begin so.", begun
        for near in self.searcher.suggest(part.text):
            mended = replace(part, text=near)
            if found := self._found(mended):
                return f"{missing} {_records(found)} “{near}”.", mended
        return missing, None

    def _phrased(self, part: Phrase) -> tuple[str, Node | None]:
        words = words_of(part.text)
        if not words:
            return f"“{part.text}” holds no word to look for.", None
        for word in words:
            if not self._found(Phrase(word, part.field)):
                sentence, mended = self._spelled(Word(word, part.field))
                if not isinstance(mended, Word):
                    return sentence, None
                whole = Phrase(" ".join(_swapped(words, word, mended.text)), part.field)
                return sentence, whole if self._found(whole) else None
        scattered = _all([Word(word, part.field) for word in dict.fromkeys(words)])
        found = self._found(scattered)
        sentence = f"No record has the exact words “{part.text}”"
        if not found:
            return f"{sentence}, though each of the words occurs.", None
        having = "record has" if found == 1 else "records have"
        return f"{sentence}; {found:,} {having} all of these words, elsewhere.", scattered

    # --- parts that find something each, but not together

    def _filtered(self, parts: Sequence[Node]) -> Reason | None:
        words = [part for part in parts if not _is_filter(part)]
        filters = [part for part in parts if _is_filter(part)]
        if not self._found(_all(words)):
            return None
        for number, each in enumerate(filters):
            kept = [*words, *filters[:number]]
            if not self._found(_all([*kept, each])):
                return self._left_none(kept, each)
        return None

    def _left_none(self, kept: Sequence[Node], last: Node) -> Reason:
        names = [self._name(each) for each in kept if _is_filter(each)]
        if len(names) < len(kept):
            names.insert(0, "the words")
        found = self._found(_all(kept))
        matching = "record matches" if found == 1 else "records match"
        sentence = f"{found:,} {matching} {' and '.join(names)}; {self._name(last)} leaves none."
        return Reason(sentence, self.write(_all(kept)))

    def _excluding(self, parts: Sequence[Node]) -> Reason | None:
        for one, other in itertools.combinations(parts[:_MOST_PARTS], 2):
            if not self._found(And((one, other))):
                sentence = f"No record has both {self._name(one)} and {self._name(other)}."
                return Reason(sentence, self._without_one(parts))
        return None

    def _together(self, parts: Sequence[Node]) -> Reason:
        names = ", ".join(self._name(part) for part in parts)
        return Reason(f"No record has all of these at once: {names}.", self._without_one(parts))

    def _without_one(self, parts: Sequence[Node]) -> str:
        """The query without the part whose absence brings most back."""
        best: tuple[int, Node | None] = (0, None)
        for number in range(min(len(parts), _MOST_PARTS)):
            rest = _all([part for other, part in enumerate(parts) if other != number])
            if (found := self._found(rest)) > best[0]:
                best = (found, rest)
        return "" if best[1] is None else self.write(best[1])

    # --- small parts

    def _found(self, node: Node) -> int:
        return self.searcher.frequency(node)

    def _name(self, node: Node) -> str:
        """Name a part within a sentence."""
        if isinstance(node, Everything):
            return "anything"
        if isinstance(node, Word | Phrase | Prefix):
            mark = "…" if isinstance(node, Prefix) else ""
            return f"“{node.text}{mark}”" + (f" in the {node.field}" if node.field else "")
        if isinstance(node, Value):
            value = node.value + "…" if node.prefix else self.label(node.field, node.value)
            return f"the {_label(node.field)} {value}"
        if isinstance(node, Dated):
            return f"the {_label(node.field)} {node.range}"
        if isinstance(node, Not):
            return f"leaving out {self._name(node.part)}"
        joint = " and " if isinstance(node, And) else " or "
        return joint.join(self._name(part) for part in node.parts)


def _is_filter(node: Node) -> bool:
    if isinstance(node, Or):
        return all(map(_is_filter, node.parts))
    return isinstance(node, Value | Dated | Not)


def _all(parts: Sequence[Node]) -> Node:
    if not parts:
        return Everything()
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _swapped(words: Sequence[str], old: str, new: str) -> list[str]:
    return [new if word == old else word for word in words]


def _records(found: int) -> str:
    return "1 record has" if found == 1 else f"{found:,} records have"


def _label(field: str) -> str:
    known = BY_NAME.get(field)
    return field if known is None else known.label.lower()
