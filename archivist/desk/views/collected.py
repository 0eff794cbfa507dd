"""The dossier's place: the passages and records gathered so far, and the way to write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import describe, formats, paint
from archivist.desk.paint import MarkedText
from archivist.desk.views.long_list import LongList
from archivist.desk.views.results_head import EmptyPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPainter, QShowEvent

    from archivist.archive import Archive
    from archivist.archive.results import Collected, Passage
    from archivist.desk.context import Desk
    from archivist.desk.gathering import Gathering

Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT: Final = 76
_ABOUT: Final = 60
_ROW: Final = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()


class Row(NamedTuple):
    """Something gathered, as the list shows it."""

    item: Collected
    passage: Passage


def read_rows(archive: Archive, items: Sequence[Collected]) -> list[Row]:
    """Read what is shown of what was gathered."""
    spans = [(item.record, 0, 0) if item.stale else _stretch(item) for item in items]
    return [Row(*pair) for pair in zip(items, archive.passages(spans), strict=True)]


def _stretch(item: Collected) -> tuple[int, int, int]:
    return item.record, item.start, item.end


class CollectedModel(QAbstractListModel):
    """What is gathered, in the order of gathering."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            title = describe.title_of(row.passage.record.description)
            return f"{title}: {_words(row)}"
        return None


def _words(row: Row) -> str:
    if row.item.stale:
        return f"\u201c{row.item.words}\u201d is not in the text any more"
    return f"\u201c{row.passage.quote}\u201d" if row.item.end else "The whole record"


