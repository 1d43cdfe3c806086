"""수원시 above its four 구, 서울 beside its 25: a sum of what follows that no word calls one.

It may well be wanted beside its parts, so it is told and not left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from civictracker.sheets.columns import Column
from civictracker.sheets.headers import is_soft_total
from civictracker.sheets.records import Floats
from civictracker.sheets.rows import Rows
from civictracker.sheets.vocabulary import names_entity

_LEAST_PARTS = 2
_LEAST_FIGURES = 3  # that must agree, none of them 0
_MOST_ROWS = 20_000
_NOISE = 1e-9
_TOLD = 3
_SEEN = 50  # names, to tell whether they are places at all


def sums_of_following(values: Floats) -> list[tuple[int, int]]:
    """(row, how many rows below it) wherever a row is the sum of those right below it in every column.

    ``values``: rows × columns, NaN where there is none, which counts for nothing.
    """
    if not _LEAST_PARTS < len(values) <= _MOST_ROWS:
        return []
    figures = np.nan_to_num(values)
    rows = np.flatnonzero((figures != 0).sum(axis=1) >= _LEAST_FIGURES)
    if not len(rows) or (figures < 0).any():
        return []
    until = np.vstack([np.zeros(figures.shape[1]), np.cumsum(figures, axis=0)])
    whole = until.sum(axis=1)
    # The row's own figures once more, counted on from the row below it.
    wanted = whole[rows + 1] + figures[rows].sum(axis=1)
    ends = np.searchsorted(whole, wanted * (1 - _NOISE))
    found: list[tuple[int, int]] = []
    for row, end in zip(rows.tolist(), ends.tolist(), strict=True):
        count = end - row - 1
        if end < len(until) and count >= _LEAST_PARTS:
            added = until[end] - until[row + 1]
            if np.allclose(added, figures[row], rtol=_NOISE, atol=1e-6):
                found.append((row, count))
    return found


def told(rows: Rows, columns: Sequence[Column], values: Floats, parts: NDArray[np.bool_]) -> list[str]:
    """The sentences of a table; ``values``: rows × columns, ``parts``: its rows that are no totals."""
    by_metric: dict[str, list[int]] = {}
    for at in np.flatnonzero(parts).tolist():
        by_metric.setdefault(rows.metric[at], []).append(at)
    said: dict[str, None] = {}  # the same cities below every metric are told once
    for mine in by_metric.values():
        names = [rows.entity[at] for at in mine]
        said |= dict.fromkeys(told_of_places(names, values[mine], across=False))
    return [*said, *told_of_columns(columns, values[parts])]


def told_of_columns(columns: Sequence[Column], values: Floats) -> list[str]:
    """The sentence on 서울 before its 구 over the figures, one column each."""
    names = [column.entity for column in columns]
    if len(set(names)) < len(names):
        return []
    return told_of_places(names, values.T, across=True)


def told_of_places(names: Sequence[str], values: Floats, *, across: bool) -> list[str]:
    """One sentence for all places that are such sums; ``names``: of rows, or ``across`` of columns."""
    if sum(map(_is_place, names[:_SEEN])) * 2 < len(names[:_SEEN]):
        return []
    found = [
        (names[at], count)
        for at, count in sums_of_following(values)
        if all(map(_is_place, names[at : at + count + 1]))
    ]
    if not found:
        return []
    which = ", ".join(f"‘{name}’({count}{'열' if across else '줄'})" for name, count in found[:_TOLD])
    more = f" 외 {len(found) - _TOLD:,}곳" if len(found) > _TOLD else ""
    beside = "뒤따르는 열들을" if across else "아래 줄들을"
    return [f"{which}{more}은(는) {beside} 더한 값과 같습니다. 함께 더하면 두 번 셉니다."]


def _is_place(name: str) -> bool:
    """수원시, or 경기도 / 수원시, of which the last is the place."""
    return names_entity(name.rsplit(" / ", 1)[-1]) and not any(map(is_soft_total, name.split(" / ")))
