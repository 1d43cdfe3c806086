"""Working days, warnings, rates and costs of posts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civictracker.domain.holidays import Policy, WorkCalendar, place
from civictracker.domain.posting import (
    Counts,
    content_warnings,
    cost_of,
    grouped_sends,
    is_night,
    parse_time,
    rate_text,
    subject_of,
)
from civictracker.domain.recurrence import occurrences, parse_rule
from civictracker.domain.texts import ro
from civictracker.domain.weeks import WeekNaming
from civictracker.errors import InputError
from civictracker.services.holidays import shipped

TABLE = WorkCalendar(shipped().days, certain=shipped().certain)
FRIDAYS = occurrences(
    parse_rule("FREQ=WEEKLY;BYDAY=FR"), date(2026, 1, 2), date(2026, 1, 1), date(2026, 12, 31)
)
OFF = {
    Policy.BACK: {"5. 1. → 4. 30.", "7. 17. → 7. 16.", "9. 25. → 9. 23.", "10. 9. → 10. 8.", "12. 25. → 12. 24."},
    Policy.FORWARD: {"5. 1. → 5. 4.", "7. 17. → 7. 20.", "9. 25. → 9. 28.", "10. 9. → 10. 12.", "12. 25. → 12. 28."},
    Policy.SKIP: {"5. 1. 건너뜀", "7. 17. 건너뜀", "9. 25. 건너뜀", "10. 9. 건너뜀", "12. 25. 건너뜀"},
    Policy.KEEP: set(),
}  # fmt: skip


@pytest.mark.parametrize("policy", list(Policy))
def test_the_friday_chain_of_2026(policy: Policy) -> None:
    placed = [place(day, policy, TABLE) for day in FRIDAYS]
    assert len(placed) == 52
    assert {each.because.split("로 ", 1)[1] for each in placed if each.because} == OFF[policy]
    if policy is not Policy.KEEP:
        assert all(each.day is None or not TABLE.why_closed(each.day) for each in placed)


def test_a_move_says_why() -> None:
    assert place(date(2026, 9, 25), Policy.BACK, TABLE).because == "추석으로 9. 25. → 9. 23."
    assert place(date(2026, 10, 5), Policy.FORWARD, TABLE).because == "대체공휴일(개천절)로 10. 5. → 10. 6."
    assert (ro("추석"), ro("설날"), ro("노동절"), ro("광복절 연휴")) == ("으로", "로", "로", "로")
    assert (ro("12명"), ro("60.0%"), ro("106"), ro("1"), ro("12회"), ro("X")) == (
        "으로", "로", "으로", "로", "로", "(으)로",
    )  # fmt: skip


def test_a_weekend_that_the_rule_names_stays_but_for_a_holiday() -> None:
    saturday = date(2026, 11, 21)
    assert place(saturday, Policy.BACK, TABLE).day == date(2026, 11, 20)
    assert place(saturday, Policy.BACK, TABLE, weekend_meant=True).day == saturday
    assert place(date(2026, 9, 26), Policy.BACK, TABLE, weekend_meant=True).day == date(2026, 9, 23)


@given(st.dates(date(2012, 1, 1), date(2035, 12, 31)), st.sampled_from([Policy.BACK, Policy.FORWARD]))
def test_a_move_ends_on_the_nearest_working_day(day: date, policy: Policy) -> None:
    to = place(day, policy, TABLE).day
    assert to is not None
    assert not TABLE.why_closed(to)
    low, high = sorted((day, to))
    between = [low + timedelta(days=n) for n in range((high - low).days + 1)]
    assert all(TABLE.why_closed(each) for each in between if each != to)


@pytest.mark.parametrize(
    ("text", "time"),
    [("15:00", "15:00"), ("0:00", "00:00"), ("23:59", "23:59"), ("0900", "09:00"), ("오후 3시", "15:00"),
     ("오후 3시 30분", "15:30"), ("15시 반", "15:30"), ("１５：００", "15:00"), ("", "")],
)  # fmt: skip
def test_times(text: str, time: str) -> None:
    assert parse_time(text) == time


@pytest.mark.parametrize("text", ["24:00", "12:60", "세 시", "99", "-1:00"])
def test_wrong_times(text: str) -> None:
    with pytest.raises(InputError, match="시각"):
        parse_time(text)


def test_night_is_from_nine_to_eight() -> None:
    assert [is_night(each) for each in ("20:59", "21:00", "23:59", "00:00", "07:59", "08:00", "")] == [
        False, True, True, True, True, False, False,
    ]  # fmt: skip


def told(**fields: object) -> set[str]:
    defaults = {"kind": "normal", "time": "22:00", "subject": "행사 안내", "body": "", "slides": 0,
                "without_alt": 0, "channels": 1}  # fmt: skip
    return {each.key for each in content_warnings(**{**defaults, **fields})}  # type: ignore[arg-type]


def test_advertising_wants_its_mark_its_way_out_and_the_day() -> None:
    assert told() == set()
    assert told(kind="advertisement") == {"night", "ad-mark", "ad-refusal"}
    assert (
        told(kind="advertisement", time="10:00", subject="(광고) 행사", body="무료수신거부 080-000-0000")
        == set()
    )
    assert told(slides=4, without_alt=1, channels=0) == {"alt", "channel"}


def test_rates_may_exceed_a_hundred_and_come_from_counts() -> None:
    assert rate_text(Counts(sent=400_000, opened=629_560).rate("opened")) == "157.39%"
    assert rate_text(Counts(sent=1_000_000, opened=1_071_000).rate("opened")) == "107.1%"
    assert rate_text(Counts(sent=0, opened=3).rate("opened")) == "-"
    assert Counts(sent=100, opened=50, clicked=5).rate("clicked") == Decimal("10.00")
    assert Counts(1, 2) + Counts(None, 3, 4) == Counts(1, 5, 4)


def test_cost_is_unit_price_and_vat() -> None:
    cost = cost_of(45_036, Decimal(15))
    assert (cost.net, cost.vat, cost.total) == (675_540, 67_554, 743_094)
    assert cost_of(3, Decimal("13.5")).net == 41  # half a won up


def test_groups_claim_nothing_below_eight_sends() -> None:
    many = [("월", Counts(100, 50))] * 8
    few = [("금", Counts(100, 90))] * 7
    groups = grouped_sends([*few, *many, ("수", Counts(None, 3))])
    assert [(each.name, each.n, each.says_something) for each in groups] == [
        ("월", 8, True),
        ("금", 7, False),
    ]
    assert groups[0].rate == Decimal("50.00")


def test_subjects_from_a_template() -> None:
    naming = WeekNaming()
    assert subject_of("카드뉴스 {주}", date(2026, 11, 13), 1, naming) == "카드뉴스 11월 2주"
    assert subject_of("해피매거진 {호} {월} {일} {x}", date(2026, 11, 9), 358, naming) == (
        "해피매거진 제358호 11월 11. 9. {x}"
    )


def test_the_shipped_table_is_the_package_s() -> None:
    import importlib.util
    from pathlib import Path

    root = Path(__file__).parents[3]
    spec = importlib.util.spec_from_file_location("make_holidays", root / "packaging" / "make_holidays.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert made.table() == (root / "db" / "holidays.toml").read_text(encoding="utf-8")
