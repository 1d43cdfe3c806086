"""주간 입력: one week's grid with its last figures, its total and its doubts."""

from collections.abc import Callable

from civictracker.domain.weeks import Period
from civictracker.services.context import Context
from civictracker.services.entry import (
    EntryGrid,
    last_entered_week,
    load_grid,
    load_week_note,
    save_week_note,
    settle,
    slip_key,
)

Put = Callable[..., None]


def grid(context: Context, week: Period) -> EntryGrid:
    return context.read(load_grid, week=week)


def test_an_empty_week_has_a_row_for_every_open_channel(office: Context, week: Period) -> None:
    found = grid(office, week)
    assert [row.channel.id for row in found.rows] == [1, 2, 3]
    assert (found.entered, found.total, found.base_day.isoformat()) == (0, None, "2026-11-20")


def test_a_level_steps_over_gaps_but_a_flow_does_not(office: Context, put: Put, week: Period) -> None:
    put(office, 1, week.shift(-3).code, 1_000)
    put(office, 1, week.shift(-3).code, 50, "views")
    put(office, 1, week.code, 1_010)
    cells = grid(office, week).rows[0].cells
    assert cells["followers"].last is not None
    assert (cells["followers"].last.value, cells["followers"].change) == (1_000, 10)
    assert cells["views"].last is None


def test_the_total_compares_only_what_both_weeks_have(office: Context, put: Put, week: Period) -> None:
    for channel, before, now in ((1, 1_000, 1_010), (2, 500, None), (3, None, 70)):
        put(office, channel, week.shift(-1).code, before)
        put(office, channel, week.code, now)
    total = grid(office, week).total
    assert total is not None
    assert (total.value, total.present, total.expected, total.change) == (1_080, 2, 3, 10)


def test_the_slip_of_gwanak_is_seen_and_can_be_settled(office: Context, put: Put, week: Period) -> None:
    put(office, 1, week.shift(-1).code, 47_823)
    put(office, 1, week.code, 4_700)
    ((row, code, found),) = grid(office, week).slips
    assert (row.channel.id, code, found.words) == (1, "followers", "10분의 1")
    reading = row.cells["followers"].this
    assert reading is not None
    office.write(settle, key=slip_key(1, "followers", reading))
    assert grid(office, week).slips == []
    put(office, 1, week.code, 4_701)
    assert len(grid(office, week).slips) == 1


def test_settling_can_be_taken_back(office: Context, put: Put, week: Period) -> None:
    put(office, 1, week.shift(-1).code, 47_823)
    put(office, 1, week.code, 4_700)
    reading = grid(office, week).slips[0][0].cells["followers"].this
    assert reading is not None
    office.write(settle, key=slip_key(1, "followers", reading))
    office.undo()
    assert len(grid(office, week).slips) == 1


def test_a_flow_may_jump(office: Context, put: Put, week: Period) -> None:
    put(office, 1, week.shift(-1).code, 200, "views")
    put(office, 1, week.code, 2_000, "views")
    assert grid(office, week).slips == []


def test_the_last_entered_week(office: Context, put: Put, week: Period) -> None:
    assert office.read(last_entered_week, before=week.start) is None
    put(office, 1, week.shift(-5).code, 1)
    put(office, 1, week.code, 1)
    assert office.read(last_entered_week, before=week.start) == week.shift(-5)


def test_the_weeks_note_keeps_its_lines(office: Context, week: Period) -> None:
    assert office.read(load_week_note, week=week) == ""
    office.write(save_week_note, week=week, text=" 태풍  링링\n\n긴급 발송 ")
    assert office.read(load_week_note, week=week) == "태풍 링링\n\n긴급 발송"
    assert office.read(load_week_note, week=week.shift(1)) == ""


def test_the_samples_week_is_not_yet_whole(sample_context: Context, week: Period) -> None:
    found = grid(sample_context, week)
    assert found.total is not None
    assert 0 < found.entered < len(found.rows)
    assert not found.total.is_complete
    assert found.slips
