"""The Wording view: what a query asks of it, its plot, tables, uses and two uses side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from archivist.archive.wording.results import Difference, Use
from archivist.desk.context import Desk
from archivist.desk.gathering import Gathering
from archivist.desk.models import wording as model
from archivist.desk.models.filters import OwnFields
from archivist.desk.models.lines import LINE
from archivist.desk.start import end
from archivist.desk.theme import Tokens
from archivist.desk.views import wording_export
from archivist.desk.views.wording import WordingView
from archivist.desk.views.wording_drawing import Plane, pen_of
from archivist.desk.views.wording_tables import Cells
from archivist.desk.views.wording_text import LaidWords, side_of
from archivist.desk.views.wording_uses import cut_before
from archivist.model.errors import StorageError
from archivist.model.progress import CancelToken
from tests.desk.test_concordance import press
from tests.desk.test_window import Driven
from tests.desk.wordings import DIFFERENCES, PHRASE, RIGHT_TO_LEFT, Shelf, by_year, use, variant

FIELDS = OwnFields(())


class Shown:
    """A view on a shelf, and keys for it."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.shelf = Shelf(FIELDS)
        self.view = WordingView(desk, Gathering(desk), lambda: self.shelf)
        qtbot.addWidget(self.view)
        self.view.resize(1184, 760)
        self.view.show()
        self.view.set_active(active=True)
        self.ask(f'"{PHRASE}"')

    def ask(self, query: str, sequence: int = 1) -> None:
        self.view.show_query(query, sequence)
        self.calm()

    def calm(self) -> None:
        self.qtbot.waitUntil(lambda: not self.desk.tasks.busy())

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        none = Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self.view.body.uses, key, modifier or none)
        self.calm()

    def line(self) -> Use:
        found = self.view.current_line()
        assert found is not None
        return found


@pytest.fixture
def shown(desk: Desk, qtbot: QtBot) -> Iterator[Shown]:
    made = Shown(desk, qtbot)
    yield made
    made.view.close()


# What a query asks


@pytest.mark.parametrize(
    ("query", "phrase", "rest"),
    [
        ('"strategic partnership"', "strategic partnership", ""),
        ("strategic partnership", "strategic partnership", ""),
        ('"strategic partnership" date:2010..2018', "strategic partnership", "date:2010..2018"),
        ('summit "strategic partnership" -type:note', "strategic partnership",
         "summit -type:note"),
        ("type:note", "", ""),
        ("", "", ""),
        ("war OR peace", "", ""),
        ("partner*", "", ""),
    ],
)  # fmt: skip
def test_the_phrase_of_a_query(query: str, phrase: str, rest: str) -> None:
    asked = model.asked(query, FIELDS)
    assert (asked.phrase, asked.rest) == (phrase, rest)
    assert bool(asked.reason) == (not phrase)


# The plot


def test_lines_begin_at_the_first_use_and_end_at_the_last() -> None:
    found = Shelf(FIELDS).wording(PHRASE, cancel=CancelToken())
    picture = model.picture_of(found, {0: 0, 1: 1}, share=False)
    relation = picture.series[1]
    assert relation.points()[0] == (2008, 1)
    assert relation.points()[-1] == (2020, 1)
    assert relation.value(2019) == 0
    assert replace(relation, filed={2018: 4}).value(2019) is None, "nothing was filed then"
    assert relation.value(2021) is None
    assert picture.told(2014) == "2014: strategic partnership 13, strategic relationship 4"
    assert picture.table().splitlines()[0] == "Year\tstrategic partnership\tstrategic relationship"


def test_shares_are_uses_by_what_was_filed_and_break_where_nothing_was() -> None:
    series = model.Series(
        "words", 0, {2001: 2, 2003: 1, 2004: 3}, {2001: 400, 2004: 1500}, share=True
    )
    assert series.value(2001) == 5
    assert series.value(2003) is None
    assert series.runs() == [[(2001, 5.0)], [(2004, 2.0)]]


@given(st.floats(0.0005, 1e6))
def test_the_grid_reaches_over_the_highest_value(top: float) -> None:
    grid = model.steps(top)
    assert grid[0] == 0
    assert grid[-1] >= top * 0.999
    assert grid[-2] < top
    assert 2 <= len(grid) <= 7


def test_counts_have_a_grid_of_whole_numbers() -> None:
    assert model.steps(3) == [0, 1, 2, 3]
    assert model.steps(13) == [0, 5, 10, 15]
    assert model.steps(1) == [0, 1]


