"""Words that mean the same: a query widened by them before the index is asked.

The query itself stays as it was typed; what was widened is told, so that it can be said.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from archivist.model.query import (
    And,
    AtLeast,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Value,
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
_EVERYDAY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        language: frozenset(words.split())
        for language, words in {
            "en": "a act ad age aid air all am an and any are art as ask at be but by can did do "
            "for get go had has he her him his how i if in is it its let may me men my no "
            "nor not now of off on one or our out own per she so the to too two up us use "
            "war was way we who why yes",
            "fr": "a ai an as au aux car ce ces cet dans de des dit dont du eh en est et eu eux "
            "fait fin il ils la le les leur lui ma mais me mer mes mis moi mon ne ni non "
            "nos nous on ont or ou oui par pas peu plus pour pu qui que sa se ses si son "
            "sous sur ta te tes ton tu un une vous vu",
            "es": "a al ante asi cada como con da dan de del dia dos e el en era es esa ese esta "
            "fin fue ha han hoy la las le les lo los mas me mi muy ni no o os para pero por "
            "que se sea ser si sin son su sus te tu tras un una uno va ve ya y",
            "it": "a ad ai al alla anche ci che chi con da dai dal dei del della di due e ed era "
            "fra gli ha han ho i il in io la le lo ma mai me mi nato ne nel noi non o per "
            "piu piano se sei si sia sono su sua sul tra tre tu un una uno va vi voi",
            "pt": "a ao aos as da das de dia do dois dos e ela ele em era essa eu foi ha isso ja "
            "la lhe mais mas me meu na nao nas nem no nos o os ou para pela por que sao se "
            "sem ser seu sob sua te tem um uma",
            "de": "ab alle als am an auch auf aus bei bis da das dem den der des die du ein er es "
            "fuer hat ihm ihn ihr im in ist ja man mit nach nun nur ob oder sie sich so um "
            "und uns von vor war was wer wie wir wo zu zum zur",
            "nl": "al als bij dan dat de der des die dit een en er had heeft het hij hun ik in is "
            "men met na naar nog nu of om ook op te tot uit van voor was wat we wel ze zij "
            "zo",
            "ro": "a ai al ale ar are au ca care ce cu de din ei el este eu fi iar in la le lui "
            "mai nu o or pe pentru sa se si sub sunt un una unei va",
            "ca": "a al als amb del dels de el els en es i la les no o per que se un una va",
            "pl": "a ale co czy dla do i ich jak jest na nad nie o od po pod przez sa sie ta tak "
            "tam te to tu u w we z za ze",
            "sv": "att av de den det du en ett han har hon i in man med men nu och om pa sin som "
            "ta till ut var vi",
            "da": "af at da de den der det du en er et for har han i ind man med men nu og om op "
            "pa sig som til ud var vi",
            "no": "at av da de den der det du en er et for har han i inn man med men no nu og om "
            "opp pa seg som til ut var vi",
            "tr": "ama bir bu da daha de en gibi ile ise ki mi ne o on su ve ya",
            "id": "ada agar akan atau dan dari di ia ini itu ke oleh pada para se tak tan untuk "
            "yang",
        }.items()
    }
)
"""Words of every text in a language: there, an abbreviation that reads like one says nothing."""


def widened(node: Node, rings: tuple[Ring, ...]) -> Node:
    """Return the query with alternatives beside each term that a ring holds.

    Terms are plain words, and plain words of one field that follow each other where all must occur
    (`soviet union`); quotations, patterns, beginnings and near spellings stay as they are. A term
    in capitals only ("US") is meant where it was typed in capitals or with points. Such a term is
    no alternative for others in documents of a language in which its letters are an everyday word,
    because the index knows no capitals: "us" is in every English text, "un" in every French one.
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
        others: the other terms that mean the same.
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
                others = tuple(other for other in ring if keys[other] and keys[other] != key)
                found[key] = (*found.get(key, ()), _Term(term, _in_capitals(term), others))
    return found


def _in_capitals(text: str) -> bool:
    return text.isupper()


def _misleading(term: str) -> list[str]:
    """Return the languages in which a term in capitals reads like an everyday word."""
    words = words_of(term)
    if not _in_capitals(term) or len(words) > 1:
        return []
    return [language for language, everyday in _EVERYDAY.items() if words[0] in everyday]


class _Widener:
    """Widens the words of one query.

    Attributes:
        found: what was widened, with its alternatives.
    """

    def __init__(self, terms: Mapping[_Key, tuple[_Term, ...]]) -> None:
        self._terms = terms
        self._longest = max(map(len, terms), default=0)
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def node(self, node: Node, *, placed: bool = False) -> Node:
        """Return a tree with alternatives beside its words.

        Args:
            node: the tree.
            placed: whether only what has a place in a text may stand here.
        """
        match node:
            case Word():
                return self._widened((node,), placed=placed) or node
            case And(parts):
                return all_of(self._run(parts))
            case Or(parts):
                return any_of(self.node(part, placed=placed) for part in parts)
            case Not(part):
                return Not(self.node(part))
            case AtLeast(part, count):
                return AtLeast(self.node(part, placed=True), count)
            case Near(left, right) | Within(left, right):
                left, right = self.node(left, placed=True), self.node(right, placed=True)
                return replace(node, left=left, right=right)
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

    def _widened(self, words: tuple[Word, ...], *, placed: bool = False) -> Node | None:
        """Return words that make up a term with its alternatives, or None where they do not."""
        typed = " ".join(word.text for word in words)
        others = tuple(
            other for other in self._others(typed) if not placed or not _misleading(other)
        )
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
            others += [term.text, *term.others]
        distinct = {tuple(words_of(other)): other for other in reversed(others)}
        distinct.pop(key, None)
        return tuple(other for other in dict.fromkeys(others) if other in distinct.values())


def _pointed(typed: str, key: _Key) -> bool:
    """Whether letters stand between points: `U.S.`."""
    return "." in typed and len(key) > 1 and all(len(word) == 1 for word in key)


def _searched(term: str, field: str) -> Node:
    """Return what is searched for a term: several words as written, one with its other forms."""
    if " " in term.strip():
        return Phrase(" ".join(term.replace("*", " ").split()), field)
    word = Word(term.strip(), field)
    languages = [Value("lang", language) for language in _misleading(term)]
    return And((word, Not(any_of(languages)))) if languages else word
