"""What a leaf of a query looks for: slots that follow each other, each filled by some words."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

import regex

from archivist.model.query import Fuzzy, Leaf, Phrase, Prefix, Wildcard, Word
from archivist.model.words import asked_terms, fold, words_of
from archivist.search.types import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PIECES = regex.compile(r"[\p{L}\p{N}\p{M}?*]+")
_LITERAL = regex.compile(r"[^?*]+")
_FUZZY_LONG = 8


@dataclass(frozen=True, slots=True)
class Stemmed:
    """Any form of a word."""

    word: str


@dataclass(frozen=True, slots=True)
class Written:
    """A word as written."""

    word: str


@dataclass(frozen=True, slots=True)
class Begun:
    """Any word that begins so."""

    beginning: str


@dataclass(frozen=True, slots=True)
class Any:
    """Any word at all."""


@dataclass(frozen=True, slots=True)
class Wild:
    """Any word of a pattern.

    Attributes:
        text: folded; `?` stands for one letter, `*` for any number of them.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """Any word that is spelled nearly so.

    Attributes:
        word: folded.
        distance: letters that may differ, 1 or 2.
    """

    word: str
    distance: int


Slot: TypeAlias = Stemmed | Written | Begun | Any | Wild | Spelled
Run: TypeAlias = tuple[Slot, ...]
"""Slots that follow each other in one field."""


@functools.lru_cache(maxsize=1024)
def run_of(node: Leaf) -> Run:
    """Return what a leaf looks for; empty where it has no words: then nothing matches.

    Only a slot that stands alone is stemmed.
    """
    match node:
        case Word(text):
            run = _as_written(text)
            return (Stemmed(run[0].word),) if len(run) == 1 and _is_word(run[0]) else run
        case Phrase(text):
            return tuple(_quoted(text))
        case Prefix(text):
            return _begun(_as_written(text))
        case Wildcard(text):
            return tuple(slot for piece in _PIECES.findall(text) for slot in _wild(piece))
        case Fuzzy(text, distance=distance):
            run = _as_written(text)
            return (*run[:-1], *(_spelled(slot, distance) for slot in run[-1:]))


def fields_of(node: Leaf) -> tuple[str, ...]:
    """Return the fields a leaf looks in."""
    return (node.field,) if node.field else FIELDS


def width_of(run: Run) -> int:
    """Return how many words of a text a run spans."""
    last = run[-1]
    filled = last.word if isinstance(last, Written | Stemmed) else ""
    return len(run) - 1 + max(1, len(words_of(filled)))


def _is_word(slot: Slot) -> TypeGuard[Written]:
    """Whether a slot is a whole word as written; two letters of Chinese are two words."""
    return isinstance(slot, Written) and len(words_of(slot.word)) == 1


def _as_written(text: str) -> Run:
    asked = asked_terms(text) if words_of(text) else []
    return tuple(Begun(term) if is_open else Written(term) for term, is_open in asked)


def _begun(run: Run) -> Run:
    if not run or not _is_word(run[-1]):
        return run
    return (*run[:-1], Begun(run[-1].word))


def _followed(text: str) -> Run:
    """Return the slots of words after which any word may follow: one for each of them."""
    run, words = _as_written(text), words_of(text)
    return run if len(run) == len(words) else (*run, Begun(words[-1]))


def _spelled(slot: Slot, distance: int) -> Slot:
    """Return the slot for a word with mistakes; unless asked for, none in a single letter."""
    if not _is_word(slot) or (len(slot.word) == 1 and not distance):
        return slot
    return Spelled(slot.word, distance or (2 if len(slot.word) >= _FUZZY_LONG else 1))


def _wild(piece: str) -> Iterable[Slot]:
    """Return the slots of a piece of a pattern between separators."""
    folded = _LITERAL.sub(lambda literal: fold(literal.group()), piece)
    if not set(folded) & set("?*"):
        return _as_written(folded)
    return (Any(),) if set(folded) == {"*"} else (Wild(folded),)


def _quoted(text: str) -> Iterator[Slot]:
    """Yield the slots of a quotation, which may hold `*` and `word*` between blanks."""
    if "*" not in text:
        yield from _as_written(text)
        return
    plain: list[str] = []
    for token in text.split():
        beginning = token[:-1]
        if not token.endswith("*") or "*" in beginning:
            plain.append(token)
        elif not beginning:
            yield from _followed(" ".join(plain))
            yield Any()
            plain = []
        elif words_of(beginning):
            plain.append(beginning)
            yield from _begun(_followed(" ".join(plain)))
            plain = []
    yield from _as_written(" ".join(plain))
