"""Ten questions of an officer to the real records: what Archivist finds, and what a reader finds.

The records of `records.jsonl.xz` are filed into an archive of their own, as `archivist import`
does; those of 2026 last, so that a saved search has news. Every question is asked through
`Archive`; beside it stands what a plain scan of the raw texts finds (`tests/eval/scanning.py`).
Where the two differ, the documents were read, and `apart` says which of the two is right, and why.
"""

from __future__ import annotations

import json
import lzma
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from archivist import Archive
from tests.eval.scanning import (
    Row,
    Scan,
    count,
    dated,
    every,
    folded,
    has,
    in_one,
    kind,
    names,
    near,
    paragraphs,
    sentences,
    spelled,
    whole,
)

CORPUS: Final = Path(__file__).resolve().parents[3] / "shared" / "corpus"
LAST_YEAR: Final = "2026"
"""Records of it are filed last."""
SHORT: Final = 10
"""The short form takes one record of so many, and those that are named here."""
PAGE: Final = 10
_USSR = "ussr|u s s r|soviet union|union of soviet socialist republics"
_MEANT = "“supportive of Taiwan independence” is a form of what was asked for"
_TITLE_OF_MR = "one sentence: the full stop is that of “Mr.”"
_GLYPHS = "written in presentation forms of Arabic letters, which the plain scan cannot read"
_RUSH = "wh:2023-11-09-background-press-call-by-senior-administration-officials-previewing-the"
_AUKUS = "wh:2023-03-13-joint-leaders-statement-on-aukus-2"


@dataclass(frozen=True)
class Question:
    """A question, how an officer puts it, and how a reader would look for the answer.

    Attributes:
        asked: in words.
        query: as typed.
        scan: the plain scan.
        apart: records on which the two differ, found by reading them, and why Archivist is right.
        first: records that the first ten hits must hold.
    """

    asked: str
    query: str
    scan: Scan
    apart: Mapping[str, str] = field(default_factory=dict)
    first: tuple[str, ...] = ()


QUESTIONS: Final = (
    Question(
        "Who has spoken of a two-state solution?",
        '"two-state solution"',
        has("two state solution"),
    ),
    Question(
        "What did Gromyko say to us about Berlin when the Wall was new?",
        "berlin person:gromyko type:memcon date:1961..1963",
        every(dated("1961", "1963"), kind("memcon"), names("gromyko"), has("berlins?")),
        first=("frus:frus1961-63v15/d16", "frus:frus1961-63v15/d64", "frus:frus1961-63v15/d94"),
    ),
    Question(
        "Where did we say in one sentence that we oppose, or do not support, Taiwan independence?",
        '(oppose OR support) /s "Taiwan independence"',
        in_one(sentences, "oppos(?:e|es|ed|ing)|support(?:s|ed|ing)?", "taiwan independence"),
        apart={_RUSH + "-presidents-upcoming-bilater": _MEANT},
        first=(
            "frus:frus1969-76ve13/d65",
            "statepr:347667-the-administration-s-approach-to-the-peo",
        ),
    ),
    Question(
        "When did ambassadors hand over credentials in the fifties?",
        "credentials /s ambassador date:1950..1959",
        every(dated("1950", "1959"), in_one(sentences, "credentials?", "ambassadors?")),
        apart={
            "frus:frus1958-60v14/d317": _TITLE_OF_MR,
            "frus:frus1955-57v25/d259": "two sentences: the second begins with “- (d)”",
        },
    ),
    Question(
        "What had wheat to do with the Soviet Union, by whatever name, before 1977?",
        "wheat /p USSR date:1970..1976",
        every(dated("1970", "1976"), in_one(paragraphs, "wheats?", _USSR)),
        first=("frus:frus1969-76ve14p1/d156", "frus:frus1969-76v38p1/d67"),
    ),
    Question(
        "Who wanted Israel to withdraw from the occupied territories?",
        'withdraw NEAR/5 "occupied territories" date:1967..1975',
        every(
            dated("1967", "1975"),
            near("withdr(?:aw|aws|awn|awing|ew|awal|awals)", "occupied territories", 5),
        ),
        first=("frus:frus1964-68v20/d256", "frus:frus1969-76v12/d175"),
    ),
    Question(
        "Everything on Khrushchev, however he is spelled",
        "Khrushchov~",
        spelled("khrushchov", 2),
    ),
    Question(
        "Mosadeq, Mossadeq, his followers",
        "Mos*ad*q*",
        has(r"mos\w*ad\w*q\w*"),
    ),
    Question(
        "Which briefings apart, who dealt with Nord Stream at length?",
        'ATLEAST/5 "Nord Stream" -type:press-briefing',
        every(has("nord stream", least=5), kind("press-briefing", other=True)),
        first=("statepr:261082-briefing-with-senior-state-department-of",),
    ),
    Question(
        "What do China's government reports say of peaceful reunification?",
        "和平统一",
        has(re.compile("和平统一")),
        first=("prcgwr:1984", "prcgwr:2012"),
    ),
    Question(
        "Who spoke in Arabic of Palestine, or the Palestinians?",
        "فلسطين",
        has(re.compile("فلسطين")),
        apart={"unga79:bh_ar": _GLYPHS, "unga79:lb_ar": _GLYPHS},
    ),
    Question(
        "And in French of territorial integrity?",
        '"integrite territoriale"',
        has("integrite territoriale"),
        first=("unga79:km_fr", "unga79:ml_fr"),
    ),
)
FORMULA: Final = '"two-state solution"'
"""A formula, read line by line in the concordance and counted by year."""
LIST: Final = {
    "AUKUS": whole("aukus"),
    '"Nord Stream"': whole("nord stream"),
    "=Quemoy": whole("quemoy"),
    "USSR": whole(_USSR),
}
"""Lines of a list of terms, and what a reader counts."""
SAVED: Final = ("Venezuela date:2025..", every(dated("2025", "2099"), has("venezuelas?")))
NOTHING: Final = "sovereignty NEAR/5 Malvinas"
_FORMULA = whole("two state solution")
_BOTH = every(has("sovereignty"), has("malvinas"))
_NAMED: Final = {
    _AUKUS,
    "wh:2022-04-05-aukus-leaders-level-statement",
    "wh:2022-09-23-joint-leaders-statement-to-mark-one-year-of-aukus",
    "unga79:ve_en",
    "nltreaty:BWBV0002929",
}.union(*(each.first for each in QUESTIONS), *(each.apart for each in QUESTIONS))


