"""The order of lines: chosen from a menu, by a click on a column, by the words at a side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from archivist.desk.views.concordance_head import LinesHead, side_named
from archivist.desk.views.concordance_text import Strong

if TYPE_CHECKING:
    from archivist.desk.views.results_head import ResultsHead

RECORD_SORTS: Final = {
    "record": "Relevance",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "originator": "Originator, A to Z",
}
SORTS: Final = (*RECORD_SORTS, "left", "left2", "left3", "right", "right2", "right3")
_FROM: Final = {"2": "from the second word", "3": "from the third word"}


def label_of(sort: str, *, rtl: bool = False) -> str:
    """Return what an order is called, for people."""
    if sort in RECORD_SORTS:
        return RECORD_SORTS[sort]
    return f"{side_named(sort, rtl=rtl)}, {_FROM.get(sort[-1:], 'A to Z')}"


class LineOrder(QObject):
    """The order in effect, shown in the menu and over the columns.

    Attributes:
        sort: the order.

    Signals:
        chosen: another order is asked for.
    """

    chosen = Signal()

    def __init__(self, head: ResultsHead, columns: LinesHead) -> None:
        super().__init__(columns)
        self.sort = "record"
        self._rtl = False
        self._head = head
        self._columns = columns
        self._fill_menu()
        columns.clicked.connect(self._by_column)

    def set(self, sort: str) -> None:
        """Choose an order; one that is not known is by relevance."""
        self.sort = sort if sort in SORTS else "record"
        self.show(rtl=self._rtl)
        self.chosen.emit()

    def beside(self, side: str) -> None:
        """Order by the words at a side; asked for again, from the next word on."""
        orders = [side, f"{side}2", f"{side}3"]
        place = orders.index(self.sort) + 1 if self.sort in orders else 0
        self.set(orders[place % len(orders)])

    def show(self, *, rtl: bool) -> None:
        """Show the order; `rtl`: most lines are read from right to left."""
        self._rtl = rtl
        self._columns.show_order(self.sort, rtl=rtl)
        for action in self._head.menu.actions():
            if not action.isSeparator():
                action.setText(label_of(str(action.data()), rtl=rtl))
                action.setChecked(action.data() == self.sort)
        self._head.sort.setText(label_of(self.sort, rtl=rtl))

    def strong(self) -> Strong:
        """Return the word that decides the order."""
        if self.sort in RECORD_SORTS:
            return Strong()
        number = int(self.sort[-1]) if self.sort[-1].isdigit() else 1
        return Strong(self.sort.startswith("left"), number)

    def _fill_menu(self) -> None:
        menu = self._head.menu
        for name in SORTS:
            action = QAction(menu)
            action.setCheckable(True)
            action.setData(name)
            action.triggered.connect(lambda _on, name=name: self.set(name))
            if name in {"left", "right"}:
                menu.addSeparator()
            menu.addAction(action)
        self.show(rtl=False)

    def _by_column(self, column: str) -> None:
        match column:
            case "before" | "after":
                self.beside("left" if column == "before" else "right")
            case "date":
                self.set("oldest" if self.sort == "newest" else "newest")
            case "source":
                self.set("originator")
            case _:
                self.set("record")
