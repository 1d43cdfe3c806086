"""Dates as they stand in Korean cells, titles and file names, and as official papers write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civictracker.domain.dates import (
    DateReading,
    date_from_serial,
    find_dates,
    label,
    official,
    official_weekday,
    parse_date,
    range_text,
    short,
)
from civictracker.domain.weeks import Period, WeekNaming, WeekRule

DAYS = st.dates(date(1990, 1, 1), date(2079, 12, 31))
NAMINGS = st.builds(WeekNaming, st.sampled_from(WeekRule), st.integers(0, 6))


def read(text: str, year: int | None = None) -> DateReading:
    reading = parse_date(text, year=year)
    assert reading is not None, text
    return reading


def code(text: str, year: int | None = None) -> str:
    reading = read(text, year)
    assert reading.needs == frozenset()
    assert reading.period is not None
    return reading.period.code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # days
        ("20200217", "2020-02-17"),
        ("2026-11-13", "2026-11-13"),
        ("2025/10/31", "2025-10-31"),
        ("2020. 04. 09", "2020-04-09"),
        ("2020. 4. 9.", "2020-04-09"),
        ("2026.11.13", "2026-11-13"),
        ("2026. 11. 13.(금)", "2026-11-13"),
        ("2026. 11. 13. (금요일)", "2026-11-13"),
        ("2026년 11월 13일 금요일", "2026-11-13"),
        ("2026年 11月 13日(金)", "2026-11-13"),
        ("２０２６．１１．１３", "2026-11-13"),
        ("26.11.13(금)", "2026-11-13"),
        ("'26. 11. 13.", "2026-11-13"),
        ("26-11-13", "2026-11-13"),
        ("99.3.5", "1999-03-05"),
        ("2018년 1월 5일", "2018-01-05"),
        ("2012년 07월02일", "2012-07-02"),
        ("2018081012", "2018-08-10"),
        ("221019", "2022-10-19"),
        ("13-06-2025", "2025-06-13"),
        ("06/13/2025", "2025-06-13"),
        ("07-07-2025", "2025-07-07"),
        ("2025-08-01T00:00:00", "2025-08-01"),
        ("2025-08-01T00:00:00.000+09:00", "2025-08-01"),
        ("2025-08-01 00:00", "2025-08-01"),
        ("2025. 8. 1. 오후 3:00:00", "2025-08-01"),
        ("2026.11.13.(금) 14:00", "2026-11-13"),
        ("2026. 11. 13.(금) 14시 30분", "2026-11-13"),
        ("2018. 12. 31. 현재", "2018-12-31"),
        ("(2018. 12. 31. 기준)", "2018-12-31"),
        ("Tue, Aug 25, 2026", "2026-08-25"),
        ("Jan 5, 2024", "2024-01-05"),
        ("5 Jan 2024", "2024-01-05"),
        ("05-Jan-2024", "2024-01-05"),
        ("September 1st, 2024", "2024-09-01"),
        # months
        ("2005.01", "2005-01"),
        ("2005.1", "2005-01"),
        ("2003.10", "2003-10"),
        ("2020-12", "2020-12"),
        ("201801", "2018-01"),
        ("2026. 1.", "2026-01"),
        ("2018년 01월", "2018-01"),
        ("2018년1월", "2018-01"),
        ("2003\r\n01월", "2003-01"),
        ("2016.03월 현재", "2016-03"),
        ("'26년 11월", "2026-11"),
        ("2025년 12월 말", "2025-12"),
        ("Aug 2026", "2026-08"),
        # quarters and halves
        ("2017.1/4", "2017-Q1"),
        ("2017 1/4", "2017-Q1"),
        ("2017년 3/4분기", "2017-Q3"),
        ("2013년 1분기", "2013-Q1"),
        ("2013년도 제4분기", "2013-Q4"),
        ("2013 Q1", "2013-Q1"),
        ("2013.Q1", "2013-Q1"),
        ("Q2 2013", "2013-Q2"),
        ("2018년 상반기", "2018-01-01/2018-06-30"),
        ("2018 하반기", "2018-07-01/2018-12-31"),
        # weeks
        ("2026년 11월 3주", "2026-W47"),
        ("2026년 11월 3주차", "2026-W47"),
        ("2026.11월3주차", "2026-W47"),
        ("2026년 11월 셋째 주", "2026-W47"),
        ("2026년 11월 세번째 주", "2026-W47"),
        ("2026-W47", "2026-W47"),
        ("2026년 47주차", "2026-W47"),
        ("2026년 3주차", "2026-W03"),
        ("2026년 11월 3주(11. 16. ~ 11. 22.)", "2026-W47"),
        ("2027년 1월 1주(12. 28. ~ 1. 3.)", "2026-W53"),
        # years
        ("2018", "2018"),
        ("2018년", "2018"),
        ("2018년도", "2018"),
        ("2018학년도", "2018"),
        ("2 0 1 8", "2018"),
        ("2 0 1 8 년", "2018"),
        ("[2018]", "2018"),
        # ranges
        ("2026. 11. 16. ~ 11. 22.", "2026-W47"),
        ("2026. 11. 16.(월) ～ 22.(일)", "2026-W47"),
        ("2026.11.16∼2026.11.22", "2026-W47"),
        ("2026.11.16-11.22", "2026-W47"),
        ("20261116-20261122", "2026-W47"),
        ("2026. 12. 28. ~ 1. 3.", "2026-W53"),
        ("2026년 11월 16일부터 22일까지", "2026-W47"),
        ("2018년 1월 ~ 3월", "2018-Q1"),
        ("2018년 1~3월", "2018-Q1"),
        ("2018년 11월~2019년 2월", "2018-11-01/2019-02-28"),
        ("2018년 4분기 ~ 1분기", "2018-10-01/2019-03-31"),
        ("2013~2023.11", "2013-01-01/2023-11-30"),
        ("2013-2017", "2013-01-01/2017-12-31"),
    ],
)
def test_a_complete_date(text: str, expected: str) -> None:
    assert code(text) == expected


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("1월", 2017, "2017-01"),
        ("01월", 2017, "2017-01"),
        ("3월말 현재", 2017, "2017-03"),
        ("4월06일", 2017, "2017-04-06"),
        ("11. 13.", 2026, "2026-11-13"),
        ("11.13", 2026, "2026-11-13"),
        ("11/13", 2026, "2026-11-13"),
        ("11. 13.(금)", 2026, "2026-11-13"),
        ("1.1~1.7", 2018, "2018-W01"),
        ("12. 28. ~ 1. 3.", 2026, "2026-W53"),
        ("1월 1주차", 2017, "2017-W01"),
        ("3월 5주차", 2017, "2017-W13"),
        ("11월 셋째 주", 2026, "2026-W47"),
        ("11월 1주 ~ 3주", 2026, "2026-11-02/2026-11-22"),
        ("47주차", 2026, "2026-W47"),
        ("1/4분기", 2017, "2017-Q1"),
        ("3분기", 2017, "2017-Q3"),
        ("상반기", 2018, "2018-01-01/2018-06-30"),
        ("23 August", 2025, "2025-08-23"),
        ("August 23", 2025, "2025-08-23"),
        ("Oct", 2021, "2021-10"),
        ("December", 2021, "2021-12"),
    ],
)
def test_a_date_without_its_year_asks_for_it(text: str, year: int, expected: str) -> None:
    asking = read(text)
    completed = asking.complete(year)

    assert (asking.period, asking.needs) == (None, frozenset({"year"}))
    assert asking.complete() is None
    assert completed is not None
    assert completed.code == expected == code(text, year)


def test_what_is_written_wins_over_what_is_supplied() -> None:
    assert code("2018년 1월", year=2020) == "2018-01"
    assert read("2018년 1월").complete(2020, 5) == Period.month(2018, 1)


def test_a_reading_keeps_what_is_known() -> None:
    assert (read("4월06일").month, read("4월06일").day) == (4, 6)
    assert (read("1월 2주차").month, read("1월 2주차").nth) == (1, 2)
    assert read("47주차").week == 47
    assert read("3분기").quarter == 3
    assert read("하반기").half == 2


def test_a_day_of_an_unnamed_month_asks_for_both() -> None:
    reading = read("13일(금)")

    assert reading.needs == {"year", "month"}
    assert reading.complete(2026) is None
    assert reading.complete(2026, 11) == Period.day(date(2026, 11, 13))


def test_a_small_week_number_alone_may_be_of_the_month_or_of_the_year() -> None:
    reading = read("3주차")

    assert reading.needs == {"year", "month"}
    assert (reading.nth, reading.week) == (3, 3)
    assert reading.complete(2026, 11) == Period.iso_week(2026, 47)


def test_day_and_month_that_could_be_swapped_are_asked() -> None:
    reading = read("05-06-2025")

    assert (reading.period, reading.needs, reading.year) == (None, {"order"}, 2025)
    assert reading.complete(month=5) == Period.day(date(2025, 5, 6))
    assert reading.complete(month=6) == Period.day(date(2025, 6, 5))
    assert reading.complete(month=7) is None


def test_a_week_that_the_custom_does_not_know_is_asked() -> None:
    by_row = parse_date("2026년 11월 6주", naming=WeekNaming(WeekRule.CALENDAR_ROW, 0))

    assert read("2026년 11월 6주").needs == {"naming"}
    assert by_row is not None
    assert by_row.period == Period.week(date(2026, 11, 30))


def test_a_wrong_weekday_is_told() -> None:
    assert not read("2026. 11. 13.(금)").weekday_conflict
    assert read("2026. 11. 13.(목)").weekday_conflict
    assert read("Wed, Aug 25, 2026").weekday_conflict
    assert read("2026. 11. 16.(월) ~ 22.(토)").weekday_conflict
    assert not read("11. 13.(금)").weekday_conflict
    assert read("11. 13.(금)", year=2025).weekday_conflict


@pytest.mark.parametrize("text", ["2016 p)", "2016p)", "2016 p", "2016(p)", "2016년 p)", "2016 잠정"])
def test_provisional_marks(text: str) -> None:
    assert read(text).period == Period.year(2016)
    assert read(text).provisional
    assert not read("2016").provisional
    assert not read("Sep").provisional


def test_an_open_span_is_no_period() -> None:
    reading = read("2013년도 이전")

    assert (reading.period, reading.year, reading.bound) == (None, 2013, "이전")
    assert reading.complete(2020) is None


@pytest.mark.parametrize(
    "text",
    """2월 30일|2026-02-29|2026. 2. 29.|20261301|2026. 13. 1.|13월|0월|31-04-2025|13-13-2025
    2026-W54|5분기|2026. 11. 22. ~ 2026. 11. 16.|2026. 12. 28. ~ 2026. 1. 3.|서울|합계|1월 계
    마케팅|채널명|-||1,395|12345678901234567890|1541234567890123456|010-2026-1113|031-228-2018
    28만397명|3-4|29%|0:04:34|May the force|상반기 결산 회의록|2018/19|1.2.3.4
    """.strip()
    .replace("\n    ", "|")
    .split("|"),
)
def test_no_date(text: str) -> None:
    assert parse_date(text) is None
    assert parse_date(text, year=2026) is None


def test_a_leap_day_waits_for_its_year() -> None:
    assert read("2월 29일").complete(2024) == Period.day(date(2024, 2, 29))
    assert read("2월 29일").complete(2023) is None
    assert parse_date("2월 29일", year=2023) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026년 11월 3주 SNS 운영현황(본청취합)", ["2026-W47"]),
        ("기준일: 2026. 11. 20.(금) 홍보과", ["2026-11-20"]),
        ("기준일:2026.11.20.", ["2026-11-20"]),
        ("weibo_20220520-174306.xlsx", ["2022-05-20"]),
        ("성별 입국_221019112506.csv", ["2022-10-19"]),
        ("일일대출실행통계_20191231.csv", ["2019-12-31"]),
        ("2016.03월 현재", ["2016-03"]),
        ("(2018)", ["2018"]),
        ("2 0 1 8 년도 통계연보", ["2018"]),
        ("2018_월별_지역.csv", ["2018"]),
        ("콘텐츠 2026-06-01_2026-06-30 채널명.zip", ["2026-06"]),
        ("GRDP_시계열_1985_2016.xlsx", ["1985-01-01/2016-12-31"]),
        ("지역별 PIR 및 LIR(2013~2023.11).xlsx", ["2013-01-01/2023-11-30"]),
        ("201212_201412_주민등록인구및세대현황_연간.csv", ["2012-12-01/2014-12-31"]),
        ("주간보고 (2026. 11. 16. ~ 11. 22.)", ["2026-W47"]),
        ("2026. 11. 16.(월) ~ 22.(일) 실적", ["2026-W47"]),
        ("2017-11-11 기준 280,397명, 2016-12-31 기준 173,932명", ["2017-11-11", "2016-12-31"]),
        ("2018년 상반기 결산", ["2018-01-01/2018-06-30"]),
        ("Overview Jan 5, 2024.csv", ["2024-01-05"]),
        ("서울2018년", ["2018"]),
        ("11월 2주차 주간보고 (26.11.9.~11.15.)", ["?", "2026-W46"]),
        ("주간 (26.11.9~11.15)", ["2026-W46"]),
        ("26.11.9.(월)~11.15.(일) 실적", ["2026-W46"]),
        ("운영현황(26. 11. 13. 현재)", ["2026-11-13"]),
        ("운영현황(11.13. 기준)", ["?"]),
        ("12.3.4.5, 02.12.3.", []),
        ("01. population_in_Seoul.xls", []),
        ("문의 010-2026-1113, 031-228-2018, 1588-2026", []),
        ("/status/1234567890201801019", []),
        ("880101-1234567", []),
        ("조회 2018건, 2,018명, 201801명", []),
        ("2020년대, 10년간, 3개월, 12.5% 증가, 11.13배", []),
        ("v1.2.3", []),
        ("2월 30일", []),
        ("", []),
    ],
)
def test_dates_in_titles_and_file_names(text: str, expected: list[str]) -> None:
    assert [found.period.code if found.period else "?" for found in find_dates(text)] == expected


def test_a_title_may_lack_the_year() -> None:
    title, file = find_dates("11월 3주 주간보고")[0], find_dates("보고(11. 16. ~ 11. 22.)")[0]

    assert title.needs == file.needs == {"year"}
    assert title.complete(2026) == file.complete(2026) == Period.iso_week(2026, 47)
    assert (title.text, file.text) == ("11월 3주", "11. 16. ~ 11. 22.")


@given(st.text(alphabet="0123456789. -~/()년월일주차분기상하반'TWQpJan,_", max_size=40) | st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    reading = parse_date(text)

    assert reading is None or isinstance(reading, DateReading)
    assert all(isinstance(found, DateReading) for found in find_dates(text))


@given(DAYS)
def test_every_way_of_writing_a_day_reads_back(day: date) -> None:
    period = Period.day(day)
    for text in (
        official(day),
        official_weekday(day),
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day:%Y/%m/%d}",
        f"{day.year}년 {day.month}월 {day.day}일",
        f"{day:%b} {day.day}, {day.year}",
        label(period),
        range_text(period),
    ):
        reading = parse_date(text)
        assert reading is not None, text
        assert (reading.period, reading.weekday_conflict) == (period, False), text
        assert [found.period for found in find_dates(f"기준일: {text} 홍보과")] == [period], text
    assert read(short(day), day.year).period == period


@given(DAYS, st.integers(1, 1000))
def test_ranges_read_back(start: date, days: int) -> None:
    period = Period(start, min(start + timedelta(days=days), date(2079, 12, 31)))

    assert read(range_text(period)).period == period


@given(DAYS, NAMINGS)
def test_week_labels_read_back_under_every_custom(day: date, naming: WeekNaming) -> None:
    week = Period.week(day)
    reading = parse_date(label(week, naming), naming=naming)

    assert naming.find(naming.name(week)) == week
    assert reading is not None
    assert reading.period == week
    assert [found.period for found in find_dates(label(week, naming), naming=naming)] == [week]


@given(DAYS)
def test_labels_of_months_quarters_and_years_read_back(day: date) -> None:
    for period in (
        Period.month(day.year, day.month),
        Period.quarter(day.year, (day.month + 2) // 3),
        Period.year(day.year),
    ):
        assert read(label(period)).period == period


def test_official_forms() -> None:
    friday = date(2026, 11, 13)

    assert official(friday) == "2026. 11. 13."
    assert official_weekday(friday) == "2026. 11. 13.(금)"
    assert short(friday) == "11. 13.(금)"
    assert official(date(2026, 1, 5)) == "2026. 1. 5."


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2026-11-13", "2026. 11. 13."),
        ("2026-W47", "2026년 11월 3주"),
        ("2026-W53", "2026년 12월 5주"),
        ("2026-11", "2026년 11월"),
        ("2026-Q3", "2026년 3분기"),
        ("2026", "2026년"),
        ("2026-11-13/2026-11-19", "2026. 11. 13. ~ 11. 19."),
        ("2026-12-30/2027-01-02", "2026. 12. 30. ~ 2027. 1. 2."),
    ],
)
def test_labels(period: str, text: str) -> None:
    assert label(Period.parse(period)) == text


def test_the_range_that_stands_beside_a_week() -> None:
    assert range_text(Period.iso_week(2026, 47)) == "2026. 11. 16. ~ 11. 22."
    assert range_text(Period.iso_week(2026, 53)) == "2026. 12. 28. ~ 2027. 1. 3."


@pytest.mark.parametrize(
    ("serial", "epoch1904", "day"),
    [
        (46339, False, date(2026, 11, 13)),
        (46339.75, False, date(2026, 11, 13)),
        (46338.9999999999, False, date(2026, 11, 13)),  # midnight, short by a float's breadth
        (44877, True, date(2026, 11, 13)),
        (32874, False, date(1990, 1, 1)),
        (32873, False, None),
        (65745, False, date(2079, 12, 31)),
        (65746, False, None),
        (60, False, None),  # the 29 February 1900 that never was
        (2018, False, None),  # a year
        (20200217, False, None),  # yyyymmdd
        (-1, False, None),
        (float("nan"), False, None),
        (float("inf"), False, None),
    ],
)
def test_spreadsheet_serials(serial: float, epoch1904: bool, day: date | None) -> None:
    assert date_from_serial(serial, epoch1904=epoch1904) == day


@given(DAYS, st.floats(0, 0.99999))
def test_serials_count_days_in_both_systems(day: date, time: float) -> None:
    serial = (day - date(1899, 12, 30)).days

    assert date_from_serial(serial + time) == day
    assert date_from_serial(serial - 1462 + time, epoch1904=True) == day
