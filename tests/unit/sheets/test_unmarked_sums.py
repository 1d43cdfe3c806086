"""A sum that no word calls one: told where it is one of places, and never left out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from civictracker.sheets.grid import Cell, Grid
from civictracker.sheets.sniff import Container
from civictracker.sheets.understand import Understood, understand
from civictracker.sheets.unmarked_sums import sums_of_following, told_of_places

Row = list[Cell]
_HEAD: Row = ["행정구역", "총인구수", "남자인구수", "여자인구수"]
_PARTS: list[Row] = [["장안구", 275, 138, 137], ["권선구", 363, 182, 181], ["팔달구", 176, 90, 86]]


def read(rows: list[Row]) -> Understood:
    grid = Grid("2026년 9월 인구", rows)
    (table,) = understand([grid], file="인구.xlsx", container=Container.TEXT, encoding="", answers={}).tables
    return table


def sums(table: Understood) -> list[str]:
    return [text for text in table.found.warnings if "두 번" in text]


def test_a_city_above_its_districts_is_told_and_kept() -> None:
    table = read(
        [_HEAD, ["종로구", 150, 70, 80], ["수원시", 814, 410, 404], *_PARTS, ["성남시", 950, 470, 480]]
    )
    assert len(table.found.records) == 18
    assert sums(table) == ["‘수원시’(3줄)은(는) 아래 줄들을 더한 값과 같습니다. 함께 더하면 두 번 셉니다."]


def test_one_figure_that_does_not_add_up_makes_it_no_sum() -> None:
    table = read(
        [_HEAD, ["종로구", 150, 70, 80], ["수원시", 814, 411, 403], *_PARTS, ["성남시", 950, 470, 480]]
    )
    assert not sums(table)


def test_men_and_women_below_everybody_are_no_places() -> None:
    values = np.array([[9.0, 7, 5], [5, 4, 3], [4, 3, 2]])
    assert sums_of_following(values) == [(0, 2)]
    assert not told_of_places(["전체 이용자", "남자", "여자"], values, across=False)
    assert told_of_places(["수원시", "장안구", "권선구"], values, across=False)


def test_the_whole_country_is_judged_elsewhere() -> None:
    values = np.array([[9.0, 7, 5], [5, 4, 3], [4, 3, 2]])
    assert not told_of_places(["전국", "서울", "부산"], values, across=True)


def test_nothing_is_no_sum_of_nothing() -> None:
    assert not sums_of_following(np.zeros((5, 4)))
    assert not sums_of_following(np.zeros((0, 4)))


@given(st.lists(st.lists(st.integers(1, 10_000), min_size=4, max_size=4), min_size=2, max_size=12))
def test_the_sum_of_any_rows_is_found_above_them(parts: list[list[int]]) -> None:
    rows = np.array(parts, float)
    values = np.vstack([rows.sum(axis=0), rows])
    assert (0, len(parts)) in sums_of_following(values)
