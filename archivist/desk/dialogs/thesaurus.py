"""The thesaurus: which words mean the same, typed over in place; it does not block the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import files, formats, paint
from archivist.desk.models.rings import RING, RingsModel, state_of
from archivist.desk.views.long_list import LongList
from archivist.model.change import Change

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent, QPainter, QShowEvent

    from archivist.archive import Archive
    from archivist.archive.results import Synonyms
    from archivist.desk.context import Desk
    from archivist.model.errors import ArchivistError

Index = QModelIndex | QPersistentModelIndex
_ROW: Final = 34
_KINDS: Final = "Table (*.csv)"
OPERATION: Final = "synonyms"
"""The kind of a change of the thesaurus."""


class ThesaurusDialog(QDialog):
    """The rings of synonyms of the open archive.

    Signals:
        undo_asked: take the last change back.
        redo_asked: do again what was taken back.
    """

    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._after: tuple[str, ...] = ()
        self.model = RingsModel(self._put, self)
        self.list = LongList("Synonyms")
        self._delegate = _Delegate(desk, self.list)
        self._title = QLabel("Synonyms")
        self._hint = QLabel(
            "A search for one of the words of a line finds the others, too. "
            "Words between quotation marks, and =words, are searched as they stand.",
            wordWrap=True,
        )
        self.field = QLineEdit()
        self.words = QLabel(wordWrap=True)
        self.add = QPushButton("Add")
        self.remove = QPushButton("Remove")
        self.load = QPushButton("Import …")
        self.save = QPushButton("Export …")
        self._build()
        self._connect()
        self._dress()

    def ask(self) -> None:
        """Come up, with what there is."""
        self._say("")
        self._read()
        self.show()
        self.raise_()
        self.activateWindow()
        self.field.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                return
            case Qt.Key.Key_Delete if self.list.hasFocus():
                self._remove()
            case Qt.Key.Key_Insert:
                self._add()
            case Qt.Key.Key_Down if self.field.hasFocus():
                self.list.setFocus()
                self.list.setCurrentIndex(self.model.index(0, 0))
            case _:
                super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    def _build(self) -> None:
        px = self._desk.theme.px
        self.setWindowTitle("Synonyms")
        self.resize(px(680), px(560))
        self.field.setPlaceholderText("Show lines with …")
        self.field.setAccessibleName("Show lines with")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.show_one_column()
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.add.setToolTip("Insert")
        self.remove.setToolTip("Delete")
        head = QVBoxLayout()
        head.setContentsMargins(px(24), px(20), px(20), px(12))
        head.setSpacing(px(8))
        for part in (self._title, self._hint, self.field):
            head.addWidget(part)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(24), px(12), px(20), px(16))
        foot.setSpacing(px(8))
        foot.addWidget(self.add)
        foot.addWidget(self.remove)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.load)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(self.list, 1)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addLayout(foot)
        for button in (self.add, self.remove, self.load, self.save):
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self.field.textChanged.connect(self.model.narrow)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.load.clicked.connect(self._load)
        self.save.clicked.connect(self._save)
        self.list.opened.connect(lambda row: self.list.edit(self.model.index(row, 0)))
        self._delegate.closeEditor.connect(self._edited)
        self.list.selectionModel().currentRowChanged.connect(self._tell)
        self.model.modelReset.connect(self._tell)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.activated.connect(self.undo_asked)
        redo = QShortcut(QKeySequence(QKeySequence.StandardKey.Redo), self)
        redo.activated.connect(self.redo_asked)
        self._desk.events.changed.connect(self._changed)
        self._desk.events.archive_closed.connect(self.hide)
        self._desk.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        theme = self._desk.theme
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, theme.tokens.base)
        palette.setColor(palette.ColorRole.Base, theme.tokens.base)
        self.setPalette(palette)
        self.list.set_ground(palette)
        self.list.set_row_height(theme.px(_ROW))
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        for label in (self._hint, self.words):
            label.setPalette(palette)
            label.setFont(theme.font("s"))
        self._title.setFont(theme.font("l", 600))

    # What is done

    def _read(self) -> None:
        archive = self._desk.archive
        if archive is not None:
            self._desk.tasks.read(
                "thesaurus", lambda _token: archive.thesaurus(), self._take, owner=self
            )

    def _take(self, rings: list[Synonyms]) -> None:
        current = self.model.ring(self.list.currentIndex().row())
        row = self.list.currentIndex().row()
        self.model.show(rings)
        terms = self._after or (current.terms if current else ())
        self._after = ()
        found = self.model.row_of(terms)
        row = found if found >= 0 else min(row, self.model.rowCount() - 1)
        self.list.setCurrentIndex(self.model.index(row, 0))
        own = sum(not ring.shipped or ring.changed for ring in rings)
        shown = f"{formats.counted(len(rings), 'line')}, {formats.number(own)} of your own"
        self._say(shown)

    def _put(self, number: int, terms: list[str]) -> None:
        self._after = tuple(terms)
        self._write(lambda archive: archive.set_synonyms(number, terms))

    def _add(self) -> None:
        self.field.clear()
        index = self.model.begin()
        self.list.setCurrentIndex(index)
        self.list.edit(index)

    def _edited(self, _editor: QWidget, _hint: QAbstractItemDelegate.EndEditHint) -> None:
        self.model.abandon()
        self.list.setFocus()

    def _remove(self) -> None:
        ring = self.model.ring(self.list.currentIndex().row())
        if ring is not None and ring.number:
            self._write(lambda archive: archive.remove_synonyms(ring.number))

    def _load(self) -> None:
        files.ask_which(self, "Import synonyms", self.import_file, _KINDS)

    def import_file(self, path: Path) -> None:
        """Add the lines of a file."""
        self._write(lambda archive: archive.import_synonyms(path))

    def _save(self) -> None:
        files.ask_where(self, "Export synonyms", "synonyms.csv", self.export_file, _KINDS)

    def export_file(self, path: Path) -> None:
        """Write all lines into a file."""
        archive = self._desk.archive
        if archive is None:
            return
        target = path if path.suffix else path.with_suffix(".csv")
        self._desk.tasks.write(
            lambda: archive.export_synonyms(target),
            lambda _none: self._say(f"Written to {target.name}."),
            self._refuse,
            owner=self,
        )

    def _write(self, work: Callable[[Archive], Change]) -> None:
        archive = self._desk.archive
        if archive is not None:
            self._desk.tasks.write(
                lambda: work(archive), self._desk.events.changed.emit, self._refuse, owner=self
            )

    def _changed(self, change: object) -> None:
        kinds = {OPERATION, "undo", "redo"}
        if self.isVisible() and isinstance(change, Change) and change.kind in kinds:
            self._read()

    def _refuse(self, error: ArchivistError) -> None:
        self._after = ()
        self._say(f"{error.message} {error.hint or ''}".strip(), bad=True)

    def _say(self, words: str, *, bad: bool = False) -> None:
        tokens, palette = self._desk.theme.tokens, self.words.palette()
        palette.setColor(palette.ColorRole.WindowText, tokens.bad if bad else tokens.text2)
        self.words.setPalette(palette)
        self.words.setText(words)

    def _tell(self) -> None:
        ring = self.model.ring(self.list.currentIndex().row())
        self.remove.setEnabled(ring is not None and ring.number != 0)


class _Line(QLineEdit):
    """A field in a row: Enter ends it and goes no further, else the list would open it again."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()


