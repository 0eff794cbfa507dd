"""What was moved to the trash, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import describe, formats, paint
from archivist.desk.models.trash import PAGE, RECORD, Taken, TrashModel
from archivist.desk.views.long_list import LongList, stretches
from archivist.model.record import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter, QShowEvent

    from archivist.archive import Archive
    from archivist.desk.context import Desk
    from archivist.model.change import Change
    from archivist.model.record import Record

Index = QModelIndex | QPersistentModelIndex
_ROW: Final = 56


class _Delegate(QStyledItemDelegate):
    """Draws a record in the trash: its title, and what it is."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._theme = desk.theme

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        tokens, px = self._theme.tokens, self._theme.px
        rect = QRectF(option.rect)
        ground = rect.adjusted(px(8), 0, -px(8), -1)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            focused = option.widget.hasFocus()
            paint.rounded(painter, ground, 6, tokens.sel if focused else tokens.sel_off)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, ground, 6, tokens.hover)
        left, right = rect.left() + px(44), rect.right() - px(20)
        record = index.data(RECORD)
        if record is None:
            bar = QRectF(left, rect.top() + px(16), (right - left) / 2, px(8))
            paint.rounded(painter, bar, 4, tokens.line)
        else:
            icon = QRectF(rect.left() + px(20), rect.top() + px(12), px(14), px(14))
            name = describe.type_icon(record.description.doctype)
            self._desk.icons.paint(painter, name, icon)
            self._paint_words(painter, QRectF(left, rect.top(), right - left, px(20)), record)
        paint.hairline(painter, left, right, rect.bottom() - 1, tokens.line)
        painter.restore()

    def _paint_words(self, painter: QPainter, line: QRectF, record: Record) -> None:
        theme, tokens = self._theme, self._theme.tokens
        date = formats.day(record.description.date) if record.description.date else ""
        top = line.translated(0, theme.px(9))
        small, quiet = theme.font("s"), tokens.text2
        taken = paint.line_of_text(painter, top, date, small, quiet, right=True)
        title = top.adjusted(0, 0, -taken - theme.px(12), 0)
        words = describe.title_of(record.description)
        paint.line_of_text(painter, title, words, theme.font("m", 600), tokens.text)
        meta = describe.meta_of(record, describe.labels_of(self._desk))
        parts = (meta, f"in the trash since {formats.moment(record.changed)}")
        said = describe.SEPARATOR.join(part for part in parts if part)
        paint.line_of_text(painter, line.translated(0, theme.px(29)), said, small, quiet)


class TrashView(QWidget):
    """The trash.

    Signals:
        record_asked: id of a record to read.
    """

    record_asked = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.model = TrashModel(self._fetch, self)
        self.list = LongList("Records in the trash")
        self._count = QLabel()
        self._restore = QPushButton("Restore")
        self._empty = QLabel(wordWrap=True)
        self._build()
        self._connect()
        self._dress()

    def show_trash(self) -> None:
        """Read what lies in the trash."""
        archive = self._desk.archive
        if archive is not None:
            self._desk.tasks.read("trash", lambda _token: _first(archive), self._take, owner=self)

    def chosen_ids(self) -> Sequence[int]:
        """Return the ids of the selected records that were read already."""
        records = (self.model.record(row) for row in self.list.selected_rows())
        return [record.id for record in records if record is not None]

    def restore_chosen(self) -> None:
        """Bring the selected records back, as one step."""
        archive = self._desk.archive
        chosen = stretches(self.list.selectionModel())
        if archive is None or not chosen:
            return

        def done(change: Change) -> None:
            count = formats.counted(len(change.records), "record")
            self._desk.events.message.emit(f"Restored {count}. Ctrl+Z takes it back.")
            self._desk.events.changed.emit(change)
            self.show_trash()

        self._desk.tasks.write(lambda: _restore(archive, chosen), done, owner=self)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    def _build(self) -> None:
        px = self._desk.theme.px
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self._desk, self.list))
        self.list.show_one_column()
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(4), px(12), px(4))
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._restore)
        tabs = paint.TextTabs(self._desk.theme)
        tabs.addTab("Trash")
        tabs.setAccessibleName("Place")
        strip = QHBoxLayout()
        strip.setContentsMargins(px(8), 0, px(8), 0)
        strip.addWidget(tabs)
        strip.addStretch(1)
        self._empty.setContentsMargins(px(44), px(32), px(44), px(20))
        self._empty.setText(
            "The trash is empty.\n\nWhat you move here keeps its number and can be restored."
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(strip)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addLayout(head)
        column.addWidget(self._empty, 1)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        selection = self.list.selectionModel()
        selection.selectionChanged.connect(self._tell)
        selection.currentRowChanged.connect(self._read)
        self.list.opened.connect(lambda _row: self._read())
        self.list.menu_asked.connect(self._open_menu)
        self._restore.clicked.connect(self.restore_chosen)
        self._desk.events.changed.connect(self._changed)
        self._desk.events.archive_closed.connect(lambda: self._take((0, ())))
        self._desk.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        theme = self._desk.theme
        self.setAutoFillBackground(True)
        palette = self.palette()
        for role in (palette.ColorRole.Window, palette.ColorRole.Base):
            palette.setColor(role, theme.tokens.base)
        self.setPalette(palette)
        self.list.set_ground(palette)
        self.list.set_row_height(theme.px(_ROW))
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        self._empty.setPalette(palette)
        self._restore.setIcon(self._desk.icons.icon("arrow-counter-clockwise"))
        self._restore.setIconSize(QSize(theme.px(14), theme.px(14)))
        self._tell()

    def _fetch(self, limit: int, offset: int, taken: Taken) -> None:
        archive = self._desk.archive
        if archive is not None:
            work = lambda _token: archive.trash_page(limit, offset)  # noqa: E731
            self._desk.tasks.read("", work, taken, owner=self)

    def _take(self, answer: tuple[int, Sequence[Record]]) -> None:
        count, first = answer
        self.model.show(count, first)
        self.list.setVisible(count > 0)
        self._empty.setVisible(count == 0)
        if count:
            self.list.selectRow(0)
        else:
            self.record_asked.emit(0)
        self._tell()

    def _tell(self) -> None:
        count, chosen = self.model.rowCount(), len(self.list.selected_rows())
        said = formats.counted(count, "record")
        self._count.setText(said if chosen <= 1 else f"{said}, {formats.number(chosen)} selected")
        self._restore.setEnabled(chosen > 0)
        self._restore.setText("Restore" if chosen <= 1 else f"Restore {formats.number(chosen)}")

    def _read(self) -> None:
        record = self.model.record(self.list.currentIndex().row())
        if record is not None:
            self.record_asked.emit(record.id)

    def _changed(self, change: Change) -> None:
        """Read again what another place of the desk changed, while it is in sight."""
        if self.isVisible() and (not change.attributes or "state" in change.attributes):
            self.show_trash()

    def _open_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction(self._restore.text(), self.restore_chosen)
        action.setEnabled(self._restore.isEnabled())
        menu.popup(point)


def _first(archive: Archive) -> tuple[int, list[Record]]:
    return archive.count(State.TRASHED), archive.trash_page(PAGE, 0)


def _restore(archive: Archive, chosen: list[range]) -> Change:
    """Restore stretches of the trash; reads what was never in sight."""
    refs = [
        record.ref
        for stretch in chosen
        for record in archive.trash_page(len(stretch), stretch.start)
    ]
    return archive.restore_records(refs)
