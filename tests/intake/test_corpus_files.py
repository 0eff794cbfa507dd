"""Every real document is read for what it is, or refused for a right reason."""

from __future__ import annotations

import csv
import json
import lzma
import re
from pathlib import Path

import pytest

from archivist.intake.pool import ReaderPool
from archivist.intake.sources import walk
from archivist.model.record import Draft
from archivist.model.words import words_of

pytestmark = pytest.mark.corpus

SCANS = {
    "unga79_az_en.pdf",
    "unga79_fi_en.pdf",
    "unga79_ie_en.pdf",
    "unga79_lv_en.pdf",
    "unsu_1971-10-25_GA_Resolution_2758_ru.pdf",
    "unsu_1991-12-19_Interoffice_memorandum_Fleischhauer.pdf",
    "unsu_2022-03-04_Note_Verbale_from_the_Office_of_Legal_Affairs_to_the_Perman.pdf",
    "unsu_2022-08-23_permanent_mission_of_ukraine_to_secretariat_of_the_un.jpg",
}
"""Pictures of pages, and fonts that do not say which letters they draw."""
UNREAD = {".doc", ".xlsx", ".jpg"}
MEDIA = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".pdf": "application/pdf",
    ".rtf": "application/rtf",
    ".doc": "application/msword",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".jpg": "image/jpeg",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@pytest.fixture(scope="module")
def read_files(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Draft]:
    with ReaderPool(2, tmp_path_factory.mktemp("spool")) as pool:
        found = list(pool.read(walk([corpus / "files"])))
    assert not [one for one in found if not isinstance(one, Draft)]
    return {Path(one.path).name: one for one in found if isinstance(one, Draft)}


@pytest.fixture(scope="module")
def manifest(corpus: Path) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for name in ("manifest-originals.csv", "manifest-converted.csv"):
        with (corpus / name).open(newline="", encoding="utf-8") as stream:
            rows |= {row["file"]: row for row in csv.DictReader(stream)}
    return rows


@pytest.fixture(scope="module")
def bodies(corpus: Path, manifest: dict[str, dict[str, str]]) -> dict[str, str]:
    wanted = {row["record_id"] for row in manifest.values() if row.get("record_id")}
    found: dict[str, str] = {}
    with lzma.open(corpus / "records.jsonl.xz", "rt", encoding="utf-8") as stream:
        for line in stream:
            if line[8:200].split('"', 1)[0] in wanted:
                row = json.loads(line)
                found[row["id"]] = row["body"]
                if len(found) == len(wanted):
                    break
    assert found.keys() == wanted
    return found


def test_every_file_is_one_document(
    read_files: dict[str, Draft], manifest: dict[str, dict[str, str]], corpus: Path
) -> None:
    assert set(read_files) == {path.name for path in (corpus / "files").iterdir()}
    assert set(read_files) == set(manifest)


def test_formats_are_told_by_content(read_files: dict[str, Draft]) -> None:
    for name, draft in read_files.items():
        assert draft.content is not None
        assert draft.content.media_type == MEDIA[Path(name).suffix], name


def test_what_has_no_text_says_so(read_files: dict[str, Draft]) -> None:
    silent = {name for name, draft in read_files.items() if not draft.text}
    assert silent == SCANS | {name for name in read_files if Path(name).suffix in UNREAD}
    assert all(read_files[name].note == "no text" for name in silent)
    assert all(not read_files[name].note for name in set(read_files) - silent)


def test_conversions_say_what_their_records_say(
    read_files: dict[str, Draft], manifest: dict[str, dict[str, str]], bodies: dict[str, str]
) -> None:
    for name, row in manifest.items():
        if row.get("record_id") and read_files[name].text:
            text, body = words_of(read_files[name].text), words_of(bodies[row["record_id"]])
            start = max(len(text) - len(body), 0)
            assert text[start:] == body or " ".join(body) in " ".join(text), name


def test_conversions_keep_their_paragraphs(
    read_files: dict[str, Draft], manifest: dict[str, dict[str, str]], bodies: dict[str, str]
) -> None:
    for name, row in manifest.items():
        if row.get("record_id") and Path(name).suffix in {".docx", ".odt", ".rtf", ".txt"}:
            paragraphs = set(re.split(r"\n+", read_files[name].text.replace("\xa0", " ")))
            for paragraph in re.split(r"\n+", bodies[row["record_id"]].strip()):
                assert " ".join(paragraph.split()) in {" ".join(p.split()) for p in paragraphs}


def test_titles_of_the_manifest_are_found(
    read_files: dict[str, Draft], manifest: dict[str, dict[str, str]]
) -> None:
    readable = {name for name in read_files if Path(name).suffix in {".md", ".html", ".docx"}}
    lost = [
        name
        for name in readable
        if words_of(manifest[name]["title"])[:6] != words_of(read_files[name].description.title)[:6]
        and not name.startswith(("dp_", "nl_"))
    ]
    assert not lost


def test_no_text_holds_what_surrounds_it(read_files: dict[str, Draft]) -> None:
    for name, draft in read_files.items():
        assert "</" not in draft.text or Path(name).suffix == ".md", name
        assert not re.search(r"\\x[0-9a-f]{2}|&nbsp;|\{\\|cookie", draft.text), name
        assert "\n\n\n" not in draft.text or Path(name).suffix == ".txt", name


def test_pages_are_joined_into_paragraphs(read_files: dict[str, Draft]) -> None:
    for name, draft in read_files.items():
        if Path(name).suffix == ".pdf" and draft.text and not name.endswith("_ar.pdf"):
            paragraphs = [part for part in draft.text.split("\n\n") if len(part) > 200]
            assert paragraphs, name
            assert not re.search(r"^(?:page )?\d{1,2}(?: of \d+)?$", draft.text, re.MULTILINE), name


def test_arabic_pages_have_their_words(read_files: dict[str, Draft]) -> None:
    for name in ("unga79_iq_ar.pdf", "unga79_lb_ar.pdf", "unga79_tn_ar.pdf"):
        words = words_of(read_files[name].text)
        assert words.count(words_of("المتحدة")[0]) > 2, name
        assert read_files[name].description.language == "ar"
        assert sum(len(word) == 1 for word in words) < len(words) / 50, name
