"""The offices of an agent as a form: a block of two lines each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from archivist.desk.views.field_editors import ChoiceEditor, DateEditor, LineEditor
from archivist.model.agent import Office

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QObject

    from archivist.desk.context import Desk

_DATE: Final = 118


class OfficesEditor(QWidget):
    """All offices; one can be added and taken out.

    Args:
        desk: what the window shares.
        countries: names by code.
        keys: watches the fields for the keys that save.

    Signals:
        edited: the user changed something.
    """

    edited = Signal()

    def __init__(self, desk: Desk, countries: Mapping[str, str], keys: QObject) -> None:
        super().__init__()
        self._desk = desk
        self._countries = countries
        self._keys = keys
        self.blocks: list[_Block] = []
        self.add = QPushButton("Add an office")
        self.add.setProperty("role", "link")
        self.add.clicked.connect(lambda: self._append(Office(""), focus=True))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(desk.theme.px(10))
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def set_offices(self, offices: Sequence[Office]) -> None:
        """Show other offices."""
        for block in self.blocks:
            block.deleteLater()
        self.blocks = []
        for office in offices:
            self._append(office)

    def offices(self) -> tuple[Office, ...]:
        """Return what stands in the form; an empty block says nothing."""
        found = (block.office() for block in self.blocks)
        return tuple(office for office in found if office != Office(""))

    def fault(self) -> str:
        """Return what is wrong with a date, as far as it can be told here; may be empty."""
        return next((fault for block in self.blocks if (fault := block.fault())), "")

    def _append(self, office: Office, *, focus: bool = False) -> None:
        block = _Block(self._desk, self._countries, office)
        for editor in block.editors:
            editor.installEventFilter(self._keys)
            editor.edited.connect(self.edited)
        block.remove.clicked.connect(lambda: self._take_out(block))
        self.blocks.append(block)
        self._column.insertWidget(self._column.count() - 1, block)
        if focus:
            block.title.setFocus()
            self.edited.emit()

    def _take_out(self, block: _Block) -> None:
        self.blocks.remove(block)
        block.deleteLater()
        self.add.setFocus()
        self.edited.emit()


class _Block(QWidget):
    """One office: title and term above, whose and where below."""

    def __init__(self, desk: Desk, countries: Mapping[str, str], office: Office) -> None:
        super().__init__()
        px = desk.theme.px
        self.title, self.body, self.place = LineEditor(), LineEditor(), LineEditor()
        self.start, self.end = DateEditor(), DateEditor()
        self.country = ChoiceEditor(countries)
        self.remove = QToolButton()
        self.remove.setIcon(desk.icons.icon("x"))
        self.remove.setIconSize(QSize(px(14), px(14)))
        self.remove.setToolTip("Take this office out")
        self.remove.setAccessibleName("Take this office out")
        self.editors: tuple[LineEditor | ChoiceEditor, ...] = (
            self.title,
            self.start,
            self.end,
            self.body,
            self.place,
            self.country,
        )
        names = ("Office", "Since", "Until", "Whose office", "Where", "Country")
        values = (
            office.title,
            office.start,
            office.end,
            office.body,
            office.place,
            office.country,
        )
        for place, name in enumerate(names):
            _prepare(self.editors[place], name, values[place])
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(6))
        grid.addWidget(self.title, 0, 0, 1, 2)
        grid.addWidget(self.start, 0, 2)
        grid.addWidget(self.end, 0, 3)
        grid.addWidget(self.remove, 0, 4)
        grid.addWidget(self.body, 1, 0)
        grid.addWidget(self.place, 1, 1)
        grid.addWidget(self.country, 1, 2, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for editor in (self.start, self.end):
            editor.setFixedWidth(px(_DATE))
        may_shrink(self.country)

    def office(self) -> Office:
        """Return what stands in it."""
        return Office(
            self.title.value(),
            self.body.value(),
            self.place.value(),
            self.country.value(),
            self.start.value(),
            self.end.value(),
        )

    def fault(self) -> str:
        """Return what is wrong with a date; empty where nothing is."""
        return self.start.fault() or self.end.fault()


def may_shrink(editor: ChoiceEditor) -> None:
    """Let a choice be narrower than the longest of its values."""
    policy = editor.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
    editor.setSizeAdjustPolicy(policy)
    editor.setMinimumContentsLength(8)


def _prepare(editor: LineEditor | ChoiceEditor, name: str, value: str) -> None:
    editor.set_value(value)
    editor.setPlaceholderText(name)
    editor.setAccessibleName(name)
    editor.setToolTip(name)