@dataclass
class Reading:
    """What the plain scan found, of one pass over the file.

    Attributes:
        ids: ids of the records, in the order in which they are filed, of each of the two files.
        found: of each question by its query, ids.
        lines: how often the formula stands in the text of each record that has it.
        places: of each line of the list, how often it stands in each record that has it.
        news: ids of later records that the saved search asks for.
        named: ids of records with AUKUS in the title.
        both: ids of records with both words of the question that finds nothing.
    """

    ids: dict[str, list[str]] = field(default_factory=lambda: {"first": [], "later": []})
    found: dict[str, set[str]] = field(default_factory=dict)
    lines: Counter[str] = field(default_factory=Counter)
    places: dict[str, dict[str, int]] = field(default_factory=dict)
    news: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    both: set[str] = field(default_factory=set)

    def read(self, row: Row, file: str) -> None:
        """Ask a record every question."""
        self.ids[file].append(row.id)
        for question in QUESTIONS:
            if question.scan(row):
                self.found.setdefault(question.query, set()).add(row.id)
        if often := len(_FORMULA.findall(row.texts[1])):
            self.lines[row.id] = often
        for line, pattern in LIST.items():
            if often := count(row, pattern):
                self.places.setdefault(line, {})[row.id] = often
        if file == "later" and SAVED[1](row):
            self.news.add(row.id)
        if "aukus" in row.texts[0]:
            self.named.add(row.id)
        if _BOTH(row):
            self.both.add(row.id)


def main(*, short: bool) -> None:
    """File the records, ask, and print what was found; with `short`, of a tenth of them."""
    with tempfile.TemporaryDirectory() as name:
        folder, reading = Path(name), Reading()
        _write(folder, reading, SHORT if short else 1)
        with Archive.create(folder / "questions.archive") as archive:
            twice = _filed(archive, folder / "first.jsonl", reading.ids["first"])
            saved = archive.save_search("News", SAVED[0])
            twice |= _filed(archive, folder / "later.jsonl", reading.ids["later"])
            _questions(archive, reading, twice)
            _line("also", "Archivist", "plain scan", "")
            _line(*(["---"] * 4))
            news = {_id(archive, key) for key in archive.news(saved.number).new}
            _compare("new since the search was saved", news, reading.news - twice)
            _concordance(archive, reading, twice)
            _terms(archive, reading, twice)
            _nothing(archive, reading.both - twice)
            _similar(archive, reading.named - twice)


