"""Totals are never data, but they can tell that one of their parts is wrong."""

from __future__ import annotations

from collections.abc import Iterable

from civictracker.domain.numbers import Number
from civictracker.sheets.cells import CellReader
from civictracker.sheets.grid import Grid, address
from civictracker.sheets.records import Extraction, Value

_ALL, _SINCE_SUBTOTAL = 0, 1


class Sums:
    """Adds up the columns as their figures go by, and holds them against the totals that follow."""

    def __init__(self, grid: Grid, cells: CellReader, out: Extraction) -> None:
        self._grid, self._cells, self._out = grid, cells, out
        self._sums: dict[tuple[int, int], Value] = {}
        self._leading: set[int] = set()

    def add(self, column: int, value: Value) -> None:
        for scope in (_ALL, _SINCE_SUBTOTAL):
            self._sums[scope, column] = self._sums.get((scope, column), 0) + value

    def check(self, row: int, name: str, columns: Iterable[int]) -> None:
        """Note where the total row ``name`` differs from the figures above it.

        Averages do not add, and totals that stand before their parts are not held against anything.
        """
        if "평균" in name or "average" in name.casefold():
            return
        scope = _SINCE_SUBTOTAL if "소계" in name or "subtotal" in name.casefold() else _ALL
        if not self._sums:
            self._leading.add(scope)
        if scope in self._leading:
            return
        for column in columns:
            stated = self._cells.number(self._grid.at(row, column), column)
            if not isinstance(stated, Number):
                continue
            added = self._sums.get((scope, column))
            if added is not None and added != stated.value:
                self._out.checks.append(
                    f"{address(row, column)} {name} {stated.value:,}이(가) 더한 값 {added:,}과(와) 다릅니다."
                )
            self._sums.pop((_SINCE_SUBTOTAL, column), None)
