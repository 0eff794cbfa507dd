"""An archive's answers about one phrase, made for the tests of what shows them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from archivist.archive.results import Passage
from archivist.archive.wording.results import (
    Comparison,
    Difference,
    Form,
    QuoteCheck,
    QuoteMatch,
    Spot,
    Stretch,
    Use,
    User,
    Variant,
    Wording,
)
from archivist.model.errors import InputError
from archivist.model.progress import CancelToken
from archivist.model.query import Vocabulary
from archivist.model.record import Description, Record, State

PHRASE = "strategic partnership"
FORMS = {
    PHRASE: (2009, (1, 3, 4, 6, 7, 13, 11, 12, 8, 7, 4, 3, 5, 4, 6, 5)),
    "strategic relationship": (2008, (1, 3, 5, 6, 5, 4, 4, 3, 2, 1, 1, 0, 1)),
    "close cooperation": (2006, (2, 5, 6, 7, 5, 4, 3, 3, 2, 1, 1)),
    "comprehensive strategic partnership": (2019, (2, 1, 3, 2, 4, 6)),
    "privileged partnership": (2021, (1, 2, 1)),
    "partnership of a strategic kind": (2013, (1,)),
}
_BEFORE = "In the course of their talks in Port Halden both ministers described the "
_AFTER = " between Valdora and Estrea as the settled basis of their common policy on the waterway."
DIFFERENCES = (
    Difference("same", "The two ministers ", "The two ministers "),
    Difference("exchanged", "take note of ", "reaffirm "),
    Difference("same", "the ", "the "),
    Difference("inserted", "", "comprehensive "),
    Difference("same", "strategic partnership between Valdora and Estrea and ",
               "strategic partnership between Valdora and Estrea and "),
    Difference("exchanged", "will consider ", "have adopted "),
    Difference("same", "a calendar of ", "a calendar of "),
    Difference("inflected", "consultation ", "consultations "),
    Difference("same", "on the Kessany waterway", "on the Kessany waterway"),
    Difference("dropped", ", where both sides find it useful", ""),
    Difference("inserted", "", ", binding on their ministries from 1 March"),
    Difference("same", ".", "."),
)  # fmt: skip
RIGHT_TO_LEFT = (
    Difference("same", "قال الوزير إن ", "قال الوزير إن "),
    Difference("exchanged", "الشراكة الاستراتيجية ", "العلاقة الاستراتيجية "),
    Difference("same", "أساس كل اتفاق بين البلدين.", "أساس كل اتفاق بين البلدين."),
)


class Shelf:
    """Answers as an archive does, from what stands above.

    Attributes:
        asked: what was asked of it.
        empty: whether it holds no record.
        slow: whether counting takes until it is stopped.
        differences: what comparing any two uses gives.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.asked: list[tuple[str, Collection[int] | None]] = []
        self.empty = self.slow = False
        self.differences: tuple[Difference, ...] = DIFFERENCES

    def count(self) -> int:
        return 0 if self.empty else 90

    def find_keys(
        self, query: str, sort: str = "relevance", cancel: CancelToken | None = None
    ) -> list[int]:
        assert cancel is not None, f"{sort}: {query} cannot be stopped"
        return [1, 2, 3]

    def wording(
        self,
        phrase: str,
        *,
        among: Collection[int] | None = None,
        variants: int = 24,
        also: Sequence[str] = (),
        cancel: CancelToken | None = None,
    ) -> Wording:
        assert cancel is not None, "counting cannot be stopped"
        self.asked.append((phrase, among))
        if self.slow:
            cancel.wait(20)
            cancel.check()
        if phrase not in FORMS:
            return Wording(phrase, 0, 0, 0, None, None, {}, {}, (), (), (), took_ms=1.0,
                           reason=f"No record says “{phrase}”.", proposal=PHRASE)  # fmt: skip
        forms = tuple(variant(text) for text in FORMS)[: variants + 1]
        first = forms[0]
        named = [replace(variant(text), kind="added") for text in also if text in FORMS]
        forms = (first, *named, *(one for one in forms[1:] if one.text not in also))
        filed = {year: 40 + year % 9 * 7 for year in range(2006, 2025)}
        users = (
            User("Ilva Marenk", 52, "2010-01-15", "2024-10", "speaker"),
            User("Karo Vasht", 21, "2012-03", "2017-05-03", "speaker"),
            User("Ministry of Foreign Affairs", 14, "2009-01-15", "2010"),
            User("", 2, "", ""),
        )
        return Wording(phrase, first.uses, 86, 2, first.first, first.last, first.by_year, filed,
                       forms, users, first.places, took_ms=12.0)  # fmt: skip

    def uses(self, spots: Sequence[Spot]) -> list[Use]:
        return [use(spot) for spot in spots]

    def compare(self, left: Stretch, right: Stretch) -> Comparison:
        a, b = ("".join(getattr(one, side) for one in self.differences)
                       for side in ("left", "right"))  # fmt: skip
        return Comparison(shown(left, a), shown(right, b), self.differences)

    def passages(self, stretches: Sequence[Stretch]) -> list[Passage]:
        return [
            Passage(Record(record, f"VAL-{record}", State.FILED, Description()), 2, "", (0, 0), "",
                    f"Joint communiqué, VAL-{record}, ¶ 2")
            for record, _start, _end in stretches
        ]  # fmt: skip


