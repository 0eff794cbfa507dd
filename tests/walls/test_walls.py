"""The walls between the rooms: who may import whom, held for the code, the diagram and the CLI."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def contracts() -> list[dict[str, object]]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, object]] = config["tool"]["importlinter"]["contracts"]
    return found


def layers() -> list[set[str]]:
    first = next(one for one in contracts() if one["type"] == "layers")
    named = first["layers"]
    assert isinstance(named, list)
    return [{room.strip() for room in str(layer).split("|")} for layer in named]


def test_every_import_keeps_the_contracts() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_diagram_of_the_architecture_shows_the_layers_of_the_contracts() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    diagram = re.search(r"```rooms\n(.*?)```", page, re.DOTALL)
    assert diagram is not None, "ARCHITECTURE.md lacks its diagram"
    drawn = [
        set(re.findall(r"\b[a-z]+\b", line.partition("#")[0]))
        for line in diagram[1].splitlines()
        if line.strip() and "▼" not in line
    ]
    assert drawn == layers()


def test_every_room_has_a_package_that_says_in_one_sentence_what_it_is() -> None:
    rooms = {room for layer in layers() for room in layer} - {"assets"}
    for room in rooms:
        source = (ROOT / "archivist" / room / "__init__.py").read_text(encoding="utf-8")
        assert source.startswith('"""'), f"archivist/{room} does not say what it is"


def test_the_command_line_runs_where_qt_cannot_be_imported(tmp_path: Path) -> None:
    guard = (
        "import sys\n"
        "class NoQt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in {'PySide6', 'shiboken6', 'qtawesome', 'qtpy'}:\n"
        "            raise ImportError(name)\n"
        "sys.meta_path.insert(0, NoQt())\n"
        "from archivist.cli.__main__ import main\n"
        f"assert main(['--json', 'new', {str(tmp_path / 'a.archive')!r}]) == 0\n"
        "assert main(['--json', 'search', '*']) == 0\n"
        "assert main(['--json', 'check']) == 0\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", guard], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", ["archivist", "archivist.model.query", "archivist.cli.options"])
def test_light_modules_import_no_engine(module: str) -> None:
    code = (
        f"import sys, {module}\n"
        "heavy = {'numpy', 'whoosh', 'docx', 'sqlite_utils', 'PySide6', 'trafilatura', 'rich'}\n"
        "loaded = heavy & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def without_display(source: str) -> str:
    """Allow the one local socket: whether a display answers on this machine."""
    sockets = re.findall(r"socket\.socket\(([^)]*)\)", source)
    local = sockets and all(kind == "socket.AF_UNIX" for kind in sockets)
    return re.sub(r"^import socket$", "", source, flags=re.MULTILINE) if local else source


def test_nothing_of_the_package_opens_a_network_connection() -> None:
    banned = re.compile(
        r"^\s*(?:import|from)\s+(socket|http|urllib\.request|requests|ftplib|smtplib|aiohttp"
        r"|PySide6\.QtNetwork)\b",
        re.MULTILINE,
    )
    guilty = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "archivist").rglob("*.py")
        if banned.search(without_display(path.read_text(encoding="utf-8")))
    ]
    assert guilty == []
