"""Everything that is kept of an agent, to be typed over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import paint
from archivist.desk.models.agents import KINDS
from archivist.desk.views.agent_offices import OfficesEditor, may_shrink
from archivist.desk.views.field_editors import (
    ChoiceEditor,
    DateEditor,
    LineEditor,
    LinesEditor,
    SaveKeys,
)
from archivist.model.agent import Agent, AgentKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from archivist.desk.context import Desk
    from archivist.model.errors import ValueRefusedError

Editor: TypeAlias = LineEditor | LinesEditor | ChoiceEditor | DateEditor
_LINE: Final = "\n"
_LABELS: Final = {
    "name": "Authorised form",
    "kind": "Kind",
    "variants": "Other names",
    "scripts": "Other scripts",
    "handles": "Accounts",
    "country": "Country",
    "birth": "Born",
    "death": "Died",
    "notes": "Notes",
    "sources": "Sources",
}
_HINTS: Final = {
    "name": "As lists show it: the family name first, as in Marenk, Ilva",
    "variants": "A name in a line; statements under any of them are hers or his",
    "scripts": "A name in a line, as in \u041c\u0430\u0440\u0435\u043d\u043a",
    "handles": "An account in a line, as in @marenk",
    "sources": "A source in a line",
}
_MEASURE: Final = 720
_LISTS: Final = ("variants", "scripts", "handles", "sources")


class _Notes(LinesEditor):
    """Text of several paragraphs, kept as it is typed."""

    def __init__(self) -> None:
        super().__init__(_LINE)

    @override
    def value(self) -> str:
        return self.toPlainText().strip()


class AgentForm(QWidget):
    """The form of one agent, filed or not.

    Signals:
        saved: the Agent as it stands in the form.
        closed: nothing is to be saved.
    """

    saved = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._agent = Agent("")
        self.editors: dict[str, Editor] = {}
        self.offices: OfficesEditor | None = None
        self._labels: list[QLabel] = []
        self._words: dict[str, QLabel] = {}
        self._title = QLabel()
        self.fault = QLabel(wordWrap=True)
        self.save = QPushButton("Save")
        self.cancel = QPushButton("Cancel")
        self._area = QScrollArea()
        self._keys = SaveKeys(self, lambda: not self.dirty())
        self._build()
        self._connect()
        self._dress()

    def edit(self, agent: Agent) -> None:
        """Show an agent's values; one without a number is filed when it is saved."""
        self._make(dict(self._countries()))
        self._agent = agent
        for name, editor in self.editors.items():
            value = getattr(agent, name)
            editor.set_value(_LINE.join(value) if name in _LISTS else value)
        if self.offices is not None:
            self.offices.set_offices(agent.offices)
        known = "Edit agent" if agent.number else "New agent"
        self._title.setText(known)
        self.save.setText("Save" if agent.number else "File as agent")
        self.show_fault("", "")
        self._area.verticalScrollBar().setValue(0)
        self.editors["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def value(self) -> Agent:
        """Return the agent as it stands in the form."""
        texts = {name: editor.value() for name, editor in self.editors.items()}
        lists = {name: tuple(texts[name].splitlines()) for name in _LISTS if name in texts}
        kind: AgentKind = next((kind for kind in _kinds() if kind == texts.get("kind")), "person")
        return replace(
            self._agent,
            name=texts.get("name", ""),
            kind=kind,
            variants=lists.get("variants", ()),
            scripts=lists.get("scripts", ()),
            handles=lists.get("handles", ()),
            sources=lists.get("sources", ()),
            country=texts.get("country", ""),
            birth=texts.get("birth", ""),
            death=texts.get("death", ""),
            notes=texts.get("notes", ""),
            offices=self.offices.offices() if self.offices is not None else (),
        )

    def dirty(self) -> bool:
        """Whether anything typed is not saved yet."""
        return self.isVisible() and self.value() != self._agent

    def refuse(self, error: ValueRefusedError) -> None:
        """Say what the archive finds wrong, at its field."""
        self.show_fault(error.field, " ".join(filter(None, (error.message, error.hint))))

    def show_fault(self, field: str, words: str) -> None:
        """Say what is wrong, and go to the field; empty: nothing is."""
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        for name, editor in self.editors.items():
            wrong = bool(words) and name == field
            if bool(editor.property("fault")) != wrong:
                editor.setProperty("fault", wrong)
                editor.style().unpolish(editor)
                editor.style().polish(editor)
            if wrong:
                editor.setFocus()
                self._area.ensureWidgetVisible(editor)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the form where nothing was typed."""
        if event.key() == Qt.Key.Key_Escape and not self.dirty():
            self.closed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            said = "Not saved yet: Ctrl+Enter saves, Cancel drops it."
            self._desk.events.message.emit(said)
        else:
            super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    # How it is built

    def _build(self) -> None:
        px = self._desk.theme.px
        self.save.setProperty("role", "accent")
        self.save.setToolTip("Ctrl+Enter")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._title.setContentsMargins(px(20), px(14), px(20), px(10))
        self.fault.setContentsMargins(px(20), px(8), px(20), 0)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(20), px(10), px(16), px(10))
        foot.setSpacing(px(8))
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(self._area, 1)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(self.fault)
        column.addLayout(foot)

    def _make(self, countries: Mapping[str, str]) -> None:
        """Make the fields when they are first needed: countries come from the archive."""
        if self.editors:
            return
        self.editors = {
            "name": LineEditor(),
            "kind": ChoiceEditor(KINDS),
            "variants": LinesEditor(_LINE),
            "scripts": LinesEditor(_LINE),
            "handles": LinesEditor(_LINE),
            "country": ChoiceEditor(countries),
            "birth": DateEditor(),
            "death": DateEditor(),
            "notes": _Notes(),
            "sources": LinesEditor(_LINE),
        }
        self.offices = OfficesEditor(self._desk, countries, self._keys)
        inside = QWidget()
        grid = QGridLayout(inside)
        px = self._desk.theme.px
        inside.setMaximumWidth(px(_MEASURE))
        grid.setContentsMargins(px(20), px(14), px(16), px(16))
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(3))
        for place, name in enumerate(_order()):
            self._place(grid, 2 * place, name)
        grid.setRowStretch(2 * len(_order()), 1)
        self._area.setWidget(inside)
        inside.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)
        self.offices.edited.connect(lambda: self.show_fault("", ""))
        self._dress()

    def _place(self, grid: QGridLayout, row: int, name: str) -> None:
        px, top = self._desk.theme.px, Qt.AlignmentFlag.AlignTop
        label = QLabel("Offices" if name == "offices" else _LABELS[name])
        label.setFixedWidth(px(108))
        label.setMinimumHeight(px(30))
        self._labels.append(label)
        grid.addWidget(label, row, 0, top)
        if name == "offices":
            if self.offices is not None:
                grid.addWidget(self.offices, row, 1)
        else:
            editor = self.editors[name]
            editor.setAccessibleName(_LABELS[name])
            if isinstance(editor, ChoiceEditor):
                may_shrink(editor)
            editor.installEventFilter(self._keys)
            editor.edited.connect(lambda: self.show_fault("", ""))
            grid.addWidget(editor, row, 1, top)
        if name not in _HINTS:
            grid.setRowMinimumHeight(row + 1, px(6))
            return
        words = QLabel(_HINTS[name], wordWrap=True)
        words.setContentsMargins(0, 0, 0, px(6))
        self._words[name] = words
        grid.addWidget(words, row + 1, 1)

    def _connect(self) -> None:
        self.save.clicked.connect(self._save)
        self._keys.save.connect(self._save)
        self.save.installEventFilter(self._keys)
        self.cancel.clicked.connect(self.closed)
        self._desk.events.archive_closed.connect(self._forget)
        self._desk.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        theme = self._desk.theme
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, theme.tokens.base)
        self.setPalette(palette)
        self._title.setFont(theme.font("l", 600))
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        for label in (*self._labels, *self._words.values()):
            label.setPalette(palette)
        for words in self._words.values():
            words.setFont(theme.font("s"))
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.bad)
        self.fault.setPalette(palette)
        self.save.setIconSize(QSize(theme.px(14), theme.px(14)))

    # What happens

    def _save(self) -> None:
        """Hand over what was typed, unless something is wrong with it."""
        for name, editor in self.editors.items():
            if fault := editor.fault():
                self.show_fault(name, f"{_LABELS[name]}: {fault}")
                return
        if self.offices is not None and (fault := self.offices.fault()):
            self.show_fault("offices", f"Offices: {fault}")
            return
        self.saved.emit(self.value())

    def _forget(self) -> None:
        """Another archive has other countries."""
        self.editors, self.offices = {}, None
        self._labels, self._words = [], {}
        if (inside := self._area.takeWidget()) is not None:
            inside.deleteLater()

    def _countries(self) -> Mapping[str, str]:
        archive = self._desk.archive
        return archive.vocabulary.labels("country") if archive is not None else {}


def _order() -> tuple[str, ...]:
    names = list(_LABELS)
    return (*names[:5], "offices", *names[5:])


def _kinds() -> tuple[AgentKind, ...]:
    return ("person", "body", "family")
