"""The office's days off: the shipped table, with what the office added to it or took from it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from sqlmodel import Session, col, select

from civictracker import paths
from civictracker.domain.holidays import WorkCalendar
from civictracker.domain.texts import clean
from civictracker.errors import InputError
from civictracker.services.changes import Changes, Topic
from civictracker.services.settings import load_settings
from civictracker.store.tables import Holiday

OWN = "기관에서 고침"


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A line of the list. ``is_own`` was typed here; ``works`` means that the office works all the same."""

    day: date
    name: str
    source: str
    is_own: bool
    works: bool
    certain: bool


@dataclass(frozen=True, slots=True)
class _Shipped:
    days: MappingProxyType[date, str]
    source: str
    certain: int
    last: int


@cache
def shipped() -> _Shipped:
    with (paths.schema() / "holidays.toml").open("rb") as file:
        table = tomllib.load(file)
    days = {date.fromisoformat(day): name for day, name in table["days"].items()}
    return _Shipped(MappingProxyType(days), table["source"], table["certain"], table["last"])


def load_calendar(session: Session) -> WorkCalendar:
    """What the rules of posts go by."""
    names = dict(shipped().days)
    works = set()
    for row in session.exec(select(Holiday)):
        if row.works:
            works.add(row.day)
            names.pop(row.day, None)
        else:
            names[row.day] = row.name
    return WorkCalendar(names, frozenset(works), _certain(session))


def _certain(session: Session) -> int:
    return max(shipped().certain, load_settings(session).holidays_checked)


def list_holidays(session: Session, *, year: int) -> list[HolidayRow]:
    """The year's days off in order, with where each comes from."""
    certain = year <= _certain(session)
    rows = {
        day: HolidayRow(day, name, shipped().source, is_own=False, works=False, certain=certain)
        for day, name in shipped().days.items()
        if day.year == year
    }
    first, last = date(year, 1, 1), date(year, 12, 31)
    query = select(Holiday).where(col(Holiday.day) >= first, col(Holiday.day) <= last)
    for row in session.exec(query):
        rows[row.day] = HolidayRow(
            row.day, row.name, row.source or OWN, is_own=True, works=row.works, certain=True
        )
    return [rows[day] for day in sorted(rows)]


def save_holiday(session: Session, *, day: date, name: str, works: bool = False, source: str = "") -> Changes:
    """Add a day off (임시공휴일), or ``works``: say that the office works on this one."""
    named = clean(name)
    if not named:
        raise InputError("휴일 이름을 적어 주세요.", "예: 임시공휴일")
    row = session.get(Holiday, day) or Holiday(day=day)
    row.name, row.works, row.source = named, works, clean(source) or OWN
    session.add(row)
    verb = "근무일로 바꿈" if works else "휴일로 넣음"
    return Changes.of(Topic.POSTS, f"{day.month}. {day.day}. ‘{named}’ {verb}")


def drop_holiday(session: Session, *, day: date) -> Changes:
    """Forget what the office said about ``day``; the shipped table holds again."""
    row = session.get(Holiday, day)
    if row is None:
        raise InputError("기관에서 넣은 휴일이 아닙니다.", "쉬지 않는 날이면 ‘근무’로 바꿔 주세요.")
    session.delete(row)
    return Changes.of(Topic.POSTS, f"{day.month}. {day.day}. ‘{row.name}’ 휴일 지움")
