"""E-mail messages: the body, what the headers say, and each attachment as a document."""

from __future__ import annotations

import email
import email.policy
import mimetypes
import re
from dataclasses import replace
from email import errors, utils
from email.message import EmailMessage, Message
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from archivist.intake.clean import clean, clean_line
from archivist.intake.readers.base import (
    Found,
    Handed,
    Names,
    Reader,
    check_depth,
    plain_name,
    refusal,
    unpack,
)
from archivist.intake.readers.encoding import decode
from archivist.intake.readers.marked import text_of
from archivist.model.errors import RefusedError
from archivist.model.names import readable
from archivist.model.record import AgentRole, Description

if TYPE_CHECKING:
    from collections.abc import Iterator

MEDIA_TYPE = "message/rfc822"
_FIELD = re.compile(r"^([!-9;-~]+):[ \t]?(.*)$")
_MACHINE = frozenset(
    {"message-id", "mime-version", "received", "return-path", "content-type", "x-mailer"}
)
_HUMAN = frozenset({"from", "to", "subject", "date", "cc", "sender", "reply-to"})
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_FLOWED = re.compile(r"(?<=[^\n-]) \n(?=[^\n>])")
_FROM_LINE = re.compile(r"From \S+.* \d{4}\r?\n")
_QUOTED_FROM = re.compile(rb">+From ")
_ENOUGH = 2
_CUT = (errors.CloseBoundaryNotFoundDefect, errors.StartBoundaryNotFoundDefect)
_INCOMPLETE = "the message breaks off: its last part is incomplete"


def _score(file: Handed) -> int:
    """Weigh the header fields: telegrams begin with FROM and TO, too, but name no addresses."""
    found = _fields(file.start)
    machine = len(found.keys() & _MACHINE)
    human = len(found.keys() & _HUMAN)
    is_addressed = bool(_ADDRESS.search(found.get("from", "")))
    is_message = human >= _ENOUGH and (machine or is_addressed)
    return 85 if is_message or (human and machine >= _ENOUGH) else 0


def _fields(start: str) -> dict[str, str]:
    """Return the header fields a text begins with; none if it begins with anything else."""
    found: dict[str, str] = {}
    for line in start.splitlines():
        if not line:
            break
        if line[0] in " \t" or (not found and line.startswith("From ")):
            continue
        if (match := _FIELD.match(line)) is None:
            return {}
        found.setdefault(match[1].lower(), match[2])
    return found


def _read(file: Handed) -> Iterator[Found]:
    message = email.message_from_bytes(file.data(), policy=email.policy.default)
    _check_protection(message)
    given = _described(message)
    note = _INCOMPLETE if any(isinstance(one, _CUT) for one in _defects(message)) else ""
    raw = file.raw(_body(message), MEDIA_TYPE, given)
    yield replace(raw, note="; ".join(part for part in (raw.note, note) if part))
    yield from _attachments(file, message)


def _defects(message: Message) -> Iterator[object]:
    for part in message.walk():
        yield from part.defects


def _check_protection(message: Message) -> None:
    kind = message.get_content_type()
    smime = kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"}
    is_sealed = smime and message.get_param("smime-type") != "signed-data"
    if is_sealed or kind == "multipart/encrypted":
        raise RefusedError(
            "The message is encrypted.",
            "Open it in your mail program, save it decrypted, and file that.",
        )


