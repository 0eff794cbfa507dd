"""The parts of the package beside its text: settings, fonts, numbering, headers, properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from archivist.dossier import styles
from archivist.dossier.markup import (
    Element,
    Run,
    add,
    field,
    paragraph,
    relate,
    root,
    serialise,
    write,
)
from archivist.dossier.texts import one_line
from archivist.model.dates import PartialDate

if TYPE_CHECKING:
    from archivist.dossier.outline import Outline

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
LONGEST_PROPERTY = 255
"""Characters that Word takes in one core property."""
DOCUMENT = "word/document.xml"


class Part(NamedTuple):
    """A part that the document names: where it is, what it is, what it is to the document."""

    path: str
    content: str
    relation: str


PARTS: tuple[Part, ...] = (
    Part("word/styles.xml", "styles", "styles"),
    Part("word/settings.xml", "settings", "settings"),
    Part("word/fontTable.xml", "fontTable", "fontTable"),
    Part("word/numbering.xml", "numbering", "numbering"),
    Part("word/header1.xml", "header", "header"),
    Part("word/header2.xml", "header", "header"),
    Part("word/footer1.xml", "footer", "footer"),
    Part("word/footer2.xml", "footer", "footer"),
)
_SECTION_PARTS = (
    ("headerReference", "default", "word/header1.xml"),
    ("headerReference", "first", "word/header2.xml"),
    ("footerReference", "default", "word/footer1.xml"),
    ("footerReference", "first", "word/footer2.xml"),
)


def fixed(outline: Outline, pages: int | None) -> dict[str, bytes]:
    """Return every part but the document itself, by path."""
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "docProps/app.xml": _application(outline, pages),
        "docProps/core.xml": _core(outline),
        "word/_rels/document.xml.rels": _document_relations(),
        "word/fontTable.xml": _font_table(),
        "word/footer1.xml": _footer(outline, pages),
        "word/footer2.xml": _cover_edge("ftr", outline),
        "word/header1.xml": _header(outline),
        "word/header2.xml": _cover_edge("hdr", outline),
        "word/numbering.xml": _numbering(),
        "word/settings.xml": _settings(outline),
        "word/styles.xml": styles.part(outline.words.tag),
    }


def section(parent: Element) -> None:
    """Append the properties of the one section: A4, its margins, its headers and footers."""
    made = add(parent, "sectPr")
    identities = {part.path: f"rId{n}" for n, part in enumerate(PARTS, start=1)}
    for name, kind, path in _SECTION_PARTS:
        relate(add(made, name, type=kind), identities[path])
    add(made, "pgSz", w=styles.PAGE_WIDTH, h=styles.PAGE_HEIGHT)
    add(made, "pgMar", top=styles.MARGIN_TOP, right=styles.MARGIN_SIDE,
        bottom=styles.MARGIN_BOTTOM, left=styles.MARGIN_SIDE, header=styles.HEADER,
        footer=styles.FOOTER, gutter=0)  # fmt: skip
    add(made, "titlePg")


def _plain(space: str, name: str) -> Element:
    """Return a root element whose namespace needs no prefix."""
    return etree.fromstring(f'<{name} xmlns="{space}"/>'.encode())


def _content_types() -> bytes:
    space = _PACKAGE + "content-types"
    made = _plain(space, "Types")
    for ending, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(made, f"{{{space}}}Default", Extension=ending, ContentType=kind)
    kinds = {
        DOCUMENT: _WORD + "document.main+xml",
        **{part.path: f"{_WORD}{part.content}+xml" for part in PARTS},
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    for path, kind in kinds.items():
        etree.SubElement(made, f"{{{space}}}Override", PartName=f"/{path}", ContentType=kind)
    return serialise(made)


def _relations(targets: list[tuple[str, str]]) -> bytes:
    space = _PACKAGE + "relationships"
    made = _plain(space, "Relationships")
    for n, (kind, target) in enumerate(targets, start=1):
        etree.SubElement(made, f"{{{space}}}Relationship", Id=f"rId{n}", Type=kind, Target=target)
    return serialise(made)


def _package_relations() -> bytes:
    return _relations(
        [
            (_OFFICE + "relationships/officeDocument", DOCUMENT),
            (_PACKAGE + "relationships/metadata/core-properties", "docProps/core.xml"),
            (_OFFICE + "relationships/extended-properties", "docProps/app.xml"),
        ]
    )


def _document_relations() -> bytes:
    return _relations(
        [
            (f"{_OFFICE}relationships/{part.relation}", part.path.removeprefix("word/"))
            for part in PARTS
        ]
    )


def _application(outline: Outline, pages: int | None) -> bytes:
    space = _OFFICE + "extended-properties"
    made = _plain(space, "Properties")
    if pages is not None:
        etree.SubElement(made, f"{{{space}}}Pages").text = str(pages)
    etree.SubElement(made, f"{{{space}}}Application").text = "Archivist"
    if outline.options.organisation:
        company = one_line(outline.options.organisation, LONGEST_PROPERTY)
        etree.SubElement(made, f"{{{space}}}Company").text = company
    return serialise(made)


def _core(outline: Outline) -> bytes:
    space = _PACKAGE + "metadata/core-properties"
    names = {"cp": space, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    made = etree.Element(f"{{{space}}}coreProperties", nsmap=names)
    options = outline.options
    values = {
        f"{{{_DC}}}title": options.title,
        f"{{{_DC}}}subject": options.subtitle,
        f"{{{_DC}}}creator": options.organisation or "Archivist",
        f"{{{space}}}keywords": outline.mark,
        f"{{{_DC}}}description": options.reading,
        f"{{{space}}}lastModifiedBy": options.organisation or "Archivist",
        f"{{{space}}}category": outline.mark,
        f"{{{_DC}}}language": outline.words.tag,
    }
    for name, value in values.items():
        if line := one_line(value, LONGEST_PROPERTY):
            etree.SubElement(made, name).text = line
    if moment := _moment(options.date):
        for name in ("created", "modified"):
            child = etree.SubElement(made, f"{{{_TERMS}}}{name}")
            child.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
            child.text = moment
    return serialise(made)


def _moment(date: str) -> str:
    try:
        known = PartialDate.parse(date)
    except ValueError:
        return ""
    return f"{known.year:04}-{known.month or 1:02}-{known.day or 1:02}T00:00:00Z"


def _font_table() -> bytes:
    made = root("fonts")
    for name, stand_in, family, charset in (
        ("Arial", "Liberation Sans", "swiss", "00"),
        ("Cambria", "Caladea", "roman", "00"),
        ("SimSun", "宋体", "auto", "86"),
        ("Times New Roman", "Liberation Serif", "roman", "00"),
    ):
        font = add(made, "font", name=name)
        add(font, "altName", val=stand_in)
        add(font, "charset", val=charset)
        add(font, "family", val=family)
        add(font, "pitch", val="variable")
    return serialise(made)


def _numbering() -> bytes:
    made = root("numbering")
    scheme = add(made, "abstractNum", abstractNumId=0)
    add(scheme, "multiLevelType", val="multilevel")
    _level(scheme, 0, "Heading2", "%1")
    _level(scheme, 1, "RecordText", "%2")
    add(add(made, "num", numId=1), "abstractNumId", val=0)
    return serialise(made)


def _level(parent: Element, level: int, style: str, text: str) -> None:
    made = add(parent, "lvl", ilvl=level)
    add(made, "start", val=1)
    add(made, "numFmt", val="decimal")
    add(made, "pStyle", val=style)
    add(made, "lvlText", val=text)
    add(made, "lvlJc", val="left")
    layout = add(made, "pPr")
    add(add(layout, "tabs"), "tab", val="num", pos=0)
    add(layout, "ind", left=0, hanging=styles.GUTTER)
    if level:
        look = add(made, "rPr")
        styles.fonts(look, sans=True)
        add(look, "color", val=styles.THIRD)
        add(look, "sz", val=styles.NUMBER.size)
        add(look, "szCs", val=styles.NUMBER.size)


def _settings(outline: Outline) -> bytes:
    made = root("settings")
    add(made, "zoom", percent=100)
    add(made, "defaultTabStop", val=709)
    add(made, "autoHyphenation", val=0)
    add(made, "characterSpacingControl", val="doNotCompress")
    compatibility = add(made, "compat")
    add(compatibility, "compatSetting", name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word", val=15)  # fmt: skip
    add(made, "themeFontLang", val=outline.words.tag)
    add(made, "decimalSymbol", val=".")
    add(made, "listSeparator", val=",")
    return serialise(made)


def _header(outline: Outline) -> bytes:
    made = root("hdr")
    line = paragraph(made, styles.HEADER_TEXT.id, [Run(_short(outline))], turn=False)
    if outline.mark:
        write(line, Run("\t"))
        write(line, Run(outline.mark, styles.STRONG.id))
    return serialise(made)


def _short(outline: Outline) -> str:
    return one_line(outline.options.title, 84)


def _footer(outline: Outline, pages: int | None) -> bytes:
    made = root("ftr")
    line = paragraph(made, styles.FOOTER_TEXT.id, [Run(outline.mark)], turn=False)
    before, between = outline.words.page_of
    write(line, Run("\t" + before))
    field(line, "PAGE", "1")
    write(line, Run(between))
    field(line, "NUMPAGES", str(pages or 1))
    return serialise(made)


def _cover_edge(name: str, outline: Outline) -> bytes:
    made = root(name)
    paragraph(made, styles.COVER_MARK.id, [Run(outline.mark)] if outline.mark else [])
    return serialise(made)
