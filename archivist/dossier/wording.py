"""The fixed words of a dossier, and dates in words, in the dossier's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archivist.model.dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Mapping


class Wording(NamedTuple):
    """Every fixed word of a dossier in one language."""

    tag: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    untitled: str
    undated: str
    contents: str
    summary: str
    records: str
    number: str
    date: str
    type: str
    title: str
    originator: str
    page: str
    page_of: tuple[str, str]
    one_record: str
    some_records: str
    no_record: str
    place: str
    own_number: str
    countries: str
    roles: Mapping[str, str]
    language: str
    series: str
    reference: str
    accession: str
    mark: str
    tags: str
    attached_to: str
    original: str
    cite: str
    no_text: str
    left_out: str
    in_date_order: str
    in_given_order: str
    dates_from_to: str
    dates_single: str
    search: str
    marked: tuple[str, str, str]
    paragraph_numbers: str
    estimated: str
    nothing_found: str
    table_description: str


ENGLISH = Wording(
    tag="en-GB",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    short_months=(
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    ),
    untitled="Untitled",
    undated="undated",
    contents="Contents",
    summary="Summary",
    records="Records",
    number="No.",
    date="Date",
    type="Type",
    title="Title",
    originator="Originator",
    page="Page",
    page_of=("Page ", " of "),
    one_record="1 record",
    some_records="{count} records",
    no_record="No record",
    place="Place",
    own_number="Number",
    countries="Countries",
    roles={
        "author": "Author",
        "signatory": "Signed by",
        "addressee": "Addressed to",
        "speaker": "Speaker",
        "participant": "Participants",
        "mentioned": "Named in it",
    },
    language="Language",
    series="Series",
    reference="Reference",
    accession="accession number {ref}",
    mark="Handling mark",
    tags="Tags",
    attached_to="Attached to",
    original="Original",
    cite="Cite as:",
    no_text="This record has no text; the archive keeps its original.",
    left_out="[…]",
    in_date_order="in order of date",
    in_given_order="in the order chosen",
    dates_from_to="dated {first} to {last}",
    dates_single="dated {first}",
    search="Search:",
    marked=("The words searched for are marked ", "like this", "."),
    paragraph_numbers=(
        "The small figures beside a text number its paragraphs, as a citation names them (¶ 4)."
    ),
    estimated=("Page numbers are estimates. For exact ones press Ctrl+A, then F9, in Word."),
    nothing_found="No record was found for this dossier.",
    table_description="The records of this dossier, one in a row.",
)


def wording(_language: str) -> Wording:
    """Return the fixed words for a dossier's language; English stands in where we have none."""
    return ENGLISH


def date_in_words(iso: str, words: Wording, *, short: bool = False) -> str:
    """Say a date, as exact as it is: "2012", "December 2012", "4 December 2012".

    What is no ISO date comes back as it is.

    Args:
        iso: the date.
        words: of the language to say it in.
        short: whether months are shortened, as tables have them: "4 Dec 2012".
    """
    try:
        date = PartialDate.parse(iso)
    except ValueError:
        return iso
    parts = [str(date.day)] if date.day else []
    if date.month:
        parts.append((words.short_months if short else words.months)[date.month - 1])
    return " ".join([*parts, str(date.year)])


def count_in_words(count: int, words: Wording) -> str:
    """Say a number of records."""
    if count == 0:
        return words.no_record
    return words.one_record if count == 1 else words.some_records.format(count=f"{count:,}")