def _described(message: EmailMessage) -> Description:
    agents = [
        *(AgentRole(name, "author") for name in _names(message, "from", "sender")),
        *(AgentRole(name, "addressee") for name in _names(message, "to", "cc")),
    ]
    return Description(
        title=_header(message, "subject"),
        date=_date(message),
        agents=tuple(dict.fromkeys(agents)),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return clean_line(str(message.get(name, "")))
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""


def _names(message: EmailMessage, *fields: str) -> list[str]:
    """Return persons by their names; by their addresses where they have none."""
    pairs = utils.getaddresses([_header(message, field) for field in fields])
    found = [clean_line(name) or clean_line(address) for name, address in pairs]
    return list(dict.fromkeys(name for name in found if name))


def _date(message: EmailMessage) -> str:
    try:
        return utils.parsedate_to_datetime(_header(message, "date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _body(message: EmailMessage) -> str:
    try:
        part = message.get_body(("plain", "html"))
    except (KeyError, ValueError, AttributeError, TypeError):
        part = None
    if part is None:
        return ""
    source = _text(part)
    if part.get_content_type() == "text/html":
        return _of_page(source)
    if str(part.get_param("format", "")).lower() == "flowed":
        source = _FLOWED.sub(" ", source.replace("\r\n", "\n"))
    return source.strip("\r\n")


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    named = part.get_content_charset() or ""
    try:
        return data.decode(named) if named and named != "us-ascii" else decode(data)
    except (LookupError, UnicodeDecodeError):
        return decode(data)


def _of_page(source: str) -> str:
    from lxml.html import fromstring  # noqa: PLC0415 - only where a message is a page

    return text_of(fromstring(clean(source))) if source.strip() else ""


def _attachments(file: Handed, message: EmailMessage) -> Iterator[Found]:
    names = Names()
    body = _body_parts(message)
    for number, part in enumerate(_leaves(message), 1):
        if id(part) in body or _is_inline_picture(part):
            continue
        name = names.unique(_name(part, number))
        yield _attachment(file, part, f"{file.name}::{name}", name)


def _leaves(message: Message) -> Iterator[Message]:
    """Yield the parts of a message that have no parts; a message in it is one of them."""
    if message.get_content_maintype() != "multipart":
        yield message
        return
    payload = message.get_payload()
    for part in payload if isinstance(payload, list) else []:
        if isinstance(part, Message):
            yield from _leaves(part)


def _body_parts(message: EmailMessage) -> set[int]:
    """Return the parts that are the message's own words, plain or as a page."""
    found = set()
    for part in _leaves(message):
        is_words = part.get_content_type() in {"text/plain", "text/html"}
        if is_words and not part.get_filename() and part.get_content_disposition() != "attachment":
            found.add(id(part))
    if message.get_content_maintype() != "multipart":
        found.add(id(message))
    return found


def _is_inline_picture(part: Message) -> bool:
    """Whether the part is a picture set into the words, as signatures have them."""
    is_attached = part.get_content_disposition() == "attachment"
    return part.get_content_maintype() == "image" and "content-id" in part and not is_attached


def _name(part: Message, number: int) -> str:
    kind = part.get_content_type()
    try:
        name = clean_line(plain_name(part.get_filename() or ""))
    except (ValueError, TypeError, AttributeError):
        name = ""
    if name:
        return readable(name)
    if kind == MEDIA_TYPE:
        inner = part.get_payload(0) if part.is_multipart() else part
        subject = clean_line(str(inner.get("subject", ""))) if isinstance(inner, Message) else ""
        return f"{plain_name(subject) or f'message {number}'}.eml"
    return f"part {number}{mimetypes.guess_extension(kind) or ''}"


def _attachment(file: Handed, part: Message, path: str, name: str) -> Found:
    data = _bytes_of(part)
    outer = replace(file, parent=file.name)
    try:
        check_depth(file)
        return unpack(BytesIO(data), outer, path, name, len(data))
    except RefusedError as error:
        return refusal(path, error)


def _bytes_of(part: Message) -> bytes:
    if part.get_content_type() == MEDIA_TYPE and part.is_multipart():
        inner = part.get_payload(0)
        return inner.as_bytes(policy=email.policy.default) if isinstance(inner, Message) else b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _score_mailbox(file: Handed) -> int:
    if not _FROM_LINE.match(file.start):
        return 0
    return 90 if _fields(file.start.partition("\n")[2]).keys() & (_HUMAN | _MACHINE) else 0


def _read_mailbox(file: Handed) -> Iterator[Found]:
    """Yield each message of a mailbox, by its number; none is read into memory before its turn."""
    check_depth(file)
    with file.path.open("rb") as stream:
        for number, data in enumerate(_messages(stream), 1):
            path = f"{file.name}::{number}"
            try:
                yield unpack(BytesIO(data), file, path, f"message {number}.eml", len(data))
            except RefusedError as error:
                yield refusal(path, error)


def _messages(stream: BinaryIO) -> Iterator[bytes]:
    lines: list[bytes] = []
    is_blank = True
    for line in stream:
        if is_blank and line.startswith(b"From "):
            if lines:
                yield b"".join(lines)
            lines = []
        else:
            lines.append(line[1:] if _QUOTED_FROM.match(line) else line)
        is_blank = not line.strip(b"\r\n")
    if lines:
        yield b"".join(lines)


MAILBOX = Reader("mailbox", _score_mailbox, _read_mailbox, single=False)
READER = Reader("e-mail", _score, _read, single=False)
