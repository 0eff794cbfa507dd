"""The text of a dossier in Word: cover, contents, summary and records."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archivist.dossier import parts, styles
from archivist.dossier.markup import (
    Bookmark,
    Element,
    Run,
    Setting,
    add,
    begin_field,
    end_field,
    field,
    paragraph,
    root,
    write,
)
from archivist.dossier.scripts import voice
from archivist.dossier.texts import one_line
from archivist.dossier.wording import count_in_words, date_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archivist.dossier.layout import Pages
    from archivist.dossier.outline import Entry, Outline, Passage
    from archivist.dossier.wording import Wording

FEW = 8
"""Records whose summary finds room on the page of the contents."""
_SHORT = 600
"""Letters of a last paragraph that stays on one page with the citation under it."""
_GAP = "\u00a0" * 2
"""Keeps the page number apart from a title that fills its line in the contents."""
_MOST_IN_A_PIECE = 500
"""Paragraphs that are held in memory at a time."""
_LONELY = 6
"""Letters of a last word of a title that never stands on a line alone."""
_LONGEST_IN_TABLE = 160
"""Letters of a title in the summary; all of it stands over the record."""
_SPACE_BELOW_CONTENTS = 720
_CONTENTS = 'TOC \\o "1-2" \\h \\z \\u'
_SUMMARY, _RECORDS = "Summary", "Records"


class Heading(NamedTuple):
    """A heading as the contents name it."""

    bookmark: str
    number: str
    text: str
    language: str = ""


class Column(NamedTuple):
    """A column of the summary; widths in twentieths of a point."""

    head: str
    width: int
    cells: tuple[str, ...]


def headings(outline: Outline) -> list[Heading]:
    """Return every heading in order; a dossier without records has none."""
    if not outline.entries:
        return []
    records = [
        Heading(_name(entry), str(entry.number), entry.title, entry.language)
        for entry in outline.entries
    ]
    words = outline.words
    return [
        Heading(_SUMMARY, "", words.summary),
        Heading(_RECORDS, "", words.records),
        *records,
    ]


def body(outline: Outline, pages: Pages) -> Iterator[tuple[int, Element]]:
    """Yield the document's content in pieces, each an element that holds what comes next.

    Beside each piece stands how many records are written with it, the one in hand included.

    Args:
        outline: what to write.
        pages: on which page each heading stands; a note says so where they are estimates.
    """
    yield 0, _cover(outline)
    if outline.entries:
        yield 0, _contents(outline, pages)
        yield 0, _summary(outline, pages)
        for entry in outline.entries:
            for piece in _record(outline, entry):
                yield entry.number, piece
    else:
        yield 0, _nothing(outline)
    end = root("body")
    parts.section(end)
    yield len(outline.entries), end


def _name(entry: Entry) -> str:
    return f"Record_{entry.number}"


def _cover(outline: Outline) -> Element:
    piece = root("body")
    options = outline.options
    paragraph(piece, styles.HOUSE.id, [Run(one_line(options.organisation, 300))])
    paragraph(piece, styles.TITLE.id, [Run(_balanced(one_line(options.title, 1000)))])
    if subtitle := one_line(options.subtitle, 1000):
        paragraph(piece, styles.SUBTITLE.id, [Run(subtitle)])
    paragraph(piece, styles.COVER_RULE.id)
    for label, value in _facts(outline):
        runs = [Run(f"{label}\t", styles.LABEL.id), Run(value)]
        paragraph(piece, styles.COVER_FACT.id, runs, turn=False)
    return piece


def _balanced(title: str) -> str:
    """Tie a short last word to the one before, lest it stand alone on a line."""
    before, blank, last = title.rpartition(" ")
    return f"{before}\u00a0{last}" if blank and len(last) <= _LONELY else title


def _facts(outline: Outline) -> Iterator[tuple[str, str]]:
    words = outline.words
    if date := one_line(date_in_words(outline.options.date, words)):
        yield words.date, date
    count = count_in_words(len(outline.entries), words)
    yield words.records, ", ".join(part for part in (count, _dated(outline)) if part)
    if outline.mark:
        yield words.mark, outline.mark


def _dated(outline: Outline) -> str:
    if outline.span is None:
        return ""
    first, last = outline.span
    pattern = outline.words.dates_single if first == last else outline.words.dates_from_to
    return pattern.format(first=first, last=last)


def _nothing(outline: Outline) -> Element:
    piece = root("body")
    paragraph(piece, styles.CONTENTS_HEADING.id, [Run(outline.words.nothing_found)])
    _searched(piece, outline)
    return piece


def _contents(outline: Outline, pages: Pages) -> Element:
    piece = root("body")
    paragraph(piece, styles.CONTENTS_HEADING.id, [Run(outline.words.contents)])
    listed = headings(outline)
    for n, (heading, page) in enumerate(zip(listed, pages.headings, strict=True)):
        style = styles.CONTENTS_2 if heading.number else styles.CONTENTS_1
        line = paragraph(piece, style.id)
        if n == 0:
            begin_field(line, _CONTENTS)
        _contents_line(line, heading, page)
        if n == len(listed) - 1:
            end_field(line)
    if not pages.true:
        note = [Run(outline.words.estimated)]
        paragraph(piece, styles.NOTE.id, note, setting=Setting(before=240))
    return piece


def _contents_line(line: Element, heading: Heading, page: int) -> None:
    link = add(line, "hyperlink", anchor=heading.bookmark, history=1)
    if heading.number:
        write(link, Run(f"{heading.number}\t"))
    write(link, Run(heading.text), voice(heading.text, heading.language))
    write(link, Run(f"{_GAP}\t", hidden_on_web=True))
    field(link, f"PAGEREF {heading.bookmark} \\h", str(page))


def _summary(outline: Outline, pages: Pages) -> Element:
    piece = root("body")
    words = outline.words
    _part(piece, 1, _SUMMARY, words.summary, new_page=len(outline.entries) > FEW)
    paragraph(piece, styles.BODY.id, [Run(_about(outline))])
    _searched(piece, outline)
    _table(piece, outline, pages)
    _part(piece, 2, _RECORDS, words.records, new_page=True)
    return piece


def _part(piece: Element, identity: int, name: str, text: str, *, new_page: bool) -> None:
    setting = Setting(new_page=new_page, before=0 if new_page else _SPACE_BELOW_CONTENTS)
    place = Bookmark(identity, name)
    paragraph(piece, styles.PART.id, [Run(text)], setting=setting, around=place)


def _about(outline: Outline) -> str:
    words = outline.words
    order = words.in_date_order if outline.options.order == "date" else words.in_given_order
    count = count_in_words(len(outline.entries), words)
    said = [count, _dated(outline), order if len(outline.entries) > 1 else ""]
    return ", ".join(part for part in said if part) + "."


def _searched(piece: Element, outline: Outline) -> None:
    words, options = outline.words, outline.options
    if reading := one_line(options.reading or options.query, 2000):
        runs = [Run(f"{words.search} ", styles.LABEL.id), Run(reading)]
        paragraph(piece, styles.NOTE.id, runs)
    if any(entry.item.marks for entry in outline.entries):
        before, shown, after = words.marked
        paragraph(piece, styles.NOTE.id, [Run(before), Run(shown, styles.MARKED.id), Run(after)])
    if outline.entries:
        paragraph(piece, styles.NOTE.id, [Run(words.paragraph_numbers)])


def _table(piece: Element, outline: Outline, pages: Pages) -> None:
    columns = _columns(outline, pages)
    table = add(piece, "tbl")
    _table_look(table, outline.words.summary, outline.words.table_description)
    grid = add(table, "tblGrid")
    for column in columns:
        add(grid, "gridCol", w=column.width)
    _head_row(table, columns)
    for n, entry in enumerate(outline.entries):
        _row(table, columns, n, entry, outline.words)


def _columns(outline: Outline, pages: Pages) -> list[Column]:
    words, entries = outline.words, outline.entries
    all_columns = [
        Column(words.number, styles.GUTTER, tuple(str(entry.number) for entry in entries)),
        Column(words.date, 1300, tuple(entry.short_date or words.undated for entry in entries)),
        Column(words.type, 1440, tuple(entry.doctype for entry in entries)),
        Column(words.title, 0, tuple(entry.title for entry in entries)),
        Column(words.originator, 1480, tuple(entry.originator for entry in entries)),
        Column(words.page, 600, tuple(str(page) for page in pages.headings[2:])),
    ]
    shown = [column for column in all_columns if any(column.cells)]
    room = styles.MEASURE + styles.GUTTER - sum(column.width for column in shown)
    return [column if column.width else column._replace(width=room) for column in shown]


def _table_look(table: Element, title: str, description: str) -> None:
    look = add(table, "tblPr")
    add(look, "tblW", w=styles.MEASURE + styles.GUTTER, type="dxa")
    add(look, "tblInd", w=-styles.GUTTER, type="dxa")
    rules = add(look, "tblBorders")
    for side in ("top", "bottom", "insideH"):
        add(rules, side, val="single", sz=4, space=0, color=styles.HAIRLINE)
    add(look, "tblLayout", type="fixed")
    styles.cell_margins(look)
    add(look, "tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0,
        noHBand=1, noVBand=1)  # fmt: skip
    add(look, "tblCaption", val=title)
    add(look, "tblDescription", val=description)


def _head_row(table: Element, columns: Sequence[Column]) -> None:
    row = add(table, "tr")
    look = add(row, "trPr")
    add(look, "cantSplit")
    add(look, "tblHeader")
    for n, column in enumerate(columns):
        cell = _cell(row, column)
        last = n == len(columns) - 1
        paragraph(cell, (styles.HEAD_RIGHT if last else styles.HEAD).id, [Run(column.head)])


def _row(table: Element, columns: Sequence[Column], n: int, entry: Entry, words: Wording) -> None:
    row = add(table, "tr")
    add(add(row, "trPr"), "cantSplit")
    for column in columns[:-1]:
        cell = _cell(row, column)
        if column.head == words.title:
            _title_cell(cell, entry)
        else:
            paragraph(cell, styles.CELL_QUIET.id, [Run(column.cells[n])], turn=False)
    page = paragraph(_cell(row, columns[-1]), styles.CELL_RIGHT.id)
    field(page, f"PAGEREF {_name(entry)} \\h", columns[-1].cells[n])


def _title_cell(cell: Element, entry: Entry) -> None:
    title = one_line(entry.title, _LONGEST_IN_TABLE)
    sound = voice(title, entry.language)
    line = paragraph(cell, styles.CELL.id, setting=Setting(rtl=sound.rtl))
    link = add(line, "hyperlink", anchor=_name(entry))
    write(link, Run(title), sound, rtl=sound.rtl)


def _cell(row: Element, column: Column) -> Element:
    cell = add(row, "tc")
    add(add(cell, "tcPr"), "tcW", w=column.width, type="dxa")
    return cell


def _record(outline: Outline, entry: Entry) -> Iterator[Element]:
    """Yield a record in pieces of a bounded size, however long its text is."""
    piece = root("body")
    place = Bookmark(entry.number + 2, _name(entry))
    title = [Run(entry.title)]
    paragraph(piece, styles.HEADING.id, title, language=entry.language, around=place)
    if entry.item.mode != "citation":
        _description(piece, entry)
        for passage in entry.passages():
            _passage(piece, outline, entry, passage)
            if len(piece) > _MOST_IN_A_PIECE:
                yield piece
                piece = root("body")
        _after_text(piece, outline, entry)
    runs = [Run(f"{outline.words.cite} ", styles.LABEL.id), Run(entry.citation)]
    paragraph(piece, styles.CITATION.id, runs, turn=False)
    yield piece


def _description(piece: Element, entry: Entry) -> None:
    for row in entry.rows:
        runs = [Run(f"{row.label}\t", styles.LABEL.id), Run(row.value)]
        paragraph(piece, styles.DESCRIPTION.id, runs, turn=False)
    paragraph(piece, styles.RULE.id)


def _passage(piece: Element, outline: Outline, entry: Entry, passage: Passage) -> None:
    if passage.gap:
        paragraph(piece, styles.GAP.id, [Run(outline.words.left_out)])
    runs = [Run(text, styles.MARKED.id if marked else "") for text, marked in passage.pieces]
    style = styles.RECORD
    if entry.item.mode == "extract":
        style = styles.EXTRACT
        runs.insert(0, Run(f"{passage.number}\t", styles.NUMBER.id))
    setting = Setting(keep_next=passage.last and len(passage.text) < _SHORT)
    paragraph(piece, style.id, runs, language=entry.language, setting=setting)


def _after_text(piece: Element, outline: Outline, entry: Entry) -> None:
    words = outline.words
    if entry.left_out_at_end:
        paragraph(piece, styles.GAP.id, [Run(words.left_out)])
    elif not entry.item.text.strip():
        paragraph(piece, styles.BODY.id, [Run(words.no_text, styles.QUIET.id)])
