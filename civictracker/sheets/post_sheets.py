"""Sheets whose rows are posts: a plan (날짜, 시각, 채널, 제목 …), or what came of those that were sent.

They are found by the same understanding as tables of figures: parts of the sheet, header rows, columns.
Rows stay text here; what they mean is for :mod:`~civictracker.services.post_import` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from civictracker.domain.dates import find_dates
from civictracker.domain.texts import clean
from civictracker.domain.weeks import Period
from civictracker.sheets.blocks import blocks
from civictracker.sheets.corrections import Corrections, corrections_of
from civictracker.sheets.grid import Cell, Grid, address, is_empty, text_of
from civictracker.sheets.header_rows import SEARCH, Box, header_rows
from civictracker.sheets.packing import PostRow, PostsFound, SheetView, view_of
from civictracker.sheets.post_calendar import calendar_in
from civictracker.sheets.post_heads import DAY, KINDS, SKIP, heads_of, is_plan
from civictracker.sheets.records import LeftOut

MAX_ROWS = 20_000
_LONGEST_NAME = 200  # letters; a cell of a megabyte is no name of a column
_POINT = "게시 계획을 알아보지 못했습니다. 왼쪽에서 제목 줄과, 날짜와 게시 제목이 있는 열을 짚어 주세요."
POSTS_MARK = "posts|"  # how every signature of such a table begins


def posts_in(grids: Sequence[Grid], *, file: str, answers: dict[str, str]) -> list[PostsFound]:
    """Every table of posts on the sheets in view; ``answers`` may hold a person's corrections."""
    found: list[PostsFound] = []
    for grid in grids:
        told = corrections_of(answers, grid.name, kinds=(*KINDS, SKIP))
        if grid.hidden or told.is_left_out:
            continue
        tables = list(_tables(grid, told, file))
        if not tables and (drawn := calendar_in(grid, file=file, mark=POSTS_MARK)) is not None:
            tables = [drawn]
        if told != Corrections():  # a form is found again by how the sheet looks before anybody corrected it
            plain = [table.signature for table in _tables(grid, Corrections(), file)]
            marks = plain or [table.signature for table in tables]
            tables = [
                replace(table, signature=marks[min(at, len(marks) - 1)]) for at, table in enumerate(tables)
            ]
        found.extend(tables)
    return found


def _tables(grid: Grid, told: Corrections, file: str) -> Iterator[PostsFound]:
    if told.header is not None:
        whole = Box(0, len(grid.rows) - 1, 0, grid.width - 1)
        parts = [(whole, told.header)]
    elif _may_hold_any(grid):
        parts = [(box, header) for box in blocks(grid) if (header := _header(grid, box)) is not None]
    else:
        return
    for box, header in parts:
        if header[1] < box.bottom:
            heads = _corrected(_heads(grid, header, box), told)
            if is_plan(heads):
                yield _table(grid, box, header, heads, told=told, file=file)


def is_calendar(table: PostsFound) -> bool:
    """A month's calendar: the numbers on it are days, and never figures."""
    return table.signature.startswith(f"{POSTS_MARK}달력|")


def to_point_at(grids: Sequence[Grid], answers: dict[str, str]) -> list[PostsFound]:
    """Sheets in which no plan was found, for a person to show its heading, its days and its subjects."""
    found = []
    for grid in grids:
        told = corrections_of(answers, grid.name, kinds=(*KINDS, SKIP))
        if grid.hidden or told.is_left_out or not grid.rows:
            continue
        box = Box(0, len(grid.rows) - 1, 0, grid.width - 1)
        header = told.header or (-1, -1)
        heads = _corrected(_heads(grid, header, box) if told.header else {}, told)
        why = LeftOut(grid.name, _POINT, is_error=True)
        view = _pictured(grid, header, box, heads)
        found.append(PostsFound(grid.name, "", POSTS_MARK, heads, [], [why], None, view))
    return found


def _may_hold_any(grid: Grid) -> bool:
    """A glance at the first rows: sheets of a million figures are not gone through for nothing."""
    return any(is_plan(heads_of(_texts(row))) for row in grid.shown[: SEARCH * 2])


def _texts(row: Sequence[Cell]) -> list[tuple[str, ...]]:
    return [(clean(cell),) if isinstance(cell, str) and len(cell) <= _LONGEST_NAME else () for cell in row]


