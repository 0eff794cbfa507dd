"""The search field: a query as plain text with tinted parts, its reading beneath, completion."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QTextEdit,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import formats, paint
from archivist.desk.models import completion
from archivist.desk.models.lexicon import Lexicon
from archivist.desk.views.suggestions import Suggestions
from archivist.model.query_parse import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QMimeData

    from archivist.desk.context import Desk
    from archivist.desk.theme import Theme
    from archivist.model.errors import ArchivistError

PAUSE_MS: Final = 60
"""How long the keys must rest before the search follows them."""
_TELL_MS: Final = 700
"""How long the keys must rest before a fault is told."""
_TINTS: Final = {"field": "t_field", "date": "t_date", "phrase": "t_phrase", "not": "t_not"}
_FORMS: Final = 8
"""How many of the words that a word stands for are told."""
_GAP = 12
_ASIDE = 4


class _Painter(QSyntaxHighlighter):
    """Colours the parts of the query and widens the blanks beside tints."""

    def __init__(self, editor: QueryEdit, theme: Theme) -> None:
        super().__init__(editor.document())
        self._editor = editor
        self._theme = theme

    @override
    def highlightBlock(self, text: str) -> None:
        colours = self._theme.tokens
        parts = self._editor.read_parts(text)
        for part in parts:
            form = QTextCharFormat()
            if part.kind in _TINTS:
                form.setForeground(colours.colour(_TINTS[part.kind]))
            elif part.kind in {"operator", "paren"}:
                form.setForeground(colours.text2)
                form.setFontWeight(QFont.Weight.DemiBold)
            else:
                continue
            self.setFormat(part.start, part.end - part.start, form)
        self._widen(text, parts)
        self._underline(text)

    def _widen(self, text: str, parts: Sequence[Token]) -> None:
        wide = QTextCharFormat()
        wide.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        wide.setFontLetterSpacing(self._theme.px(_GAP))
        for part in parts:
            if part.kind not in _TINTS:
                continue
            for at in (part.start - 1, part.end):
                if 0 <= at < len(text) and text[at] == " ":
                    self.setFormat(at, 1, wide)

    def _underline(self, text: str) -> None:
        start, end = self._editor.fault
        for at in range(start, min(end, len(text))):
            form = self.format(at)
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            form.setUnderlineColor(self._theme.tokens.bad)
            self.setFormat(at, 1, form)


class QueryEdit(QTextEdit):
    """One line of text whose parts are tinted as they are typed.

    Signals:
        submitted: Enter.
        left_down: the Down key: to the results.
        escaped: Escape.
        all_asked: Alt+Down: everything that can be said here.
        word_hovered: the mouse rests over a word: the word, and the global point under it.
        focus_changed: the keyboard came or went.
    """

    submitted = Signal()
    left_down = Signal()
    escaped = Signal()
    all_asked = Signal()
    word_hovered = Signal(str, QPoint)
    focus_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lexicon = Lexicon()
        self.fault = (0, 0)
        self.hint = ""
        self.suggestions: Suggestions | None = None
        self._parts: tuple[str, list[Token]] = ("", [])
        self._prepare()
        self._painter = _Painter(self, theme)
        self.textChanged.connect(self.ensureCursorVisible)

    def _prepare(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setTabChangesFocus(True)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(_ASIDE)
        self.dress()

    def dress(self) -> None:
        """Take fonts and sizes from the theme."""
        self.setFont(self._theme.font())
        self.document().setDefaultFont(self._theme.font())
        line = QFontMetricsF(self._theme.font()).lineSpacing()
        self.setFixedHeight(round(line) + 2 * _ASIDE + 1)

    def rehighlight(self) -> None:
        """Colour everything again."""
        self._parts = ("", [])
        self._painter.rehighlight()
        self.viewport().update()

    def read_parts(self, text: str) -> list[Token]:
        """Return the parts of the text; kept until it is another."""
        if self._parts[0] != text:
            self._parts = (text, tokens(text, self.lexicon))
        return self._parts[1]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._paint_tints(painter)
        if self.document().isEmpty():
            room = QRectF(self.viewport().rect()).adjusted(_ASIDE, 0, 0, 0)
            colour = self._theme.tokens.text2
            paint.line_of_text(painter, room, self.hint, self.font(), colour)
        painter.end()
        super().paintEvent(event)

    def _paint_tints(self, painter: QPainter) -> None:
        block = self.document().firstBlock()
        layout = block.layout()
        if not layout.lineCount():
            return
        line = layout.lineAt(0)
        origin = self.document().documentLayout().blockBoundingRect(block).topLeft()
        origin -= QPointF(self.horizontalScrollBar().value(), 0)
        tall = self._theme.px(20)
        for part in self.read_parts(block.text()):
            if part.kind not in _TINTS:
                continue
            tint = paint.tint_rects(line, part.start, part.end, self.font()).translated(origin)
            centre = tint.center().y()
            rect = QRectF(tint.left() - 2, centre - tall / 2, tint.width() + 4, tall)
            ground = self._theme.tokens.colour(_TINTS[part.kind] + "_bg")
            paint.rounded(painter, rect, 4, ground)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Down:
            self.all_asked.emit()
            return
        if self.suggestions is not None and self.suggestions.take_key(event):
            return
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.submitted.emit()
            case Qt.Key.Key_Escape:
                self.escaped.emit()
            case Qt.Key.Key_Down | Qt.Key.Key_PageDown:
                self.left_down.emit()
            case _:
                super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        if next and self.suggestions is not None and self.suggestions.take_first():
            return True
        return super().focusNextPrevChild(next)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.cursorForPosition(event.pos()).position()
            rect = self.cursorRect()
            below = self.viewport().mapToGlobal(QPoint(event.pos().x(), rect.bottom()))
            self.word_hovered.emit(self.word_at(place), below)
            return True
        return super().viewportEvent(event)

    def word_at(self, place: int) -> str:
        """Return the word at a place of the text, as it was typed; empty where there is none."""
        text = self.toPlainText()
        for part in self.read_parts(text):
            if part.start <= place <= part.end and part.kind in {"word", "not"} and not part.field:
                return text[part.start : part.end].removeprefix("-")
        return ""

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(" ".join(source.text().split()))

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit()


class ReadingLine(QWidget):
    """What the query means in plain words, or what is wrong with it.

    Signals:
        proposal_taken: the text that was proposed instead.
    """

    proposal_taken = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pieces: tuple[tuple[str, bool], ...] = ()
        self._fault = ""
        self._proposal = ""
        self._noted = False
        self._laid: tuple[int, paint.MarkedText] | None = None
        self._button = QPushButton(self)
        self._button.setProperty("role", "link")
        self._button.clicked.connect(lambda: self.proposal_taken.emit(self._proposal))
        self._button.hide()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        desk.theme.changed.connect(self._dress)

    def show_reading(self, pieces: Sequence[tuple[str, bool]], notes: Sequence[str] = ()) -> None:
        """Show a reading: pieces of text, and whether each is emphasised.

        Args:
            pieces: the query in plain words.
            notes: what the answer leaves out; stands first, with a sign.
        """
        noted = [(f"{note} ", False) for note in notes]
        self._pieces, self._fault, self._proposal = (*noted, *pieces), "", ""
        self._noted = bool(notes)
        self._renew()

    def show_fault(self, message: str, proposal: str = "") -> None:
        """Show what is wrong, and offer what was probably meant."""
        self._fault, self._proposal, self._noted = message, proposal, False
        self._renew()

    def proposal(self) -> str:
        """Return what is proposed in place of a fault, or empty."""
        return self._proposal

    def text(self) -> str:
        """Return what stands here, plain."""
        return self._fault or "".join(text for text, _ in self._pieces)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._desk.theme.px(20))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.text():
            return
        theme = self._desk.theme
        painter = QPainter(self)
        left = 0.0
        if self._fault or self._noted:
            side = theme.px(14)
            top = (self.height() - side) / 2
            token = "bad" if self._fault else "warn"
            self._desk.icons.paint(painter, "warning-circle", QRectF(0, top, side, side), token)
            left = side + theme.px(6)
        laid = self._lay_out(left)
        top = (self.height() - laid.height) / 2
        colour = theme.tokens.bad if self._fault else theme.tokens.text2
        laid.draw(painter, left, top, theme.tokens, colour)

    def _lay_out(self, left: float) -> paint.MarkedText:
        room = self.width() - left
        if self._button.isVisible():
            room = self._button.x() - left - 8
        if self._laid is None or self._laid[0] != round(room):
            font = self._desk.theme.font("s")
            marks = () if self._fault else self._marks()
            laid = paint.MarkedText(self.text(), marks, font, room, 1, bold_marks=True)
            self._laid = (round(room), laid)
        return self._laid[1]

    def _marks(self) -> list[tuple[int, int]]:
        found, at = [], 0
        for text, emphasised in self._pieces:
            if emphasised:
                found.append((at, at + len(text)))
            at += len(text)
        return found

    def _renew(self) -> None:
        self._laid = None
        self._button.setVisible(bool(self._proposal))
        self._button.setText(f"Search for {self._proposal}".replace("&", "&&"))
        self._button.setAccessibleName(f"Search for {self._proposal}")
        self._button.setToolTip("Alt+Enter")
        self.setAccessibleName(self.text())
        self.setToolTip(self.text())
        self._place_button()
        self.update()

    def _place_button(self) -> None:
        if not self._proposal:
            return
        self._button.setFont(self._desk.theme.font("s"))
        self._button.ensurePolished()
        hint = self._button.sizeHint()
        theme = self._desk.theme
        words = QFontMetricsF(theme.font("s")).horizontalAdvance(self._fault) + theme.px(28)
        left = max(0, min(round(words), self.width() - hint.width()))
        self._button.setGeometry(left, 0, min(hint.width(), self.width()), self.height())

    @override
    def resizeEvent(self, event: object) -> None:
        self._laid = None
        self._place_button()

    def _dress(self) -> None:
        self._laid = None
        self.updateGeometry()
        self.update()


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
        query_changed: the keys rested; the text as it stands, perhaps unfinished.
        submitted: Enter: the text as it stands.
        left_down: the Down key: to the results.
        fault_told: a fault is told, or is told no more.
        save_asked: the bookmark: save the query, or see what can be done with the saved one.
    """

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
        row.setContentsMargins(self._desk.theme.px(42) - _ASIDE, 0, 4, 0)
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
            self._suggest_at(place)
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
        if completion.place_at(self.text(), cursor, self.editor.lexicon) == place:
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
