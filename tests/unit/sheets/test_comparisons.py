"""Words for other periods and for goals, and the periods that they mean."""

from __future__ import annotations

import pytest

from civictracker.domain.weeks import Period
from civictracker.sheets.comparisons import Versus, compared, other_period
from civictracker.sheets.headers import Role, role_of


@pytest.mark.parametrize(
    ("heading", "versus", "rest"),
    [
        ("지난주 구독자수", Versus.WEEK, "구독자수"),
        ("전년 동월 조회수", Versus.YEAR_AGO, "조회수"),
        ("친구수(전월)", Versus.MONTH, "친구수"),
        ("조회수 목표", Versus.GOAL, "조회수"),
        ("당월조회수", Versus.THIS, "조회수"),
        ("전년말", Versus.YEAR_END, ""),
    ],
)
def test_a_heading_says_which_figure_it_is(heading: str, versus: Versus, rest: str) -> None:
    assert compared(heading) == (versus, rest)


@pytest.mark.parametrize(
    "heading", ["전주시 방문자", "전기차 등록대수", "계획인구", "누적 조회수", "전년 대비 방문자수", ""]
)
def test_names_that_only_begin_so_say_nothing(heading: str) -> None:
    assert compared(heading) is None


@pytest.mark.parametrize("heading", ["금주 증감", "목표 달성률", "달성률(%)", "전주대비 증감"])
def test_what_is_worked_out_of_others_is_no_figure_of_a_period(heading: str) -> None:
    assert role_of(heading) is Role.DERIVED


@pytest.mark.parametrize(
    ("period", "versus", "expected"),
    [
        ("2026-W01", Versus.WEEK, "2025-W52"),
        ("2026-01", Versus.MONTH, "2025-12"),
        ("2026-W46", Versus.MONTH, "2026-10"),
        ("2026-11-20", Versus.WEEK, "2026-11-13"),
        ("2026-10", Versus.YEAR_AGO, "2025-10"),
        ("2026-Q3", Versus.YEAR_AGO, "2025-Q3"),
        ("2026-01-01/2026-06-30", Versus.YEAR_AGO, "2025-01-01/2025-06-30"),
        ("2026-W47", Versus.YEAR_END, "2025-12-31"),
        ("2026", Versus.YEAR, "2025"),
        ("2026-10", Versus.YEAR, None),  # all of last year, or that month of it?
        ("2026-10", Versus.WEEK, None),
        ("2026-Q3", Versus.DAY, None),
    ],
)
def test_the_period_that_is_meant(period: str, versus: Versus, expected: str | None) -> None:
    found = other_period(Period.parse(period), versus)
    assert (found and found.code) == expected
