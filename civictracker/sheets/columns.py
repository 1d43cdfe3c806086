"""The columns of a table: what stands over them, what is in them, which time their header names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, time
from itertools import pairwise

from civictracker.domain.dates import DateReading, find_dates, parse_date
from civictracker.domain.texts import clean, folded, without_footnote
from civictracker.sheets.comparisons import Versus, compared
from civictracker.sheets.contents import SAMPLE, Content, content_of, counts_rows, is_numbering
from civictracker.sheets.grid import Cell, Grid, is_empty, text_of
from civictracker.sheets.header_rows import Box, texts_above
from civictracker.sheets.header_texts import (
    carried_on,
    is_technical,
    is_translation,
    uncoded,
    without_a_lone_total,
    without_suffixes,
    without_weekdays,
)
from civictracker.sheets.headers import Role, is_countable, is_total, is_unit, role_of
from civictracker.sheets.time_heads import (
    YEAR_WEEK,
    are_months,
    spelled,
    unit_of_numbers,
    weekdays_named,
)
from civictracker.sheets.vocabulary import names_metric

_MARK = re.compile(r"\s*\(?[per]\)\s*(?=년|월|분기|반기)")  # 2025.03 p) 월: provisional
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)  # of a web page, left in a text file
_OF_TIME = frozenset({Role.DATE, Role.YEAR, Role.MONTH})  # 월 over 8, 9, 10 names nothing that is counted
_NO_FIGURE = frozenset({Role.DERIVED, Role.GOAL})
_BEHIND = re.compile(r"^(.+?)\s*[(\[]([^()\[\]]*)[)\]]$")
_JOINTS = re.compile(r"[_\s:/·\-]+|(?=[(\[])")


_RANGE = re.compile(r"(\d{1,2})\s?-\s?(\d{1,2})")
_FIRST = re.compile(r"^((?:19|20)\d\d-\d\d)-01(?: 00:00:00)?$")
_FLAGS = frozenset("O X o x ○ × ☑ ☐ ✓ √ ● Y N 유 무 예 아니오 완료 미완료".split())  # noqa: SIM905
_LETTER = re.compile(r"^[A-Za-z①-⑳]$")  # 9월(A), 10월(B): by which 증감(B-A) calls them


_PLACE_CODE = re.compile(r"0x[0-9a-f]+:0x[0-9a-f]+")  # of a map, beside the city's name
_META = re.compile(r"[A-Z]{2,}_[A-Z]+(?:,[A-Z_]+)+")  # IG_ACCOUNT,FOLLOW,UNIQUE_USERS: a code of the export
_HOURS = frozenset({"hour", "시", "시간대"})  # 0 … 23 beside a date: the hour that a row is of, no figure
# 100 and N75, or 108 of a station: names, though most are numbers
_LINES = frozenset({"노선번호", "노선", "노선명", "호선", "호선명", "지점"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its header from top to bottom, what is in it, what it is for.

    ``words`` are the header's words that name neither a time nor a unit, by header row; ``entity``
    and ``metric`` what they were understood as, for a column of figures.
    """

    index: int
    header: tuple[str, ...]
    content: Content
    role: Role | None = None
    time: DateReading | None = None  # the period that the header names
    distinct: float = 0.0  # different texts ÷ texts, in the sample
    words: tuple[str, ...] = ()
    sample: tuple[str, ...] = ()  # some different texts of the column
    unit: str = ""  # a unit or % that all its figures carry
    constant: str = ""  # the one text or date of all its cells
    is_sparse: bool = False  # names that are written once over several rows
    entity: str = ""
    metric: str = ""
    is_total: bool = False
    part: str = ""  # which of two figures in a cell it is: front, or inside the brackets

    @property
    def name(self) -> str:
        return " ".join(self.header)


def read_columns(grid: Grid, header: tuple[int, int], first: int, box: Box) -> list[Column]:
    """Every column of the box, roles as far as names and contents tell them by themselves."""
    levels = _levels(grid, header, box)
    by_age = any(_is_age(text) for level in levels for text in level)
    columns = [
        _column(grid, index, levels[index - box.left], first, box.bottom, by_age=by_age)
        for index in box.columns
    ]
    for at, (one, other) in enumerate(pairwise(columns)):
        if _are_year_and_month(grid, one, other, (first, box.bottom)):
            columns[at : at + 2] = [replace(one, role=Role.YEAR), replace(other, role=None)]
    columns = [_without_lone_whole(column, columns) for column in columns]
    own = {column.time for column in columns if column.time is not None and not _compares(column)}
    return [replace(c, role=Role.LAST) if _compares(c) and c.time in own else c for c in columns]


