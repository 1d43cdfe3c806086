"""Tables below headings of their own: last week's results, next week's plan."""

from __future__ import annotations

import pytest

from civictracker.sheets.grid import Cell, Grid
from civictracker.sheets.records import entries
from civictracker.sheets.sections import is_plan, section, title_of
from civictracker.sheets.sniff import Container
from civictracker.sheets.understand import understand


@pytest.mark.parametrize(
    "text", ["이번주 계획", "다음 주 계획", "금주 주요 업무 계획", "향후 추진계획", "11월 게시 예정", "계획"]
)
def test_a_plan(text: str) -> None:
    assert is_plan(text)


@pytest.mark.parametrize("text", ["계획 대비 실적", "이번주 실적", "도시계획과 블로그", "계획인구", ""])
def test_no_plan(text: str) -> None:
    assert not is_plan(text)


def test_the_heading_is_the_last_title_without_its_mark() -> None:
    assert section(title_of(["주간업무보고", "□ 지난주 실적", "(단위: 건)"])) == "지난주 실적"
    assert section(title_of([])) == ""


def report(
    *headings: str, title: str = "2026년 11월 3주차 업무보고"
) -> list[tuple[str, list[str], list[str]]]:
    """For each table the metrics, the periods and what was left out."""
    rows: list[list[Cell]] = [[title], []]
    for heading in headings:
        rows += [
            [heading],
            ["구분", "건수", "내용"],
            ["카드뉴스 게시", 3.0, "국화축제 등"],
            ["영상 게시", 1.0, "뉴스"],
            [],
        ]
    found = understand(
        [Grid("표", rows)], file="표.xlsx", container=Container.XLSX, encoding="", answers={}
    ).tables
    told = []
    for table in found:
        periods = sorted({period.code for _, _, period, _, _ in entries(table.found.records) if period})
        told.append((table.range, periods, [left.why for left in table.found.left_out]))
    return told


def test_last_weeks_results_are_of_the_week_before() -> None:
    done, planned = report("□ 지난주 실적", "□ 이번주 계획")
    assert done[1] == ["2026-W46"]
    assert planned[1] == []
    assert planned[2] == ["‘이번주 계획’ 표는 계획이라서 뺐습니다."]


def test_this_weeks_results_and_those_that_are_dated_stay() -> None:
    (this,) = report("□ 금주 실적")
    assert this[1] == ["2026-W47"]
    (dated,) = report("□ 지난주 실적(2026. 11. 2. ~ 11. 8.)")
    assert dated[1] == ["2026-W45"]
