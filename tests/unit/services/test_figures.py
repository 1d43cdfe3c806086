"""Figures written by hand, read back for weeks and series, and where each comes from."""

from collections.abc import Callable
from datetime import date

import pytest

from civictracker.domain.weeks import Period
from civictracker.services.context import Context
from civictracker.services.figures import (
    ValueEdit,
    figure_at,
    last_before,
    last_values,
    metric_of,
    metrics_by_id,
    provenance,
    readings_between,
    week_readings,
    write_values,
)
from civictracker.store.journal import Key

Put = Callable[..., None]


def key(channel: int, code: str, metric: int = 1) -> Key:
    period = Period.parse(code)
    return Key(metric, channel, period.start, period.end)


def test_a_figure_is_stored_exactly(office: Context, put: Put) -> None:
    put(office, 1, "2026-W47", 9_007_199_254_740_993)  # one more than a float can tell
    stored = office.read(figure_at, key=key(1, "2026-W47"))
    assert stored is not None
    assert stored.value == 9_007_199_254_740_993


def test_a_note_stays_until_another_is_given(office: Context, week: Period) -> None:
    def write(value: int, note: str | None) -> str:
        edit = ValueEdit("followers", 1, week, value, note=note)
        office.write(write_values, edits=[edit], label="값 고침")
        stored = office.read(figure_at, key=key(1, week.code))
        assert stored is not None
        return stored.note

    assert [write(1, "이벤트"), write(2, None), write(3, "")] == ["이벤트", "이벤트", ""]


def test_none_deletes_and_missing_is_not_zero(office: Context, put: Put) -> None:
    put(office, 1, "2026-W47", 0)
    assert office.read(week_readings, weeks=[Period.parse("2026-W47")]) != {}
    put(office, 1, "2026-W47", None)
    assert office.read(week_readings, weeks=[Period.parse("2026-W47")]) == {}


def test_deleting_nothing_is_no_edit(office: Context, put: Put) -> None:
    put(office, 1, "2026-W47", None)
    assert office.undo_stack == []


def test_a_week_shows_its_own_reading_before_its_days(office: Context, put: Put) -> None:
    week = Period.parse("2026-W47")
    for code, value in (("2026-11-17", 5), ("2026-11-19", 7)):
        put(office, 1, code, value, "views")
        put(office, 1, code, value)
    found = office.read(week_readings, weeks=[week.shift(-1), week])
    assert {(metric, reading.value) for (metric, _, _), reading in found.items()} == {(1, 7), (3, 12)}
    put(office, 1, "2026-W47", 100)
    assert office.read(week_readings, weeks=[week])[1, 1, week].value == 100


def test_what_crosses_a_weeks_edge_belongs_to_no_week(office: Context, put: Put) -> None:
    put(office, 1, "2026-11", 5, "views")
    assert office.read(week_readings, weeks=[Period.parse("2026-W47")]) == {}


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["2026-W45"], "2026-W45"),
        (["2026-W45", "2026-11-13"], "2026-11-13"),
        (["2026-W46", "2026-11-13"], "2026-W46"),
        (["2026-11-15", "2026-W46"], "2026-W46"),
        (["2026-10", "2026-10-30"], "2026-10"),
        (["2026", "2026-W44"], "2026-W44"),
    ],
)
def test_the_last_reading_before_a_week(office: Context, put: Put, codes: list[str], expected: str) -> None:
    for at, code in enumerate(codes):
        put(office, 1, code, 100 + at)
    day = Period.parse("2026-W47").start
    found = office.read(last_before, metric_id=1, channel_ids=[1, 2], day=day)
    assert {channel: reading.period.code for channel, reading in found.items()} == {1: expected}
    values = office.read(last_values, metric_ids=[1, 2], channel_ids=[1, 2], day=day)
    assert values == {(1, 1): found[1].value}


def test_readings_between_are_grouped_and_in_order(office: Context, put: Put) -> None:
    for channel in (2, 1):
        for code in ("2026-W47", "2026-W45", "2026-W46"):
            put(office, channel, code, channel)
    found = office.read(readings_between, metric_ids=[1, 3], channel_ids=[1, 2],
                        start=date(2026, 11, 9), end=date(2026, 11, 22))  # fmt: skip
    assert {pair: [each.period.code for each in readings] for pair, readings in found.items()} == {
        (1, 1): ["2026-W46", "2026-W47"], (1, 2): ["2026-W46", "2026-W47"],
    }  # fmt: skip


def test_a_figure_tells_who_typed_it(office: Context, put: Put, week: Period) -> None:
    put(office, 1, week.code, 47_823)
    (found,) = office.read(provenance, metric="followers", channel_id=1, period=week)
    assert (found.value, found.words, found.at) == (47_823, "직접 입력(김주무)", office.now)


def test_published_figures_of_the_sample_name_their_source(sample_context: Context) -> None:
    found = sample_context.read(
        provenance, metric="followers", channel_id=1, period=Period.parse("2020-10-19")
    )
    assert [(each.value, each.words) for each in found] == [(47_823, "가져오기: 예시 자료: 보도된 수치")]


def test_metrics_by_code_and_id(office: Context) -> None:
    assert office.read(metric_of, code="views").id == 3
    assert office.read(metrics_by_id)[1].code == "followers"
    with pytest.raises(KeyError):
        office.read(metric_of, code="smiles")
