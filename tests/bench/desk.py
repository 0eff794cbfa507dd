"""How soon what is typed at the desk is painted, while an import runs in the worker.

`python -m tests.bench.desk [ARCHIVE_FOLDER [SOURCE_TO_IMPORT]]` drives the real window on a copy of
the archive: keys are typed one after the other, and the time is taken from the last key until the
list has painted the answer with the cards in sight. Without an archive it makes a small one.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QObject, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from archivist.archive import Archive
from archivist.desk.context import Desk
from archivist.desk.models.records import HIT
from archivist.desk.start import end
from archivist.desk.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT.parent / "shared" / "tools" / "scale_corpus.py"
QUERIES: Final = (
    "president", "the government", "foreign minister", '"foreign minister"', "ambassad*",
    "strategic partnership", '"strategic partnership"', "visit date:2010..2020",
    "agreement type:note", "security NEAR/5 council", "united nations", "cooperat*",
    "treaty OR convention", "minister -president", "meeting /s minister", "human rights 2012",
    "ATLEAST/3 visit", "economic cooperation", '"the united states of america"', "peace process",
)  # fmt: skip
"""What is typed; each has hits in real diplomatic prose."""
KEY_MS: Final = 45
"""Between two keys: a quick typist's pace."""
READ_MS: Final = 1000
"""How long an answer is looked at before the next query: the import works on at full speed."""
_PATIENCE_MS: Final = 20_000
_BEAT_MS: Final = 4