def _without_lone_whole(column: Column, columns: list[Column]) -> Column:
    """제조업 below 전체 is the sum of others only where another group has 제조업, too."""
    *groups, last = column.header or ("",)
    if column.role is not Role.TOTAL or is_total(last) or not any(map(is_total, groups)):
        return column
    likes = (other.header for other in columns if other is not column and other.header)
    has_parts = any(like[-1] == last and like[:-1] != column.header[:-1] for like in likes)
    return column if has_parts else replace(column, role=None, is_total=False)


def _compares(column: Column) -> bool:
    """전년동월 right over the figures, and the month above it, which it may share with other columns."""
    told = compared(column.header[-1]) if column.header and column.time is not None else None
    return told is not None and not told.rest and told.versus not in {Versus.THIS, Versus.GOAL}


def _are_year_and_month(grid: Grid, one: Column, other: Column, rows: tuple[int, int]) -> bool:
    """2021 | 12월 below 시도 | 시도, or below no names at all: those names are of the heads beside them."""
    if one.content is not Content.NUMBER or other.content is not Content.DATE:
        return False
    if one.role not in {None, Role.NAME, Role.GROUP} or (one.header and one.header != other.header):
        return False
    years = [text_of(cell) for cell in grid.column(one.index, *rows) if not is_empty(cell)]
    months = (
        parse_date(text_of(cell)) for cell in grid.column(other.index, *rows)[:SAMPLE] if not is_empty(cell)
    )
    return all(re.fullmatch(r"(?:19|20)\d\d", year) for year in years) and all(
        month is not None and month.needs == {"year"} and not month.day for month in months
    )


def _is_age(text: str) -> bool:
    """20-29 or 0-9 as a heading, which is no date."""
    return _RANGE.fullmatch(text) is not None and parse_date(text) is None


def _levels(grid: Grid, header: tuple[int, int], box: Box) -> list[tuple[str, ...]]:
    """What each header row says over each column.

    A row of technical names (X1, X2 …) says nothing, nor does one of weekdays beside one of dates.
    """
    rows: list[list[str]] = []
    for row in range(header[0], header[1] + 1):
        texts = [_said(grid, row, column, header[1]) for column in box.columns]
        if are_months([grid.filled(row, column) for column in box.columns], ""):
            texts = [_FIRST.sub(r"\1", text) for text in texts]
        texts = _counted(texts, rows[-1] if rows else [], grid, row, box)
        texts = ["" if _META.fullmatch(text) else text for text in texts]
        texts = carried_on(uncoded(without_suffixes(texts, is_last=row == header[1])))
        dated = any(parse_date(text) for other in rows for text in other)
        rows.append(texts if dated else weekdays_named(texts, _all_above(grid, header[0], box)))
    rows = [row for row in rows if not is_translation(row, rows)]
    plain = [without_weekdays(row, rows) for row in rows if not is_technical(row)] or rows
    plain = [without_a_lone_total(row, plain) for row in plain]
    return list(zip(*plain, strict=True))


def _all_above(grid: Grid, row: int, box: Box) -> list[str]:
    """The texts over the header; where they name no date, those at the head of the sheet and its name."""
    near = texts_above(grid, row, box)
    if any(find_dates(text) for text in near):
        return near
    head = [text_of(cell) for cells in grid.rows[:3] for cell in cells if isinstance(cell, str)]
    return [*near, *head, grid.name]


def _said(grid: Grid, row: int, column: int, last: int) -> str:
    cell = grid.filled(row, column)
    if is_empty(cell) and row < last:
        cell = _to_the_left(grid, row, column, last)
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    return without_footnote(_MARK.sub(" ", clean(_BREAK.sub(" ", text_of(cell)))))


def _to_the_left(grid: Grid, row: int, index: int, last: int) -> Cell:
    """In an unmerged group row the group's name stands only over its first column."""
    below = range(row + 1, last + 1)
    if all(is_empty(grid.filled(at, index)) for at in below):
        return None
    for column in range(index - 1, -1, -1):
        if all(is_empty(grid.filled(at, column)) for at in below):
            return None
        if not is_empty(grid.filled(row, column)):
            return grid.filled(row, column)
    return None


