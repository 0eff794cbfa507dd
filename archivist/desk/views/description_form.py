"""A description as a form: every field with its value, its standing and what is wrong with it."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk.views.field_editors import (
    ChoiceEditor,
    CodesEditor,
    DateEditor,
    LineEditor,
    LinesEditor,
    SaveKeys,
    SuggestEditor,
)
from archivist.desk.views.persons_editor import PersonsEditor
from archivist.model.fields import BY_NAME, FIELDS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from archivist.desk.context import Desk

Editor = LineEditor | LinesEditor | ChoiceEditor
EDITABLE: Final = tuple(field.name for field in FIELDS if field.editable)
_HINTS: Final = {
    "person": "One a line, as in: Ilva Marenk (speaker)",
    "country": "Codes or names, separated by commas",
    "tag": "Separated by commas",
}


class Standing(enum.Enum):
    """How a value stands: the words and the icon beside it."""

    EMPTY = ("", "", "text2")
    CONFIRMED = ("Confirmed", "check-circle", "ok")
    PROPOSED = ("Proposed", "circle-half", "warn")
    CHANGED = ("Changed", "pencil-simple", "accent")
    CLEARED = ("Cleared", "minus-circle", "accent")
    WRONG = ("Check", "warning-circle", "bad")


class FieldRow(QWidget):
    """One field: label, editor, standing, and a line of words beneath.

    Signals:
        edited: the user changed its value.
    """

    edited = Signal()

    def __init__(self, desk: Desk, name: str, editor: Editor) -> None:
        super().__init__()
        self.name = name
        self.editor = editor
        self._desk = desk
        self._saved = ""
        self._proposed = False
        self._fault = ""
        self._clearing = False
        self._bulk = False
        self._placeholder = editor.placeholderText()
        self.label = QLabel(label_of(name))
        self.label.setBuddy(editor)
        self._words = QLabel(wordWrap=True)
        self._standing = _Badge(desk)
        self._clear = QToolButton()
        self._clear.setIcon(desk.icons.icon("prohibit"))
        self._clear.setCheckable(True)
        self._clear.setFixedSize(desk.theme.px(30), desk.theme.px(30))
        self._clear.setToolTip("Clear this field in all of them")
        self._clear.setAccessibleName(f"Clear {self.label.text()} in all of them")
        self._clear.toggled.connect(self._set_clearing)
        editor.setAccessibleName(self.label.text())
        editor.edited.connect(self._touched)
        self._build()

    def show_value(self, value: str, *, proposed: bool) -> None:
        """Show what the record says."""
        self._bulk, self._clearing, self._fault = False, False, ""
        self._saved, self._proposed = value, proposed
        self.editor.set_value(value)
        self.editor.setPlaceholderText(self._placeholder)
        self._clear.hide()
        self._tell()

    def show_shared(self, value: str | None) -> None:
        """Show what many records say: one value, or none that they share."""
        self._bulk, self._clearing, self._fault = True, False, ""
        self._saved, self._proposed = value or "", False
        self.editor.set_value(value or "")
        self.editor.setPlaceholderText("Several values" if value is None else self._placeholder)
        self._clear.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self._clear.setChecked(False)
        self._clear.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self._clear.show()
        self._tell()

    def set_value(self, value: str) -> None:
        """Put a value that is not saved yet, such as a draft."""
        self.editor.set_value(value)
        self._tell()

    def change(self) -> str | None:
        """Return the value to save, or None where there is nothing to save."""
        if self._clearing:
            return ""
        value = self.editor.value()
        return value if value != self._saved else None

    def fault(self) -> str:
        """Return what is wrong with the value."""
        return self._fault or self.editor.fault()

    def show_fault(self, words: str) -> None:
        """Say what the archive found wrong with the value."""
        self._fault = words
        self._tell()

    def proposed(self) -> bool:
        """Whether nobody has confirmed the value."""
        return self._proposed and bool(self._saved)

    def dress(self) -> None:
        """Take fonts and colours from the theme."""
        theme = self._desk.theme
        palette = self.palette()
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        self.label.setPalette(palette)
        self._words.setFont(theme.font("s"))
        self._tell()

    def _build(self) -> None:
        px = self._desk.theme.px
        grid = QGridLayout(self)
        grid.setContentsMargins(px(20), 0, px(16), px(6))
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(2))
        self.label.setFixedWidth(px(104))
        self.label.setMinimumHeight(px(30))
        self.label.setWordWrap(True)
        self._standing.setFixedWidth(px(92))
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.label, 0, 0, top)
        grid.addWidget(self.editor, 0, 1, top)
        tail = QHBoxLayout()
        tail.setSpacing(0)
        tail.addWidget(self._standing)
        tail.addWidget(self._clear)
        grid.addLayout(tail, 0, 2, top)
        grid.addWidget(self._words, 1, 1)
        grid.setColumnStretch(1, 1)

    def _touched(self) -> None:
        self._fault = ""
        if self._clearing:
            self._clear.setChecked(False)
        self._tell()
        self.edited.emit()

    def _set_clearing(self, on: bool) -> None:  # noqa: FBT001 - a slot
        self._clearing = on
        self._tell()
        self.edited.emit()

    def standing(self) -> Standing:
        """Return how the value stands now."""
        if self.fault():
            return Standing.WRONG
        if self._clearing:
            return Standing.CLEARED
        if self.change() is not None:
            return Standing.CHANGED
        if self._bulk or not self._saved:
            return Standing.EMPTY
        return Standing.PROPOSED if self._proposed else Standing.CONFIRMED

    def _tell(self) -> None:
        standing = self.standing()
        self._standing.show_standing(standing)
        words = self.fault() or self.editor.reading() or self._hint()
        tokens = self._desk.theme.tokens
        palette = self._words.palette()
        colour = tokens.bad if standing is Standing.WRONG else tokens.text2
        palette.setColor(palette.ColorRole.WindowText, colour)
        self._words.setPalette(palette)
        self._mark(wrong=standing is Standing.WRONG)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._fit_words()
        said = ". ".join(part for part in (standing.value[0], words) if part)
        self.editor.setAccessibleDescription(said)

    def _mark(self, *, wrong: bool) -> None:
        """Colour the border of a field that is to be checked."""
        if bool(self.editor.property("fault")) != wrong:
            self.editor.setProperty("fault", wrong)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        """Give the words the height their lines need: a grid does not ask a label for it."""
        wide = self.editor.width()
        if wide > 0 and self._words.text():
            self._words.setFixedHeight(self._words.heightForWidth(wide))

    def _hint(self) -> str:
        return _HINTS.get(self.name, "") if not self.editor.value() else ""


class _Badge(QWidget):
    """How a value stands, as an icon and a word."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._standing = Standing.EMPTY
        self.setFixedHeight(desk.theme.px(30))

    def show_standing(self, standing: Standing) -> None:
        """Show another standing."""
        self._standing = standing
        self.setAccessibleName(standing.value[0])
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        word, icon, token = self._standing.value
        if not word:
            return
        theme = self._desk.theme
        painter = QPainter(self)
        side = theme.px(14)
        middle = self.height() / 2
        self._desk.icons.paint(painter, icon, QRectF(0, middle - side / 2, side, side), token)
        font = theme.font("s")
        painter.setFont(font)
        painter.setPen(theme.tokens.colour(token))
        metrics = QFontMetricsF(font)
        baseline = middle + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(side + theme.px(6), baseline), word)


