"""Statements drawn at random from all records, to be read and judged one by one.

`python -m tests.eval.statement_reading draw SEED OUT [SURE UNSURE [KNOWN]]` writes what is to be
read to OUT, each statement with the words around it, and its places to OUT.jsonl; `judge SEED OUT
VERDICTS` keeps the verdicts in `data/statements-read-SEED.jsonl` (places, no texts); `tables SEED`
prints how many were right. Of VERDICTS each line names a statement that is wrong, by its number:
`12 span speaker: the cause`; whatever is not named is right. A cause that begins with "name:" says
that the right one is meant and only the name is not as it should be. Nothing is drawn from a
document that was labelled or read before, nor from one that KNOWN names (ids, one a line).
"""

from __future__ import annotations

import heapq
import json
import lzma
import math
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from archivist.intake.statements import extract
from archivist.model.statement import SURE, Statement
from tests.eval.statement_cases import CORPUS, DATA, DEV, OPEN, OPENED, SEALED, lines_of

RECORDS: Final = 400
"""Records whose whole texts are searched."""
COUNTS: Final = {True: 200, False: 60}
"""How many sure and unsure statements are read."""
LABELLED: Final = (DEV, OPEN, SEALED, OPENED)
RIGHTS: Final = ("span", "kind", "speaker")
_BEFORE: Final = 900
_AFTER: Final = 350
_HEAD: Final = 500
"""Characters of a text that are shown from its beginning."""
_Z: Final = 1.96
_RESAMPLES: Final = 2_000


@dataclass(frozen=True)
class Drawn:
    """A statement with the record it was found in.

    Attributes:
        number: by which it is judged, from 1.
        record: of the corpus.
        found: the statement.
    """

    number: int
    record: dict[str, Any]
    found: Statement


def drawn(seed: int, counts: dict[bool, int], known: set[str]) -> list[Drawn]:
    """Return statements drawn by a seed, each as likely as any other of the records drawn.

    Args:
        seed: another one, other records and statements.
        counts: how many sure and how many unsure ones.
        known: ids of records that are left out.
    """
    found = [
        (record, one)
        for record in _records(seed, known)
        for one in extract(
            record["body"],
            title=record["title"] or "",
            language=record["lang"] or "",
            doctype=record["doctype"] or "",
            date=record["date"] or "",
        )
    ]
    chance = random.Random(seed)
    chosen: list[tuple[dict[str, Any], Statement]] = []
    for sure, count in counts.items():
        several = [pair for pair in found if (pair[1].certainty >= SURE) == sure]
        picked = sorted(chance.sample(range(len(several)), min(count, len(several))))
        chosen += [several[place] for place in picked]
        sys.stdout.write(f"{len(picked)} of {len(several)} {'sure' if sure else 'unsure'}\n")
    return [Drawn(number, *pair) for number, pair in enumerate(chosen, 1)]


def _records(seed: int, known: set[str]) -> list[dict[str, Any]]:
    """Return records of the corpus drawn by a seed, in the order of their ids."""
    with lzma.open(CORPUS, "rt", encoding="utf-8") as file:
        lots = (
            (random.Random(f"{seed} {record['id']}").random(), record["id"], record)
            for record in map(json.loads, file)
            if record["id"] not in known
        )
        picked = heapq.nsmallest(RECORDS, lots)
    return sorted((record for _, _, record in picked), key=lambda record: str(record["id"]))


def told(one: Drawn) -> str:
    """Return a statement as it is read: what was found, how its text begins, the words around."""
    found, record = one.found, one.record
    body, start, end = record["body"], found.start, found.end
    head = body[:_HEAD] if start - _BEFORE > 0 else ""
    names = " | ".join(str(record[name]) for name in ("id", "title", "date", "doctype", "lang"))
    rule = f"{found.kind} ({found.rule} {found.certainty:.2f})"
    lines = [
        f"=== {one.number} {names}",
        f"{rule} {found.speaker!r} as {found.surface!r}, cue {found.cue!r}",
        *([head, "[…]"] if head else []),
        f"{body[max(0, start - _BEFORE) : start]}⟦{body[start:end]}⟧{body[end : end + _AFTER]}",
    ]
    return "\n".join(line for line in "\n".join(lines).splitlines() if line.strip()) + "\n"


def place(one: Drawn) -> dict[str, Any]:
    """Return where a statement is and how it was found, without its words."""
    found, record = one.found, one.record
    return {
        "id": record["id"],
        "language": record["lang"],
        "start": found.start,
        "end": found.end,
        "kind": found.kind,
        "rule": found.rule,
        "certainty": round(found.certainty, 3),
    }


def judged(
    places: Iterable[dict[str, Any]], wrong: dict[int, tuple[set[str], str]]
) -> Iterator[dict[str, Any]]:
    """Yield the places with what is right there.

    Args:
        places: of what was read, in the order of its numbers.
        wrong: by number what is wrong, of RIGHTS, and the cause.
    """
    for number, row in enumerate(places, 1):
        faults, cause = wrong.get(number, (set(), ""))
        yield row | {f"{right}_right": right not in faults for right in RIGHTS} | {"cause": cause}


