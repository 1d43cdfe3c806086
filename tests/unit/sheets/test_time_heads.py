"""Dates of a row or column that only what stands beside them tells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civictracker.domain.dates import parse_date
from civictracker.sheets.time_heads import spelled

_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["02-Dec", "03-Jan", "03-Feb"], ["2002-12", "2003-01", "2003-02"]),
        (["Nov-99", "Dec-99", "00-Jan"], ["1999-11", "1999-12", "2000-01"]),
        (["24-Mar", "24-Feb", "24-Jan"], ["2024-03", "2024-02", "2024-01"]),
        (["구", "24-Jan", "", "24-Feb", "24-Mar"], ["구", "2024-01", "", "2024-02", "2024-03"]),
        (["23-Nov", "24-Nov", "25-Nov"], ["23-Nov", "24-Nov", "25-Nov"]),  # days
        (["02-Dec", "03-Jan"], ["02-Dec", "03-Jan"]),  # two prove nothing
        (["02-Dec", "03-Jan", "03-Mar"], ["02-Dec", "03-Jan", "03-Mar"]),
    ],
)
def test_a_short_year_before_a_month_is_told_by_those_beside_it(
    cells: list[str], expected: list[str]
) -> None:
    assert spelled(cells) == expected


@given(st.integers(12 * 1961, 12 * 2050), st.integers(3, 40))
def test_any_run_of_months_is_read_back(first: int, count: int) -> None:
    months = [divmod(first + at, 12) for at in range(count)]
    found = spelled([f"{year % 100:02}-{_NAMES[month]}" for year, month in months])
    if months[-1][0] < 2060:
        assert found == [f"{year}-{month + 1:02}" for year, month in months]


@pytest.mark.parametrize(
    ("text", "code"), [("2024.1/2", "2024-01-01/2024-06-30"), ("2024.2/2", "2024-07-01/2024-12-31")]
)
def test_halves_as_parts_of_their_year(text: str, code: str) -> None:
    reading = parse_date(text)
    assert reading is not None
    assert reading.period is not None
    assert reading.period.code == code


@pytest.mark.parametrize("text", ["Dec.23", "23.Dec", "Dec-23"])
def test_a_month_with_its_short_year(text: str) -> None:
    reading = parse_date(text)
    assert reading is not None
    assert reading.period is not None
    assert reading.period.code == "2023-12"
