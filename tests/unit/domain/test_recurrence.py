"""Repetition: equal to the calendar standard's library, quick, and clear about what cannot be."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from civictracker.domain.recurrence import CODES, check_rule, count_before, describe, occurrences, parse_rule
from civictracker.errors import InputError

days = st.dates(date(1995, 1, 1), date(2040, 12, 31))


@st.composite
def rules(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts = [f"FREQ={freq}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 6))}")
    if draw(st.booleans()) and freq != "WEEKLY":
        months = draw(st.sets(st.integers(1, 12), min_size=1, max_size=4))
        parts.append("BYMONTH=" + ",".join(map(str, months)))
    by_day = draw(st.booleans())
    if by_day:
        codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True))
        nth = draw(st.sampled_from(("", "1", "3", "-1"))) if freq in {"MONTHLY", "YEARLY"} else ""
        parts.append("BYDAY=" + ",".join(nth + code for code in codes))
    elif freq in {"MONTHLY", "YEARLY"} and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(st.sampled_from((1, 15, 28, 29, 30, 31, -1, -3)))}")
    if by_day and freq in {"MONTHLY", "YEARLY"} and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from((1, -1)))}")
    if freq == "WEEKLY" and draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(CODES))}")
    match draw(st.integers(0, 2)):
        case 0:
            parts.append(f"COUNT={draw(st.integers(1, 60))}")
        case 1:
            parts.append(f"UNTIL={draw(days):%Y%m%d}")
    return ";".join(parts)


@settings(max_examples=2_000)
@given(rules(), days, days, st.integers(0, 400))
def test_equal_to_the_library_on_random_rules(text: str, starts: date, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    try:
        check_rule(parse_rule(text), starts)
    except InputError:
        return  # never true, or over before it begins: the library would search to the year 9999
    told = rrulestr(text, dtstart=datetime(starts.year, starts.month, starts.day))
    moments = told.between(datetime(first.year, first.month, first.day),
                           datetime(last.year, last.month, last.day), inc=True)  # fmt: skip
    assert occurrences(parse_rule(text), starts, first, last) == [moment.date() for moment in moments]


@settings(max_examples=600)
@given(rules(), days, days)
def test_counting_is_equal_to_the_library(text: str, starts: date, day: date) -> None:
    """By arithmetic where a rule is plain: the same as going through all of them."""
    try:
        check_rule(parse_rule(text), starts)
    except InputError:
        return
    told = rrulestr(text, dtstart=datetime(starts.year, starts.month, starts.day))
    before = datetime(day.year, day.month, day.day) - timedelta(days=1)
    count = len(told.between(datetime(1990, 1, 1), before, inc=True))
    assert count_before(parse_rule(text), starts, day) == count


@given(rules())
def test_a_rule_is_written_as_it_is_read(text: str) -> None:
    rule = parse_rule(text)
    assert parse_rule(rule.text) == rule


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "알 수 없습니다"),
        ("FREQ=HOURLY", "매일·매주·매월·매년"),
        ("FREQ=WEEKLY;BYDAY=XX", "요일"),
        ("FREQ=WEEKLY;BYDAY=2FR", "몇째 요일"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20260101", "하나만"),
        ("FREQ=WEEKLY;INTERVAL=0", "간격"),
        ("FREQ=WEEKLY;COUNT=0", "횟수"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "없는 날짜"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "없는 날짜"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "요일을 골라"),
        ("FREQ=DAILY;UNTIL=20261399", "끝나는 날"),
        ("FREQ=DAILY;FREQ=DAILY", "알 수 없습니다"),
    ],
)
def test_a_rule_that_cannot_be_read_is_told_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_rule(text)
    assert sentence in caught.value.text


@pytest.mark.parametrize(
    "text",
    ["FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
     "FREQ=DAILY;INTERVAL=7;BYDAY=FR", "FREQ=MONTHLY;INTERVAL=12;BYMONTH=3"],
)  # fmt: skip
def test_a_rule_that_never_comes_true_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="맞는 날이 없습니다"):
        check_rule(parse_rule(text), date(2026, 1, 5))


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(InputError, match="앞섭니다"):
        check_rule(parse_rule("FREQ=WEEKLY;UNTIL=20250101"), date(2026, 1, 2))


def test_the_31st_is_left_out_where_a_month_has_none() -> None:
    days = occurrences(
        parse_rule("FREQ=MONTHLY;BYMONTHDAY=31"), date(2026, 1, 31), date(2026, 1, 1), date(2026, 12, 31)
    )
    assert [day.month for day in days] == [1, 3, 5, 7, 8, 10, 12]


def test_a_series_goes_across_years_and_counts_from_its_first() -> None:
    rule = parse_rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR")
    days = occurrences(rule, date(2022, 2, 11), date(2026, 12, 20), date(2027, 1, 20))
    assert days == [date(2026, 12, 25), date(2027, 1, 8)]
    assert count_before(rule, date(2022, 2, 11), date(2022, 2, 11)) == 0
    assert count_before(rule, date(2022, 2, 11), date(2022, 3, 11)) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=FR", "매주 금요일"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", "2주마다 월·수요일"),
        ("FREQ=MONTHLY;BYDAY=3TH", "매월 셋째 목요일"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=12", "매월 마지막 날 (12회)"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "매월 마지막 평일"),
        ("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=9;UNTIL=20301231", "매년 10월 9일 (~2030. 12. 31.)"),
    ],
)
def test_rules_in_words(text: str, words: str) -> None:
    assert describe(parse_rule(text)) == words
