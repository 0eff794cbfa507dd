from __future__ import annotations

import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from archivist.archive import Archive
from archivist.desk.context import Desk
from archivist.desk.views.description_form import Standing
from archivist.desk.views.reader import ReaderPane
from archivist.desk.views.reader_page import TextPage
from archivist.desk.views.reader_setting import Page
from archivist.model.change import Change
from archivist.model.record import Record

QUERY = '"strategic partnership"'


@pytest.fixture
def archive(open_desk: Desk) -> Archive:
    assert open_desk.archive is not None
    return open_desk.archive


@pytest.fixture
def pane(qtbot: QtBot, open_desk: Desk) -> ReaderPane:
    made = ReaderPane(open_desk)
    qtbot.addWidget(made)
    made.resize(583, 760)
    made.show()
    return made


@pytest.fixture
def shown(qtbot: QtBot, pane: ReaderPane, archive: Archive) -> Record:
    record = archive.record(archive.find_keys(QUERY)[0])
    show(qtbot, pane, record)
    return record


def show(qtbot: QtBot, pane: ReaderPane, record: Record, query: str = QUERY) -> None:
    pane.show_record(record.id, query)
    qtbot.waitUntil(lambda: pane._document is not None and pane._document.record.id == record.id)


def changes(desk: Desk) -> list[Change]:
    found: list[Change] = []
    desk.events.changed.connect(found.append)
    return found


def page(text: str, word: str, title: str = "") -> Page:
    marks = tuple(match.span() for match in re.finditer(word, text))
    return Page(title, "meta", text, marks)


@pytest.fixture
def text_page(qtbot: QtBot, desk: Desk) -> TextPage:
    made = TextPage(desk)
    qtbot.addWidget(made)
    made.resize(583, 400)
    made.show()
    return made


def marked(text_page: TextPage) -> list[str]:
    document = text_page.text.document()
    found = []
    for number, pieces in sorted(text_page.text.setting.pieces.items()):
        words = document.findBlockByNumber(number).text().encode("utf-16-le")
        found += [words[2 * p.start : 2 * p.end].decode("utf-16-le") for p in pieces]
    return found


def test_every_hit_is_marked_where_it_stands(text_page: TextPage) -> None:
    text = "A partnership.\n\n\U0001f600 The \U0001f600 partnership\nof two, a partnership."
    text_page.show_page(page(text, "partnership"))
    assert marked(text_page) == ["partnership"] * 3
    text_page.grab()


def test_a_hit_over_the_end_of_a_paragraph_is_one_hit(text_page: TextPage) -> None:
    text_page.show_page(page("One strategic\n\npartnership here", r"strategic\s+partnership"))
    assert text_page.text.hit_count() == 1
    assert marked(text_page) == ["strategic", "partnership"]


def test_hits_are_gone_through_in_a_circle(text_page: TextPage) -> None:
    seen: list[tuple[int, int]] = []
    text_page.text.hit_changed.connect(lambda now, of: seen.append((now, of)))
    text_page.show_page(page("x word\n\ny word\n\nz word", "word"))
    text_page.text.next_hit()
    text_page.text.next_hit()
    text_page.text.next_hit()
    text_page.text.previous_hit()
    assert seen == [(1, 3), (2, 3), (3, 3), (1, 3), (3, 3)]
    assert text_page.text.cited_paragraph() == 3


def test_the_first_hit_of_a_page_set_before_it_is_shown_is_in_sight(
    qtbot: QtBot, desk: Desk
) -> None:
    made = TextPage(desk)
    qtbot.addWidget(made)
    made.show_page(page("\n\n".join([*["Much was said."] * 60, "a word", "Farewell."]), "word"))
    made.resize(583, 400)
    with qtbot.waitExposed(made):
        made.show()
    bar = made.text.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > bar.maximum() - 400)
    assert made.text.current_hit() == 0


def test_a_heading_that_repeats_the_title_is_shown_once(text_page: TextPage) -> None:
    text = "On partnership\n\nThe partnership stands.\n\nSo be it."
    text_page.show_page(page(text, "partnership", "On partnership"))
    shown = text_page.text.document().toPlainText()
    assert shown.count("On partnership") == 1
    assert marked(text_page) == ["partnership", "partnership"]
    assert text_page.text.cited_paragraph() == 0
    text_page.text.next_hit()
    assert text_page.text.cited_paragraph() == 2


def test_a_long_text_is_set_while_the_window_stays_awake(qtbot: QtBot, text_page: TextPage) -> None:
    text = "\n\n".join(f"Paragraph {number} says word." for number in range(2000))
    text_page.show_page(page(text, "word"))
    assert text_page.text.document().blockCount() < 200
    text_page.text.previous_hit()
    assert text_page.text.current_hit() == 1999
    assert text_page.text.cited_paragraph() == 2000
    assert text_page.text.strip_marks()
    qtbot.waitUntil(lambda: text_page.text.setting.placed == 2000)