def _header(grid: Grid, box: Box) -> tuple[int, int] | None:
    """The header as any table's; where days are text, the first row that names a day and a subject."""
    usual = header_rows(grid, box)
    if usual is not None and is_plan(_heads(grid, usual, box)):
        return usual
    rows = range(box.top, min(box.bottom, box.top + SEARCH) + 1)
    return next(((row, row) for row in rows if is_plan(_heads(grid, (row, row), box))), None)


def _heads(grid: Grid, header: tuple[int, int], box: Box) -> dict[str, int]:
    rows = range(header[0], header[1] + 1)
    texts = [
        tuple(dict.fromkeys(clean(text_of(grid.filled(row, column))) for row in rows))
        for column in box.columns
    ]
    return {kind: box.left + at for kind, at in heads_of(texts).items()}


def _corrected(heads: dict[str, int], told: Corrections) -> dict[str, int]:
    """A column is one thing, and the last word is the person's."""
    made = {kind: at for kind, at in heads.items() if at not in told.columns}
    made.update({kind: at for at, kind in told.columns.items() if kind != SKIP})
    return made


def _table(
    grid: Grid, box: Box, header: tuple[int, int], heads: dict[str, int], *, told: Corrections, file: str
) -> PostsFound:
    titles = [
        clean(text_of(cell)) for row in grid.rows[box.top : header[0]] for cell in row if not is_empty(cell)
    ]
    rows: list[PostRow] = []
    left: list[LeftOut] = []
    last = min(box.bottom, header[1] + MAX_ROWS)
    for at in range(header[1] + 1, last + 1):
        if not grid.fills[at] and not grid.has_merges:
            continue
        cells = {kind: _text(grid.filled(at, column)) for kind, column in heads.items()}
        where = f"{grid.name}!{address(at, heads[DAY])}"
        if at in told.rows_skipped:
            left.append(LeftOut(where, "빼 달라고 한 줄입니다."))
        elif _is_heading(grid, at, box):
            left.append(LeftOut(where, "한 칸만 적힌 줄이라 게시로 보지 않았습니다."))
        elif any(cells.values()):
            rows.append(PostRow(at, {kind: text for kind, text in cells.items() if text}))
    if box.bottom > last:
        left.append(LeftOut(grid.name, f"{MAX_ROWS:,}줄까지만 읽었습니다.", is_error=True))
    return PostsFound(
        sheet=grid.name,
        range=f"{address(header[0], box.left)}:{address(box.bottom, box.right)}",
        signature=_signature(grid, header, box),
        heads=heads,
        rows=rows,
        left_out=left,
        about=_about([*reversed(titles), grid.name, Path(grid.member or file).stem]),
        view=_pictured(grid, header, box, heads),
    )


def _pictured(grid: Grid, header: tuple[int, int], box: Box, heads: dict[str, int]) -> SheetView:
    return replace(view_of(grid, header, box), roles={column: kind for kind, column in heads.items()})


def _signature(grid: Grid, header: tuple[int, int], box: Box) -> str:
    """The same for next month's file: what stands in the heading, with numbers taken out."""
    rows = range(header[0], header[1] + 1)
    texts = (clean(text_of(grid.filled(row, column))) for column in box.columns for row in rows)
    names = (re.sub(r"\d+", "#", text[:_LONGEST_NAME]) for text in dict.fromkeys(texts) if text)
    return POSTS_MARK + "|".join(names)


def _is_heading(grid: Grid, row: int, box: Box) -> bool:
    """One text over the whole width: 11월 1주, ※ 계획은 바뀔 수 있습니다."""
    told = {
        (text_of(grid.filled(row, column)), grid.is_inside_merge(row, column))
        for column in box.columns
        if not is_empty(grid.filled(row, column))
    }
    return len({text for text, _ in told}) == 1 and any(not inside for _, inside in told)


def _about(texts: Sequence[str]) -> Period | None:
    """The time that the table is of, as its titles or its names say; None when they do not."""
    readings = [reading for text in texts for reading in find_dates(text) if reading.period is not None]
    return readings[0].period if readings else None


def _text(cell: Cell) -> str:
    """Days as ISO, times of day as HH:MM, everything else as it is read."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return clean(text_of(cell))
