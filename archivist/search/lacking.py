"""Why a part of a query finds nothing by itself, and what near it would find something."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archivist.model.fields import BY_NAME, OF_STATEMENTS, Kind
from archivist.model.query import (
    And,
    AtLeast,
    Dated,
    Everything,
    Fuzzy,
    Like,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
    Wildcard,
    Within,
    Word,
)
from archivist.model.words import words_of
from archivist.search.naming import having, name_of, times, where
from archivist.search.searcher import Searcher
from archivist.search.suggest import nearest
from archivist.search.valued import (
    Label,
    absence,
    beginnings,
    is_any,
    presence,
    stating,
    stating_dated,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.model.query import Leaf

MOST_PARTS = 12
"""How many parts of a query are looked at, each for itself."""
MOST_SENTENCES = 3
"""How many reasons are given."""
_ANY = "*"
_CONDITIONS = ("in", "has")
"""Fields that ask for a condition, not for a value."""
_MOST_VALUES = 20_000
"""A field with more values than these is not searched for one that is spelled nearly so."""
_LEAST_NEAR = 3
"""Letters a value must have for another to be spelled nearly so."""
_LEAST_BEGINNING = 3
"""Letters a word must have for words that begin so to be proposed."""


@dataclass(frozen=True)
class Lacking:
    """Asks an index why it has nothing for a part.

    Attributes:
        searcher: on the index.
        label: names values for people.
        found: returns how many records match a part.
        jointly: says why parts that must all match find nothing.
    """

    searcher: Searcher
    label: Label
    found: Callable[[Node], int]
    jointly: Callable[[Node], str]

    def why(self, part: Node) -> tuple[str, Node | None]:
        """Say why a part finds nothing; return what would, if anything is near."""
        match part:
            case Word() | Phrase() | Prefix() | Wildcard() | Fuzzy():
                return self._leaf(part)
            case Near() | Within():
                return self._apart(part)
            case AtLeast():
                return self._repeated(part)
            case Or(parts):
                return self._neither(parts)
            case And():
                return self.jointly(part), None
            case _:
                return self._unmet(part)

    def _leaf(self, part: Leaf) -> tuple[str, Node | None]:
        alone = len(words_of(part.text)) == 1 and "*" not in part.text
        match part:
            case Word() | Phrase() if not alone:
                return self._phrased(part)
            case Word():
                return self._spelled(part)
            case Phrase():
                return self._exactly(part)
            case Prefix():
                return self._begun(part)
            case Fuzzy():
                return self._nearly(part)
            case Wildcard(text):
                return f"No word{where(part.field)} has the pattern “{text}”.", None

    def _neither(self, parts: Sequence[Node]) -> tuple[str, Node | None]:
        said = [self.why(inner) for inner in parts[:MOST_PARTS]]
        mended = next((node for _, node in said if node is not None), None)
        sentences = dict.fromkeys(sentence for sentence, _ in said)
        return " ".join(itertools.islice(sentences, MOST_SENTENCES)), mended

    # --- words

    def _spelled(self, part: Word) -> tuple[str, Node | None]:
        missing = f"No record has the word “{part.text}”{where(part.field)}."
        begun = Prefix(part.text, part.field)
        if len(part.text) >= _LEAST_BEGINNING and (found := self.found(begun)):
            return f"{missing} {having(found, 'words that begin so')}.", begun
        for near in self.searcher.suggest(part.text):
            mended = replace(part, text=near)
            if found := self.found(mended):
                return f"{missing} {having(found, f'“{near}”')}.", mended
        return missing, None

    def _exactly(self, part: Phrase) -> tuple[str, Node | None]:
        others = Word(part.text, part.field)
        if not (found := self.found(others)):
            sentence, mended = self._spelled(others)
            return sentence, Phrase(mended.text, part.field) if isinstance(mended, Word) else mended
        missing = f"No record has exactly “{part.text}”{where(part.field)}"
        return f"{missing}; {having(found, 'other forms of it')}.", others

    def _begun(self, part: Prefix) -> tuple[str, Node | None]:
        missing = f"No word{where(part.field)} begins with “{part.text}”"
        for size in range(len(part.text) - 1, max(_LEAST_BEGINNING, len(part.text) // 2) - 1, -1):
            shorter = replace(part, text=part.text[:size])
            if found := self.found(shorter):
                return f"{missing}; {having(found, f'words with “{shorter.text}”')}.", shorter
        return f"{missing}.", None

    def _nearly(self, part: Fuzzy) -> tuple[str, Node | None]:
        missing = f"No word{where(part.field)} is spelled nearly like “{part.text}”"
        farther = replace(part, distance=2)
        if part.distance < 2 and (found := self.found(farther)):  # noqa: PLR2004 - the most
            return f"{missing}; {having(found, 'words that differ in two letters')}.", farther
        return f"{missing}.", None

    def _phrased(self, part: Word | Phrase) -> tuple[str, Node | None]:
        tokens = [token for typed in part.text.split() for token in _tokens(typed)]
        if not words_of(part.text):
            return f"“{part.text}” holds no word to look for.", None
        for number, token in enumerate(tokens):
            if token != _ANY and not self.found(_exact(token, part.field)):
                sentence, mended = self.why(_exact(token, part.field))
                if not isinstance(mended, Word | Phrase | Prefix):
                    return sentence, None
                text = f"{mended.text}*" if isinstance(mended, Prefix) else mended.text
                whole = Phrase(" ".join(_swapped(tokens, number, text)), part.field)
                return sentence, whole if self.found(whole) else None
        if isinstance(part, Word) or len(part.text.split()) == 1:
            return f"No record has “{part.text}”{where(part.field)}.", None
        return self._scattered(part, tokens)

    def _scattered(self, part: Phrase, tokens: Sequence[str]) -> tuple[str, Node | None]:
        words = [_loose(token, part.field) for token in dict.fromkeys(tokens) if token != _ANY]
        sentence = f"No record has the exact words “{part.text}”{where(part.field)}"
        if not (found := self.found(all_parts(words))):
            return f"{sentence}, though each of the words occurs.", None
        all_of = "all of these words" if len(words) > 1 else "the word"
        return f"{sentence}; {having(found, all_of)}, elsewhere.", all_parts(words)

    # --- what must stand together

    def _apart(self, part: Near | Within) -> tuple[str, Node | None]:
        for inner, other in ((part.left, part.right), (part.right, part.left)):
            if not self.found(inner):
                sentence, mended = self.why(inner)
                whole = other if mended is None else _with_side(part, inner, mended)
                return sentence, whole if self.found(whole) else other
        both = And((part.left, part.right))
        if not (found := self.found(both)):
            names = f"{self._name(part.left)} and {self._name(part.right)}"
            return f"No record has both {names}.", None
        them = "it twice" if part.left == part.right else "both"
        sentence = f"No record has {self._name(part)}; {having(found, them)}"
        for looser, how in _looser(part):
            if found := self.found(looser):
                return f"{sentence}, {found:,} of them {how}.", looser
        return f"{sentence}.", both

    def _repeated(self, part: AtLeast) -> tuple[str, Node | None]:
        found = self.found(part.part)
        if not found:
            return self.why(part.part)
        often = self._most(part)
        missing = f"No record has {self._name(part.part)} {times(part.count)} or more"
        sentence = f"{missing}; {having(found, 'it')}, at most {times(often)}."
        return sentence, part.part if often == 1 else replace(part, count=often)

    def _most(self, part: AtLeast) -> int:
        """Return how often the part stands in a record at most."""
        low, high = 1, part.count - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.found(replace(part, count=middle)):
                low = middle
            else:
                high = middle - 1
        return low

    # --- filters

    def _unmet(self, part: Node) -> tuple[str, Node | None]:
        match part:
            case Like(ref):
                if not self.searcher.knows(ref):
                    return f"There is no record {ref}.", None
                return f"No other record is like {ref}.", Value("ref", ref, exact=True)
            case Value():
                return self._valued(part)
            case Dated():
                return f"No record {stating_dated(part)}{self._spread(part)}.", None
            case Not(inner):
                return f"{self._every(inner)}, so that nothing is left.", None
            case _:
                return f"No record has {self._name(part)}.", None

    def _every(self, part: Node) -> str:
        """Say that every record is of a kind."""
        match part:
            case Everything():
                return "Everything is left out"
            case Value():
                return presence(part, self.label)
            case Dated():
                return f"Every record {stating_dated(part)}"
            case _:
                return f"Every record has {self._name(part)}"

    def _valued(self, part: Value) -> tuple[str, Node | None]:
        missing = absence(part, self.label)
        if part.field in OF_STATEMENTS:
            return missing, None
        if not self.searcher.values(part.field, 1) and part.field not in _CONDITIONS:
            return f"{missing.rstrip('.')}; this field is empty in every record.", None
        if part.exact and (found := self.found(looser := replace(part, exact=False))):
            return f"{missing} {having(found, 'it among other words')}.", looser
        begun = replace(part, exact=False, prefix=True)
        if not part.prefix and self._may_begin(part) and (found := self.found(begun)):
            return f"{missing} {having(found, beginnings(part.field))}.", begun
        for mended in self._near_values(part):
            if found := self.found(mended):
                return f"{missing} {self._others(found, mended)}.", mended
        return missing, None

    def _others(self, found: int, part: Value) -> str:
        records = "1 record" if found == 1 else f"{found:,} records"
        return f"{records} {stating(found, part, self.label)}"

    def _may_begin(self, part: Value) -> bool:
        return _is_name(part.field) and len(part.value) >= _LEAST_BEGINNING

    def _near_values(self, part: Value) -> Iterator[Value]:
        """Yield values spelled nearly like one; of names, also with one word spelled otherwise."""
        values = [value for value, _count in self.searcher.values(part.field)]
        if part.field in {*_CONDITIONS, "year"} or not 0 < len(values) <= _MOST_VALUES:
            return
        for near in nearest(part.value, values) if len(part.value) >= _LEAST_NEAR else ():
            yield Value(part.field, near)
        words = list(dict.fromkeys(itertools.chain.from_iterable(map(words_of, values))))
        typed, known = words_of(part.value), set(words)
        for number, word in enumerate(typed if _is_name(part.field) else ()):
            if word in known or len(word) < _LEAST_NEAR:
                continue
            for near in nearest(word, words):
                yield Value(part.field, " ".join(_swapped(typed, number, near)))

    def _spread(self, part: Dated) -> str:
        """Say from when to when the dates go."""
        if is_any(part):
            return ""
        years = [year for year, _ in self.searcher.spread(part.field)]
        if len(years) <= 1:
            return f"; all dates are of {years[0]}" if years else "; none has a date"
        return f"; the dates go from {years[0]} to {years[-1]}"

    def _name(self, node: Node) -> str:
        return name_of(node, self.label)


def _is_name(field: str) -> bool:
    """Tell whether some words of a value may be asked for."""
    known = BY_NAME.get(field)
    return known is None or known.kind is Kind.NAME


def _with_side(part: Near | Within, old: Node, new: Node) -> Near | Within:
    left = new if part.left == old else part.left
    right = new if part.right == old else part.right
    return replace(part, left=left, right=right)


def _looser(part: Near | Within) -> Iterator[tuple[Node, str]]:
    """Yield what asks for less and less, and how to say it."""
    left, right = part.left, part.right
    if isinstance(part, Near):
        if part.ordered:
            yield replace(part, ordered=False), "in the other order"
        yield Within(left, right, "sentence"), "in one sentence"
    if not isinstance(part, Within) or part.unit == "sentence":
        yield Within(left, right, "paragraph"), "in one paragraph"


def _exact(token: str, name: str) -> Phrase | Prefix:
    """Return what a token of a quotation looks for."""
    return Prefix(token[:-1], name) if token.endswith("*") else Phrase(token, name)


def _loose(token: str, name: str) -> Word | Prefix:
    return Prefix(token[:-1], name) if token.endswith("*") else Word(token, name)


def _tokens(typed: str) -> list[str]:
    """Return the words of a token of a quotation, or the token where it has an asterisk."""
    return [typed] if typed == _ANY or typed.endswith(_ANY) else words_of(typed)


def all_parts(parts: Sequence[Node]) -> Node:
    """Return what all parts match; everything where there are none."""
    if not parts:
        return Everything()
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _swapped(words: Sequence[str], number: int, new: str) -> list[str]:
    return [*words[:number], new, *words[number + 1 :]]
