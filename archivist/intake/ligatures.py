"""Arabic whose ligatures were decoded backwards is turned round: "األمم املتحدة" is الأمم المتحدة.

Programs that take the text out of a PDF may give the letters of a ligature in the wrong order:
lam-alef mostly, in some fonts lam with meem, jeem, hah or khah, too. These letters are always
written as a ligature, so that a font which has one backwards has them all. A text is touched only
where it holds several words that no Arabic word can be ("األ", "اإل") and hardly any that is right,
and a word only where its other reading is none. Persian and Urdu have no such words, and stay.
"""

# ruff: noqa: RUF001 - letters that look like others
from __future__ import annotations

import re
from typing import TypeAlias

_LEAST = 5
"""Words that are wrong for certain, before a text is touched."""
_MOSTLY = 10
"""Times as many are backwards as are right, where what is right is taken for chance."""
_WORD = re.compile(
    "[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ed\ufb50-\ufdff\ufe70-\ufefc]{2,}"
)
_SURE = re.compile("\\b[وفبك]?ا[أإآ]ل")
_RIGHT = re.compile("\\b[وفبك]?ال[أإآ]|\\b[وف]?لا\\b")
_OTHERS = "مجحخ"

_Rules: TypeAlias = tuple[tuple[re.Pattern[str], str], ...]
_LETTERS = "بتثجحخدذرزسشصضطظعغفقكمنهوي"
_OF_ACTION = "^([وفبكل]{0,2}(?:ال|لل)?"
_RULES: _Rules = (
    # True lams and alefs that meet would stand turned round themselves.
    (re.compile("^([وفبك]?ال)ال"), r"\1لا"),
    (re.compile("^([وف]?)ل([اأإآ])ل"), r"\1لل\2"),
    (re.compile(f"^([وف]?)إل(?=[{_LETTERS}]{{1,2}}ال)"), r"\1لإ"),
    (re.compile("^([وف]?[أإ]?)ال(?=\u0651?$)"), r"\1لا"),
    (re.compile("^([وف]?)ألن(ه|ها|هم|نا|ني)?$"), r"\1لأن\2"),
    (re.compile("^([وف]?)أل(ول|جل|ي|ية)$"), r"\1لأ\2"),
    (re.compile("^([وف]?)هلل$"), r"\1لله"),
    # No word holds two alefs in a row, or such a hamza where an alef and a lam stand before it.
    (re.compile("^([وفبك]?)ا([أإآ])ل"), r"\1ال\2"),
    (re.compile("([اآ])ال"), r"\1لا"),
    (re.compile("ال(?=[ءئؤ])"), "لا"),
    (re.compile("ال(?=\u064b$)"), "لا"),
    (re.compile("ا\u064bل$"), "ل\u064bا"),
    (re.compile("^([وفب]?)(?:هللا|اهلل)$"), r"\1الله"),
    # Nouns of action (إعلان, احتلال): behind an "ال" that is right come endings only.
    (re.compile(f"{_OF_ACTION}إ[{_LETTERS}])ال(?![ةه]|ت.|$)"), r"\1لا"),
    (
        re.compile(f"{_OF_ACTION}[اإ](?!ل)[{_LETTERS}]{{2,4}})ال(?=[بثجحخدذرزسشصضطظعغفقلم])"),
        r"\1لا",
    ),
)
_LISTED = """
أحالم أخالق أصال أوال أوالد إفالت استهالك امتالك بالد بدال بطوالت تالحم تحليالت تحوالت
تدخالت تسهيالت تعديالت تكتالت تنازالت ثالثون ثالثين جالل جاللة جاللت حالل حمالت خالفات خالل
داللة دوال دوالر رحالت سالح سالمة سالمت سبال شامال صالحيات طويال عائالت عاجال عالقات عالوة
عطالت عمالت غالف فضال قليال كالم كامال مؤهالت مالئم مالحظات مالحظة مالذ مالمح ماليين محاوالت
محتالت مراسالت مستقبال مشكالت معامالت مواصالت ميالد هالل واليات ويالت
"""
_MEANT = frozenset(_LISTED.split())
"""Words that are none, or hardly ever, unless their "ال" is turned round."""
_WITH_ARTICLE = frozenset({"سالم"})
"""Peace, if it is no man's name."""
_ARTICLES = ("ال", "بال", "كال", "لل")
_BEFORE = tuple(
    joint + particle for joint in ("", "و", "ف") for particle in ("", "ب", "ك", "ل", *_ARTICLES)
)
_BEHIND = ("", "ه", "ها", "هم", "نا", "ي", "ية", "ا")
_ALONE = frozenset({"ال", "وال", "فال"})
_MARKS = re.compile("[\u064b-\u0652\u0670]")


def turned(text: str) -> tuple[str, int]:
    """Return a text with ligatures that stand backwards turned round, and how many words changed.

    A text that is right is returned as it is.
    """
    if not _is_backwards(text):
        return text, 0
    rules = _RULES + _of_others(text)
    changed = 0

    def mended(match: re.Match[str]) -> str:
        nonlocal changed
        word = match.group()
        if not (word in _ALONE and _is_torn(match)):
            word = _as_meant(_by_rules(word, rules))
        changed += word != match.group()
        return word

    return _WORD.sub(mended, text), changed


def _is_backwards(text: str) -> bool:
    """Whether all ligatures of a text stand backwards."""
    if "\N{ARABIC LETTER ALEF}" not in text:
        return False
    wrong = len(_SURE.findall(text))
    return wrong >= _LEAST and wrong > _MOSTLY * len(_RIGHT.findall(text))


def _is_torn(word: re.Match[str]) -> bool:
    """Whether a word is a piece of one that was torn apart at a vowel sign."""
    behind = word.string[word.end() : word.end() + 2]
    return behind[:1] != " " or _MARKS.match(behind[1:]) is not None


def _of_others(text: str) -> _Rules:
    """Return rules for the other ligatures with lam that stand backwards throughout a text."""
    rules: list[tuple[re.Pattern[str], str]] = []
    for letter in _OTHERS:
        wrong = re.compile(f"\\b[وفبك]?ا{letter}ل[^\\W_]{{2}}")
        right = len(re.findall(f"\\b[وفبك]?ال{letter}", text))
        if len(wrong.findall(text)) > max(_LEAST, _MOSTLY * right):
            rules.append((re.compile(f"^([وفبك]?)ا{letter}ل(?=..)"), rf"\1ال{letter}"))
            rules.append((re.compile(f"^([وف]?)ل{letter}ل(?=..)"), rf"\1لل{letter}"))
    return tuple(rules)


def _by_rules(word: str, rules: _Rules) -> str:
    for pattern, right in rules:
        word = pattern.sub(right, word)
    return word


def _as_meant(word: str) -> str:
    """Turn round the lam-alef within a word that is known, whatever stands before and behind it."""
    bare = _MARKS.sub("", word)
    for before in _BEFORE:
        core = bare[len(before) :]
        if bare.startswith(before) and _is_meant(core, before):
            head, lam_alef, tail = word.rpartition("ال")
            return f"{head}لا{tail}" if lam_alef else word
    return word


def _is_meant(core: str, before: str) -> bool:
    known = _MEANT | _WITH_ARTICLE if before.endswith(_ARTICLES) else _MEANT
    return any(core.endswith(end) and core[: len(core) - len(end)] in known for end in _BEHIND)
