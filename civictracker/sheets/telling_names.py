"""Names that tell rows apart: 1호선 names sixty stations, so 지하철역 beside it is a part of the name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from civictracker.domain.texts import folded
from civictracker.sheets.columns import Column
from civictracker.sheets.contents import Content
from civictracker.sheets.grid import Cell, Grid, is_empty
from civictracker.sheets.headers import Role, is_about, is_total, names_post, role_of
from civictracker.sheets.time_heads import is_weekday
from civictracker.sheets.vocabulary import is_known_metric

_ROWS = 2_000
_ALIKE = 0.3  # of the rows that share all names and dates with another one: something is missing
_APART = 0.02
_LONG = 15  # letters: longer texts are titles or remarks
_WHOLES = frozenset(
    {"시도", "시도명", "광역시도", "광역", "광역명", "시도별", "시군", "시군명", "본부", "국"}
)
_KEYS = frozenset({Role.NAME, Role.GROUP, Role.METRIC, Role.DATE, Role.YEAR, Role.MONTH})


def with_telling_names(grid: Grid, columns: Sequence[Column], rows: tuple[int, int]) -> tuple[Column, ...]:
    """The columns, one more of them a name where that alone makes the rows different.

    Only a column whose heading says nothing known (no 제목, 비고 or 담당자) may be one; names that are
    written once over several rows leave it as it is.
    """
    keys = [column for column in columns if column.role in _KEYS]
    if not keys or any(column.is_sparse for column in keys):
        return tuple(columns)
    known = list(zip(*(_cells(grid, column, rows) for column in keys), strict=True))
    before = _alike(known)
    for column in columns if before else ():
        is_whole = folded(column.name) in _WHOLES  # 중구 is a part of six cities
        if not _may_name(column) or not (is_whole or before >= _ALIKE):
            continue
        told = [(*key, cell) for key, cell in zip(known, _cells(grid, column, rows), strict=True)]
        if _alike(told) <= _APART:
            is_part = is_weekday(str(told[0][-1])) and all(each.role is not Role.METRIC for each in keys)
            role = Role.METRIC if is_part else Role.NAME
            return tuple(replace(each, role=role) if each is column else each for each in columns)
    return tuple(columns)


def _cells(grid: Grid, column: Column, rows: tuple[int, int]) -> list[Cell]:
    return grid.column(column.index, *rows)[:_ROWS]


def _alike(keys: Sequence[tuple[Cell, ...]]) -> float:
    """Which part of the rows repeats an earlier one; 0 for a few rows."""
    told = [key for key in keys if not (all(map(is_empty, key)) or any(map(_is_sum, key)))]
    return 1 - len(set(told)) / len(told) if len(told) >= 5 else 0.0


def _is_sum(cell: Cell) -> bool:
    return isinstance(cell, str) and is_total(cell)


def _may_name(column: Column) -> bool:
    name = column.header[-1] if column.header else ""
    return (
        column.content is Content.TEXT and column.role is Role.SKIP and bool(name)
        and (name == "요일" or (role_of(name) is None and not is_about(name)))
        and not (is_known_metric(name) or column.constant or names_post(name))
        and sum(map(len, column.sample)) <= _LONG * len(column.sample)
    )  # fmt: skip
