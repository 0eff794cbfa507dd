"""The subject of a verb of saying: before it, after it, or carried over from a verb before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.intake.statements.parts import SubjectRule
from archivist.intake.statements.reported.lines import QUOTED, phrase_left, phrase_right

if TYPE_CHECKING:
    from archivist.intake.statements.grammar import Grammar
    from archivist.intake.statements.reported.lines import Line

_FAR = 25
_APPOSED = 24
_PURPOSE = 12


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject by the indexes of its words, the last one included; first > last where it has none.

    Attributes:
        first: its first word.
        last: its last word.
        rule: how it was found.
        clause: the first word of the clause that it and its verb make.
    """

    first: int
    last: int
    rule: SubjectRule
    clause: int

    @property
    def named(self) -> bool:
        """Whether there is one in the text."""
        return self.first <= self.last


@dataclass(frozen=True, slots=True)
class Group:
    """The auxiliaries, adverbs and negations that stand before a verb.

    Attributes:
        first: the index of the first of them; of the verb where there are none.
        before: the index of the word before them, as of the subject; -1 for none.
        perfect: whether an auxiliary is among them.
        passive: whether a form of "to be" is.
        negated: whether a negation is.
        future: whether it is said of the future, of what can be, or of an intention.
        impersonal: whether it has a reflexive as a passive has ("se dijo").
        resumed: whether words that `resumed` lists are: "a bien voulu".
        inverted: the index of a subject pronoun among them ("a-t-il dit"); -1 for none.
    """

    first: int
    before: int
    perfect: bool = False
    passive: bool = False
    negated: bool = False
    future: bool = False
    impersonal: bool = False
    resumed: bool = False
    inverted: int = -1


def group_before(line: Line, verb: int, grammar: Grammar) -> Group:
    """Return what stands before the verb with the index `verb` and belongs to it."""
    perfect = passive = negated = future = impersonal = after = False
    inverted = -1
    index = verb - 1
    while index >= 0:
        word = line.words[index]
        resumed = _resumed(line, index, grammar)
        if resumed:
            index -= resumed
            after = True
            continue
        if word in grammar.auxiliaries or word in grammar.passives:
            perfect |= word in grammar.auxiliaries
            passive |= word in grammar.passives
        elif word in grammar.to and (purpose := _purpose(line, index, grammar)):
            index = purpose
        elif word in grammar.negations:
            negated = True
        elif word in grammar.futures:
            future = True
        elif word.startswith("-") and len(word) > 1:
            inverted = index
        elif word in grammar.impersonal:
            impersonal = True
        elif _is_subject(line, index, grammar) or not (
            word in grammar.clitics
            or (grammar.is_adverb(word) and not _ends_circumstance(line, index, grammar))
        ):
            break
        index -= 1
    return Group(index + 1, index, perfect, passive, negated, future, impersonal, after, inverted)


def _purpose(line: Line, index: int, grammar: Grammar) -> int:
    """Return the index of "wrote" in "wrote this morning to say", with "to" at `index`; else 0."""
    for place in range(index - 1, max(0, index - _PURPOSE), -1):
        word = line.words[place]
        if line.is_pause(place) or word in grammar.that or word in grammar.to:
            return 0
        if word in grammar.purposes and not line.is_name(place):
            return place
    return 0


def _is_subject(line: Line, index: int, grammar: Grammar) -> bool:
    """Whether a word that stands between subject and verb is the subject: "2. Both said"."""
    alone = line.is_pause(index - 1) or line.word(index - 1) in grammar.relatives
    return alone and line.words[index] in grammar.determiners


def _resumed(line: Line, index: int, grammar: Grammar) -> int:
    if line.words[index] not in grammar.aside_closers:
        return 0
    for count in (4, 3, 2):
        if index - count + 1 >= 0:
            phrase = " ".join(line.words[index - count + 1 : index + 1])
            if phrase in grammar.resumed:
                return count
    return 0


def _ends_circumstance(line: Line, index: int, grammar: Grammar) -> bool:
    """Of "a statement on Monday said": the adverb is no adverb of the verb's own."""
    return line.word(index - 1) in grammar.prepositions


