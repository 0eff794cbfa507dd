"""What a record is found to say, as rows: statements in groups that fold, sentences with dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from typing_extensions import override

from archivist.archive.statements import wherefore
from archivist.archive.statements.account import Account, Recalled, Told
from archivist.desk import describe, formats
from archivist.desk.models.statements import KINDS, named
from archivist.desk.views.rows import Row

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator

Group = Literal["sure", "unsure", "gone", "rejected", "facts"]
GROUPS: Final[dict[Group, str]] = {
    "sure": "Statements",
    "unsure": "Unsure",
    "gone": "Not in the text any more",
    "rejected": "Rejected",
    "facts": "Dated facts",
}
"""What stands apart, in order."""
FOLDED: Final[frozenset[Group]] = frozenset(("unsure", "rejected"))
"""What is folded until somebody asks for it."""
DECIDED: Final = {
    "confirmed": "Confirmed",
    "corrected": "Corrected",
    "added": "Added by hand",
    "rejected": "Rejected",
}
_BEGINNING: Final = 600
"""Letters of a statement that are set while it is folded: more than can be seen."""
_OPENING: Final = ("\u201c", '"', "\u00ab", "\u201e")


@dataclass(frozen=True)
class HeadRow(Row):
    """The head of a group.

    Attributes:
        group: which.
        count: of its rows.
        folded: whether they are hidden.
    """

    group: Group = "sure"
    count: int = 0
    folded: bool = False

    @property
    @override
    def key(self) -> Hashable:
        return "head", self.group

    @override
    def spoken(self) -> str:
        state = "folded" if self.folded else "unfolded"
        return f"{self.text}, {formats.number(self.count)}, {state}"


@dataclass(frozen=True)
class SaidRow(Row):
    """One statement.

    Attributes:
        told: it.
        open: whether it says why it counts as a statement.
        gathered: whether it is in the dossier.
    """

    told: Told | None = None
    open: bool = False
    gathered: bool = False

    @property
    def it(self) -> Told:
        """The statement."""
        if self.told is None:
            raise LookupError("a row without its statement")
        return self.told

    @property
    @override
    def key(self) -> Hashable:
        said = self.it.said
        return "said", said.kind, said.start, said.end, self.it.filed.stale

    def words(self) -> str:
        """Return what was said: quoted words in quotation marks; of a folded one, the beginning."""
        words = " ".join((self.it.words if self.open else self.it.words[:_BEGINNING]).split())
        quotes = self.it.said.kind == "direct" and not words.startswith(_OPENING)
        return f"\u201c{words}\u201d" if quotes else words

    def circumstances(self) -> str:
        """Return where, with which word, to whom, on which occasion and when it was said."""
        said = self.it.said
        parts = [
            f"\u00b6\u00a0{self.it.paragraph}" if self.it.paragraph else "",
            f"\u201c{said.cue}\u201d" if said.cue else "",
            f"to {said.addressee}" if said.addressee else "",
            said.occasion,
            formats.day(said.date) if said.date else "",
        ]
        return describe.SEPARATOR.join(filter(None, parts))

    def decision(self) -> str:
        """Return what somebody decided, who and when; empty where nobody did."""
        done = DECIDED.get(self.it.filed.status, "")
        if not done or not self.it.filed.decision:
            return done
        who = f" by {self.it.who}" if self.it.who else ""
        when = f", {formats.moment(self.it.when)}" if self.it.when else ""
        return f"{done}{who}{when}"

    def reasons(self) -> list[str]:
        """Return why it counts as a statement, sentence by sentence."""
        said = self.it.said
        told = [wherefore.why(said), wherefore.who_is_named(said)]
        if self.it.filed.status == "found":
            told.append(wherefore.how_sure(said))
        return [one for one in told if one]

    @override
    def spoken(self) -> str:
        said = self.it.said
        parts = [
            named(said.speaker),
            said.role,
            self.words(),
            KINDS[said.kind],
            self.circumstances().replace(describe.SEPARATOR, ", "),
            "" if self.it.filed.sure or not self.it.filed.shown else "unsure",
            self.decision(),
            "in the dossier" if self.gathered else "",
            *(self.reasons() if self.open else ()),
        ]
        return ". ".join(part.rstrip(".") for part in parts if part)


@dataclass(frozen=True)
class FactRow(Row):
    """One sentence that carries a date.

    Attributes:
        recalled: it.
        gathered: whether it is in the dossier.
    """

    recalled: Recalled | None = None
    gathered: bool = False

    @property
    def it(self) -> Recalled:
        """The sentence and its date."""
        if self.recalled is None:
            raise LookupError("a row without its sentence")
        return self.recalled

    @property
    @override
    def key(self) -> Hashable:
        return "fact", self.it.fact.start, self.it.fact.end

    def words(self) -> str:
        """Return the sentence on one line."""
        return " ".join(self.it.words.split())

    def mark(self) -> list[tuple[int, int]]:
        """Return where in the sentence the words stand that tell the date."""
        cue = " ".join(self.it.fact.cue.split())
        at = self.words().find(cue) if cue else -1
        return [(at, at + len(cue))] if at >= 0 else []

    @override
    def spoken(self) -> str:
        gathered = ", in the dossier" if self.gathered else ""
        date = formats.day_long(self.it.fact.date)
        return f"{date}: {self.words()} Paragraph {self.it.paragraph}{gathered}"


@dataclass(frozen=True)
class NoteRow(Row):
    """Words in place of statements."""

    @property
    @override
    def stops(self) -> bool:
        return False


def group_of(told: Told) -> Group:
    """Return where a statement stands."""
    if told.filed.stale:
        return "gone"
    if told.filed.status == "rejected":
        return "rejected"
    return "sure" if told.filed.sure else "unsure"


def rows_of(
    account: Account,
    folded: Collection[str],
    opened: Collection[Hashable],
    gathered: Collection[tuple[int, int, int]],
) -> list[Row]:
    """Return the rows of an account.

    Args:
        account: what a record is found to say.
        folded: groups whose rows are hidden.
        opened: keys of the statements that say why they are some.
        gathered: what is in the dossier: record, start and end of each.
    """
    rows: list[Row] = [NoteRow(account.reason)] if account.reason else []
    for group, title in GROUPS.items():
        inner = list(_rows_in(group, account, opened, gathered))
        if inner:
            rows.append(HeadRow(title, group, len(inner), group in folded))
            rows += inner if group not in folded else []
    return rows


def _rows_in(
    group: Group,
    account: Account,
    opened: Collection[Hashable],
    gathered: Collection[tuple[int, int, int]],
) -> Iterator[Row]:
    record = account.record.id
    if group == "facts":
        for one in account.facts:
            kept = (record, one.fact.start, one.fact.end) in gathered
            yield FactRow(one.words, one, kept)
        return
    for told in account.said:
        if group_of(told) == group:
            kept = (record, told.said.start, told.said.end) in gathered
            key = SaidRow(told=told).key
            yield SaidRow(told.words, told, key in opened, kept)
