"""How the parts of the Wording view stand: plot above, tables and uses beside each other below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from archivist.desk import formats, paint
from archivist.desk.models.wording import said_by
from archivist.desk.views.wording_add import AddVariant
from archivist.desk.views.wording_compare import ComparePane
from archivist.desk.views.wording_plot import WordingPlot
from archivist.desk.views.wording_tables import TableHead, UserList, VariantList
from archivist.desk.views.wording_uses import ROW_HEIGHT, UseDelegate, UsesList, UsesModel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QPalette

    from archivist.archive.wording.results import Use
    from archivist.desk.context import Desk
    from archivist.desk.views.wording_tables import UserRow, VariantRow

_LEFT: Final = 540
_RIGHT: Final = 640
_COMPARED: Final = 300
_USES: Final = 210
_SPLITS: Final = ("columns", "rows")
_HINT: Final = "A and B choose what is compared, D adds to the dossier"


class WordingBody(QWidget):
    """Plot, tables, comparison and uses.

    Args:
        desk: the look.
        fetch: reads uses from one row to another.
    """

    def __init__(
        self,
        desk: Desk,
        fetch: Callable[[int, int, Callable[[Sequence[Use] | None], None]], None],
    ) -> None:
        super().__init__()
        self._desk = desk
        self.plot = WordingPlot(desk)
        self.variants, self.users = VariantList(desk), UserList(desk)
        self.add = AddVariant(desk)
        self.compare = ComparePane(desk)
        self.uses = UsesList(desk)
        self.uses_model = UsesModel(fetch, self)
        self.delegate = UseDelegate(desk, self.uses)
        self.note = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._titles = [QLabel("Forms"), QLabel("Who uses it"), QLabel("Uses")]
        self._hint = paint.ElidingLabel(_HINT)
        self._tables, self._inner = QScrollArea(), QWidget()
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._rows = QSplitter(Qt.Orientation.Vertical)
        self._build()

    def show_tables(self, variants: Sequence[VariantRow], users: Sequence[UserRow]) -> None:
        """Show the forms of the phrase, and who uses it."""
        self.variants.show_rows(variants)
        self.users.show_rows(users)
        for part in (self._titles[1], self._users_head, self.users):
            part.setVisible(bool(users))

    def say_first(self, use: Use | None, unread: int = 0) -> None:
        """Tell the first use in its own words, and how many records may yet tell who says it."""
        late = f"{formats.counted(unread, 'record')} still to be read for who says what."
        said = self._first(use)
        self.note.setText("\n".join(filter(None, (said, late if unread else ""))))

    def _first(self, use: Use | None) -> str:
        if use is None or not use.text:
            return ""
        who = f"{said_by(use)}, " if use.speaker else ""
        when = formats.day_long(use.date) if use.date else "without a date"
        paragraph = f", \u00b6\u00a0{use.paragraph}" if use.paragraph else ""
        quoted = f"\u201c\u2068{use.text}\u2069\u201d"
        return f"First use: {who}{when}, {quoted} (\u2068{use.ref}{paragraph}\u2069)."

    def say_form(self, text: str) -> None:
        """Say whose uses are listed."""
        self._titles[2].setText(f"Uses of \u201c{text}\u201d")

    def save_sizes(self) -> dict[str, object]:
        """Return how the room is shared, for `restore_sizes`."""
        return {"columns": self._columns.sizes(), "rows": self._rows.sizes()}

    def restore_sizes(self, kept: Mapping[str, object]) -> None:
        """Take up how the room was shared; what cannot be understood is left out."""
        for name, splitter in zip(_SPLITS, (self._columns, self._rows), strict=True):
            sizes = kept.get(name)
            if isinstance(sizes, list) and len(sizes) == 2 and all(sizes):  # noqa: PLR2004
                splitter.setSizes([int(size) for size in sizes])

    def dress(self, palette: QPalette) -> None:
        """Take fonts, sizes and colours from the theme."""
        theme = self._desk.theme
        for title in self._titles:
            title.setFont(theme.font("m", 600))
        quiet = self._hint.palette()
        quiet.setColor(quiet.ColorRole.WindowText, theme.tokens.text2)
        for label in (self._hint, self.note):
            label.setFont(theme.font("s"))
            label.setPalette(quiet)
        for part in (self._tables, self._tables.viewport(), self._inner):
            part.setPalette(palette)
        self.uses.set_ground(palette)
        self.uses.set_row_height(theme.px(ROW_HEIGHT))
        self.uses.verticalScrollBar().setSingleStep(theme.px(ROW_HEIGHT))
        self.compare.dress()
        self.add.dress()

    def _build(self) -> None:
        px = self._desk.theme.px
        self.uses.setModel(self.uses_model)
        self.uses.setItemDelegate(self.delegate)
        self.uses.show_one_column()
        self._rows.addWidget(self.compare)
        self._rows.addWidget(self._make_uses())
        self._columns.addWidget(self._make_tables())
        self._columns.addWidget(self._rows)
        for splitter, sizes in (
            (self._columns, (_LEFT, _RIGHT)),
            (self._rows, (_COMPARED, _USES)),
        ):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
            splitter.setSizes([px(size) for size in sizes])
        self._columns.setStretchFactor(0, 2)
        self._columns.setStretchFactor(1, 3)
        self._rows.setStretchFactor(0, 3)
        self._rows.setStretchFactor(1, 2)
        self.compare.setMinimumHeight(px(130))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.plot)
        column.addWidget(paint.Hairline(self._desk.theme))
        column.addWidget(self._columns, 1)

    def _make_tables(self) -> QWidget:
        px, desk = self._desk.theme.px, self._desk
        self._users_head = TableHead(desk, "Speaker, or source where nobody is named")
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, px(10))
        column.setSpacing(0)
        column.addWidget(self._strip(self._titles[0], self.add))
        column.addWidget(TableHead(desk, "Wording", 58))
        column.addWidget(self.variants)
        column.addSpacing(px(6))
        column.addWidget(self._strip(self._titles[1]))
        column.addWidget(self._users_head)
        column.addWidget(self.users)
        column.addStretch(1)
        self.note.setContentsMargins(px(20), px(10), px(20), 0)
        column.addWidget(self.note)
        self._tables.setWidget(self._inner)
        self._tables.setWidgetResizable(True)
        self._tables.setFrameShape(QFrame.Shape.NoFrame)
        self._tables.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._tables.setMinimumWidth(px(280))
        self._tables.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return self._tables

    def _make_uses(self) -> QWidget:
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip(self._titles[2], self._hint))
        column.addWidget(self.uses, 1)
        pane.setMinimumHeight(self._desk.theme.px(100))
        return pane

    def _strip(self, *labels: QWidget) -> QWidget:
        px = self._desk.theme.px
        strip = QWidget()
        strip.setFixedHeight(px(34))
        row = QHBoxLayout(strip)
        row.setContentsMargins(px(20), px(4), px(20), 0)
        row.setSpacing(px(12))
        row.addWidget(labels[0])
        for label in labels[1:]:
            row.addWidget(label, 1)
        if len(labels) == 1:
            row.addStretch(1)
        return strip
