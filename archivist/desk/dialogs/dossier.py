"""What a dossier shall be: asked once, then written by the worker and opened."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from archivist.desk import files, formats
from archivist.desk.models import filters
from archivist.desk.views.field_editors import ChoiceEditor, DateEditor, LineEditor, SaveKeys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from archivist.archive.results import Collected
    from archivist.desk.context import Desk

_FOLDER: Final = "dossier/folder"
_KINDS: Final = "Word document (*.docx);;Table (*.csv);;JSON (*.json)"
_ENDINGS: Final = frozenset({".docx", ".csv", ".json"})
_ORDERS: Final = {"date": "By date, oldest first", "given": "As they are listed"}
_MODES: Final = {
    "full": "The whole text",
    "extract": "Only the paragraphs with hits",
    "citation": "Only the citation",
}


class DossierDialog(QDialog):
    """Asks for a dossier's cover, order and file. It does not block the window."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ids: Sequence[int] = ()
        self._gathered: Sequence[Collected] = ()
        self._query = ""
        self._typed = False
        self._count = QLabel()
        self.title = LineEditor()
        self.subtitle = LineEditor()
        self.date = DateEditor()
        self.mark = ChoiceEditor({})
        self.order = _choice(_ORDERS)
        self.mode = _choice(_MODES)
        self.file = LineEditor()
        self._browse = QPushButton("Choose")
        self._words = QLabel(wordWrap=True)
        self.write = QPushButton("Write dossier")
        self._leave = QPushButton("Cancel")
        self._keys = SaveKeys(self)
        self._form = QFormLayout()
        self._build()
        self._connect()
        self._dress()

    def ask(self, record_ids: Sequence[int], query: str) -> None:
        """Ask what the dossier of these records shall be."""
        self._ids, self._gathered, self._query = record_ids, (), query
        self._form.setRowVisible(self.mode, True)  # noqa: FBT003 - Qt's own signature
        count = formats.counted(len(record_ids), "record")
        self._open(f"Dossier of {count}", _title_of(query))

    def ask_gathered(self, items: Sequence[Collected]) -> None:
        """Ask what the dossier of what was gathered shall be."""
        held = [item for item in items if not item.stale]
        self._ids = list(dict.fromkeys(item.record for item in held))
        self._gathered, self._query = held, ""
        passages = formats.counted(sum(1 for item in held if item.end), "passage")
        records = formats.counted(len(self._ids), "record")
        self._open(f"Dossier of {passages} in {records}", "Dossier")
        self.order.setCurrentIndex(self.order.findData("given"))
        whole = any(not item.end for item in held)
        self._form.setRowVisible(self.mode, whole)

    def _open(self, count: str, title: str) -> None:
        self._typed = False
        self._count.setText(count)
        self.title.set_value(title)
        self.subtitle.set_value("")
        self.date.set_value(dt.datetime.now().astimezone().date().isoformat())
        self._fill_marks()
        self._propose_file()
        self._tell()
        self.show()
        self.raise_()
        self.activateWindow()
        self.title.setFocus()
        self.title.selectAll()

    def target(self) -> Path:
        """Return where the dossier is to be written."""
        path = self._folder() / files.expanded(self.file.value())
        if not path.name:
            return path
        return path if path.suffix.lower() in _ENDINGS else path.with_name(f"{path.name}.docx")

    def start(self) -> None:
        """Have the worker write it."""
        if not self.write.isEnabled():
            return
        target = self.target()
        self._desk.settings.setValue(_FOLDER, str(target.parent))
        self._desk.jobs.start(
            "dossier",
            f"Writing {target.name}",
            target=str(target),
            ids=[int(key) for key in self._ids],
            collected=list(self._gathered),
            query=self._query or None,
            title=self.title.value(),
            subtitle=self.subtitle.value(),
            date=self.date.value(),
            mark=self.mark.value(),
            order=str(self.order.currentData()),
            mode=str(self.mode.currentData()),
        )
        self.hide()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.start()
            return
        super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: a style sheet takes palettes from what was moved into the window."""
        super().showEvent(event)
        self._dress()

    def _build(self) -> None:
        px = self._desk.theme.px
        self.setWindowTitle("Write dossier")
        self.setMinimumWidth(px(520))
        self.write.setProperty("role", "accent")
        self.write.setDefault(True)
        self.write.setToolTip("Ctrl+Enter")
        form = self._form
        form.setHorizontalSpacing(px(16))
        form.setVerticalSpacing(px(10))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        place = QHBoxLayout()
        place.setSpacing(px(8))
        place.addWidget(self.file, 1)
        place.addWidget(self._browse)
        for label, field in (
            ("&Title", self.title),
            ("&Subtitle", self.subtitle),
            ("&Date", self.date),
            ("Handling &mark", self.mark),
            ("&Order", self.order),
            ("Of &each record", self.mode),
        ):
            form.addRow(label, field)
            field.setAccessibleName(label.replace("&", ""))
        named = QLabel("&File")
        named.setBuddy(self.file)
        form.addRow(named, place)
        self.file.setAccessibleName("File")
        self.subtitle.setPlaceholderText("May be left empty")
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self._words, 1)
        buttons.addWidget(self._leave)
        buttons.addWidget(self.write)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(20), px(18))
        column.setSpacing(px(16))
        column.addWidget(self._count)
        column.addLayout(form)
        column.addLayout(buttons)

    def _connect(self) -> None:
        for field in (self.title, self.date, self.file):
            field.edited.connect(self._tell)
        self.title.edited.connect(self._propose_file)
        self.file.edited.connect(self._note_typed)
        self.write.clicked.connect(self.start)
        self._leave.clicked.connect(self.hide)
        self._browse.clicked.connect(self._choose)
        self._keys.save.connect(self.start)
        for part in (self.title, self.subtitle, self.date, self.mark, self.file):
            part.installEventFilter(self._keys)
        self._desk.events.archive_closed.connect(self.hide)
        self._desk.theme.changed.connect(self._dress)

    def _dress(self) -> None:
        theme = self._desk.theme
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, theme.tokens.base)
        self.setPalette(palette)
        palette.setColor(palette.ColorRole.WindowText, theme.tokens.text2)
        self._words.setPalette(palette)
        self._words.setFont(theme.font("s"))
        self._count.setFont(theme.font("l", 600))

    def _fill_marks(self) -> None:
        archive = self._desk.archive
        labels = archive.vocabulary.labels("mark") if archive is not None else {}
        self.mark.clear()
        self.mark.addItem("The highest of its records", "")
        for code, label in labels.items():
            self.mark.addItem(label, code)
        self.mark.setCurrentIndex(0)

    def _note_typed(self) -> None:
        self._typed = True

    def _folder(self) -> Path:
        documents = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        wanted = (str(self._desk.settings.value(_FOLDER, "")), documents)
        return next((Path(one) for one in wanted if one and Path(one).is_dir()), Path.home())

    def _propose_file(self) -> None:
        """Name the file after the title, until the user names it himself."""
        if not self._typed:
            name = files.safe_name(self.title.value(), "Dossier")
            self.file.set_value(str(self._folder() / f"{name}.docx"))
            self._tell()

    def _choose(self) -> None:
        target = self.target()

        def take(path: Path) -> None:
            self._typed = True
            self.file.set_value(str(path))
            self._tell()

        dialog = files.ask_where(self, "Where to write the dossier", target.name, take, _KINDS)
        dialog.setDirectory(str(target.parent))

    def _tell(self) -> None:
        """Say what stands in the way, or what will be replaced."""
        target = self.target()
        words = f"Dated {self.date.reading()}." if self.date.reading() else ""
        named = bool(self.file.value())
        fault = files.fault_of_target(target) if named else "Name a file to write."
        fault = fault or self.date.fault()
        there = not fault and target.exists()
        self._words.setText(fault or (f"{target.name} will be replaced." if there else words))
        self.write.setText("Replace dossier" if there else "Write dossier")
        self.write.setEnabled(not fault and len(self._ids) > 0)


def _choice(labels: dict[str, str]) -> QComboBox:
    box = QComboBox()
    for name, label in labels.items():
        box.addItem(label, name)
    return box


def _title_of(query: str) -> str:
    """Return the words searched for, as a first proposal of a title."""
    words = filters.without_filters(query).replace('"', " ")
    words = " ".join(words.split())
    return words[:1].upper() + words[1:] if words not in {"", "*"} else "Dossier"
