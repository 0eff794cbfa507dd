"""Who somebody is, typeset as a page to read: names, offices, life, notes, what documents say."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QTextFrameFormat
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget
from typing_extensions import override

from archivist.desk import describe, formats
from archivist.desk.models.agents import KINDS, lifetime, place_of, span_of, term_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QResizeEvent

    from archivist.archive.agents.pages import AgentPage, Held, Met
    from archivist.desk.context import Desk
    from archivist.desk.describe import Labels
    from archivist.model.agent import Agent

AGENT: Final = "agent"
NAME: Final = "name"
TOPIC: Final = "topic"
RECORDS: Final = "records"
MET: Final = "met"
"""What links of the page lead to: an agent, a name, a word, the records, all who were met."""
_MOST_ROLES: Final = 6
_MOST_MET: Final = 8
_MOST_FORMS: Final = 24
_MEASURE: Final = 560
_WIDE: Final = 860
"""From this width on, who this is stands beside what documents say."""
_GAP: Final = 48
_TABLE: Final = "<table cellspacing='0' cellpadding='0' style='margin-top: 4px'>"
_SIDE: Final = 20
_TOP: Final = 14


class WhoPage(QTextBrowser):
    """The page; its links are gone to with Tab and Enter, or a click.

    Signals:
        asked: what a link leads to, and which one: "agent", "name", "topic", "records", "met".
    """

    asked = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page: AgentPage | None = None
        self._wide = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAccessibleName("Who this is")
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(self._go)

    def show_page(self, page: AgentPage | None) -> None:
        """Show what is known of somebody, or nothing."""
        self._page = page
        self.dress()
        self.verticalScrollBar().setValue(0)

    def dress(self) -> None:
        """Set the page anew, in the theme's fonts and colours."""
        theme = self._desk.theme
        at = self.verticalScrollBar().value()
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, theme.tokens.base)
        palette.setColor(palette.ColorRole.Text, theme.tokens.text)
        self.setPalette(palette)
        self.setFont(theme.font())
        self.document().setDefaultStyleSheet(self._style())
        self._wide = self._has_room()
        body = ""
        if self._page is not None:
            sides = told(self._page, describe.labels_of(self._desk))
            body = _beside(*sides, theme.px(_GAP)) if self._wide else "".join(sides)
        self.setHtml(body)
        self._frame()
        self.verticalScrollBar().setValue(at)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wide != self._has_room():
            self.dress()
        self._frame()

    def _has_room(self) -> bool:
        return self.viewport().width() >= self._desk.theme.px(_WIDE)

    def _frame(self) -> None:
        """Keep the measure, whatever the width."""
        px = self._desk.theme.px
        form = QTextFrameFormat()
        form.setLeftMargin(px(_SIDE))
        form.setTopMargin(px(_TOP))
        form.setBottomMargin(px(24))
        measure = px(2 * _MEASURE + _GAP) if self._wide else px(_MEASURE)
        form.setRightMargin(max(px(_SIDE), self.viewport().width() - measure - px(_SIDE)))
        self.document().rootFrame().setFrameFormat(form)

    def _style(self) -> str:
        theme = self._desk.theme
        tokens, px = theme.tokens, theme.px
        serif, small = theme.font("l", serif=True), theme.font("s")
        return (
            f".h {{ color: {tokens.text3.name()}; font-size: {theme.font('xs').pixelSize()}px;"
            f" font-weight: 600; margin: {px(14)}px 0 {px(4)}px 0; }}"
            f" p {{ margin: 0 0 {px(4)}px 0; }}"
            f" .s {{ color: {tokens.text2.name()}; font-size: {small.pixelSize()}px; }}"
            f" .r {{ font-family: '{serif.family()}'; font-size: {px(15)}px; }}"
            f" td {{ padding: 0 {px(14)}px {px(5)}px 0; }}"
            f" a {{ color: {tokens.accent.name()}; text-decoration: none; }}"
        )

    def _go(self, link: QUrl) -> None:
        kind, _, what = link.toString().partition(":")
        self.asked.emit(kind, unquote(what))


def told(page: AgentPage, labels: Labels) -> tuple[str, str]:
    """Return who this is, and what documents say of it, as HTML that names no colours."""
    agent = page.agent
    who = (
        _candidates(page),
        _names(page),
        _section("Accounts", _line(", ".join(agent.handles))),
        _offices(agent, labels),
        _section(*_life(agent, labels)),
        _section("Notes", "".join(_reading(part) for part in agent.notes.split("\n\n"))),
        _section("Sources", "".join(_line(one, "s") for one in agent.sources)),
    )
    documents = (
        _section("In documents", _roles(page.roles) + _named(page)),
        _section("Speaks of", _links(TOPIC, ((one, one) for one in page.topics))),
        _section("Met", _met(page.met)),
    )
    return "".join(who), "".join(documents)


