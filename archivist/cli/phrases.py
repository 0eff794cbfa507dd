"""The commands about words: was this ever said, and how was it said through the years."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from archivist.cli import shapes
from archivist.cli.session import opened, stoppable
from archivist.cli.status import DONE

if TYPE_CHECKING:
    import argparse

    from archivist.archive.wording.results import Difference, QuoteCheck, QuoteMatch, Wording
    from archivist.cli.terminal import Terminal

_VERDICTS: Final = {
    "verbatim": "These words stand in a row in {records}.",
    "near": "Not in these words, but nearly so in {records}.",
    "never": "Nothing like this is in the archive.",
}
_SHOWN: Final = {
    "inserted": "{{+{right}+}}",
    "dropped": "[-{left}-]",
    "exchanged": "[-{left}-]{{+{right}+}}",
    "inflected": "[~{left}~]{{~{right}~}}",
    "spelled otherwise": "{right}",
    "same": "{right}",
}
_LEGEND: Final = (
    "[-only in the quotation-] {+only in the record+} [~one form of a word~]{~another~}"
)
_BAR: Final = 40


def quote(options: argparse.Namespace, out: Terminal) -> int:
    """Tell whether a text was ever said."""
    text = " ".join(options.text).strip()
    text = sys.stdin.read().removeprefix("\ufeff").strip() if text == "-" else text
    with opened(options) as archive, stoppable() as cancel:
        found = archive.quote(text, limit=options.limit, cancel=cancel)
    out.answer(shapes.quoted(found))
    _say_quoted(found, out)
    return DONE


def _say_quoted(found: QuoteCheck, out: Terminal) -> None:
    many = found.records or len(found.matches)
    out.line(_VERDICTS[found.verdict].format(records=counted(many, "record")), "bold")
    if found.verdict == "near":
        out.line(_LEGEND, "dim")
    for match in found.matches:
        _say_match(match, out)


def _say_match(match: QuoteMatch, out: Terminal) -> None:
    out.line()
    speaker = match.speaker
    who = f"source: {speaker}" if speaker and match.voice == "source" else speaker
    known = (match.ref, match.date, who, match.use.role, match.citation)
    out.line(" · ".join(filter(None, known)), "dim")
    if match.warning:
        out.line(f"Warning: {match.warning}", "red")
    out.line(marked(match.differences))


def marked(differences: tuple[Difference, ...]) -> str:
    """Return two texts as one line, with signs for what only one of them has."""
    pieces = []
    for each in differences:
        left, right = each.left.strip(), each.right.strip()
        pieces.append(_SHOWN[each.kind].format(left=left, right=right))
    return " ".join(" ".join(pieces).split())


def wording(options: argparse.Namespace, out: Terminal) -> int:
    """Follow a phrase through the years."""
    with opened(options) as archive, stoppable() as cancel:
        phrase = " ".join(options.phrase).strip()
        found = archive.wording(phrase, variants=options.variants, also=options.also, cancel=cancel)
    out.answer(shapes.wording(found))
    _say_wording(found, out)
    return DONE


def _say_wording(found: Wording, out: Terminal) -> None:
    if found.reason:
        out.line(found.reason)
    if found.proposal:
        out.line(f"Try: {found.proposal}")
    if found.first is not None and found.last is not None:
        out.line(f"{counted(found.uses, 'use')} in {counted(found.records, 'record')}", "bold")
        out.line(f"First: {found.first.ref} · {found.first.date or 'no date'}", "dim")
        out.line(found.first.text)
        out.line(f"Last: {found.last.ref} · {found.last.date or 'no date'}", "dim")
        out.line()
        out.table(("year", "uses", "per 1,000 records", ""), _years(found))
    _say_variants(found, out)
    if found.users:
        out.line()
        rows = [(one.name, one.kind, f"{one.uses:,}", one.first, one.last) for one in found.users]
        out.table(("used by", "as", "uses", "first", "last"), rows)
    if found.unread:
        are = "1 record is" if found.unread == 1 else f"{found.unread:,} records are"
        out.line(f"{are} still to be read for who says what.", "dim")


def counted(number: int, what: str) -> str:
    """Return a number and what is counted: "1 record", "1,204 records"."""
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"


def _years(found: Wording) -> list[tuple[str, ...]]:
    most = max(found.by_year.values(), default=1)
    return [
        (str(year), f"{uses:,}", f"{rate:.1f}", "▇" * max(1, round(uses * _BAR / most)))
        for year, uses in found.by_year.items()
        for rate in (shapes.rate(uses, found.filed.get(year, 0)),)
    ]


def _say_variants(found: Wording, out: Terminal) -> None:
    others = [one for one in found.variants if one.kind != "phrase"]
    if others:
        out.line()
        rows = [
            (one.text, one.kind, f"{one.uses:,}", one.first.date, one.first.ref) for one in others
        ]
        out.table(("other form", "how", "uses", "first", "record"), rows)
