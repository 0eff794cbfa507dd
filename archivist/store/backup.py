"""An archive in one file, and back: a zip of the database, the originals and a manifest."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
import zipfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from archivist.model.errors import ArchiveDamagedError, InputError, StorageError
from archivist.model.progress import Progress
from archivist.store.database import connect, copy_database
from archivist.store.disk import sync_file, sync_folder
from archivist.store.ledger import head
from archivist.store.originals import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from archivist.model.progress import CancelToken, Report
    from archivist.store.database import Database
    from archivist.store.store import Store

_DATABASE = "archive.sqlite"
_MANIFEST = "manifest.json"
_KIND = "archivist-backup"
_FORMAT = 1
_CHUNK = 1 << 20
_MEMBER = re.compile(r"originals/([0-9a-f]{2})/\1[0-9a-f]{62}")
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds.

    Attributes:
        records: how many records, in any state.
        originals: how many originals.
        sha256: of the backup file.
        faults: originals that were missing or altered when it was made, in words.
    """

    records: int
    originals: int
    sha256: str
    faults: tuple[str, ...] = ()


def write(
    store: Store, db: Database, target: Path, report: Report, cancel: CancelToken | None
) -> Backup:
    """Write a backup; the file appears whole or not at all.

    Raises:
        InputError: the target is a folder.
        StorageError: it cannot be written.
        StoppedError: stopping was asked for.
    """
    if not target.name or target.is_dir():
        raise InputError(f"{target} is a folder.", "Name the file the backup goes into.")
    making = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    copy = store.folder / "spool" / f"backup-{secrets.token_hex(4)}.sqlite"
    try:
        copy.parent.mkdir(exist_ok=True)
        copy_database(db, copy, report, cancel)
        manifest = _pack(store, copy, making, report, cancel)
        sync_file(making)
        making.replace(target)
        sync_folder(target.parent)
        return _told(manifest, digest_of(target))
    except OSError as error:
        raise StorageError(
            f"The backup {target} cannot be written: {error.strerror or error}.",
            "Choose a folder you may write to, on a disk with space left.",
        ) from error
    finally:
        copy.unlink(missing_ok=True)
        making.unlink(missing_ok=True)


