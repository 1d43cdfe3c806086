"""Foreign files are read in a child process: a reader that hangs, panics or eats memory dies alone.

The child is this module run with ``-m``; it gets one JSON line and answers with one JSON document.
Its end, whatever it is, becomes one plain sentence in the parent.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import threading
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from civictracker.domain.weeks import Period, WeekNaming, WeekRule
from civictracker.errors import CancelledError, SheetError
from civictracker.sheets.containers import read_grids
from civictracker.sheets.exported import Exported
from civictracker.sheets.grid import address
from civictracker.sheets.records import LeftOut, Question, Records
from civictracker.sheets.sniff import sniff
from civictracker.sheets.understand import Understanding, Understood, understand

SECONDS = 60
MEMORY = 3_000_000_000
VIEW_ROWS, VIEW_COLUMNS = 400, 60


@dataclass(frozen=True, slots=True)
class SheetView:
    """The picture of a sheet: its first rows as text, and what its parts were understood as."""

    name: str
    cells: list[list[str]]
    merges: list[tuple[int, int, int, int]]
    header: tuple[int, int]
    first: int
    last: int
    titles: int  # rows above the header
    roles: dict[int, str]  # column → entity, date, value, skip
    total_rows: int


@dataclass(frozen=True, slots=True)
class TableFound:
    """What the child tells of one table; ``records`` address the sheet's cells."""

    sheet: str
    range: str
    layout: str
    preset: str
    platform: str
    signature: str
    metric_hint: str
    records: Records
    questions: list[Question]
    left_out: list[LeftOut]
    totals: list[str]
    checks: list[str]
    warnings: list[str]
    missing: int
    per_post: bool
    view: SheetView
    exported: Exported | None = None  # our own export, read back


@dataclass(frozen=True, slots=True)
class FileFound:
    file: str
    container: str
    encoding: str
    tables: list[TableFound]
    warnings: list[str] = field(default_factory=list)