def subject_left(line: Line, group: Group, grammar: Grammar) -> Subject | None:
    """Return the subject that stands before the group of the verb; None if none does."""
    index = group.before
    if group.inverted >= 0:
        return Subject(group.inverted, group.inverted, "pronoun", group.first)
    word = line.word(index)
    if word in grammar.relatives and index > 0:
        return _antecedent(line, index, grammar)
    if word in grammar.pronouns:
        return Subject(index, index, "pronoun", index)
    if word in (")", "]"):
        while line.word(index) in (")", "]"):
            index = _before_bracket(line, index)
    elif word == ",":
        index = _before_apposition(line, index, grammar)
    if index < 0 or line.is_pause(index):
        return None
    index = _before_date(line, index, grammar)
    first = _first_left(line, index, grammar)
    if first is None:
        return None
    if word == "," and grammar.subjectless and not _can_speak(line, first, index + 1, grammar):
        return None
    return Subject(first, _without_reasons(line, first, index, grammar), "left", first)


def _before_date(line: Line, last: int, grammar: Grammar) -> int:
    """Return the last word of "Lee's letter 108" in "Lee's letter 108 of 8 May 1940 said"."""
    index = last
    while index > 0 and (line.words[index][0].isdigit() or _is_month(line, index, grammar)):
        index -= 1
    dated = last - index > 1 and any(
        _is_month(line, at, grammar) for at in range(index + 1, last + 1)
    )
    last = index - 1 if dated and line.words[index] in grammar.prepositions else last
    numbered = line.words[last][0].isdigit() and line.word(last - 1) in grammar.documents
    return last - 1 if numbered and not line.is_name(last - 1) else last


def _is_month(line: Line, index: int, grammar: Grammar) -> bool:
    word = line.words[index]
    return line.is_name(index) and (word in grammar.times or word in grammar.futures)


def _first_left(line: Line, last: int, grammar: Grammar) -> int | None:
    """Return where the phrase begins that ends with `last` and is no circumstance's object."""
    first = phrase_left(line, last, grammar)
    if first is not None and _in_circumstance(line, first, grammar):
        return _after_circumstance(line, first, last, grammar)
    return first


def _after_circumstance(line: Line, first: int, last: int, grammar: Grammar) -> int | None:
    """Return where "Lee" begins in "as to the value of Zenda Lee"; None if nobody is there.

    Of "Under Secretary" it is the whole.
    """
    if f"{line.word(first - 1)} {line.words[first]}" in grammar.titles:
        return first - 1
    joint = next((at for at in range(last, first, -1) if _joins(line, at, grammar)), 0)
    if joint and (
        line.words[joint + 1] in grammar.determiners
        or (joint + 1 < last and _is_title(line, joint + 1, grammar))
        or (joint + 1 == last and line.is_name(last))
    ):
        return joint + 1  # "no word of any deal with Zenda and Lee said"
    start = last
    while start > first and line.is_name(start - 1):
        start -= 1
    if start == last > first and _follows_noun(line, last, grammar):
        return last
    linked = line.words[start - 1] in grammar.linking - grammar.determiners
    several = first < start < last and linked and line.is_name(last) and not grammar.second
    if not several or line.raw[start].endswith("."):
        return None
    titled = (at for at in range(start + 1, last) if _is_title(line, at, grammar))
    return next(titled, last)


def _joins(line: Line, index: int, grammar: Grammar) -> bool:
    inner = index + 1 < len(line.words) and not line.is_pause(index + 1)
    return inner and line.words[index] in grammar.conjunctions and not grammar.second


def _follows_noun(line: Line, name: int, grammar: Grammar) -> bool:
    """Whether a name follows a plain noun: "as to the payment measures Lee said"."""
    word = line.word(name - 1)
    return (
        word.isalpha()
        and not grammar.second
        and not line.is_name(name - 1)
        and word not in grammar.heads
        and word not in grammar.linking
        and word not in grammar.determiners
        and word not in grammar.prepositions
        and not grammar.is_adverb(word)
    )


def _is_title(line: Line, index: int, grammar: Grammar) -> bool:
    return line.raw[index].endswith(".") or line.words[index] in grammar.heads


def _without_reasons(line: Line, first: int, last: int, grammar: Grammar) -> int:
    """Return the last word of "Ruritania" in "Ruritania for plain reasons urged"."""
    for place in range(last - 1, first, -1):
        if line.is_name(place + 1) or line.words[place + 1] in grammar.heads:
            return last
        word = line.words[place]
        gerund = bool(grammar.gerund_endings) and word.endswith(grammar.gerund_endings)
        named = line.is_name(place - 1) and line.words[place - 1] not in grammar.determiners
        if gerund and named and not line.is_name(place):
            return place - 1  # "Mr. Lee opening the talks said"
        preposition = word in grammar.prepositions and word != "of"
        if preposition and line.is_name(place - 1) and not grammar.second:
            return place - 1
    return last


