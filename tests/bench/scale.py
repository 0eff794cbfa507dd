"""Records of any number for benchmarks: real paragraphs, shuffled by the corpus maker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, TypeAlias

from archivist.search import Entry

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT.parent / "shared" / "tools" / "scale_corpus.py"
KEPT = "ARCHIVIST_BENCH_CORPUS"
"""Environment variable: a folder in which corpora are kept from one run to the next."""

Row: TypeAlias = dict[str, Any]


def compiled(folder: str) -> dict[str, str]:
    """Return an environment in which modules are compiled once, as of an installed program."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": folder}


def path_of(folder: Path, count: int) -> Path:
    """Return the file with so many records, made where it is not there yet."""
    kept = os.environ.get(KEPT)
    path = Path(kept or folder) / f"records-{count}.jsonl"
    if not path.exists():
        part = path.with_suffix(".part")
        subprocess.run([sys.executable, TOOL, str(count), part], check=True)
        part.rename(path)
    return path


def rows_of(folder: Path, count: int) -> list[Row]:
    """Return so many records."""
    with path_of(folder, count).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def text_bytes(rows: list[Row]) -> int:
    """Return the size of all texts in UTF-8."""
    return sum(len(row["body"].encode()) for row in rows)


def entry(key: int, row: Row) -> Entry:
    """Return a record as the index sees it."""
    values = {
        "type": (row["doctype"],),
        "place": (row["place"],) if row["place"] else (),
        "country": tuple(row["countries"]),
        "person": tuple(row["people"]),
        "ref": (f"R-{key:06}",),
    }
    return Entry(key, row["title"], row["body"], row["lang"], values, {"date": row["date"]})
