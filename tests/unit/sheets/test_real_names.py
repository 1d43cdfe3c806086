"""Names as real files have them: those that are also words, those that need another one beside them."""

from __future__ import annotations

import pytest

from civictracker.sheets.grid import Cell, Grid
from civictracker.sheets.records import entries
from civictracker.sheets.sniff import Container
from civictracker.sheets.understand import Understood, understand
from civictracker.sheets.vocabulary import names_entity

Row = list[Cell]


def read(*rows: Row, file: str = "표.csv") -> Understood:
    (table,) = understand(
        [Grid("표", list(rows))], file=file, container=Container.TEXT, encoding="", answers={}
    ).tables
    return table


def names(table: Understood) -> list[str]:
    return list(dict.fromkeys(entity for entity, *_ in entries(table.found.records)))


def test_jeonju_and_jindo_are_places_where_nothing_is_compared() -> None:
    table = read(
        ["시군", "구분", "2025.01", "2025.02"], ["전라북도", "전주", 50, 51], ["전라북도", "군산", 48, 49],
        ["전라남도", "진도", 30, 31], ["전라남도", "여수", 33, 35],
    )  # fmt: skip
    assert [name.rpartition(" / ")[2] for name in names(table)] == ["전주", "군산", "진도", "여수"]


def test_robbery_and_theft_are_no_provinces() -> None:
    table = read(
        ["구분", "2024", "2025"], ["강도", 50, 51], ["절도", 48, 49], ["만족도", 90, 91],
        file="범죄 현황.csv",
    )  # fmt: skip
    assert not any(map(names_entity, names(table)))
    assert names_entity("경기도")
    assert names_entity("울릉도")
    assert names_entity("경기 고양")


def test_a_line_that_dates_itself_below_the_heads_is_no_card() -> None:
    table = read(
        ["매체", "구독자", "게시물"], ["", "기준일: 2026. 11. 9."], ["관악 소식", 3, 1], ["양주 소식", 4, 2],
    )  # fmt: skip
    assert names(table) == ["관악 소식", "양주 소식"]


def test_the_whole_country_stays_where_nothing_adds_up_and_is_told() -> None:
    table = read(
        ["시도", "2024", "2025"], ["전국", 60.1, 60.4], ["서울", 61.0, 61.1], ["부산", 57.2, 57.9],
        file="고용률.csv",
    )  # fmt: skip
    assert names(table) == ["전국", "서울", "부산"]
    assert table.found.warnings == ["‘전국’은(는) 다른 줄을 더한 값이 아니라서 하나의 값으로 넣습니다."]


def test_a_day_of_a_whole_table_may_stand_for_its_year() -> None:
    rows: list[Row] = [["시군", "사고건수"], ["관악구", 5], ["양주시", 7]]
    (table,) = understand(
        [Grid("사고_20251231", rows)], file="사고_20251231.csv", container=Container.TEXT, encoding="",
        answers={"span": "year"},
    ).tables  # fmt: skip
    assert [period.code for period in table.found.records.periods if period] == ["2025"]


def test_a_station_without_a_name_is_called_by_its_number() -> None:
    table = read(
        ["날짜", "지점", "평균기온(℃)"], ["2026-10-01", 108, 18.2], ["2026-10-01", 159, 20.2],
    )  # fmt: skip
    assert names(table) == ["108", "159"]


def test_last_week_below_this_week_is_not() -> None:
    table = read(
        ["2026년 11월 2주"], ["채널", "구분", "방문자"], ["블로그", "금주", 50], ["블로그", "전주", 48],
        ["누리집", "금주", 70], ["누리집", "전주", 68],
    )  # fmt: skip
    assert [int(value) for value in table.found.records.value] == [50, 70]


def test_a_total_from_and_to_everywhere_is_left_out() -> None:
    places = ("전국", "서울", "부산", "대구")
    flows = {(a, b): 10.0 + at for at, (a, b) in enumerate((a, b) for a in places[1:] for b in places[1:])}
    rows: list[Row] = [["전출지별", "전입지별", "2016", "2017"]]
    for one in places:
        for other in places:
            parts = [value for (a, b), value in flows.items() if one in {"전국", a} and other in {"전국", b}]
            rows.append([one, other, sum(parts), sum(parts)])
    table = read(*rows)
    assert len(names(table)) == 9
    assert "전국 / 서울" in table.found.totals
    assert not any("전국" in name for name in names(table))


