"""A quarter among its months is left out where it is their sum or the last of them, and kept where it is neither."""

from __future__ import annotations

from civictracker.sheets.containers import Container
from civictracker.sheets.grid import Cell, Grid
from civictracker.sheets.records import Extraction, entries
from civictracker.sheets.understand import understand


def read(*rows: list[Cell]) -> Extraction:
    head: list[Cell] = ["채널", "1월", "2월", "3월", "1분기", "4월"]
    sheet = Grid("2026년 조회수", [head, *rows])
    return (
        understand([sheet], file="a.xlsx", container=Container.XLSX, encoding="", answers={}).tables[0].found
    )


def quarters(out: Extraction) -> list[object]:
    return [value for _, _, period, value, _ in entries(out.records) if period and period.code == "2026-Q1"]


def test_a_sum_is_left_out_and_said() -> None:
    out = read(["블로그", 10, 20, 30, 60, 5], ["유튜브", 1, 2, 3, 6, 5])
    assert quarters(out) == []
    assert any("‘1분기’" in each.why for each in out.left_out)
    assert out.checks == []


def test_one_that_does_not_add_up_among_others_is_told() -> None:
    out = read(["블로그", 10, 20, 30, 60, 5], ["유튜브", 1, 2, 3, 6, 5], ["인스타그램", 1, 1, 1, 4, 5])
    assert quarters(out) == []
    assert out.checks == ["E4 1분기 4이(가) 더한 값 3과(와) 다릅니다."]


def test_an_average_is_a_figure_of_its_own() -> None:
    out = read(["블로그", 10, 20, 30, 20, 5], ["유튜브", 1, 2, 6, 3, 5])
    assert quarters(out) == [20, 3]


def test_a_quarter_of_which_a_month_is_lacking_is_kept() -> None:
    out = read(["블로그", 10, None, 30, 60, 5], ["유튜브", 1, 2, 3, 6, 5])
    assert quarters(out) == [60]
