"""주간 입력: one week's grid with its last figures, its total and its doubts."""

from collections.abc import Callable
from datetime import date

import pytest

from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services import figures
from civictracker.services.changes import Changes
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
from civictracker.services.figures import NoteEdit, ValueEdit, write_values

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


# --- 비고 ---------------------------------------------------------------------------------------


def days(context: Context, *values: tuple[str, int]) -> None:
    """Daily readings of channel 1."""
    edits = [
        ValueEdit("followers", 1, Period(date.fromisoformat(day), date.fromisoformat(day)), value)
        for day, value in values
    ]
    context.write(write_values, edits=edits, label="값 고침")


def stored(context: Context) -> dict[str, tuple[int, str]]:
    """Channel 1's figures: period → value and note."""
    edit = NoteEdit("followers", 1, Period(date(2026, 11, 16), date(2026, 11, 22)), "")
    held = context.read(figures._held_in, edit)
    return {Period(key.start, key.end).code: (each.value, each.note) for key, each in held.items()}


def note(context: Context, week: Period, text: str) -> Changes:
    edit = NoteEdit("followers", 1, week, text)
    return context.write(write_values, edits=[edit], label="비고 고침")


def test_a_note_on_a_week_of_days_leaves_the_week_made_of_days(office: Context, week: Period) -> None:
    days(office, ("2026-11-16", 100), ("2026-11-18", 130))
    note(office, week, "행사")
    assert stored(office) == {"2026-11-16": (100, ""), "2026-11-18": (130, "행사")}
    assert grid(office, week).rows[0].note == "행사"
    days(office, ("2026-11-20", 150))  # a later day still moves the week's value
    row = grid(office, week).rows[0]
    assert row.cells["followers"].this is not None
    assert (row.cells["followers"].this.value, row.note) == (150, "행사")


def test_a_note_is_cleared_where_it_stands_and_comes_back_by_undo(office: Context, week: Period) -> None:
    days(office, ("2026-11-16", 100), ("2026-11-18", 130))
    note(office, week, "행사")
    days(office, ("2026-11-20", 150))
    note(office, week, "")
    assert grid(office, week).rows[0].note == ""
    assert stored(office) == {"2026-11-16": (100, ""), "2026-11-18": (130, ""), "2026-11-20": (150, "")}
    office.undo()
    assert grid(office, week).rows[0].note == "행사"


def test_notes_of_several_days_are_shown_together_and_edited_as_one(office: Context, week: Period) -> None:
    days(office, ("2026-11-16", 100))
    note(office, week, "첫날")
    days(office, ("2026-11-18", 130))
    edit = NoteEdit("followers", 1, Period(date(2026, 11, 18), date(2026, 11, 18)), "행사")
    office.write(write_values, edits=[edit], label="비고 고침")
    assert grid(office, week).rows[0].note == "첫날 · 행사"
    note(office, week, "행사 둘")
    assert stored(office) == {"2026-11-16": (100, ""), "2026-11-18": (130, "행사 둘")}


def test_a_note_of_the_month_that_ends_in_the_week_is_not_the_weeks(office: Context) -> None:
    month = Period(date(2026, 11, 1), date(2026, 11, 30))
    edit = ValueEdit("followers", 1, month, 100, note="월말 보고")
    office.write(write_values, edits=[edit], label="값 고침")
    assert grid(office, Period.week(date(2026, 11, 30))).rows[0].note == ""


def test_a_typed_week_keeps_its_note_and_its_value(office: Context, put: Put, week: Period) -> None:
    put(office, 1, week.code, 47_823)
    note(office, week, "발송 한 번")
    assert stored(office) == {week.code: (47_823, "발송 한 번")}


def test_a_value_and_its_note_come_in_one_edit_in_any_order(office: Context, week: Period) -> None:
    edits = [NoteEdit("followers", 1, week, "새 채널"), ValueEdit("followers", 1, week, 12)]
    office.write(write_values, edits=edits, label="붙여 넣기")
    assert stored(office) == {week.code: (12, "새 채널")}


def test_a_note_without_a_figure_is_refused_and_nothing_changes(office: Context, week: Period) -> None:
    with pytest.raises(InputError, match="값을 먼저"):
        note(office, week, "행사")
    assert stored(office) == {}
