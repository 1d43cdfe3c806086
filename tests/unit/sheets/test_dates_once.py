"""Dates that stand once over rows of several names."""

from __future__ import annotations

from datetime import date

from civictracker.sheets.dates_once import counted_on, filled_down
from civictracker.sheets.grid import Cell

DAYS: list[Cell] = ["11.2.", None, "11.9.", None]


def test_a_date_holds_for_the_other_names_below_it() -> None:
    names: list[Cell] = ["전광판", "현수막", "전광판", "현수막"]
    assert filled_down(DAYS, [names]) == ["11.2.", "11.2.", "11.9.", "11.9."]


def test_a_name_that_comes_again_had_another_date() -> None:
    assert filled_down(DAYS, [["전광판", "전광판", "전광판", "현수막"]]) == DAYS


def test_a_row_that_names_nobody_has_no_date() -> None:
    assert filled_down(DAYS, [["전광판", None, "전광판", "현수막"]])[1] is None


def test_a_lone_blank_is_a_date_that_was_forgotten() -> None:
    days: list[Cell] = ["11.2.", "11.3.", "11.4.", None]
    assert filled_down(days, [["가", "나", "다", "라"]]) == days


def test_a_total_has_no_date() -> None:
    names: list[Cell] = ["전광판", "현수막", "합계", "전광판", "현수막"]
    assert filled_down(["11.2.", None, None, "11.9.", None], [names])[2] is None


def test_numbers_behind_a_date_count_its_days() -> None:
    days: list[Cell] = [date(2020, 1, 30), 31.0, date(2020, 2, 1), 2.0]
    assert counted_on(days) == [date(2020, 1, 30), date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)]
    other: list[Cell] = [date(2020, 1, 30), 7.0]
    assert counted_on(other) == other
