"""2026년 | 2025년 below a title of October: whole years, or October of each? The sheet leaves it open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from civictracker.domain.dates import DateReading
from civictracker.domain.weeks import Grain, Period
from civictracker.sheets.records import Context, Extraction, Question

ASKED = "years"  # the key of the question
SAME, WHOLE = "same", "year"


def settled(times: Sequence[DateReading], context: Context, out: Extraction) -> Sequence[DateReading]:
    """The headings' times, those of bare years below a part of a year as a person told; asked until then."""
    titled = context.titled
    if titled is None or titled.period is None or not _are_open(times, titled.period):
        return times
    answer = context.answers.get(ASKED, "")
    if answer == WHOLE:
        return times
    if answer != SAME:
        why = (
            f"‘{times[0].text}’ 열은 그 해 전체의 값인가요, 제목에 적힌 기간({titled.text})의 그 해 값인가요?"
        )
        out.ask(Question(ASKED, why, (SAME, WHOLE)))
    periods = [_part(titled.period, _year_of(time)) if answer == SAME else None for time in times]
    return [
        replace(time, period=period, needs=frozenset() if period else frozenset({ASKED}))
        for time, period in zip(times, periods, strict=True)
    ]


def _are_open(times: Sequence[DateReading], titled: Period) -> bool:
    """Are the headings years alone, below a title of a part of the last of them?"""
    years = [_year_of(time) for time in times]
    return (
        titled.grain not in {Grain.DAY, Grain.YEAR}
        and titled.start.year == titled.end.year
        and len(years) > 1
        and None not in years
        and max(year for year in years if year) == titled.end.year
    )


def _part(titled: Period, year: int | None) -> Period | None:
    found = titled
    while year is not None and found.end.year > year:
        found = found.a_year_ago()
    return found


def _year_of(reading: DateReading) -> int | None:
    period = reading.period
    return period.start.year if period is not None and period.grain is Grain.YEAR else None
