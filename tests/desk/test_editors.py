"""Editors of fields, words for events, originals as they are shown."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from archivist.archive import Archive
from archivist.desk import describe, files
from archivist.desk.context import Desk
from archivist.desk.event_words import lines_of
from archivist.desk.models import filters
from archivist.desk.models.pdf import PdfFile
from archivist.desk.models.received import Sort, receive, sort_of
from archivist.desk.views.field_editors import (
    ChoiceEditor,
    CodesEditor,
    DateEditor,
    LinesEditor,
    SuggestEditor,
    read_date,
)
from archivist.desk.views.pdf_pages import PdfPages
from archivist.model.change import Event
from archivist.model.errors import StorageError, WorldError
from archivist.model.record import DOCTYPES, Original


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2012", "2012"),
        ("2012-12", "2012-12"),
        (" 2012-12-04 ", "2012-12-04"),
        ("3 April 2024", "2024-04-03"),
        ("April 2024", "2024-04"),
        ("3 Apr 2024", "2024-04-03"),
        ("03/04/2024", "2024-04-03"),
        ("2012-13", ""),
        ("about 1890", ""),
        ("", ""),
    ],
)
def test_a_date_is_read_as_people_write_it(qtbot: QtBot, typed: str, meant: str) -> None:
    assert read_date(typed) == meant


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_iso_date_is_read_as_it_stands(day: object) -> None:
    assert read_date(str(day)) == str(day)


def test_a_date_says_what_it_means_and_what_is_wrong(qtbot: QtBot) -> None:
    editor = DateEditor()
    qtbot.addWidget(editor)
    QTest.keyClicks(editor, "2012-11")
    assert editor.reading() == "November 2012"
    QTest.keyClicks(editor, "-31")
    assert "no such date" in editor.fault()


def test_codes_are_told_by_their_names(qtbot: QtBot) -> None:
    editor = CodesEditor({"FR": "France", "DE": "Germany"})
    qtbot.addWidget(editor)
    editor.set_value("FR, de")
    assert editor.reading() == "France, Germany"
    completer = editor.completer()
    assert completer.splitPath("FR, Ger") == ["Ger"]


def test_a_choice_gives_its_code_or_the_words_typed(qtbot: QtBot) -> None:
    editor = ChoiceEditor({"note": "Note verbale", "speech": "Speech"})
    qtbot.addWidget(editor)
    editor.set_value("speech")
    assert editor.currentText() == "Speech"
    assert editor.value() == "speech"
    line = editor.lineEdit()
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, "note verbale")
    assert editor.value() == "note"
    editor.set_value("own-type")
    assert editor.value() == "own-type"


def test_people_stand_one_a_line(qtbot: QtBot) -> None:
    editor = LinesEditor("; ")
    qtbot.addWidget(editor)
    editor.set_value("A (author); B (speaker)")
    assert editor.toPlainText() == "A (author)\nB (speaker)"
    assert editor.value() == "A (author); B (speaker)"


def test_values_of_other_records_are_offered(qtbot: QtBot, open_desk: Desk) -> None:
    editor = SuggestEditor(open_desk, "place")
    qtbot.addWidget(editor)
    editor.show()
    editor.setFocus()
    QTest.keyClicks(editor, "Port")
    qtbot.waitUntil(lambda: "Port Halden" in editor._model.stringList())
    popup = editor.completer().popup()
    assert popup is not None
    popup.hide()


def test_every_type_has_an_icon_of_the_family(desk: Desk) -> None:
    for doctype in DOCTYPES:
        desk.icons.icon(describe.type_icon(doctype))


class Plain:
    """Codes as they are."""

    def label(self, _field: str, code: str) -> str:
        return code.upper()


def event(what: str, before: dict[str, object], after: dict[str, object]) -> Event:
    return Event(1, 1, "2024-06-02T10:41:00Z", "who", what, "2024-000001", before, after)


def test_an_event_is_told_in_words() -> None:
    changed = event(
        "changed",
        {"date": "2012", "proposed:date": True, "inbox": True, "tags": None},
        {"date": "2012-12-04", "proposed:date": None, "inbox": None, "tags": ["a", "b"]},
    )
    assert lines_of(changed, Plain()) == [
        "Date: 2012 \u2192 4 December 2012",
        "Tag: nothing \u2192 A, B",
        "Confirmed: date",
        "Left the inbox",
    ]
    filed = event(
        "filed",
        {},
        {
            "title": "Note",
            "agents": [["Ilva Marenk", "author"]],
            "original": ["ab", 1200, "note.txt", "text/plain", ""],
            "text": ["cd", 1],
            "proposed:title": True,
        },
    )
    assert lines_of(filed, Plain()) == [
        "Title: NOTE",
        "Person or body: Ilva Marenk (author)",
        "Original: note.txt, 1 kB",
        "Proposed, not confirmed: title",
    ]
    corrected = event("text corrected", {"text": ["ab", 1]}, {"text": ["cd", 2]})
    assert lines_of(corrected, Plain()) == ["Text: version 1 \u2192 version 2"]
    erased = Event(1, 1, "", "", "changed", "", None, None)
    assert "erased" in lines_of(erased, Plain())[0]


@pytest.mark.parametrize(
    ("query", "count", "words"),
    [
        ('"strategic partnership" date:2010..2018 -type:note', 2, '"strategic partnership"'),
        ("ferry OR bridge", 0, "ferry OR bridge"),
        ("type:(note OR speech) x", 1, "x"),
        ("*", 0, ""),
        ('"open', 0, '"open"'),
        ("date:", 0, ""),
    ],
)
def test_filters_are_told_from_words(query: str, count: int, words: str) -> None:
    assert filters.filters(query) == count
    assert filters.without_filters(query) == words


# Originals


def original(kind: str, member: str = "") -> Original:
    return Original("ab" * 32, 3, "name", kind, member)


def test_originals_are_shown_by_what_they_are(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"title": "A"}\n{"title": "Ä"}\n', encoding="utf-8")
    row = receive(original("application/x-ndjson", "2"), rows)
    assert row.text == '{\n  "title": "Ä"\n}'
    latin = tmp_path / "old.txt"
    latin.write_bytes("Déclaration commune à l'issue".encode("cp1252"))
    assert "Déclaration" in receive(original("text/plain"), latin).text
    assert sort_of(original("application/msword")) is Sort.FILE
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    assert receive(original("image/png"), broken).sort is Sort.FILE


def test_a_copy_is_written_or_the_reason_told(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_text("x")
    assert files.copy_out(source, tmp_path / "copy").read_text() == "x"
    with pytest.raises(StorageError, match="could not be written"):
        files.copy_out(source, tmp_path / "no" / "copy")
    outbox = files.Outbox()
    opened = outbox.copy(source, "a/b?.txt")
    assert opened.name == "a_b_.txt"
    outbox.clear()
    assert not opened.parent.exists()
    assert files.safe_name(" .. ") == "document"


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    document = pypdfium2.PdfDocument.new()
    for _ in range(3):
        document.new_page(400, 600)
    target = tmp_path / "three.pdf"
    document.save(target)
    document.close()
    return target


def test_pages_of_a_pdf_are_drawn_as_they_come_in_sight(
    qtbot: QtBot, desk: Desk, pdf: Path
) -> None:
    pages = PdfPages(desk)
    qtbot.addWidget(pages)
    pages.resize(500, 600)
    pages.show()
    pages.show_file(pdf)
    qtbot.waitUntil(lambda: pages.pages() == 3)
    qtbot.waitUntil(lambda: any(page == 0 for page, _width in pages._drawn))
    QTest.keyClick(pages, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: any(page == 2 for page, _width in pages._drawn))
    assert pages.page_at_top() == 3
    QTest.keyClick(pages, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    pages.grab()
    pages.close_file()
    assert pages.pages() == 0


def test_a_broken_pdf_says_so(tmp_path: Path, pdf: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(WorldError, match="cannot be drawn"):
        PdfFile(broken)
    file = PdfFile(pdf)
    assert file.draw(0, 200).width() == 200
    file.close()
    with pytest.raises(WorldError):
        file.draw(0, 200)


def test_labels_are_codes_while_no_archive_is_open(desk: Desk) -> None:
    assert describe.labels_of(desk).label("type", "note") == "note"


def test_labels_come_from_the_archive(open_desk: Desk) -> None:
    assert isinstance(open_desk.archive, Archive)
    assert describe.labels_of(open_desk).label("country", "FR") == "France"
