"""Editors for the fields of a description: one line, several, a choice, a date, codes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from archivist.desk import formats
from archivist.model.dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from archivist.desk.context import Desk

_PAUSE: Final = 120
_MOST_LINES: Final = 6
_REDO: Final = QKeySequence.StandardKey.Redo


class LineEditor(QLineEdit):
    """One line of text.

    Signals:
        edited: the user changed it.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textEdited.connect(self.edited)

    def value(self) -> str:
        """Return what stands in it."""
        return self.text().strip()

    def set_value(self, text: str) -> None:
        """Show another value, from its beginning."""
        self.setText(text)
        self.setCursorPosition(0)

    def reading(self) -> str:
        """Return what the value means, to stand beneath; may be empty."""
        return ""

    def fault(self) -> str:
        """Return what is wrong with the value, as far as it can be told here; may be empty."""
        return ""


class LinesEditor(QPlainTextEdit):
    """Several lines; as high as what stands in it. Return makes a line only where lines are parts.

    Signals:
        edited: the user changed it.
    """

    edited = Signal()

    def __init__(self, separator: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._separator = separator
        self._quiet = False
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(1)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def value(self) -> str:
        """Return its lines, joined as the archive reads them."""
        lines = [line.strip() for line in self.toPlainText().splitlines() if line.strip()]
        return (self._separator or " ").join(lines)

    def set_value(self, text: str) -> None:
        """Show another value, one part a line."""
        parts = text.split(self._separator) if self._separator else [text]
        self._quiet = True
        self.setPlainText("\n".join(part.strip() for part in parts))
        self._quiet = False
        self._fit()

    def reading(self) -> str:
        """Return what the value means, to stand beneath."""
        return ""

    def fault(self) -> str:
        """Return what is wrong with the value."""
        return ""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Enter to the form; keep a title on one line."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and (event.modifiers() or not self._separator):
            event.ignore()
            return
        super().keyPressEvent(event)

    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit()

    def _fit(self) -> None:
        # A plain text document measures itself in lines.
        lines = max(1, min(_MOST_LINES, round(self.document().size().height())))
        spacing = QFontMetricsF(self.font()).lineSpacing()
        # One line is as high as a field of one line: 28 px and its border.
        self.setFixedHeight(round(spacing * 30 / 16 + (lines - 1) * spacing))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class ChoiceEditor(QComboBox):
    """A value of a list, chosen or typed.

    Signals:
        edited: the user changed it.
    """

    edited = Signal()

    def __init__(self, labels: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItem("", "")
        for code, label in sorted(labels.items(), key=lambda item: item[1].casefold()):
            self.addItem(label, code)
        completer = self.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda _place: self.edited.emit())
        line = self.lineEdit()
        if line is not None:
            line.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> str:
        """Return the code of what stands in it, else the words themselves."""
        place = self.findText(self.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        return str(self.itemData(place)) if place >= 0 else self.currentText().strip()

    def set_value(self, text: str) -> None:
        """Show the value with this code."""
        place = self.findData(text)
        if place >= 0:
            self.setCurrentIndex(place)
        else:
            self.setCurrentIndex(-1)
            self.setEditText(text)

    def reading(self) -> str:
        """Return what the value means, to stand beneath."""
        return ""

    def fault(self) -> str:
        """Return what is wrong with the value."""
        return ""

    @override
    def setPlaceholderText(self, placeholderText: str) -> None:
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText(placeholderText)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the form scroll: a wheel must not change what it passes."""
        event.ignore()


class DateEditor(LineEditor):
    """A date as exact as the document: "2012", "2012-12", "2012-12-04", or as people write it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("2012, 2012-12 or 2012-12-04")
        self.editingFinished.connect(self._tidy)

    @override
    def value(self) -> str:
        text = self.text().strip()
        return read_date(text) or text

    @override
    def reading(self) -> str:
        iso = read_date(self.text().strip())
        return formats.day_long(iso) if iso else ""

    @override
    def fault(self) -> str:
        text = self.text().strip()
        if not text or read_date(text):
            return ""
        return "There is no such date. Write 2012, 2012-12 or 2012-12-04."

    def _tidy(self) -> None:
        iso = read_date(self.text().strip())
        if iso and iso != self.text().strip():
            self.setText(iso)
            self.edited.emit()


class CodesEditor(LineEditor):
    """Several codes, with their names beneath; names may be typed, too."""

    def __init__(self, labels: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = labels
        names = sorted(labels.values(), key=str.casefold)
        self.setCompleter(_PartCompleter(names, self))
        self.textChanged.connect(lambda _text: self.edited.emit())

    @override
    def reading(self) -> str:
        parts = [part.strip() for part in self.text().split(",") if part.strip()]
        return ", ".join(self._labels.get(part.upper(), part) for part in parts)


class SuggestEditor(LineEditor):
    """One line that offers values other records have.

    Args:
        field: name of the field whose values are offered.
        parts: whether values are parts separated by commas.
    """

    def __init__(
        self, desk: Desk, field: str, *, parts: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._field = field
        self._parts = parts
        self._model = QStringListModel(self)
        completer = _PartCompleter([], self) if parts else QCompleter(self)
        completer.setModel(self._model)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(lambda _text: self._pause.start())

    def _ask(self) -> None:
        archive, field = self._desk.archive, self._field
        text = self.text().rpartition(",")[2] if self._parts else self.text()
        prefix = text.strip()
        if archive is None or not prefix:
            return

        def take(values: Sequence[str]) -> None:
            if self.hasFocus() and list(values) != [prefix]:
                self._model.setStringList(list(values))
                self.completer().complete()

        self._desk.tasks.read(
            "record.complete",
            lambda _token: archive.complete_values(field, prefix),
            take,
            lambda _error: None,
            self,
        )


class _PartCompleter(QCompleter):
    """Completes the last of several parts separated by commas."""

    def __init__(self, values: Sequence[str], parent: QObject) -> None:
        super().__init__(list(values), parent)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    @override
    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]

    @override
    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        chosen = super().pathFromIndex(index)
        widget = self.widget()
        before = widget.text().rpartition(",")[0] if isinstance(widget, QLineEdit) else ""
        return f"{before}, {chosen}" if before else chosen


class SaveKeys(QObject):
    """Turns Ctrl+Enter, anywhere in a form, into saving.

    While there is nothing to save, Ctrl+Enter and the keys of undo are the window's, as they are
    everywhere else.

    Args:
        idle: whether there is nothing to save.

    Signals:
        save: Ctrl+Enter was pressed.
    """

    save = Signal()

    def __init__(self, parent: QObject, idle: Callable[[], bool] = lambda: False) -> None:
        super().__init__(parent)
        self._idle = idle

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        saves = enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.type() == QEvent.Type.KeyPress and saves:
            self.save.emit()
            return True
        if event.type() == QEvent.Type.ShortcutOverride and (saves or _takes_back(event)):
            event.setAccepted(not self._idle())
            return True
        return super().eventFilter(watched, event)


def _takes_back(event: QKeyEvent) -> bool:
    return any(event.matches(key) for key in (QKeySequence.StandardKey.Undo, _REDO))


def read_date(text: str) -> str:
    """Read a date in ISO form or as the user's locale writes it; empty where it is none."""
    try:
        return str(PartialDate.parse(text))
    except ValueError:
        return _spoken(text)


def _spoken(text: str) -> str:
    """Read "3 April 2024", "Apr 2024" or the locale's short date."""
    locales = [QLocale(formats.locale_name()), QLocale(QLocale.Language.English)]
    words = " ".join(text.replace(".", ". ").split())
    for locale in locales:
        for form in ("d MMMM yyyy", "d MMM yyyy", "MMMM d, yyyy", "MMM d, yyyy", "d. MMMM yyyy"):
            day = locale.toDate(words, form)
            if day.isValid():
                return dt.date(day.year(), day.month(), day.day()).isoformat()
        for form in ("MMMM yyyy", "MMM yyyy"):
            day = locale.toDate(words, form)
            if day.isValid():
                return f"{day.year():04}-{day.month():02}"
    day = locales[0].toDate(text, _short_form(locales[0]))
    return dt.date(day.year(), day.month(), day.day()).isoformat() if day.isValid() else ""


def _short_form(locale: QLocale) -> str:
    """Return the locale's short date with a year of four figures: two would be a guess."""
    form = locale.dateFormat(QLocale.FormatType.ShortFormat)
    form = form.replace("yyyy", "yy").replace("yy", "yyyy")
    return form.replace("dd", "d").replace("MM", "M")
