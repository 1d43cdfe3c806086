"""Two figures in one cell."""

from __future__ import annotations

import pytest

from civictracker.sheets.grid import Cell, Grid
from civictracker.sheets.records import entries
from civictracker.sheets.sniff import Container
from civictracker.sheets.two_figures import is_pair
from civictracker.sheets.understand import Understood, understand


def read(*rows: list[Cell], **answers: str) -> Understood:
    (table,) = understand(
        [Grid("표", list(rows))], file="표.xlsx", container=Container.XLSX, encoding="", answers=answers
    ).tables
    return table


def figures(table: Understood) -> list[tuple[str, str, int]]:
    return [(entity, metric, int(value)) for entity, metric, _, value, _ in entries(table.found.records)]


@pytest.mark.parametrize("text", ["12(4,110)", "9 (412)", "9건(412회)", "1,200[30]"])
def test_two_counts(text: str) -> None:
    assert is_pair(text)


@pytest.mark.parametrize("text", ["12(+4)", "12(△4)", "12(35.3%)", "2026(11)", "12", "(12)", "가(3)"])
def test_a_change_a_share_or_a_year_is_no_second_count(text: str) -> None:
    assert not is_pair(text)


def test_a_heading_of_both_names_them() -> None:
    table = read(
        ["2026년 10월 실적"], ["채널", "게시건수(조회수)"], ["블로그", "12(4,110)"], ["밴드", "8(2,300)"],
        ["합계", "20(6,400)"],
    )  # fmt: skip
    assert figures(table) == [
        ("블로그", "게시건수", 12), ("블로그", "조회수", 4110), ("밴드", "게시건수", 8), ("밴드", "조회수", 2300),
    ]  # fmt: skip
    assert table.found.checks == ["B5 합계 6,400이(가) 더한 값 6,410과(와) 다릅니다."]


def test_what_is_a_part_of_the_first_keeps_its_name() -> None:
    table = read(["2026년 10월 말"], ["부서", "구독자수(신규)"], ["보건소", "120(4)"], ["도서관", "88(3)"])
    assert [metric for _, metric, _ in figures(table)][:2] == ["구독자수", "구독자수 신규"]


SHEET: tuple[list[Cell], ...] = (
    ["2026년 10월 민원 현황"], ["구분", "유선", "방문"], ["복지과", "12(4)", "9(1)"], ["세무과", "8(2)", "7(3)"],
)  # fmt: skip


def test_where_nothing_names_them_a_person_is_asked() -> None:
    table = read(*SHEET)
    assert not len(table.found.records)
    assert "pair" in [question.key for question in table.found.questions]


@pytest.mark.parametrize(("answer", "expected"), [("front", [12, 9, 8, 7]), ("inside", [4, 1, 2, 3])])
def test_and_the_answer_is_taken(answer: str, expected: list[int]) -> None:
    table = read(*SHEET, pair=answer)
    assert [value for _, _, value in figures(table)] == expected
    assert "pair" not in [question.key for question in table.found.questions]
