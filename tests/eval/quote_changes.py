"""Sentences as officers paste them: several things changed at once, drawn by a seed.

Words are dropped and inflected, change places, are cut off at both ends, are misread by a scanner,
have other punctuation, an ellipsis where words are left out, and brackets with what was put in.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import Final

Change = Callable[[list[str], random.Random], "list[str] | None"]

_PLAIN = re.compile(r"[a-z]{3,}")
_LONG = re.compile(r"[a-z]{6,}")
_KEEPS_SENSE: Final = re.compile(
    "not|no|never|nor|none|neither|without|will|shall|must|may|should|would|can|could|might|half"
    "|all|one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|hundred|thousand"
    "|million|but|unless|before|after|if|cannot"
)
_FORMS: Final = (
    (r"(?<=[a-z]{3})ies$", "y"), (r"(?<=[a-z]{4}[^s])s$", ""), (r"(?<=[a-z]{4})ing$", "ed"),
    (r"(?<=[a-z]{4})ed$", "ing"), (r"(?<=[a-z]{4}[lnrt])$", "s"),
)  # fmt: skip
_MISREAD: Final = (
    ("rn", "m"), ("m", "rn"), ("li", "h"), ("ll", "11"), ("l", "1"), ("o", "0"), ("e", "c"),
    ("in", "m"), ("cl", "d"), ("s", "5"), ("ti", "tl"), ("v", "y"),
)  # fmt: skip


def _places(words: list[str], wanted: re.Pattern[str]) -> list[int]:
    """Return which words may be changed and leave the sense as it is, those at the ends apart."""
    return [
        at
        for at in range(2, len(words) - 2)
        if wanted.fullmatch(words[at]) and not _KEEPS_SENSE.fullmatch(words[at])
    ]


def dropped(words: list[str], draw: random.Random) -> list[str] | None:
    """Drop one or two plain words."""
    places = _places(words, _PLAIN)
    if len(places) < 4:
        return None
    gone = set(draw.sample(places, 2 if len(words) > 20 else 1))
    return [word for at, word in enumerate(words) if at not in gone]


def inflected(words: list[str], draw: random.Random) -> list[str] | None:
    """Put one word into another form."""
    places = _places(words, _LONG)
    draw.shuffle(places)
    for at in places:
        for pattern, other in _FORMS:
            if (form := re.sub(pattern, other, words[at])) != words[at]:
                return [*words[:at], form, *words[at + 1 :]]
    return None


def reordered(words: list[str], draw: random.Random) -> list[str] | None:
    """Let two words beside an "and", else two neighbours, change places."""
    joined = [
        at
        for at in range(2, len(words) - 2)
        if words[at] == "and"
        and _PLAIN.fullmatch(words[at - 1])
        and _PLAIN.fullmatch(words[at + 1])
    ]
    if joined:
        at = draw.choice(joined)
        return [*words[: at - 1], words[at + 1], "and", words[at - 1], *words[at + 2 :]]
    pairs = [at for at in _places(words, _PLAIN) if at + 1 in _places(words, _PLAIN)]
    if not pairs:
        return None
    at = draw.choice(pairs)
    return [*words[:at], words[at + 1], words[at], *words[at + 2 :]]


def moved(words: list[str], draw: random.Random) -> list[str] | None:
    """Move what stands before the first comma to the end, or the other way round."""
    del draw
    commas = [
        at for at, word in enumerate(words) if word.endswith(",") and 1 <= at < len(words) // 3
    ]
    if not commas:
        return None
    head, rest = words[: commas[0] + 1], words[commas[0] + 1 :]
    return [*rest[:-1], rest[-1].rstrip("."), *head[:-1], head[-1].rstrip(",") + "."]


def cut(words: list[str], draw: random.Random) -> list[str] | None:
    """Cut words off at both ends."""
    if len(words) < 14:
        return None
    begin, end = draw.randint(1, 3), len(words) - draw.randint(1, 3)
    gone = [*words[:begin], *words[end:]]
    if any(_KEEPS_SENSE.fullmatch(word.lower().strip(",.")) for word in gone):
        return None
    return words[begin:end]


def misread(words: list[str], draw: random.Random) -> list[str] | None:
    """Let a scanner misread letters of up to three words."""
    places = _places(words, _LONG)
    draw.shuffle(places)
    found, left = list(words), 3
    for at in places:
        fit = [(one, other) for one, other in _MISREAD if one in words[at][1:]]
        if fit and left:
            one, other = draw.choice(fit)
            found[at] = words[at][0] + words[at][1:].replace(one, other, 1)
            left -= 1
    return found if found != words else None


def punctuated(words: list[str], draw: random.Random) -> list[str] | None:
    """Write other punctuation: dashes for commas, quotation marks, no full stop."""
    text = " ".join(words).replace(", ", " – ").replace("’", "'").rstrip(".")
    if draw.random() < 0.5:
        text = f"„{text}“"
    return text.split(" ")


def elided(words: list[str], draw: random.Random) -> list[str] | None:
    """Leave words out of the middle, and say so."""
    if len(words) < 14:
        return None
    at, size = draw.randint(4, len(words) - 8), draw.randint(2, 5)
    if any(_KEEPS_SENSE.fullmatch(word.strip(",")) for word in words[at : at + size]):
        return None
    sign = draw.choice(["…", "...", "[…]", "(...)"])
    return [*words[:at], sign, *words[at + size :]]


def bracketed(words: list[str], draw: random.Random) -> list[str] | None:
    """Put something in brackets in, or in the place of a word, or begin with another letter."""
    way = draw.randrange(3)
    places = _places(words, _PLAIN)
    if not places:
        return None
    at = draw.choice(places)
    if way == 0:
        return [*words[: at + 1], draw.choice(["[sic]", "[emphasis added]"]), *words[at + 1 :]]
    if way == 1:
        return [*words[:at], draw.choice(["[the Government]", "[they]"]), *words[at + 1 :]]
    first = words[0]
    return [f"[{first[:1].lower()}]{first[1:]}", *words[1:]] if first[:1].isalpha() else None


CHANGES: Final[dict[str, Change]] = {
    "words dropped": dropped,
    "another form": inflected,
    "order changed": reordered,
    "clause moved": moved,
    "cut at both ends": cut,
    "misread by a scanner": misread,
    "other punctuation": punctuated,
    "ellipsis": elided,
    "brackets": bracketed,
}


def several(text: str, draw: random.Random, first: str) -> tuple[str, str] | None:
    """Make two to four changes of a sentence, one of them given; None where it is not for that.

    Returns:
        The changes' names, and the sentence.
    """
    others = [name for name in CHANGES if name != first]
    names = [first, *draw.sample(others, draw.randint(1, 3))]
    names.sort(key=list(CHANGES).index)
    words, made = " ".join(text.split()).split(" "), []
    for name in names:
        changed = CHANGES[name](words, draw)
        if changed is not None and changed != words:
            words = changed
            made.append(name)
    if first not in made or len(made) < 2:
        return None
    return ", ".join(made), " ".join(words)


def drawn(
    sentences: Callable[[int], Iterator[tuple[str, str]]], count: int, seed: int
) -> Iterator[tuple[str, str, str, str]]:
    """Yield sentences with several changes, each kind of change in turn as the first.

    Args:
        sentences: yields sentences and titles of their records for a seed.
        count: how many.
        seed: of the draw.

    Yields:
        The changes' names, the changed sentence, the title of its record, the sentence itself.
    """
    names = list(CHANGES)
    for number in range(count):
        draw = random.Random(seed * 1_000 + number)
        for text, title in sentences(seed * 1_000 + number):
            found = several(text, draw, names[number % len(names)]) if " the " in text else None
            if found is not None:
                yield *found, title, text
                break
