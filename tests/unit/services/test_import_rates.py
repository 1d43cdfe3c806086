"""A rate in a file: 41.2% as text, as a cell that shows 0.412 so, or as a bare 0.412, which is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from civictracker.domain.weeks import WeekNaming
from civictracker.services.context import Context
from civictracker.services.imports import Plan, Verdict, make_plan
from civictracker.sheets.containers import read_grids
from civictracker.sheets.isolated import _understood, read_file
from civictracker.sheets.sniff import sniff


def book(path: Path, *rates: Any, head: str = "열람률", look: str = "General") -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (
        ["2026년 46주차"],
        ["채널", head],
        *([f"블로그 {at}", rate] for at, rate in enumerate(rates)),
    ):
        sheet.append(row)
    for at in range(len(rates)):
        sheet.cell(3 + at, 2).number_format = look
    made.save(path)
    return path


@pytest.mark.parametrize("look", ["0%", "0.00%", '0.0%;"△"0.0%', "#,##0.0 %"])
def test_a_cell_shown_in_percent_is_known_as_such(tmp_path: Path, look: str) -> None:
    file = book(tmp_path / "a.xlsx", 0.412, 0.5, look=look)
    (grid,), _ = read_grids(file, sniff(file))
    assert grid.percents == {(2, 1), (3, 1)}
    records = _understood(file, {}, WeekNaming()).tables[0].found.records
    assert [float(each) for each in records.values] == [0.412, 0.5]  # as the sheet has them
    assert records.percents == {0: 100, 1: 100}


def test_a_percent_sign_in_quotes_is_only_a_letter(tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", 41.2, look='0.0"%"')
    (grid,), _ = read_grids(file, sniff(file))
    assert not grid.percents


def planned(context: Context, file: Path, **answers: str) -> Plan:
    named = {"metric:열람률": "open_rate", "channel:블로그 0": "new", "channel:블로그 1": "new", **answers}
    found = read_file(file, answers=named)
    return context.read(make_plan, found=found, answers=named)


def rates(plan: Plan) -> list[tuple[int, bool]]:
    return [(row.value, row.approximate) for row in plan.of(Verdict.NEW)]


def test_shown_in_percent_it_is_stored_so(context: Context, tmp_path: Path) -> None:
    assert rates(planned(context, book(tmp_path / "a.xlsx", 0.412, 0.5, look="0.0%"))) == [
        (412, False),
        (500, False),
    ]


def test_more_decimals_than_are_kept_are_rounded_and_said(context: Context, tmp_path: Path) -> None:
    plan = planned(context, book(tmp_path / "a.xlsx", 0.41254999, "50.15%", look="0.0%"))
    assert rates(plan) == [(413, True), (502, True)]
    assert any("소수 1자리로 줄여" in check for check in plan.checks)


def test_a_bare_share_is_asked(context: Context, tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", 0.412, 0.5)
    asked = planned(context, file)
    assert [question.key for question in asked.questions] == ["ratio"]
    assert "41.2%인가요" in asked.questions[0].why
    assert not rates(asked)
    assert rates(planned(context, file, ratio="share")) == [(412, False), (500, False)]
    assert rates(planned(context, file, ratio="percent")) == [(4, True), (5, False)]


def test_a_percent_in_the_heading_is_no_question(context: Context, tmp_path: Path) -> None:
    plan = planned(context, book(tmp_path / "a.xlsx", 0.4, 0.5, head="열람률(%)"))
    assert [question.key for question in plan.questions if question.key == "ratio"] == []
