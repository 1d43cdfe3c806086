"""What the reading child tells its parent: a JSON head, then the figures as raw columns of numbers.

A million figures as JSON would cost seconds and hundreds of megabytes; as columns they cost next to
nothing on either side.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictracker.domain.weeks import Period
from civictracker.errors import LockedError, SheetError
from civictracker.sheets.child import Part
from civictracker.sheets.exported import Exported
from civictracker.sheets.grid import Grid
from civictracker.sheets.header_rows import Box
from civictracker.sheets.headers import Role
from civictracker.sheets.records import LeftOut, Question, Records
from civictracker.sheets.understand import Understanding, Understood

VIEW_ROWS, VIEW_COLUMNS = 400, 60
_HEAD = struct.Struct("<Q")
_COLUMNS = ("entity", "metric", "period", "value", "row", "column")


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
    roles: dict[int, str]  # column → entity, date, value, total, skip
    total_rows: int


@dataclass(frozen=True, slots=True, eq=False)
class TableFound:
    """What the child tells of one table; ``records`` address the sheet's cells."""

    sheet: str
    range: str
    layout: str
    preset: str
    platform: str
    signature: str
    is_nameless: bool
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
class PostRow:
    """A row of a plan of posts: its number from 0, and what its cells say by kind (``post_heads.KINDS``).

    ``column`` is where it stands when that is not the column of the days, as on a calendar.
    """

    row: int
    cells: dict[str, str]
    column: int | None = None


@dataclass(frozen=True, slots=True)
class PostsFound:
    """A table whose rows are posts. ``heads``: kind → column; ``about``: the time that its title names."""

    sheet: str
    range: str
    signature: str
    heads: dict[str, int]
    rows: list[PostRow]
    left_out: list[LeftOut]
    about: Period | None
    view: SheetView


@dataclass(frozen=True, slots=True)
class FileFound:
    """``posts`` are what the file holds where its rows are posts. ``posts_mark`` is the signature of those
    that a file of figures could also be read as."""

    file: str
    container: str
    encoding: str
    tables: list[TableFound]
    warnings: list[str] = field(default_factory=list)
    posts: list[PostsFound] = field(default_factory=list)
    posts_mark: str = ""

    @property
    def signatures(self) -> list[str]:
        """By which a form is found again, the likeliest first."""
        told = [*(each.signature for each in self.posts), self.posts_mark]
        return [*(table.signature for table in self.tables), *(each for each in told if each)]

    @property
    def sheets(self) -> set[str]:
        return {*(table.sheet for table in self.tables), *(each.sheet for each in self.posts)}


# --- in the child -----------------------------------------------------------------------------


def packed(
    result: Understanding, posts: Sequence[PostsFound] = (), *, posts_mark: str = ""
) -> Iterator[Part]:
    """The parts of the message, in order."""
    arrays: list[NDArray[Any]] = []
    head = {
        "file": result.file, "container": result.container.value, "encoding": result.encoding,
        "warnings": result.warnings, "tables": [_table(table, arrays) for table in result.tables],
        "posts": [asdict(each) | {"about": each.about and each.about.code} for each in posts],
        "posts_mark": posts_mark,
    }  # fmt: skip
    yield from _framed(head)
    for array in arrays:
        if len(array):  # no view is cast over nothing
            yield array.data.cast("B")


def packed_error(error: SheetError, *, trace: str = "") -> Iterator[Part]:
    """A refusal; ``trace`` is told where the fault is our own, for the log."""
    locked = isinstance(error, LockedError)
    return _framed({"error": [str(error), error.hint], "locked": locked, "trace": trace})


def _framed(head: dict[str, Any]) -> Iterator[Part]:
    text = json.dumps(head, ensure_ascii=False, default=_text).encode()
    yield _HEAD.pack(len(text))
    yield text


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)


def _table(table: Understood, arrays: list[NDArray[Any]]) -> dict[str, Any]:
    found, records = table.found, table.found.records
    columns = {}
    for name in _COLUMNS:
        array = _small(getattr(records, name))
        arrays.append(array)
        columns[name] = [array.dtype.str, len(array)]
    return {
        "sheet": table.sheet, "range": table.range, "layout": found.table.layout.value,
        "preset": table.preset, "platform": table.platform, "signature": table.signature,
        "is_nameless": table.is_nameless, "totals": found.totals, "checks": found.checks,
        "warnings": found.warnings, "missing": found.missing, "per_post": found.per_post,
        "questions": [[q.key, q.why, q.choices, q.blocking, q.cell] for q in found.questions],
        "left_out": [[each.cell, each.why, each.is_error] for each in found.left_out],
        "records": {
            "entities": records.entities, "metrics": records.metrics,
            "periods": [period and period.code for period in records.periods],
            "written": records.written, "columns": columns,
            "exact": {str(at): str(value) for at, value in records.exact.items()},
            "approximate": sorted(records.approximate),
            "scaled": {str(at): factor for at, factor in records.scaled.items()},
            "percents": {str(at): factor for at, factor in records.percents.items()},
        },
        "view": asdict(_view(table)),
        "exported": None if table.exported is None else asdict(table.exported),
    }  # fmt: skip


