from __future__ import annotations

import itertools
import json
import lzma
import time
from typing import TYPE_CHECKING

import pytest

from archivist.dossier.texts import safe
from archivist.dossier.word import write
from tests.dossier.making import dossier, gate, item, part, styled, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.dossier.outline import Item


def real(corpus: Path, count: int) -> list[Item]:
    with lzma.open(corpus / "records.jsonl.xz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in itertools.islice(file, 0, count * 10, 10)]
    return [
        item(
            n, row["body"], r"\bgovernments?\b", title=row["title"], date=row["date"],
            doctype=row["doctype"], place=row["place"], language=row["lang"],
        )
        for n, row in enumerate(rows, start=1)
    ]  # fmt: skip


@pytest.mark.corpus
def test_three_hundred_real_records_are_whole_valid_and_quick(corpus: Path, tmp_path: Path) -> None:
    items = real(corpus, 300)
    target = tmp_path / "dossier.docx"
    started = time.process_time()
    made = dossier(items)
    write(made, target, layout=False)
    assert time.process_time() - started < 2
    root = part(target)
    assert len(styled(root, "Heading2")) == 300
    shown = "".join("".join(text_of(p).split()) for p in styled(root, "RecordText"))
    given = "".join("".join(safe(entry.item.text).split()) for entry in made.entries)
    assert shown == given
    gate(target)
