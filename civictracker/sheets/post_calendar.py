"""A month drawn as a calendar: weekdays across, a row of days a week, and below each day what is posted.

::

    일 | 월 | 화          | 수 | 목 | 금              | 토
     1 |  2 |  3          |  4 |  5 |  6              |  7
       |    | 블로그: 단풍 |    |    | 카톡: 주간소식  |

The day may also stand in the cell itself, above its posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise, product
from pathlib import Path

from civictracker.domain.dates import find_dates
from civictracker.domain.texts import clean
from civictracker.domain.weeks import WEEKDAYS, Period
from civictracker.sheets.grid import Cell, Grid, address, is_empty, text_of
from civictracker.sheets.header_rows import SEARCH, Box, is_figure
from civictracker.sheets.packing import PostRow, PostsFound, view_of
from civictracker.sheets.post_heads import DAY, SUBJECT
from civictracker.sheets.records import LeftOut
from civictracker.sheets.vocabulary import names_platform

_WEEKDAYS = {name: at for at, name in enumerate(WEEKDAYS)} | {
    name: at for at, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}
_DAY = re.compile(r"^(?:\d{1,2}\s*[./월]\s*)?(\d{1,2})(?:\s*일|\.)?(?:\s*\([월화수목금토일]\))?$")
_BULLET = re.compile(r"^\s*(?:[-•·∙○●◦▪■□▶*]|[①-⑳]|\d{1,2}[.)])\s*")
_OF_CHANNEL = re.compile(
    r"^(?:[\[(【<](?P<inside>[^\])】>]{1,20})[\])】>]\s*|(?P<before>[^:：]{1,20})[:：]\s*)(?P<rest>.+)$"
)
_FEWEST = 5  # weekdays
_FIGURES = "달력에 적힌 숫자 {:,}개는 읽지 못합니다. 날짜와 값이 한 줄에 하나씩 있는 표로 옮겨 주세요."
_OTHER_MONTH = "앞뒤 달의 칸인데 몇 월 달력인지 적혀 있지 않아 뺐습니다."


@dataclass(frozen=True, slots=True)
class _Day:
    """A day's box: where its number stands, and the number."""

    row: int
    column: int
    number: int


def calendar_in(grid: Grid, *, file: str, mark: str) -> PostsFound | None:
    """The posts of a sheet that is a calendar; None where it is none. ``mark``: how its signature begins."""
    for row in range(min(len(grid.rows), SEARCH)):
        columns = _weekdays(grid, row)
        weeks = _weeks(grid, row, columns) if columns else []
        if len(weeks) < 2:
            continue
        box = Box(row, len(grid.rows) - 1, columns[0], columns[-1])
        when = _When.of(grid, row, file)
        posts, left = _posts(grid, weeks, dict(zip(columns, _names(grid, row, columns), strict=True)), when)
        return PostsFound(
            sheet=grid.name,
            range=f"{address(row, box.left)}:{address(box.bottom, box.right)}",
            signature=f"{mark}달력|{len(columns)}",
            heads={DAY: box.left, SUBJECT: box.left},
            rows=posts,
            left_out=left,
            about=when.period,
            view=view_of(grid, (row, row), box, dict.fromkeys(columns, SUBJECT)),
        )
    return None


def _weekdays(grid: Grid, row: int) -> list[int]:
    """The columns over which the weekdays stand, one after the other; none if they do not."""
    places = [
        (column, _WEEKDAYS[name])
        for column, cell in enumerate(grid.rows[row])
        if (name := _weekday(cell)) in _WEEKDAYS
    ]
    in_turn = all((two - one) % 7 == 1 for (_, one), (_, two) in pairwise(places))
    return [column for column, _ in places] if in_turn and _FEWEST <= len(places) <= 7 else []


def _weekday(cell: Cell) -> str:
    """A key of ``_WEEKDAYS`` where the cell names one."""
    text = cell.strip(" ()").removesuffix("요일").casefold() if isinstance(cell, str) else ""
    return text[:3] if text.isascii() else text


def _weeks(grid: Grid, head: int, columns: Sequence[int]) -> list[list[_Day]]:
    """The rows of days, each counting on by one from left to right."""
    weeks: list[list[_Day]] = []
    for row in range(head + 1, len(grid.rows)):
        days = [
            _Day(row, column, number)
            for column in columns
            if (number := _number(grid.at(row, column))) is not None
        ]
        own = [columns.index(day.column) for day in days]
        follows = all(
            (two.number - one.number == at_two - at_one) or two.number == 1
            for (one, at_one), (two, at_two) in pairwise(zip(days, own, strict=True))
        )
        if days and follows and (len(days) >= 2 or weeks):
            weeks.append(days)
    return weeks


