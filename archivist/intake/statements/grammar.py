"""The grammar of saying of one language, read from resources/statements/<language>.yaml.

A language is added by adding its file; what each of its fields means, and how verbs are written
there, stands at the head of en.yaml. A file is read when its language is first met, and once.
"""
# ruff: noqa: RUF001 - rules look for the very marks that documents hold

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import yaml

from archivist import assets

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFAULT = "en"
"""The language of texts whose own has no file."""
_LONG = 4
GAP = "..."
"""Stands, in what belongs to a verb, for a few words: "made ... clear"."""

Tense: TypeAlias = Literal["past", "present", "gerund", "participle", "infinitive"]
Words: TypeAlias = frozenset[str]
_TENSES: tuple[Tense, ...] = ("past", "present", "gerund", "participle", "infinitive")
# words only: "on" and "no" are words here, and no truth values
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a verb of saying.

    Attributes:
        kinds: the classes of the verb: "say", "state", "tell", "ask", "order", "commit", "quote",
            "full", "light".
        tense: its form: a participle needs an auxiliary, an infinitive what `resumed` lists.
        tail: the words that belong to it, in lower case: ("out",), ("...", "clear").
    """

    kinds: Words
    tense: Tense
    tail: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grammar:
    """How one language reports speech. The fields are those of its file; words are in lower case.

    Attributes:
        language: its code.
        forms: the forms of its verbs of saying, by their first word; the longest first.
        words: matches one word or mark of a text, as its sentences are cut into for the rules.
    """

    language: str
    forms: Mapping[str, tuple[Form, ...]]
    words: re.Pattern[str]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    nouns: Words
    demands: Words
    thoughts: Words
    doubtful: Words
    that: Words
    whether: Words
    conditional: Words
    wh: Words
    to: Words
    datives: Words
    pronouns: Words
    first: Words
    mine: Words
    you: Words
    relatives: Words
    topics: Words
    clitics: Words
    standing: Words
    addressees: Words
    auxiliaries: Words
    passives: Words
    negations: Words
    futures: Words
    resumed: Words
    purposes: Words
    adverbs: Words
    adverb_endings: tuple[str, ...]
    determiners: Words
    prepositions: Words
    linking: Words
    contracted: Words
    conjunctions: Words
    subordinators: Words
    finite: Words
    finite_endings: tuple[str, ...]
    heads: Words
    titles: Words
    documents: Words
    quantities: Words
    person_endings: tuple[str, ...]
    gerund_endings: tuple[str, ...]
    empty: Words
    dumb: Words
    objects: Words
    answers: Words
    times: Words
    as_said: Words
    terse: Words
    that_nouns: Words
    impersonal: Words
    unreal: Words
    visits: Words
    reciprocals: Words
    anybody: Words
    objects_of_questions: Words
    ordinals: Words
    agents: Words
    sources: Words
    issuers: Words
    infinitives: tuple[str, ...]
    infinitive_openers: Words
    bare: bool
    subjectless: bool
    bracket: bool
    second: bool

    @functools.cached_property
    def plain_nouns(self) -> Words:
        """Forms that may be nouns and, where they are verbs, stand in the present, alone."""
        return frozenset(
            word
            for word in self.doubtful
            if word in self.forms and all(_is_plain(form) for form in self.forms[word])
        )

    @functools.cached_property
    def before_verbs(self) -> Words:
        """Words that may stand between a verb and its subject, or be its subject."""
        return (
            self.pronouns
            | self.auxiliaries
            | self.passives
            | self.negations
            | self.futures
            | self.to
            | self.clitics
            | self.impersonal
            | self.aside_closers
        )

    @functools.cached_property
    def aside_openers(self) -> Words:
        """The first words of what `resumed` lists."""
        return frozenset(phrase.partition(" ")[0] for phrase in self.resumed)

    @functools.cached_property
    def aside_closers(self) -> Words:
        """The last words of what `resumed` lists."""
        return frozenset(phrase.rpartition(" ")[2] for phrase in self.resumed)

    @functools.cached_property
    def openers(self) -> Words:
        """The words that open a clause that a noun of saying governs."""
        return self.that | self.whether

    @functools.cached_property
    def starts(self) -> Words:
        """The words that a cue can begin with, in lower case: without one there is no cue."""
        return frozenset(self.forms) | frozenset(self.phrases) | self.nouns | self.demands

    def is_adverb(self, word: str) -> bool:
        """Whether a word may stand between subject and verb."""
        return word in self.adverbs or (
            bool(self.adverb_endings) and len(word) > _LONG and word.endswith(self.adverb_endings)
        )

    def is_finite(self, word: str) -> bool:
        """Whether a word is evidently a verb with a subject, as of "is", "would", "visited"."""
        return word in self.finite or (
            bool(self.finite_endings) and len(word) > _LONG and word.endswith(self.finite_endings)
        )


def _is_plain(form: Form) -> bool:
    return form.tense == "present" and not form.tail and "light" not in form.kinds


@functools.lru_cache(maxsize=32)
def grammar_of(language: str) -> Grammar:
    """Return the grammar of a language; of an unknown one, that of DEFAULT.

    Args:
        language: its code, also with a region: "en", "pt-BR", "".
    """
    code = language[:2].lower()
    if code.isalpha():
        try:
            return _read(code)
        except FileNotFoundError:
            pass
    return _read(DEFAULT) if code == DEFAULT else grammar_of(DEFAULT)


def _read(code: str) -> Grammar:
    file = assets.path(f"statements/{code}.yaml")
    data: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    return _built(data)


def _built(data: dict[str, Any]) -> Grammar:
    given: dict[str, Any] = {
        "language": data["language"],
        "forms": _forms(data),
        "words": _words(data),
        "phrases": _phrases(data["according"]),
    }
    for field in fields(Grammar):
        if field.name not in given:
            given[field.name] = _field(field.type, data.get(field.name))
    return Grammar(**given)


def _field(kind: object, value: object) -> object:
    if kind == "bool":
        return value == "true"
    words = _listed(value)
    return tuple(words) if "tuple" in str(kind) else frozenset(words)


def _listed(value: object) -> list[str]:
    items = value.split() if isinstance(value, str) else value or []
    return [str(item).replace("_", " ") for item in items] if isinstance(items, list) else []


def _phrases(listed: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(listed, key=len, reverse=True):
        first, *rest = phrase.split()
        found.setdefault(first, []).append(tuple(rest))
    return {first: tuple(rests) for first, rests in found.items()}


def _forms(data: dict[str, Any]) -> dict[str, tuple[Form, ...]]:
    kinds: dict[tuple[str, Tense, tuple[str, ...]], set[str]] = {}
    for kind, verbs in data["verbs"].items():
        for verb in verbs:
            for key in _conjugated(str(verb), data.get("paradigms") or {}):
                kinds.setdefault(key, set()).add(kind)
    found: dict[str, list[Form]] = {}
    for (word, tense, tail), of in kinds.items():
        found.setdefault(word, []).append(Form(frozenset(of), tense, tail))
    return {
        word: tuple(sorted(forms, key=lambda form: (-len(form.tail), _TENSES.index(form.tense))))
        for word, forms in found.items()
    }


def _conjugated(
    verb: str, paradigms: dict[str, str]
) -> Iterator[tuple[str, Tense, tuple[str, ...]]]:
    head, _, tail = verb.partition("|")
    stem, plus, name = head.strip().partition("+")
    row = paradigms[name] if plus else head
    cells = [cell.strip() for cell in row.split(";")]
    seen: set[str] = set()
    for tense, cell in zip(_TENSES, cells, strict=False):
        for ending in filter(None, cell.split("/")):
            word = stem + ending.removeprefix("-") if plus else ending
            # English: "said" is past and participle; then the past tells all that is needed
            if not (tense == "participle" and word in seen and cells[0] == cells[3]):
                yield word, tense, tuple(tail.split())
            seen.add(word)


def _words(data: dict[str, Any]) -> re.Pattern[str]:
    """Build the pattern of a word, with the apostrophe or full stop that is its own."""
    shortened = "".join(rf"|(?<=\b{re.escape(word)})" for word in _listed(data["abbreviations"]))
    elided = "|".join(rf"(?<=\b(?i:{word}))" for word in _listed(data["elisions"]))
    letters = r"[^\W_]\w*+"
    suffix = r"-(?:t-)?(?:ils?|elles?|on|lhes?|me|nos|se)\b" if data.get("inverted") else ""
    joined = rf"(?:(?!{suffix})['’.\-/&@]{letters})*+" if suffix else rf"(?:['’.\-/&@]{letters})*+"
    if elided:
        joined = rf"(?:(?=['’])(?:{elided})['’]|{joined})"
    stop = rf"(?:(?=\.)(?:(?<=\b[^\W\d_a-zß-ÿа-я])|(?<=\b[^\W\d_]\.[^\W\d_]){shortened})\.)?"
    parts = [rf"[@#]?{letters}{joined}{stop}", suffix, r"[^\s\w]"]
    return re.compile("|".join(part for part in parts if part))
