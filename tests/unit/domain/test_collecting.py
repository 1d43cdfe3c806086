"""The form number: read aloud, typed, mistyped; and what stands for a unit."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civictracker.domain.collecting import (
    MAX_UNITS,
    Status,
    form_code,
    found_code,
    is_late,
    round_code,
    status_of,
)

CODE = form_code(round_code("관악구청|2026-W47"), 7)
TEXTS = st.text(max_size=12).filter(lambda text: "-" not in text)


@given(st.text(), st.integers(0, MAX_UNITS - 1))
def test_a_number_is_found_again_in_any_case_and_surroundings(seed: str, unit: int) -> None:
    code = form_code(round_code(seed), unit)
    assert len(code) == 9
    assert found_code(f"서식번호: {code.lower()} · 2026-W47 (지우지 마세요)") == code
    assert found_code(code.replace("-", " – ").replace("0", "O").replace("1", "l")) == code


@given(st.integers(0, 8).filter(lambda at: at != 4), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_sign_is_noticed(at: int, sign: str) -> None:
    wrong = CODE[:at] + sign + CODE[at + 1 :]
    assert found_code(wrong) == (CODE if wrong == CODE else None)


@pytest.mark.parametrize("text", ["", "2026-1120", "0000-0000", "A7F3", "전화 031-8082-5114"])
def test_other_numbers_are_no_forms(text: str) -> None:
    assert found_code(text) is None


def test_units_beyond_what_a_number_holds_are_refused() -> None:
    assert len({form_code("A7F3", unit) for unit in range(MAX_UNITS)}) == MAX_UNITS
    for unit in (-1, MAX_UNITS):
        with pytest.raises(ValueError, match="at most"):
            form_code("A7F3", unit)


DUE = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("returned", "odd", "status"),
    [
        (None, False, Status.MISSING),
        (None, True, Status.ODD),
        (datetime(2026, 11, 24, 23, 59), False, Status.RETURNED),
        (datetime(2026, 11, 25, 0, 0), False, Status.LATE),
        (datetime(2026, 11, 25, 0, 0), True, Status.ODD),
    ],
)
def test_what_stands_for_a_unit(returned: datetime | None, odd: bool, status: Status) -> None:
    assert status_of(returned, DUE, odd=odd) is status


def test_without_a_last_day_nobody_is_late() -> None:
    assert not is_late(datetime(2030, 1, 1), None)
