"""Fields of the archive's own in the search: completed, read, counted, left out, explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

from archivist.desk.views.facet_rows import label_of
from tests.desk.test_keyboard import driven as driven  # noqa: PLC0414 - a fixture

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desk.test_window import Driven

_ROWS = """title,body,shelf mark,box
Note on the review,The review was handed over.,A 12 b,14
Note on ports,The ports agreement.,A 12 c,14
Note on ferries,Ferries and piers.,B 3,15
"""


def test_a_column_of_a_catalogue_is_a_field_like_any_other(driven: Driven, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(_ROWS, encoding="utf-8")
    window = driven.window
    window.commands.import_paths([str(file)])
    editor = window.header.search.editor
    driven.bot.waitUntil(lambda: "shelf_mark" in editor.lexicon.custom(), timeout=30_000)
    driven.calm()
    window.header.search.focus()
    QTest.keyClicks(editor, "shelf")
    driven.calm()
    assert "shelf_mark:" in window.header.search._suggestions.labels()
    editor.clear()
    driven.type('shelf_mark:"A 12"')
    assert driven.total() == 2
    assert window.header.search.reading.text() == "Documents with shelf mark “A 12”."
    window.facets.choose([*window.facets.shown(), "shelf_mark"])
    driven.calm()
    answer = window.asking.answer
    assert answer is not None
    counts = {one.value: one.count for one in answer.found.facets["shelf_mark"]}
    assert counts["A 12 b"] == counts["A 12 c"] == 1
    assert label_of("shelf_mark") == "Shelf mark"
    window.search('shelf_mark:A -shelf_mark:"A 12 b"')
    driven.calm()
    assert driven.total() == 1
    window.search("shelf_mark:zeta")
    driven.calm()
    assert "No record has the shelf mark “zeta”." in window.results._empty.reason.text()