_NAMED_APART = 4


def _counted(texts: list[str], above: list[str], grid: Grid, row: int, box: Box) -> list[str]:
    """Bare numbers over columns with what they count: 1월, 2월 … (:mod:`~civictracker.sheets.time_heads`)."""
    own = [grid.filled(row, column) for column in box.columns]
    cells = spelled(own)
    texts = [str(now) if now != was else text for now, was, text in zip(cells, own, texts, strict=True)]
    figures = [at for at, cell in enumerate(cells) if isinstance(cell, int | float)]
    figures = figures or [at for at, text in enumerate(texts) if text.isdecimal() and len(text) <= 2]
    if not figures:
        return texts
    over = [above[at] for at in figures] if above else []
    if len(over) >= _NAMED_APART and all(over) and len(set(over)) == len(over):
        return texts  # below names of their own they number the columns
    unit = unit_of_numbers([texts[at] for at in figures], over, texts_above(grid, row, box))
    return [f"{text}{unit}" if unit and at in figures else text for at, text in enumerate(texts)]


def _column(
    grid: Grid, index: int, levels: tuple[str, ...], first: int, last: int, *, by_age: bool = False
) -> Column:
    header: list[str] = []
    for text in levels:
        if text and not is_unit(text) and text not in header:
            header.append(text)
    is_age = by_age and any(map(_RANGE.fullmatch, levels))  # 10-19 beside 20-29 is no day of October
    plain = tuple("" if is_unit(text) else text for text in levels)
    reading, words = (None, levels) if is_age else header_time(plain)
    content, distinct, sample, unit = content_of(grid, index, first, last)
    is_week = content is Content.TEXT and bool(sample) and all(map(YEAR_WEEK.fullmatch, sample))
    if is_week and _role(header, content) is Role.DATE:
        content = Content.DATE
    if (
        content is Content.TEXT
        and _role(header, content) in _OF_TIME
        and is_numbering(grid.column(index, first, last))
    ):
        content = Content.NUMBER  # 월 over 1, 2, 3 … and 계
    constant = _constant(grid, index, first, last) if content is Content.DATE or len(sample) == 1 else ""
    is_named_time = reading is not None and content is not Content.TEXT
    if reading is not None:
        words = tuple("" if role_of(word) in _OF_TIME or _is_only_versus(word) else word for word in words)
    role = _role([*header, *words] if reading is not None else header, content)
    role = role or _corner_role(header, content, grid.column(index, first, last))
    if is_named_time and role not in {Role.DERIVED, Role.GOAL}:
        role = None
    if is_named_time and "구" in words:
        role = Role.OLD  # 10월(구) beside 10월
    if content is Content.NUMBER and role in {None, Role.GROUP, Role.NAME}:
        role, content = _of_numbers(role, folded("".join(header)), grid.column(index, first, last))
    if content is Content.TEXT and _is_no_name(role, sample):
        role = Role.SKIP
    total = bool(header) and (any(map(is_total, words)) if is_named_time else all(map(is_total, header)))
    return Column(
        index, tuple(header), content, role, reading, distinct, words, sample, unit, constant,
        is_sparse=_is_sparse(grid, index, first, last),
        is_total=total,
    )  # fmt: skip


def _corner_role(header: list[str], content: Content, cells: list[Cell]) -> Role | None:
    """지역 / 날짜 in the corner, one for the names beside it and one for the dates below it."""
    if content not in {Content.NUMBER, Content.DATE} or not header:
        return None
    words = re.split(r"[\s\\/|]+", header[-1].strip())
    roles = [role for word in words if (role := role_of(word)) in _OF_TIME]
    told = [text_of(cell) for cell in cells[:SAMPLE] if not is_empty(cell)]
    if len(words) != 2 or len(roles) != 1 or any(map(names_metric, words)) or not told:
        return None
    dated = sum(parse_date(each) is not None for each in told)
    return roles[0] if dated * 10 >= len(told) * 9 else None


def _is_no_name(role: Role | None, sample: tuple[str, ...]) -> bool:
    """운영 O, X: a mark beside the name, no part of it; nor is a map's code."""
    if role is None and sample and _FLAGS.issuperset(sample):
        return True
    return bool(sample) and all(map(_PLACE_CODE.fullmatch, sample))