def test_a_press_on_the_strip_goes_to_the_hit_there(text_page: TextPage) -> None:
    text_page.show_page(page("\n\n".join(["a word"] * 40), "word"))
    text_page.grab()
    share, hit = text_page.text.strip_marks()[30]
    place = QPoint(5, round(share * text_page.strip.height()))
    QTest.mousePress(
        text_page.strip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )
    assert text_page.text.current_hit() == hit == 30


def test_a_page_with_fewer_hits_may_follow_from_far_below(text_page: TextPage) -> None:
    text_page.show_page(page("\n\n".join(["a word"] * 90), "word"))
    text_page.text.go_to_hit(80)
    text_page.show_page(page("one word", "word"))
    assert text_page.text.current_hit() == 0
    text_page.text.go_to_hit(0)
    text_page.show_page(page("nothing", "word"))
    assert text_page.text.cited_paragraph() == 0


def test_a_text_from_right_to_left_is_set_so(text_page: TextPage) -> None:
    text_page.show_page(Page("بيان صحفي", "", "استقبلت وزيرة الشؤون الخارجية\n\nوأكد الوزيران"))
    block = text_page.text.document().findBlockByNumber(2)
    assert block.layout().textOption().textDirection() == Qt.LayoutDirection.RightToLeft
    text_page.grab()


def test_a_change_of_theme_keeps_the_place(text_page: TextPage, desk: Desk) -> None:
    text_page.show_page(page("\n\n".join(["a word"] * 60), "word"))
    text_page.text.go_to_hit(40)
    desk.theme.set_mode("dark")
    assert text_page.text.current_hit() == 40
    desk.theme.set_mode("light")


def test_the_reader_shows_text_and_hits(pane: ReaderPane, shown: Record) -> None:
    assert shown.description.title in pane.page.text.document().toPlainText()
    assert pane.page.text.hit_count() > 1
    assert "1 of" in pane._hits.label.text()
    pane.next_hit()
    assert pane._hits.label.text().startswith("2 of")


def test_a_citation_is_copied_with_the_words_selected(
    qtbot: QtBot, pane: ReaderPane, shown: Record
) -> None:
    pane.copy_citation()
    qtbot.waitUntil(lambda: shown.description.title in QGuiApplication.clipboard().text())
    pane.page.text.selectAll()
    pane.copy_citation()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().startswith("\u201c"))


def test_every_tab_can_be_shown(qtbot: QtBot, pane: ReaderPane, shown: Record) -> None:
    for name in ("original", "record", "history", "text"):
        pane.show_tab(name)
        pane.grab()
    pane.show_tab("history")
    qtbot.waitUntil(lambda: pane.history.model.rowCount() == 1)
    assert pane.history.model.index(0, 0).data().startswith("Filed")
    pane.show_tab("original")
    assert shown.original is not None
    assert pane.original._name.text() == shown.original.name


