"""The styles of a dossier as named tuples, and the part of the package that holds them.

Fonts are Cambria and Arial: every Word has them, and other word processors set them in fonts of
the same widths (Caladea, Liberation Sans) where those are installed. Lines have a fixed height, so
that a page holds the same number of lines whatever the font.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archivist.dossier.markup import add, root, serialise

if TYPE_CHECKING:
    from archivist.dossier.markup import Element

SERIF, SANS = "Cambria", "Arial"
COMPLEX_SERIF, COMPLEX_SANS = "Times New Roman", "Arial"
EAST_SERIF, EAST_SANS = "SimSun", "SimSun"

TEXT, SECOND, THIRD = "23211E", "57534C", "6B665D"
HAIRLINE, ACCENT = "CBC6BC", "2A5B87"
HIT, HIT_TEXT, HIT_LINE = "FBEBB0", "3A2E05", "C9A227"

PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_SIDE = 1814, 1701, 1928
HEADER, FOOTER = 907, 794
MEASURE = PAGE_WIDTH - 2 * MARGIN_SIDE
GUTTER = 680
"""How far numbers of records and paragraphs hang out into the margin."""


class Border(NamedTuple):
    """A rule beside a paragraph: which side, how thick in eighths of a point, how far in points."""

    side: str
    size: int = 4
    space: int = 6
    colour: str = HAIRLINE


class Tab(NamedTuple):
    """A tab stop in twentieths of a point."""

    at: int
    kind: str = "left"


class Style(NamedTuple):
    """A paragraph style; lengths in twentieths of a point, sizes in half points."""

    id: str
    name: str
    based: str = "Normal"
    then: str = ""
    sans: bool = False
    size: int = 22
    line: int = 320
    before: int = 0
    after: int = 0
    bold: bool = False
    italic: bool = False
    colour: str = TEXT
    left: int = 0
    hanging: int = 0
    centred: bool = False
    right: bool = False
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    level: int = -1
    numbering: int = -1
    tabs: tuple[Tab, ...] = ()
    borders: tuple[Border, ...] = ()


class Face(NamedTuple):
    """A character style."""

    id: str
    name: str
    sans: bool = False
    size: int = 0
    bold: bool = False
    italic: bool = False
    colour: str = ""
    fill: str = ""
    underline: str = ""


_RIGHT = Tab(MEASURE, "right")

TITLE = Style("Title", "Title", size=60, line=720, after=200, bold=True, keep_lines=True)
SUBTITLE = Style("Subtitle", "Subtitle", size=30, line=420, after=0, colour=SECOND, keep_lines=True)
HOUSE = Style("CoverOrganisation", "Cover Organisation", sans=True, size=22, line=300, after=3900,
              colour=SECOND)  # fmt: skip
COVER_RULE = Style("CoverRule", "Cover Rule", size=4, line=60, before=360, after=280,
                   borders=(Border("bottom", 12, 1, ACCENT),))  # fmt: skip
COVER_FACT = Style("CoverFact", "Cover Fact", sans=True, size=20, line=320, colour=SECOND,
                   left=2268, hanging=2268, tabs=(Tab(2268),))  # fmt: skip
CONTENTS_HEADING = Style("TOCHeading", "TOC Heading", then="Normal", size=40, line=520, after=280,
                         bold=True, keep_next=True, new_page=True)  # fmt: skip
# No dots lead to the page numbers: where a title fills its line, they would stand on one alone.
CONTENTS_1 = Style("TOC1", "toc 1", size=21, line=300, before=140, bold=True, keep_next=True,
                   tabs=(_RIGHT,))  # fmt: skip
CONTENTS_2 = Style("TOC2", "toc 2", size=21, line=290, after=70, left=567, hanging=567,
                   tabs=(Tab(567), _RIGHT))  # fmt: skip
NOTE = Style("Note", "Note", sans=True, size=17, line=250, after=120, colour=SECOND)
PART = Style("Heading1", "heading 1", then="BodyText", size=40, line=520, after=240,
             bold=True, keep_next=True, keep_lines=True, level=0)  # fmt: skip
HEADING = Style("Heading2", "heading 2", then="Description", size=28, line=360, before=640,
                after=120, bold=True, keep_next=True, keep_lines=True, level=1, hanging=GUTTER,
                numbering=0, tabs=(Tab(0),))  # fmt: skip
DESCRIPTION = Style("Description", "Description", sans=True, size=17, line=246, colour=SECOND,
                    left=1701, hanging=1701, tabs=(Tab(1701),), keep_next=True,
                    keep_lines=True)  # fmt: skip
RULE = Style("DescriptionEnd", "Description End", size=4, line=40, before=60, after=200,
             keep_next=True, borders=(Border("bottom", 4, 1),))  # fmt: skip
BODY = Style("BodyText", "Body Text", after=150)
RECORD = Style("RecordText", "Record Text", after=150, hanging=GUTTER, numbering=1)
EXTRACT = Style("RecordExtract", "Record Extract", after=150, hanging=GUTTER, tabs=(Tab(0),))
GAP = Style("LeftOut", "Left Out", sans=True, size=18, line=280, after=150, colour=THIRD,
            keep_next=True)  # fmt: skip
CITATION = Style("Citation", "Citation", sans=True, size=17, line=246, before=120, after=60,
                 colour=SECOND, keep_lines=True)  # fmt: skip
CELL = Style("TableText", "Table Text", sans=True, size=17, line=236, before=50, after=50)
HEAD = Style("TableHead", "Table Head", sans=True, size=16, line=230, before=40, after=50,
             bold=True, colour=SECOND, keep_next=True)  # fmt: skip
CELL_QUIET = CELL._replace(id="TableDetail", name="Table Detail", colour=SECOND)
CELL_RIGHT = CELL_QUIET._replace(id="TableNumber", name="Table Number", right=True)
HEAD_RIGHT = HEAD._replace(id="TableNumberHead", name="Table Number Head", right=True)
HEADER_TEXT = Style("Header", "header", sans=True, size=17, line=240, colour=SECOND,
                    tabs=(_RIGHT,), borders=(Border("bottom", 4, 5),))  # fmt: skip
FOOTER_TEXT = Style("Footer", "footer", sans=True, size=17, line=240, colour=SECOND,
                    tabs=(_RIGHT,), borders=(Border("top", 4, 5),))  # fmt: skip
COVER_MARK = Style("CoverMark", "Cover Mark", sans=True, size=22, line=300, bold=True,
                   centred=True)  # fmt: skip

STYLES: tuple[Style, ...] = (
    TITLE, SUBTITLE, HOUSE, COVER_RULE, COVER_FACT, CONTENTS_HEADING, CONTENTS_1, CONTENTS_2, NOTE,
    PART, HEADING, DESCRIPTION, RULE, BODY, RECORD, EXTRACT, GAP, CITATION, CELL, HEAD,
    CELL_QUIET, CELL_RIGHT, HEAD_RIGHT,    HEADER_TEXT, FOOTER_TEXT, COVER_MARK,
)  # fmt: skip

MARKED = Face("SearchedWord", "Searched Word", colour=HIT_TEXT, fill=HIT, underline=HIT_LINE)
LABEL = Face("Label", "Label", colour=THIRD)
NUMBER = Face("ParagraphNumber", "Paragraph Number", sans=True, size=15, colour=THIRD)
STRONG = Face("Strong", "Strong", bold=True)
LINK = Face("Hyperlink", "Hyperlink")
QUIET = Face("NothingHere", "Nothing Here", italic=True, colour=SECOND)

FACES: tuple[Face, ...] = (MARKED, LABEL, NUMBER, STRONG, LINK, QUIET)


def part(language: str) -> bytes:
    """Return the package's styles for a dossier whose own words have a language tag (`en-GB`)."""
    made = root("styles")
    _defaults(made, language)
    normal = add(made, "style", type="paragraph", default=1, styleId="Normal")
    add(normal, "name", val="Normal")
    add(normal, "qFormat")
    _default_character(made)
    _default_table(made)
    for style in STYLES:
        _style(made, style)
    for face in FACES:
        _face(made, face)
    return serialise(made)


