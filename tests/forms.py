"""취합 forms filled in as the people of a 읍면동 do it, with another program than wrote them."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet


def edit(path: Path, act: Callable[[Worksheet], object], *, to: Path | None = None, when: str = "") -> Path:
    """Open as Excel would, change something, save; ``when`` becomes the file's own time."""
    book = openpyxl.load_workbook(path)
    act(book["취합"])
    target = to or path
    book.save(target)
    if when:
        stamp = datetime.fromisoformat(f"{when}+09:00").timestamp()
        os.utime(target, (stamp, stamp))
    return target


def inputs(sheet: Worksheet) -> list[list[Any]]:
    """The cells to fill, a list for each channel: found by the hidden keys."""
    keys = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    columns = [cell.column for key, cell in keys.items() if key.startswith("ct1|m|")]
    rows = [cell.row for key, cell in keys.items() if key.startswith("ct1|c|")]
    return [[sheet.cell(row, column) for column in columns] for row in rows]


def filled(*figures: object) -> Callable[[Worksheet], None]:
    """Fill the form's cells in reading order; None leaves one empty."""

    def act(sheet: Worksheet) -> None:
        cells = [cell for row in inputs(sheet) for cell in row]
        assert len(cells) == len(figures)
        for cell, figure in zip(cells, figures, strict=True):
            cell.value = figure

    return act


def fill_all(folder: Path) -> None:
    """Five units' forms of 관악구 as a month brings them back: right, odd, twice, blank; and other files."""
    made = {path.stem.split()[-1]: path for path in sorted(folder.glob("*.xlsx"))}
    edit(made["보라매동"], filled(3342, 9, 8120), to=folder / "보라매 최종.xlsx", when="2026-11-19T09:12")
    edit(made["낙성대동"], filled(470, 6, "약 3천"), when="2026-11-20T09:01")
    edit(made["청룡동"], filled(2880, 5, 5630), to=folder / "청룡동 제출.xlsx", when="2026-11-18T17:20")
    edit(made["청룡동"], filled(2888, 5, 5630), to=folder / "청룡동 제출(수정).xlsx", when="2026-11-20T11:00")
    edit(made["은천동"], filled(1972, None, 3920), when="2026-11-20T08:30")
    (folder / "서원동 회신.hwp").write_bytes(b"HWP Document File V3.00 " + bytes(64))
    (folder / "연락처.csv").write_text("이름,전화\n가,1\n", encoding="utf-8")
