"""A file's sheets as rows of text, read in a child process: for plans and such."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path

from civictracker.errors import SheetError
from civictracker.sheets.containers import read_grids
from civictracker.sheets.grid import Cell, text_of
from civictracker.sheets.isolated import MEMORY, SECONDS
from civictracker.sheets.limits import limit_memory
from civictracker.sheets.sniff import sniff

MAX_ROWS, MAX_COLUMNS = 20_000, 60
Rows = list[list[str]]


def read_rows(path: Path) -> list[tuple[str, Rows]]:
    """(sheet, rows) of every sheet in view. Raises SheetError."""
    sniff(path)
    child = subprocess.Popen(
        [sys.executable, "-m", "civictracker.sheets.plain"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip
    try:
        out, _ = child.communicate(json.dumps(str(path)).encode(), timeout=SECONDS)
    except subprocess.TimeoutExpired:
        out = b""
    finally:
        if child.poll() is None:
            child.kill()
            child.communicate()
    if child.returncode != 0 or not out:
        raise SheetError(f"‘{path.name}’을(를) 읽지 못했습니다.", "엑셀에서 다시 저장한 뒤 골라 주세요.")
    told = json.loads(out)
    if "error" in told:
        raise SheetError(*told["error"])
    return [(name, rows) for name, rows in told["sheets"]]


def _text(cell: Cell) -> str:
    """Days as ISO, times of day as HH:MM, everything else as it is read."""
    if isinstance(cell, datetime):
        whole_day = cell.time() == time()
        return cell.date().isoformat() if whole_day else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return text_of(cell)


def _main() -> None:
    path = Path(json.loads(sys.stdin.buffer.read()))
    limit_memory(MEMORY)
    try:
        grids, _ = read_grids(path, sniff(path))
        told: dict[str, object] = {
            "sheets": [
                (grid.name, [[_text(cell) for cell in row[:MAX_COLUMNS]] for row in grid.shown[:MAX_ROWS]])
                for grid in grids
                if not grid.hidden
            ]
        }
    except SheetError as error:
        told = {"error": [str(error), error.hint]}
    sys.stdout.buffer.write(json.dumps(told).encode())


if __name__ == "__main__":
    _main()
    sys.stdout.flush()
    os._exit(0)