def test_a_look_stays_with_its_form_and_five_are_enough() -> None:
    looks = model.Looks()
    looks.start(8)
    assert looks.all() == {0: 0, 1: 1, 2: 2}
    assert looks.toggle(1)
    assert looks.toggle(5)
    assert looks.look(5) == 1
    assert looks.look(2) == 2
    assert looks.toggle(6)
    assert looks.toggle(7)
    assert not looks.toggle(1)


def test_lines_differ_by_dashes_not_by_colour_alone() -> None:
    tokens = Tokens.load("light")
    dashes = [tuple(pen_of(look, tokens).dashPattern()) for look in range(model.MOST)]
    assert len(set(dashes)) == model.MOST


def test_names_stand_apart_and_cover_no_number(desk: Desk) -> None:
    found = Shelf(FIELDS).wording(PHRASE, cancel=CancelToken())
    picture = model.picture_of(found, {n: n for n in range(5)}, share=False)
    plane = Plane.of(picture, QRectF(0, 0, 1000, 186), desk.theme)
    assert plane.year_at(plane.x(2014) + 2) == 2014
    assert plane.x(2024) < 1000
    assert plane.y(0) == plane.plot.bottom()
    xs = [plane.x(year) for year in range(2006, 2025)]
    assert all(right > left for left, right in pairwise(xs))


def test_the_plot_is_saved_as_svg_png_and_table(desk: Desk, tmp_path: Path) -> None:
    found = Shelf(FIELDS).wording(PHRASE, cancel=CancelToken())
    picture = model.picture_of(found, {n: n for n in range(5)}, share=False)
    for ending in ("svg", "png", "csv"):
        wording_export.save(picture, desk.theme, tmp_path / f"plot.{ending}")
    svg = (tmp_path / "plot.svg").read_text(encoding="utf-8")
    assert "<svg" in svg
    assert "strategic relationship" in svg
    assert "stroke-dasharray" in svg
    image = QImage(str(tmp_path / "plot.png"))
    assert image.width() >= 2000
    assert (tmp_path / "plot.csv").read_text().startswith("Year\t")
    with pytest.raises(StorageError):
        wording_export.save(picture, desk.theme, tmp_path / "nowhere" / "plot.svg")


def test_the_plot_tells_a_year_by_keys_and_mouse(shown: Shown, qtbot: QtBot) -> None:
    plot = shown.view.body.plot
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Home)
    assert "At 2006: close cooperation 2" in plot.accessibleDescription()
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert "At 2007" in plot.accessibleDescription()
    place = QPoint(round(plot.plane().x(2014)) + 1, 60)
    QTest.mouseMove(plot, place)
    qtbot.waitUntil(lambda: plot.told().startswith("2014: strategic partnership 13"))
    QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=place)
    shown.calm()
    assert shown.line().date.startswith("2014")
    before = shown.view.body.uses.currentIndex().row() - 1
    assert use((before, 0, 0)).date.startswith("2013")


def test_shares_take_the_place_of_counts(shown: Shown) -> None:
    shown.view.head._kinds[1].trigger()
    assert shown.view.picture().share
    assert "1,000" in shown.view.body.plot.accessibleName()
    kept = shown.view.save_state()
    shown.view.count_share(share=False)
    shown.view.restore_state(kept)
    assert shown.view.picture().share


# Tables


def test_head_and_tables_say_what_was_found(shown: Shown) -> None:
    assert PHRASE in shown.view.head.phrase.text()
    said = shown.view.head.meta.text()
    assert said.startswith("99 uses in 86 records, first ")
    assert "2 without a date" in said
    rows = shown.view.body.variants.rows.rows
    assert rows[1].text == "strategic relationship"
    assert "36 uses, drawn, first" in rows[1].spoken()
    assert "not drawn" in rows[3].spoken()
    users = shown.view.body.users.rows.rows
    assert users[0].spoken() == "Ilva Marenk, 52 uses, 15 January 2010 to October 2024"
    assert users[3].text == "Nobody named"
    assert "First use: Ilva Marenk" in shown.view.body.note.text()


def test_space_ticks_what_is_drawn_and_the_sixth_is_refused(shown: Shown) -> None:
    messages: list[str] = []
    shown.desk.events.message.connect(messages.append)
    forms = shown.view.body.variants
    forms.setFocus()
    for row in (3, 4, 5):
        forms.setCurrentIndex(forms.rows.index(row))
        QTest.keyClick(forms, Qt.Key.Key_Space)
    names = [one.name for one in shown.view.picture().series]
    assert len(names) == model.MOST
    assert "partnership of a strategic kind" not in names
    assert "5 lines at most" in messages[-1]