def _of_numbers(role: Role | None, name: str, cells: list[Cell]) -> tuple[Role | None, Content]:
    """Numbers that count nothing: 구분 over 1, 2, 3, hours beside a date, lines of buses, which are names."""
    if name in _LINES:
        return Role.GROUP, Content.TEXT
    is_skipped = counts_rows(cells) if role is not None else name in _HOURS and _are_hours(cells)
    return Role.SKIP if is_skipped else role, Content.NUMBER


def _are_hours(cells: list[Cell]) -> bool:
    numbers = [text_of(cell) for cell in cells if not is_empty(cell)]
    return all(number.isdecimal() and int(number) <= 24 for number in numbers)


def _is_only_versus(word: str) -> bool:
    """전월(10월): the month says it all."""
    told = compared(word)
    return told is not None and not told.rest and told.versus is not Versus.GOAL


# --- what a header says -----------------------------------------------------------------------


def header_time(levels: tuple[str, ...]) -> tuple[DateReading | None, tuple[str, ...]]:
    """The period that a header names, and its other words, one for each level.

    The year may stand in one row and the month in another; both may stand in one word with what
    is counted (``2012년_총인구수``).
    """
    texts: list[str] = []
    words: list[str] = []
    for level in levels:
        found, rest = _split_time(level)
        if found and found not in texts:
            texts.append(found)
        words.append(rest)
    if not texts:
        return None, levels
    return _joined_time(texts), tuple(words)


def _joined_time(texts: list[str]) -> DateReading | None:
    for whole in (" ".join(texts), *reversed(texts)):
        reading = parse_date(whole)
        if reading is not None and (whole != texts[-1] or len(texts) == 1 or not reading.needs):
            return reading
    return parse_date(texts[-1])


def _split_time(text: str) -> tuple[str, str]:
    """(the time, the rest) of one header cell."""
    if not text or not any(char.isdigit() or char in "상하전후" for char in text):
        return "", text
    whole = parse_date(text)
    if whole is not None:
        return text, ""
    if (behind := _BEHIND.match(text)) and (told := parse_date(behind[1])) is not None and told.month:
        return behind[1], _LETTER.sub("", behind[2].strip())  # 2026년 9월(전월), 2025년 1~10월(A)
    for joint in _JOINTS.finditer(text):
        before, after = text[: joint.start()], text[joint.end() :]
        inside = after.strip("()[] ")
        within = f"{_plain_year(before)} {inside}"
        both = parse_date(within) if inside and _is_period(before) else None
        if both is not None and both.period is not None and both.month:
            return within, ""  # 2026년(10월 말), FY2026(10월말)
        if after and _is_period(before):
            return before, _LETTER.sub("", _unbracketed(after))
        if before and _is_period(after.strip("()[] ")):
            return after.strip("()[] "), _LETTER.sub("", before)
    return "", text


def _unbracketed(text: str) -> str:
    """(A) without its brackets; 게시글수(건) keeps its own."""
    bare = text.strip(" ()[]")
    return bare if bare.count("(") == bare.count(")") and bare.count("[") == bare.count("]") else text.strip()


def _plain_year(text: str) -> str:
    """FY2026 as 2026년; anything else as it is."""
    reading = parse_date(text) if text[:2].upper() == "FY" else None
    return f"{reading.period.start.year}년" if reading is not None and reading.period is not None else text


def _is_period(text: str) -> bool:
    """A period of its own, no day or week of an unknown month (“7일 이내”, “3주 조회수”)."""
    reading = parse_date(text) if len(text) >= 2 else None
    return reading is not None and "month" not in reading.needs and not reading.bound


def _role(header: list[str], content: Content) -> Role | None:
    for text in reversed(header):
        role = role_of(text)
        if role is Role.SKIP and content is Content.NUMBER and is_countable(text):
            continue
        if role in {Role.THIS, Role.LAST} and any(role_of(other) in _NO_FIGURE for other in header):
            continue  # 달성률 over 당월
        if role is not None:
            return role
    return None


def _is_sparse(grid: Grid, index: int, first: int, last: int) -> bool:
    cells = grid.column(index, first, last)[:SAMPLE]
    blank = sum(map(is_empty, cells))
    return 0 < blank < len(cells) and blank * 10 >= len(cells) * 3


def _constant(grid: Grid, index: int, first: int, last: int) -> str:
    """The one text or date of all cells that have any; empty in a table of one row."""
    cells = {cell for cell in grid.column(index, first, last) if not is_empty(cell)}
    return clean(text_of(cells.pop())) if len(cells) == 1 and last > first else ""
