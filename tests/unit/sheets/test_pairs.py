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


def test_last_weeks_figure_in_brackets_is_last_weeks() -> None:
    table = read(
        ["2026년 11월 3주"], ["구분", "조회수(전주)"], ["유튜브", "41,200\n(전주 30,118)"],
        ["블로그", "22,310\n(전주 20,114)"],
    )  # fmt: skip
    told = [
        (entity, period.code if period else "?", int(value))
        for entity, _, period, value, _ in entries(table.found.records)
    ]
    assert told == [
        ("유튜브", "2026-W47", 41200), ("유튜브", "2026-W46", 30118),
        ("블로그", "2026-W47", 22310), ("블로그", "2026-W46", 20114),
    ]  # fmt: skip


def test_an_arrow_leads_to_what_it_is_now() -> None:
    table = read(
        ["2026년 11월 3주"], ["채널", "구독자 변동"], ["블로그", "13,010 → 13,022"], ["밴드", "5,210→5,198"]
    )
    assert figures(table) == [("블로그", "구독자", 13022), ("밴드", "구독자", 5198)]
    assert [left.why for left in table.found.left_out] == ["‘구독자’ 열에서 화살표 앞의 값은 뺐습니다."]


def test_a_column_that_nobody_can_read_is_told() -> None:
    table = read(
        ["2026년 11월 3주"],
        ["채널", "구독자", "게시물"],
        ["블로그", "만3천10 남짓/1", 3.0],
        ["밴드", "5천2 남짓/2", 2.0],
    )
    assert [left.why for left in table.found.left_out] == [
        "‘구독자’ 열은 숫자로 읽을 수 없는 글이라 뺐습니다."
    ]
