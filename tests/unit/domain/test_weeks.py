"""Weeks, their Korean names under each rule, and the codes by which periods are written."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civictracker.domain.weeks import Grain, Period, WeekName, WeekNaming, WeekRule

DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 1))
GRAINS = st.sampled_from([grain for grain in Grain if grain is not Grain.RANGE])


@st.composite
def periods(draw: st.DrawFn) -> Period:
    day = draw(DAYS)
    grain = draw(st.sampled_from(Grain))
    if grain is Grain.RANGE:
        return Period(day, day + timedelta(days=draw(st.integers(0, 800))))
    return Period.around(day, grain)


@pytest.mark.parametrize(
    ("day", "label"),
    [
        ("2026-11-13", "2026년 11월 2주"),
        ("2026-05-01", "2026년 4월 5주"),
        ("2026-08-31", "2026년 9월 1주"),
        ("2027-01-01", "2026년 12월 5주"),
        ("2026-11-20", "2026년 11월 3주"),
        ("2021-01-01", "2020년 12월 5주"),
        ("2020-12-31", "2020년 12월 5주"),
    ],
)
def test_the_thursday_names_the_week(day: str, label: str) -> None:
    assert WeekNaming().name(Period.week(date.fromisoformat(day))).full == label


@pytest.mark.parametrize(
    ("rule", "label"),
    [
        (WeekRule.THURSDAY, "4월 5주"),
        (WeekRule.CALENDAR_ROW, "5월 1주"),
        (WeekRule.NTH_WEEKDAY, "5월 1주"),
    ],
)
def test_the_week_of_may_day_under_each_rule(rule: WeekRule, label: str) -> None:
    assert WeekNaming(rule).name(Period.week(date(2026, 5, 1))).short == label


def test_21_of_the_52_fridays_of_2026_change_their_name_with_the_rule() -> None:
    first = date(2026, 1, 2)
    weeks = [Period.week(first + timedelta(weeks=step)) for step in range(52)]
    thursday, row = WeekNaming(), WeekNaming(WeekRule.CALENDAR_ROW)
    assert weeks[-1].start.year == 2026
    assert sum(thursday.name(week) != row.name(week) for week in weeks) == 21


@given(periods())
def test_a_code_reads_back_as_its_period(period: Period) -> None:
    assert Period.parse(period.code) == period


@pytest.mark.parametrize(
    ("code", "grain"),
    [
        ("2026", Grain.YEAR), ("2026-Q3", Grain.QUARTER), ("2026-11", Grain.MONTH), ("2026-W47", Grain.WEEK),
        ("2026-11-13", Grain.DAY), ("2026-11-13/2026-11-15", Grain.RANGE),
    ],
)  # fmt: skip
def test_codes_of_every_grain(code: str, grain: Grain) -> None:
    period = Period.parse(code)
    assert (period.code, period.grain) == (code, grain)


@pytest.mark.parametrize("code", ["", "26", "2026-Q5", "2026-13", "2026-W54", "2025-W53", "2026-02-30",
                                  "2026-11-13/2026-11-12", " 2026", "2026-W7"])  # fmt: skip
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Period.parse(code)


@given(DAYS)
def test_a_week_is_monday_to_sunday_and_holds_its_day(day: date) -> None:
    week = Period.week(day)
    assert (week.start.weekday(), week.end.weekday(), week.days) == (0, 6, 7)
    assert day in week
    assert week.code == "{:04d}-W{:02d}".format(*day.isocalendar()[:2])


@given(DAYS, st.sampled_from(WeekRule), st.integers(0, 6))
def test_a_name_leads_back_to_its_week(day: date, rule: WeekRule, base: int) -> None:
    naming, week = WeekNaming(rule, base), Period.week(day)
    assert naming.find(naming.name(week)) == week


@given(DAYS, st.sampled_from(WeekRule), st.integers(0, 6))
def test_no_two_neighbours_share_a_name(day: date, rule: WeekRule, base: int) -> None:
    naming, week = WeekNaming(rule, base), Period.week(day)
    assert naming.name(week) < naming.name(week.shift(1))


@pytest.mark.parametrize("name", [WeekName(2026, 11, 6), WeekName(2026, 13, 1), WeekName(2026, 2, 5)])
def test_a_week_that_a_month_does_not_have_is_not_found(name: WeekName) -> None:
    assert WeekNaming().find(name) is None


@given(DAYS, GRAINS, st.integers(-60, 60))
def test_shifting_there_and_back_is_nothing(day: date, grain: Grain, steps: int) -> None:
    period = Period.around(day, grain)
    moved = period.shift(steps)
    assert moved.grain is grain
    assert moved.shift(-steps) == period


@given(DAYS, GRAINS)
def test_neighbours_touch_without_overlap(day: date, grain: Grain) -> None:
    period = Period.around(day, grain)
    assert period.shift(1).start == period.end + timedelta(days=1)


@pytest.mark.parametrize(
    ("code", "last_year"),
    [("2024-02-29", "2023-02-28"), ("2026-11", "2025-11"), ("2026-Q1", "2025-Q1"), ("2026", "2025"),
     ("2026-W47", "2025-W47")],
)  # fmt: skip
def test_the_same_period_a_year_ago(code: str, last_year: str) -> None:
    assert Period.parse(code).a_year_ago().code == last_year


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Period(date(2026, 11, 2), date(2026, 11, 1))


@pytest.mark.parametrize(("base", "day"), [(4, "2026-11-20"), (0, "2026-11-16"), (6, "2026-11-22")])
def test_the_base_day_is_the_weekday_that_the_office_chose(base: int, day: str) -> None:
    week = Period.week(date(2026, 11, 20))
    assert WeekNaming(base_weekday=base).base_day(week) == date.fromisoformat(day)


def test_containment() -> None:
    month = Period.month(2026, 11)
    assert Period.week(date(2026, 11, 13)) in month
    assert Period.week(date(2026, 12, 1)) not in month
    assert date(2026, 11, 30) in month
