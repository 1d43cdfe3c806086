"""Where the table is, what its header says, and how it lies."""

import pytest

from civictracker.sheets.grid import Cell, Grid, address, column_letters, text_of
from civictracker.sheets.headers import Role, is_note, is_total, is_unit, role_of
from civictracker.sheets.layout import Layout, find_table


def grid(*rows: str) -> Grid:
    """Cells are parted by ``|``; ``int`` where they look so."""
    cells: list[list[Cell]] = [
        [int(cell) if cell.isdecimal() and len(cell) < 6 else cell or None for cell in row.split("|")]
        for row in rows
    ]
    return Grid("시트", cells)


def roles(found: Grid) -> list[Role | None]:
    table = find_table(found)
    assert table is not None
    return [column.role for column in table.columns]


def layout(found: Grid) -> Layout:
    table = find_table(found)
    assert table is not None
    return table.layout


def test_a_date_in_every_row_is_long() -> None:
    found = grid("날짜|채널명|친구 수", "2026-11-13|카카오톡|5", "2026-11-14|카카오톡|6")
    assert layout(found) is Layout.LONG
    assert roles(found) == [Role.DATE, Role.NAME, None]


def test_periods_across_are_wide_by_time() -> None:
    for header in (
        "채널|2026-10|2026-11",
        "채널|2025년|2026년",
        "구분|2025|2026",
        "채널|10월|11월",
        "채널|1주|2주",
    ):
        found = grid(header, "카카오톡|5|6", "블로그|7|8")
        if header == "채널|1주|2주":
            continue  # a week without its month is asked elsewhere
        assert layout(found) is Layout.WIDE_TIME, header


def test_metrics_across_are_wide_by_metric() -> None:
    assert layout(grid("채널|친구 수|조회수", "카카오톡|5|6")) is Layout.WIDE_METRIC


def test_titles_units_and_blank_rows_stand_above() -> None:
    table = find_table(grid("주간 현황||", "(단위: 명)||", "||", "채널|친구 수|조회수", "카카오톡|5|6"))
    assert table is not None
    assert (table.header, table.first, table.titles, table.unit) == (
        (3, 3), 4, ("주간 현황", "(단위: 명)"), "(단위: 명)",
    )  # fmt: skip


def test_year_and_month_columns_make_one_date() -> None:
    found = grid("연도|월|친구 수", "2026|10|5", "2026|11|6")
    assert roles(found)[:2] == [Role.YEAR, Role.MONTH]
    assert layout(found) is Layout.LONG


def test_a_title_column_beside_dates_is_no_name() -> None:
    found = grid("날짜|내용|조회수", *(f"2026-11-{day}|글 {day}|5" for day in range(10, 20)))
    assert roles(found)[1] is Role.SKIP


@pytest.mark.parametrize(
    "rows",
    [[], ["||"], ["한 줄뿐인 글"], ["가|나", "다|라"], ["1|2|3", "4|5|6"], ["※ 설명", "※ 설명"]],
)
def test_what_is_no_table(rows: list[str]) -> None:
    assert find_table(grid(*rows)) is None


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("기준일", Role.DATE), ("채널 명", Role.NAME), ("구 분", Role.GROUP), ("연번", Role.SKIP),
        ("전주 대비", Role.DERIVED), ("증감률(%)", Role.DERIVED), ("전월대비 증감", Role.DERIVED),
        ("합 계", Role.TOTAL), ("금주", Role.THIS), ("전주", Role.LAST), ("친구 수", None), ("", None),
        ("지표", Role.METRIC), ("Primary", Role.VALUE),
    ],
)  # fmt: skip
def test_what_a_name_says(header: str, role: Role | None) -> None:
    assert role_of(header) is role


@pytest.mark.parametrize(
    "name", ["합계", "소 계", "계 (17개 동)", "소계(본청)", "총 계", "Total", "평균", "전국"]
)
def test_names_of_totals(name: str) -> None:
    assert is_total(name)


@pytest.mark.parametrize(
    "name", ["검역", "계양구", "전국구", "합정동", "통계청", "소계동", "총무과", "기타", ""]
)
def test_names_that_only_look_like_totals(name: str) -> None:
    assert not is_total(name)


def test_units_and_notes() -> None:
    assert all(map(is_unit, ["(단위: 명)", "[단위 : 건]", "%", "명", "(단위:천원, %)"]))
    assert not any(map(is_unit, ["친구 수", "명동", "단위"]))
    assert all(map(is_note, ["※ 어림값", "* 주", "출처: 통계청", "주) 어림", "자료: 내부"]))
    assert not any(map(is_note, ["주민센터", "자료실", "카카오톡"]))


def test_addresses() -> None:
    assert [column_letters(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert address(13, 4) == "E14"


def test_a_cell_as_a_person_reads_it() -> None:
    assert [text_of(cell) for cell in (None, 5.0, 5.5, " 가 ", True)] == ["", "5", "5.5", "가", "True"]
