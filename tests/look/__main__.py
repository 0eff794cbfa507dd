"""`python -m tests.look`: render every screen and every dossier's pages to build/look/."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.look import desk, dossiers


def main(folder: Path) -> None:
    """Render everything into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    desk.render(folder)
    dossiers.render(folder)
    for path in sorted(folder.rglob("*.png")):
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main(Path("build/look"))
