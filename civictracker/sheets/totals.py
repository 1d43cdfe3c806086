"""Totals are never data, but they can tell that one of their parts is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from civictracker.domain.numbers import grouped
from civictracker.sheets.grid import address
from civictracker.sheets.headers import is_soft_total
from civictracker.sheets.records import Extraction, Floats, LeftOut, as_value

_MOSTLY = 0.6
_NOISE = 1e-9
_MANY = 5
_NEARLY_ALL = 0.9


def differs(one: float, other: float) -> bool:
    return abs(one - other) > _NOISE * max(1.0, abs(one), abs(other))


@dataclass(frozen=True, slots=True)
class Stated:
    """A total row: its figures, and the rows of its group where the sheet names one."""

    row: int
    name: str
    figures: Floats
    group: NDArray[np.bool_] | None = None
    is_running: bool = False  # 누계 below the months: of all months up to each


class RowSums:
    """Holds total rows against the rows of figures above them, a column at a time."""

    def __init__(
        self, values: Floats, columns: Sequence[int], first: int, unread: NDArray[np.bool_] | None = None
    ) -> None:
        """``values``: rows × columns, NaN where there is none; ``first``: the sheet's row of values[0];
        ``unread``: the cells that hold something which is no number."""
        self._values, self._columns, self._first = values, columns, first
        self._unread = np.zeros(values.shape, bool) if unread is None else unread
        self.checks: list[str] = []

    def check(self, totals: Sequence[Stated], parts: NDArray[np.bool_]) -> None:
        """Hold every total row against its ``parts``: those of its group, else those above it.

        Averages do not add, and a grand total that stands before its parts is not held against anything.
        """
        since = 0
        told = [total for total in totals if not (is_average(total.name) or total.name.startswith("누적"))]
        is_leading = bool(told) and told[0].row < int(np.argmax(parts))
        for place, total in enumerate(told):
            end = told[place + 1].row if place + 1 < len(told) else len(parts)
            mine = _below(total, parts, end) if is_leading else self._parts(total, parts, since)
            if is_subtotal(total.name):
                since = total.row
            if mine.any():
                self._compare(total, mine)

    def _parts(self, total: Stated, parts: NDArray[np.bool_], since: int) -> NDArray[np.bool_]:
        if total.group is not None:
            return parts & total.group
        above = parts.copy()
        above[total.row :] = False
        if is_subtotal(total.name):
            above[:since] = False
        return above

    def _compare(self, total: Stated, parts: NDArray[np.bool_]) -> None:
        figures = self._values[parts]
        added = np.nansum(figures, axis=0)
        empty = np.isnan(figures).all(axis=0) | np.isnan(total.figures)
        if total.is_running:
            added = _nearer(total.figures, added, np.cumsum(added), ~empty)
        if self._is_mean(total, figures, ~empty):
            return
        for at in np.flatnonzero(~empty).tolist():
            if differs(float(total.figures[at]), float(added[at])):
                where = address(self._first + total.row, self._columns[at])
                self.checks.append(
                    f"{where} {total.name} {told(float(total.figures[at]))}이(가) "
                    f"더한 값 {told(float(added[at]))}과(와) 다릅니다.{self._lacking(parts, at)}"
                )

    @staticmethod
    def _is_mean(total: Stated, figures: Floats, there: NDArray[np.bool_]) -> bool:
        """총계 of a dust level lies among its parts everywhere: it was never their sum."""
        if there.sum() < _MANY or len(figures) < 2:
            return False
        low, high = np.nanmin(figures[:, there], axis=0), np.nanmax(figures[:, there], axis=0)
        mine = total.figures[there]
        return bool(((low <= mine) & (mine <= high) & (low < high)).mean() > _NEARLY_ALL)

    def _lacking(self, parts: NDArray[np.bool_], at: int) -> str:
        """Which of the parts could not be read and are missing in the sum."""
        rows = np.flatnonzero(parts & self._unread[:, at]).tolist()
        if not rows:
            return ""
        named = ", ".join(address(self._first + row, self._columns[at]) for row in rows[:3])
        more = f" 외 {len(rows) - 3:,}칸" if len(rows) > 3 else ""
        return f" 읽지 못한 {named}{more}은(는) 더하지 못했습니다."

    def is_leading_total(self, row: int, parts: NDArray[np.bool_]) -> bool:
        """Is the first row of figures the sum of all the others, though nothing says so?

        Three columns at least must agree, more than half of them, with three parts or more.
        """
        others = parts.copy()
        others[row] = False
        if others.sum() < 3 or self._values.shape[1] < 3:
            return False
        added = np.nansum(self._values[others], axis=0)
        mine = self._values[row]
        both = ~np.isnan(mine) & (mine != 0)
        same = [not differs(a, b) for a, b in zip(mine[both].tolist(), added[both].tolist(), strict=True)]
        return sum(same) >= 3 and sum(same) * 2 >= len(same)


def _nearer(stated: Floats, added: Floats, running: Floats, there: NDArray[np.bool_]) -> Floats:
    """The sums that more of the stated figures agree with: of each month alone, or up to it."""
    alone, until = (np.isclose(stated[there], sums[there], rtol=_NOISE).sum() for sums in (added, running))
    return running if until > alone else added


def _below(total: Stated, parts: NDArray[np.bool_], end: int) -> NDArray[np.bool_]:
    """Where totals stand above their parts, a subtotal's reach to the next total."""
    if total.group is not None:
        return parts & total.group
    below = parts.copy()
    below[: total.row] = False
    if is_subtotal(total.name):
        below[end:] = False
    return below