class Watch(QObject):
    """Notes when a widget was painted, and how long the window's thread was ever held up."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.painted: dict[str, tuple[float, int]] = {}
        self.stalls: list[float] = []
        self._last = time.perf_counter()
        for view in (window.results.lists.cards.viewport(), window.results._empty):
            view.installEventFilter(self)
        self._beat = QTimer(self)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.setInterval(_BEAT_MS)
        self._beat.timeout.connect(self._tick)
        self._beat.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        answer = self._window.asking.answer
        if event.type() == QEvent.Type.Paint and answer is not None and self._shown():
            text, total = answer.text, answer.found.total
            QTimer.singleShot(0, lambda: self._note(text, total))  # after it was painted
        return super().eventFilter(watched, event)

    def _note(self, text: str, total: int) -> None:
        self.painted.setdefault(text, (time.perf_counter(), total))

    def _shown(self) -> bool:
        """Whether the answer to what stands in the field is what is painted, cards included."""
        answer, results = self._window.asking.answer, self._window.results
        if answer is None or answer.text != self._window.header.search.text():
            return False
        if results.dimmed() or not answer.found.total:
            return not results.dimmed()
        view = results.lists.cards
        first = max(0, view.rowAt(0))
        last = view.rowAt(view.viewport().height() - 1)
        rows = range(first, (last if last >= 0 else len(results.model.keys) - 1) + 1)
        return all(results.model.index(row, 0).data(HIT) is not None for row in rows)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.stalls.append((now - self._last) * 1000 - _BEAT_MS)
        self._last = now


class Driver:
    """A window on an archive, typed into while an import runs."""

    def __init__(self, home: Path, archive: Path, source: Path | None) -> None:
        self._app = QApplication.instance() or QApplication([])
        sys.setswitchinterval(0.001)  # as the desk does
        self.desk = Desk(QSettings(str(home / "desk.ini"), QSettings.Format.IniFormat))
        self.desk.theme.apply()
        self.window = MainWindow(self.desk)
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()
        self._archive, self._source = archive, source
        self.imported = 0
        self.desk.jobs.started.connect(self._began)

    def run(self, queries: Sequence[str]) -> tuple[list[tuple[str, float, int]], Watch]:
        """Return for each query the ms from its last key to the painted answer, and its hits."""
        self.window.session.open(self._archive)
        self._wait(
            lambda: self.window.asking.answer is not None and not self.window.busy(), 120_000
        )
        watch = Watch(self.window)
        took = [self._typed(query, watch) for query in QUERIES[:2]]  # imports of code, first fonts
        self._import()
        watch.stalls.clear()
        took = [self._typed(query, watch) for query in queries]
        watch.removeEventFilter(watch)
        return took, watch

    def close(self) -> None:
        """Stop the import and close the archive."""
        for job in list(self.desk.jobs.running):
            self.desk.jobs.cancel(job)
        self._wait(lambda: not self.desk.jobs.running, 60_000)
        end(self.desk)
        self.window.deleteLater()

    def _typed(self, query: str, watch: Watch) -> tuple[str, float, int]:
        """Type a query key by key; return how long after the last key its answer was painted."""
        self._import()
        field = self.window.header.search
        field.focus()
        QTest.keyClick(field.editor, Qt.Key.Key_Delete)
        QTest.keyClicks(field.editor, query[:-1], delay=KEY_MS)
        self._rest(KEY_MS)
        watch.painted.clear()
        started = time.perf_counter()
        QTest.keyClicks(field.editor, query[-1])
        self._wait(lambda: query in watch.painted, _PATIENCE_MS)
        painted, total = watch.painted.get(query, (started + _PATIENCE_MS / 1000, 0))
        self._rest(READ_MS)
        return query, (painted - started) * 1000, total

    def _import(self) -> None:
        """See to it that an import runs."""
        if self._source is not None and not self.desk.jobs.importing and not self.imported:
            self.window.commands.import_paths([str(self._source)])
            self._wait(lambda: bool(self.desk.jobs.running), 20_000)
            self._rest(1500)

    def _began(self, _job: int, _kind: str) -> None:
        self.imported += 1

    def _rest(self, pause: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(pause, loop.quit)
        loop.exec()

    def _wait(self, until: Callable[[], bool], patience: int) -> None:
        deadline, loop, look = QDeadlineTimer(patience), QEventLoop(), QTimer()
        look.timeout.connect(lambda: loop.quit() if until() or deadline.hasExpired() else None)
        look.start(2)
        loop.exec()


def measured(
    home: Path, archive: Path, source: Path | None, queries: Sequence[str] = QUERIES
) -> str:
    """Type every query at the desk; return what was measured, as a table."""
    driver = Driver(home, archive, source)
    took, watch = driver.run(queries)
    importing = driver.desk.jobs.importing
    with Archive.open(archive, follow=False) as opened:
        count = opened.count()
    driver.close()
    times = sorted(ms for _, ms, _ in took)
    return (
        "| records | import | queries | p50 ms | p95 ms | max ms | window held up, max ms |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        f"| {count:,} | {'running' if importing else 'ended before' if source else 'none'} "
        f"| {len(times)} | {statistics.median(times):.0f} | {_at(times, 0.95):.0f} "
        f"| {times[-1]:.0f} | {max(watch.stalls, default=0):.0f} |\n\n"
        + "\n".join(f"- {ms:6.0f} ms  {total:>9,} records  `{query}`" for query, ms, total in took)
    )


def _at(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, round(share * (len(times) - 1)))]


def corpus(folder: Path, kept: int, delivered: int) -> tuple[Path, Path]:
    """Write two catalogues: the records there are, and those that will be delivered."""
    whole = folder / "whole.jsonl"
    command = [sys.executable, str(TOOL), str(kept + delivered), str(whole)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    lines = whole.read_text(encoding="utf-8").splitlines(keepends=True)
    parts = (folder / "kept.jsonl", folder / "delivered.jsonl")
    for path, rows in zip(parts, (lines[:kept], lines[kept:]), strict=True):
        path.write_text("".join(rows), encoding="utf-8")
    return parts


def texts(folder: Path, catalogue: Path) -> Path:
    """Write the records of a catalogue as text files, as they might be delivered."""
    delivery = folder / "delivery"
    delivery.mkdir()
    with catalogue.open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            row = json.loads(line)
            text = f"{row['title']}\n\n{row['body']}"
            (delivery / f"{number:05}.txt").write_text(text, encoding="utf-8")
    return delivery


def own_archive(folder: Path, catalogue: Path) -> Path:
    """Make an archive of a catalogue."""
    archive = folder / "bench.archive"
    with Archive.create(archive) as made:
        made.file([catalogue])
        made.follow()
    return archive


def main(*, short: bool, archive: Path | None = None, source: Path | None = None) -> None:
    """Measure and print; an archive given is copied first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if archive is not None and source is not None:
            own = Path(shutil.copytree(archive, folder / "copy.archive"))
        else:
            kept, delivered = corpus(folder, *((1_000, 1_500) if short else (10_000, 12_000)))
            source = source or texts(folder, delivered)
            own = archive or own_archive(folder, kept)
            own = Path(shutil.copytree(own, folder / "copy.archive"))
        sys.stdout.write(measured(folder, own, source, QUERIES[:8] if short else QUERIES) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path, nargs="?")
    parser.add_argument("source", type=Path, nargs="?")
    parser.add_argument("--short", action="store_true")
    given = parser.parse_args()
    main(short=given.short, archive=given.archive, source=given.source)
