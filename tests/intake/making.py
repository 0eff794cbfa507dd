"""Files of every format, made for tests."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path

import docx

from archivist.intake.limits import Limits
from archivist.intake.reading import read
from archivist.intake.sources import Source, walk
from archivist.model.record import Draft, Refusal

WORDS = (
    "The two sides reaffirmed their commitment to a lasting partnership and agreed to meet again "
    "in the capital of Ostravia before the end of the year to review what was agreed."
)
PARAGRAPHS = ("Joint Statement", WORDS, "Done at Velmora, 4 December 2012.")


def read_all(path: Path, spool: Path, limits: Limits | None = None) -> list[Draft | Refusal]:
    """Read a file in this process."""
    spool.mkdir(exist_ok=True)
    return list(read(Source(path, str(path)), spool, limits or Limits()))


def read_bytes(tmp_path: Path, name: str, data: bytes) -> list[Draft | Refusal]:
    """Read bytes as a file of that name."""
    path = tmp_path / name
    path.write_bytes(data)
    return read_all(path, tmp_path / "spool")


def draft_of(tmp_path: Path, name: str, data: bytes) -> Draft:
    """Read bytes that are one document."""
    (found,) = read_bytes(tmp_path, name, data)
    assert isinstance(found, Draft), found
    return found


def refusal_of(tmp_path: Path, name: str, data: bytes) -> Refusal:
    """Read bytes that cannot be filed."""
    (found,) = read_bytes(tmp_path, name, data)
    assert isinstance(found, Refusal), found
    return found


def drafts(found: Iterable[Draft | Refusal]) -> list[Draft]:
    return [one for one in found if isinstance(one, Draft)]


def refusals(found: Iterable[Draft | Refusal]) -> list[Refusal]:
    return [one for one in found if isinstance(one, Refusal)]


def sources(*paths: Path) -> list[Source]:
    return [one for one in walk(paths) if isinstance(one, Source)]


def word(paragraphs: Sequence[str] = PARAGRAPHS, title: str = "") -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "Party"
    table.rows[0].cells[1].text = "Ostravia"
    document.core_properties.title = title
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def open_text(paragraphs: Sequence[str] = PARAGRAPHS, manifest: str = "<manifest/>") -> bytes:
    body = "".join(f"<text:p>{paragraph}</text:p>" for paragraph in paragraphs)
    content = (
        '<?xml version="1.0"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        },
        zipfile.ZIP_STORED,
    )


def rich(paragraphs: Sequence[str] = PARAGRAPHS) -> bytes:
    return (r"{\rtf1\ansi\ansicpg1252 " + r"\par ".join(paragraphs) + "}").encode("ascii")


def page(paragraphs: Sequence[str] = PARAGRAPHS, head: str = "") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>"
        f"<nav><a href='/'>Home</a> <a href='/c'>Contact us</a></nav><article>{body}</article>"
        "<footer>Cookie policy</footer></body></html>"
    ).encode()


def tei(paragraphs: Sequence[str] = PARAGRAPHS) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><TEI xmlns="http://www.tei-c.org/ns/1.0">'
        "<teiHeader><fileDesc><titleStmt><title>A title</title></titleStmt><publicationStmt>"
        '<date type="created" when="1957-03-21"/></publicationStmt></fileDesc></teiHeader>'
        f"<text><body>{body}</body></text></TEI>"
    ).encode()


def letter(body: str = WORDS, attachments: Mapping[str, bytes] | None = None) -> bytes:
    message = EmailMessage()
    message["From"] = "Ána Pérez <ana@mfa.example>"
    message["To"] = '"Smith, John" <john@mfa.example>'
    message["Subject"] = "Draft for clearance"
    message["Date"] = "Tue, 05 Mar 2024 23:30:00 +0300"
    message.set_content(body)
    for name, data in (attachments or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def packed(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def locked(members: Mapping[str, bytes]) -> bytes:
    """Return a zip file whose members say that they are encrypted."""
    data = bytearray(packed(members))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(sign, place + 4)
    return bytes(data)


def catalogue(rows: Iterable[Mapping[str, object]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def pdf(pages: Sequence[Sequence[tuple[float, float, str]]], trailer: str = "") -> bytes:
    """Return a PDF with lines of text at (x, y) from the lower left corner."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for lines in pages:
        text = "".join(f"BT /F1 12 Tf {x} {y} Td ({words}) Tj ET\n" for x, y, words in lines)
        objects.append(f"<< /Length {len(text)} >>\nstream\n{text}endstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
            f"<< /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    return _assembled(objects, trailer)


def _assembled(objects: Sequence[str], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n".encode()
    out += f"startxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def paged(paragraphs: Sequence[str] = PARAGRAPHS) -> bytes:
    """Return a PDF of one page with these paragraphs, each broken into lines."""
    lines, height = [], 760.0
    for paragraph in paragraphs:
        row = ""
        for part in paragraph.split():
            if len(row) + len(part) > 80:
                lines.append((60.0, height, row.strip()))
                row, height = "", height - 14
            row += f"{part} "
        lines.append((60.0, height, row.strip()))
        height -= 30
    return pdf([lines])


def every_format() -> dict[str, bytes]:
    """Return one good file of each format that has text."""
    text = "\n\n".join(PARAGRAPHS) + "\n"
    row = {"title": "Joint Statement", "body": text, "date": "2012-12-04"}
    return {
        "a.txt": text.encode(),
        "a.utf16.txt": text.encode("utf-16"),
        "a.md": f"---\ntitle: Joint Statement\n---\n\n# Joint\n\n{text}".encode(),
        "a.html": page(),
        "a.xml": tei(),
        "a.docx": word(),
        "a.odt": open_text(),
        "a.rtf": rich(),
        "a.pdf": paged(),
        "a.eml": letter(text, {"b.docx": word()}),
        "a.zip": packed({"b.txt": text.encode(), "c/d.html": page()}),
        "a.jsonl": catalogue([row, row | {"title": "Second"}]),
        "a.csv": f'title,body,date\nOne,"{text}",2012\nTwo,Text,2013\n'.encode(),
        "a.txt.gz": gzip.compress(text.encode()),
        "a.txt.bz2": bz2.compress(text.encode()),
        "a.jsonl.xz": lzma.compress(catalogue([row])),
    }
