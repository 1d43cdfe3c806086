"""Of which other columns a total column is the sum: 소계 of its group, 1/4분기 계 of its three months."""

from __future__ import annotations

from collections.abc import Sequence

from civictracker.domain.dates import DateReading
from civictracker.sheets.columns import Column
from civictracker.sheets.headers import Role, is_total


def parts_of(total: Column, columns: Sequence[Column], totals: Sequence[Column] = ()) -> list[int]:
    """The places of the parts among ``columns``; none where nobody can say.

    ``totals``: all total columns of the table. A 소계 that comes again counts from the one before it.
    """
    if _runs_on(total, columns):
        return []
    parts = _between(total, columns, [each.index for each in totals if each.header == total.header])
    return [at for at in parts if at in _all_parts(total, columns)]


def _runs_on(total: Column, columns: Sequence[Column]) -> bool:
    """누계 beside 전월 and 전년 동월 is the sum of none of them."""
    return total.name.startswith("누") and any(each.role in {Role.THIS, Role.LAST} for each in columns)


def _between(total: Column, columns: Sequence[Column], alike: list[int]) -> list[int]:
    """The columns from the last of its likes to ``total``; those behind it where the first stands first."""
    places = range(len(columns))
    if len(alike) < 2 or not columns:
        return list(places)
    if alike[0] < min(each.index for each in columns):
        end = next((at for at in alike if at > total.index), columns[-1].index + 1)
        return [at for at in places if total.index < columns[at].index < end]
    since = max((at for at in alike if at < total.index), default=-1)
    return [at for at in places if since < columns[at].index < total.index]


def _all_parts(total: Column, columns: Sequence[Column]) -> list[int]:
    parts = [at for at, each in enumerate(columns) if _stands_beside(total, each)]
    if any(columns[at].entity for at in parts):
        parts = [at for at in parts if columns[at].entity]  # 인구수 beside channels is no part of their sum
    if total.time is not None:
        parts = [at for at in parts if _is_within(columns[at].time, total.time)]
    return _finest(columns, parts)


def _stands_beside(total: Column, other: Column) -> bool:
    """Has ``other`` the group, or below 계 the name, that the total has?"""
    first, *names = total.header or ("",)
    if not names:
        return True
    if is_total(first):
        return list(other.header[-len(names) :]) == names
    if any(word in total.header[-1] for word in ("누계", "누적")):
        return False  # 누계 beside 당월 runs on from the months before
    group = total.header[:-1] if total.time is not None or is_total(total.header[-1]) else ()
    return other.header[: len(group)] == group


def _is_within(part: DateReading | None, whole: DateReading) -> bool:
    """Months within their quarter; a year that only one of them tells is no hindrance."""
    if part is None:
        return False
    if part.year and whole.year and part.year != whole.year:
        return False
    month = part.month or (3 * part.quarter if part.quarter else None)
    if month is None:
        return True
    quarter, half = (month + 2) // 3, 1 if month <= 6 else 2
    return (
        whole.quarter in {None, quarter}
        and whole.half in {None, half}
        and (whole.month in {None, part.month} or bool(whole.quarter or whole.half))
    )


def _finest(columns: Sequence[Column], parts: list[int]) -> list[int]:
    """Months without the quarters that they make up; 상반기 beside July to October is a part of its own."""
    times = {at: time for at in parts if (time := columns[at].time) is not None}
    covered = {
        at
        for at, whole in times.items()
        if any(_grain_of(part) < _grain_of(whole) and _is_within(part, whole) for part in times.values())
    }
    return [at for at in parts if at not in covered]


def _grain_of(time: DateReading) -> int:
    """0 for days … 4 for years, of a heading that may lack its year."""
    if time.day or (time.last and time.last.day):
        return 0
    steps = (time.nth or time.week, time.month, time.quarter, time.half)
    return next((at for at, told in enumerate(steps, 1) if told), 5)