def _small(array: NDArray[Any]) -> NDArray[Any]:
    """The same numbers in as few bytes as they need."""
    if array.dtype.kind != "i" or not len(array):
        return np.ascontiguousarray(array)
    return np.ascontiguousarray(array.astype(np.min_scalar_type(array.max())))


def _view(table: Understood) -> SheetView:
    grid, found = table.grid, table.found.table
    roles = {}
    for column in found.columns:
        if column.is_total:
            roles[column.index] = "total"
        elif column.time is not None or (column.role is Role.TOTAL and column.metric):
            roles[column.index] = "value"
        elif column.role is None:
            roles[column.index] = "value" if column.content == "number" else "skip"
        else:
            roles[column.index] = _ROLE_TINTS.get(column.role.value, "skip")
    return view_of(grid, found.header, Box(found.first, found.last, found.left, found.right), roles)


def view_of(grid: Grid, header: tuple[int, int], box: Box, roles: dict[int, str] | None = None) -> SheetView:
    """The picture of a sheet on which a table with ``header`` rows was found in ``box``."""
    width = min(VIEW_COLUMNS, max(grid.width, box.right + 1))
    return SheetView(
        name=grid.name,
        cells=[[_shown(cell) for cell in row[:width]] for row in grid.rows[:VIEW_ROWS]],
        merges=[merge for merge in grid.merges if merge[0] < VIEW_ROWS and merge[1] < width],
        header=header, first=max(header[1] + 1, box.top), last=box.bottom,
        titles=header[0], roles=roles or {}, total_rows=len(grid.rows),
    )  # fmt: skip


_ROLE_TINTS = {
    "date": "date", "year": "date", "month": "date", "name": "entity", "group": "entity",
    "metric": "metric", "value": "value", "last": "value", "this": "value", "total": "total",
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


# --- in the parent ----------------------------------------------------------------------------


def unpacked(message: bytes) -> FileFound | SheetError:
    """Read what :func:`packed` or :func:`packed_error` wrote."""
    (length,) = _HEAD.unpack_from(message)
    at = _HEAD.size + length
    told = json.loads(message[_HEAD.size : at])
    if "error" in told:
        error = (LockedError if told["locked"] else SheetError)(*told["error"])
        if told["trace"]:
            error.add_note(told["trace"])
        return error
    tables = []
    for table in told["tables"]:
        found, at = _unpacked_table(table, message, at)
        tables.append(found)
    return FileFound(
        told["file"], told["container"], told["encoding"], tables, told["warnings"],
        [_unpacked_posts(each) for each in told["posts"]], told["posts_mark"],
    )  # fmt: skip


def _unpacked_posts(told: dict[str, Any]) -> PostsFound:
    return PostsFound(
        **{
            **told,
            "rows": [PostRow(**each) for each in told["rows"]],
            "left_out": [LeftOut(**each) for each in told["left_out"]],
            "about": told["about"] and Period.parse(told["about"]),
            "view": _unpacked_view(told["view"]),
        }
    )


def _unpacked_table(told: dict[str, Any], message: bytes, at: int) -> tuple[TableFound, int]:
    records, at = _unpacked_records(told.pop("records"), message, at)
    view = told.pop("view")
    own = told.pop("exported")
    found = TableFound(
        **{
            **told,
            "records": records,
            "exported": None if own is None else Exported.unpacked(own),
            "questions": [Question(q[0], q[1], tuple(q[2]), q[3], q[4]) for q in told["questions"]],
            "left_out": [LeftOut(*each) for each in told["left_out"]],
            "view": _unpacked_view(view),
        }
    )
    return found, at


def _unpacked_view(told: dict[str, Any]) -> SheetView:
    return SheetView(
        **{
            **told,
            "merges": [tuple(merge) for merge in told["merges"]],
            "header": tuple(told["header"]),
            "roles": {int(key): role for key, role in told["roles"].items()},
        }
    )


def _unpacked_records(told: dict[str, Any], message: bytes, at: int) -> tuple[Records, int]:
    arrays: dict[str, NDArray[Any]] = {}
    for name, (kind, count) in told["columns"].items():
        dtype = np.dtype(kind)
        arrays[name] = np.frombuffer(message, dtype, count, at)
        at += dtype.itemsize * count
    records = Records(
        told["entities"], told["metrics"],
        [None if code is None else Period.parse(code) for code in told["periods"]], told["written"],
        exact={int(place): _exact(text) for place, text in told["exact"].items()},
        approximate=set(told["approximate"]),
        scaled={int(place): factor for place, factor in told["scaled"].items()},
        percents={int(place): factor for place, factor in told["percents"].items()}, **arrays,
    )  # fmt: skip
    return records, at


def _exact(text: str) -> int | Decimal:
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else value
