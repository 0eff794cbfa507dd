"""Who is meant where a statement names its speaker: "he", "the Minister", "MR. LEE", "we"."""
# ruff: noqa: RUF001 - a pattern reads best in one line, and holds the marks that documents hold

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from archivist.intake.statements.parts import Page, Speaker
from archivist.intake.statements.who.forms import is_formed
from archivist.intake.statements.who.naming import pronoun_of, singular_office, state_of
from archivist.intake.statements.who.persons import Person, Persons
from archivist.intake.statements.who.phrases import EDGES, ROUND, Phrases, is_asker, plain
from archivist.intake.statements.who.salience import Salience

if TYPE_CHECKING:
    from archivist.intake.statements.who.mentions import Mention

_SELF = re.compile(
    r"\s(?:himself|herself|themselves|itself|both|all|each|too|also)$", re.IGNORECASE
)
_BOTH = re.compile(r"\b(?:both|ambos|tous deux|beide)\b", re.IGNORECASE)
_JOINED = re.compile(
    r"\s*(?:\d+\.\s)?(?P<names>(?:[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3}(?:\s?\[\d+\])?,\s){0,6}"
    r"(?:[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3}|The(?:\s[\w’'-]+){1,3})(?:\s?\[\d+\])?)\sand\s"
)
"""Whom a sentence names before the last of its subjects: "He and", "Lee, Hale[3] and"."""
_NAMES = re.compile(r"\s?\[\d+\]|,\s")
_LATTER = re.compile(
    r"(?:the |el |la |le |der |die |de )?(?:latter|este último|ce dernier|cette dernière|"
    r"letzterer?|laatstgenoemde)$",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")
_OWNER = re.compile(r"[’']s?$")
_OPENING = re.compile(
    r"(?:\d+\.\s|However,?\s|Then\s|Finally,?\s|In (?:reply|conclusion|addition),?\s|Moreover,?\s)?"
    r"(?P<who>He|She)\s(?!and\b)"
)
_SALUTED = re.compile(
    r"(?:Mr\.?|Madam|Mrs\.?|Dear)\s(?:President|Secretary|Chairman|Prime|Minister|Ambassador|Speaker)\b"
)
"""How somebody is addressed at the head of a letter or a memorandum; never who speaks."""
_SHORTENED = re.compile(r"[’'](?:d|ve|ll|m|re)$")
_DATED = re.compile(
    r"\s(?:on|in|at|of|from|el|en|le|am|im|op)\s(?:the\s)?(?:\d.*|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|"
    r"Sun)day.*|(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\s.*)$"
)
_STANDING = frozenset({"m", "f", "either", "plural", "it", "first", "second"})
_OURS = frozenset({"delegation", "embassy", "mission", "legation", "department", "office"})
_MEETINGS = frozenset({"readout", "communique", "memcon", "press-release", "statement", "speech"})
_GROUP = re.compile(
    r"(?:^|(?<=\n)|(?<=[.,;:]\s)|(?<=\d\.\s))(?:(?:The|These|Some|Several|Many|All|Both|the|some|several|many|both)\s)?"
    r"(?P<who>(?:(?!that|and|which|who|to|of)[\w’'-]+\s){0,4}?(?:officials|leaders|ministers|representatives|members|delegates|"
    r"ambassadors|delegations|governments|authorities|sources|experts|officers|diplomats|spokesmen|"
    r"parties|sides|countries|states|allies|Ministers|Ambassadors|Governments|Representatives|"
    r"Soviets|Russians|Germans|Americans|Israelis|Egyptians|Arabs|Indians|Pakistanis|Indonesians|"
    r"Syrians|Iranians|Iraqis|Koreans|Italians|Belgians|Australians|Canadians|Communists|"
    r"British|French|Dutch|Japanese|Chinese|Vietnamese|Portuguese|Spanish|Turks|Greeks|Poles))"
    r"\s(?=[a-z])"
)
_NO_ONE = frozenset({"body", "it", "pair", "they", "joint", "signatory", "turn"})
_WRITTEN = frozenset({"telegram", "letter", "speech", "memorandum", "despatch", "correspondence"})
_SOMEBODY = {
    **dict.fromkeys(("woman", "girl", "mother", "wife", "daughter", "sister", "widow"), "f"),
    **dict.fromkeys(("man", "boy", "father", "husband", "son", "brother", "gentleman"), "m"),
}
_TOLD = 3.7
"""The weight of who has just spoken: more than of who was just named."""
_LAST, _PAIR, _LONGEST_LIST = 8, 2, 160
_DEEPEST = 12
_FAR, _BESIDE, _TOGETHER = 2_800, 12, 1.2
_ASIDE = 0.4
"""What weakens who is named once only."""
_TOWN_AS_SUBJECT, _TOWN, _ADVERB = 0.2, 0.9, 2.0
"""What a word of which nothing shows that it is a person takes off its weight."""
_MALFORMED = 0.7
_CLEAR, _CLOSE, _DOUBTFUL, _UNKNOWN = 0.94, 0.78, 0.65, 0.5
_MARGIN_CLEAR, _MARGIN_CLOSE = 0.8, 0.3


class _Noted(NamedTuple):
    position: int
    speaker: Speaker


class _Antecedent(NamedTuple):
    name: str
    role: str
    gender: str
    weight: float


class Resolver:
    """Tells who is meant by the speakers that the text of a page names.

    Statements are to be resolved, and noted, in the order in which they stand: who has spoken is
    more likely to be "he" in what follows.

    Args:
        page: the document.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._persons = Persons(page)
        self._phrases = Phrases(page, self._persons)
        self._salience = Salience(page, self._persons)
        self._noted: list[_Noted] = []
        self._labels: dict[str, Speaker] = {}
        self._meant: dict[tuple[str, int], Speaker] = {}
        self._depth = 0

    def resolve(self, surface: str, position: int, *, kind: str = "", inside: str = "") -> Speaker:
        """Return who a surface form stands for.

        Args:
            surface: the speaker as named there; empty for a verb without a subject, and for a
                quotation without a cue.
            position: where that stands, in characters.
            kind: how the subject was found: "noun" where a possessive names the speaker.
            inside: the speaker of the turn it stands in, whom "I" and "we" mean there.
        """
        found = formed(self._resolved(surface, position, kind, inside))
        return found if inside or kind == "noun" else self._with_others(found, position)

    def _with_others(self, found: Speaker, position: int) -> Speaker:
        """Return a speaker together with whom "and" joins to it at the head of its sentence."""
        text = self._page.text
        if not found.name or ";" in found.name or not text.endswith("and ", 0, position):
            return found
        start, _ = self._page.sentence_at(position)
        listed = _JOINED.fullmatch(text, start, position)
        if listed is None or position - start > _LONGEST_LIST:
            return found
        names = [name for each in _NAMES.split(listed["names"]) if (name := each.strip())]
        others = [self._resolved(name, start, "", "") for name in names]
        told = [*(each.name for each in others), found.name]
        if not all(told) or len(set(told)) < len(told):
            return found
        certainty = min(found.certainty, *(each.certainty for each in others))
        return Speaker("; ".join(told), found.role, "joint", certainty)

    def _resolved(self, surface: str, position: int, kind: str, inside: str) -> Speaker:
        words = _SELF.sub("", ROUND.sub("", " ".join(surface.split())).strip(EDGES))
        words = _OWNER.sub("", _SHORTENED.sub("", _DATED.sub("", words)))
        if not words:
            return self._salient("", position)
        if words.rstrip(".") in {"Jr", "Sr"}:
            return self._latter(position)
        owner, _, thing = words.partition(" ")
        if thing and pronoun_of(owner) == "first" and thing.lower() in _OURS:
            if self._is_ours(thing.lower()):
                return self._of_pronoun("first", position, inside)
            return replace(self._phrases.read(words, position), certainty=_DOUBTFUL)
        acronym = plain(words).isupper() and len(plain(words)) > 1
        pronoun = "" if acronym else pronoun_of(plain(words))
        if pronoun == "plural" and _BOTH.search(surface) and (both := self._both(position)):
            return both
        if pronoun in _STANDING:
            kindred = "" if kind == "noun" and pronoun == "it" else pronoun
            return self._of_pronoun(kindred, position, inside)
        if pronoun == "latter" or _LATTER.match(words):
            return self._latter(position)
        return self._phrases.read(words, position)

    def _is_ours(self, thing: str) -> bool:
        """Whether a document is of the embassy or the department that it calls its own."""
        return thing == "office" or thing in self._page.title.lower()

    def resolve_label(self, label: str, position: int) -> Speaker:
        """Return who a label of a transcript stands for: "MR. LEE:"; "Q" stays "Q"."""
        if label not in self._labels:
            found = formed(self._phrases.label(label, position))
            if _SALUTED.match(label):
                found = replace(found, certainty=_UNKNOWN)
            self._labels[label] = found
        return self._labels[label]

    def note(self, speaker: Speaker, position: int) -> None:
        """Remember who has spoken; call it for every statement, in their order."""
        name = speaker.name
        if name and (is_formed(name) or name.split()[-1] in _SOMEBODY):
            self._noted.append(_Noted(position, speaker))

    def _of_pronoun(self, pronoun: str, position: int, inside: str) -> Speaker:
        if pronoun == "first":
            return Speaker(inside, how="turn") if inside else self._phrases.signatory
        if pronoun == "second":
            return self._other(inside)
        if pronoun == "plural":
            return self._they(position)
        if pronoun == "it":
            return self._it(position)
        meant = self._salient(pronoun if pronoun in {"m", "f"} else "", position)
        if inside and meant.name == inside:
            return replace(meant, certainty=min(meant.certainty, _DOUBTFUL))
        return meant

    def _salient(self, gender: str, position: int) -> Speaker:
        """Return whom "he", "she" or a verb without a subject means."""
        key = (gender, position)
        if key not in self._meant:
            self._meant[key] = self._most_salient(gender, position)
        return self._meant[key]

    def _most_salient(self, gender: str, position: int) -> Speaker:
        weights: dict[str, _Antecedent] = {}
        antecedents = [*self._named_before(position), *self._spoken_before(position)]
        for each in [*antecedents, *self._continued(gender, position)]:
            known = weights.get(each.name)
            if not known or each.weight > known.weight:
                weights[each.name] = each
        fitting = [each for each in weights.values() if _may_be(each, gender)]
        ranked = sorted(fitting, key=lambda each: -each.weight)
        if not ranked:
            return Speaker("", how="pronoun", certainty=_UNKNOWN)
        best = ranked[0]
        margin = best.weight - ranked[1].weight if len(ranked) > 1 else 1.0
        certainty = _certainty(margin)
        if gender == "f" and not best.gender:
            certainty = min(certainty, _DOUBTFUL)
        return Speaker(best.name, best.role, "pronoun", certainty)

    def _continued(self, gender: str, position: int) -> list[_Antecedent]:
        """Return whom the sentence before means by the same pronoun, if that begins it."""
        start, _ = self._page.sentence_at(position)
        before, _ = self._page.sentence_at(max(0, start - 2))
        opening = _OPENING.match(self._page.text, before, start)
        within = self._page.paragraph_number(before) == self._page.paragraph_number(position)
        if not opening or not within or before >= start or self._depth >= _DEEPEST:
            return []
        told = pronoun_of(opening["who"])
        if gender and told != gender:
            return []
        self._depth += 1
        meant = self._salient(told, opening.start("who"))
        self._depth -= 1
        if not meant.name or meant.certainty < _CLOSE:
            return []
        person = self._persons.named(meant.name)
        known = person.gender if person else ""
        weight = _TOLD - self._salience.distance(before, position)
        return [_Antecedent(meant.name, meant.role, known, weight)]

    def _named_before(self, position: int) -> list[_Antecedent]:
        found = []
        for mention, weight in self._salience.before(position):
            person = self._persons.person_of(mention)
            if mention.kind == "office":
                speaker = self._phrases.read(mention.office, mention.start)
                found.append(_Antecedent(speaker.name, speaker.role, mention.gender, weight))
            elif person is not None and not self._is_writer(person) and is_formed(person.name):
                doubt = 0.0 if person.sure else self._doubt(mention, person)
                if doubt < _ADVERB:
                    weighed = weight - doubt - _ASIDE * (len(person.places) == 1)
                    found.append(_Antecedent(person.name, person.role, person.gender, weighed))
        return found

    def _doubt(self, mention: Mention, person: Person) -> float:
        if self._page.text.startswith(",", mention.end):
            return _ADVERB
        if self._salience.is_subject(mention):
            return _TOWN_AS_SUBJECT
        return _TOWN if mention.possessive or len(person.places) > 1 else _ADVERB

    def _spoken_before(self, position: int) -> list[_Antecedent]:
        found = []
        for at, speaker in self._noted[-_LAST:]:
            if position - _FAR < at < position and _is_one(speaker):
                weight = _TOLD - self._salience.distance(at, position)
                person = self._persons.named(speaker.name)
                gender = person.gender if person else _SOMEBODY.get(speaker.name.split()[-1], "")
                found.append(_Antecedent(speaker.name, speaker.role, gender, weight))
        return found

    def _is_writer(self, person: Person) -> bool:
        """Whether somebody is "I" in the document, and so not "he"."""
        written = self._page.doctype in _WRITTEN
        return written and self._phrases.signatory.name == person.name

    def _they(self, position: int) -> Speaker:
        """Return whom "they" means: who has just spoken together, or the two who met."""
        for at, speaker in reversed(self._noted[-_LAST:]):
            near = at < position and self._salience.distance(at, position) <= _TOGETHER
            if near and ";" in speaker.name:
                return Speaker(speaker.name, speaker.role, "they", _CLOSE)
        return self._joined(position) or self._group(position) or self._two()

    def _both(self, position: int) -> Speaker | None:
        """Return whom "they both" means: the only two whom the sentence names before."""
        start, _ = self._page.sentence_at(position)
        since = self._salience.before(position)
        near = {mention.start for mention, _ in since if mention.start >= start}
        found = [
            self._phrases.read(mention.office or self._name_of(mention), mention.start)
            for mention, _ in since
            if mention.start in near and mention.kind in {"office", "person"}
        ]
        names = list(dict.fromkeys(each.name for each in reversed(found) if each.name))
        if len(names) != _PAIR:
            return None
        return Speaker("; ".join(names), how="they", certainty=_DOUBTFUL)

    def _two(self) -> Speaker:
        """Return the two who met, in a document about a meeting."""
        pair = self._phrases.pair() if self._page.doctype in _MEETINGS else None
        return replace(pair, certainty=_DOUBTFUL) if pair else _nobody("they")

    def _group(self, position: int) -> Speaker | None:
        """Return the group that is the subject of the sentence, or of the one before it."""
        start, _ = self._page.sentence_at(position)
        before, _ = self._page.sentence_at(max(0, start - 2))
        for begin, end in ((start, position), (before, start)):
            if group := _GROUP.search(self._page.text, begin, end):
                return Speaker(plain(group["who"]), how="they", certainty=_DOUBTFUL)
        return None

    def _joined(self, position: int) -> Speaker | None:
        """Return two who stand side by side shortly before: "Lee and Park called"."""
        mentions = [mention for mention, _ in self._salience.before(position)]
        for later, earlier in pairwise(mentions):
            beside = later.joined and later.start - earlier.end < _BESIDE
            if beside and later.kind == earlier.kind and later.kind != "state":
                names = [self._name_of(each) for each in (earlier, later)]
                return Speaker("; ".join(names), how="they", certainty=_DOUBTFUL)
        return None

    def _name_of(self, mention: Mention) -> str:
        person = self._persons.person_of(mention)
        return person.name if person else mention.name or mention.office

    def _it(self, position: int) -> Speaker:
        """Return which body or state "it" means: what has spoken, else what was named last."""
        for at, speaker in reversed(self._noted[-_LAST:]):
            if at < position and speaker.how in {"body", "it"}:
                return Speaker(speaker.name, how="it", certainty=_CLOSE)
        found = [
            (weight, mention)
            for mention, weight in self._salience.before(position)
            if mention.kind in {"body", "state"} and not _FIGURE.search(mention.name)
        ]
        if not found:
            return _nobody("it")
        best = max(found, key=lambda each: each[0])[1]
        return Speaker(plain(best.name), how="it", certainty=_DOUBTFUL)

    def _latter(self, position: int) -> Speaker:
        for mention, _ in self._salience.before(position):
            if mention.kind == "office":
                return self._phrases.read(mention.office, mention.start)
            if self._persons.person_of(mention):
                return Speaker(self._name_of(mention), how="latter", certainty=_DOUBTFUL)
        return _nobody("latter")

    def _other(self, inside: str) -> Speaker:
        """Return whom "you" means: who spoke last in answer."""
        for _, speaker in reversed(self._noted):
            if speaker.name != inside and speaker.how == "label" and not is_asker(speaker.name):
                return Speaker(speaker.name, speaker.role, "you", _CLOSE)
        return self._phrases.addressee if not inside else _nobody("you")


def formed(speaker: Speaker) -> Speaker:
    """Return a speaker less certain, where the name does not look like one."""
    if not speaker.name or is_formed(speaker.name):
        return speaker
    return replace(speaker, certainty=speaker.certainty * _MALFORMED)


def _nobody(how: str) -> Speaker:
    return Speaker("", how=how, certainty=_UNKNOWN)


def _may_be(antecedent: _Antecedent, gender: str) -> bool:
    if not antecedent.name or ";" in antecedent.name:
        return False
    if singular_office(antecedent.name) != antecedent.name:
        return False
    return not (gender and antecedent.gender and gender != antecedent.gender)


def _certainty(margin: float) -> float:
    if margin >= _MARGIN_CLEAR:
        return _CLEAR
    return _CLOSE if margin >= _MARGIN_CLOSE else _DOUBTFUL


def _is_one(speaker: Speaker) -> bool:
    one = speaker.how not in _NO_ONE or speaker.name.split()[-1] in _SOMEBODY
    nobody = ";" in speaker.name or is_asker(speaker.name) or state_of(speaker.name)
    return one and not nobody
