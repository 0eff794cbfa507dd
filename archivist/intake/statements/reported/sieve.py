"""Which sentences can hold a cue at all: told by their words, before they are cut up and read."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from archivist.intake.statements.grammar import GAP, grammar_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from archivist.intake.statements.grammar import Form, Grammar, Words

_WORD = re.compile(r"[A-Za-zß-\u1fff]++")
_MARKS = "'\u2019"


class Sieve:
    """Tells, for one language, whether a sentence is worth reading.

    Attributes:
        sure: verbs of saying that need nothing more in their sentence.
        quoting: verbs that only a quotation can follow.
        paired: verbs by their first word, with words of which one must be there, too: "made …
            clear".
        weak: nouns, verbs that carry a clause, and forms that are as often nouns: they need a
            clause, a quotation or, the forms, a pronoun.
    """

    def __init__(self, grammar: Grammar) -> None:
        doubtful = {word for word in grammar.doubtful if _is_present(grammar.forms.get(word, ()))}
        bare = {
            word: frozenset(kind for form in forms if not form.tail for kind in form.kinds)
            for word, forms in grammar.forms.items()
        }
        sure = {word for word, kinds in bare.items() if kinds - {"light", "quote"}} - doubtful
        self.sure: Words = frozenset(sure | _rare(grammar.phrases))
        self.quoting: Words = frozenset(
            word for word, kinds in bare.items() if "quote" in kinds and word not in sure
        )
        self.paired: dict[str, Words] = {
            word: frozenset(_tails(forms))
            for word, forms in grammar.forms.items()
            if word not in sure and any(form.tail for form in forms)
        }
        light = {word for word, kinds in bare.items() if "light" in kinds}
        carried = light | grammar.nouns | grammar.demands
        self.weak: Words = frozenset(doubtful | carried) - self.sure
        self.doubtful: Words = frozenset(doubtful)
        self.openers: Words = _plain(grammar.openers | grammar.wh)
        self.pronouns: Words = _plain(grammar.pronouns)

    def passes(self, words: Sequence[str], *, quotes: bool, quoted: bool) -> bool:
        """Return whether a sentence may hold a cue.

        Args:
            words: of the sentence, in lower case, as words_of gives them.
            quotes: whether a quotation is in it.
            quoted: whether one is anywhere in its text.
        """
        if not self.sure.isdisjoint(words) or (quoted and not self.quoting.isdisjoint(words)):
            return True
        if not self.weak.isdisjoint(words):
            if quotes or not self.openers.isdisjoint(words):
                return True
            if not (self.doubtful.isdisjoint(words) or self.pronouns.isdisjoint(words)):
                return True
        return not self.paired.keys().isdisjoint(words) and any(
            not self.paired[word].isdisjoint(words) for word in words if word in self.paired
        )


@functools.lru_cache(maxsize=32)
def sieve_of(language: str) -> Sieve:
    """Return the sieve of a language by its code, made when it is first asked for."""
    return Sieve(grammar_of(language))


def words_of(text: str, start: int, end: int) -> list[str]:
    """Return the words of text[start:end], numbers and marks left out."""
    return _WORD.findall(text, start, end)


def _is_present(forms: Iterable[Form]) -> bool:
    tenses = {form.tense for form in forms}
    return tenses == {"present"}


def _rare(phrases: Mapping[str, tuple[tuple[str, ...], ...]]) -> set[str]:
    """Return of each phrase before a speaker its longest word: "according"."""
    return {max((first, *rest), key=len) for first, rests in phrases.items() for rest in rests}


def _tails(forms: Iterable[Form]) -> Iterator[str]:
    for form in forms:
        if form.tail:
            yield max((word for word in form.tail if word != GAP), key=len)


def _plain(words: Words) -> Words:
    return frozenset(word.rstrip(_MARKS) for word in words)