class Stopper:
    """Lets another thread end the child (취소)."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self.stopped = threading.Event()

    def watch(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child
        if self.stopped.is_set():
            child.kill()

    def stop(self) -> None:
        self.stopped.set()
        if self._child is not None:
            self._child.kill()


def read_file(
    path: Path,
    *,
    answers: dict[str, str] | None = None,
    naming: WeekNaming | None = None,
    stopper: Stopper | None = None,
    seconds: float = SECONDS,
) -> FileFound:
    """Read and understand ``path`` in a child. Raises SheetError or CancelledError."""
    sniff(path)  # cheap, and its sentences are the best ones
    naming = naming or WeekNaming()
    order = {
        "path": str(path), "answers": answers or {}, "rule": naming.rule.value,
        "weekday": naming.base_weekday,
    }  # fmt: skip
    child = subprocess.Popen(
        [sys.executable, "-m", "civictracker.sheets.isolated"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )  # fmt: skip
    if stopper is not None:
        stopper.watch(child)
    try:
        out, _ = child.communicate(json.dumps(order).encode(), timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise SheetError(
            f"‘{path.name}’을(를) {seconds:g}초 안에 읽지 못했습니다.",
            "필요한 시트만 남겨 다시 저장한 뒤 골라 주세요.",
        ) from error
    finally:
        if child.poll() is None:
            child.kill()
            child.communicate()
    if stopper is not None and stopper.stopped.is_set():
        raise CancelledError
    return _answer(path, child.returncode, out)


def _answer(path: Path, code: int, out: bytes) -> FileFound:
    if code != 0 or not out:
        raise SheetError(
            f"‘{path.name}’은(는) 지나치게 크거나 깨져 있어 읽을 수 없습니다.",
            "엑셀에서 열어 필요한 부분만 새 파일로 저장한 뒤 골라 주세요.",
        )
    told = json.loads(out)
    if "error" in told:
        raise SheetError(*told["error"])
    return _unpacked(told)


# --- the child --------------------------------------------------------------------------------


def _main() -> None:
    order = json.loads(sys.stdin.buffer.read())
    gc.disable()  # a short life with a million cells that all stay: looking for garbage is a third of it
    _limit_memory()
    naming = WeekNaming(WeekRule(order["rule"]), order["weekday"])
    try:
        told = _packed(_understood(Path(order["path"]), order["answers"], naming))
    except SheetError as error:
        told = {"error": [str(error), error.hint]}
    except MemoryError:
        told = {"error": ["파일이 지나치게 커서 읽을 수 없습니다.", "필요한 시트만 남겨 다시 저장해 주세요."]}
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False, default=_text).encode())


def _limit_memory() -> None:
    """A ceiling where the system offers one; on Windows the time limit alone must do."""
    try:
        import resource  # noqa: PLC0415 (not on Windows)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _understood(path: Path, answers: dict[str, str], naming: WeekNaming) -> Understanding:
    container = sniff(path)
    grids, encoding = read_grids(path, container, password=answers.get("password", ""))
    return understand(
        grids, file=path.name, container=container, encoding=encoding, answers=answers, naming=naming
    )


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)


def _packed(result: Understanding) -> dict[str, Any]:
    return {
        "file": result.file, "container": result.container.value, "encoding": result.encoding,
        "warnings": result.warnings, "tables": [_packed_table(table) for table in result.tables],
    }  # fmt: skip


def _packed_table(table: Understood) -> dict[str, Any]:
    found, records = table.found, table.found.records
    return {
        "sheet": table.sheet, "range": table.range, "layout": found.table.layout.value,
        "preset": table.preset, "platform": table.platform, "signature": table.signature,
        "metric_hint": table.metric_hint, "totals": found.totals, "checks": found.checks,
        "warnings": found.warnings, "missing": found.missing, "per_post": found.per_post,
        "questions": [[q.key, q.why, q.choices, q.blocking, q.cell] for q in found.questions],
        "left_out": [[each.cell, each.why, each.is_error] for each in found.left_out],
        "records": {
            "entities": records.entities, "metrics": records.metrics,
            "periods": [period and period.code for period in records.periods],
            **{name: _column(getattr(records, name)) for name in _COLUMNS},
            "value": [v if type(v) is int else str(v) for v in records.value],
            "approximate": sorted(records.approximate),
        },
        "view": _view(table),
        "exported": None if table.exported is None else asdict(table.exported),
    }  # fmt: skip


_COLUMNS = ("entity", "metric", "period", "row", "column")


def _column(numbers: Iterable[int]) -> str:
    """Indexes as one short text: a hundred thousand JSON numbers would cost ten times the memory."""
    return b64encode(array("i", numbers).tobytes()).decode("ascii")


def _numbers(column: str) -> array[int]:
    numbers = array("i")
    numbers.frombytes(b64decode(column))
    return numbers


def _view(table: Understood) -> dict[str, Any]:
    grid, found = table.grid, table.found.table
    width = min(VIEW_COLUMNS, max(grid.width, found.right + 1))
    rows = grid.rows[:VIEW_ROWS]
    roles = {}
    for column in found.columns:
        if column.time is not None:
            roles[column.index] = "value"
        elif column.role is None:
            roles[column.index] = "value" if column.content == "number" else "skip"
        else:
            roles[column.index] = _ROLE_TINTS.get(column.role.value, "skip")
    return {
        "name": grid.name, "cells": [[_shown(cell) for cell in row[:width]] for row in rows],
        "merges": [merge for merge in grid.merges if merge[0] < VIEW_ROWS and merge[1] < width],
        "header": found.header, "first": found.first, "last": found.last,
        "titles": found.header[0], "roles": roles, "total_rows": len(grid.rows),
    }  # fmt: skip


_ROLE_TINTS = {
    "date": "date", "year": "date", "month": "date", "name": "entity", "group": "entity",
    "metric": "entity", "value": "value", "last": "value", "this": "value", "total": "total",
}  # fmt: skip


def _shown(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        whole = int(cell)
        return str(whole) if 1900 <= whole <= 2100 else f"{whole:,}"  # a year is not grouped
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell)[:200]


# --- back in the parent -----------------------------------------------------------------------


def _unpacked(told: dict[str, Any]) -> FileFound:
    return FileFound(
        told["file"], told["container"], told["encoding"],
        [_unpacked_table(table) for table in told["tables"]], told["warnings"],
    )  # fmt: skip


def _unpacked_table(told: dict[str, Any]) -> TableFound:
    packed = told.pop("records")
    records = Records(
        packed["entities"], packed["metrics"],
        [None if code is None else Period.parse(code) for code in packed["periods"]],
        value=[v if type(v) is int else Decimal(v) for v in packed["value"]],
        approximate=set(packed["approximate"]),
        **{name: _numbers(packed[name]) for name in _COLUMNS},
    )  # fmt: skip
    view = told.pop("view")
    own = told.pop("exported")
    return TableFound(
        **{
            **told,
            "records": records,
            "exported": None if own is None else Exported.unpacked(own),
            "questions": [Question(q[0], q[1], tuple(q[2]), q[3], q[4]) for q in told["questions"]],
            "left_out": [LeftOut(*each) for each in told["left_out"]],
            "view": SheetView(
                **{
                    **view,
                    "merges": [tuple(merge) for merge in view["merges"]],
                    "header": tuple(view["header"]),
                    "roles": {int(key): role for key, role in view["roles"].items()},
                }
            ),
        }
    )


def cell_of(table: TableFound, at: int) -> str:
    """Where a record stands, with its sheet: ``운영현황!E14``."""
    return f"{table.sheet}!{address(table.records.row[at], table.records.column[at])}"


if __name__ == "__main__":
    _main()
    sys.stdout.flush()
    os._exit(0)  # everything is said; taking a million cells apart one by one would take longer than reading
