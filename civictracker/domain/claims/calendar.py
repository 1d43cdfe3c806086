"""Days in running text, with the year they mean: ``지난 3월 30일``, ``19일 현재``, ``지난해 12월 말``."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from civictracker.domain.claims.model import DateMention
from civictracker.domain.claims.sentences import place

_WEEKDAY = r"(?:\s?\(\s?(?P<weekday>[월화수목금토일])(?:요일)?\s?\)|\s(?P<weekday2>[월화수목금토일])요일)?"
_NO_SPAN = (
    r"(?!\s?(?:째|간|만에|만\s|전(?![남북체])|후|뒤|동안|이\s?(?:지|넘|흐)|이나|여|가까이|넘게"
    r"|정도|가량|연속|이상|치))"
)
_PATTERN = re.compile(
    rf"""
    (?P<y>(?:19|20)\d\d)\s?(?:년|[./-])\s?(?P<m>1[0-2]|0?[1-9])
     \s?(?:(?P<month>월)|[./-])\s?(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)(?(month)\s?일|(?:\s?일|\.(?=\s?\())?){_NO_SPAN}{_WEEKDAY}
    |(?:(?P<y2>(?:19|20)\d\d)\s?년\s?|(?P<rel>지난해|작년|전년|올해|금년|내년|같은\s해|이듬해|그해)\s*)?
     (?<!\d)(?P<m2>1[0-2]|0?[1-9])\s?월
     (?:\s?(?P<d2>3[01]|[12]\d|0?[1-9])\s?일{_NO_SPAN})?{_WEEKDAY.replace("weekday", "wd")}
    |(?P<y3>(?:19|20)\d\d)\s?년(?![간째대여])
    |(?<![\d.,])(?P<md>\d{{3,4}})\s?일(?=\s?(?:현재|기준))
    |(?P<lead>(?:지난|오는|이달|같은\s달|당월|이번\s달)\s*)?(?<![\d.,만천백개])(?P<d3>3[01]|[12]\d|[1-9])\s?일
     (?P<tail>\s?(?:현재|기준|오전|오후|밝혔|자로|발표|열린|부터|까지|에는|에도|에\s|이날|,|\([월화수목금토일]\)|[가-힣]{{2,4}}(?:시|군|구)에))?{_NO_SPAN}
    |(?P<today>오늘|이날)(?=\s?(?:현재|기준|까지))
    """,
    re.VERBOSE,
)
_NOW = re.compile(r"\s?(?:\([^)]{1,8}\))?\s?(?:오[전후]\s?\d+시\s?)?(?:현재|기준)")
_BYLINE = re.compile(r"입력|승인|등록|작성|기사|보도일|배포|게재|발행")
_COUNTED = re.compile(r"[0-9만천]\s?(?:명|건|회|배|%)")
_LAST_YEAR, _THIS_YEAR = {"지난해", "작년", "전년"}, {"올해", "금년"}


def find(text: str, spans: tuple[tuple[int, int], ...], body: int, today: date | None) -> list[DateMention]:
    """Dates in order. A byline's date gives the others their year; else the year last named does."""
    matches = [found for found in _PATTERN.finditer(text) if found["today"] or _is_date(found)]
    written = [
        day
        for each in matches
        if each["y"] and (day := _full(each)) is not None and _is_byline(text, spans, body, each)
    ]
    reader = _Reader(text, spans, max(written, default=None), today)
    return [mention for found in matches if (mention := reader.read(found)) is not None]


def spans_of(text: str) -> list[tuple[int, int]]:
    """Where dates stand, those included whose month or year the text leaves out."""
    return [found.span() for found in _PATTERN.finditer(text) if found["today"] or _is_date(found)]


def _is_byline(text: str, spans: tuple[tuple[int, int], ...], body: int, found: re.Match[str]) -> bool:
    near = text[max(0, found.start() - 14) : found.end() + 12]
    if _BYLINE.search(near):
        return True
    start, end = spans[place(spans, found.start())]
    return place(spans, found.start()) < body and end - start < 40 and not _COUNTED.search(text[start:end])


def _is_date(found: re.Match[str]) -> bool:
    return found["d3"] is None or bool(found["lead"] or found["tail"])


def _full(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None


class _Reader:
    """Carries year and month from one date to the next, as a reader does."""

    def __init__(
        self, text: str, spans: tuple[tuple[int, int], ...], written: date | None, today: date | None
    ) -> None:
        self._text, self._spans = text, spans
        self._base = written or today
        self._is_dated = written is not None
        years = [int(each) for each in re.findall(r"(?<!\d)((?:19|20)\d\d)\s?년", text)]
        self._first_year = years[0] if years else None
        self._year: int | None = None
        self._month: int | None = None

    def read(self, found: re.Match[str]) -> DateMention | None:
        made = self._day(found)
        if made is None:
            return None
        day, precision, is_sure = made
        weekday = found["weekday"] or found["weekday2"] or found["wd"] or found["wd2"]
        rest = self._text[found.end() : found.end() + 20]
        tail = found["tail"] or ""
        is_now = bool(_NOW.match(rest)) or "현재" in tail or "기준" in tail or bool(found["today"])
        return DateMention(
            found.start(), found.end(), day, precision, is_now, is_sure, place(self._spans, found.start()),
            weekday if weekday is not None and precision == "day" else "",
            has_year=self._base is not None or self._first_year is not None,
        )  # fmt: skip

    def _day(self, found: re.Match[str]) -> tuple[date, str, bool] | None:
        try:
            if found["today"]:
                return None if self._base is None else (self._base, "day", self._is_dated)
            if found["y"]:
                year, month = int(found["y"]), int(found["m"])
                self._year, self._month = year, month
                return date(year, month, int(found["d"])), "day", True
            if found["y3"]:
                self._year = int(found["y3"])
                return date(self._year, 1, 1), "year", True
            if found["m2"]:
                return self._month_day(found)
            return self._bare_day(found)
        except ValueError:
            return None

    def _month_day(self, found: re.Match[str]) -> tuple[date, str, bool]:
        month = self._month = int(found["m2"])
        year, is_sure = self._year_of(found, month)
        self._year = year
        if found["d2"]:
            return date(year, month, int(found["d2"])), "day", is_sure
        is_end = bool(re.match(r"\s?말", self._text[found.end() : found.end() + 3]))
        return date(year, month, monthrange(year, month)[1] if is_end else 1), "month", is_sure

    def _year_of(self, found: re.Match[str], month: int) -> tuple[int, bool]:
        rel = (found["rel"] or "").replace(" ", "")
        if found["y2"]:
            return int(found["y2"]), True
        if rel in _LAST_YEAR | _THIS_YEAR | {"내년"} and self._base is not None:
            return self._base.year + (-1 if rel in _LAST_YEAR else 1 if rel == "내년" else 0), self._is_dated
        if rel == "이듬해" and self._year:
            return self._year + 1, True
        if self._is_dated and self._base is not None and not rel:
            return self._base.year - (month > self._base.month), True  # the last such month before the text
        return self._year or self._first_year or (self._base.year if self._base else 2001), True

    def _bare_day(self, found: re.Match[str]) -> tuple[date, str, bool] | None:
        if found["md"]:
            digits = found["md"]
            for size in (len(digits) - 2, len(digits) - 1):
                if 1 <= int(digits[:size] or 0) <= 12 and 1 <= int(digits[size:]) <= 31:
                    self._month = int(digits[:size])
                    year = self._base.year if self._base else self._year or 2001
                    return date(year, self._month, int(digits[size:])), "day", self._is_dated
            return None
        base = self._base if self._is_dated else None
        if base is not None:
            return date(base.year, base.month, int(found["d3"])), "day", True
        if self._month is None:
            return None
        year = self._year or self._first_year or (self._base.year if self._base else 2001)
        return date(year, self._month, int(found["d3"])), "day", False
