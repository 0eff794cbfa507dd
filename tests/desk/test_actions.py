from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMenuBar, QWidget

from archivist import assets
from archivist.desk import app
from archivist.desk.actions import ACTIONS, MENUS, ActionBook
from archivist.desk.commands import Commands
from archivist.desk.dialogs.palette import match
from archivist.desk.dialogs.shortcuts import IN_PLACE, shortcuts_page

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from archivist.desk.context import Desk


class _Noted:
    def __init__(self) -> None:
        self.done: list[tuple[str, str]] = []

    def perform(self, callback: str, argument: str) -> None:
        self.done.append((callback, argument))


@pytest.fixture
def noted() -> _Noted:
    return _Noted()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def book(desk: Desk, window: QWidget, noted: _Noted) -> ActionBook:
    return ActionBook(window, noted, desk.icons)


def test_each_action_is_named_once_and_can_be_done() -> None:
    ids = [entry.id for entry in ACTIONS]
    assert len(ids) == len(set(ids))
    for entry in ACTIONS:
        assert callable(getattr(Commands, entry.callback)), entry.id
        assert entry.menu.partition("/")[0] in MENUS


def test_no_shortcut_means_two_things(desk: Desk) -> None:
    seen: dict[str, str] = {}
    for entry in ACTIONS:
        for keys in {sequence.toString() for sequence in entry.sequences()}:
            assert keys not in seen, f"{keys}: {entry.id} and {seen[keys]}"
            seen[keys] = entry.id


def test_menus_hold_every_action(book: ActionBook, qtbot: QtBot) -> None:
    bar = QMenuBar()
    qtbot.addWidget(bar)
    book.fill_menu_bar(bar)
    found = set()
    for top in bar.actions():
        menu = top.menu()
        for action in menu.actions():  # type: ignore[attr-defined]
            inner = action.menu()
            found |= (
                {one.objectName() for one in inner.actions()} if inner else {action.objectName()}
            )
    assert {entry.id for entry in ACTIONS} <= found


def test_what_cannot_be_done_is_off(book: ActionBook, noted: _Noted) -> None:
    assert book["archive.open"].isEnabled()
    assert not book["record.delete"].isEnabled()
    book["record.delete"].trigger()
    assert noted.done == []
    book.refresh({"targets": True})
    book["record.delete"].trigger()
    book.refresh({"archive": True})
    book["view.inbox"].trigger()
    assert noted.done == [("delete_records", ""), ("go", "inbox")]


def test_the_list_of_shortcuts_is_drawn_from_the_registry(book: ActionBook) -> None:
    book.rename("edit.undo", "Undo change of date")
    page = shortcuts_page(book)
    assert "Undo change of date" in page
    for entry in ACTIONS:
        if entry.keys:
            assert entry.shown_keys().replace("&", "&amp;") in page


@pytest.mark.parametrize(
    ("typed", "title", "rank", "marked"),
    [
        ("wri", "Write dossier …", 0, ["Wri"]),
        ("dos", "Write dossier …", 1, ["dos"]),
        ("wd", "Write dossier …", 2, ["W", "d"]),
        ("ossi", "Write dossier …", 3, ["ossi"]),
        ("export", "Write dossier …", 4, []),
    ],
)
def test_the_palette_finds_by_parts(typed: str, title: str, rank: int, marked: list[str]) -> None:
    found = match(typed, title, "export word")
    assert found is not None
    assert found.rank == rank
    assert [title[start:end] for start, end in found.marks] == marked


def test_the_palette_leaves_out_what_does_not_fit() -> None:
    assert match("zebra", "Write dossier …", "export") is None


def test_the_help_page_lists_every_shortcut(desk: Desk) -> None:
    page = assets.path("help/desk.md").read_text(encoding="utf-8")
    for entry in ACTIONS:
        if entry.keys:
            assert f"| {entry.shown_keys()} | {entry.title.replace(' …', '')} |" in page
    for place, key, what in IN_PLACE:
        assert f"| {place} | {key} | {what} |" in page


def test_the_help_page_names_every_option() -> None:
    page = assets.path("help/desk.md").read_text(encoding="utf-8")
    for action in app._parser()._actions:
        for option in action.option_strings:
            assert option in {"-h", "--help"} or option in page