class DescriptionForm(QScrollArea):
    """All fields of a description.

    Signals:
        edited: the user changed a value.
        save_asked: Ctrl+Enter was pressed.
        person_asked: a name among the persons: who is this?
    """

    edited = Signal()
    save_asked = Signal()
    person_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: dict[str, FieldRow] = {}
        self._keys = SaveKeys(self, lambda: not self.changes())
        self._keys.save.connect(self.save_asked)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, desk.theme.px(16), 0, desk.theme.px(16))
        self._column.setSpacing(desk.theme.px(4))
        self._column.addStretch(1)
        self.setWidget(self._inside)
        self.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        desk.theme.changed.connect(self.dress)

    def forget(self) -> None:
        """Drop the rows: another archive has other lists. They are made when they are needed."""
        for row in self.rows.values():
            row.deleteLater()
        self.rows = {}

    def show_values(self, values: Mapping[str, str], proposed: Collection[str]) -> None:
        """Show one record's values; `proposed` are names of fields nobody has confirmed."""
        self._with_rows(values)
        for name, row in self.rows.items():
            row.show_value(values.get(name, ""), proposed=name in proposed)

    def show_shared(self, values: Mapping[str, str | None]) -> None:
        """Show what many records share; None where they differ."""
        self._with_rows(values)
        for name, row in self.rows.items():
            row.show_shared(values.get(name, ""))

    def changes(self) -> dict[str, str]:
        """Return what the user changed, by field name."""
        found = {name: row.change() for name, row in self.rows.items()}
        return {name: value for name, value in found.items() if value is not None}

    def faulty(self) -> FieldRow | None:
        """Return the first field whose value cannot be saved."""
        return next((row for row in self.rows.values() if row.fault()), None)

    def proposed(self) -> list[str]:
        """Return the fields nobody has confirmed."""
        return [name for name, row in self.rows.items() if row.proposed()]

    def put(self, values: Mapping[str, str]) -> None:
        """Put values that are not saved yet."""
        for name, value in values.items():
            if name in self.rows:
                self.rows[name].set_value(value)

    def show_fault(self, field: str, words: str) -> bool:
        """Say what is wrong at the field with this label or name; whether there is one."""
        for name, row in self.rows.items():
            if field in {name, row.label.text(), row.label.text().lower()}:
                row.show_fault(words)
                self.ensureWidgetVisible(row)
                row.editor.setFocus()
                return True
        return False

    def focus_first(self) -> None:
        """Bring the keyboard to the first field."""
        row = next(iter(self.rows.values()), None)
        if row is not None:
            row.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.ensureWidgetVisible(row)

    def dress(self) -> None:
        """Take fonts and colours from the theme."""
        for row in self.rows.values():
            row.dress()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._desk.theme.px(420), self._desk.theme.px(500))

    def _with_rows(self, values: Mapping[str, object]) -> None:
        """Make the rows that are missing; drop those of custom fields that are not wanted."""
        for name in () if self.rows else EDITABLE:
            self._add(name)
        for name in [name for name in self.rows if name not in BY_NAME and name not in values]:
            self.rows.pop(name).deleteLater()
        for name in values:
            if name not in self.rows:
                self._add(name)

    def _add(self, name: str) -> None:
        row = FieldRow(self._desk, name, _editor(self._desk, name))
        row.edited.connect(self.edited)
        row.editor.installEventFilter(self._keys)
        if isinstance(row.editor, PersonsEditor):
            row.editor.person_asked.connect(self.person_asked)
        row.dress()
        self.rows[name] = row
        self._column.insertWidget(self._column.count() - 1, row)


def label_of(name: str) -> str:
    """Return what people call a field."""
    field = BY_NAME.get(name)
    return field.label if field else name.replace("_", " ").capitalize()


def _editor(desk: Desk, name: str) -> Editor:
    vocabulary = desk.archive.vocabulary if desk.archive is not None else None
    match name:
        case "title":
            return LinesEditor()
        case "person":
            return PersonsEditor()
        case "date":
            return DateEditor()
        case "type" | "lang" | "mark":
            return ChoiceEditor(vocabulary.labels(name) if vocabulary is not None else {})
        case "country":
            return CodesEditor(vocabulary.labels(name) if vocabulary is not None else {})
        case "place" | "originator" | "series":
            return SuggestEditor(desk, name)
        case "tag":
            return SuggestEditor(desk, name, parts=True)
        case _:
            return LineEditor()
