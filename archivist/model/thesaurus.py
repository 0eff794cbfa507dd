"""Words that mean the same: a query widened by them before the index is asked.

The query itself stays as it was typed; what was widened is told, so that it can be said.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from archivist.model.query import (
    And,
    AtLeast,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Within,
    Word,
    all_of,
    any_of,
)
from archivist.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Ring: TypeAlias = tuple[str, ...]
"""Terms that mean the same, as they are written: `("USSR", "Soviet Union")`."""

_Key: TypeAlias = tuple[str, ...]
_EVERYDAY = frozenset((
    "a", "act", "aid", "all", "am", "an", "and", "any", "are", "art", "as", "at", "be", "but",
    "by", "can", "did", "do", "for", "get", "go", "had", "has", "he", "her", "him", "his",
    "how", "i", "if", "in", "is", "it", "its", "let", "may", "me", "my", "no", "nor", "not",
    "now", "of", "off", "on", "one", "or", "our", "out", "per", "she", "so", "the", "to", "too",
    "two", "up", "us", "use", "war", "was", "way", "we", "who", "why", "yes", "you",
))  # fmt: skip
"""Words of every text: an abbreviation that reads like one is no alternative for its long form."""


def widened(node: Node, rings: tuple[Ring, ...]) -> Node:
    """Return the query with alternatives beside each term that a ring holds.

    Terms are plain words, and plain words of one field that follow each other where all must occur
    (`soviet union`); quotations, patterns, beginnings and near spellings stay as they are. A term
    in capitals only ("US") is meant where it was typed in capitals or with points. Such a term is
    no alternative for others where its letters are an everyday word: "us" is in every text.
    """
    return _Widener(_terms(rings)).node(node) if rings else node


def synonyms(node: Node, rings: tuple[Ring, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Return what `widened` widens in a query, and by which terms, in order and each once."""
    widener = _Widener(_terms(rings))
    widener.node(node)
    return list(dict.fromkeys(widener.found))


@dataclass(frozen=True, slots=True)
class _Term:
    """One term of a ring.

    Attributes:
        text: as written.
        capitals: whether it is written in capitals only.
        others: the other terms that mean the same and can be searched instead.
    """

    text: str
    capitals: bool
    others: tuple[str, ...]


@functools.lru_cache(maxsize=4)
def _terms(rings: tuple[Ring, ...]) -> Mapping[_Key, tuple[_Term, ...]]:
    """Return the terms of all rings by their words."""
    found: dict[_Key, tuple[_Term, ...]] = {}
    for ring in rings:
        keys = {term: tuple(words_of(term)) for term in ring}
        for term, key in keys.items():
            if key:
                others = tuple(
                    other
                    for other in ring
                    if keys[other] and keys[other] != key and not _misleads(other, keys[other])
                )
                found[key] = (*found.get(key, ()), _Term(term, _in_capitals(term), others))
    return found


def _in_capitals(text: str) -> bool:
    return text.isupper()


def _misleads(term: str, key: _Key) -> bool:
    return _in_capitals(term) and len(key) == 1 and key[0] in _EVERYDAY


class _Widener:
    """Widens the words of one query.

    Attributes:
        found: what was widened, with its alternatives.
    """

    def __init__(self, terms: Mapping[_Key, tuple[_Term, ...]]) -> None:
        self._terms = terms
        self._longest = max(map(len, terms), default=0)
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def node(self, node: Node) -> Node:
        """Return a tree with alternatives beside its words."""
        match node:
            case Word():
                return self._widened((node,)) or node
            case And(parts):
                return all_of(self._run(parts))
            case Or(parts):
                return any_of(self.node(part) for part in parts)
            case Not(part) | AtLeast(part):
                return replace(node, part=self.node(part))
            case Near(left, right) | Within(left, right):
                return replace(node, left=self.node(left), right=self.node(right))
            case _:
                return node

    def _run(self, parts: tuple[Node, ...]) -> Iterator[Node]:
        """Yield the parts of an And; words that make up a term become one part."""
        at = 0
        while at < len(parts):
            words = self._words_from(parts, at)
            while words and (wider := self._widened(words)) is None:
                words = words[:-1]
            yield wider if words and wider is not None else self.node(parts[at])
            at += len(words) or 1

    def _words_from(self, parts: tuple[Node, ...], at: int) -> tuple[Word, ...]:
        """Return the words of one field that begin here, as many as a term may have."""
        found: list[Word] = []
        for part in parts[at : at + self._longest]:
            if not isinstance(part, Word) or (found and part.field != found[0].field):
                break
            found.append(part)
        return tuple(found)

    def _widened(self, words: tuple[Word, ...]) -> Node | None:
        """Return words that make up a term with its alternatives, or None where they do not."""
        typed = " ".join(word.text for word in words)
        others = self._others(typed)
        if not others:
            return None
        self.found.append((typed, others))
        field = words[0].field
        return any_of([all_of(words), *(_searched(other, field) for other in others)])

    def _others(self, typed: str) -> tuple[str, ...]:
        key = tuple(words_of(typed))
        spelled = _pointed(typed, key)
        terms = [
            term
            for term in self._terms.get(key, ())
            if not term.capitals or spelled or _in_capitals(typed)
        ]
        others = [other for term in terms for other in term.others]
        for term in self._terms.get(("".join(key),), ()) if spelled else ():
            others += [] if _misleads(term.text, tuple(words_of(term.text))) else [term.text]
            others += term.others
        distinct = {tuple(words_of(other)): other for other in reversed(others)}
        distinct.pop(key, None)
        return tuple(other for other in dict.fromkeys(others) if other in distinct.values())


def _pointed(typed: str, key: _Key) -> bool:
    """Whether letters stand between points: `U.S.`."""
    return "." in typed and len(key) > 1 and all(len(word) == 1 for word in key)


def _searched(term: str, field: str) -> Word | Phrase:
    """Return what is searched for a term: several words as written, one with its other forms."""
    if " " in term.strip():
        return Phrase(" ".join(term.replace("*", " ").split()), field)
    return Word(term.strip(), field)
