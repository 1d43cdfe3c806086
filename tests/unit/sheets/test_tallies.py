"""How many there are, in the row of totals."""

from __future__ import annotations

import pytest

from civictracker.sheets.grid import Cell, Grid
from civictracker.sheets.records import entries
from civictracker.sheets.sniff import Container
from civictracker.sheets.tallies import is_tally, without_tallies
from civictracker.sheets.understand import understand


@pytest.mark.parametrize("text", ["2개소", "4개", "2종", "2개 부서", "총 3개", "12 곳", "1,024개"])
def test_a_number_of_things_is_a_tally(text: str) -> None:
    assert is_tally(text)


@pytest.mark.parametrize("text", ["412명", "3월", "2동", "개소", "은천2동 주민센터", "9(3)", "30건"])
def test_a_figure_or_a_name_is_none(text: str) -> None:
    assert not is_tally(text)


def test_only_rows_of_totals_lose_theirs() -> None:
    names = [["백석읍", "2개", "합계"], ["밴드", "3", "2종"]]
    without_tallies(names, [])
    assert names == [["백석읍", "2개", "합계"], ["밴드", "3", ""]]


def test_counts_below_figures_stay_figures() -> None:
    rows: list[list[Cell]] = [
        ["2026년 10월 게시 실적"], ["부서", "게시물", "채널"],
        ["보건소", "4개", "2개"], ["도서관과", "3개", "1개"], ["합계", "7개", "3개"],
    ]  # fmt: skip
    (table,) = understand(
        [Grid("표", rows)], file="표.csv", container=Container.TEXT, encoding="", answers={}
    ).tables
    assert [(entity, metric, value) for entity, metric, _, value, _ in entries(table.found.records)] == [
        ("보건소", "게시물", 4), ("보건소", "채널", 2), ("도서관과", "게시물", 3), ("도서관과", "채널", 1),
    ]  # fmt: skip
