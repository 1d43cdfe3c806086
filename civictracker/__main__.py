"""``python -m civictracker`` and the installed command: joins the command line and the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from civictracker import cli
from civictracker.cli.call import Clock


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; the exit status."""
    return cli.main(argv, cli.Screen(_run_window, _render_rooms, _prepare))


def _run_window(
    path: Path,
    clock: Clock | None,
    sample: bool,  # noqa: FBT001 (a callback)
    backup: Path | None,
) -> int:
    from civictracker.app import local_clock, run_window  # noqa: PLC0415 (Qt only when it is shown)

    return run_window(path, clock or local_clock, sample=sample, backup=backup)


def _render_rooms(path: Path, clock: Clock, folder: Path) -> list[Path]:
    _without_screen()
    from civictracker.app import render_rooms  # noqa: PLC0415

    return render_rooms(path, clock, folder)


def _prepare() -> object:
    _without_screen()
    from civictracker.app import make_application  # noqa: PLC0415

    return make_application()


def _without_screen() -> None:
    """Draw to memory where there is no display, unless the person chose a platform."""
    if sys.platform != "win32" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


if __name__ == "__main__":
    sys.exit(main())
