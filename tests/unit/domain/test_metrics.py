"""How each kind of figure adds up over time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civictracker.domain.metrics import Kind, Reading, bucket_of, bucketed
from civictracker.domain.weeks import Grain, Period, WeekNaming, WeekRule

NAMING = WeekNaming()
COARSE = st.sampled_from([Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR])
STARTS = st.dates(date(2015, 1, 1), date(2030, 1, 1))
VALUES = st.lists(st.integers(0, 10**9), min_size=1, max_size=60)


def daily(start: date, values: list[int]) -> list[Reading]:
    return [Reading(Period.day(start + timedelta(days=at)), value) for at, value in enumerate(values)]


def reading(code: str, value: int, *, approximate: bool = False) -> Reading:
    return Reading(Period.parse(code), value, approximate)


@given(STARTS, VALUES, COARSE)
def test_a_level_is_never_summed(start: date, values: list[int], grain: Grain) -> None:
    readings = daily(start, values)
    for bucket, found in bucketed(readings, grain, Kind.LEVEL, NAMING).items():
        inside = [each for each in readings if each.period in bucket]
        assert found.value == inside[-1].value


@given(STARTS, VALUES, COARSE, st.sampled_from([Kind.FLOW, Kind.NET]))
def test_a_flow_loses_and_doubles_nothing(start: date, values: list[int], grain: Grain, kind: Kind) -> None:
    buckets = bucketed(daily(start, values), grain, kind, NAMING)
    assert sum(each.value for each in buckets.values()) == sum(values)
    assert sum(each.covered or 0 for each in buckets.values()) == len(values)


@given(STARTS, VALUES)
def test_weeks_add_up_to_the_month_that_their_name_says(start: date, values: list[int]) -> None:
    first = Period.week(start)
    weeks = [Reading(first.shift(at), value) for at, value in enumerate(values)]
    for month, found in bucketed(weeks, Grain.MONTH, Kind.FLOW, NAMING).items():
        named = [w.value for w in weeks
                 if (NAMING.name(w.period).year, NAMING.name(w.period).month)
                 == (month.start.year, month.start.month)]  # fmt: skip
        assert found.value == sum(named)


@given(STARTS, VALUES, COARSE, st.sampled_from(Kind))
def test_buckets_come_in_time_order_and_are_of_the_grain(
    start: date, values: list[int], grain: Grain, kind: Kind
) -> None:
    buckets = list(bucketed(reversed(daily(start, values)), grain, kind, NAMING))
    assert buckets == sorted(buckets)
    assert {bucket.grain for bucket in buckets} == {grain}


def test_a_reading_of_the_very_period_beats_its_pieces() -> None:
    pieces = [reading("2026-11-16", 5), reading("2026-W47", 70), reading("2026-11-17", 6)]
    found = bucketed(pieces, Grain.WEEK, Kind.FLOW, NAMING)
    assert [each.value for each in found.values()] == [70]


def test_a_day_inside_a_counted_week_is_not_counted_twice() -> None:
    pieces = [reading("2026-W46", 70), reading("2026-11-10", 10), reading("2026-11-02", 3)]
    month = bucketed(pieces, Grain.MONTH, Kind.FLOW, NAMING)[Period.month(2026, 11)]
    assert (month.value, month.covered) == (73, 8)


def test_a_sum_with_missing_days_says_so() -> None:
    whole = bucketed(daily(date(2026, 11, 16), [1] * 7), Grain.WEEK, Kind.FLOW, NAMING)
    part = bucketed(daily(date(2026, 11, 16), [1] * 6), Grain.WEEK, Kind.FLOW, NAMING)
    assert [each.is_partial for each in (*whole.values(), *part.values())] == [False, True]


def test_one_approximate_piece_makes_the_sum_approximate() -> None:
    pieces = [reading("2026-11-16", 5), reading("2026-11-17", 6, approximate=True)]
    (found,) = bucketed(pieces, Grain.WEEK, Kind.FLOW, NAMING).values()
    assert found.approximate


def test_a_flow_that_fits_nowhere_counts_nowhere() -> None:
    across = Period.parse("2026-11-28/2026-12-03")
    assert bucket_of(across, Grain.MONTH, Kind.FLOW, NAMING) is None
    assert bucket_of(across, Grain.MONTH, Kind.LEVEL, NAMING) == Period.month(2026, 12)


@pytest.mark.parametrize(
    ("rule", "month"), [(WeekRule.THURSDAY, "2026-04"), (WeekRule.CALENDAR_ROW, "2026-05")]
)
def test_the_week_rule_decides_the_month_of_a_flow(rule: WeekRule, month: str) -> None:
    week = Period.week(date(2026, 5, 1))
    assert bucket_of(week, Grain.MONTH, Kind.FLOW, WeekNaming(rule)) == Period.parse(month)


def test_a_level_of_a_week_counts_where_its_sunday_lies() -> None:
    assert bucket_of(Period.week(date(2026, 11, 30)), Grain.MONTH, Kind.LEVEL, NAMING) == Period.month(
        2026, 12
    )


def test_which_kinds_add_up() -> None:
    assert {kind for kind in Kind if kind.is_summed} == {Kind.FLOW, Kind.NET}