def use(spot: Spot) -> Use:
    """Return the use at a spot: the number of its form, its year and its number."""
    form, number = divmod(spot[0], 1000)
    text = list(FORMS)[form]
    years = [year for year, uses in by_year(text).items() for _ in range(uses)]
    date = f"{years[number]}" if number % 4 == 1 else f"{years[number]}-0{number % 9 + 1}-12"
    sentence = f"{_BEFORE}{text}{_AFTER}"
    mark = (len(_BEFORE), len(_BEFORE) + len(text))
    ref = f"{years[number]}-{number:04}"
    title = "Joint communiqué on the visit of the Foreign Minister"
    return Use(spot[0], ref, title, date, "communique", "Ilva Marenk", 400, 400 + len(text), 2,
               sentence, mark, "speaker", "Minister of Foreign Affairs")  # fmt: skip


def shown(stretch: Stretch, text: str) -> Use:
    """Return the use at a stretch, as another sentence has it."""
    found = use((stretch[0], 0, 0))
    at = text.find(PHRASE)
    mark = (at, at + len(PHRASE)) if at >= 0 else (0, 0)
    return replace(found, text=text, mark=mark)


def by_year(text: str) -> dict[int, int]:
    """Return the uses of a form by year."""
    first, counts = FORMS[text]
    return {first + number: uses for number, uses in enumerate(counts) if uses}


def variant(text: str) -> Variant:
    """Return a form with all its places."""
    years, form = by_year(text), list(FORMS).index(text)
    total = sum(years.values())
    places = tuple((1000 * form + number, 0, 1) for number in range(total))
    kind: Form = "exchanged" if form else "phrase"
    return Variant(text=text, kind=kind, uses=total, records=total, first=use(places[0]),
                   last=use(places[-1]), by_year=years, places=places)  # fmt: skip


ASKED = "We will support the strategic partnership with Estrea."
NEAR = (
    Difference("exchanged", "We ", "Valdora "),
    Difference("same", "will ", "will "),
    Difference("inserted", "", "not "),
    Difference("inflected", "support ", "supported "),
    Difference("same", "the strategic partnership with Estrea.",
               "the strategic partnership with Estrea."),
)  # fmt: skip


def match(number: int, differences: tuple[Difference, ...] = (), warning: str = "") -> QuoteMatch:
    """Return a place that says what was asked, or nearly."""
    found = use((number, 0, 0))
    if number % 2 == 0:
        found = replace(found, speaker="Embassy of Estrea", voice="source", role="")
    text = "".join(one.right for one in differences) or ASKED
    alike = 0.86 if differences else 1.0
    cited = f"Joint communiqué on the visit of the Foreign Minister, {found.ref}, ¶ 2"
    return QuoteMatch(found, text, cited, alike, differences,
                      turned=bool(warning), warning=warning)  # fmt: skip


class Quotes:
    """Answers whether something was ever said."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def quote(self, text: str, *, limit: int = 10, cancel: CancelToken | None = None) -> QuoteCheck:
        assert cancel is not None, "looking cannot be stopped"
        assert limit
        self.asked.append(text)
        if text == "?":
            raise InputError("There are no words to look for.", "Paste a sentence.")
        if "zebra" in text:
            return QuoteCheck(text, "never", ())
        if text == ASKED:
            return QuoteCheck(text, "verbatim", (match(1), match(4)), 12)
        warning = "“not” stands there: it says the contrary." if "will support" in text else ""
        return QuoteCheck(text, "near", (match(3, NEAR, warning), match(8, NEAR[3:])))