def is_average(name: str) -> bool:
    return "평균" in name or "average" in name.casefold()


def is_subtotal(name: str) -> bool:
    return "소계" in name.replace(" ", "") or "subtotal" in name.casefold().replace(" ", "")


def column_checks(name: str, column: int, first: int, stated: Floats, parts: Floats) -> list[str]:
    """Where a total column differs from the sum of its parts, in one sentence for all rows."""
    added = np.nansum(parts, axis=1)
    there = ~np.isnan(stated) & ~np.isnan(parts).all(axis=1)
    rows = [
        row
        for row in np.flatnonzero(there).tolist()
        if differs(float(stated[row]), float(added[row]))
    ]  # fmt: skip
    if not rows:
        return []
    example = rows[0]
    where, one, other = address(first + example, column), float(stated[example]), float(added[example])
    said = f"(예: {where} {told(one)}, 더한 값 {told(other)})"
    return [f"‘{name}’ 열이 {len(rows):,}줄에서 나머지 열을 더한 값과 다릅니다{said}."]


def told(number: float) -> str:
    value = as_value(round(number, 6))
    return grouped(value, 0 if isinstance(value, int) else max(0, -int(value.as_tuple().exponent)))


def leave_soft_totals(out: Extraction) -> None:
    """Leave 전국 out where it is larger than every part, as a sum is and an average is not."""
    records = out.records
    soft = [at for at, name in enumerate(records.entities) if any(map(is_soft_total, name.split(" / ")))]
    if not soft or len(soft) == len(records.entities):
        return
    for entity in soft:
        mine = records.entity == entity
        key = records.metric.astype(np.int64) * (len(records.periods) + 1) + records.period
        keys, places = np.unique(key, return_inverse=True)
        largest = np.full(len(keys), -np.inf)
        rest = np.isin(records.entity, _parts_of(records.entities[entity], records.entities, soft))
        np.maximum.at(largest, places[rest], records.value[rest])
        beside = largest[places[mine]]
        known = np.isfinite(beside)
        if known.any() and (records.value[mine][known] >= beside[known]).mean() >= _MOSTLY:
            _leave_rows(out, entity, mine)
            records.keep(~mine)
        elif known.any():
            name = records.entities[entity]
            out.warnings.append(f"‘{name}’은(는) 다른 줄을 더한 값이 아니라서 하나의 값으로 넣습니다.")


def _parts_of(name: str, names: Sequence[str], soft: Sequence[int]) -> list[int]:
    """The entities that 전국 is made of; of 서울 / 전국 those of 서울 alone."""
    told = [None if is_soft_total(part) else part for part in name.split(" / ")]
    parts = [at for at in range(len(names)) if at not in set(soft)]
    if len(told) == 1 or not any(told):
        return parts
    return [at for at in parts if _fits(told, names[at].split(" / "))]


def _fits(told: Sequence[str | None], parts: Sequence[str]) -> bool:
    return len(told) == len(parts) and all(
        one is None or one == other for one, other in zip(told, parts, strict=True)
    )


def _leave_rows(out: Extraction, entity: int, mine: NDArray[np.bool_]) -> None:
    name, table = out.records.entities[entity], out.table
    out.totals.append(name)
    out.left_out.extend(
        LeftOut(
            f"{address(row, table.left)}:{address(row, table.right)}", f"‘{name}’ 줄은 합계라서 뺐습니다."
        )
        for row in np.unique(out.records.row[mine]).tolist()
    )
