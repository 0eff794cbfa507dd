"""What Archivist's index is measured beside: SQLite FTS5 and tantivy, each asked the same.

Both stem with Porter's stemmer within phrases, too; ours never does. What a peer cannot be asked is
None. Neither has facets or a concordance as ours: FTS5 counts by joins over a temporary table,
tantivy by its aggregations.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from archivist.model.query import (
    And,
    Dated,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Wildcard,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.queries import Asked
    from tests.bench.scale import Row

WRITES = 20

Foreign: TypeAlias = Any
"""Something of tantivy's, which is untyped."""


class Fts:
    """SQLite FTS5, unicode61 with Porter's stemmer."""

    name = f"FTS5 {sqlite3.sqlite_version}"

    def __init__(self, path: Path) -> None:
        """Open the database at `path`, made if need be."""
        self._path = path
        fresh = not path.exists()
        self._base = sqlite3.connect(path)
        self._base.execute("pragma journal_mode=wal")
        self._base.execute("pragma synchronous=normal")
        self._base.execute("pragma mmap_size=4000000000")
        self._base.execute("create temp table hit(doc integer primary key)")
        if fresh:
            self._base.executescript(
                """create table doc(id integer primary key, title, body, date, type);
                create table country(doc, value); create table person(doc, value);
                create index by_date on doc(date); create index by_doc on country(doc, value);
                create index by_person on person(doc, value);
                create virtual table ft using fts5(title, body, content='doc',
                    content_rowid='id', tokenize='porter unicode61');"""
            )

    def fill(self, rows: Sequence[Row]) -> float:
        """Return the documents a second of the index alone."""
        with self._base:
            for key, row in enumerate(rows, 1):
                self._insert(key, row)
        started = time.perf_counter()
        with self._base:
            self._base.execute("insert into ft(rowid, title, body) select id, title, body from doc")
        return len(rows) / (time.perf_counter() - started)

    def _insert(self, key: int, row: Row) -> None:
        values = (key, row["title"], row["body"], row["date"], row["doctype"])
        self._base.execute("insert into doc values (?, ?, ?, ?, ?)", values)
        for name, of in (("country", "countries"), ("person", "people")):
            pairs = [(key, value) for value in row[of]]
            self._base.executemany(f"insert into {name} values (?, ?)", pairs)  # noqa: S608

    def size(self) -> int:
        """Return the bytes of the index."""
        query = "select sum(pgsize) from dbstat where name like 'ft_%'"
        return int(self._base.execute(query).fetchone()[0])

    def close(self) -> None:
        """Let go of the database."""
        self._base.close()

    def ask(self, asked: Asked) -> object | None:
        """Return total and first 20; None where it cannot be asked."""
        if asked.lines:
            return None
        node, dated = _split(asked.node)
        match = None if node is None else _fts(node)
        if match is None:
            return None
        if asked.facets:
            self._facets(match)
        return self._page(match, dated, asked)

    def _page(self, match: str, dated: Dated | None, asked: Asked) -> object:
        where, values = ["ft match ?"], [match]
        ordered = dated or asked.sort == "newest"
        joint = "ft join doc on doc.id = ft.rowid" if ordered else "ft"
        if dated:
            where.append("date between ? and ?")
            values += _days(dated)
        order = "date desc" if asked.sort == "newest" else "rank"
        source = f"from {joint} where {' and '.join(where)}"
        total = self._base.execute(f"select count(*) {source}", values).fetchone()
        if asked.count:
            return total
        page = f"select ft.rowid {source} order by {order} limit 20"
        return total, self._base.execute(page, values).fetchall()

    def _facets(self, match: str) -> None:
        run = self._base.execute
        run("delete from hit")
        run("insert into hit select rowid from ft where ft match ?", (match,))
        joined = "from hit join doc on id = hit.doc group by 1"
        run(f"select type, count(*) {joined}").fetchall()
        run(f"select substr(date, 1, 4), count(*) {joined}").fetchall()
        for name in ("country", "person"):
            run(f"select value, count(*) from hit join {name} using (doc) group by 1").fetchall()  # noqa: S608

    def add_and_change(self, rows: Sequence[Row]) -> tuple[list[float], list[float]]:
        """Add records and change descriptions, one a transaction; return ms of each."""
        added, changed = [], []
        start = self._base.execute("select max(id) from doc").fetchone()[0] + 1
        for key, row in enumerate(rows[:WRITES], start):
            began = time.perf_counter()
            with self._base:
                self._insert(key, row)
                values = (key, row["title"], row["body"])
                self._base.execute("insert into ft(rowid, title, body) values (?, ?, ?)", values)
            between = time.perf_counter()
            with self._base:
                self._base.execute("update doc set date = '2000-01-01' where id = ?", (key,))
            added.append((between - began) * 1e3)
            changed.append((time.perf_counter() - between) * 1e3)
        return added, changed


def _split(node: Node) -> tuple[Node | None, Dated | None]:
    """Part a query into its words and its span of dates."""
    if isinstance(node, Dated):
        return None, node
    if isinstance(node, And):
        dated = next((part for part in node.parts if isinstance(part, Dated)), None)
        rest = tuple(part for part in node.parts if part is not dated)
        return (rest[0] if len(rest) == 1 else And(rest)), dated
    return node, None


def _days(dated: Dated) -> list[str]:
    span = dated.range.interval
    return [dt.date.fromordinal(day).isoformat() for day in (span.first, span.last)]