def test_a_subtotal_without_parts_is_the_figure_itself() -> None:
    table = read(
        ["범죄별(1)", "범죄별(2)", "2022", "2023"], ["인구(명)", "소계", 500, 510], ["강력범죄", "소계", 30, 33],
        ["강력범죄", "살인", 10, 11], ["강력범죄", "강도", 20, 22],
    )  # fmt: skip
    values = [int(value) for value in table.found.records.value]
    assert values == [500, 510, 10, 11, 20, 22]
    assert table.found.totals == ["소계"]


@pytest.mark.parametrize("head", ["10-19", "10 - 19"])
def test_ages_beside_each_other_are_no_days(head: str) -> None:
    table = read(["날짜", "0-9", head, "20-29"], ["2021-02-15", 19, 26, 45], ["2021-02-16", 24, 28, 70])
    assert [metric for _, metric, *_ in entries(table.found.records)][:3] == ["0-9", head, "20-29"]


def test_a_month_and_a_figure_head_two_columns() -> None:
    table = read(
        ["기준연월", "방한 외래관광객"], ["201801", "59895.0"], ["201802", "66049.0"], ["201803", "80079.0"]
    )
    assert [period.code for period in table.found.records.periods if period] == [
        "2018-01",
        "2018-02",
        "2018-03",
    ]


def test_a_station_is_named_by_its_line_and_itself() -> None:
    rows: list[Row] = [["호선명", "지하철역", "승차"]]
    rows += [
        [f"{line}호선", station, 100.0 + at] for line in (1, 2) for at, station in enumerate("가나다라마바사")
    ]
    assert names(read(*rows))[:2] == ["1호선 / 가", "1호선 / 나"]


def test_a_level_called_total_among_its_parts_is_not_held_against_their_sum() -> None:
    months = [f"2025.{month:02}" for month in range(1, 10)]
    rows: list[Row] = [["구분", *months], ["총계", *range(50, 59)]]
    rows += [[f"{name}시", *(level + at for at in range(9))] for level, name in enumerate("가나다라마바", 47)]
    assert read(*rows).found.checks == []


@pytest.mark.parametrize(("years", "warned"), [(range(1991, 2022), False), ((2024, 2025, 2026, 2062), True)])
def test_a_long_series_has_no_far_date(years: range | tuple[int, ...], warned: bool) -> None:
    rows: list[Row] = [["연도", "방문자"], *([str(year), 10.0] for year in years)]
    assert any("훨씬 뒤" in warning for warning in read(*rows).found.warnings) is warned


def test_a_column_of_everything_alone_is_the_figure() -> None:
    table = read(["시점", "전국"], ["2020.01", 100.09], ["2020.02", 100.16], ["2020.03", 99.94])
    assert names(table) == ["전국"]
    assert table.found.records.value.tolist() == [100.09, 100.16, 99.94]


def test_a_sum_of_another_unit_than_what_stands_beside_it_counts_itself() -> None:
    table = read(
        ["자치구", "2020.01", "2020.01"], ["자치구", "세대 (세대)", "합계 (명)"], ["종로구", 73925, 162106],
        ["중구", 62000, 135000],
    )  # fmt: skip
    metrics = [metric for _, metric, *_ in entries(table.found.records)][:2]
    assert metrics == ["세대 (세대)", "합계 (명)"]


def test_codes_beside_their_names_are_no_figures() -> None:
    table = read(
        ["C행정구역별", "행정구역별", "2020", "2021"],
        [11, "서울특별시", 100, 101],
        [26, "부산광역시", 50, 49],
    )
    assert names(table) == ["서울특별시", "부산광역시"]
    assert len(table.found.records) == 4


def test_a_month_by_its_number_in_a_text_file_asks_for_the_year() -> None:
    table = read(["월", "방문자"], ["1", "100"], ["2", "120"], ["3", "130"])
    assert len(table.found.records) == 3
    assert "year" in [question.key for question in table.found.questions]