def test_a_message_shows_its_head_and_leads_to_its_attachment(
    qtbot: QtBot, pane: ReaderPane, archive: Archive, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.eml"
    letter.write_bytes(_letter())
    archive.file([letter], workers=1)
    (key,) = archive.find_keys("has:attachment")
    asked: list[int] = []
    pane.record_asked.connect(asked.append)
    show(qtbot, pane, archive.record(key), "")
    pane.show_tab("original")
    qtbot.waitUntil(lambda: pane.original._links.count() > 0)
    assert "Dear colleague" in pane.original._message._body.toPlainText()
    pane.grab()
    item = pane.original._links.itemAt(0)
    link = item.widget() if item is not None else None
    assert isinstance(link, QPushButton)
    link.click()
    assert asked == [archive.attachments(archive.record(key))[0].id]


def _letter() -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "a@mfa.example", "b@mfa.example"
    message["Date"], message["Subject"] = "Wed, 21 Feb 2024 18:42:00 +0100", "The note"
    message.set_content("Dear colleague,\n\nThe note is attached.\n")
    message.add_attachment("The Embassy presents its compliments.", filename="note.txt")
    return message.as_bytes()


def test_a_field_is_changed_saved_and_undone(
    qtbot: QtBot, pane: ReaderPane, shown: Record, open_desk: Desk, archive: Archive
) -> None:
    told = changes(open_desk)
    pane.edit([shown.id])
    row = pane.record.form.rows["place"]
    row.editor.setFocus()
    QTest.keyClicks(row.editor, "X")
    assert pane.dirty()
    assert row.standing() is Standing.CHANGED
    QTest.keyClick(row.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(told))
    assert archive.record(shown.id).description.place == f"X{shown.description.place}"
    assert "place" not in archive.record(shown.id).proposed
    archive.undo()
    assert archive.record(shown.id).description.place == shown.description.place


def test_a_wrong_date_is_told_at_the_field_and_not_saved(
    pane: ReaderPane, shown: Record, archive: Archive
) -> None:
    pane.edit([shown.id])
    row = pane.record.form.rows["date"]
    row.set_value("2012-13")
    row.edited.emit()
    pane.record.save()
    assert "no such date" in row.fault()
    assert archive.record(shown.id).description.date == shown.description.date


def test_what_the_archive_refuses_is_told_at_the_field(
    qtbot: QtBot, pane: ReaderPane, shown: Record
) -> None:
    pane.edit([shown.id])
    row = pane.record.form.rows["country"]
    row.set_value("Atlantis")
    row.edited.emit()
    pane.record.save()
    qtbot.waitUntil(lambda: "Atlantis" in row.fault())


def test_what_was_typed_and_not_saved_waits_for_its_record(
    qtbot: QtBot, pane: ReaderPane, shown: Record, archive: Archive
) -> None:
    pane.edit([shown.id])
    pane.record.form.rows["number"].set_value("No. 7")
    other = archive.record(archive.find_keys("*")[-1])
    show(qtbot, pane, other)
    assert pane.record.form.rows["number"].editor.value() == other.description.number
    assert pane.dirty()
    show(qtbot, pane, shown)
    assert pane.record.form.rows["number"].editor.value() == "No. 7"
    pane.record.revert()
    assert not pane.dirty()


def test_many_are_changed_as_one_step(
    qtbot: QtBot, pane: ReaderPane, open_desk: Desk, archive: Archive
) -> None:
    told = changes(open_desk)
    ids = archive.find_keys("*")[:5]
    before = [archive.record(key).description.tags for key in ids]
    pane.edit(ids)
    qtbot.waitUntil(lambda: pane.record._save.text() == "Change 5 records")
    row = pane.record.form.rows["tag"]
    row.set_value("visit")
    row.edited.emit()
    pane.record.preview()
    qtbot.waitUntil(pane.record._trial.isVisible)
    assert "5 records change" in pane.record._trial._sum.text()
    assert archive.record(ids[0]).description.tags == before[0]
    pane.record.save()
    qtbot.waitUntil(lambda: bool(told))
    assert {archive.record(key).description.tags for key in ids} == {("visit",)}
    assert len(told) == 1
    archive.undo()
    assert [archive.record(key).description.tags for key in ids] == before


def test_a_field_can_be_cleared_in_all(
    qtbot: QtBot, pane: ReaderPane, open_desk: Desk, archive: Archive
) -> None:
    told = changes(open_desk)
    ids = archive.find_keys("*")[:3]
    pane.edit(ids)
    pane.record.form.rows["place"]._clear.click()
    assert pane.record.form.changes() == {"place": ""}
    pane.record.save()
    qtbot.waitUntil(lambda: bool(told))
    assert {archive.record(key).description.place for key in ids} == {""}


def test_confirming_takes_a_record_out_of_the_inbox(
    qtbot: QtBot, pane: ReaderPane, shown: Record, archive: Archive
) -> None:
    assert shown.inbox
    pane.confirm_proposed()
    qtbot.waitUntil(lambda: not archive.record(shown.id).inbox)
    qtbot.waitUntil(lambda: "confirmed" in pane.record._head.text())


def test_a_text_is_corrected_as_a_new_version(
    qtbot: QtBot, pane: ReaderPane, shown: Record, archive: Archive
) -> None:
    pane.correct_text()
    editor = pane.page.editor.text
    editor.setPlainText(editor.toPlainText() + "\n\nA last word.")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: archive.record(shown.id).text_version == 2)
    qtbot.waitUntil(lambda: "A last word." in pane.page.text.document().toPlainText())
    assert not pane.dirty()


def test_an_unsaved_correction_never_reaches_another_record(
    qtbot: QtBot, pane: ReaderPane, shown: Record, archive: Archive
) -> None:
    pane.correct_text()
    pane.page.editor.text.setPlainText("Other words")
    other = archive.record(archive.find_keys("*")[-1])
    show(qtbot, pane, other)
    assert not pane.page.editing()
    assert pane.dirty()
    show(qtbot, pane, shown)
    assert pane.page.typed() == "Other words"


def test_an_original_is_replaced(
    qtbot: QtBot, pane: ReaderPane, shown: Record, archive: Archive, tmp_path: Path
) -> None:
    scan = tmp_path / "scan.txt"
    scan.write_text("A scan", encoding="utf-8")
    pane.show_tab("original")
    pane.original._set_original(scan)

    def replaced() -> bool:
        original = archive.record(shown.id).original
        return original is not None and original.name == "scan.txt"

    qtbot.waitUntil(replaced)
    qtbot.waitUntil(lambda: pane.original._name.text() == "scan.txt")


def test_a_record_that_is_gone_leaves_an_empty_page(qtbot: QtBot, pane: ReaderPane) -> None:
    pane.show_record(99_999, "")
    qtbot.waitUntil(lambda: "99" in pane._blank.text() or bool(pane._blank.text()))
    pane.show_record(0, "")
    assert pane._blank.text() == ""


def test_a_phrase_of_the_text_can_be_searched(pane: ReaderPane, shown: Record) -> None:
    asked: list[str] = []
    pane.query_asked.connect(asked.append)
    text = pane.page.text
    text.selectAll()
    words = " ".join(text.chosen_text().replace('"', " ").split())
    pane.passage.open_menu(QPoint(0, 0))
    (menu,) = text.findChildren(QMenu)
    (action,) = [one for one in menu.actions() if one.text() == "Search for this phrase"]
    action.trigger()
    menu.close()
    assert asked == [f'"{words}"']