class CollectedDelegate(QStyledItemDelegate):
    """Draws a passage with its source."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._theme = desk.theme

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(_ROW)
        painter.save()
        self._paint_ground(painter, option, index)
        rect, px = QRectF(option.rect), self._theme.px
        inner = rect.adjusted(px(20), px(9), -px(20), -px(8))
        self._paint_head(painter, inner, row.passage)
        line = QRectF(inner.left(), inner.top() + px(21), inner.width(), px(20))
        if row.item.stale:
            self._paint_stale(painter, line, row.item)
        else:
            self._paint_words(painter, line, row)
        cited = QRectF(inner.left(), inner.top() + px(41), inner.width(), px(18))
        font, colour = self._theme.font("s"), self._theme.tokens.text2
        paint.line_of_text(painter, cited, self._source(row), font, colour)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, tokens, px = option.widget, self._theme.tokens, self._theme.px
        if not isinstance(view, QAbstractItemView):
            return
        rect = QRectF(option.rect)
        card = rect.adjusted(px(8), 0, -px(8), -1)
        if view.selectionModel().isSelected(index):
            paint.rounded(painter, card, 6, tokens.sel)
        else:
            if option.state & QStyle.StateFlag.State_MouseOver:
                paint.rounded(painter, card, 6, tokens.hover)
            ends = (rect.left() + px(20), rect.right() - px(20))
            paint.hairline(painter, *ends, rect.bottom() - 1, tokens.line)
        if view.hasFocus() and view.currentIndex().row() == index.row():
            paint.rounded(painter, card, 6, None, tokens.accent, 1.5)

    def _paint_head(self, painter: QPainter, inner: QRectF, passage: Passage) -> None:
        theme, description = self._theme, passage.record.description
        top = QRectF(inner.left(), inner.top(), inner.width(), theme.px(20))
        date = formats.day(description.date) if description.date else ""
        wide = paint.line_of_text(
            painter, top, date, theme.font("s"), theme.tokens.text2, right=True
        )
        title = top.adjusted(0, 0, -wide - theme.px(12), 0)
        said = describe.title_of(description)
        paint.line_of_text(painter, title, said, theme.font("m", 600), theme.tokens.text)

    def _paint_words(self, painter: QPainter, line: QRectF, row: Row) -> None:
        theme, passage = self._theme, row.passage
        if not row.item.end:
            said, font = "The whole record", theme.font("m")
            paint.line_of_text(painter, line, said, font, theme.tokens.text)
            return
        start, end = passage.mark
        cut = max(0, start - _ABOUT)
        begin = passage.text.find(" ", cut) + 1 if cut else 0
        begin = begin if 0 < begin <= start else (start if cut else 0)
        lead = "… " if begin else ""
        text = lead + passage.text[begin:]
        mark = (start - begin + len(lead), end - begin + len(lead))
        laid = MarkedText(text, [mark], theme.font("m"), line.width(), 1)
        laid.draw(painter, line.left(), line.top() + theme.px(1), theme.tokens)

    def _paint_stale(self, painter: QPainter, line: QRectF, item: Collected) -> None:
        theme = self._theme
        side = theme.px(14)
        place = QRectF(line.left(), line.center().y() - side / 2, side, side)
        self._desk.icons.paint(painter, "warning", place, "warn")
        said = f"Not in the text any more: \u201c{item.words}\u201d"
        cell = line.adjusted(theme.px(20), 0, 0, 0)
        paint.line_of_text(painter, cell, said, theme.font("m"), theme.tokens.warn)

    def _source(self, row: Row) -> str:
        record = row.passage.record
        meta = describe.meta_of(record, describe.labels_of(self._desk))
        paragraph = f"¶\u00a0{row.passage.paragraph}" if row.passage.paragraph else ""
        return describe.SEPARATOR.join(filter(None, (meta, paragraph)))


class CollectedList(LongList):
    """The list; Delete takes out what is selected.

    Signals:
        removed: the selected rows are to be taken out.
    """

    removed = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_D} and not event.modifiers():
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class CollectedView(QWidget):
    """What is gathered for the dossier.

    Signals:
        current_changed: the `Row` under the cursor, or None.
        opened: a `Row` to be read in its record.
        write_asked: the dossier is to be written.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    write_asked = Signal()

    def __init__(self, desk: Desk, gathering: Gathering, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._gathering = gathering
        self.model = CollectedModel(self)
        self.list = CollectedList("Gathered for the dossier", self)
        self._delegate = CollectedDelegate(desk, self.list)
        self._count = QLabel()
        self._hint = QLabel(wordWrap=True)
        self.remove = QPushButton("Take out")
        self.write = QPushButton("Write dossier …")
        self._empty = EmptyPage(desk)
        self._pages = QStackedWidget()
        self._build()
        self._connect()
        self._dress()
        self._tell()

    def show_gathered(self) -> None:
        """Read again what is gathered."""
        archive, items = self._desk.archive, self._gathering.items
        if archive is None:
            self._take(())
            return
        self._desk.tasks.read(
            "collected", lambda _token: read_rows(archive, items), self._take, owner=self
        )

    def current(self) -> Row | None:
        """Return the row under the cursor."""
        place = self.list.currentIndex().row()
        return self.model.rows[place] if 0 <= place < len(self.model.rows) else None

    def focus_list(self) -> None:
        """Bring the keyboard to the list."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    def _build(self) -> None:
        px = self._desk.theme.px
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.show_one_column()
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(6), px(16), px(6))
        head.setSpacing(px(8))
        head.addWidget(self._count, 1)
        head.addWidget(self.remove)
        head.addWidget(self.write)
        self._empty.say(
            "Nothing is gathered yet",
            "In the concordance, D adds the lines that are selected. Ctrl+D adds a record as a "
            "whole, or the words selected in the reader.",
        )
        self._empty.link.hide()
        self._hint.setContentsMargins(px(20), 0, px(20), px(6))
        for page in (self.list, self._empty):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._hint)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self._gathering.changed.connect(self._gathered)
        self.list.selectionModel().currentRowChanged.connect(self._moved)
        self.list.selectionModel().selectionChanged.connect(self._tell)
        self.list.opened.connect(self._open)
        self.list.removed.connect(self._remove)
        self.remove.clicked.connect(self._remove)
        self.write.clicked.connect(self.write_asked)
        self._desk.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        theme = self._desk.theme
        self.setAutoFillBackground(True)
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, theme.tokens.base)
        self.setPalette(palette)
        self.list.set_ground(palette)
        self.list.set_row_height(theme.px(_ROW_HEIGHT))
        self._count.setFont(theme.font("l", 600))
        self._hint.setFont(theme.font("s"))
        warned = self._hint.palette()
        warned.setColor(warned.ColorRole.WindowText, theme.tokens.warn)
        self._hint.setPalette(warned)
        self.remove.setIcon(self._desk.icons.icon("minus"))
        self.write.setIcon(self._desk.icons.icon("folder-plus"))
        for button in (self.remove, self.write):
            button.setIconSize(QSize(theme.px(14), theme.px(14)))
        self._empty.dress()

    def _gathered(self) -> None:
        if self.isVisible():
            self.show_gathered()

    def _take(self, rows: Sequence[Row]) -> None:
        before = max(0, self.list.currentIndex().row())
        self.model.show(rows)
        self._pages.setCurrentWidget(self.list if rows else self._empty)
        if rows:
            self.list.selectRow(min(before, len(rows) - 1))
        else:
            self.current_changed.emit(None)
        self._tell()

    def _tell(self, *_what: object) -> None:
        rows = self.model.rows
        records = sum(1 for row in rows if not row.item.end and not row.item.stale)
        passages = len(rows) - records
        counts = [
            formats.counted(passages, "passage") if passages else "",
            formats.counted(records, "whole record") if records else "",
        ]
        self._count.setText(" and ".join(filter(None, counts)) or "Dossier")
        stale = sum(1 for row in rows if row.item.stale)
        count = formats.counted(stale, "passage is", "passages are")
        self._hint.setText(
            f"{count} not in the text any more, and left out when the dossier is written."
        )
        self._hint.setVisible(stale > 0)
        self.remove.setEnabled(bool(self.list.selected_rows()))
        self.write.setEnabled(len(rows) > stale)

    def _moved(self, *_where: object) -> None:
        self.current_changed.emit(self.current())

    def _open(self, _row: int) -> None:
        if (row := self.current()) is not None:
            self.opened.emit(row)

    def _remove(self) -> None:
        chosen = [self.model.rows[place].item for place in self.list.selected_rows()]
        self._gathering.remove([_stretch(item) for item in chosen])