def test_kinds_below_a_title_keep_what_is_counted_of_them() -> None:
    rows: list[Row] = [
        ["Views"],
        ["Reels", "Links"],
        [572681, 79536],
        [],
        ["Comments"],
        ["Reels", "Links"],
        [3, 4],
    ]
    tables = understand(
        [Grid("표", rows)], file="표.csv", container=Container.TEXT, encoding="", answers={}
    ).tables
    assert [table.found.records.metrics for table in tables] == [
        ["Views Reels", "Views Links"], ["Comments Reels", "Comments Links"],
    ]  # fmt: skip


def test_the_day_of_saving_is_no_year_of_the_figures() -> None:
    rows: list[Row] = [["구분", "1월", "2월"], ["서울특별시", 10, 11], ["부산광역시", 12, 13]]
    (table,) = understand(
        [Grid("검색건수_20210330", rows)], file="2020 월별 검색.xlsx", container=Container.XLSX, encoding="",
        answers={},
    ).tables  # fmt: skip
    assert [period.code for period in table.found.records.periods if period] == ["2020-01", "2020-02"]


@pytest.mark.parametrize("head", ["주요내용", "게시 문구", "세부 주제"])
def test_texts_of_posts_are_no_names_of_channels(head: str) -> None:
    rows: list[Row] = [["게시일", head, "조회수"]]
    days = ("2026-11-09", "2026-11-10")
    rows += [
        [day, f"가을 축제 안내와 교통 통제 구간 {day} {at}", 100.0 + at] for day in days for at in range(4)
    ]
    assert not any("축제" in name for name in names(read(*rows)))


def test_regions_without_a_known_heading_are_named_where_rows_would_be_the_same() -> None:
    rows: list[Row] = [["연도", "광역", "태양광"]]
    rows += [["2021", name, 100.0 + at] for at, name in enumerate(("서울", "부산", "대구", "인천", "광주"))]
    assert names(read(*rows)) == ["서울", "부산", "대구", "인천", "광주"]


def test_districts_of_one_name_in_several_cities_are_told_apart_over_months() -> None:
    places = (
        "중구",
        "동구",
        "서구",
        "남구",
        "북구",
        "강서구",
        "종로구",
        "용산구",
        "성동구",
        "마포구",
        "중구",
    )
    rows: list[Row] = [
        ["시군구", "2018.09", "2018.10"],
        *([name, 10.0 + at, 11.0 + at] for at, name in enumerate(places)),
    ]
    table = read(*rows)
    assert "중구 (2)" in names(table)
    assert any("‘중구’ 이름이 2, 12줄에 있습니다" in warning for warning in table.found.warnings)


def test_days_as_americans_write_them() -> None:
    table = read(["Date", "Views"], ["11/26/24", 10], ["11/27/24", 11], ["12/1/24", 12])
    assert [period.code for period in table.found.records.periods if period] == [
        "2024-11-26", "2024-11-27", "2024-12-01",
    ]  # fmt: skip


def test_a_station_called_men_is_a_station() -> None:
    rows: list[Row] = [["호선", "역명", "구분", "06시", "07시"]]
    rows += [["7호선", station, "평일", 1.0, 2.0] for station in ("남성", "이수", "내방", "반포")]
    assert "남성" in names(read(["2026년 10월 승차인원"], *rows))


def test_a_level_of_the_header_that_is_total_everywhere_says_nothing() -> None:
    table = read(
        ["동별", "2023", "2023", "2023"], ["동별", "합계", "합계", "합계"], ["동별", "소계", "10대", "20대"],
        ["사직동", 30, 10, 20], ["삼청동", 50, 20, 30],
    )  # fmt: skip
    assert [metric for _, metric, *_ in entries(table.found.records)][:2] == ["10대", "20대"]
    assert {period.code for period in table.found.records.periods if period} == {"2023"}


def test_unknown_is_the_last_of_the_hours_in_a_header() -> None:
    table = read(
        ["죄종", "0시00분-02시59분", "03시00분-05시59분", "미상"], ["살인", 15, 21, 3], ["강도", 105, 131, 9]
    )
    assert len(table.found.records) == 6
