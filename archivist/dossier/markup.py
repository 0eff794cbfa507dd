"""WordprocessingML, element by element, through lxml: short, linear in time, escaped for us."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from archivist.dossier.scripts import PLAIN, Voice, stretches, voice
from archivist.dossier.texts import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = {"w": W, "r": R}
_W = f"{{{W}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Element = etree._Element  # noqa: SLF001 - lxml's public name for its own type


class Run(NamedTuple):
    """A stretch of text with one look.

    Attributes:
        text: may hold line breaks and tabs.
        style: id of a character style, or empty.
        hidden_on_web: left out of the web view, as Word does in contents.
    """

    text: str
    style: str = ""
    hidden_on_web: bool = False


class Setting(NamedTuple):
    """How a paragraph stands on the page.

    Attributes:
        keep_next: on one page with the next.
        new_page: it begins one.
        before: space above it, in twentieths of a point.
        rtl: it runs from right to left, whatever its runs.
    """

    keep_next: bool = False
    new_page: bool = False
    before: int = 0
    rtl: bool = False


class Bookmark(NamedTuple):
    """A named place: `id` is unique in the document."""

    id: int
    name: str


def root(name: str) -> Element:
    """Return the root element of a part."""
    return etree.Element(_W + name, nsmap=NAMESPACES)


def add(parent: Element, name: str, /, **attributes: str | int) -> Element:
    """Append the element `w:name` with attributes `w:key="value"`."""
    child = etree.SubElement(parent, _W + name)
    for key, value in attributes.items():
        child.set(_W + key, str(value))
    return child


def relate(element: Element, identity: str) -> None:
    """Point an element at a relationship of its part."""
    element.set(f"{{{R}}}id", identity)


def serialise(element: Element) -> bytes:
    """Return a whole part."""
    return etree.tostring(element, encoding="UTF-8", xml_declaration=True, standalone=True)


def inner(element: Element) -> bytes:
    """Return what is inside an element: parts of a big part, written one after the other."""
    whole: bytes = etree.tostring(element, encoding="UTF-8")
    return whole[whole.index(b">") + 1 : whole.rindex(b"<")] if len(element) else b""


def edges(*names: str) -> tuple[bytes, bytes]:
    """Return the start and the end of a part: elements in each other, to write content between."""
    outer = innermost = root(names[0])
    for name in names[1:]:
        innermost = add(innermost, name)
    innermost.text = "|"
    start, _, end = serialise(outer).partition(b"|")
    return start, end


def paragraph(
    parent: Element,
    style: str,
    runs: Iterable[Run] = (),
    *,
    language: str = "",
    turn: bool = True,
    setting: Setting | None = None,
    around: Bookmark | None = None,
) -> Element:
    """Append a paragraph, its direction and script told from its text.

    Args:
        parent: what it is appended to.
        style: id of its paragraph style.
        runs: its text.
        language: ISO 639-1 code of what it says, or empty for the dossier's own.
        turn: whether text from right to left turns the paragraph, not only its runs.
        setting: how it stands on the page, where the style does not say so already.
        around: a bookmark that holds all of it.
    """
    listed = list(runs)
    sound = voice("".join(run.text for run in listed), language)
    made = add(parent, "p")
    rtl = sound.rtl and turn
    _set(add(made, "pPr"), style, setting or Setting(), tall=sound.tall, rtl=rtl)
    if around:
        add(made, "bookmarkStart", id=around.id, name=around.name)
    for run in listed:
        write(made, run, sound, rtl=rtl)
    if around:
        add(made, "bookmarkEnd", id=around.id)
    return made


def _set(properties: Element, style: str, setting: Setting, *, tall: bool, rtl: bool) -> None:
    add(properties, "pStyle", val=style)
    for name, wanted in (
        ("keepNext", setting.keep_next),
        ("pageBreakBefore", setting.new_page),
        ("bidi", rtl or setting.rtl),
    ):
        if wanted:
            add(properties, name)
    if setting.before or tall:
        spacing = add(properties, "spacing")
        if setting.before:
            spacing.set(_W + "before", str(setting.before))
        if tall:
            spacing.set(_W + "lineRule", "atLeast")


def write(parent: Element, run: Run, sound: Voice = PLAIN, *, rtl: bool = False) -> None:
    """Append a run of text, cut where its direction changes."""
    if sound.bidi:
        for stretch in stretches(run.text, rtl=rtl):
            _text(_run(parent, run, sound, rtl=stretch.rtl), stretch.text)
    else:
        _text(_run(parent, run, sound, rtl=False), run.text)


def _run(parent: Element, run: Run, sound: Voice, *, rtl: bool) -> Element:
    made = add(parent, "r")
    if not (run.style or run.hidden_on_web or sound != PLAIN or rtl):
        return made
    properties = add(made, "rPr")
    if run.style:
        add(properties, "rStyle", val=run.style)
    _fonts(properties, sound)
    if run.hidden_on_web:
        add(properties, "webHidden")
    if rtl:
        add(properties, "rtl")
    tags = {"val": sound.lang, "eastAsia": sound.east, "bidi": sound.bidi}
    if any(tags.values()):
        add(properties, "lang", **{key: value for key, value in tags.items() if value})
    return made


def _fonts(properties: Element, sound: Voice) -> None:
    fonts = {"eastAsia": sound.east_font, "cs": sound.complex_font}
    if any(fonts.values()):
        made = {key: value for key, value in fonts.items() if value}
        if sound.east_font:
            made["hint"] = "eastAsia"
        add(properties, "rFonts", **made)


def _text(run: Element, text: str) -> None:
    for n, line in enumerate(safe(text).split("\n")):
        if n:
            add(run, "br")
        for m, cell in enumerate(line.split("\t")):
            if m:
                add(run, "tab")
            if cell:
                made = add(run, "t")
                made.set(_SPACE, "preserve")
                made.text = cell


def field(parent: Element, instruction: str, result: str, *, style: str = "") -> None:
    """Append a field that Word keeps alive, with its result as it stands now."""
    begin_field(parent, instruction)
    write(parent, Run(result, style))
    end_field(parent)


def begin_field(parent: Element, instruction: str) -> None:
    """Append the start of a field; what follows is its result, up to `end_field`."""
    add(add(parent, "r"), "fldChar", fldCharType="begin")
    made = add(add(parent, "r"), "instrText")
    made.set(_SPACE, "preserve")
    made.text = f" {instruction} "
    add(add(parent, "r"), "fldChar", fldCharType="separate")


def end_field(parent: Element) -> None:
    """Append the end of a field."""
    add(add(parent, "r"), "fldChar", fldCharType="end")