def _beside(left: str, right: str, gap: int) -> str:
    cells = (
        f"<td width='50%' style='padding-right: {gap}px'>{left}</td><td width='50%'>{right}</td>"
    )
    return f"<table width='100%' cellspacing='0' cellpadding='0'><tr>{cells}</tr></table>"


def _section(head: str, body: str) -> str:
    return f"<p class='h'>{html.escape(head)}</p>{body}" if body else ""


def _line(text: str, kind: str = "") -> str:
    shape = f" class='{kind}'" if kind else ""
    return f"<p{shape}>{html.escape(text)}</p>" if text else ""


def _reading(text: str) -> str:
    said = html.escape(text).replace("\n", "<br>")
    return f"<p class='r'>{said}</p>" if text.strip() else ""


def _candidates(page: AgentPage) -> str:
    """Say that a name is no agent yet, and who may be meant."""
    if page.agent.number:
        return ""
    lines = [
        f"<p>May be {_link(AGENT, str(one.number), one.name)},"
        f" {one.certainty:.0%}: {html.escape(one.reason)}</p>"
        for one in page.candidates
    ]
    return _section("Not filed as an agent yet", "".join(lines)) if lines else ""


def _names(page: AgentPage) -> str:
    """Return the forms of the name, those that documents have besides with their counts."""
    agent = page.agent
    own = _line("; ".join(agent.variants)) if agent.number else ""
    scripts = _line("; ".join(agent.scripts))
    counts: dict[str, int] = {}
    for form in page.forms:
        counts[form.name] = form.said
    spoken = [f"{name}\u00a0({formats.number(count)})" for name, count in counts.items() if name][
        :_MOST_FORMS
    ]
    heard = _line(f"Speaks as {', '.join(spoken)}", "s") if spoken else ""
    return _section("Other names", own + scripts) + (
        heard if own or scripts else _section("Names", heard)
    )


def _offices(agent: Agent, labels: Labels) -> str:
    rows = []
    for office in agent.offices:
        where = place_of(office, labels)
        below = f"<br><span class='s'>{html.escape(where)}</span>" if where else ""
        title = f"<td>{html.escape(office.title)}{below}</td>"
        rows.append(f"<tr>{_when(term_of(office))}{title}</tr>")
    return _section("Offices", f"{_TABLE}{''.join(rows)}</table>" if rows else "")


def _when(said: str) -> str:
    return f"<td class='s' style='white-space: nowrap'>{html.escape(said)}</td>"


def _life(agent: Agent, labels: Labels) -> tuple[str, str]:
    country = labels.label("country", agent.country) if agent.country else ""
    life = lifetime(agent)
    said = ", ".join(filter(None, (life[:1].upper() + life[1:], country)))
    return ("Dates" if agent.kind == "body" else "Life"), _line(said)


def _roles(roles: Sequence[Held]) -> str:
    lines = [
        f"<tr>{_when(span_of(one.first, one.last))}<td>{html.escape(one.role)} <span class='s'>"
        f"{html.escape(formats.counted(one.said, 'statement'))}</span></td></tr>"
        for one in roles[:_MOST_ROLES]
    ]
    return f"{_TABLE}{''.join(lines)}</table>" if lines else ""


def _named(page: AgentPage) -> str:
    if not page.records:
        return ""
    count = formats.counted(len(page.records), "record")
    return f"<p>Named in {_link(RECORDS, '', count)}</p>"


def _met(met: Sequence[Met]) -> str:
    """Return those who were met most often, and where all of them stand."""
    lines = [
        f"<tr><td>{_person(one)}</td><td class='s'>"
        f"{html.escape(formats.counted(len(one.records), 'record'))}</td>"
        f"<td class='s'>{html.escape(span_of(one.first, one.last))}</td></tr>"
        for one in met[:_MOST_MET]
    ]
    more = len(met) - _MOST_MET
    rest = f"<p>{_link(MET, '', f'{formats.number(more)} more')}</p>" if more > 0 else ""
    return f"{_TABLE}{''.join(lines)}</table>{rest}" if lines else ""


def _person(one: Met) -> str:
    return _link(AGENT, str(one.agent), one.name) if one.agent else _link(NAME, one.name, one.name)


def _links(kind: str, what: Iterable[tuple[str, str]]) -> str:
    said = " \u00b7 ".join(_link(kind, key, text) for key, text in what)
    return f"<p>{said}</p>" if said else ""


def _link(kind: str, what: str, text: str) -> str:
    return f"<a href='{kind}:{quote(what, safe='')}'>{html.escape(text)}</a>"


def kind_of(agent: Agent) -> str:
    """Return what kind of agent this is, and whether it is filed."""
    return KINDS[agent.kind] if agent.number else "Not filed as an agent"
