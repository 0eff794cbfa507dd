"""The text of a record, typeset for reading: its hits, what is selected, where somebody speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QToolTip, QWidget
from typing_extensions import override

from archivist.desk.views.reader_painting import Painting
from archivist.desk.views.reader_setting import (
    AT_ONCE,
    GUTTER,
    LINE_SEPARATOR,
    MEASURE,
    SIDE,
    Mark,
    Page,
    Setting,
)
from archivist.desk.views.reader_speakers import Speakers
from archivist.desk.views.typeset import paragraph_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.desk.context import Desk
    from archivist.desk.views.reader_speakers import Said


class ReaderText(QTextBrowser):
    """The page itself.

    Signals:
        hit_changed: (number of the current hit from 1 or 0, number of hits).
        paragraph_changed: number of the paragraph a citation would name; 0 for none.
        menu_asked: a context menu is wanted at this global point.
        said_pressed: (start, end) of a statement whose mark in the margin was pressed.
    """

    hit_changed = Signal(int, int)
    paragraph_changed = Signal(int)
    menu_asked = Signal(QPoint)
    said_pressed = Signal(int, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = desk.theme
        self.setting = Setting(self.document(), self._theme)
        self._painting = Painting(self.setting, self._theme)
        self._first_hits: list[int] = []
        self._current = -1
        self._bar = (0, 0)
        self._spans: tuple[Mark, ...] = ()
        self.said = Speakers(self, self.setting, self._theme)
        self._unseen = False
        self._cited = 0
        self._filler = QTimer(self, interval=0)
        self._filler.timeout.connect(self._fill_more)
        self._dress()
        self.selectionChanged.connect(self._tell_paragraph)
        self.verticalScrollBar().valueChanged.connect(self._tell_paragraph)
        self._theme.changed.connect(self._retheme)

    def show_page(self, page: Page) -> None:
        """Show another record; the first hit is brought into sight."""
        self._set(page)
        if self._first_hits:
            self.go_to_hit(0)
        else:
            self.hit_changed.emit(0, 0)
        self._tell_paragraph()

    def page(self) -> Page:
        """Return what is shown."""
        return self.setting.page

    def hit_count(self) -> int:
        """How many hits the text has."""
        return len(self._first_hits)

    def next_hit(self) -> None:
        """Go to the next hit; after the last comes the first."""
        if self._first_hits:
            self.go_to_hit((self._current + 1) % len(self._first_hits))

    def previous_hit(self) -> None:
        """Go to the hit before; before the first comes the last."""
        if self._first_hits:
            self.go_to_hit((self._current - 1) % len(self._first_hits))

    def go_to_hit(self, hit: int) -> None:
        """Make a hit, counted from 0, the current one and bring it into sight."""
        self._place_until(self._first_hits[hit])
        self.setting.tint(self._current, current=False)
        self._current = hit
        self.setting.tint(hit, current=True)
        self._show(hit)
        self._unseen = not self.isVisible()
        self.viewport().update()
        self.hit_changed.emit(hit + 1, len(self._first_hits))
        self._tell_paragraph()

    def show_bar(self, start: int, end: int, spans: Sequence[Mark] = ()) -> None:
        """Bring a stretch of the text into sight, with a bar at its side.

        Args:
            start: where it begins; with `end` 0 there is none.
            end: where it ends.
            spans: of it, the very words, which are underlaid.
        """
        self._bar, self._spans = (start, end), tuple(spans)
        if start < end <= len(self.page().text):
            self._place_until(end)
            top = self.setting.top_of(start)
            if top is not None:
                self._show_line(top)
        self.viewport().update()
        self._tell_paragraph()

    def show_said(self, said: Sequence[Said]) -> None:
        """Mark in the margin where somebody says something; () for no marks."""
        self.said.show(said)
        self.viewport().update()

    def current_hit(self) -> int:
        """Return the current hit, counted from 0; -1 for none."""
        return self._current

    def cited_paragraph(self) -> int:
        """Return the number of the paragraph a citation names now; 0 for none."""
        return self._cited

    def chosen_text(self) -> str:
        """Return the selected text as plain text."""
        chosen = self.textCursor().selectedText()
        return chosen.replace("\u2029", "\n\n").replace(LINE_SEPARATOR, "\n")

    def chosen_stretch(self) -> tuple[int, int] | None:
        """Return where the selected words stand in the record's text; None where they do not."""
        cursor, text = self.textCursor(), self.page().text
        start, end = map(self.setting.offset, (cursor.selectionStart(), cursor.selectionEnd()))
        if start is None or end is None or not text[start:end].strip():
            return None
        chosen = text[start:end]
        return start + len(chosen) - len(chosen.lstrip()), end - len(chosen) + len(chosen.rstrip())

    def strip_marks(self) -> list[tuple[float, int]]:
        """Return where hits stand, as shares of the page's height, each with its number from 0."""
        if not self.setting.is_whole():
            page = self.page()
            total = max(1, len(page.text))
            return [(mark[0] / total, hit) for hit, mark in enumerate(page.marks)]
        height = self.document().size().height() or 1.0
        found = []
        for number, pieces in self.setting.pieces.items():
            block = self.document().findBlockByNumber(number)
            for piece in pieces:
                share = self.setting.line_top(block, piece.start) / height
                found.append((min(1.0, share), piece.hit))
        return [(share, hit) for share, hit in found if hit >= 0]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._unseen = False
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        seen = QRectF(event.rect()).translated(0, self.verticalScrollBar().value())
        form, draw = self.document().rootFrame().frameFormat(), self._painting
        draw.left, draw.right = form.leftMargin(), self.viewport().width() - form.rightMargin()
        for block in self._blocks_in(seen):
            draw.number(painter, block)
            draw.ground(painter, block, self._spans)
            draw.hits(painter, block, self._current)
            self._paint_said(painter, block)
        painter.end()
        super().paintEvent(event)

    def _paint_said(self, painter: QPainter, block: QTextBlock) -> None:
        draw, hovered = self._painting, self.said.hovered
        for one in self.said.shown:
            if one[:2] != self._bar:
                draw.line(painter, block, one[:2], strong=one == hovered)
        if hovered is not None:
            draw.underline(painter, block, hovered[:2])
        if self._bar[1]:
            draw.bar(painter, block, self._bar)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_margins()
        super().resizeEvent(event)
        self._show_unseen()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_unseen()

    def _show_unseen(self) -> None:
        """Bring the current hit into sight of a page that had no size when it was set."""
        if self._unseen and self._current >= 0:
            self._show(self._current)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            bar = self.verticalScrollBar()
            step = bar.pageStep() - self._theme.px(32)
            bar.setValue(bar.value() + (-step if back else step))
            return
        super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a mark in the margin asks for its statement."""
        place = event.position().toPoint()
        one = self.said.beside(place)
        if one is not None and event.button() == Qt.MouseButton.LeftButton:
            self.said_pressed.emit(one.start, one.end)
            return
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() or not self.said.hover(event.position().toPoint()):
            return
        shapes = Qt.CursorShape
        pressing = self.said.pressing
        self.viewport().setCursor(shapes.PointingHandCursor if pressing else shapes.IBeamCursor)
        self.viewport().update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self.said.hover(None):
            self.viewport().update()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        """Tell who says what stands under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            one = self.said.at(event.pos())
            QToolTip.showText(event.globalPos(), one.told if one is not None else "", self)
            return True
        return super().viewportEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._tell_paragraph()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.chosen_text())
        return data

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(MEASURE + GUTTER + 2 * SIDE), self._theme.px(600))

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName("Text of the document")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.document().setDocumentMargin(0)

    def _retheme(self) -> None:
        current, place = self._current, self.verticalScrollBar().value()
        said, spans = self.said.shown, self._spans
        self._set(self.page())
        self._spans = spans
        self.said.show(said)
        if current >= 0:
            self.go_to_hit(current)
        self.verticalScrollBar().setValue(place)

    def _set(self, page: Page) -> None:
        self._filler.stop()
        self._current = -1
        self._spans = ()
        self.said.show(())
        self._first_hits = [start for start, _end in page.marks]
        self.clear()
        self.setting.begin(page)
        self._set_margins()
        self.setting.place_head()
        self._place(AT_ONCE)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def _place(self, count: int) -> None:
        """Set so many more paragraphs; the rest follows while the window stays awake."""
        self.setting.place(count)
        if self.setting.is_whole():
            self._filler.stop()
        else:
            self._filler.start()

    def _fill_more(self) -> None:
        self._place(AT_ONCE)

    def _place_until(self, offset: int) -> None:
        self.setting.place_until(offset)

    def _show(self, hit: int) -> None:
        """Bring a hit into sight, a third from the top where the page has to move."""
        for number, pieces in self.setting.pieces.items():
            for piece in pieces:
                if piece.hit == hit:
                    block = self.document().findBlockByNumber(number)
                    self._show_line(self.setting.line_top(block, piece.start))
                    return

    def _show_line(self, top: float) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        margin = min(self._theme.px(48), height // 5)
        if not bar.value() + margin <= top <= bar.value() + height - 2 * margin:
            bar.setValue(int(top - height / 3))

    def _set_margins(self) -> None:
        """Keep the measure: what the pane has more goes to both sides."""
        theme, width = self._theme, self.viewport().width()
        gutter = theme.px(SIDE + GUTTER)
        spare = max(0, width - gutter - theme.px(MEASURE) - theme.px(SIDE))
        near, far = gutter + spare // 2, theme.px(SIDE - 4) + spare - spare // 2
        frame = self.document().rootFrame()
        form = frame.frameFormat()
        left, right = (far, near) if self.setting.rtl else (near, far)
        if (form.leftMargin(), form.rightMargin()) == (left, right) and form.topMargin():
            return
        form.setTopMargin(theme.px(24))
        form.setBottomMargin(theme.px(40))
        form.setLeftMargin(left)
        form.setRightMargin(right)
        frame.setFrameFormat(form)

    def _blocks_in(self, seen: QRectF) -> list[QTextBlock]:
        layout = self.document().documentLayout()
        found = []
        block = self.cursorForPosition(QPoint(0, 0)).block()
        while block.isValid():
            if layout.blockBoundingRect(block).top() > seen.bottom():
                break
            found.append(block)
            block = block.next()
        return found

    def _tell_paragraph(self) -> None:
        self._cited = self._find_paragraph()
        self.paragraph_changed.emit(self._cited)

    def _find_paragraph(self) -> int:
        """Return what is cited: the selection's paragraph, else the current hit's, else none."""
        cursor, known = self.textCursor(), self.setting.paragraphs
        if cursor.hasSelection():
            block = self.document().findBlock(cursor.selectionStart())
            found = self.setting.paragraph_of(block.blockNumber())
        elif self._bar[1]:
            found = paragraph_at(known, self._bar[0])
        elif self._current >= 0:
            found = paragraph_at(known, self._first_hits[self._current])
        else:
            return 0
        return found.number if found is not None else 0