def parsed(text: str) -> dict[int, tuple[set[str], str]]:
    """Return what is wrong by number, from lines like `12 span speaker: the cause`.

    Raises:
        ValueError: a line that is none, or a word that names nothing judged.
    """
    wrong = {}
    for line in filter(str.strip, text.splitlines()):
        words, colon, cause = line.partition(":")
        number, *faults = words.split()
        if not colon or not faults or set(faults) - set(RIGHTS):
            raise ValueError(f"not a verdict: {line}")
        wrong[int(number)] = (set(faults), cause.strip())
    return wrong


def tables(rows: list[dict[str, Any]]) -> str:
    """Return how many were right: sure and unsure ones, by kind, language and rule."""
    lines = ["| | read | span | speaker | both |", "| --- " * 5 + "|"]
    for sure in (True, False):
        several = [row for row in rows if (row["certainty"] >= SURE) == sure]
        if not several:
            continue
        lines.append(_line("sure" if sure else "unsure", several))
        for field in ("kind", "language", "rule"):
            names = {row[field] for row in several}
            for name in sorted(names, key=lambda name: (-_count(several, field, name), name)):
                of = [row for row in several if row[field] == name]
                lines.append(_line(f"{field}: {name}", of))
        low, high = resampled(several)
        named = sum(row["span_right"] and (_both(row) or _is_name(row)) for row in several)
        lines.append(f"records instead of statements drawn anew: both {low:.2f} to {high:.2f}")
        lines.append(f"with names that mean the right one: both {_share(named, len(several))}")
    return "\n".join(lines) + "\n"


def _count(rows: list[dict[str, Any]], field: str, name: str) -> int:
    """Return how many rows have a value."""
    return sum(row[field] == name for row in rows)


def _line(name: str, rows: list[dict[str, Any]]) -> str:
    """Return a row of the table: shares with their intervals."""
    rights: list[Callable[[dict[str, Any]], bool]] = [
        lambda row: row["span_right"],
        lambda row: row["speaker_right"],
        _both,
    ]
    cells = [_share(sum(map(right, rows)), len(rows)) for right in rights]
    return f"| {name} | {len(rows)} | {' | '.join(cells)} |"


def _both(row: dict[str, Any]) -> bool:
    """Whether span and speaker are right."""
    return bool(row["span_right"] and row["speaker_right"])


def _is_name(row: dict[str, Any]) -> bool:
    """Whether the speaker is the right one, only not named as it should be."""
    return str(row["cause"]).startswith("name:")


def _share(right: int, of: int) -> str:
    """Return a share with its interval; without one where it would tell nothing."""
    if of < 5:
        return f"{right} of {of}"
    low, high = wilson(right, of)
    return f"{right / of:.3f} ({low:.2f}–{high:.2f})"


def wilson(right: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of a share after Wilson (1927); `of` is at least 1."""
    share, square = right / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    spread = _Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - spread), min(1.0, middle + spread)


def resampled(rows: list[dict[str, Any]]) -> tuple[float, float]:
    """Return the 95 % interval of "both" where records are drawn anew (bootstrap)."""
    records: dict[str, list[bool]] = {}
    for row in rows:
        records.setdefault(row["id"], []).append(_both(row))
    groups, chance = list(records.values()), random.Random(1)
    shares = []
    for _ in range(_RESAMPLES if groups else 0):
        chosen = [right for group in chance.choices(groups, k=len(groups)) for right in group]
        shares.append(sum(chosen) / len(chosen))
    shares.sort()
    return (shares[len(shares) // 40], shares[-len(shares) // 40]) if shares else (0.0, 1.0)


def main(words: list[str]) -> None:
    """Draw, keep verdicts or print tables, as the words of the command line say."""
    what, seed, files = words[0], int(words[1]), [Path(word) for word in words[2:4]]
    kept = DATA / f"statements-read-{seed}.jsonl"
    if what == "tables":
        sys.stdout.write(tables(lines_of(kept)))
    elif what == "judge":
        wrong = parsed(files[1].read_text("utf-8"))
        _write(kept, judged(lines_of(_places(files[0])), wrong))
    else:
        counts = dict(zip((True, False), map(int, words[3:5]), strict=False))
        earlier = [path for path in DATA.glob("statements-read*.jsonl") if path != kept]
        known = {row["id"] for path in (*LABELLED, *earlier) for row in lines_of(path)}
        known |= {key for word in words[5:] for key in Path(word).read_text("utf-8").split()}
        several = drawn(seed, COUNTS | counts, known)
        files[0].write_text("\n".join(map(told, several)), "utf-8")
        _write(_places(files[0]), map(place, several))


def _places(path: Path) -> Path:
    """Return where the places of what is read are kept."""
    return path.with_name(path.name + ".jsonl")


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write JSON lines."""
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
