"""Saved searches in the real window: saved, named, opened with what is new, changed, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from archivist.desk.saved import first_name
from archivist.desk.start import end
from archivist.desk.views.navigation import Place
from tests.desk.test_window import Driven

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from archivist.desk.context import Desk


@pytest.fixture
def driven(desk: Desk, archive_folder: Path, qtbot: QtBot) -> Iterator[Driven]:
    made = Driven(desk, qtbot)
    qtbot.addWidget(made.window)
    made.open(archive_folder)
    yield made
    made.window.close()
    end(desk)


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    folder = tmp_path / "delivery"
    folder.mkdir()
    return folder


def saved(driven: Driven) -> dict[str, Place]:
    rows = driven.window.navigation.rows.rows
    return {row.text: row for row in rows if isinstance(row, Place) and row.number}


def save(driven: Driven, query: str, name: str) -> Place:
    """Type a query, save it, and type its name."""
    driven.type(query)
    driven.window.book["search.save"].trigger()
    navigation = driven.window.navigation
    driven.bot.waitUntil(lambda: bool(navigation.findChildren(QLineEdit)))
    field = navigation.findChildren(QLineEdit)[0]
    assert field.selectedText() == field.text() != ""
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)
    driven.bot.waitUntil(lambda: name in saved(driven))
    driven.calm()
    return saved(driven)[name]


def test_a_search_is_saved_named_and_shown_as_the_place(driven: Driven) -> None:
    place = save(driven, '"strategic partnership"', "Partnership")
    assert place.current
    assert place.count == driven.total()
    driven.type("partnership visit")
    assert not saved(driven)["Partnership"].current
    assert driven.archive.saved_searches()[0].name == "Partnership"
    palette = driven.window.palette_
    palette.ask()
    palette.field.setText("partn")
    assert "Partnership" in palette.texts()
    palette._open_saved(place.number)
    palette.dismiss()
    driven.calm()
    assert saved(driven)["Partnership"].current


def test_what_is_told_of_a_search_has_no_quotes_within_quotes(driven: Driven) -> None:
    told: list[str] = []
    driven.desk.events.message.connect(told.append)
    driven.type('"strategic partnership"')
    driven.window.book["search.save"].trigger()
    driven.bot.waitUntil(lambda: bool(saved(driven)))
    (place,) = saved(driven).values()
    assert place.text == "Strategic partnership word for word"
    driven.window.keeper.saved.delete(place.number)
    driven.bot.waitUntil(lambda: saved(driven) == {})
    assert "Saved the search “Strategic partnership word for word”." in told
    assert any(words.startswith("Removed the saved search “Strategic p") for words in told)


def test_opened_again_it_tells_what_is_new(driven: Driven, delivery: Path) -> None:
    place = save(driven, "partnership", "Partnership")
    total = driven.total()
    driven.window.search("visit")
    driven.calm()
    (delivery / "new.txt").write_text(
        "PORT HALDEN, 4 June 2024. A new partnership of ports was agreed.", encoding="utf-8"
    )
    driven.window.commands.import_paths([str(delivery)])
    driven.bot.waitUntil(lambda: saved(driven)["Partnership"].news == 1, timeout=30_000)
    driven.window.go(place.id)
    driven.calm()
    results = driven.window.results
    assert driven.total() == total + 1
    driven.bot.waitUntil(lambda: results._head.news.text() == "Only the 1 new")
    assert saved(driven)["Partnership"].news == 0
    assert not driven.window.grab().isNull()
    results._head.news.click()
    driven.calm()
    assert len(results.model.keys) == 1
    assert driven.archive.record(int(results.model.keys[0])).description.title
    assert f"new of {total + 1} records" in results._head.count.text()
    results._head.news.click()
    driven.calm()
    assert len(results.model.keys) == total + 1
    driven.window.search("visit")
    driven.calm()
    assert results._head.news.text() == ""


def test_only_the_new_are_listed_counted_and_dated_in_every_view(
    driven: Driven, delivery: Path
) -> None:
    place = save(driven, "partnership", "Partnership")
    total = driven.total()
    for year in (1931, 1932):
        (delivery / f"{year}.txt").write_text(
            f"PORT HALDEN, 4 June {year}. A new partnership of ports was agreed in {year}.",
            encoding="utf-8",
        )
    driven.window.commands.import_paths([str(delivery)])
    driven.bot.waitUntil(lambda: saved(driven)["Partnership"].news == 2, timeout=30_000)
    driven.window.go(place.id)
    driven.calm()
    window, results = driven.window, driven.window.results
    results._head.news.click()
    driven.calm()
    answer = window.asking.answer
    assert answer is not None
    assert answer.found.total == len(answer.keys) == len(results.model.keys) == 2
    assert [one.value for one in answer.found.facets["year"]] == ["1931", "1932"]
    assert sum(one.count for one in answer.found.facets["type"]) <= 2
    assert sum(results.timeline.shown.years.values()) == 2
    window.show_view("concordance")
    driven.calm()
    lines = window.centre.concordance
    assert lines.chosen.found is not None
    assert lines.chosen.found.records == 2
    assert "in 2 new records" in lines.head.count.text()
    # A filter narrows what is new; another query is about something else.
    window.search("partnership date:1931")
    driven.calm()
    assert results._head.count.text().endswith("</span> new record")
    assert len(results.model.keys) == 1
    window.search("partnership date:2010..")
    driven.calm()
    assert not len(results.model.keys)
    assert "None of the 2 records" in results._empty.reason.text()
    window.search("partnership")
    driven.calm()
    lines.head.news.click()
    driven.calm()
    assert len(results.model.keys) == total + 2
    window.search("visit")
    driven.calm()
    assert results.looked_at("visit") is None
    assert lines.head.news.text() == ""


def test_it_is_renamed_changed_removed_and_brought_back(driven: Driven) -> None:
    place = save(driven, "partnership", "Partnership")
    navigation = driven.window.navigation
    navigation.rename(place.number)
    QTest.keyClicks(navigation.findChildren(QLineEdit)[0], "Ports")
    QTest.keyClick(navigation.findChildren(QLineEdit)[0], Qt.Key.Key_Return)
    driven.bot.waitUntil(lambda: set(saved(driven)) == {"Ports"})
    driven.type("partnership visit")
    assert driven.window.book["search.change"].isEnabled()
    driven.window.book["search.change"].trigger()
    driven.bot.waitUntil(lambda: saved(driven)["Ports"].current)
    assert driven.archive.saved_searches()[0].query == "partnership visit"
    navigation.setFocus()
    row = navigation.rows.rows.index(saved(driven)["Ports"])
    navigation.setCurrentIndex(navigation.rows.index(row))
    QTest.keyClick(navigation, Qt.Key.Key_Delete)
    driven.bot.waitUntil(lambda: saved(driven) == {})
    driven.calm()
    driven.window.book["edit.undo"].trigger()
    driven.bot.waitUntil(lambda: set(saved(driven)) == {"Ports"})


def test_saving_and_naming_are_taken_back_and_done_again(driven: Driven) -> None:
    save(driven, "partnership", "Ports")
    undo, redo = driven.window.book["edit.undo"], driven.window.book["edit.redo"]
    undo.trigger()
    driven.bot.waitUntil(lambda: set(saved(driven)) == {"Partnership"})
    driven.calm()
    told: list[str] = []
    driven.desk.events.message.connect(told.append)
    undo.trigger()
    driven.bot.waitUntil(lambda: saved(driven) == {})
    driven.calm()
    assert any(words.endswith("search “Partnership”.") for words in told)
    redo.trigger()
    driven.bot.waitUntil(lambda: set(saved(driven)) == {"Partnership"})


def test_the_name_is_typed_in_its_own_row_whatever_comes_before_it(driven: Driven) -> None:
    save(driven, "partnership", "Middle")
    driven.type("visit")
    driven.window.book["search.save"].trigger()
    navigation = driven.window.navigation
    driven.bot.waitUntil(lambda: bool(navigation.findChildren(QLineEdit)))
    driven.archive.save_search("Another", "minister")
    driven.window.keeper.saved.read()
    driven.bot.waitUntil(lambda: set(saved(driven)) == {"Another", "Middle", "Visit"})
    (field,) = navigation.findChildren(QLineEdit)
    rows = navigation.rows
    at = navigation.visualRect(rows.index(rows.rows.index(saved(driven)["Visit"])))
    assert at.contains(field.geometry().center())
    QTest.keyClick(field, Qt.Key.Key_Escape)
    driven.bot.waitUntil(lambda: not navigation.findChildren(QLineEdit))
    assert set(saved(driven)) == {"Another", "Middle", "Visit"}


def test_the_menu_offers_what_can_be_done(driven: Driven) -> None:
    place = save(driven, "partnership", "Partnership")
    menu = driven.window.keeper.menu_of(place.number)
    names = {action.text(): action.isEnabled() for action in menu.actions() if action.text()}
    assert all(names[one] for one in ("Open", "Rename …", "Remove"))
    assert not names["Change it to the search shown"]


def test_a_long_reading_makes_a_short_name() -> None:
    assert first_name("Documents with “a”.", "a") == "A"
    assert first_name("Documents with “a b” or “c”, dated 2012.", "q") == "A b or c, dated 2012"
    assert first_name("“”", '""') == '""'
    assert first_name("Documents dated 2012.", "date:2012") == "Dated 2012"
    long = first_name("word " * 40, "q")
    assert len(long) < 75
    assert long.endswith("word …")
    assert first_name("", "q") == "Q"
