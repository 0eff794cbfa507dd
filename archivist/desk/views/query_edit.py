"""One line of text in which a query is typed: its parts tinted, its faults underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
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
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget
from typing_extensions import override

from archivist.desk import paint
from archivist.desk.models.lexicon import Lexicon
from archivist.model.query_parse import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData

    from archivist.desk.theme import Theme
    from archivist.desk.views.suggestions import Suggestions

ASIDE: Final = 4
"""Px around the text within the editor."""
_TINTS: Final = {"field": "t_field", "date": "t_date", "phrase": "t_phrase", "not": "t_not"}
_GAP: Final = 12


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
        self.document().setDocumentMargin(ASIDE)
        self.dress()

    def dress(self) -> None:
        """Take fonts and sizes from the theme."""
        self.setFont(self._theme.font())
        self.document().setDefaultFont(self._theme.font())
        line = QFontMetricsF(self._theme.font()).lineSpacing()
        self.setFixedHeight(round(line) + 2 * ASIDE + 1)

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
            room = QRectF(self.viewport().rect()).adjusted(ASIDE, 0, 0, 0)
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
