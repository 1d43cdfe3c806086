"""Change, reconstruction, slips and totals, on the figures that the offices published."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civictracker.domain.metrics import Reading
from civictracker.domain.series import indexed, reconstructed, slip, total, with_changes
from civictracker.domain.weeks import Period

FIRST = Period.week(date(2024, 1, 1))
STEPS = st.lists(st.integers(-5_000, 5_000), min_size=2, max_size=40)


def week(at: int, value: int) -> Reading:
    return Reading(FIRST.shift(at), value)


@given(st.integers(0, 10**8), STEPS, st.data())
def test_changes_walk_back_to_the_true_levels_both_ways(
    start: int, steps: list[int], data: st.DataObject
) -> None:
    """From any one true reading, the net changes give every other level of the true series."""
    levels = [start]
    for step in steps:
        levels.append(levels[-1] + step)
    truth = {FIRST.shift(at): level for at, level in enumerate(levels)}
    changes = [week(at + 1, step) for at, step in enumerate(steps)]
    anchor = data.draw(st.integers(1, len(steps)))
    found = reconstructed([week(anchor, levels[anchor])], changes)
    assert {each.period: each.value for each in found} == {
        period: level for period, level in truth.items() if period not in {FIRST, FIRST.shift(anchor)}
    }
    assert all(each.reconstructed for each in found)


@given(st.integers(0, 10**8), STEPS, st.data())
def test_an_error_never_travels_past_a_real_reading(
    start: int, steps: list[int], data: st.DataObject
) -> None:
    """One wrong change spoils only what lies between it and the next anchor."""
    levels = [start]
    for step in steps:
        levels.append(levels[-1] + step)
    wrong = data.draw(st.integers(0, len(steps) - 1))
    again = data.draw(st.integers(wrong + 1, len(steps)))
    changes = [week(at + 1, step + (999_999 if at == wrong else 0)) for at, step in enumerate(steps)]
    found = reconstructed([week(0, levels[0]), week(again, levels[again])], changes)
    late = {each.period: each.value for each in found if each.period > FIRST.shift(again)}
    assert late == {FIRST.shift(at): levels[at] for at in range(again + 1, len(levels))}


def test_without_an_anchor_nothing_is_known() -> None:
    assert reconstructed([], [week(1, 5), week(2, -3)]) == []


def test_what_ends_before_the_wish_is_left_out() -> None:
    found = reconstructed([week(0, 100)], [week(1, 1), week(2, 1), week(3, 1)], since=FIRST.shift(2))
    assert [each.value for each in found] == [102, 103]


def test_suwon_2017_recomputed() -> None:
    readings = [("2016-03", 5_079), ("2016-12-31", 173_932), ("2017-11-11", 280_397)]
    points = with_changes(
        {Period.parse(code): Reading(Period.parse(code), value) for code, value in readings}
    )
    assert [(point.change, point.rate) for point in points[1:]] == [
        (168_853, Decimal("3324.5")), (106_465, Decimal("61.2")),
    ]  # fmt: skip
    assert (points[0].change, points[0].rate) == (None, None)


def test_a_base_of_zero_has_a_change_but_no_rate() -> None:
    points = with_changes({week(0, 0).period: week(0, 0), week(1, 7).period: week(1, 7)})
    assert (points[1].change, points[1].rate) == (7, None)


def test_an_index_starts_at_the_first_figure_that_is_not_zero() -> None:
    assert indexed([None, 0, 50, None, 75]) == [
        None,
        Decimal("0.0"),
        Decimal("100.0"),
        None,
        Decimal("150.0"),
    ]
    assert indexed([None, 0]) == [None, None]


@pytest.mark.parametrize(
    ("value", "last", "words"),
    [
        (470, 4_702, "10분의 1"), (4_700, 47_823, "10분의 1"), (47_823, 4_702, "10배"),
        (28_397, 280_397, "10분의 1"), (47, 4_702, "100분의 1"), (478_230, 4_702, "100배"),
        (610, 4_702, "10분의 1"),
    ],
)  # fmt: skip
def test_a_lost_or_doubled_digit_is_seen(value: int, last: int, words: str) -> None:
    found = slip(value, last)
    assert found is not None
    assert found.words == words


@pytest.mark.parametrize(
    ("value", "last"),
    [(4_703, 4_702), (2_000, 4_702), (9_500, 4_702), (0, 4_702), (4_702, 0), (5, 50), (9, 99), (-470, 4_702)],
)
def test_ordinary_movement_is_not_called_odd(value: int, last: int) -> None:
    assert slip(value, last) is None


def test_a_total_compares_only_channels_present_in_both_weeks() -> None:
    found = total([(47_823, 47_700), (None, 300), (1_000, None), (200, 250)])
    assert found is not None
    assert (found.value, found.present, found.expected, found.compared) == (49_023, 3, 4, 2)
    assert (found.change, found.before, found.is_complete) == (123 - 50, 48_250, False)


def test_carrying_forward_is_counted_so_that_it_can_be_marked() -> None:
    found = total([(100, 90), (None, 300), (None, None)], carry=True)
    assert found is not None
    assert (found.value, found.carried, found.present, found.change) == (400, 1, 2, 10)


def test_no_figure_at_all_is_no_total() -> None:
    assert total([(None, 5), (None, None)]) is None
    assert total([]) is None


@given(st.lists(st.tuples(st.none() | st.integers(0, 10**9), st.none() | st.integers(0, 10**9)), max_size=20))
def test_a_missing_channel_is_never_a_loss(pairs: list[tuple[int | None, int | None]]) -> None:
    """Leaving this week's figure of a channel out never lowers the change by its size."""
    found = total(pairs)
    both = [(this, before) for this, before in pairs if this is not None and before is not None]
    if found is not None:
        assert found.change == (sum(a - b for a, b in both) if both else None)
