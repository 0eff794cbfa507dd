"""What the archive answers about wordings: a phrase through the years, two uses, a quotation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Stretch: TypeAlias = tuple[int, int, int]
"""A record and where a passage begins and ends in its text, in characters."""

Spot: TypeAlias = tuple[int, int, int]
"""A record, and the numbers of the first and the last word of a passage in its text."""

Kind = Literal["same", "inflected", "spelled otherwise", "exchanged", "inserted", "dropped"]
Form = Literal["phrase", "inflected", "inserted", "extended", "exchanged", "dropped", "added"]
Verdict = Literal["verbatim", "near", "never"]
VoiceKind = Literal["speaker", "source"]
"""Whether somebody is said to have spoken the words, or only wrote or issued the record."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of words that two texts share or do not.

    All `left` put together are the left text, all `right` the right one: blanks and punctuation
    stand in them as they stand there.

    Attributes:
        kind: "same" (but for case, accents, punctuation), "inflected" (another form of the word),
            "spelled otherwise", "exchanged", "inserted" (only right) or "dropped" (only left).
        left: the words at the left; empty where they are inserted.
        right: the words at the right; empty where they are dropped.
    """

    kind: Kind
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a phrase is used, in its sentence.

    Attributes:
        record: id of the record.
        ref: its accession number.
        title: its title.
        date: its date, ISO 8601, as exact as the document is; empty for none.
        doctype: code of its type.
        speaker: who said it, where a statement holds it, else the originator; may be empty.
        start: where the phrase begins in the record's text, in characters.
        end: where it ends, exclusive.
        paragraph: the number of its paragraph, from 1; 0 where there is none.
        text: its sentence on one line; empty where the record's text was changed since.
        mark: where the phrase stands in `text`.
        voice: whether `speaker` said it, or is only the source of the record.
        role: the speaker's office, as the document says it; may be empty.
        said: when it was said, where the text tells another date than the record's; else empty.
    """

    record: int
    ref: str
    title: str
    date: str
    doctype: str
    speaker: str
    start: int
    end: int
    paragraph: int
    text: str
    mark: tuple[int, int]
    voice: VoiceKind = "source"
    role: str = ""
    said: str = ""

    @property
    def stretch(self) -> Stretch:
        """The place, as passages are named."""
        return self.record, self.start, self.end

    @property
    def gone(self) -> bool:
        """Whether the text was changed since the search."""
        return not self.text


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of a phrase.

    Attributes:
        text: the form, in small letters and without accents, as the index has it.
        kind: what was done to the phrase: "inflected", "inserted" (words inside), "extended"
            (words before or behind), "exchanged", "dropped"; "added": somebody named it; or
            "phrase": nothing.
        uses: how many times.
        records: in how many records.
        first: its earliest use.
        last: its latest one.
        by_year: uses by year; undated ones are left out.
        places: all uses, by date, undated ones last.
    """

    text: str
    kind: Form
    uses: int
    records: int
    first: Use
    last: Use
    by_year: Mapping[int, int]
    places: Sequence[Spot]


@dataclass(frozen=True, slots=True)
class User:
    """Who uses a phrase.

    Attributes:
        name: of the speaker, else of the originator.
        uses: how many times.
        first: date of the earliest use, ISO 8601; empty where none is dated.
        last: date of the latest one.
        kind: "speaker": in statements of theirs; "source": elsewhere in records of theirs.
    """

    name: str
    uses: int
    first: str
    last: str
    kind: VoiceKind = "source"


@dataclass(frozen=True, slots=True)
class Wording:
    """A phrase through the years.

    Attributes:
        phrase: as it was asked for.
        uses: how many times it is used.
        records: in how many records.
        undated: uses in records without a date.
        first: the earliest use; None for none.
        last: the latest one.
        by_year: uses by year.
        filed: records filed by year, from the first year of a use to the last.
        variants: the phrase itself first, then forms of it by their uses.
        users: who uses it: speakers, most first, then sources.
        places: all uses of the phrase itself, by date, undated ones last.
        reason: why there is no use, in words for people.
        proposal: a phrase that has uses; may be empty.
        took_ms: how long it took, in milliseconds.
        unread: how many records are still to be read for who says it, about.
    """

    phrase: str
    uses: int
    records: int
    undated: int
    first: Use | None
    last: Use | None
    by_year: Mapping[int, int]
    filed: Mapping[int, int]
    variants: tuple[Variant, ...]
    users: tuple[User, ...]
    places: Sequence[Spot]
    reason: str = ""
    proposal: str = ""
    took_ms: float = 0.0
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two uses side by side, their sentences word by word."""

    left: Use
    right: Use
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """A place that says what was asked about, or nearly.

    Attributes:
        use: the place; its mark is what matches.
        text: the passage as it stands in the record.
        citation: how it is cited.
        similarity: from 0 to 1; 1 where the same words stand in a row.
        differences: left is what was asked, right what stands there.
        turned: whether the words are close but the sense is another.
        warning: why, in words for people; empty where it is not turned.
    """

    use: Use
    text: str
    citation: str
    similarity: float
    differences: tuple[Difference, ...]
    turned: bool = False
    warning: str = ""

    @property
    def speaker(self) -> str:
        """Who said it, else the source of the record; empty where neither is known."""
        return self.use.speaker

    @property
    def voice(self) -> VoiceKind:
        """Whether `speaker` said it, or is only the source of the record."""
        return self.use.voice

    @property
    def ref(self) -> str:
        """The record's accession number."""
        return self.use.ref

    @property
    def date(self) -> str:
        """The record's date, ISO 8601, as exact as the document is."""
        return self.use.date

    @property
    def start(self) -> int:
        """Where the passage begins in the record's text, in characters."""
        return self.use.start

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.use.end


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """Whether something was ever said.

    Attributes:
        text: what was asked.
        verdict: "verbatim": the same words stand in a row somewhere, whatever the punctuation,
            case, accents and quotation marks; "near": words much like them do; or "never".
        matches: one of each record; word for word the oldest first, else the most similar.
        records: in how many records it stands word for word.
        took_ms: how long it took, in milliseconds.
        reason: what stands against an answer, in words for people; may be empty.
    """

    text: str
    verdict: Verdict
    matches: tuple[QuoteMatch, ...]
    records: int = 0
    took_ms: float = 0.0
    reason: str = ""
