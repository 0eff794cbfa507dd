"""Was this ever said: the verdict in words and a sign, the places, what can be done with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from archivist.archive.wording.results import Use
from archivist.desk.context import Desk
from archivist.desk.dialogs.quote import QuoteDialog
from archivist.desk.gathering import Gathering
from archivist.desk.views.quote_matches import MatchRow
from archivist.desk.views.wording_text import merged
from tests.desk.wordings import ASKED, NEAR, RIGHT_TO_LEFT, Quotes, match


class Asking:
    """A dialog that asks, and who answers it."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.quotes = Quotes()
        self.dialog = QuoteDialog(desk, Gathering(desk), lambda: self.quotes)
        qtbot.addWidget(self.dialog)

    def ask(self, text: str) -> QuoteDialog:
        self.dialog.ask(text)
        self.calm()
        return self.dialog

    def calm(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.tasks.busy())


@pytest.fixture
def asking(desk: Desk, qtbot: QtBot) -> Iterator[Asking]:
    made = Asking(desk, qtbot)
    yield made
    made.dialog.hide()


def test_what_stands_word_for_word_is_told_with_its_records(asking: Asking) -> None:
    dialog = asking.ask(ASKED)
    assert dialog.verdict.word.text() == "Word for word"
    assert dialog.verdict.sentence.text().startswith("These words stand in 12 records")
    rows = dialog.matches.rows.rows
    assert [row.spoken().partition(".")[0] for row in rows] == ["Word for word"] * 2
    assert "Ilva Marenk" in rows[0].spoken()


def test_what_is_near_marks_words_and_warns_of_a_turned_sense(asking: Asking) -> None:
    dialog = asking.ask("We will support it.")
    assert "not in sense" in dialog.verdict.word.text()
    first, second = dialog.matches.rows.rows
    assert first.spoken().startswith("86 % alike. Warning: “not” stands there")
    assert "[gone: We] [new: Valdora] will [new: not] [other form: supported]" in first.spoken()
    assert "Warning" not in second.spoken()
    assert dialog.matches.height_of(first) > dialog.matches.height_of(second)
    assert "Nearly" in asking.ask("We shall support it.").verdict.word.text()


def test_what_was_never_said_says_so_and_offers_nothing(asking: Asking) -> None:
    dialog = asking.ask("A zebra crossed the strait.")
    assert dialog.verdict.word.text() == "Never"
    assert not dialog.matches.rows.rows
    assert not any(b.isEnabled() for b in (dialog.copy, dialog.gather, dialog.reader))


def test_what_cannot_be_looked_for_is_told_in_place(asking: Asking) -> None:
    dialog = asking.ask("?")
    assert dialog.verdict.sentence.text() == "There are no words to look for. Paste a sentence."
    assert not dialog.verdict.word.isVisible()


def test_enter_in_the_field_asks_once_and_down_goes_to_the_places(asking: Asking) -> None:
    dialog = asking.ask("")
    QTest.keyClicks(dialog.field, ASKED)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    asking.calm()
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    asking.calm()
    assert asking.quotes.asked == [ASKED]
    assert dialog.isVisible()
    QTest.keyClick(dialog.field, Qt.Key.Key_Down)
    asking.qtbot.waitUntil(dialog.matches.hasFocus)


def test_a_paste_is_looked_for_after_a_pause(asking: Asking, qtbot: QtBot) -> None:
    dialog = asking.ask("")
    QGuiApplication.clipboard().setText(ASKED)
    dialog.field.paste()
    qtbot.waitUntil(lambda: asking.quotes.asked == [ASKED])
    asking.calm()
    dialog.field.clear()
    qtbot.waitUntil(lambda: dialog.found is None)


def test_enter_opens_the_place_and_keys_copy_it(asking: Asking) -> None:
    opened: list[Use] = []
    dialog = asking.ask(ASKED)
    dialog.opened.connect(opened.append)
    dialog.matches.setFocus()
    QTest.keyClick(dialog.matches, Qt.Key.Key_Down)
    QTest.keyClick(dialog.matches, Qt.Key.Key_Return)
    assert opened == [match(4).use]
    QTest.keyClick(dialog.matches, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied == f"\u201c{ASKED}\u201d ({match(4).citation})"


def test_a_long_answer_is_scrolled_to_the_place_in_hand(asking: Asking) -> None:
    dialog = asking.ask("We shall support it.")
    dialog.resize(720, 330)
    asking.qtbot.waitUntil(lambda: dialog.height() < 400)
    dialog.matches.setCurrentIndex(dialog.matches.rows.index(1))
    bar = dialog._scroll.verticalScrollBar()
    asking.qtbot.waitUntil(lambda: bar.maximum() == 0 or bar.value() > 0)


def test_both_texts_are_read_as_one() -> None:
    words = merged(NEAR)
    assert words.text.startswith("We Valdora will not supported the strategic partnership")
    marks = [(words.text[span.start : span.end], span.mark) for span in words.spans]
    assert marks == [("We", "gone"), ("Valdora", "new"), ("not", "new"), ("supported", "form")]


def test_every_part_has_a_name_and_arabic_is_read(asking: Asking) -> None:
    dialog = asking.ask(ASKED)
    for part in (dialog.field, dialog.matches, dialog.verdict, dialog.check, dialog.reader):
        interface = QAccessible.queryAccessibleInterface(part)
        assert interface is not None
        assert interface.text(QAccessible.Text.Name), part
    row = MatchRow.of(0, match(3, RIGHT_TO_LEFT), exact=False)
    assert "[gone: الشراكة الاستراتيجية]" in row.spoken()
    dialog.matches.show_matches([row])
    assert not dialog.grab().isNull()
