"""README's first command on a machine without a screen: it ends by itself and leaves papers and pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from civictracker.ui.shell.rooms import ROOMS

Program = Callable[..., Any]


def test_the_demonstration_ends_with_papers_and_a_picture_of_every_room(
    program: Program, tmp_path: Path
) -> None:
    out = tmp_path / "그림 모음"

    ended = program("demo", "--offscreen", out, data=None, spawn=True)

    assert ended.status == 0, ended.err
    made = {each.name for each in out.iterdir()}
    assert made == {
        "weekly-report.pdf",
        "weekly-report.png",
        *(f"{room.id}-light-100.png" for room in ROOMS),
    }
    assert (out / "weekly-report.pdf").read_bytes().startswith(b"%PDF-")
    assert all(each.stat().st_size > 5_000 for each in out.glob("*.png"))