def _write(folder: Path, reading: Reading, step: int) -> None:
    """Write the records as catalogues of Archivist; let the plain scan read them on the way."""
    with (
        lzma.open(CORPUS / "records.jsonl.xz", "rt", encoding="utf-8") as lines,
        (folder / "first.jsonl").open("w", encoding="utf-8") as first,
        (folder / "later.jsonl").open("w", encoding="utf-8") as later,
    ):
        for number, line in enumerate(lines):
            row = _row(line)
            if number % step == 0 or row.id in _NAMED:
                is_later = row.date >= LAST_YEAR
                (later if is_later else first).write(line)
                reading.read(row, "later" if is_later else "first")


def _row(line: str) -> Row:
    read = json.loads(line)
    people = folded(" ; ".join(map(str, read["people"])))
    date = read["date"] or ""
    return Row(read["id"], read["title"], read["body"], date, read["doctype"], people)


def _filed(archive: Archive, file: Path, ids: list[str]) -> set[str]:
    """File a catalogue; return the ids of records whose text was there already."""
    report = archive.file([file])
    return {ids[int(each.path.rpartition("::")[2]) - 1] for each in report.duplicates}


def _id(archive: Archive, key: int) -> str:
    return archive.record(key).description.custom["id"]


def _ids(archive: Archive, query: str) -> list[str]:
    """Return the ids of all records that match, in order."""
    return [_id(archive, int(key)) for key in archive.search(query, limit=0, keys=True).keys]


def _line(*cells: object) -> None:
    sys.stdout.write(f"| {' | '.join(map(str, cells))} |\n")
    sys.stdout.flush()


def _questions(archive: Archive, reading: Reading, twice: set[str]) -> None:
    _line("question", "query", "Archivist", "plain scan", "first hits", "")
    _line(*(["---"] * 6))
    for question in QUESTIONS:
        found = _ids(archive, question.query)
        read = reading.found.get(question.query, set()) - twice
        first = [each for each in question.first if each not in twice]
        right = sum(each in found[:PAGE] for each in first)
        said = _said(set(found) ^ read, question.apart)
        shown = f"{right} of {len(first)}" if first else ""
        _line(question.asked, f"`{question.query}`", len(found), len(read), shown, said)


def _said(apart: set[str], explained: Mapping[str, str]) -> str:
    """Say whether two answers agree, but for what was read."""
    if unread := sorted(apart - explained.keys()):
        return f"DIFFER: {', '.join(unread[:PAGE])}"
    reasons = Counter(explained[each] for each in sorted(apart))
    return "; ".join(f"{often} apart: {reason}" for reason, often in reasons.items()) or "agree"


def _compare(what: str, found: set[str], read: set[str]) -> None:
    _line(what, len(found), len(read), _said(found ^ read, {}))


def _concordance(archive: Archive, reading: Reading, twice: set[str]) -> None:
    """Compare the lines of the formula, record by record."""
    lines = archive.concordance(FORMULA)
    found = Counter(_id(archive, line.record) for line in lines.lines(0, len(lines)))
    read = Counter({id_: often for id_, often in reading.lines.items() if id_ not in twice})
    said = _said({id_ for id_, _ in found.items() ^ read.items()}, {})
    _line(f"lines of `{FORMULA}`", found.total(), read.total(), said)


def _terms(archive: Archive, reading: Reading, twice: set[str]) -> None:
    for counted in archive.count_terms(LIST).rows:
        places = reading.places.get(counted.line, {})
        read = {id_: often for id_, often in places.items() if id_ not in twice}
        found, wanted = (counted.records, counted.hits), (len(read), sum(read.values()))
        said = "agree" if found == wanted else "DIFFER"
        cells = (f"{records:,} records, {hits:,} places" for records, hits in (found, wanted))
        _line(f"list: `{counted.line}`", *cells, said)


def _nothing(archive: Archive, both: set[str]) -> None:
    """Compare an empty answer's reason with what a reader finds of both words."""
    found = archive.search(NOTHING)
    records = "1 record has" if len(both) == 1 else f"{len(both)} records have"
    right = not found.total and (f"{records} both" in (found.reason or "") if both else True)
    _line(f"`{NOTHING}`", found.reason, f"{records} both", "agree" if right else "DIFFER")


def _similar(archive: Archive, named: set[str]) -> None:
    """Count records named after AUKUS among those most similar to one of them."""
    (ref,) = [hit.ref for hit in archive.search(f'id:="{_AUKUS}"').hits]
    found = _ids(archive, f"like:{ref}")[:PAGE]
    others = named - {_AUKUS}
    _line(
        "`like:` the leaders' statement on AUKUS",
        f"{len(others.intersection(found))} of the first {PAGE} have AUKUS in the title",
        f"{len(others)} others have",
        "",
    )


if __name__ == "__main__":
    main(short="--short" in sys.argv)
