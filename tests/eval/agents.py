"""Whom names mean: variants of 16,000 people linked to them, and the persons of FRUS volumes.

A third of the people is taken out of the list of agents, so that names of unknown people are asked,
too: a link of one of these is wrong, as is a link to anybody else. Certainties were set by half of
the people (by a digest of their numbers); the other half was only scored.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import lzma
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archivist.archive.agents.matching import Matching
from archivist.archive.agents.proposals import Named, gathered, grouped
from archivist.archive.agents.results import Candidate
from archivist.model.agent import Agent, Office
from archivist.model.name_likeness import LINK

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
PEOPLE = CORPUS / "authority" / "hsg_people_variants.jsonl"
PERSONS = CORPUS / "authority" / "frus_volume_persons.csv"
PRINCIPALS = CORPUS / "authority" / "pocom_principals.csv"
_TERM = 60
RECORDS = CORPUS / "records.jsonl.xz"


@dataclass
class Score:
    """Links that were made without asking, and what was proposed."""

    asked: int = 0
    known: int = 0
    linked: int = 0
    right: int = 0
    proposed: int = 0
    wrong: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, name: str, gold: int, *, known: bool, found: tuple[Candidate, ...]) -> None:
        self.asked += 1
        self.known += known
        first = found[0] if found else None
        if first is not None and first.sure:
            self.linked += 1
            self.right += first.number == gold
            if first.number != gold:
                self.wrong.append((name, first.name, first.reason))
        self.proposed += any(one.number == gold for one in found)

    def row(self, name: str) -> str:
        return (
            f"| {name} | {self.asked:,} | {self.known:,} | {self.linked:,} "
            f"| {self.right / max(1, self.linked):.3f} | {self.right / max(1, self.known):.3f} "
            f"| {self.proposed / max(1, self.known):.3f} |\n"
        )


def digest(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


def people() -> list[dict[str, Any]]:
    with PEOPLE.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def agents(everyone: Iterable[dict[str, Any]]) -> list[Agent]:
    """Return agents by their authorised form alone."""
    return [
        Agent(one["preferred"], number=int(one["id"]), birth=one["birth"], death=one["death"])
        for one in everyone
    ]


def known_third(number: str) -> bool:
    return digest(number) % 3 > 0


def variants(everyone: list[dict[str, Any]], *, short: bool) -> None:
    known = [one for one in everyone if known_third(one["id"])]
    began = time.perf_counter()
    matching = Matching(agents(known))
    built = time.perf_counter() - began
    scores = {"set by": Score(), "only scored": Score()}
    for one in everyone[:: 4 if short else 1]:
        score = scores["set by" if digest("x" + one["id"]) % 2 else "only scored"]
        for variant in one["variants"]:
            if variant["name"] != one["preferred"]:
                found = matching.candidates(variant["name"])
                score.add(
                    variant["name"], int(one["id"]), known=known_third(one["id"]), found=found
                )
    for name, score in scores.items():
        sys.stdout.write(score.row(f"variants, {name}"))
    took = time.perf_counter() - began
    asked = sum(score.asked for score in scores.values())
    sys.stdout.write(f"\n{len(known):,} agents put up in {built:.1f} s; ")
    sys.stdout.write(f"{asked:,} names asked in {took - built:.1f} s.\n\n")
    for wrong in scores["set by"].wrong[:: max(1, len(scores["set by"].wrong) // 12)]:
        sys.stdout.write(f"- wrong: {' → '.join(wrong)}\n")


def volume_people(everyone: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """Return the person's number by volume and name, as far as it is known."""
    by_source: dict[str, str] = {}
    by_name: dict[str, set[str]] = defaultdict(set)
    for one in everyone:
        for variant in one["variants"]:
            by_name[variant["name"]].add(one["id"])
            by_source.update((source, one["id"]) for source in variant["sources"])
    found = {}
    with PERSONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            source = f"historicaldocuments/{row['volume']}/persons#{row['person_id']}"
            names = by_name.get(row["name"], set())
            number = by_source.get(source) or (next(iter(names)) if len(names) == 1 else "")
            if number:
                found[row["volume"], row["name"]] = number
    return found