def _in_circumstance(line: Line, first: int, grammar: Grammar) -> bool:
    """Whether a phrase is the object of a preposition: "in reply" is no subject."""
    before = first - 1
    while grammar.second and line.word(before) in grammar.linking - grammar.prepositions:
        before -= 1
    return line.word(before) in grammar.prepositions


def _antecedent(line: Line, index: int, grammar: Grammar) -> Subject | None:
    article = line.word(index - 1) in grammar.determiners
    if _is_share(line, index, grammar):
        index -= 2  # "the men, each of whom asked"
        article = False
    if line.word(index - 2 if article else index - 1) in grammar.prepositions:
        return None  # "en la cual dijo"
    last = index - 2 if line.word(index - 1) == "," else index - 1
    first = None if last < 0 or line.is_pause(last) else phrase_left(line, last, grammar)
    return None if first is None else Subject(first, last, "relative", first)


def _is_share(line: Line, index: int, grammar: Grammar) -> bool:
    """Whether a relative tells of some of those before it: "both of whom", at `index`."""
    some = line.word(index - 2) or ","
    share = some in grammar.pronouns or some in grammar.determiners or some in grammar.clitics
    return share and line.word(index - 1) == "of" and not grammar.second


def _before_bracket(line: Line, index: int) -> int:
    opening = "(" if line.word(index) == ")" else "["
    for place in range(index - 1, max(-1, index - _APPOSED), -1):
        if line.words[place] == opening:
            return place - 1
    return -1


def _before_apposition(line: Line, index: int, grammar: Grammar) -> int:
    """Return the index before "…, the minister," or "…, who had come,"; -1 if that is not there."""
    for place in range(index - 1, max(-1, index - _APPOSED), -1):
        word = line.words[place]
        if word in (";", ":", QUOTED):
            return -1
        if word != ",":
            continue
        if _is_aside(line, place + 1, index, grammar) and not line.is_pause(place - 1):
            return place - 1
        if line.word(place + 1) in grammar.conjunctions:
            return -1
    return -1


def _is_aside(line: Line, first: int, end: int, grammar: Grammar) -> bool:
    """Whether words between two commas only add to what stands before them."""
    word = line.words[first]
    if word in grammar.relatives:
        return True
    if line.word(first + 1).endswith(grammar.gerund_endings or ("-",)):
        return True  # "Lee, while disputing this, said"
    if word in grammar.pronouns or word in grammar.conjunctions:
        return False
    if any(grammar.is_finite(line.words[at]) and not line.is_name(at) for at in range(first, end)):
        if word in grammar.prepositions and not grammar.second:
            return grammar.pronouns.isdisjoint(line.words[first:end])
        return word.endswith("ed") and not line.is_name(first)
    return (
        word in grammar.determiners
        or word in grammar.prepositions
        or word in grammar.heads
        or grammar.is_adverb(word)
        or line.is_name(first)
    )


def subject_right(line: Line, index: int, grammar: Grammar) -> Subject | None:
    """Return the subject that begins at `index`, right after its verb; None if none does."""
    word = line.word(index)
    if word in grammar.that:
        return None
    if word in grammar.pronouns and word not in grammar.relatives:
        return Subject(index, index, "right", index)
    end = phrase_right(line, index, grammar)
    if end is None or not _can_speak(line, index, end, grammar):
        return None
    return Subject(index, end - 1, "right", index)


def _can_speak(line: Line, first: int, end: int, grammar: Grammar) -> bool:
    """Whether the noun of a phrase is a name or a word for persons and bodies."""
    index = first
    while index < end and line.words[index] in grammar.determiners:
        index += 1
    return index < end and (
        line.is_name(index)
        or line.words[index] in grammar.heads
        or (index + 1 < end and line.words[index + 1] in grammar.heads)
    )


def subject_of_bracket(line: Line, verb: int, grammar: Grammar) -> tuple[Subject, Group] | None:
    """Return the subject of a participle at the end of its clause: "hat der Minister … erklärt"."""
    for index in range(verb - 1, max(-1, verb - _FAR), -1):
        word = line.words[index]
        if word in (";", ":", ".", QUOTED):
            return None
        if word not in grammar.auxiliaries and word not in grammar.passives:
            continue
        between = line.words[index + 1 : verb]
        group = Group(
            index,
            index - 1,
            perfect=word in grammar.auxiliaries,
            passive=word in grammar.passives,
            negated=any(other in grammar.negations for other in between),
            future=word in grammar.futures,
        )
        subject = subject_left(line, group, grammar) or subject_right(line, index + 1, grammar)
        return (subject, group) if subject else None
    return None
