"""Hits as lines with their texts, passages with citations, dossiers of what was gathered."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archivist.archive import Archive
from archivist.archive.results import Collected, Line
from archivist.model.errors import InputError, QueryError
from archivist.model.record import Description

if TYPE_CHECKING:
    from collections.abc import Iterator

TREATY = (
    "MOSCOW, 3 April 2012\n\nThe strategic partnership between both states began in 1992.\n\n"
    "They value it.\n\nA strategic\npartnership of equals, said the ambassador.\n"
)
ARABIC = "قال الوزير إن الأمم المتحدة تدعم السلام في المنطقة."
CHINESE = "中国政府重申，两国关系是战略伙伴关系。"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Return an archive with four records."""
    with Archive.create(tmp_path / "mission.archive") as made:
        for title, text, language, date in (
            ("Treaty", TREATY, "en", "2012-04-03"),
            ("Strategic partnership", "Nothing of the kind.", "en", ""),
            ("Speech", ARABIC, "ar", "2013"),
            ("Report", CHINESE, "zh", "2014-05"),
        ):
            made.type_in(Description(title=title, language=language, date=date), text)
        yield made


def whole(line: Line) -> str:
    return f"{line.left}{line.keyword}{line.right}"


def test_every_hit_is_a_line_with_what_stands_around_it(archive: Archive) -> None:
    found = archive.concordance('"strategic partnership"', sort="right")
    assert (len(found), found.records, found.reason) == (2, 1, None)
    first, second = found.lines(0, 10)
    assert first.right.startswith(" between both states")
    assert (second.left[-2:], second.keyword) == ("A ", "strategic partnership")
    assert second.left.startswith("MOSCOW, 3 April 2012 The strategic")
    text = archive.text(archive.record(first.record))
    assert text[second.start : second.end] == "strategic\npartnership"
    assert "\n" not in whole(first)
    assert (first.title, first.date) == ("Treaty", "2012-04-03")
    assert found.lines(1, 2) == [second]
    assert found.lines(2, 9) == []


def test_contexts_are_cut_at_whole_words(archive: Archive) -> None:
    words = " ".join(f"word{number}" for number in range(400))
    archive.type_in(Description(title="Long"), f"{words} zebra {words}")
    (line,) = archive.concordance("zebra").lines(0, 1)
    assert line.left.startswith("… word")
    assert line.right.endswith(" …")
    assert set(re.findall(r"\w+", whole(line))) <= {*words.split(), "zebra"}
    assert 130 < len(line.left) < 165 > len(line.right) > 130


def test_lines_of_other_scripts(archive: Archive) -> None:
    (arabic,) = archive.concordance("الأمم").lines(0, 5)
    assert (arabic.keyword, arabic.left.split()[-1]) == ("الأمم", "إن")
    lines = archive.concordance("关系", sort="left").lines(0, 5)
    assert sorted(line.left[-1] for line in lines) == ["伴", "国"]
    assert {line.keyword for line in lines} == {"关系"}


def test_no_lines_have_their_reason(archive: Archive) -> None:
    assert "words" in str(archive.concordance("*").reason)
    assert "title" in str(archive.concordance("title:strategic").reason)
    assert "zebra" in str(archive.concordance("zebra").reason)
    with pytest.raises(QueryError):
        archive.concordance('"open')
    with pytest.raises(InputError):
        archive.concordance("peace", sort="colour")


def test_a_text_changed_since_never_gives_a_wrong_hit(archive: Archive) -> None:
    found = archive.concordance('"strategic partnership"', sort="left")
    ref = found.lines(0, 1)[0].ref
    archive.correct_text(ref, "Of peace they spoke, and " + TREATY)
    lines = found.lines(0, 2)
    assert all(line.gone or line.keyword.split() == ["strategic", "partnership"] for line in lines)
    assert any(line.gone for line in lines)
    again = archive.concordance('"strategic partnership"', sort="left").lines(0, 2)
    assert not any(line.gone for line in again)


def test_synonyms_have_lines_too(archive: Archive) -> None:
    archive.set_synonyms(0, ("ambassador", "envoy"))
    (line,) = archive.concordance("envoy").lines(0, 5)
    assert line.keyword == "ambassador"


def test_a_passage_is_cited_by_its_paragraph(archive: Archive) -> None:
    lines = archive.concordance('"strategic partnership"', sort="right").lines(0, 2)
    passages = archive.passages([(line.record, line.start, line.end) for line in lines])
    assert [passage.paragraph for passage in passages] == [2, 4]
    assert passages[1].quote == "strategic partnership"
    start, end = passages[1].mark
    assert passages[1].text[start:end] == "strategic partnership"
    assert passages[1].citation.endswith("¶\u00a04")
    (record,) = archive.passages([(lines[0].record, 0, 0)])
    assert (record.paragraph, record.quote) == (0, "")


def written(target: Path) -> str:
    with zipfile.ZipFile(target) as file:
        body = file.read("word/document.xml").decode()
    return re.sub(r"<[^>]+>", "", body)


def test_a_dossier_of_passages_holds_their_paragraphs_and_whole_records_whole(
    archive: Archive, tmp_path: Path
) -> None:
    lines = archive.concordance('"strategic partnership"', sort="right").lines(0, 2)
    other = archive.search("lang:zh").hits[0].record.id
    items = [Collected(lines[1].record, lines[1].start, lines[1].end), Collected(other)]
    archive.collect(items)
    target = tmp_path / "dossier.docx"
    report = archive.write_dossier(target, collected=archive.collected(), layout=False)
    text = written(target)
    assert report.records == 2
    assert "of equals, said the ambassador" in text
    assert "They value it" not in text
    assert "began in 1992" not in text
    assert CHINESE.rstrip() in text


def test_a_passage_that_is_not_in_the_text_any_more_is_left_out(
    archive: Archive, tmp_path: Path
) -> None:
    lines = archive.concordance('"strategic partnership"', sort="right").lines(0, 2)
    archive.collect([Collected(line.record, line.start, line.end) for line in lines])
    archive.correct_text(lines[0].ref, TREATY.replace("A strategic\n", "A friendly "))
    target = tmp_path / "dossier.docx"
    archive.write_dossier(target, collected=archive.collected(), layout=False)
    assert "began in 1992" in written(target)
    assert "of equals" not in written(target)
    archive.correct_text(lines[0].ref, "Nothing is left of it.")
    with pytest.raises(InputError):
        archive.write_dossier(target, collected=archive.collected(), layout=False)
