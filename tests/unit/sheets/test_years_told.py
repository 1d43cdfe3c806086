"""Years that a sheet leaves open, and those that it tells elsewhere than in the dates."""

from __future__ import annotations

import pytest

from civictracker.sheets.grid import Cell, Grid
from civictracker.sheets.sniff import Container
from civictracker.sheets.understand import Understanding, understand

Row = list[Cell]


def read(*grids: Grid, **answers: str) -> Understanding:
    return understand(list(grids), file="표.xlsx", container=Container.XLSX, encoding="", answers=answers)


def codes(found: Understanding) -> list[list[str]]:
    return [
        [period.code if period else "?" for period in table.found.records.periods] for table in found.tables
    ]


def by_year(title: str, *years: str) -> Grid:
    figures: list[Cell] = [float(at + 1) for at in range(len(years))]
    rows: list[Row] = [[title], ["구분", *years], ["누리집", *figures], ["블로그", *figures]]
    return Grid("표", rows)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("same", ["2026-10", "2025-10"]), ("year", ["2026", "2025"]), ("", ["?", "?"])],
)
def test_bare_years_below_a_month_are_asked_about(answer: str, expected: list[str]) -> None:
    grid = by_year("2026년 10월 방문자 현황", "2026년", "2025년")
    found = read(grid, **({"years": answer} if answer else {}))
    assert codes(found) == [expected]
    asked = [question.key for question in found.tables[0].found.questions]
    assert asked == ([] if answer else ["years"])


@pytest.mark.parametrize(
    "title", ["2026. 10. 31. 기준 방문자 현황", "2024~2026년 방문자 현황", "방문자 현황 (2026년 10월 현재)"]
)
def test_whole_years_as_of_a_day_are_not(title: str) -> None:
    assert codes(read(by_year(title, "2025년", "2026년"))) == [["2025", "2026"]]


def monthly(written: str, *months: str) -> Grid:
    rows: list[Row] = [["채널 현황"], [None, None, written], ["구분", *months]]
    rows += [
        [name, *(float(at) for at in range(1, len(months) + 1))] for name in ("블로그 이웃수", "밴드 멤버수")
    ]
    return Grid("표", rows)


@pytest.mark.parametrize(
    ("written", "months", "expected"),
    [
        ("작성일: 2026. 11. 16.", ["10월", "11월"], ["2026-10", "2026-11"]),
        ("작성일: 2027. 1. 4.", ["11월", "12월"], ["2026-11", "2026-12"]),
        ("작성일: 2027. 1. 29.", ["11월", "12월", "1월"], ["2026-11", "2026-12", "2027-01"]),
    ],
)
def test_the_last_figures_are_of_before_the_writing(
    written: str, months: list[str], expected: list[str]
) -> None:
    assert codes(read(monthly(written, *months))) == [expected]


def month_sheet(name: str, title: str) -> Grid:
    rows: list[Row] = [[title], ["채널", "팔로워"], ["페이스북", 910.0], ["인스타그램", 1910.0]]
    return Grid(name, rows)


def test_the_year_of_the_first_sheet_holds_for_the_months_after_it() -> None:
    sheets = (month_sheet("9월", "2026년 9월 현황"), month_sheet("10월", "10월 현황"))
    assert codes(read(*sheets)) == [["2026-09"], ["2026-10"]]


def test_a_month_that_would_stand_before_it_is_asked_about() -> None:
    sheets = (month_sheet("12월", "2026년 12월 현황"), month_sheet("1월", "1월 현황"))
    found = read(*sheets)
    assert codes(found) == [["2026-12"], ["?"]]
    assert [question.key for question in found.tables[1].found.questions] == ["year"]
