"""Rows of a header whose cells are bare numbers or weekdays: what they stand for.

1 … 12 are months, 1 … 31 below 2026년 11월 are its days, 8, 9, 10 below 월 are months too; a row of
월, 화, 수 beside a row of dates says nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from civictracker.domain.dates import find_dates, parse_date
from civictracker.domain.weeks import ENGLISH_MONTHS, WEEKDAYS
from civictracker.sheets.grid import Cell, text_of

_WEEKDAY = re.compile(r"[(\[]?([월화수목금토일])(요일)?[)\]]?")
_UNITS = {
    "월": "월", "월별": "월", "일": "일", "일별": "일", "일자": "일",
    "주": "주", "주차": "주", "주별": "주", "분기": "분기", "분기별": "분기",
}  # fmt: skip
_MOST = {"월": 12, "일": 31, "주": 6, "분기": 4}
YEAR_WEEK = re.compile(r"((?:19|20)\d\d)[-.]?([0-4]\d|5[0-3])")  # 2026-45 or 202645 of a column of weeks
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)\.(\d{1,2})")


def is_weekday(text: str) -> bool:
    return bool(_WEEKDAY.fullmatch(text))


def spelt_weekday(text: str) -> str:
    """수 → 수요일; any other text as it is."""
    return f"{text}요일" if text and text in WEEKDAYS else text


def weekdays_named(texts: Sequence[str], titles: Sequence[str]) -> list[str]:
    """월, 화, 수 … over columns by what they are: the days of the week that the titles tell, or 월요일 …

    월, 일 and 수 would else be a month, a day and a count. Rows with fewer than five are left as they are.
    """
    found = [_WEEKDAY.fullmatch(text) for text in texts]
    names = [each[1] for each in found if each]
    if len(names) < 5 or len(set(names)) < len(names):
        return list(texts)
    days = _week_told(titles)
    return [
        (days[each[1]].isoformat() if each[1] in days else f"{each[1]}요일") if each else text
        for each, text in zip(found, texts, strict=True)
    ]


def _week_told(titles: Sequence[str]) -> dict[str, date]:
    """The days of the one week that the titles name, by weekday; none if they name no week or several."""
    spans = {each.period for text in titles for each in find_dates(text) if each.period is not None}
    weeks = [span for span in spans if 4 <= (span.end - span.start).days <= 6]
    if len(weeks) != 1:
        return {}
    days = (weeks[0].start + timedelta(days=at) for at in range((weeks[0].end - weeks[0].start).days + 1))
    return {WEEKDAYS[day.weekday()]: day for day in days}


def unit_of_numbers(numbers: Sequence[str], above: Sequence[str], titles: Sequence[str]) -> str:
    """월, 일, 주 or 분기 where bare numbers over columns count them; empty where they count nothing.

    ``above``: what stands over the numbers in the row before; ``titles``: the texts over the table.
    """
    if not all(number.isdecimal() and 1 <= int(number) <= 31 for number in numbers):
        return ""
    said = {text for text in above if text}
    if len(said) == 1 and len(numbers) >= 2:
        unit = _UNITS.get("".join(next(iter(said)).split()), "")
        if unit and max(map(int, numbers)) <= _MOST[unit] and _follow(numbers, _MOST[unit]):
            return unit
    if len(said) > 1 and all(map(_is_month, said)) and len(said) < len(numbers) and _follow(numbers, 31):
        return "일"
    if len(numbers) < 4 or numbers[0] != "1" or not _follow(numbers, 31):
        return ""
    if _tell_months(above) or (not any(above) and _tell_months(titles)):
        return "일"
    return "월" if max(map(int, numbers)) <= 12 else "일"


def _follow(numbers: Sequence[str], most: int) -> bool:
    """One after the other; 1 may follow any (the next month's, or another group's)."""
    steps = pairwise(map(int, numbers))
    return max(map(int, numbers)) <= most and all(b in {a + 1, 1} for a, b in steps)


def _tell_months(texts: Sequence[str]) -> bool:
    """Do they name one month (“2026년 11월”, “11월”), below which numbers are its days?"""
    return any(_is_month(text) for text in texts)


def _is_month(text: str) -> bool:
    told = [reading for reading in (parse_date(text), *find_dates(text)) if reading is not None]
    return any(reading.month and not (reading.day or reading.nth or reading.last) for reading in told)


def spelled(cells: Sequence[Cell]) -> list[Cell]:
    """The dates of a row or column spelt out where only those beside them tell what they are."""
    return _years_before_months(_months_with_point(_quarters(octobers(cells))))


_NAMES = "|".join(ENGLISH_MONTHS)
_BEFORE = re.compile(rf"'?(\d\d)\s?[-. ]\s?({_NAMES})[a-z]*\.?", re.IGNORECASE)
_BEHIND = re.compile(rf"({_NAMES})[a-z]*\s?[-. ]\s?'?(\d\d)", re.IGNORECASE)


def _years_before_months(cells: list[Cell]) -> list[Cell]:
    """23-Dec followed by 24-Jan: December 2023, as Excel shows it, where month follows month.

    Jan-86 before them is then of the century that the row goes on from.
    """
    told: dict[int, tuple[int, int]] = {}
    for at, cell in enumerate(cells):
        if not isinstance(cell, str) or not cell[:1].strip() or len(cell) > 12:
            continue
        if found := _BEFORE.fullmatch(cell.strip()):
            told[at] = (int(found[1]), ENGLISH_MONTHS.index(found[2].casefold()))
        elif found := _BEHIND.fullmatch(cell.strip()):
            told[at] = (int(found[2]), ENGLISH_MONTHS.index(found[1].casefold()))
    months = [12 * (year + (1900 if year >= _OLDEST else 2000)) + month for year, month in told.values()]
    steps = {later - earlier for earlier, later in pairwise(months)}
    if len(months) < 3 or steps not in ({1}, {-1}):
        return cells
    known = dict(zip(told, months, strict=True))
    return [
        f"{known[at] // 12}-{known[at] % 12 + 1:02}" if at in known else cell for at, cell in enumerate(cells)
    ]


_OLDEST = 60  # 86 of such a row is 1986

_OF_FOUR = re.compile(r"([1-4])\s?/\s?4(?![\d.])(?!\s?분기)(.*)", re.DOTALL)


def _quarters(cells: list[Cell]) -> list[Cell]:
    """1/4, 2/4, 3/4 are quarters, not the fourth days of months."""
    if not any(type(cell) is str and "4" in cell[-16:] and "/" in cell for cell in cells):
        return cells
    found = [_OF_FOUR.fullmatch(text_of(cell)) if isinstance(cell, str) else None for cell in cells]
    told = [int(each[1]) for each in found if each]
    if len(told) < 2 or sorted(set(told)) != list(range(min(told), max(told) + 1)) or len(set(told)) < 2:
        return cells
    if any(
        isinstance(c, str) and not f and "/" in c and parse_date(c) for c, f in zip(cells, found, strict=True)
    ):
        return cells  # 1/4, 2/4, 3/5: days after all
    return [f"{f[1]}/4분기{f[2]}" if f else cell for cell, f in zip(cells, found, strict=True)]


_BARE_MONTH = re.compile(r"(1[0-2]|[1-9])\s?\.")
_YEAR_AND_MONTH = re.compile(r"[’'‘]?(?:(?:19|20)\d\d|\d\d)\s?\.\s?(1[0-2]|0?[1-9])\s?\.?")


def _months_with_point(cells: list[Cell]) -> list[Cell]:
    """’25.11., 12., ’26.1., 2.: what stands between years and months alone are months."""
    if not any(type(cell) is str and "." in cell[-2:] for cell in cells):
        return cells
    texts = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
    bare = [text for text in texts if _BARE_MONTH.fullmatch(text)]
    whole = [text for text in texts if _YEAR_AND_MONTH.fullmatch(text)]
    if not bare or not whole or len(bare) + len(whole) < len(texts):
        return cells
    return [
        f"{cell.strip(' .')}월" if isinstance(cell, str) and _BARE_MONTH.fullmatch(cell.strip()) else cell
        for cell in cells
    ]


def octobers(cells: Sequence[Cell]) -> list[Cell]:
    """Year and month typed as a number: 2026.10 is stored as 2026.1, and stands after 2026.09.

    It is October where January is written 2026.01, or where September or November stands beside it.
    """
    numbers = [cell for cell in cells if isinstance(cell, float)]
    if not any(_YEAR_MONTH.fullmatch(text_of(cell)) for cell in numbers):
        return list(cells)
    padded = any(re.fullmatch(r"\d{4}\.0[1-9]", text_of(cell)) for cell in numbers)
    told = [(at, text_of(cell)) for at, cell in enumerate(cells) if isinstance(cell, float)]
    result = list(cells)
    for place, (at, text) in enumerate(told):
        year, _, month = text.partition(".")
        beside = {told[near][1] for near in (place - 1, place + 1) if 0 <= near < len(told)}
        between = {f"{year}.09", f"{year}.9", f"{year}.11"}
        if month == "1" and (padded or beside & between):
            result[at] = f"{year}.10"
    return result


_WRITTEN_DAY = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d) 0?0:00(?::00)?")


def _day_of(cell: object) -> date | None:
    """A date, or one that a text file writes with the time of midnight."""
    if isinstance(cell, date):
        return cell
    found = _WRITTEN_DAY.fullmatch(cell) if isinstance(cell, str) else None
    return date(*map(int, found.groups())) if found is not None and "01" <= found[3] <= "28" else None


def are_months(cells: Sequence[object], name: str) -> bool:
    """Are real dates months, which a format shows as 2026년 8월? Then all of them are firsts.

    ``name``: of the column, where one stands over them; 일자 or 기준일 tells that they are days.
    """
    days = [day for cell in cells if (day := _day_of(cell)) is not None]
    if (
        not days
        or any(day.day != 1 for day in days)
        or name.rstrip(" )").endswith(("일", "일자", "날짜", "일시"))
    ):
        return False
    is_named = "월" in name or "month" in name.casefold()
    return is_named or len({(day.year, day.month) for day in days}) >= 2
