"""A message gives its body, what its headers say, and its attachments tied to it."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from archivist.model.record import AgentRole, Draft
from tests.intake.making import (
    WORDS,
    draft_of,
    drafts,
    letter,
    packed,
    read_bytes,
    refusal_of,
    word,
)


def test_a_message(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "a.txt", letter())
    assert draft.text.replace("\n", " ") == WORDS
    assert draft.description.title == "Draft for clearance"
    assert draft.description.date == "2024-03-05"
    assert draft.description.agents[:2] == (
        AgentRole("Ána Pérez", "author"),
        AgentRole("Smith, John", "addressee"),
    )
    assert not draft.proposed & {"title", "date", "agents"}
    assert draft.content is not None
    assert draft.content.media_type == "message/rfc822"


def test_attachments_are_tied_to_their_message(tmp_path: Path) -> None:
    inner = letter("Inner words", {"deep.txt": b"Deep words"})
    data = letter(WORDS, {"a.docx": word(), "b.zip": packed({"c.txt": b"Packed"}), "d.eml": inner})
    found = drafts(read_bytes(tmp_path, "m.eml", data))
    path = str(tmp_path / "m.eml")
    assert [
        (draft.path.removeprefix(path), draft.parent.removeprefix(path)) for draft in found
    ] == [
        ("", ""),
        ("::a.docx", ""),
        ("::b.zip::c.txt", ""),
        ("::d.eml", ""),
        ("::d.eml::deep.txt", "::d.eml"),
    ]
    assert [draft.parent == path for draft in found] == [False, True, True, True, False]
    assert found[0].content is not None
    assert found[0].content.path.read_bytes() == data


def test_a_forwarded_message_is_a_document(tmp_path: Path) -> None:
    inner = EmailMessage()
    inner["From"] = "a@b.example"
    inner["Subject"] = "Before: we spoke"
    inner.set_content("Words before\n")
    outer = EmailMessage()
    outer["From"] = "c@d.example"
    outer["Subject"] = "Fwd"
    outer.set_content("See below\n")
    outer.add_attachment(inner)
    found = drafts(read_bytes(tmp_path, "m.eml", outer.as_bytes()))
    assert found[1].path.endswith("m.eml::Before: we spoke.eml")
    assert found[1].text == "Words before"


def test_attachments_of_the_same_name_and_of_none(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "a@b.example"
    message["Subject"] = "Three"
    message.set_content("Body")
    for name in ("x.txt", "../x.txt", None):
        message.add_attachment(b"words", maintype="text", subtype="plain", filename=name)
    found = read_bytes(tmp_path, "m.eml", message.as_bytes())
    assert [one.path.partition("::")[2] for one in found] == [
        "",
        "x.txt",
        "x.txt (2)",
        "part 4.txt",
    ]


def test_a_page_as_body(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "a@b.example"
    message["Subject"] = "Page"
    message.set_content("<p>Dear <b>all</b>,</p><p>it is agreed.</p>", subtype="html")
    assert draft_of(tmp_path, "m.eml", message.as_bytes()).text == "Dear all,\n\nit is agreed."


def test_lines_that_flow_are_joined(tmp_path: Path) -> None:
    data = (
        b"From: a@b.example\nSubject: Flow\nMIME-Version: 1.0\n"
        b"Content-Type: text/plain; charset=utf-8; format=flowed\n\nOne \ntwo.\n\nThree\n"
    )
    assert draft_of(tmp_path, "m.eml", data).text == "One two.\n\nThree"


def test_pictures_set_into_the_words_are_left_out(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "a@b.example"
    message["Subject"] = "Logo"
    message.set_content("<p>x <img src='cid:l'></p>", subtype="html")
    message.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<l>")
    assert len(read_bytes(tmp_path, "m.eml", message.as_bytes())) == 1


@pytest.mark.parametrize(
    "kind", ["application/pkcs7-mime; smime-type=enveloped-data", "multipart/encrypted; boundary=x"]
)
def test_an_encrypted_message_is_refused(tmp_path: Path, kind: str) -> None:
    data = f"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: {kind}\n\nAAAA\n"
    assert "encrypted" in refusal_of(tmp_path, "m.eml", data.encode()).reason


def test_a_message_that_breaks_off_says_so(tmp_path: Path) -> None:
    data = letter(WORDS, {"a.bin": b"x" * 5000})
    found = read_bytes(tmp_path, "m.eml", data[:-2000])
    assert isinstance(found[0], Draft)
    assert "breaks off" in found[0].note


def test_a_telegram_with_from_and_to_is_no_message(tmp_path: Path) -> None:
    text = "FROM: Embassy Velmora\nTO: Department\nSUBJECT: Trade talks\n\n1. Talks resumed.\n"
    draft = draft_of(tmp_path, "a.txt", text.encode())
    assert draft.text == text


def test_a_mailbox(tmp_path: Path) -> None:
    box = b""
    for number in (1, 2):
        body = f"From here on\n\nFrom there too, {number}"
        quoted = letter(body, {"a.txt": b"words"}).replace(b"\nFrom ", b"\n>From ")
        box += b"From ana@mfa.example Tue Mar  5 23:30:00 2024\n" + quoted + b"\n"
    found = drafts(read_bytes(tmp_path, "in.mbox", box))
    ends = [one.path.partition("in.mbox")[2] for one in found]
    assert ends == ["::1", "::1::a.txt", "::2", "::2::a.txt"]
    assert found[2].text == "From here on\n\nFrom there too, 2"
    assert found[3].parent == found[2].path