def _fts(node: Node) -> str | None:
    match node:
        case Word(text) | Phrase(text):
            return f'"{text}"'
        case Prefix(text):
            return f"{text}*"
        case Near(Word(one), Word(other), distance):
            return f'NEAR("{one}" "{other}", {distance - 1})'
        case And((first, Not(left_out))):
            return f"{_fts(first)} NOT {_fts(left_out)}"
        case And(parts):
            return " AND ".join(str(_fts(part)) for part in parts)
        case Or(parts):
            return " OR ".join(str(_fts(part)) for part in parts)
        case _:
            return None


class Tantivy:
    """tantivy-py, its `en_stem` analysis, four fields with fast values."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`, made if need be."""
        import tantivy  # noqa: PLC0415 - an optional peer

        self._engine = tantivy
        self.name = f"tantivy {version('tantivy')}"
        self._folder = folder
        folder.mkdir(exist_ok=True)
        self._schema = self._make_schema()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._searcher = self._index.searcher()

    def _make_schema(self) -> Foreign:
        made = self._engine.SchemaBuilder()
        made.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for name in ("title", "body"):
            made.add_text_field(name, tokenizer_name="en_stem")
        made.add_date_field("date", indexed=True, fast=True)
        for name in ("type", "year", "country", "person"):
            made.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        return made.build()

    def _document(self, key: int, row: Row) -> Foreign:
        made = self._engine.Document()
        texts = [("id", str(key)), ("title", row["title"]), ("body", row["body"])]
        texts += [("type", row["doctype"]), ("year", row["date"][:4])]
        texts += [("country", value) for value in row["countries"]]
        texts += [("person", value) for value in row["people"]]
        for name, value in texts:
            made.add_text(name, value)
        made.add_date("date", dt.datetime.fromisoformat(row["date"]))
        return made

    def fill(self, rows: Sequence[Row], threads: int = 1) -> float:
        """Return the documents a second."""
        writer = self._index.writer(heap_size=256_000_000, num_threads=threads)
        started = time.perf_counter()
        for key, row in enumerate(rows, 1):
            writer.add_document(self._document(key, row))
        writer.commit()
        writer.wait_merging_threads()
        took = time.perf_counter() - started
        self._index.reload()
        self._searcher = self._index.searcher()
        return len(rows) / took

    def size(self) -> int:
        """Return the bytes of the index."""
        return sum(path.stat().st_size for path in self._folder.iterdir())

    def close(self) -> None:
        """Remove it."""
        del self._searcher, self._index
        shutil.rmtree(self._folder, ignore_errors=True)

    def ask(self, asked: Asked) -> object | None:
        """Return total and first 20; None where it cannot be asked."""
        if asked.lines:
            return None
        query = self._query(asked.node)
        if query is None:
            return None
        if asked.facets:
            for name in ("type", "year", "country", "person"):
                terms = {"terms": {"field": name, "size": 500}}
                self._searcher.aggregate(query, {name: terms})
        found: object
        if asked.sort == "newest":
            found = self._searcher.search(query, 20, count=True, order_by_field="date")
        else:
            found = self._searcher.search(query, 1 if asked.count else 20, count=True)
        return found

    def _query(self, node: Node) -> Foreign:
        match node:
            case Word(text) | Phrase(text):
                return self._parsed(f'"{text}"')
            case Near(Word(one), Word(other), distance):
                return self._parsed(f'"{one} {other}"~{distance}')
            case Dated():
                first, last = _days(node)
                return self._parsed(f"date:[{first}T00:00:00Z TO {last}T00:00:00Z]")
            case Prefix(text):
                return self._pattern(f"{text}.*")
            case Wildcard(text):
                return self._pattern(text.replace("*", ".*").replace("?", "."))
            case Fuzzy(text):
                return self._fuzzy(text)
            case And(parts) | Or(parts):
                return self._joined(parts, all_of=isinstance(node, And))
            case _:
                return None

    def _parsed(self, text: str) -> Foreign:
        return self._index.parse_query(text, ["title", "body"])

    def _either(self, queries: Sequence[Foreign]) -> Foreign:
        should = self._engine.Occur.Should
        return self._engine.Query.boolean_query([(should, query) for query in queries])

    def _pattern(self, pattern: str) -> Foreign:
        make = self._engine.Query.regex_query
        return self._either([make(self._schema, name, pattern) for name in ("title", "body")])

    def _fuzzy(self, text: str) -> Foreign:
        import Stemmer  # noqa: PLC0415 - beside its optional user

        stem = Stemmer.Stemmer("english").stemWord(text)
        make = self._engine.Query.fuzzy_term_query
        distance = 1 if len(text) <= 5 else 2
        return self._either(
            [make(self._schema, name, stem, distance=distance) for name in ("title", "body")]
        )

    def _joined(self, parts: Sequence[Node], *, all_of: bool) -> Foreign:
        occur = self._engine.Occur
        joint = occur.Must if all_of else occur.Should
        pairs = [
            (occur.MustNot, self._query(part.part))
            if isinstance(part, Not)
            else (joint, self._query(part))
            for part in parts
        ]
        return self._engine.Query.boolean_query(pairs)

    def add(self, rows: Sequence[Row]) -> list[float]:
        """Add records, one a commit, until each is found; return ms of each."""
        writer = self._index.writer(heap_size=50_000_000, num_threads=1)
        times = []
        for key, row in enumerate(rows[:WRITES], 10_000_000):
            began = time.perf_counter()
            writer.add_document(self._document(key, row))
            writer.commit()
            self._index.reload()
            self._searcher = self._index.searcher()
            times.append((time.perf_counter() - began) * 1e3)
        writer.wait_merging_threads()
        return times


def tantivy_or_none(folder: Path) -> Tantivy | None:
    """Return tantivy where its package is installed."""
    try:
        return Tantivy(folder)
    except ImportError:
        return None