def restore(source: Path, folder: Path, report: Report, cancel: CancelToken | None) -> Backup:
    """Make an archive of a backup; the folder appears whole and proven, or not at all.

    Raises:
        InputError: the file is no backup, or the folder is not empty.
        ArchiveDamagedError: the backup is damaged.
        StorageError: the archive cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} exists already and is not empty.", "Choose a new folder.")
    if not source.is_file():
        raise InputError(f"There is no file {source}.", "Name the file of the backup.")
    folder = folder.absolute()
    making = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        manifest = _unpack(source, making, report, cancel)
        _prove(making, manifest)
        _appear(making, folder)
        return _told(manifest, digest_of(source))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"{source} is no backup of an archive, or it is cut short.") from error
    except OSError as error:
        raise StorageError(
            f"The archive cannot be restored to {folder}: {error.strerror or error}.",
            "Choose a folder you may write to, on a disk with space left.",
        ) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _appear(making: Path, folder: Path) -> None:
    """Give a restored archive its place; in a folder that is there, the database comes last."""
    if not folder.exists():
        making.replace(folder)
    else:
        for part in sorted(making.iterdir(), key=lambda path: path.name == _DATABASE):
            part.replace(folder / part.name)
        sync_folder(folder)
    sync_folder(folder.parent)


def _pack(
    store: Store, copy: Path, making: Path, report: Report, cancel: CancelToken | None
) -> dict[str, Any]:
    about, originals = _about(copy)
    files: dict[str, str] = {}
    faults: list[str] = []
    with zipfile.ZipFile(making, "w", zipfile.ZIP_STORED) as pack:
        files[_DATABASE] = _put(pack, _DATABASE, copy)
        for done, sha256 in enumerate(originals):
            if cancel is not None:
                cancel.check()
            report(Progress(done, len(originals), "Copying originals", sha256))
            faults += _put_original(pack, store, sha256, files)
        manifest = about | {"files": files, "faults": faults}
        pack.writestr(zipfile.ZipInfo(_MANIFEST, _EPOCH), json.dumps(manifest, indent=1))
    return manifest


def _put_original(
    pack: zipfile.ZipFile, store: Store, sha256: str, files: dict[str, str]
) -> Iterator[str]:
    """Copy an original; a backup of an archive that lost some must still be possible."""
    name = f"originals/{sha256[:2]}/{sha256}"
    path = store.originals.path(sha256)
    if not path.is_file():
        yield f"The original {sha256} is missing."
        return
    files[name] = _put(pack, name, path)
    if files[name] != sha256:
        yield f"The original {sha256} was altered."


def _put(pack: zipfile.ZipFile, name: str, path: Path) -> str:
    with (
        path.open("rb") as read,
        pack.open(zipfile.ZipInfo(name, _EPOCH), "w", force_zip64=True) as written,
    ):
        return _copy(read, written)


def _copy(read: IO[bytes], written: IO[bytes]) -> str:
    total = hashlib.sha256()
    while chunk := read.read(_CHUNK):
        total.update(chunk)
        written.write(chunk)
    return total.hexdigest()


def _about(copy: Path) -> tuple[dict[str, Any], list[str]]:
    """Return what the manifest tells of the copied database, and the originals it names."""
    db = connect(copy)
    try:
        about: dict[str, str] = dict(db.all("SELECT key, value FROM archive"))
        seq, chained = head(db)
        originals = [row[0] for row in db.all("SELECT sha256 FROM originals ORDER BY sha256")]
        told = {
            "kind": _KIND,
            "format": _FORMAT,
            "id": about["id"],
            "name": about["name"],
            "journal": {"head": seq, "hash": chained.hex()},
            "records": db.value("SELECT count(*) FROM records"),
        }
        db.execute("PRAGMA journal_mode = delete").fetchall()
    finally:
        db.close()
    return told, originals


def _unpack(
    source: Path, making: Path, report: Report, cancel: CancelToken | None
) -> dict[str, Any]:
    with zipfile.ZipFile(source) as pack:
        manifest = _manifest(pack, source)
        (making / "originals").mkdir(parents=True)
        (making / "spool").mkdir()
        files: Mapping[str, str] = manifest["files"]
        for done, (name, digest) in enumerate(files.items()):
            if cancel is not None:
                cancel.check()
            report(Progress(done, len(files), "Restoring", name))
            _take(pack, name, digest, making)
    return manifest


def _manifest(pack: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(pack.read(_MANIFEST))
        whole = manifest["kind"] == _KIND and _DATABASE in manifest["files"]
        newer = manifest["format"] > _FORMAT
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{source} is no backup of an archive.") from error
    if not whole:
        raise InputError(f"{source} is no backup of an archive.")
    if newer:
        raise InputError(
            f"A newer Archivist has written the backup {source}.", "Restore it with that."
        )
    return manifest


def _take(pack: zipfile.ZipFile, name: str, digest: str, making: Path) -> None:
    if name != _DATABASE and not _MEMBER.fullmatch(name):
        raise ArchiveDamagedError(f"The backup names {name!r}, which no backup holds.")
    target = making / name
    target.parent.mkdir(exist_ok=True)
    try:
        with pack.open(name) as read, target.open("xb") as written:
            found = _copy(read, written)
    except KeyError as error:
        raise ArchiveDamagedError(f"The backup lacks {name}.", "Use another backup.") from error
    if found != digest:
        raise ArchiveDamagedError(f"In the backup, {name} was altered.", "Use another backup.")
    sync_file(target)


def _prove(making: Path, manifest: Mapping[str, Any]) -> None:
    """See that the database is the one the manifest tells of."""
    db = connect(making / _DATABASE)
    try:
        seq, chained = head(db)
    finally:
        db.close()
    if manifest["journal"] != {"head": seq, "hash": chained.hex()}:
        raise ArchiveDamagedError(
            "The journal in the backup is not the one its manifest tells of.",
            "Use another backup.",
        )


def _told(manifest: Mapping[str, Any], sha256: str) -> Backup:
    originals = len(manifest["files"]) - 1
    return Backup(manifest["records"], originals, sha256, tuple(manifest["faults"]))
