"""How many there are, in the row of totals: 합계 | 2개소 | 4종 names nobody and counts nothing of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from civictracker.sheets.grid import Cell, Grid, text_of
from civictracker.sheets.headers import is_total

_TALLY = re.compile(
    r"(?:총\s*)?\d[\d,]*\s*(?:개|곳|종|팀|부서|과|국|채널|매체|기관)(?:소|처|류|\s?[가-힣]{1,4})?"
)
_LONGEST = 20  # 총 12개 읍면동 합계
_NUMBER = re.compile(r"\d[\d,]*")


def is_tally(text: str) -> bool:
    """Is this a number of things: 2개소, 4개 부서, 총 3종?"""
    return bool(_TALLY.fullmatch(text.strip()))


def is_tally_of(grid: Grid, row: int, cell: Cell) -> bool:
    """Does the cell say how many names stand above it, in a row that another cell calls 합계?"""
    return isinstance(cell, str) and is_tally(cell) and any(map(is_total, _texts(grid.rows[row])))


def without_tallies(names: list[list[str]], beside: Iterable[Sequence[Cell]]) -> None:
    """Blank what the rows of totals hold in columns of names; ``beside`` are columns that name nobody."""
    rows: set[int] = set()
    columns: list[Sequence[Cell]] = [*names, *beside]
    for column in columns:
        totals = {cell for cell in set(column) if isinstance(cell, str) and _may_be_total(cell)}
        if totals:
            rows.update(at for at, cell in enumerate(column) if cell in totals)
    for at in rows:
        for column in names:
            if is_total(column[at]):
                continue
            if is_tally(column[at]) or _NUMBER.fullmatch(column[at]):
                column[at] = ""


def _may_be_total(text: str) -> bool:
    """Titles of a hundred thousand posts are not looked at one by one."""
    return len(text) <= _LONGEST and is_total(text)


def _texts(cells: list[Cell]) -> Iterable[str]:
    return (text_of(cell) for cell in cells if isinstance(cell, str))
