from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
import pytest

from archivist.dossier.outline import Item, Options
from archivist.dossier.word import write
from archivist.model.errors import StoppedError, StorageError
from archivist.model.progress import CancelToken, Progress
from tests.dossier.making import OPTIONS, W, dossier, gate, item, part, styled, text_of

if TYPE_CHECKING:
    from pathlib import Path

PHRASE = "strategic partnership"
TEXT = (
    f"Port Halden, 12 March 2014.\n\nBoth ministers described the {PHRASE} as settled.\nSo be it."
)
ARABIC = "بحث الوزيران «الشراكة الاستراتيجية» (NATO) منذ عام 1998."
CHINESE = "两国外长强调“战略伙伴关系”。"
HOSTILE = (
    "\x00\x01\x0b\x0c\x1f\ufffe\uffff",
    "\ud800 half \udfff",
    "<w:t>&amp;]]></w:t><!-- -->",
    "\u202eturned\u2066",
    "a\r\nb\rc\td",
    "x" * 70_000,
    "word " * 20_000,
    "\U0001f1eb\U0001f1f7 \U000e0001 \u0301",
    "||| {{ title }} {% if x %} %s",
    "\n\n\n",
    "",
)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Return a dossier of six records in several scripts and modes, without a layout."""
    target = tmp_path / "dossier.docx"
    items = [
        item(1, TEXT, PHRASE),
        item(2, f"One.\n\nThe {PHRASE} again.\n\nThree.", PHRASE, "extract", date="2012"),
        item(3, "", mode="citation", date=""),
        item(4, ARABIC, "الشراكة الاستراتيجية", title="بيان مشترك", language="ar", date="2015"),
        item(5, CHINESE, "战略伙伴关系", title="联合声明", language="zh", date="2016-07"),
        item(6, "", title="", date="1998-05", originator=""),
    ]
    assert write(dossier(items), target, layout=False) is None
    return target


def test_every_kind_of_record_makes_a_valid_document(many: Path) -> None:
    gate(many)


def test_a_document_without_records_is_valid_and_says_so(tmp_path: Path) -> None:
    target = tmp_path / "none.docx"
    write(dossier([]), target, layout=False)
    said = text_of(part(target))
    assert "No record was found for this dossier." in said
    assert OPTIONS.reading in said
    gate(target)


def test_the_cover_says_what_it_is(many: Path) -> None:
    root = part(many)
    assert text_of(
        styled(root, "Title")[0]
    ) == "Visit of the Foreign Minister\u00a0of\u00a0Estrea".replace("\u00a0of", " of")
    facts = [text_of(paragraph) for paragraph in styled(root, "CoverFact")]
    assert facts == [
        "Date\t12 March 2026",
        "Records\t6 records, dated May 1998 to July 2016",
        "Handling mark\tInternal",
    ]


def test_contents_name_every_heading_with_its_page(many: Path) -> None:
    root = part(many)
    lines = [text_of(line) for style in ("TOC1", "TOC2") for line in styled(root, style)]
    titles = [text_of(heading) for heading in styled(root, "Heading2")]
    assert titles == [
        "Untitled",
        "Joint communiqué 2",
        "Joint communiqué 1",
        "بيان مشترك",
        "联合声明",
        "Joint communiqué 3",
    ]
    assert [line.split("\t")[1].rstrip() for line in lines[2:]] == titles
    assert all(re.fullmatch(r"\d+", line.split("\t")[-1]) for line in lines)


def test_every_cross_reference_has_its_bookmark(many: Path) -> None:
    root = part(many)
    names = [mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")]
    asked = {link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")}
    code = [element.text for element in root.iter(f"{W}instrText")]
    pages = {text.split()[1] for text in code if text.split()[0] == "PAGEREF"}
    assert len(names) == len(set(names)) == 8
    assert asked == pages == set(names)
    kinds = [element.get(f"{W}fldCharType") for element in root.iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(code)


def test_word_is_told_to_ask_nothing(many: Path) -> None:
    with zipfile.ZipFile(many) as package:
        assert b"updateFields" not in package.read("word/settings.xml")
        assert b"dirty" not in package.read("word/document.xml")


def test_estimates_are_called_so(many: Path) -> None:
    assert "Page numbers are estimates." in text_of(part(many))


def test_searched_words_are_marked_and_the_text_is_whole(many: Path) -> None:
    root = part(many)
    marked = [
        text_of(run)
        for run in root.iter(f"{W}r")
        if (style := run.find(f"{W}rPr/{W}rStyle")) is not None
        and style.get(f"{W}val") == "SearchedWord"
    ]
    assert marked == [
        "like this",
        PHRASE,
        PHRASE,
        "الشراكة الاستراتيجية",
        "战略伙伴关系",
    ]
    shown = [text_of(paragraph) for paragraph in styled(root, "RecordText")]
    assert shown == [*TEXT.split("\n\n"), ARABIC, CHINESE]
    assert [text_of(line) for line in styled(root, "RecordExtract")] == [f"2\tThe {PHRASE} again."]


def test_every_record_ends_with_its_citation(many: Path) -> None:
    cited = [text_of(paragraph) for paragraph in styled(part(many), "Citation")]
    assert len(cited) == 6
    assert cited[2] == (
        "Cite as: Joint communiqué 1, communiqué, 12 March 2014, "
        "Ministry of Foreign Affairs of Estrea, 2026-000001"
    )


def test_arabic_runs_from_right_to_left_with_names_from_left_to_right(many: Path) -> None:
    paragraph = next(p for p in styled(part(many), "RecordText") if text_of(p) == ARABIC)
    assert paragraph.find(f"{W}pPr/{W}bidi") is not None
    turned = {
        text_of(run): run.find(f"{W}rPr/{W}rtl") is not None for run in paragraph.iter(f"{W}r")
    }
    assert turned["NATO"] is False
    assert turned["الشراكة الاستراتيجية"] is True
    assert {mark.get(f"{W}bidi") for mark in paragraph.iter(f"{W}lang")} == {"ar-SA"}


def test_chinese_has_its_font_and_language(many: Path) -> None:
    paragraph = next(p for p in styled(part(many), "RecordText") if text_of(p) == CHINESE)
    assert paragraph.find(f"{W}pPr/{W}bidi") is None
    assert {mark.get(f"{W}eastAsia") for mark in paragraph.iter(f"{W}lang")} == {"zh-CN"}
    assert {font.get(f"{W}eastAsia") for font in paragraph.iter(f"{W}rFonts")} == {"SimSun"}


def test_the_summary_repeats_its_head_and_splits_no_row(many: Path) -> None:
    table = part(many).find(f".//{W}tbl")
    assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
    assert len(table.findall(f"{W}tr/{W}trPr/{W}cantSplit")) == 7
    first = [text_of(cell) for cell in table.findall(f"{W}tr")[1].iter(f"{W}tc")]
    assert first[:4] == ["1", "May 1998", "Communiqué", "Untitled"]


def test_headers_and_footers_carry_mark_and_page(many: Path) -> None:
    assert text_of(part(many, "word/header1.xml")) == f"{OPTIONS.title}\tInternal"
    assert re.fullmatch(r"Internal\tPage \d+ of \d+", text_of(part(many, "word/footer1.xml")))
    for cover in ("word/header2.xml", "word/footer2.xml"):
        assert text_of(part(many, cover)) == "Internal"


def test_core_properties_are_those_given(many: Path) -> None:
    properties = docx.Document(str(many)).core_properties
    assert (properties.title, properties.subject) == (OPTIONS.title, OPTIONS.subtitle)
    assert (properties.author, properties.keywords) == (OPTIONS.organisation, "Internal")
    assert properties.created is not None
    assert properties.created.date().isoformat() == OPTIONS.date


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    items = [item(n, TEXT, PHRASE) for n in range(1, 5)]
    for name in ("a.docx", "b.docx"):
        write(dossier(items), tmp_path / name, layout=False)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.docx") as package:
        assert package.namelist() == sorted(package.namelist())


def test_hostile_texts_make_a_valid_document(tmp_path: Path) -> None:
    target = tmp_path / "hostile.docx"
    items = [_hostile(n, text) for n, text in enumerate(HOSTILE, start=1)]
    everything = "".join(HOSTILE)[:400]
    options = Options(
        title=everything,
        subtitle=everything,
        date="20x6",
        mark=everything,
        query=everything,
        organisation=everything,
        reading=everything,
        language="q\x00",
        order="given",
    )
    write(dossier(items, options), target, layout=False)
    titles = [text_of(heading) for heading in styled(part(target), "Heading2")]
    assert len(titles) == len(HOSTILE)
    assert titles[2] == HOSTILE[2]
    docx.Document(str(target))
    gate(target)


def _hostile(number: int, text: str) -> Item:
    made = item(
        number,
        text,
        title=text,
        date=text[:9],
        place=text,
        originator=text,
        code=text[:300],
        mark=text[:9],
        doctype=text[:30],
        language=text[:2],
        custom={text[:99]: text},
    )
    return replace(made, marks=((-4, 3), (1, 10**9), (7, 2)))


def test_nothing_is_left_of_a_dossier_that_was_stopped(tmp_path: Path) -> None:
    target = tmp_path / "dossier.docx"
    target.write_bytes(b"the one before")
    cancel = CancelToken()

    def stop(progress: Progress) -> None:
        if progress.done:
            cancel.cancel()

    with pytest.raises(StoppedError):
        write(
            dossier([item(n) for n in range(200)]), target, layout=False, report=stop, cancel=cancel
        )
    assert target.read_bytes() == b"the one before"
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="missing"):
        write(dossier([item()]), tmp_path / "missing" / "dossier.docx", layout=False)


def test_progress_ends_with_all_records(tmp_path: Path) -> None:
    told: list[Progress] = []
    write(
        dossier([item(n) for n in range(120)]),
        tmp_path / "d.docx",
        layout=False,
        report=told.append,
    )
    assert (told[-1].done, told[-1].total) == (120, 120)
    assert [one.done for one in told] == sorted(one.done for one in told)
