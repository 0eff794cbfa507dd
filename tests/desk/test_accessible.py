"""Whatever takes the keyboard has a name that a screen reader can say."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from archivist.desk.context import Desk
from archivist.desk.dialogs.dossier import DossierDialog
from archivist.desk.views.compose import ComposePane
from archivist.desk.views.import_report import ImportReportView
from archivist.desk.views.reader import ReaderPane
from archivist.desk.views.results import ResultsView
from archivist.desk.views.trash import TrashView

VIEWS: tuple[Callable[[Desk], QWidget], ...] = (
    ResultsView,
    ReaderPane,
    ComposePane,
    ImportReportView,
    TrashView,
    DossierDialog,
)


def unnamed(view: QWidget) -> list[str]:
    found = []
    for widget in view.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        inner = widget.objectName().startswith("qt_") or isinstance(widget, QScrollBar)
        popup = widget.window() is not view.window()
        if not takes or inner or popup or widget.focusProxy() is not None:
            continue
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        parent = widget.parentWidget()
        named = widget.accessibleName() or text or (parent.accessibleName() if parent else "")
        if not named and not widget.isHidden():
            found.append(f"{type(widget).__name__} in {type(parent).__name__}")
    return found


@pytest.mark.parametrize("view", VIEWS)
def test_everything_that_takes_the_keyboard_is_named(
    qtbot: QtBot, open_desk: Desk, view: Callable[[Desk], QWidget]
) -> None:
    made = view(open_desk)
    qtbot.addWidget(made)
    if isinstance(made, ReaderPane):
        made.edit([1, 2])
    if isinstance(made, ComposePane):
        made.start()
    assert unnamed(made) == []