class _Delegate(QStyledItemDelegate):
    """Draws a ring: its terms, and whether it ships with Archivist."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = _Line(parent)
        editor.setPlaceholderText("USSR; Soviet Union; Union of Soviet Socialist Republics")
        editor.setAccessibleName("Words that mean the same, between semicolons")
        return editor

    @override
    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        px = self._desk.theme.px
        editor.setGeometry(option.rect.adjusted(px(14), px(2), -px(12), -px(2)))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        theme, px = self._desk.theme, self._desk.theme.px
        rect = QRectF(option.rect)
        ground = rect.adjusted(px(8), 0, -px(8), -1)
        if option.state & QStyle.StateFlag.State_Selected:
            focused = option.widget.hasFocus()
            paint.rounded(painter, ground, 6, theme.tokens.sel if focused else theme.tokens.sel_off)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, ground, 6, theme.tokens.hover)
        inner = rect.adjusted(px(24), 0, -px(20), 0)
        ring: Synonyms = index.data(RING)
        if state := state_of(ring):
            inner.setRight(paint.badge(painter, inner.right(), rect.center().y(), state, theme))
            inner.setRight(inner.right() - px(12))
        text = "  ·  ".join(ring.terms)
        paint.line_of_text(painter, inner, text, theme.font(), theme.tokens.text)
        painter.restore()