def test_a_form_shows_its_uses_and_its_first_record(shown: Shown) -> None:
    opened: list[Use] = []
    shown.view.opened.connect(opened.append)
    forms = shown.view.body.variants
    forms.setFocus()
    QTest.keyClick(forms, Qt.Key.Key_Down)
    shown.calm()
    assert shown.view.body.uses_model.rowCount() == 36
    assert "strategic relationship" in shown.line().text
    QTest.keyClick(forms, Qt.Key.Key_F)
    assert opened == [variant("strategic relationship").first]


@pytest.mark.parametrize("width", [900, 520, 400, 300, 240])
def test_columns_stay_in_a_narrow_table(desk: Desk, width: int) -> None:
    cells = Cells.of(width, desk.theme)
    edges = [edge for pair in cells if pair[1] for edge in pair]
    assert edges == sorted(edges)
    assert edges[-1] <= width
    assert cells.name[1] - cells.name[0] >= 110


# Uses, and two of them side by side


def test_first_and_last_are_compared_at_first_and_keys_choose_others(shown: Shown) -> None:
    pane = shown.view.body.compare
    assert pane.gone.label.text() == "11 words gone"
    assert pane.new.label.text() == "11 words new"
    shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_B)
    assert shown.view._ends["B"] == shown.line()
    assert "use B of the two compared" in shown.view.body.uses_model.spoken(shown.line())
    before = dict(shown.view._ends)
    shown.press(Qt.Key.Key_X)
    assert shown.view._ends == {"A": before["B"], "B": before["A"]}