def frus() -> Iterator[tuple[str, str, str]]:
    """Yield volume, date and name for each person of each record."""
    with lzma.open(RECORDS, "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if record["id"].startswith("frus:"):
                volume = record["id"].removeprefix("frus:").partition("/")[0]
                for name in record["people"]:
                    yield volume, record["date"], name


def volumes(everyone: list[dict[str, Any]], *, short: bool) -> None:
    gold = volume_people(everyone)
    matching = Matching(agents(one for one in everyone if known_third(one["id"])))
    score, others = Score(), Score()
    preferred = {one["preferred"] for one in everyone}
    asked: dict[tuple[str, str], str] = {}
    for volume, date, name in frus():
        asked.setdefault((volume, name), date)
    for (volume, name), date in list(asked.items())[:: 4 if short else 1]:
        number = gold.get((volume, name))
        if number:
            found = matching.candidates(name, date)
            score.add(name, int(number), known=known_third(number), found=found)
            if name not in preferred:
                others.add(name, int(number), known=known_third(number), found=found)
    sys.stdout.write(score.row("FRUS `people`"))
    sys.stdout.write(others.row("of these, other words than an authorised form"))
    offices()
    for wrong in score.wrong[:: max(1, len(score.wrong) // 12)]:
        sys.stdout.write(f"- wrong: {' → '.join(wrong)}\n")
    joined(gold, asked)


def offices() -> None:
    """Score who is meant by an office of the United States on the middle day of each term."""
    with PRINCIPALS.open(encoding="utf-8", newline="") as file:
        terms = [row for row in csv.DictReader(file) if row["started"] and row["ended"]]
    held: dict[str, list[Office]] = defaultdict(list)
    for row in terms:
        dates = row["started"], max(row["started"], row["ended"])
        held[row["person_id"]].append(Office(row["position"], "", "", "US", *dates))
    numbers = {person: number for number, person in enumerate(held, 1)}
    matching = Matching(
        Agent(person, number=numbers[person], offices=tuple(held[person])) for person in held
    )
    score = Score()
    for row in terms:
        days = [dt.date.fromisoformat(row[end]).toordinal() for end in ("started", "ended")]
        if days[1] - days[0] >= _TERM:
            day = dt.date.fromordinal(sum(days) // 2).isoformat()
            found = matching.candidates(f"U.S. {row['position']}", day)
            score.add(row["position"], numbers[row["person_id"]], known=True, found=found)
    sys.stdout.write(score.row("U.S. offices, by date"))


def joined(gold: dict[tuple[str, str], str], asked: dict[tuple[str, str], str]) -> None:
    """Score how names of several volumes are joined, no agent being known."""
    began = time.perf_counter()
    bearers: dict[str, set[str]] = defaultdict(set)
    for at, number in gold.items():
        if at in asked:
            bearers[at[1]].add(number)
    mentions = gathered(Named(name, "mentioned", date) for (_, name), date in asked.items())
    groups = grouped(mentions)
    pairs = right = 0
    for group in groups.values():
        forms = [next(iter(bearers[form])) for form in group.forms if len(bearers[form]) == 1]
        pairs += len(forms) * (len(forms) - 1) // 2
        right += sum(one == other for i, one in enumerate(forms) for other in forms[:i])
    wanted = _pairs(bearers)
    sys.stdout.write(
        f"\n{len(asked):,} names of volumes joined to {len(groups):,} persons in "
        f"{time.perf_counter() - began:.1f} s; of {pairs:,} pairs of different forms joined "
        f"{right / max(1, pairs):.3f} are one person's, which are {right / max(1, wanted):.3f} of "
        f"all {wanted:,} such pairs. A link counts from {LINK} on.\n"
    )


def _pairs(bearers: dict[str, set[str]]) -> int:
    by_person: dict[str, int] = defaultdict(int)
    for numbers in bearers.values():
        if len(numbers) == 1:
            by_person[next(iter(numbers))] += 1
    return sum(count * (count - 1) // 2 for count in by_person.values())


def main(*, short: bool = False) -> None:
    """Print the table of `RESULTS.md`."""
    if not PEOPLE.exists():
        sys.stdout.write("The corpus is not there; nothing was measured.\n")
        return
    everyone = people()
    sys.stdout.write(
        "| names | asked | of known people | linked | precision | recall | among those proposed |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
    )
    variants(everyone, short=short)
    volumes(everyone, short=short)


if __name__ == "__main__":
    main(short="--short" in sys.argv)