def _defaults(parent: Element, language: str) -> None:
    defaults = add(parent, "docDefaults")
    look = add(add(defaults, "rPrDefault"), "rPr")
    fonts(look, sans=False)
    add(look, "color", val=TEXT)
    add(look, "sz", val=22)
    add(look, "szCs", val=22)
    add(look, "lang", val=language, eastAsia="zh-CN", bidi="ar-SA")
    layout = add(add(defaults, "pPrDefault"), "pPr")
    add(layout, "widowControl")
    add(layout, "spacing", before=0, after=0, line=320, lineRule="exact")


def _default_character(parent: Element) -> None:
    made = add(parent, "style", type="character", default=1, styleId="DefaultParagraphFont")
    add(made, "name", val="Default Paragraph Font")
    add(made, "uiPriority", val=1)
    add(made, "semiHidden")


def _default_table(parent: Element) -> None:
    made = add(parent, "style", type="table", default=1, styleId="TableNormal")
    add(made, "name", val="Normal Table")
    add(made, "uiPriority", val=99)
    add(made, "semiHidden")
    table = add(made, "tblPr")
    add(table, "tblInd", w=0, type="dxa")
    cell_margins(table)


def cell_margins(table: Element) -> None:
    """Set text flush with the left edge of its cell, and apart from the next cell."""
    margins = add(table, "tblCellMar")
    for side, width in (("top", 0), ("left", 0), ("bottom", 0), ("right", 140)):
        add(margins, side, w=width, type="dxa")


