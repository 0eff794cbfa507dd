"""HTML, XML, PDF, Word, OpenDocument, RTF, and what nobody can read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from tests.intake.making import (
    PARAGRAPHS,
    WORDS,
    draft_of,
    open_text,
    packed,
    page,
    paged,
    pdf,
    refusal_of,
    rich,
    tei,
    word,
)

TEXT = "\n\n".join(PARAGRAPHS)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LONG = tuple(f"{n}. {WORDS}" for n in range(4))


def test_a_page_gives_its_article(tmp_path: Path) -> None:
    head = "<title>Joint Statement - Ministry</title><meta property='og:site_name' content='M'>"
    draft = draft_of(tmp_path, "a.dat", page(LONG, head))
    assert draft.text == "\n\n".join(LONG)
    assert draft.description.title == "Joint Statement"
    assert draft.description.language == "en"


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8", "iso-8859-5"])
def test_a_page_in_the_encoding_it_names(tmp_path: Path, encoding: str) -> None:
    words = "Министерство иностранных дел сообщает о подписании договора. " * 5
    source = f"<html><head><meta charset='{encoding}'></head><body><p>{words}</p></body></html>"
    assert words.strip() in draft_of(tmp_path, "a.html", source.encode(encoding)).text


def test_a_page_saved_as_a_python_literal(tmp_path: Path) -> None:
    source = f"<h1>Briefing</h1>\nb'<div><p>It\\xe2\\x80\\x99s agreed.</p>\\n<p>{WORDS}</p></div>'"
    text = draft_of(tmp_path, "a.html", source.encode()).text
    assert "It’s agreed.\n\nThe two sides" in text


def test_tei(tmp_path: Path) -> None:
    noted = "Words <hi>set</hi> in\n italics<note n='1'>See <ref>file</ref> 2.</note> and more."
    draft = draft_of(tmp_path, "a.xml", tei((WORDS, noted)))
    assert draft.text == f"{WORDS}\n\nWords set in italics[1] and more.\n\n[1] See file 2."
    assert (draft.description.title, draft.description.date) == ("A title", "1957-03-21")


def test_nothing_outside_an_xml_file_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret words")
    source = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">'
        '<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;">]><d><p>Before &x; &m; after &amp;</p></d>'
    )
    text = draft_of(tmp_path, "a.xml", source.encode()).text
    assert "secret" not in text
    assert "lol" not in text
    assert text.startswith("Before")


def test_a_feed_is_one_document(tmp_path: Path) -> None:
    item = (
        "<item><title>{0}</title><pubDate>1 May</pubDate>"
        "<description>&lt;p&gt;Words of {0}&lt;/p&gt;</description></item>"
    )
    items = item.format("One") + item.format("Two")
    source = f'<?xml version="1.0"?><rss><channel><title>Feed</title>{items}</channel></rss>'
    draft = draft_of(tmp_path, "a.rss", source.encode())
    assert draft.text == "One\n\n1 May\n\nWords of One\n\nTwo\n\n1 May\n\nWords of Two"


def test_word(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "a.dat", word(title="Core title"))
    assert draft.text == f"{TEXT}\n\nParty\tOstravia"
    assert draft.content is not None
    assert draft.content.media_type.endswith("wordprocessingml.document")


def test_word_leaves_out_what_was_deleted(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Kept ")
    paragraph.add_run("and\tbroken")
    paragraph.runs[-1].add_break()
    paragraph.add_run("again")
    xml = paragraph._p.xml
    assert xml
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as packed_word:
        members = {name: packed_word.read(name) for name in packed_word.namelist()}
    members["word/document.xml"] = members["word/document.xml"].replace(
        b"<w:r><w:t>again", b"<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>again"
    )
    assert draft_of(tmp_path, "a.docx", packed(members)).text == "Kept and broken\nagain"


def test_open_document(tmp_path: Path) -> None:
    assert draft_of(tmp_path, "a.dat", open_text()).text == TEXT


def test_an_encrypted_open_document_is_refused(tmp_path: Path) -> None:
    manifest = '<m:manifest xmlns:m="urn:x"><m:encryption-data/></m:manifest>'
    assert "password" in refusal_of(tmp_path, "a.odt", open_text(manifest=manifest)).reason


def test_rich_text(tmp_path: Path) -> None:
    source = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}{\f1\fcharset204 Arial;}}{\info{\title X}}"
        rb"\f0 Caf\'e9 \u8217?s \b bold\b0 .\par Second\line line\{1\}\par\f1 \'cc\'e8\'f0}"
    )
    draft = draft_of(tmp_path, "a.dat", source)
    assert draft.text == "Café ’s bold.\n\nSecond\nline{1}\n\nМир"
    assert draft_of(tmp_path, "b.dat", rich()).text == TEXT


def test_pdf(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "a.dat", paged())
    assert draft.text == TEXT
    assert draft.content is not None
    assert draft.content.media_type == "application/pdf"


def test_running_lines_and_hyphens_of_pages_are_left_out(tmp_path: Path) -> None:
    first = [
        (60.0, 800.0, "Ministry of Foreign Affairs"),
        (290.0, 30.0, "Page 1 of 2"),
        (60.0, 700.0, "The two sides reaffirmed their commitment to a lasting part-"),
        (60.0, 686.0, "nership and agreed to meet again in the capital of the re-"),
    ]
    second = [
        (60.0, 800.0, "Ministry of Foreign Affairs"),
        (290.0, 30.0, "Page 2 of 2"),
        (60.0, 700.0, "public before the end of the year."),
        (60.0, 660.0, "A second paragraph follows."),
    ]
    assert draft_of(tmp_path, "a.pdf", pdf([first, second])).text == (
        "The two sides reaffirmed their commitment to a lasting partnership and agreed to meet "
        "again in the capital of the republic before the end of the year.\n\n"
        "A second paragraph follows."
    )


def test_a_pdf_of_pictures_has_no_text(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "a.pdf", pdf([[], []]))
    assert (draft.text, draft.note) == ("", "no text")


def test_an_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    secret = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "41" * 32 + "> /U <" + "42" * 32
    data = pdf([[(60, 700, "x")]], f"{secret}> >> /ID [<00> <00>]")
    assert "password" in refusal_of(tmp_path, "a.pdf", data).reason


@pytest.mark.parametrize("name", ["EncryptedPackage", "WordDocument"], ids=["new Word", "old Word"])
def test_encrypted_office_files_are_refused(tmp_path: Path, name: str) -> None:
    data = bytearray(OLE.ljust(2048, b"\x00"))
    data[30:32] = b"\x09\x00"
    data[512:524] = b"\xec\xa5" + b"\x00" * 8 + b"\x00\x01"
    data[1024 : 1024 + 2 * len(name)] = name.encode("utf-16-le")
    assert "password" in refusal_of(tmp_path, "a.doc", bytes(data)).reason


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50 + b"IEND\xaeB`\x82", "image/png"),
        (
            b"\xff\xd8\xff\xe0" + b"\x00" * 50 + b"\xff\xda" + b"\x01" * 9 + b"\xff\xd9",
            "image/jpeg",
        ),
        (b"GIF89a" + b"\x00" * 50 + b";", "image/gif"),
        (b"\x7fELF" + b"\x00\x01\x02" * 50, "application/octet-stream"),
        (
            packed({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}),
            "spreadsheetml.sheet",
        ),
        (OLE.ljust(512, b"\x00") + "WordDocument".encode("utf-16-le"), "application/msword"),
    ],
)
def test_what_no_reader_knows_is_filed_with_its_original(
    tmp_path: Path, data: bytes, media_type: str
) -> None:
    draft = draft_of(tmp_path, "strange file.dat", data)
    assert (draft.text, draft.note) == ("", "no text")
    assert draft.description.title
    assert draft.content is not None
    assert draft.content.media_type.endswith(media_type)


@pytest.mark.parametrize("sign", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a"])
def test_pictures_that_break_off_are_refused(tmp_path: Path, sign: bytes) -> None:
    assert "breaks off" in refusal_of(tmp_path, "a.png", sign + b"\xff\xda" + b"\x01" * 80).reason
