"""The search field: the query with its frame, its bookmark, its reading and its completion."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QToolTip, QVBoxLayout, QWidget
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.models import completion
from archivist.desk.views.query_edit import ASIDE, QueryEdit
from archivist.desk.views.reading_line import ReadingLine
from archivist.desk.views.suggestions import Suggestions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archivist.desk.context import Desk
    from archivist.desk.models.lexicon import Lexicon
    from archivist.model.errors import ArchivistError

PAUSE_MS: Final = 60
"""How long the keys must rest before the search follows them."""
_TELL_MS: Final = 700
"""How long the keys must rest before a fault is told."""
_FORMS: Final = 8
"""How many of the words that a word stands for are told."""


class _Frame(QWidget):
    """The rounded frame around the field, with the focus shown on it."""

    def __init__(self, desk: Desk, editor: QueryEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._editor = editor
        editor.focus_changed.connect(self.update)
        desk.theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._desk.theme, QPainter(self)
        tokens_ = theme.tokens
        rect = QRectF(self.rect())
        enabled, focus = self.isEnabled(), self._editor.hasFocus()
        ground = tokens_.paper if enabled else tokens_.window
        edge = tokens_.accent if focus else tokens_.control if enabled else tokens_.edge
        paint.rounded(painter, rect, 8, ground, edge, 2.0 if focus else 1.0)
        side = theme.px(14)
        at = QRectF(theme.px(13), (rect.height() - side) / 2, side, side)
        self._desk.icons.paint(painter, "magnifying-glass", at, "text2")


class SearchField(QWidget):
    """The field with its frame, its clear button and the line beneath it.

    Attributes:
        here: accession number and title of the record that is read, for `like:`.

    Signals:
        typed: a key changed the text; the keys may not rest yet.
        query_changed: the keys rested; the text as it stands, perhaps unfinished.
        submitted: Enter: the text as it stands.
        left_down: the Down key: to the results.
        fault_told: a fault is told, or is told no more.
        save_asked: the bookmark: save the query, or see what can be done with the saved one.
    """

    typed = Signal()
    query_changed = Signal(str)
    submitted = Signal(str)
    left_down = Signal()
    fault_told = Signal()
    save_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.here = ("", "")
        self.editor = QueryEdit(desk.theme)
        self.reading = ReadingLine(desk)
        self._suggestions = Suggestions(desk, self.editor)
        self.editor.suggestions = self._suggestions
        self._fault: ArchivistError | None = None
        self._said = ""
        self._last = ""
        self._pause = self._timer(PAUSE_MS, self._announce)
        self._patience = self._timer(_TELL_MS, self._tell)
        self._clear = QToolButton()
        self._mark = QToolButton()
        self._build()
        self._connect()
        self._dress()

    def _timer(self, pause: int, act: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(act)
        return timer

    def _build(self) -> None:
        self.editor.setAccessibleName("Search")
        self.editor.setAccessibleDescription(
            "Words, “phrases”, field:value, OR, -without; Down goes to the records found, "
            "Alt+Down shows all that can be said"
        )
        self._clear.setIcon(self._desk.icons.icon("x"))
        self._clear.setToolTip("Clear the search (Escape)")
        self._clear.setAccessibleName("Clear the search")
        self._clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._clear.hide()
        self._mark.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_saved("")
        self._mark.hide()
        self._frame = _Frame(self._desk, self.editor)
        row = QHBoxLayout(self._frame)
        row.setContentsMargins(self._desk.theme.px(42) - ASIDE, 0, 4, 0)
        row.setSpacing(4)
        row.addWidget(self.editor, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._clear)
        row.addWidget(self._mark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._frame)
        under = QHBoxLayout()
        under.setContentsMargins(self._desk.theme.px(42), 0, 0, 0)
        under.addWidget(self.reading)
        column.addLayout(under)

    def _connect(self) -> None:
        self.editor.textChanged.connect(self._typed)
        self.editor.submitted.connect(self._submit)
        self.editor.escaped.connect(self._escape)
        self.editor.left_down.connect(self.left_down)
        self.editor.all_asked.connect(self.suggest_all)
        self.editor.word_hovered.connect(self._tell_forms)
        self.editor.focus_changed.connect(self._focus_moved)
        self._clear.clicked.connect(self.clear)
        self._mark.clicked.connect(self.save_asked)
        self._suggestions.chosen.connect(self._complete)
        self.reading.proposal_taken.connect(self.set_text)
        self._desk.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        self._frame.setFixedHeight(self._desk.theme.px(36))
        self.reading.setFixedHeight(self._desk.theme.px(28))
        for button in (self._clear, self._mark):
            button.setIconSize(QSize(self._desk.theme.px(16), self._desk.theme.px(16)))
        self.editor.dress()
        self.editor.rehighlight()

    def text(self) -> str:
        """Return the query as it stands."""
        return self.editor.toPlainText()

    def set_text(self, text: str) -> None:
        """Replace the query, as one step of the field's own undo, and search at once."""
        if text != self.text():
            cursor = self.editor.textCursor()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text)
            self._suggestions.hide()
        self._announce()

    def clear(self) -> None:
        """Empty the field and go on with all records."""
        self.set_text("")
        self.editor.setFocus()

    def focus(self) -> None:
        """Go to the field, with all of it selected."""
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.editor.selectAll()

    def set_placeholder(self, text: str) -> None:
        """Say what can be searched while the field is empty."""
        self.editor.hint = text
        self.editor.viewport().update()

    def show_saved(self, name: str) -> None:
        """Show that the query is saved under a name; empty: that it is not."""
        icons = self._desk.icons
        icon = (
            icons.icon("bookmark-simple-fill", "accent") if name else icons.icon("bookmark-simple")
        )
        self._mark.setIcon(icon)
        words = f"Saved as “{name}”" if name else "Save this search"
        self._mark.setToolTip(words if name else f"{words} (Ctrl+S)")
        self._mark.setAccessibleName(words)

    def bookmark(self) -> QPoint:
        """Return the global point under the bookmark, for its menu."""
        return self._mark.mapToGlobal(self._mark.rect().bottomLeft())

    def set_lexicon(self, lexicon: Lexicon) -> None:
        """Know an archive's codes and fields."""
        self.editor.lexicon = lexicon
        self.editor.rehighlight()

    def show_reading(self, pieces: Sequence[tuple[str, bool]], notes: Sequence[str] = ()) -> None:
        """Show what the query means, and what the answer leaves out; there is no fault in it."""
        self._set_fault(None)
        self.reading.show_reading(pieces, notes)
        self.fault_told.emit()

    def show_fault(self, error: ArchivistError) -> None:
        """Show what is wrong: at once when the keys rest, else when they do."""
        self._fault = error
        if not self._patience.isActive():
            self._tell()

    def _typed(self) -> None:
        text = self.text()
        if text == self._last:
            return  # colouring says so, too
        self._last = text
        self.typed.emit()
        self._clear.setVisible(bool(text))
        self._mark.setVisible(bool(text))
        self._set_fault(None)
        if text != self._said:
            self._pause.start()
            self._patience.start()
        self._suggest()

    def _announce(self) -> None:
        self._pause.stop()
        self._said = self.text()
        self.query_changed.emit(self._said)

    def _tell(self) -> None:
        if self._fault is None:
            return
        error = self._fault
        self._set_fault(error)
        hint = f" {error.hint}" if error.hint else ""
        self.reading.show_fault(f"{error.message}{hint}", getattr(error, "proposal", ""))
        self.fault_told.emit()

    def _set_fault(self, error: ArchivistError | None) -> None:
        self._fault = error
        span = (getattr(error, "start", 0), getattr(error, "end", 0)) if error else (0, 0)
        if span != self.editor.fault:
            self.editor.fault = span
            self.editor.rehighlight()

    def _submit(self) -> None:
        self._patience.stop()
        self._suggestions.hide()
        self._announce()
        self.submitted.emit(self._said)

    def _escape(self) -> None:
        if self.text():
            self.clear()
        else:
            self.left_down.emit()

    def _focus_moved(self) -> None:
        if not self.editor.hasFocus():
            self._suggestions.hide()

    def suggest_all(self) -> None:
        """Show everything that can be said at the cursor."""
        self.editor.setFocus()
        text, cursor = self.text(), self.editor.textCursor().position()
        place = completion.any_place(text, cursor, self.editor.lexicon)
        if place.field:
            self._suggest_at(replace(place, prefix=""))
        else:
            offers = completion.suggest_all(place, self.editor.lexicon)
            self._suggestions.offer(place, offers, everything=True)
            word = self.editor.word_at(cursor)
            self._read_forms(word, self._suggestions.tell)

    def _tell_forms(self, word: str, point: QPoint) -> None:
        """Show beneath a word which words it stands for."""
        if not word:
            QToolTip.showText(point, self.editor.hint if not self.text() else "", self.editor)
            return
        self._read_forms(word, lambda said: QToolTip.showText(point, said, self.editor))

    def _read_forms(self, word: str, tell: Callable[[str], None]) -> None:
        archive = self._desk.archive
        if archive is None or not word:
            return
        self._desk.tasks.read(
            "search.forms",
            lambda _token: archive.forms(word, _FORMS),
            lambda found: tell(said_forms(found)),
            lambda _error: None,
            owner=self,
        )

    def _suggest(self) -> None:
        if not self.editor.hasFocus():
            return
        cursor = self.editor.textCursor().position()
        place = completion.place_at(self.text(), cursor, self.editor.lexicon)
        if place is None:
            self._suggestions.hide()
        else:
            self._suggest_at(place)

    def _suggest_at(self, place: completion.Place) -> None:
        if not place.field:
            offers = completion.suggest_names(place, self.editor.lexicon)
            self._suggestions.offer(place, offers)
        elif place.field == "like":
            self._suggestions.offer(place, completion.suggest_likeness(place, self.here))
        elif completion.is_date(place.field):
            today = dt.datetime.now(tz=dt.UTC).date()
            self._suggestions.offer(place, completion.suggest_dates(place, today))
        else:
            self._suggest_values(place)

    def _suggest_values(self, place: completion.Place) -> None:
        lexicon = self.editor.lexicon
        fixed = completion.fixed_values(place, lexicon)
        archive = self._desk.archive
        if fixed is not None or archive is None:
            self._suggestions.offer(place, completion.suggest_values(place, fixed or (), lexicon))
            return
        self._desk.tasks.read(
            "search.values",
            lambda _token: archive.complete_values(place.field, place.prefix),
            lambda values: self._offer_values(place, values),
            lambda _error: self._suggestions.hide(),
            owner=self,
        )

    def _offer_values(self, place: completion.Place, values: Sequence[str]) -> None:
        cursor = self.editor.textCursor().position()
        now = completion.place_at(self.text(), cursor, self.editor.lexicon)
        if now is not None and place in {now, replace(now, prefix="")}:
            offers = completion.suggest_values(place, values, self.editor.lexicon)
            self._suggestions.offer(place, offers)

    def _complete(self, place: completion.Place, suggestion: completion.Suggestion) -> None:
        cursor = self.editor.textCursor()
        cursor.setPosition(place.start)
        cursor.setPosition(place.end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(suggestion.text)
        self.editor.setTextCursor(cursor)
        self._suggest()


def said_forms(found: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> str:
    """Say which words of the archive a word stands for: "treaty 1,204 · treaties 312"."""
    lines = []
    for typed, forms in found:
        said = " · ".join(f"{word} {formats.number(count)}" for word, count in forms)
        more = " · …" if len(forms) == _FORMS else ""
        lines.append(f"{typed} finds {said}{more}")
    return "\n".join(lines) or "No record has this word."