def test_a_letter_is_dragged_to_another_line(shown: Shown) -> None:
    uses = shown.view.body.uses
    port, tall = uses.viewport(), uses.rowHeight(0)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(port, left, none, QPoint(30, tall // 2))
    QTest.mouseMove(port, QPoint(30, tall * 2 + 5))
    QTest.mouseRelease(port, left, none, QPoint(30, tall * 2 + 5))
    shown.calm()
    assert shown.view._ends["A"] == uses.model().index(2, 0).data(LINE)


def test_enter_opens_a_use_and_a_key_copies_it(shown: Shown) -> None:
    opened: list[Use] = []
    shown.view.opened.connect(opened.append)
    shown.press(Qt.Key.Key_Return)
    assert opened == [shown.line()]
    shown.press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied == f"\u201c{shown.line().text}\u201d (Joint communiqué, VAL-0, ¶ 2)"


def test_the_plot_is_copied_as_picture_and_table(shown: Shown) -> None:
    plot = shown.view.body.plot
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.hasImage()
    assert mime.text().startswith("Year\tstrategic partnership")
    assert mime.hasFormat("image/svg+xml")


def test_the_rest_of_a_query_narrows_the_records(shown: Shown) -> None:
    shown.ask(f'"{PHRASE}" type:note')
    assert shown.shelf.asked[-1] == (PHRASE, frozenset({1, 2, 3}))


def test_the_same_query_keeps_what_was_chosen(shown: Shown) -> None:
    shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_A)
    shown.view.tick(2)
    ends = dict(shown.view._ends)
    shown.ask(f'"{PHRASE}"', sequence=2)
    assert shown.view._ends == ends
    assert len(shown.view.picture().series) == 2
    assert len(shown.shelf.asked) == 2


def test_counting_that_takes_long_is_told_and_can_be_stopped(shown: Shown, qtbot: QtBot) -> None:
    shown.shelf.slow = True
    shown.view.show_query('"close cooperation"', 1)
    qtbot.waitUntil(shown.view.head.cancel.isVisible)
    assert shown.view.head.meta.text().startswith("Counting")
    shown.view.head.cancel.click()
    shown.calm()
    assert not shown.view.head.cancel.isVisible()
    assert "99 uses" in shown.view.head.meta.text(), "what was shown before stays"
    shown.shelf.slow = False
    shown.view.set_active(active=True)
    shown.calm()
    assert shown.view.found is not None
    assert shown.view.found.phrase == "close cooperation"


def test_no_use_no_phrase_and_no_record_say_so(shown: Shown) -> None:
    asked: list[str] = []
    shown.view.query_edited.connect(asked.append)
    shown.ask("zebra")
    assert shown.view.empty.reason.text() == "No record says “zebra”."
    shown.view.empty.link.click()
    assert asked == [f'"{PHRASE}"']
    shown.ask("type:note")
    assert "phrase" in shown.view.empty.title.text()
    shown.shelf.empty = True
    shown.ask("*")
    assert "empty" in shown.view.empty.title.text()
    assert shown.view.empty.files.isVisible()


def test_every_part_has_a_name(shown: Shown) -> None:
    body, head = shown.view.body, shown.view.head
    parts = (body.plot, body.variants, body.users, body.uses, body.compare.swap, head.count,
             head.more, body.compare.left.open, body.compare.left.text.page)  # fmt: skip
    for part in parts:
        interface = QAccessible.queryAccessibleInterface(part)
        assert interface is not None
        assert interface.text(QAccessible.Text.Name), part
    page = body.compare.right.text.page
    assert "[new: reaffirm]" in page.accessibleDescription()
    assert "[other form: consultations]" in page.accessibleDescription()


# In the window, with a real archive


@pytest.fixture
def driven(desk: Desk, archive_folder: Path, qtbot: QtBot) -> Iterator[Driven]:
    made = Driven(desk, qtbot)
    qtbot.addWidget(made.window)
    made.open(archive_folder)
    yield made
    desk.jobs.running.clear()
    made.window.close()
    end(desk)


def followed(driven: Driven, query: str = f'"{PHRASE}"') -> WordingView:
    driven.window.search(query)
    driven.calm()
    press(driven, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    driven.calm()
    return driven.window.centre.wording


def test_one_key_follows_the_phrase_of_the_query(driven: Driven) -> None:
    view = followed(driven)
    found = driven.archive.wording(PHRASE)
    assert driven.window.centre.found.view() == "wording"
    assert not driven.window.reader.isVisible()
    assert view.found is not None
    assert view.found.uses == found.uses > 5
    assert QApplication.focusWidget() is view.body.uses
    assert view.picture().series[0].uses == found.by_year
    line = view.current_line()
    assert line is not None
    assert PHRASE in line.text.casefold()
    assert driven.window.target_ids() == (line.record,)


def test_filters_narrow_the_wording(driven: Driven) -> None:
    view = followed(driven)
    every = view.found
    driven.window.search(f'"{PHRASE}" date:2014..2016')
    driven.calm()
    assert every is not None
    assert view.found is not None
    assert 0 < view.found.uses < every.uses
    assert set(view.found.by_year) <= {2014, 2015, 2016}


def test_the_reader_shows_a_use_and_the_dossier_takes_it(driven: Driven) -> None:
    view = followed(driven)
    press(driven, Qt.Key.Key_Down)
    press(driven, Qt.Key.Key_D)
    line = view.current_line()
    assert line is not None
    assert driven.window.centre.gathering.stretches == {line.stretch}
    press(driven, Qt.Key.Key_Return)
    reader = driven.window.reader
    assert reader.isVisible()
    page = reader.page.text
    assert page.page().marks[page.current_hit()] == (line.start, line.end)
    press(driven, Qt.Key.Key_F3)
    assert view.current_line() != line


def test_the_view_is_remembered_and_left_with_its_archive(driven: Driven) -> None:
    view = followed(driven)
    view.count_share(share=True)
    driven.window.memory.save()
    folder = driven.archive.path
    driven.window.close_archive()
    driven.calm()
    assert view.found is None
    driven.open(folder)
    assert driven.window.centre.found.view() == "wording"
    assert view.picture().share
    assert view.body.uses_model.rowCount() > 5


def test_a_form_is_added_by_hand(driven: Driven) -> None:
    view = followed(driven)
    add = view.body.add
    QTest.mouseClick(add.link, Qt.MouseButton.LeftButton)
    assert add.field.isVisible()
    press(driven, Qt.Key.Key_Escape)
    assert not add.field.isVisible()
    add.open()
    QTest.keyClicks(add.field, "Partnership")
    QTest.keyClick(add.field, Qt.Key.Key_Return)
    driven.bot.waitUntil(
        lambda: view.found is not None and view.found.variants[1].kind == "added", timeout=10_000
    )
    assert view.found is not None
    before = [one.text for one in view.found.variants]
    assert before[1] == "partnership"
    view.add_variant("the lighthouse of nobody")
    driven.calm()
    view.add_variant("one " * 13)
    driven.calm()
    assert [one.text for one in view.found.variants] == before
    driven.type('"partnership"')
    driven.calm()
    assert view.found is not None
    assert all(one.kind != "added" for one in view.found.variants)


def test_the_plot_is_saved_where_it_is_asked(driven: Driven, tmp_path: Path) -> None:
    followed(driven)
    press(
        driven, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    dialog = driven.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "plot.svg"))
    dialog.close()
    assert (tmp_path / "plot.svg").read_text().startswith("<?xml")


def test_words_of_the_reader_are_followed_and_checked(driven: Driven) -> None:
    driven.type(f'"{PHRASE}"')
    window = driven.window
    window.results.focus_list()
    driven.calm()
    page = window.reader.page.text
    assert page.find("strategic partnership")
    press(
        driven,
        Qt.Key.Key_Q,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    driven.calm()
    dialog = window.tools.quote
    assert dialog is not None
    assert dialog.found is not None
    assert dialog.found.verdict == "verbatim"
    dialog.matches.opened.emit(0)
    driven.calm()
    use = dialog.found.matches[0].use
    assert page.page().marks[page.current_hit()] == (use.start, use.end)
    dialog.hide()
    window.reader.wording_asked.emit(f'"{PHRASE}"')
    driven.calm()
    assert window.centre.found.view() == "wording"


def test_a_line_of_the_concordance_and_words_of_the_reader_are_tracked(driven: Driven) -> None:
    alt = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    driven.type("partnership")
    window = driven.window
    window.show_view("concordance")
    driven.calm()
    line = window.centre.concordance.current_line()
    assert line is not None
    press(driven, Qt.Key.Key_W, alt)
    driven.calm()
    assert window.centre.found.view() == "wording"
    assert window.header.search.text() == f'"{line.keyword}"'
    wording = window.centre.wording
    driven.bot.waitUntil(lambda: wording.found is not None, timeout=10_000)
    assert wording.found is not None
    assert wording.found.phrase == line.keyword
    window.show_records()
    window.show_view("records")
    driven.calm()
    assert window.reader.page.text.find("strategic partnership")
    press(driven, Qt.Key.Key_W, alt)
    driven.calm()
    assert window.header.search.text() == '"strategic partnership"'
    assert window.centre.found.view() == "wording"


# Marked words


def test_words_gone_and_new_are_marked_without_their_blanks() -> None:
    left, right = side_of(DIFFERENCES, left=True), side_of(DIFFERENCES, left=False)
    assert left.text.startswith("The two ministers take note of the strategic")
    gone = [left.text[span.start : span.end] for span in left.spans if span.mark == "gone"]
    assert gone == ["take note of", "will consider", "where both sides find it useful"]
    assert right.words_marked("new") == 11
    marked = right.with_phrase(right.text.index(PHRASE), right.text.index(PHRASE) + len(PHRASE))
    assert PHRASE in {marked.text[s.start : s.end] for s in marked.spans if s.mark == "phrase"}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["same", "exchanged", "inserted", "dropped", "inflected"]),
            st.text("ab ,.é", max_size=6),
            st.text("cd ,.é", max_size=6),
        ),
        max_size=8,
    )
)
def test_marks_never_overlap_and_texts_stay_whole(pieces: list[tuple[str, str, str]]) -> None:
    differences = [Difference(*piece) for piece in pieces]  # type: ignore[arg-type]
    for left in (True, False):
        words = side_of(differences, left=left)
        whole = "".join(one.left if left else one.right for one in differences)
        assert words.text.split() == whole.split()
        marked = words.with_phrase(0, len(words.text))
        for one, following in pairwise(marked.spans):
            assert one.start < one.end <= following.start


def test_arabic_is_set_from_the_right(desk: Desk) -> None:
    words = side_of(RIGHT_TO_LEFT, left=True)
    laid = LaidWords(words, desk.theme.font("l", serif=True), 900, 25)
    (line,) = laid._lines
    assert line.naturalTextRect().right() > 895


def test_a_sentence_is_cut_before_its_phrase() -> None:
    text = "In the course of their talks both ministers described the strategic partnership again."
    at = text.index("strategic")
    cut, moved = cut_before(text, (at, at + 21), 20)
    assert cut[at + moved :].startswith("strategic partnership")
    assert cut.startswith("\u2026 ")
    assert at + moved <= 22
    assert cut_before(text, (5, 10), 20) == (text, 0)


def test_years_of_a_form_add_up() -> None:
    for form in (PHRASE, "close cooperation"):
        assert sum(by_year(form).values()) == variant(form).uses
