"""Where each letter of a text stands on the reader's page, heading and wide letters included."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from archivist.desk.context import Desk
from archivist.desk.views.reader_setting import Page, Setting
from archivist.desk.views.reader_speakers import Said
from archivist.desk.views.reader_text import ReaderText

TITLE = "Joint communiqué on the visit"
_WORDS = st.text("ab 𝒳é\n", min_size=1, max_size=40).filter(lambda text: bool(text.strip()))


def set_page(desk: Desk, text: str, title: str = TITLE) -> tuple[Setting, QTextDocument]:
    document = QTextDocument()
    setting = Setting(document, desk.theme)
    setting.begin(Page(title, "meta", text))
    setting.place_head()
    setting.place(len(setting.paragraphs))
    return setting, document


@pytest.mark.parametrize("headed", [True, False])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(_WORDS, min_size=1, max_size=5))
def test_every_letter_has_its_place_and_every_place_its_letter(
    desk: Desk, headed: bool, parts: list[str]
) -> None:
    text = "\n\n".join([TITLE, *parts] if headed else parts)
    setting, document = set_page(desk, text)
    for paragraph in setting.paragraphs:
        for offset in range(paragraph.start, paragraph.end):
            block = setting.block_of(offset)
            assert block is not None
            piece = setting.within(block, offset, offset + 1)
            assert piece is not None
            units = block.text().encode("utf-16-le")[2 * piece.start : 2 * piece.end]
            assert units.decode("utf-16-le").replace("\u2028", "\n") == text[offset]
            assert setting.offset(block.position() + piece.start) == offset
    assert document.blockCount() == len(setting.paragraphs) + 2 - headed


def test_what_is_not_set_stands_nowhere(desk: Desk) -> None:
    text = "\n\n".join(f"Paragraph {number}." for number in range(9))
    document = QTextDocument()
    setting = Setting(document, desk.theme)
    setting.begin(Page(TITLE, "meta", text))
    setting.place_head()
    setting.place(2)
    assert not setting.is_whole()
    assert setting.top_of(text.index("1")) is not None
    assert setting.top_of(text.index("8")) is None
    assert setting.block_of(len(text) + 5) is None
    setting.place_until(text.index("8"))
    assert setting.is_whole()
    assert setting.offset(0) is None, "the title is not of the text"


def test_of_statements_within_one_another_the_inner_one_is_told(desk: Desk) -> None:
    page = ReaderText(desk)
    page.show_page(Page(TITLE, "meta", "He said that “we go” and left."))
    outer, inner = Said(8, 29, "outer"), Said(14, 19, "inner")
    page.show_said([outer, inner])
    assert page.said.there(15) == inner
    assert page.said.there(10) == outer
    assert page.said.there(2) is None
    page.deleteLater()
