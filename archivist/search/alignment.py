"""Two rows of words laid side by side: which are the same, and what was done to the others.

Needleman and Wunsch (1970) with gaps that cost something to open and little to go on with (Gotoh
1982), row by row with arrays. All costs are whole numbers, so that the way back is found exactly.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import numpy as np

from archivist.search.arrays import Places
from archivist.search.spelling import is_slip, read_anew, spelt, written_together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from archivist.search.words import Stems

    Grid = NDArray[np.int32]

Kind = Literal["same", "inflected", "spelled otherwise", "exchanged", "inserted", "dropped"]
UNIT: Final = 100
"""What a word of weight 1 counts."""
_SPELT, _INFLECTED, _SLIPPED = 97, 92, 88
"""Hundredths of a word's weight that another spelling or form of it counts."""
_EXCHANGED, _DROPPED = 25, 25
"""Hundredths of a word's weight that are lost beside the weight itself."""
_OPEN, _GO_ON, _DROP = 45, 7, 10
"""Hundredths of the mean weight: to begin with words that only one row has, for each of them; to
begin with dropping."""
_TOGETHER: Final = ((1, 2), (2, 1), (2, 2))
_NEVER: Final = -(10**8)


class Step(NamedTuple):
    """What became of some words: of `left[first:last]` came `right[begin:end]`.

    Attributes:
        kind: "inserted": only the right row has them; "dropped": only the left one.
        first: of the words in the left row: that is looked for.
        last: of these, the first that is not among them.
        begin: of the words in the right row: in which it is looked for.
        end: of these, the first that is not among them.
    """

    kind: Kind
    first: int
    last: int
    begin: int
    end: int


@dataclass(frozen=True)
class Row:
    """The words that are looked for, the left row of an alignment.

    Attributes:
        words: folded.
        weights: what each counts, in hundredths of a word.
        gaps: numbers of words after which words were left out on purpose, as "…" says.
        loose: numbers of words that may be misspelled: names, and words that nobody uses.
    """

    words: Sequence[str]
    weights: Places
    gaps: frozenset[int] = frozenset()
    loose: frozenset[int] = frozenset()

    @property
    def whole(self) -> int:
        """What all words count."""
        return int(self.weights.sum())


class Aligned(NamedTuple):
    """How a row was found in another.

    Attributes:
        similarity: from 0 to 1; 1 where the same words follow each other.
        steps: what was done, in order; they hold every word of both.
    """

    similarity: float
    steps: list[Step]


def plain_row(words: Sequence[str]) -> Row:
    """Return a row whose words count alike."""
    return Row(words, np.full(len(words), UNIT, np.int64))