def _number(cell: Cell) -> int | None:
    """The day of the month that a cell is, or that its first line is."""
    if isinstance(cell, datetime | date):
        return cell.day
    first = text_of(cell).strip().split("\n", 1)[0].strip() if cell is not None else ""
    found = _DAY.match(first)
    number = int(found[1]) if found else 0
    return number if 1 <= number <= 31 else None


@dataclass(frozen=True, slots=True)
class _When:
    """The month of the calendar, as far as the titles and names around it tell."""

    year: int | None
    month: int | None

    @classmethod
    def of(cls, grid: Grid, head: int, file: str) -> _When:
        """The year may stand in another of the texts than the month."""
        titles = [clean(text_of(cell)) for row in grid.rows[:head] for cell in row if not is_empty(cell)]
        names = (*titles, grid.name, Path(grid.member or file).stem)
        readings = [each for text in names for each in find_dates(text)]
        month = next((each for each in readings if each.month), None)
        year = next((each.year for each in readings if each.year), None)
        return cls((month.year if month else None) or year, month.month if month else None)

    @property
    def period(self) -> Period | None:
        if self.year is None:
            return None
        return Period.month(self.year, self.month) if self.month else Period.year(self.year)

    def written(self, number: int, offset: int) -> str:
        """The day as far as it is known; ``offset``: how many months after this one."""
        if self.month is None:
            return f"{number}일"
        turn = (self.month - 1 + offset) // 12
        month = (self.month - 1 + offset) % 12 + 1
        return f"{month}월 {number}일" if self.year is None else f"{self.year + turn}-{month:02}-{number:02}"


def _names(grid: Grid, head: int, columns: Sequence[int]) -> list[str]:
    return [WEEKDAYS[_WEEKDAYS[_weekday(grid.at(head, column))]] for column in columns]


def _posts(
    grid: Grid, weeks: list[list[_Day]], columns: dict[int, str], when: _When
) -> tuple[list[PostRow], list[LeftOut]]:
    """``columns``: the weekday that each of them has."""
    rows: list[PostRow] = []
    left: list[LeftOut] = []
    figures: list[str] = []
    offsets = _months(weeks)
    for at, week in enumerate(weeks):
        below = weeks[at + 1][0].row if at + 1 < len(weeks) else len(grid.rows)
        numbers = {day.column: day for day in week}
        for row, column in product(range(week[0].row, below), columns):
            where = f"{grid.name}!{address(row, column)}"
            day = numbers.get(column)
            if row > week[0].row and is_figure(grid.at(row, column)):
                figures.append(where)
            texts = _texts(grid, row, column, is_day=row == week[0].row)
            if not texts:
                continue
            if day is None or (offsets[at, column] and when.month is None):
                left.append(LeftOut(where, "날짜가 없는 칸입니다." if day is None else _OTHER_MONTH))
                continue
            told = {DAY: when.written(day.number, offsets[at, column]), "weekday": columns[column]}
            rows.extend(PostRow(row, {**told, **post}, column) for post in _split(texts))
    if figures:
        left.append(LeftOut(figures[0], _FIGURES.format(len(figures)), is_error=True))
    return rows, left


def _months(weeks: list[list[_Day]]) -> dict[tuple[int, int], int]:
    """(week, column) → -1, 0 or 1: days of the month before, of the month itself, of the one after."""
    first = weeks[0][0].number
    offset, before = (-1 if first > 7 else 0), first
    told: dict[tuple[int, int], int] = {}
    for at, week in enumerate(weeks):
        for day in week:
            offset += day.number < before
            before = day.number
            told[at, day.column] = offset
    return told


def _texts(grid: Grid, row: int, column: int, *, is_day: bool) -> list[str]:
    """The lines of a cell, without the day that may stand first."""
    cell = grid.at(row, column)
    if not isinstance(cell, str) or grid.is_inside_merge(row, column):
        return []
    lines = [line.strip() for line in cell.split("\n") if line.strip()]
    return lines[1:] if is_day and lines and _number(lines[0]) is not None else lines


def _split(lines: list[str]) -> Iterator[dict[str, str]]:
    """Every post of a day: a line with a mark or a channel begins one, any other goes on with it."""
    posts: list[list[str]] = []
    for line in lines:
        begins = bool(_BULLET.match(line)) or bool(_channel(line)[0])
        if begins or not posts:
            posts.append([_BULLET.sub("", line)])
        else:
            posts[-1].append(line)
    for post in posts:
        channel, subject = _channel(" ".join(post))
        yield {SUBJECT: clean(subject), **({"channels": channel} if channel else {})}


def _channel(line: str) -> tuple[str, str]:
    """블로그: 단풍길 → 블로그, 단풍길."""
    text = _BULLET.sub("", line)
    found = _OF_CHANNEL.match(text)
    name = (found["inside"] or found["before"]).strip() if found else ""
    is_channel = bool(name) and all(map(names_platform, re.split(r"[,/·&+]", name)))
    return (name, found["rest"]) if found and is_channel else ("", text)
