"""Repetition by the calendar standard (RRULE of RFC 5545), in days; the time of day stands apart.

python-dateutil expands the rules. Around it: Korean sentences for what cannot be, a start moved close
to the days asked for (so that ten years cost no more than one month), and an end for rules that never
come true, on which a plain expansion would search the calendar to the year 9999.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from civictracker.domain._counted import counted, nth
from civictracker.domain.weeks import WEEKDAYS
from civictracker.errors import InputError

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
MAX_COUNT, MAX_INTERVAL = 5_000, 999
LAST_YEAR = 2199
_KEYS = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "COUNT", "UNTIL", "WKST"}
_NTH = ("", "첫째", "둘째", "셋째", "넷째", "다섯째")
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True, slots=True)
class Rule:
    """``by_day`` holds (n, weekday), n 0 for every one; ``until`` and ``count`` exclude each other."""

    freq: str
    interval: int = 1
    by_day: tuple[tuple[int, int], ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None
    week_start: int = 0

    @property
    def text(self) -> str:
        """The rule as RFC 5545 writes it, without DTSTART."""
        parts = [f"FREQ={self.freq}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.by_month:
            parts.append(f"BYMONTH={_joined(self.by_month)}")
        if self.by_month_day:
            parts.append(f"BYMONTHDAY={_joined(self.by_month_day)}")
        if self.by_day:
            days = ",".join(f"{nth or ''}{CODES[day]}" for nth, day in self.by_day)
            parts.append(f"BYDAY={days}")
        if self.by_set_pos:
            parts.append(f"BYSETPOS={_joined(self.by_set_pos)}")
        if self.week_start:
            parts.append(f"WKST={CODES[self.week_start]}")
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(parts)

    @property
    def names_weekend(self) -> bool:
        """Is a Saturday or Sunday meant: named by the rule, or every single day?"""
        return any(day >= 5 for _, day in self.by_day) or (self.freq == "DAILY" and not self.by_day)


def _joined(numbers: tuple[int, ...]) -> str:
    return ",".join(str(number) for number in numbers)


# --- reading ----------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def parse_rule(text: str) -> Rule:
    """Read an RRULE. Raises InputError with the sentence for the form."""
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        key, mark, value = part.partition("=")
        if not mark or not value or key not in _KEYS or key in parts:
            raise InputError(
                f"반복 규칙의 ‘{part}’을(를) 알 수 없습니다.", "FREQ=WEEKLY;BYDAY=FR처럼 적어 주세요."
            )
        parts[key] = value
    rule = Rule(
        freq=parts.get("FREQ", ""),
        interval=_number(parts, "INTERVAL", 1, MAX_INTERVAL) or 1,
        by_day=_days(parts.get("BYDAY")),
        by_month_day=_numbers(parts, "BYMONTHDAY", 31),
        by_month=_numbers(parts, "BYMONTH", 12, signed=False),
        by_set_pos=_numbers(parts, "BYSETPOS", 366),
        count=_number(parts, "COUNT", 1, MAX_COUNT),
        until=_until(parts.get("UNTIL")),
        week_start=_week_start(parts.get("WKST")),
    )
    _refuse_nonsense(rule)
    return rule


def _refuse_nonsense(rule: Rule) -> None:
    if rule.freq not in FREQUENCIES:
        raise InputError("매일·매주·매월·매년 가운데 하나로 반복해야 합니다.")
    if rule.count is not None and rule.until is not None:
        raise InputError("끝나는 날과 횟수는 하나만 정할 수 있습니다.")
    if any(nth for nth, _ in rule.by_day) and rule.freq not in {"MONTHLY", "YEARLY"}:
        raise InputError("‘몇째 요일’은 매월이나 매년 반복에만 쓸 수 있습니다.")
    if rule.by_month_day and rule.freq == "WEEKLY":
        raise InputError("매주 반복에는 날짜를 정할 수 없습니다.", "요일을 골라 주세요.")
    if rule.by_set_pos and not (rule.by_day or rule.by_month_day or rule.by_month):
        raise InputError("‘몇 번째’는 요일이나 날짜와 함께 정해 주세요.")


def _number(parts: dict[str, str], key: str, low: int, high: int) -> int | None:
    if key not in parts:
        return None
    if not re.fullmatch(r"\d{1,5}", parts[key]) or not low <= int(parts[key]) <= high:
        name = {"INTERVAL": "간격", "COUNT": "횟수"}[key]
        raise InputError(f"반복 {name}은 {low}에서 {high:,}까지입니다.")
    return int(parts[key])


def _numbers(parts: dict[str, str], key: str, high: int, *, signed: bool = True) -> tuple[int, ...]:
    found = []
    for part in parts[key].split(",") if key in parts else ():
        if not re.fullmatch(r"[+-]?\d{1,3}", part):
            raise InputError(f"반복 규칙의 ‘{part}’을(를) 알 수 없습니다.")
        number = int(part)
        if not 1 <= abs(number) <= high or (number < 0 and not signed):
            raise InputError(f"반복 규칙의 ‘{part}’은(는) 없는 날짜입니다.")
        found.append(number)
    return tuple(sorted(set(found)))


def _days(text: str | None) -> tuple[tuple[int, int], ...]:
    found = []
    for part in text.split(",") if text else ():
        read = _DAY.fullmatch(part)
        if read is None or (read[1] and not 1 <= abs(int(read[1])) <= 53):
            raise InputError(f"반복 규칙의 요일 ‘{part}’을(를) 알 수 없습니다.")
        found.append((int(read[1] or 0), CODES.index(read[2])))
    return tuple(sorted(set(found), key=lambda each: (each[1], each[0])))


def _until(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text[:8], "%Y%m%d").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        raise InputError(f"끝나는 날 ‘{text}’을(를) 알 수 없습니다.") from None


def _week_start(text: str | None) -> int:
    if text is None:
        return 0
    if text not in CODES:
        raise InputError(f"반복 규칙의 ‘{text}’을(를) 알 수 없습니다.")
    return CODES.index(text)


# --- expanding --------------------------------------------------------------------------------


def occurrences(rule: Rule, starts: date, first: date, last: date) -> list[date]:
    """The days of ``rule`` from ``starts`` that fall within ``first`` to ``last``, in order.

    A month without the day (31일 in February) is left out, as calendars agree.
    """
    end = min(day for day in (last, _end_of(rule, starts)) if day is not None)
    if end < max(first, starts):
        return []
    found = []
    for day in _from(rule, starts, first):
        if day > end:
            break
        if day >= first:
            found.append(day)
    return found


def check_rule(rule: Rule, starts: date) -> None:
    """Raises InputError for a rule that never comes true, or that ends before it starts."""
    if rule.until is not None and rule.until < starts:
        raise InputError("끝나는 날이 시작하는 날보다 앞섭니다.")
    far = date(9600, 1, 1)
    if next(_from(_endless(rule), starts, far), None) is None:
        raise InputError("이 규칙에 맞는 날이 없습니다.", "날짜와 달을 다시 골라 주세요.")
    if _end_of(rule, starts) is not None and not occurrences(rule, starts, starts, date(LAST_YEAR, 12, 31)):
        raise InputError("끝나는 날까지 이 규칙에 맞는 날이 없습니다.")


def count_before(rule: Rule, starts: date, day: date) -> int:
    """How many occurrences there are before ``day``."""
    if day <= starts:
        return 0
    end = _end_of(rule, starts)
    plain = counted(_filled(rule, starts), starts, day if end is None else min(day, end + timedelta(days=1)))
    if plain is not None:
        return plain
    return len(days_before(rule, starts, day))


def days_before(rule: Rule, starts: date, day: date) -> list[date]:
    """The occurrences before ``day``; whole years are expanded once and remembered."""
    whole = [each for year in range(starts.year, day.year) for each in _in_year(rule, starts, year)]
    return whole + occurrences(rule, starts, date(day.year, 1, 1), day - timedelta(days=1))


@lru_cache(maxsize=4096)
def _in_year(rule: Rule, starts: date, year: int) -> tuple[date, ...]:
    return tuple(occurrences(rule, starts, date(year, 1, 1), date(year, 12, 31)))


def _endless(rule: Rule) -> Rule:
    return replace(rule, count=None, until=None)


@lru_cache(maxsize=256)
def _end_of(rule: Rule, starts: date) -> date | None:
    """The last day: by date, or that of the last of ``count``; None without end."""
    if rule.count is None:
        return rule.until
    if (plain := nth(_filled(rule, starts), starts, rule.count)) is not None:
        return plain
    days = _from(_endless(rule), starts, starts)
    last = starts
    for _ in range(rule.count):
        found = next(days, None)
        if found is None:
            break
        last = found
    return last


def _from(rule: Rule, starts: date, first: date) -> Iterator[date]:
    """The days of an endless ``rule``, beginning a little before ``first``."""
    filled = _filled(rule, starts)
    near = _near(filled, starts, first)
    for moment in _expanded(filled, near):
        if moment.date() >= starts:
            yield moment.date()


def _filled(rule: Rule, starts: date) -> Rule:
    """What RFC 5545 takes from DTSTART, written out, so that the start can be moved."""
    if rule.by_day or rule.by_month_day:
        return rule
    match rule.freq:
        case "WEEKLY":
            return replace(rule, by_day=((0, starts.weekday()),))
        case "MONTHLY":
            return replace(rule, by_month_day=(starts.day,))
        case "YEARLY":
            return replace(rule, by_month_day=(starts.day,), by_month=rule.by_month or (starts.month,))
        case _:
            return rule


def _near(rule: Rule, starts: date, first: date) -> date:
    """A start of the same rhythm as ``starts``, at the last whole step before ``first``."""
    if first <= starts:
        return starts
    match rule.freq:
        case "DAILY":
            return starts + timedelta(days=(first - starts).days // rule.interval * rule.interval)
        case "WEEKLY":
            base = starts - timedelta(days=(starts.weekday() - rule.week_start) % 7)
            steps = (first - base).days // 7 // rule.interval
            return base + timedelta(weeks=steps * rule.interval) if steps else starts
        case "MONTHLY":
            months = (first.year - starts.year) * 12 + first.month - starts.month
            steps = months // rule.interval
            at = starts.year * 12 + starts.month - 1 + steps * rule.interval
            return date(at // 12, at % 12 + 1, 1) if steps else starts
        case _:
            steps = (first.year - starts.year) // rule.interval
            return date(starts.year + steps * rule.interval, 1, 1) if steps else starts


def _expanded(rule: Rule, starts: date) -> Iterator[datetime]:
    from dateutil import rrule  # noqa: PLC0415 (0.1 s, and only where something repeats)

    weekdays = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)
    days: Any = [weekdays[day](nth) if nth else weekdays[day] for nth, day in rule.by_day]
    made = rrule.rrule(
        getattr(rrule, rule.freq), dtstart=datetime.combine(starts, time()), interval=rule.interval,
        wkst=weekdays[rule.week_start], byweekday=days or None, bymonthday=rule.by_month_day or None,
        bymonth=rule.by_month or None, bysetpos=rule.by_set_pos or None,
    )  # fmt: skip
    return iter(made)


# --- words ------------------------------------------------------------------------------------

_UNITS = {"DAILY": ("매일", "일마다"), "WEEKLY": ("매주", "주마다"), "MONTHLY": ("매월", "개월마다"),
          "YEARLY": ("매년", "년마다")}  # fmt: skip


def describe(rule: Rule) -> str:
    """``매주 금요일``, ``2주마다 월·수요일``, ``매월 셋째 목요일``, ``매월 마지막 날 (12회)``."""
    every, steps = _UNITS[rule.freq]
    parts = [every if rule.interval == 1 else f"{rule.interval}{steps}"]
    if rule.by_month:
        parts.append("·".join(str(month) for month in rule.by_month) + "월")
    if rule.by_set_pos and rule.by_day:
        names = "평일" if {day for _, day in rule.by_day} == set(range(5)) else _day_names(rule)
        parts.append(f"{_place(rule.by_set_pos[0])} {names}")
    elif rule.by_day:
        parts.append(_day_names(rule))
    if rule.by_month_day:
        parts.append("·".join("마지막 날" if day == -1 else _month_day(day) for day in rule.by_month_day))
    text = " ".join(parts)
    if rule.count is not None:
        return f"{text} ({rule.count}회)"
    return f"{text} (~{rule.until.year}. {rule.until.month}. {rule.until.day}.)" if rule.until else text


def _month_day(day: int) -> str:
    return f"{day}일" if day > 0 else f"끝에서 {-day}번째 날"


def _place(nth: int) -> str:
    if nth < 0:
        return "마지막" if nth == -1 else f"끝에서 {-nth}번째"
    return _NTH[nth] if nth < len(_NTH) else f"{nth}번째"


def _day_names(rule: Rule) -> str:
    if not any(nth for nth, _ in rule.by_day):
        return "·".join(WEEKDAYS[day] for _, day in rule.by_day) + "요일"
    return "·".join(f"{_place(nth)} {WEEKDAYS[day]}요일" for nth, day in rule.by_day)
