"""What the heading of one table among several says of all its figures: □ 지난주 실적, □ 다음 주 계획."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from civictracker.domain.dates import DateReading, find_dates
from civictracker.domain.texts import folded
from civictracker.sheets.comparisons import Versus, compared, other_period
from civictracker.sheets.headers import is_note, is_unit
from civictracker.sheets.vocabulary import heading

_PLAN = re.compile(
    r"(?:금주|이번주|차주|다음주|내주|금월|이번달|익월|차월|다음달|향후|연간|월간|주간|주요|업무|홍보|추진|게시|운영|\d+월|\d주차?)*"
    r"(?:계획|예정|예정사항|계획안|예정업무)"
)
_RESULT = re.compile(r"(?:주요|업무|추진|홍보|운영)*(?:실적|결과|성과|현황)$")
_NUMBER = re.compile(r"^\s*(?:\d{1,2}|[가-하])\s*[.)]\s*")


def title_of(titles: Sequence[str]) -> str:
    """The heading right above the table; empty where it has none."""
    return next((text for text in reversed(titles) if not (is_unit(text) or is_note(text))), "")


def section(title: str) -> str:
    """A heading without its mark, its number and its date."""
    return _NUMBER.sub("", heading(title)).strip()


def is_plan(name: str) -> bool:
    """이번주 계획, 다음 주 예정 업무: what has not been done yet."""
    return _PLAN.fullmatch(folded(name)) is not None


def shifted(title: str, default: DateReading | None) -> DateReading | None:
    """The date of a table, ``default`` of the sheet: 지난주 실적 is of the week before, or dates itself."""
    told = compared(_RESULT.sub("", folded(section(title)))) if title else None
    if told is None or told.rest or told.versus in {Versus.THIS, Versus.GOAL}:
        return default
    own = next((each for each in find_dates(title) if each.period is not None), None)
    if own is not None or default is None or default.period is None:
        return own or default
    period = other_period(default.period, told.versus)
    return default if period is None else replace(default, period=period)
