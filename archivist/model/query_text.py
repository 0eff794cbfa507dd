"""Terms that look for words of title and text: words, phrases, beginnings, patterns, spellings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from archivist.model.query import Fuzzy, Node, Phrase, Prefix, Wildcard, Word
from archivist.model.query_faults import Faults
from archivist.model.query_lex import APART, OPERATORS, Lexeme, lex
from archivist.model.words import spans_of, words_of

if TYPE_CHECKING:
    from archivist.model.errors import QueryError

_SIGN = r"\p{L}\p{N}\p{M}"
_MARKS = regex.compile(r"\p{M}*")
_AROUND_PATTERN = regex.compile(rf"^[^{_SIGN}*]+|[^{_SIGN}*]+$")
_AROUND_FUZZY = regex.compile(rf"^[^{_SIGN}*]+|[^{_SIGN}~]+$")
_STARS = regex.compile(r"\*{2,}")
_SPELLED = regex.compile(rf"(.*?[{_SIGN}*?])~+(.*)$")
_INNER_SIGN = regex.compile(rf"[^{_SIGN}*?]")
_JOKER = regex.compile(r"[*?]")
_BEGUN = regex.compile(rf"(.*[{_SIGN}])\*+[^{_SIGN}*]*$")
_ANY = regex.compile(rf"[^{_SIGN}*]*\*+[^{_SIGN}*]*$")
_LEAST_OF_PATTERN = 2
_LEAST_OF_SPELLING = 3
_FARTHEST = 2
_USUAL_DISTANCE = 5


@dataclass(frozen=True, slots=True)
class TextTerms:
    """Reads the terms of one query that look for words.

    Attributes:
        faults: makes the errors.
        digits: names of fields that begin with a digit, folded.
    """

    faults: Faults
    digits: frozenset[str]

    def node(self, piece: Lexeme, name: str) -> Node:
        """Read a term that holds a word or a pattern.

        Args:
            piece: of kind "term".
            name: "", "title" or "text".

        Raises:
            QueryError: it cannot be read.
        """
        if piece.opener:
            return self._quoted(piece, name)
        if spelled := _SPELLED.match(_AROUND_FUZZY.sub("", piece.body)):
            return self._fuzzy(piece, name, spelled[1], spelled[2])
        pattern = pattern_of(piece.body)
        if pattern.endswith("*") and not _JOKER.search(pattern[:-1]):
            return self._prefix(piece, name, pattern)
        if _JOKER.search(pattern):
            return self._wildcard(piece, name, pattern)
        return self._word(piece, name)

    def _word(self, piece: Lexeme, name: str) -> Node:
        text = trimmed(piece.body)
        if piece.exact:
            return Phrase(text, name)
        if text in OPERATORS or text in APART:
            text = text.lower()
        return Word(text, name) if name or self._is_bare(text) else Phrase(text, name)

    def _is_bare(self, text: str) -> bool:
        """Whether a word reads as one again without the punctuation it was typed with."""
        pieces = lex(text, self.digits)
        return len(pieces) == 1 and pieces[0].kind == "term" and pieces[0].body == text

    def _prefix(self, piece: Lexeme, name: str, pattern: str) -> Node:
        begun = trimmed(pattern)
        if len(words_of(begun)) > 1:
            raise self.faults.at(
                piece,
                f"The ending of “{piece.body}” cannot be left open: it is more than one word.",
                "Leave the asterisk off; the parts are then searched as a phrase.",
                self.faults.replaced(piece, piece.body.replace("*", "")),
            )
        return Prefix(begun, name)

    def _wildcard(self, piece: Lexeme, name: str, pattern: str) -> Node:
        parts = [part for part in regex.split(rf"[^{_SIGN}*?]+", pattern) if words_of(part)]
        if _INNER_SIGN.search(pattern):
            raise self.faults.at(
                piece,
                f"“{piece.body}” is more than one word.",
                "An asterisk or question mark stands for letters of one word; PRE/1 lets one word "
                "follow another.",
                self.faults.grouped(piece, " PRE/1 ".join(parts)),
            )
        words = words_of(_JOKER.sub("", pattern))
        if len(words) > 1:
            raise self.faults.at(
                piece,
                f"“{piece.body}” is more than one word: in this script every sign is one.",
                "Put it in quotation marks; there, * stands for any one sign.",
                self.faults.replaced(piece, '"' + " * ".join(_JOKER.split(pattern)) + '"'),
            )
        if sum(map(len, words)) < _LEAST_OF_PATTERN:
            raise self.faults.at(
                piece,
                f"The pattern “{piece.body}” fits nearly every word: it needs at least two "
                "letters or digits.",
                "Write more of the word.",
            )
        return Wildcard(pattern, name)

    def _fuzzy(self, piece: Lexeme, name: str, text: str, distance: str) -> Node:
        if distance and not distance[0].isdigit():
            raise self.faults.at(
                piece,
                "A tilde stands at the end of a word: it asks for near spellings.",
                "Write a blank instead, or quotation marks around both words.",
                self.faults.grouped(piece, piece.body.replace("~", " ").strip()),
            )
        plain = self.faults.replaced(piece, text)
        word = trimmed(text) if words_of(text) else ""
        if _JOKER.search(text):
            raise self.faults.at(
                piece,
                "A pattern and a tilde cannot be asked for in one word.",
                "Use either: tre?ty for one letter of any kind, treaty~ for any near spelling.",
                plain,
            )
        if len(words_of(word)) != 1:
            raise self.faults.at(
                piece,
                f"“{word}” is more than one word: near spellings are of one.",
                "Leave the tilde off, or put it behind a single word.",
                plain,
            )
        if sum(map(len, words_of(word))) < _LEAST_OF_SPELLING:
            raise self.faults.at(
                piece,
                f"“{word}” is too short: with a letter changed it could be any word.",
                "Near spellings need a word of at least three letters.",
                plain,
            )
        return Fuzzy(word, name, self._distance(piece, text, distance))

    def _distance(self, piece: Lexeme, text: str, distance: str) -> int:
        if not distance:
            return 0
        if distance.isdigit() and 1 <= int(distance) <= _FARTHEST:
            return int(distance)
        raise self.faults.at(
            piece,
            "A near spelling differs by one or two letters.",
            "Write ~1 or ~2; a tilde alone takes what suits the length of the word.",
            self.faults.replaced(piece, f"{text}~{_FARTHEST}"),
        )

    # Quotations

    def _quoted(self, piece: Lexeme, name: str) -> Node:
        if piece.tail.startswith("~"):
            raise self._loose(piece)
        if not words_of(piece.body):
            raise self._only_asterisks(piece)
        body = piece.body + (piece.tail if words_of(piece.body.split(" ")[-1]) else "")
        return Phrase(" ".join(self._token(piece, token) for token in body.split(" ")), name)

    def _token(self, piece: Lexeme, token: str) -> str:
        """Return a token of a phrase: its asterisk alone, at its end, or nowhere."""
        if "*" not in token:
            return token
        if _ANY.match(token):
            return "*"
        begun = _BEGUN.match(token)
        if begun and "*" not in begun[1] and len(words_of(begun[1])) == 1:
            return f"{begun[1]}*"
        raise self.faults.at(
            piece,
            f"In quotation marks, “{token}” cannot be read.",
            "There * stands alone for any one word, or at the end of a word. Join other patterns "
            "by PRE/1.",
            self._pattern_run(piece),
        )

    def _pattern_run(self, piece: Lexeme) -> str:
        """Return a phrase as words and patterns that follow each other."""
        steps: list[str] = []
        gap = 1
        for token in piece.body.split(" "):
            for part in regex.split(rf"[^{_SIGN}*]+", token):
                if words_of(part):
                    steps += [f"PRE/{gap}"] if steps else []
                    steps.append(part if "*" in part else f"={part}")
                    gap = 1
                elif part:
                    gap += 1
        return self.faults.grouped(piece, " ".join(steps))

    def _loose(self, piece: Lexeme) -> QueryError:
        words = [part for part in piece.body.split(" ") if words_of(part)]
        if len(words) == 1:
            return self.faults.at(
                piece,
                "A near spelling is asked for without quotation marks.",
                f"Did you mean {words[0]}~?",
                self.faults.replaced(piece, f"{words[0]}~"),
            )
        number = piece.tail[1:].lstrip("0") or str(_USUAL_DISTANCE)
        meant = f" NEAR/{number} ".join(words)
        return self.faults.at(
            piece,
            "How near words stand to each other is written between them.",
            f"Did you mean {meant}?" if words else "",
            self.faults.grouped(piece, meant),
        )

    def _only_asterisks(self, piece: Lexeme) -> QueryError:
        """Return the error of a phrase without a word."""
        return self.faults.at(
            piece,
            "There are only asterisks between the quotation marks.",
            "Write at least one word; * alone, without quotation marks, is every record.",
            self.faults.replaced(piece, "*", whole=True),
        )


def pattern_of(body: str) -> str:
    """Return a bare word without the punctuation around it, the asterisks kept, each run as one.

    A question mark at the beginning or end is punctuation; elsewhere it stands for a letter.
    """
    return _STARS.sub("*", _AROUND_PATTERN.sub("", body))


def is_short_pattern(body: str) -> bool:
    """Whether a word that is being typed may become a pattern, but has too few letters as yet."""
    pattern = pattern_of(body)
    letters = sum(map(len, words_of(body)))
    return bool(_JOKER.search(pattern[:-1])) and letters < _LEAST_OF_PATTERN


def trimmed(body: str) -> str:
    """Return a value without the punctuation around it; the last point of `U.S.` stays."""
    spans = list(spans_of(body))
    end = _MARKS.match(body, spans[-1].end).end()  # type: ignore[union-attr] # none are some
    inner = body[spans[0].start : end]
    return inner + "." if "." in inner and body[end : end + 1] == "." else inner
