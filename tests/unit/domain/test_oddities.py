"""Oddities and forecasts on series that are known to the digit."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from civictracker.domain.forecast import FEWEST, forecast, next_round, passed
from civictracker.domain.oddities import odd_flow, odd_level
from tests.bench.reading import made_series, seeded


def test_seeded_slips_are_found_and_ordinary_weeks_are_left_alone() -> None:
    hits = tried = alarms = clean = 0
    for series in made_series():
        for at in range(14, len(series), 15):
            clean += 1
            alarms += odd_level(list(series[:at]), series[at]) is not None
            for kind in ("ten", "swap", "stuck", "column"):
                slipped = seeded(series, at, kind, 77_777)
                if kind != "swap" or slipped[-1] != series[at]:
                    tried += 1
                    hits += odd_level(slipped[:-1], slipped[-1] or 0, [77_777]) is not None
    assert hits / tried > 0.95  # recall
    assert hits / (hits + alarms) > 0.98  # precision
    assert alarms / clean < 0.04


def test_too_little_past_tells_nothing() -> None:
    assert odd_level([20_000, 20_060, 20_110], 25_000) is None


def test_a_gap_widens_what_is_expected() -> None:
    history: list[int | None] = [20_000 + 60 * week + week % 3 for week in range(30)]
    assert odd_level(history, 22_000) is not None
    assert odd_level([*history, None, None, None], 22_000) is None


def test_one_slip_in_the_past_does_not_make_the_next_look_normal() -> None:
    history: list[int | None] = [20_000 + 60 * week + week % 5 for week in range(30)]
    history[20] = 2_100
    assert odd_level(history, 23_500) is not None


def test_flows_swing_without_being_odd() -> None:
    chance = random.Random(1)
    history: list[int | None] = [round(5_000 * chance.uniform(0.5, 1.8)) for _ in range(40)]
    assert all(odd_flow(history, value) is None for value in (2_300, 5_000, 9_500))
    assert odd_flow(history, 90_000) is not None


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**7)), max_size=60), st.integers(0, 10**8))
def test_no_history_is_too_odd(history: list[int | None], value: int) -> None:
    odd_level(history, value)
    odd_flow(history, value)
    forecast([*history, value], 12)


def test_nothing_is_foretold_from_too_little() -> None:
    assert forecast([1_000 + week for week in range(FEWEST - 1)]) is None


def test_steady_growth_reaches_a_number_when_it_must() -> None:
    found = forecast([10_000 + 100 * week for week in range(40)])
    assert found is not None
    assert found.reaching(15_000) == (11, 11, 11)  # 13,900 now
    assert found.reaching(10**9) == (None, None, None)


def test_the_range_holds_what_was_kept_from_it() -> None:
    within = tried = 0
    for series in made_series():
        for cut in range(40, len(series) - 12, 17):
            found = forecast(series[:cut], 12)
            assert found is not None
            for ahead in (4, 8, 12):
                step = found.steps[ahead - 1]
                within += step.low <= series[cut - 1 + ahead] <= step.high
                tried += 1
    assert 0.72 < within / tried < 0.95


def test_it_beats_the_unchanged_value_on_growing_series() -> None:
    ours = unchanged = 0
    for series in made_series():
        for cut in range(40, len(series) - 12, 17):
            found = forecast(series[:cut], 12)
            assert found is not None
            ours += abs(found.steps[7].value - series[cut + 7])
            unchanged += abs(series[cut - 1] - series[cut + 7])
    assert ours < unchanged / 2


def test_round_numbers() -> None:
    assert [next_round(value) for value in (47_823, 280_397, 448_633, 9_838, 12_340, 99_999, 100)] == [
        50_000, 300_000, 500_000, 10_000, 15_000, 100_000, 150,
    ]  # fmt: skip
    told = [(each.number, each.at, each.before) for each in passed([900, None, 2_100, 1_900, 2_050, 3_000])]
    assert told == [(1_000, 2, 0), (1_500, 2, 0), (2_000, 2, 0), (3_000, 5, 4)]
