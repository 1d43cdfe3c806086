"""Words by which a heading says that a column is of another period, or no figure but a goal.

전주, 지난달, 전년 동월, 목표 … alone, before what is counted (``지난주 구독자수``), behind it
(``조회수 목표``) or in brackets (``친구수(전주)``).
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from civictracker.domain.texts import folded
from civictracker.domain.weeks import Grain, Period
from civictracker.sheets.vocabulary import names_metric


class Versus(StrEnum):
    """Which other figure a column holds."""

    THIS = "this"
    GOAL = "goal"
    BEFORE = "before"  # the period right before
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    YEAR_AGO = "year-ago"  # the same period of the year before
    YEAR_END = "year-end"


class Compared(NamedTuple):
    versus: Versus
    rest: str  # what is counted, where the heading says that too


_WORDS: dict[Versus, str] = {
    Versus.THIS: "금주|이번주|금월|이번달|이달|당월|금년|금년도|올해|당해|당주|현재|금일|금회|금번|금분기|"
                 "현원|당분기|당기|금주실적|금월실적|실적|당월말|금월말|금주말|현재까지|정정|정정후|수정후|변경후|확정|확정치",
    Versus.GOAL: "연간목표|연목표|월목표|월간목표|주목표|주간목표|분기목표|반기목표|총목표|목표량|올해목표|"
                 "금년목표|당해목표|당해연도목표|연간계획|월간계획|kpi|목표|목표치|목표값|목표수|계획|계획치|계획값|차주|차주계획|다음주|다음주계획|내주|익월|"
                 "익월계획|차월|차월계획|다음달|다음달계획|향후계획",
    Versus.BEFORE: "전기|전회|직전|이전기간|전차",
    Versus.DAY: "전일|어제",
    Versus.WEEK: "전주|지난주|전주실적|전주말",
    Versus.MONTH: "전월|지난달|전월실적|전월말",
    Versus.QUARTER: "전분기|지난분기",
    Versus.YEAR: "전년|전년도|작년|지난해|작년도",
    Versus.YEAR_AGO: "전년동월|전년동기|전년동분기|전년동주|전년동일|전년같은달|전년같은기간|작년동월|"
                     "작년동기|지난해동기|지난해같은기간|전년동월실적|전년동기실적",
    Versus.YEAR_END: "전년말|전년도말|작년말|지난해말",
}  # fmt: skip
_OF = {word: versus for versus, words in _WORDS.items() for word in words.split("|")}
_LONGEST_FIRST = sorted(_OF, key=len, reverse=True)
# What else these begin: 전주 is a city, 전기 electricity, 현재 and 계획 parts of other words.
_APART_ONLY = {
    "전주",
    "전기",
    "현재",
    "실적",
    "계획",
    "직전",
    "전차",
    "전회",
    "어제",
    "전일",
    "전년",
    "전년도",
    "이달",
}
_LETTERED = re.compile(  # 금주(A), 증감(A-B)
    r"\s*[(\[]\s*[A-Za-z①-⑳ㄱ-ㅎ](?:\s*[-+/−–÷]\s*[A-Za-z①-⑳ㄱ-ㅎ])*\s*[)\]]$"
)
_UNIT = re.compile(r"\s*[(\[]\s*(?:단위\s*:?)?\s*(?:명|건|회|개|원|천원|편|점)\s*[)\]]$")
_BRACKETS = re.compile(r"^(.+?)\s*[(（\[]\s*([^()（）\[\]]+?)\s*[)）\]]$")


@lru_cache(maxsize=4096)
def compared(heading: str) -> Compared | None:
    """What a heading says of the period or the goal; None where it says nothing of the kind."""
    text = _LETTERED.sub("", _UNIT.sub("", " ".join(heading.split()))) or heading
    if (versus := _OF.get(folded(text))) is not None:
        return Compared(versus, "")
    if (found := _BRACKETS.match(text)) and (versus := _OF.get(folded(found[2]))) is not None:
        return Compared(versus, found[1])
    if found and _OF.get(folded(found[1])) is Versus.GOAL:
        return Compared(Versus.GOAL, "")  # 목표(연)
    return _beside(text) or _glued(text)


def _beside(text: str) -> Compared | None:
    """The word stands apart, before or behind: one or two words of the text, as in 전년 동월."""
    words = text.split(" ")
    for count in (2, 1):
        if len(words) <= count:
            continue
        for told, rest in ((words[:count], words[count:]), (words[-count:], words[:-count])):
            versus = _OF.get(folded("".join(told)))
            named = " ".join(rest)
            if versus is not None and names_metric(named) and not named.startswith("대비"):
                return Compared(versus, named)
    return None


def _glued(text: str) -> Compared | None:
    for word in _LONGEST_FIRST:
        if word in _APART_ONLY:
            continue
        rest = text[len(word) :] if text.startswith(word) else ""
        if rest and names_metric(rest) and not rest.startswith(("대비", "비", " 대비")):
            return Compared(_OF[word], rest.strip())
    return None


def other_period(period: Period, versus: Versus) -> Period | None:
    """The period that a column holds beside one of ``period``; None where the words do not tell it."""
    match versus:
        case Versus.THIS | Versus.GOAL:
            return period
        case Versus.BEFORE:
            return period.shift(-1)
        case Versus.YEAR_AGO:
            return period.a_year_ago()
        case Versus.YEAR_END:
            return Period.day(date(period.start.year - 1, 12, 31))
        case Versus.YEAR if period.grain is not Grain.YEAR:
            return None  # all of last year, or this month of it?
        case Versus.WEEK if period.grain is Grain.DAY:
            return period.shift(-7)
    grain = _GRAINS[versus]
    if period.grain == grain:
        return period.shift(-1)
    is_finer = period.grain < grain  # a day or a week beside 전월: the month before that one
    return Period.around(period.start, grain).shift(-1) if is_finer else None


_GRAINS = {
    Versus.DAY: Grain.DAY, Versus.WEEK: Grain.WEEK, Versus.MONTH: Grain.MONTH,
    Versus.QUARTER: Grain.QUARTER, Versus.YEAR: Grain.YEAR,
}  # fmt: skip


def versus_of(header: tuple[str, ...]) -> Versus | None:
    """What the nearest of the header's words says, from the figures upwards."""
    return next((told.versus for text in reversed(header) if (told := compared(text)) is not None), None)


_THIS_WEEK = re.compile("금주|이번주")


def of_this_week(header: tuple[str, ...]) -> bool:
    """Does the heading say 금주, whatever the title's period is?"""
    return any(_THIS_WEEK.match(folded(text)) for text in header)