class Aligner:
    """Lays rows of words beside one that is looked for, in one language.

    Args:
        row: the words that are looked for.
        stems: stems words.
        language: name of the stemmer.
    """

    def __init__(self, row: Row, stems: Stems, language: str) -> None:
        self._row = row
        self._stems = stems
        self._language = language
        numbered = map(_numbers, self._kinds(list(row.words)))
        self._known = [(known, _coded(keys, known)) for keys, known in numbered]
        self._unit = max(1, row.whole // max(1, len(row.words)))
        self._drops = np.append(0, np.cumsum(row.weights * _DROPPED // UNIT))

    def _kinds(self, words: list[str]) -> list[list[str]]:
        """Return words as they are, in one spelling, and their stems."""
        spellings = [spelt(word) for word in words] if self._language == "english" else words
        return [words, spellings, self._stems.stems(self._language, list(spellings))]

    def inside(self, words: Sequence[str]) -> Aligned:
        """Find the row inside another one; the steps begin and end where it does."""
        return self._align(words, free=True)

    def beside(self, words: Sequence[str]) -> Aligned:
        """Lay the row beside another one, from end to end."""
        return self._align(words, free=False)

    def _align(self, words: Sequence[str], *, free: bool) -> Aligned:
        gains, joints = self._gains(words), self._joints(words)
        scores = self._scores(gains, joints, free=free)
        end = int(scores[-1].argmax()) if free else len(words)
        pairs = list(self._way_back(scores, gains, joints, end, free=free))
        similarity = max(0, int(scores[-1, end])) / max(1, self._row.whole)
        steps = list(self._steps(words, pairs[::-1]))
        return Aligned(similarity, steps)

    # --- what pairs of words count

    def _gains(self, words: Sequence[str]) -> Grid:
        weights = self._row.weights[:, None]
        gains = np.repeat(-(weights * _EXCHANGED // UNIT), len(words), 1).astype(np.int32)
        for one, other in self._slips(words):
            gains[one, other] = self._row.weights[one] * _SLIPPED // UNIT
        for share, (known, mine), keys in zip(
            (_INFLECTED, _SPELT, UNIT),
            reversed(self._known),
            reversed(self._kinds(list(words))),
            strict=True,
        ):
            same = mine[:, None] == _coded(keys, known)[None, :]
            np.copyto(gains, (weights * share // UNIT).astype(np.int32), where=same)
        return gains

    def _slips(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        by_letter: dict[str, list[int]] = {}
        for at, word in enumerate(words):
            by_letter.setdefault(word[:1], []).append(at)
        for one in self._row.loose:
            asked = self._row.words[one]
            for other in by_letter.get(read_anew(asked)[:1], ()):
                if is_slip(asked, words[other]):
                    yield one, other

    def _joints(self, words: Sequence[str]) -> dict[tuple[int, int], tuple[int, int]]:
        """Return where one word is two in the other row ("co-operation"): at their ends."""
        mine = self._row.words
        found = {}
        for size, width in _TOGETHER:
            known: dict[str, list[int]] = {}
            for at in range(size, len(mine) + 1):
                known.setdefault(written_together(mine[at - size : at]), []).append(at)
            for end in range(width, len(words) + 1):
                for at in known.get(written_together(words[end - width : end]), ()):
                    if size != width or mine[at - size : at] != words[end - width : end]:
                        found[at, end] = (size, width)
        return found

    # --- the table

    def _scores(
        self, gains: Grid, joints: dict[tuple[int, int], tuple[int, int]], *, free: bool
    ) -> Grid:
        rows, width = len(gains), gains.shape[1] + 1
        places = np.arange(width, dtype=np.int32)
        scores = np.zeros((rows + 1, width), np.int32)
        if not free:
            scores[0, 1:] = -self._opening(0) - self._going_on(0) * places[1:]
        by_row: dict[int, list[tuple[int, int, int]]] = {}
        for (at, end), (size, wide) in joints.items():
            by_row.setdefault(at, []).append((end, size, wide))
        dropping = np.full(width, _NEVER, np.int32)
        drop = self._unit * _DROP // UNIT
        for at in range(1, rows + 1):
            lost = int(self._drops[at] - self._drops[at - 1])
            dropping = np.maximum(dropping, scores[at - 1] - drop) - lost
            best = dropping.copy()
            np.maximum(best[1:], scores[at - 1, :-1] + gains[at - 1], out=best[1:])
            for end, size, wide in by_row.get(at, ()):
                best[end] = max(best[end], scores[at - size, end - wide] + self._joined(at, size))
            if at < rows or not free:
                best = self._with_gap(best, places, at)
            scores[at] = best
        return scores

    def _with_gap(self, best: Grid, places: Grid, at: int) -> Grid:
        """Let words stand here that only the other row has."""
        go_on = self._going_on(at)
        reached = np.maximum.accumulate(best + go_on * places)
        best[1:] = np.maximum(best[1:], reached[:-1] - self._opening(at) - go_on * places[1:])
        return best

    def _joined(self, at: int, size: int) -> int:
        return int(self._row.weights[at - size : at].sum()) * _SPELT // UNIT

    def _opening(self, at: int) -> int:
        return 0 if at - 1 in self._row.gaps else self._unit * _OPEN // UNIT

    def _going_on(self, at: int) -> int:
        return 0 if at - 1 in self._row.gaps else max(1, self._unit * _GO_ON // UNIT)

    # --- the way back

    def _way_back(
        self,
        scores: Grid,
        gains: Grid,
        joints: dict[tuple[int, int], tuple[int, int]],
        end: int,
        *,
        free: bool,
    ) -> Iterator[tuple[int, int, int, int]]:
        """Yield from the last to the first which words stand beside which, as steps have them."""
        at = len(scores) - 1
        while at or (end and not free):
            size, wide = self._last_step(scores, gains, joints, at, end)
            yield at - size, at, end - wide, end
            at, end = at - size, end - wide

    def _last_step(
        self,
        scores: Grid,
        gains: Grid,
        joints: dict[tuple[int, int], tuple[int, int]],
        at: int,
        end: int,
    ) -> tuple[int, int]:
        """Return how many words of both rows the last step to a place took."""
        score = int(scores[at, end])
        if not at:
            return 0, end
        if end and score == scores[at - 1, end - 1] + gains[at - 1, end - 1]:
            return 1, 1
        if joint := joints.get((at, end)):
            size, wide = joint
            if score == scores[at - size, end - wide] + self._joined(at, size):
                return joint
        drop = self._unit * _DROP // UNIT
        lost = scores[:at, end] - drop - (self._drops[at] - self._drops[:at])
        if len(found := np.flatnonzero(lost == score)):
            return at - int(found[-1]), 0
        go_on = self._going_on(at)
        passed = scores[at, :end] - self._opening(at) - go_on * (end - np.arange(end))
        return 0, end - int(np.flatnonzero(passed == score)[-1])

    # --- steps

    def _steps(
        self, words: Sequence[str], pairs: Iterable[tuple[int, int, int, int]]
    ) -> Iterator[Step]:
        """Name what was done; what differs and stands together is one step."""
        named = (self._named(words, pair) for pair in pairs)
        for kind, group in itertools.groupby(named, lambda step: _group_of(step.kind)):
            run = list(group)
            spans = (run[0].first, run[-1].last, run[0].begin, run[-1].end)
            if kind != "changed":
                yield Step(run[0].kind, *spans)
            elif spans[0] == spans[1]:
                yield Step("inserted", *spans)
            else:
                yield Step("dropped" if spans[2] == spans[3] else "exchanged", *spans)

    def _named(self, words: Sequence[str], pair: tuple[int, int, int, int]) -> Step:
        first, last, begin, end = pair
        if begin == end or first == last:
            return Step("dropped" if begin == end else "inserted", *pair)
        if (last - first, end - begin) != (1, 1):
            return Step("spelled otherwise", *pair)
        return Step(self._kind_of(first, words[begin]), *pair)

    def _kind_of(self, at: int, other: str) -> Kind:
        one = self._row.words[at]
        if one == other:
            return "same"
        _, spellings, stems = self._kinds([one, other])
        if spellings[0] == spellings[1]:
            return "spelled otherwise"
        if stems[0] == stems[1]:
            return "inflected"
        return "spelled otherwise" if at in self._row.loose and is_slip(one, other) else "exchanged"


def _group_of(kind: Kind) -> str:
    """Return what steps that follow each other must share to be one."""
    return "changed" if kind in {"inserted", "dropped", "exchanged"} else kind


def _numbers(words: list[str]) -> tuple[list[str], dict[str, int]]:
    """Return words, and a number for each different one."""
    return words, {word: number for number, word in enumerate(dict.fromkeys(words))}


def _coded(words: Sequence[str], known: dict[str, int]) -> Places:
    """Return the numbers of words; -1 for those not known."""
    return np.fromiter((known.get(word, -1) for word in words), np.int64, len(words))
