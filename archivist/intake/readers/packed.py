"""Containers: zip and tar files with their members, and single files packed by gzip, xz or bzip2.

A member's name is a label only and never a path to write to, so none can lead out of the spool.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, cast

from archivist.intake.readers import catalogue
from archivist.intake.readers.base import (
    HEAD,
    Found,
    Handed,
    Names,
    Reader,
    check_depth,
    refusal,
    unpack,
)
from archivist.intake.readers.encoding import decode, encoding_of, looks_like_text
from archivist.intake.sources import is_system
from archivist.model.errors import RefusedError
from archivist.model.names import readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archivist.model.record import Refusal

_TAR_SIGN_AT = 257
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_ZIP_SIGNS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_SINGLE = {b"\x1f\x8b": "gzip", b"\xfd7zXZ\x00": "xz", b"BZh": "bzip2"}
_ENDINGS = (".gz", ".xz", ".bz2", ".gzip")
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_BROKEN = RefusedError(
    "The file is damaged or breaks off before its end.", "Ask its sender for it once more."
)
_LOCKED = RefusedError(
    "It is protected by a password.",
    "Unpack it yourself with the password and file what it holds.",
)
_UNUSUAL = RefusedError(
    "It is packed by a method this program does not know.",
    "Unpack it yourself and file what it holds.",
)


def _score_zip(file: Handed) -> int:
    return 50 if file.head.startswith(_ZIP_SIGNS) else 0


def _read_zip(file: Handed) -> Iterator[Found]:
    check_depth(file)
    try:
        packed = zipfile.ZipFile(file.path)
    except (*_DAMAGE, NotImplementedError) as error:
        raise RefusedError(_BROKEN.message, _BROKEN.hint) from error
    with packed:
        members = [one for one in packed.infolist() if not _is_passed_over(one)]
        _check_members(file, members)
        names = Names()
        for member in members:
            yield _member(file, packed, member, names.unique(_name(member)))


def _is_passed_over(member: zipfile.ZipInfo) -> bool:
    return member.is_dir() or is_system(member.filename)


def _check_count(file: Handed, before: int) -> None:
    if before >= file.limits.members:
        raise RefusedError(
            f"It holds more than {file.limits.members} members: this looks like a bomb.",
            "If it is not, unpack it yourself and file the folder.",
        )


def _check_members(file: Handed, members: list[zipfile.ZipInfo]) -> None:
    if not members:
        raise RefusedError(
            "It is empty: it holds no documents.", "Ask its sender for it once more."
        )
    _check_count(file, len(members) - 1)
    if sum(member.file_size for member in members) > file.budget.left:
        raise RefusedError(
            "Unpacked, it would be larger than is safe: this looks like a bomb.",
            "If it is not, unpack it yourself and file the folder.",
        )


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; old programs wrote UTF-8 without saying so."""
    name = member.filename
    if not member.flag_bits & _UTF8_NAME and not name.isascii():
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = member.filename
    return readable(name)


def _member(
    file: Handed, packed: zipfile.ZipFile, member: zipfile.ZipInfo, name: str
) -> Handed | Refusal:
    path = f"{file.name}::{name}"
    if member.flag_bits & _ENCRYPTED:
        return refusal(path, _LOCKED)
    try:
        with packed.open(member) as stream:
            return unpack(cast("BinaryIO", stream), file, path, name, member.compress_size)
    except RefusedError as error:
        return refusal(path, error)
    except NotImplementedError as error:
        return refusal(path, _UNUSUAL, str(error))
    except (*_DAMAGE, RuntimeError) as error:
        return refusal(path, _BROKEN, str(error))


def _score_tar(file: Handed) -> int:
    return 60 if file.head[_TAR_SIGN_AT : _TAR_SIGN_AT + 5] == b"ustar" else 0


def _read_tar(file: Handed) -> Iterator[Found]:
    check_depth(file)
    names = Names()
    try:
        with tarfile.open(file.path, "r:") as packed:
            for number, member in enumerate(packed):
                _check_count(file, number)
                if member.isfile() and not is_system(member.name):
                    yield _tar_member(file, packed, member, names.unique(readable(member.name)))
    except (*_DAMAGE, tarfile.TarError) as error:
        raise RefusedError(_BROKEN.message, _BROKEN.hint) from error


def _tar_member(
    file: Handed, packed: tarfile.TarFile, member: tarfile.TarInfo, name: str
) -> Handed | Refusal:
    path = f"{file.name}::{name}"
    try:
        stream = packed.extractfile(member)
        return unpack(cast("BinaryIO", stream), file, path, name, member.size)
    except RefusedError as error:
        return refusal(path, error)
    except (*_DAMAGE, tarfile.TarError) as error:
        return refusal(path, _BROKEN, str(error))


def _score_single(file: Handed) -> int:
    return 50 if any(file.head.startswith(sign) for sign in _SINGLE) else 0


def _read_single(file: Handed) -> Iterator[Found]:
    check_depth(file)
    try:
        with _opened(file) as stream:
            head = stream.read(HEAD)
            head += b"" if b"\n" in head else stream.readline(file.limits.row)
        media_type = catalogue.kind_of(decode(head)) if looks_like_text(head) else ""
        if media_type:
            yield from _rows(file, head, media_type)
        else:
            with _opened(file) as stream:
                yield unpack(stream, file, file.name, _inner_name(file), file.size)
    except _DAMAGE as error:
        raise RefusedError(_BROKEN.message, _BROKEN.hint) from error


def _rows(file: Handed, head: bytes, media_type: str) -> Iterator[Found]:
    """Stream the rows of a packed catalogue; it is never unpacked as a whole."""
    kind = next(kind for sign, kind in _SINGLE.items() if file.head.startswith(sign))
    content = file.content(f"application/{kind}")
    with _opened(file) as stream:
        yield from catalogue.rows(file, stream, media_type, content, encoding_of(head))


def _opened(file: Handed) -> BinaryIO:
    if file.head.startswith(b"\x1f\x8b"):
        return cast("BinaryIO", gzip.open(file.path))
    if file.head.startswith(b"BZh"):
        return cast("BinaryIO", bz2.open(file.path))
    return cast("BinaryIO", lzma.open(file.path))


def _inner_name(file: Handed) -> str:
    name = file.file_name
    ending = next((one for one in _ENDINGS if name.lower().endswith(one)), "")
    return name[: len(name) - len(ending)] or name


TAR = Reader("tar", _score_tar, _read_tar, single=False)
ZIP = Reader("zip", _score_zip, _read_zip, single=False)
SINGLE = Reader("packed file", _score_single, _read_single, rows=True, single=False)
