"""Taking edits back restores exactly, keeps what a person changed since, and can be taken back."""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services.channels import list_channels, move_channel, save_channel
from civictracker.services.context import Context
from civictracker.services.entry import load_week_note, save_week_note
from civictracker.services.figures import ValueEdit, figure_at, write_values
from civictracker.services.opening import open_data
from civictracker.services.settings import save_office, save_settings
from civictracker.services.undo import undo_entry
from civictracker.store import journal
from civictracker.store.journal import Key
from civictracker.store.tables import BOOKKEEPING

WEEKS = [Period.parse("2026-W47").shift(-at) for at in range(4)]
Put = Callable[..., None]

edits = st.builds(
    ValueEdit,
    metric=st.sampled_from(["followers", "views", "net_followers"]),
    channel_id=st.integers(1, 3),
    period=st.sampled_from(WEEKS),
    value=st.none() | st.integers(-(2**62), 2**62),
    approximate=st.booleans(),
    note=st.none() | st.sampled_from(["", "이벤트"]),
)
names = st.sampled_from(["가", "나", "카카오톡 채널", "공식 블로그"])
acts = st.one_of(
    st.tuples(st.just("values"), st.lists(edits, min_size=1, max_size=6)),
    st.tuples(st.just("note"), st.tuples(st.sampled_from(WEEKS), st.text("가나 \n", max_size=6))),
    st.tuples(st.just("channel"), st.tuples(st.none() | st.integers(1, 4), names)),
    st.tuples(st.just("move"), st.tuples(st.integers(1, 3), st.sampled_from([-1, 1]))),
    st.tuples(st.just("office"), names),
    st.tuples(st.just("settings"), names),
)


def act(context: Context, kind: str, what: object) -> None:
    match kind, what:
        case "values", list(values):
            context.write(write_values, edits=values, label="값 고침")
        case "note", (week, text):
            context.write(save_week_note, week=week, text=text)
        case "channel", (channel_id, name):
            context.write(save_channel, channel_id=channel_id, platform="youtube", name=name)
        case "move", (channel_id, by):
            context.write(move_channel, channel_id=channel_id, by=by)
        case "office", name:
            context.write(save_office, name=name)
        case "settings", name:
            context.write(save_settings, writer=name)


def everything(context: Context) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but the log's own; a figure's ``source`` names its log entry and may differ."""
    found = {}
    with closing(sqlite3.connect(context.path)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        for table in tables:
            if table not in BOOKKEEPING:
                found[table] = sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
        found["observation"] = connection.execute(
            "SELECT metric_id, channel_id, period_start, period_end, value, approximate, note, cell"
            " FROM observation ORDER BY 1, 2, 3, 4"
        ).fetchall()
    return found


@settings(max_examples=15)
@given(steps=st.lists(acts, min_size=1, max_size=8))
def test_undoing_all_restores_all_and_redoing_all_repeats_all(
    office_template: Path, clock: Callable[[], datetime], steps: list[tuple[str, object]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "civictracker.db"
        shutil.copyfile(office_template, data)
        opened = open_data(data, clock)
        context = opened.context
        states = [everything(context)]
        for kind, what in steps:
            before = len(context.undo_stack)
            try:
                act(context, kind, what)
            except InputError:
                continue
            if len(context.undo_stack) > before:
                states.append(everything(context))
        assert len(context.undo_stack) == len(states) - 1
        for state in reversed(states[:-1]):
            context.undo()
            assert everything(context) == state
        assert context.undo() is None
        for state in states[1:]:
            context.redo()
            assert everything(context) == state
        assert context.redo() is None
        assert context.read(journal.broken_link) is None
        opened.close(keep_backup=False)


def value(context: Context, channel: int, week: Period) -> int | None:
    stored = context.read(figure_at, key=Key(1, channel, week.start, week.end))
    return None if stored is None else stored.value


def test_what_was_changed_since_is_kept(office: Context, week: Period) -> None:
    edits = [ValueEdit("followers", channel, week, 100 + channel) for channel in (1, 2)]
    first = office.write(write_values, edits=edits, label="값 고침")
    office.write(write_values, edits=[ValueEdit("followers", 1, week, 999)], label="값 고침")
    assert first.log_id is not None
    changes = office.write(undo_entry, log_id=first.log_id)
    assert (changes.count, changes.kept) == (1, 1)
    assert (value(office, 1, week), value(office, 2, week)) == (999, None)


def test_a_row_changed_since_is_kept(office: Context, week: Period) -> None:
    first = office.write(save_week_note, week=week, text="가")
    office.write(save_week_note, week=week, text="나")
    assert first.log_id is not None
    changes = office.write(undo_entry, log_id=first.log_id)
    assert (changes.count, changes.kept) == (0, 1)
    assert office.read(load_week_note, week=week) == "나"


def test_a_channel_that_figures_hang_on_survives_its_undoing(office: Context, put: Put, week: Period) -> None:
    made = office.write(save_channel, platform="youtube", name="라이브관악")
    put(office, made.created, week.code, 5)
    assert made.log_id is not None
    changes = office.write(undo_entry, log_id=made.log_id)
    assert changes.kept == 1
    assert len(office.read(list_channels)) == 4


def test_a_new_edit_ends_the_redoing(office: Context, put: Put, week: Period) -> None:
    put(office, 1, week.code, 1)
    office.undo()
    put(office, 1, week.code, 2)
    assert office.redo() is None
    assert value(office, 1, week) == 2


def test_undo_and_redo_say_what_they_take_back(office: Context, put: Put, week: Period) -> None:
    put(office, 1, week.code, 1)
    heard: list[str] = []
    office.listen(lambda changes: heard.append(changes.label))
    undone, redone = office.undo(), office.redo()
    assert undone is not None
    assert redone is not None
    assert (undone.label, redone.label) == ("값 고침", "값 고침")
    assert heard == ["값 고침 되돌림", "값 고침 되돌림 되돌림"]


def test_there_is_nothing_to_undo_of_an_entry_that_is_not(office: Context) -> None:
    with pytest.raises(InputError, match="되돌릴 기록이 없습니다"):
        office.write(undo_entry, log_id=999)


def test_an_undo_that_fails_stays_on_the_stack(
    office: Context, put: Put, week: Period, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(office, 1, week.code, 1)

    def failing(*_args: object, **_kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(journal.Journal, "put", failing)
    with pytest.raises(ZeroDivisionError):
        office.undo()
    monkeypatch.undo()
    assert office.undo() is not None
    assert value(office, 1, week) is None
