"""Cells as a reader met them, one by one → a grid no larger than what is really used."""

from __future__ import annotations

from collections.abc import Iterable

from civictracker.errors import SheetError
from civictracker.sheets.grid import MAX_CELLS, Cell, Grid, Span, address

ROOMY = 5_000_000  # up to here a sheet is taken as it is
_GAP_COLUMNS, _GAP_ROWS = 64, 1000  # beyond so many empty ones stands something forgotten

Cells = dict[tuple[int, int], Cell]


def dense(name: str, cells: Cells, merges: Iterable[Span] = (), *, hidden: bool = False) -> Grid:
    """The sheet as rows. What stands far away from a sheet's body is left out, and noted.

    Raises SheetError when even the body is too large.
    """
    kept = cells
    bottom, right = _corner(cells)
    if bottom * right > ROOMY:
        right = _before_gap({column for _, column in cells}, _GAP_COLUMNS)
        bottom = _before_gap({row for row, column in cells if column < right}, _GAP_ROWS)
        kept = {at: cell for at, cell in cells.items() if at[0] < bottom and at[1] < right}
        if bottom * right > MAX_CELLS:
            raise too_large(name)
    rows: list[list[Cell]] = [[] for _ in range(bottom)]
    for (row, column), cell in sorted(kept.items(), key=lambda each: each[0]):
        line = rows[row]
        line.extend([None] * (column - len(line)))
        line.append(cell)
    inside = tuple(span for span in merges if span[0] < bottom and span[1] < right)
    return Grid(name, rows, inside, hidden, notes=_left_out(name, cells, kept))


def too_large(name: str) -> SheetError:
    return SheetError(
        f"‘{name}’ 시트의 쓰인 범위가 지나치게 큽니다.", "빈 줄과 열을 지우고 다시 저장해 주세요."
    )


def _corner(cells: Cells) -> tuple[int, int]:
    return (
        max((row for row, _ in cells), default=-1) + 1,
        max((column for _, column in cells), default=-1) + 1,
    )


def _before_gap(used: set[int], gap: int) -> int:
    """The index after the last used one before the first gap."""
    end = 0
    for index in sorted(used):
        if index - end >= gap and end:
            break
        end = index + 1
    return end


def _left_out(name: str, cells: Cells, kept: Cells) -> tuple[str, ...]:
    away = len(cells) - len(kept)
    if not away:
        return ()
    first = min(at for at in cells if at not in kept)
    return (f"‘{name}’ 시트에서 멀리 떨어진 칸 {away:,}개({address(*first)} …)는 읽지 않았습니다.",)
