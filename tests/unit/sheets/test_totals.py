"""What a total says of its parts."""

from __future__ import annotations

from civictracker.sheets.grid import Cell, Grid
from civictracker.sheets.sniff import Container
from civictracker.sheets.understand import understand


def checks(*figures: Cell, total: int) -> list[str]:
    names = ("카카오톡 채널", "블로그", "유튜브", "인스타그램", "페이스북")
    rows: list[list[Cell]] = [["채널명", "2026-11-20"]]
    rows += [[name, figure] for name, figure in zip(names, figures, strict=False)]
    rows.append(["합계", total])
    (table,) = understand(
        [Grid("표", rows)], file="표.csv", container=Container.TEXT, encoding="", answers={}
    ).tables
    return table.found.checks


def test_a_total_that_adds_up_says_nothing() -> None:
    assert checks(10, 20, 30, total=60) == []


def test_a_total_that_does_not_names_what_could_not_be_read() -> None:
    assert checks(10, 20, 30, total=61) == ["B5 합계 61이(가) 더한 값 60과(와) 다릅니다."]
    (told,) = checks(10, "2O", 30, 40, total=100)
    assert told == "B6 합계 100이(가) 더한 값 80과(와) 다릅니다. 읽지 못한 B3은(는) 더하지 못했습니다."


def running(*figures: Cell) -> list[str]:
    """당월 10, 12, 9 and below it 누계."""
    rows: list[list[Cell]] = [
        ["채널", "구분", "2026년 1월", "2026년 2월", "2026년 3월"],
        ["블로그", "당월", 10, 12, 9],
        [None, "누계", *figures],
    ]
    (table,) = understand(
        [Grid("표", rows)], file="표.csv", container=Container.TEXT, encoding="", answers={}
    ).tables
    assert [float(value) for value in table.found.records.value] == [10, 12, 9]
    return table.found.checks


def test_a_running_total_is_held_against_the_months_up_to_it() -> None:
    assert running(10, 22, 31) == []
    assert running(10, 12, 9) == []  # of each month alone
    assert running(10, 22, 30) == ["E3 누계 30이(가) 더한 값 31과(와) 다릅니다."]


def subtotals(*figures: Cell) -> list[str]:
    head = ["구분", "1월", "2월", "3월", "소계", "4월", "5월", "6월", "소계"]
    rows: list[list[Cell]] = [
        ["2026년 블로그 실적"],
        [*head],
        ["조회수", *figures],
        ["게시물", 1, 1, 1, 3, 2, 2, 2, 6],
    ]
    (table,) = understand(
        [Grid("표", rows)], file="표.csv", container=Container.TEXT, encoding="", answers={}
    ).tables
    return table.found.checks


def test_a_subtotal_that_comes_again_counts_from_the_one_before() -> None:
    assert subtotals(10, 20, 30, 60, 40, 50, 60, 150) == []
    (told,) = subtotals(10, 20, 30, 60, 40, 50, 60, 210)
    assert "I3 210, 더한 값 150" in told