def fonts(look: Element, *, sans: bool) -> None:
    """Name the fonts of a look, for Latin, East Asian and complex scripts."""
    latin = SANS if sans else SERIF
    east = EAST_SANS if sans else EAST_SERIF
    complex_script = COMPLEX_SANS if sans else COMPLEX_SERIF
    add(look, "rFonts", ascii=latin, hAnsi=latin, eastAsia=east, cs=complex_script)


def _style(parent: Element, style: Style) -> None:
    made = add(parent, "style", type="paragraph", styleId=style.id)
    add(made, "name", val=style.name)
    add(made, "basedOn", val=style.based)
    if style.then:
        add(made, "next", val=style.then)
    add(made, "qFormat")
    _layout(add(made, "pPr"), style)
    _look(add(made, "rPr"), style)


def _layout(layout: Element, style: Style) -> None:
    for name, wanted in (
        ("keepNext", style.keep_next),
        ("keepLines", style.keep_lines),
        ("pageBreakBefore", style.new_page),
    ):
        if wanted:
            add(layout, name)
    if style.numbering >= 0:
        number = add(layout, "numPr")
        add(number, "ilvl", val=style.numbering)
        add(number, "numId", val=1)
    _borders(layout, style)
    if style.tabs:
        stops = add(layout, "tabs")
        for stop in style.tabs:
            add(stops, "tab", val=stop.kind, pos=stop.at)
    add(layout, "spacing", before=style.before, after=style.after, line=style.line,
        lineRule="exact")  # fmt: skip
    if style.left or style.hanging:
        add(layout, "ind", left=style.left, hanging=style.hanging)
    if style.centred or style.right:
        add(layout, "jc", val="center" if style.centred else "right")
    if style.level >= 0:
        add(layout, "outlineLvl", val=style.level)


def _borders(layout: Element, style: Style) -> None:
    if style.borders:
        made = add(layout, "pBdr")
        for border in style.borders:
            add(made, border.side, val="single", sz=border.size, space=border.space,
                color=border.colour)  # fmt: skip


def _look(look: Element, style: Style) -> None:
    fonts(look, sans=style.sans)
    _weight(look, bold=style.bold, italic=style.italic)
    add(look, "color", val=style.colour)
    add(look, "sz", val=style.size)
    add(look, "szCs", val=style.size)


def _weight(look: Element, *, bold: bool, italic: bool) -> None:
    for name, wanted in (("b", bold), ("bCs", bold), ("i", italic), ("iCs", italic)):
        if wanted:
            add(look, name)


def _face(parent: Element, face: Face) -> None:
    made = add(parent, "style", type="character", styleId=face.id)
    add(made, "name", val=face.name)
    add(made, "basedOn", val="DefaultParagraphFont")
    add(made, "qFormat")
    look = add(made, "rPr")
    if face.sans:
        fonts(look, sans=True)
    _weight(look, bold=face.bold, italic=face.italic)
    if face.colour:
        add(look, "color", val=face.colour)
    if face.size:
        add(look, "sz", val=face.size)
        add(look, "szCs", val=face.size)
    if face.underline:
        add(look, "u", val="single", color=face.underline)
    if face.fill:
        add(look, "shd", val="clear", color="auto", fill=face.fill)
