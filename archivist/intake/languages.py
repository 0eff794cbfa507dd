"""The language of a text: by its script, by its commonest words, and only then by a model."""

from __future__ import annotations

import functools
import re
from collections import Counter
from types import MappingProxyType

_SAMPLE = 3_000
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH_WORDS = 6
_SHARE = 0.12
_LEAD = 1.6
_MIN_MODEL_CHARS = 12
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("lo", re.compile(r"[\u0e80-\u0eff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
    ("te", re.compile(r"[\u0c00-\u0c7f]")),
    ("kn", re.compile(r"[\u0c80-\u0cff]")),
    ("ml", re.compile(r"[\u0d00-\u0d7f]")),
    ("gu", re.compile(r"[\u0a80-\u0aff]")),
    ("pa", re.compile(r"[\u0a00-\u0a7f]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("si", re.compile(r"[\u0d80-\u0dff]")),
    ("km", re.compile(r"[\u1780-\u17ff]")),
    ("my", re.compile(r"[\u1000-\u109f]")),
    ("am", re.compile(r"[\u1200-\u137f]")),
)
_FAMILIES = (
    (
        re.compile(r"[\u0400-\u052f]"),
        (
            ("be", re.compile("[ўЎ]"), 0.002),
            ("kk", re.compile("[әғқңөұһӘҒҚҢӨҰ]"), 0.02),
            ("uk", re.compile("[іїєґІЇЄҐ]"), 0.01),
            ("mk", re.compile("[ѓќѕЃЌЅ]"), 0.001),
            ("sr", re.compile("[јљњђћџЈЉЊЂЋЏ]"), 0.005),
            ("mn", re.compile("[өүӨҮ]"), 0.02),
            ("ru", re.compile("[ыэЫЭ]"), 0.002),
            ("bg", re.compile("[ъЪ]"), 0.005),
        ),
        "ru",
    ),
    (
        re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]"),
        (
            ("ur", re.compile("[ٹڈڑںےھہ]"), 0.02),
            ("ps", re.compile("[ښځڅډړږټڼې]"), 0.01),
            ("fa", re.compile("[پچژگیک]"), 0.02),
        ),
        "ar",
    ),
)
_MOST = 0.5
_JAPANESE_SHARE = 0.05
_COMMON = MappingProxyType(
    {
        language: frozenset(words.split())
        for language, words in {
            "en": "the of and to in that is for on with as by this be are was it at from have has "
            "which not we will our or an its their been would he you his but they all were",
            "fr": "le la les de des du et à en un une que qui dans pour sur par au aux est ce "
            "cette "
            "ne pas son sa ses il se avec nous vous leur ou sont été l d n s qu",
            "es": "el la los las de del y en que un una por para con se su sus es al lo como más "
            "este esta fue ha no o entre sobre desde también sin país",
            "de": "der die das und in den von zu mit des dem im für auf ist eine ein nicht sich "
            "auch "
            "als an werden wird durch oder sind bei nach zur zum dass einer",
            "nl": "de het een van en in te dat op voor met is zijn aan door bij die niet als "
            "worden "
            "wordt tot om ook der deze dit hebben heeft of naar ter uit",
            "pt": "o a os as de da do das dos e em que um uma para com por não se no na ao nos nas "
            "mais como é são pelo pela sua seu foi entre",
            "it": "il la le lo gli i di del della dei delle e in che un una per con da si non al "
            "alla "
            "nel nella sono è come più anche dal ha questo",
            "sv": "och att det som en på är av för med den till inte om ett har de vi från i kan "
            "ska",
            "da": "og at det som en på er af for med den til ikke om et har de vi fra i kan skal "
            "blev",
            "pl": "i w na z do nie się że jest o oraz dla od przez po jak są za ich tym który",
            "id": "yang dan di dari untuk dengan pada ini itu dalam tidak adalah oleh akan ke atau",
            "tr": "ve bir bu için ile olarak da de olan çok en daha ne gibi kadar sonra türkiye",
            "ro": "și în de la cu pe care nu este din a pentru sau al ale prin o un mai se",
            "hu": "a az és hogy nem is egy van meg ez azt de el volt ha kell vagy minden",
            "cs": "a v se na je že o s z do k i pro jako by za které od ze však",
            "fi": "ja on ei se että hän oli joka mutta myös ovat sekä tai kun ole",
            "la": "et in ad cum ut non est sed ex qui quae per atque ac",
            "ca": "el la els les de del i en que un una per amb és a al dels no es com més",
        }.items()
    }
)


def find_language(text: str, hint: str = "") -> str:
    """Return the ISO 639-1 code of a text's language, or "" where it shows none.

    Args:
        text: the document.
        hint: what its metadata says, for example "en-GB"; asked only where the text says nothing.
    """
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if letters < _MIN_MODEL_CHARS:
        return _code(hint)
    return (
        _by_script(sample, letters)
        or _by_letters(sample, letters)
        or _by_words(sample)
        or _by_model(sample)
    )


def _by_script(sample: str, letters: int) -> str:
    if sample.isascii():
        return ""
    for language, script in _SCRIPTS:
        share = len(script.findall(sample)) / letters
        if share > (_JAPANESE_SHARE if language == "ja" else 0.4):
            return language
    return ""


def _by_letters(sample: str, letters: int) -> str:
    """Tell the languages of one script apart by letters only they have."""
    if sample.isascii():
        return ""
    for script, own, usual in _FAMILIES:
        if len(script.findall(sample)) < _MOST * letters:
            continue
        for language, marks, share in own:
            if len(marks.findall(sample)) > share * letters:
                return language
        return usual
    return ""


def _by_words(sample: str) -> str:
    words = _WORD.findall(sample.lower())
    if len(words) < _ENOUGH_WORDS:
        return ""
    counts: Counter[str] = Counter()
    spoken = _languages_of_words()
    for word, times in Counter(words).items():
        for language in spoken.get(word, ()):
            counts[language] += times
    (best_language, best), (_, second) = (*counts.most_common(2), ("", 0), ("", 0))[:2]
    return best_language if best >= _SHARE * len(words) and best >= _LEAD * second else ""


@functools.cache
def _languages_of_words() -> dict[str, tuple[str, ...]]:
    """Return the languages each of the commonest words is of."""
    found: dict[str, tuple[str, ...]] = {}
    for language, words in _COMMON.items():
        for word in words:
            found[word] = (*found.get(word, ()), language)
    return found


@functools.cache
def _model() -> object:
    # loading it takes half a second, and most texts never need it
    from py3langid import langid  # type: ignore[import-untyped]  # noqa: PLC0415

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)


def _by_model(sample: str) -> str:
    model = _model()
    return _code(str(model.classify(sample)[0]))  # type: ignore[attr-defined]


def _code(hint: str) -> str:
    """Return the two letters of a language tag, "" where it has three or none."""
    code = re.split(r"[-_]", hint.strip().lower(), maxsplit=1)[0]
    return code if len(code) == len("en") and code.isalpha() else ""
