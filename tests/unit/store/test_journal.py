"""What a unit of work notes: every row and figure, and a log whose links hold."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from civictracker.domain.weeks import Period
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import save_channel
from civictracker.services.context import Context
from civictracker.services.entry import save_week_note
from civictracker.services.figures import ValueEdit, write_values
from civictracker.store import journal
from civictracker.store.tables import Log, RowChange, Setting, ValueChange


def entries(session: Session) -> list[Log]:
    return list(session.exec(select(Log).order_by(col(Log.id))))


def test_an_entry_says_who_did_what_when(office: Context, week: Period) -> None:
    office.write(save_week_note, week=week, text="가")
    last = office.read(entries)[-1]
    assert (last.actor, last.label, last.action) == ("김주무", "특이사항 고침", "edit")
    assert last.at.isoformat() == "2026-11-20T14:03:00+09:00"
    assert last.detail == "rows=1 figures=0 added=0"


def test_the_chain_holds_until_someone_reaches_into_the_file(
    office: Context, office_data: Path, week: Period
) -> None:
    for text in ("가", "나"):
        office.write(save_week_note, week=week, text=text)
    assert office.read(journal.broken_link) is None
    with closing(sqlite3.connect(office_data)) as stock:
        stock.execute("DROP TRIGGER log_keeps_update")
        stock.execute("UPDATE log SET actor = '아무개' WHERE id = 2")
        stock.commit()
    assert office.read(journal.broken_link) == 2


def test_a_link_taken_out_is_missed(office: Context, office_data: Path) -> None:
    with closing(sqlite3.connect(office_data)) as stock:
        stock.execute("DROP TRIGGER log_keeps_delete")
        stock.execute("PRAGMA foreign_keys=OFF")
        stock.execute("DELETE FROM log WHERE id = 2")
        stock.commit()
    assert office.read(journal.broken_link) == 3


def test_a_row_is_noted_with_its_state_before_and_after(office: Context, week: Period) -> None:
    office.write(save_week_note, week=week, text="가")
    office.write(save_week_note, week=week, text="나")

    def noted(session: Session) -> list[tuple[object, object]]:
        rows = session.exec(
            select(RowChange).where(RowChange.table_name == "week_note").order_by(col(RowChange.id))
        )
        return [
            (row.old and json.loads(row.old)["text"], row.new and json.loads(row.new)["text"]) for row in rows
        ]

    assert office.read(noted) == [(None, "가"), ("가", "나")]


def test_a_figure_is_noted_with_its_state_before_and_after(
    office: Context, put: Callable[..., None], ids: object
) -> None:
    for value in (5, 7, None):
        put(office, 1, "2026-W47", value)

    def noted(session: Session) -> list[tuple[object, object]]:
        rows = session.exec(select(ValueChange).order_by(col(ValueChange.log_id)))
        return [(row.old_value, row.new_value) for row in rows]

    assert office.read(noted) == [(None, 5), (5, 7), (7, None)]


def test_two_writes_of_one_figure_in_one_edit_are_one_change(office: Context, week: Period) -> None:
    edits = [ValueEdit("followers", 1, week, value) for value in (5, 6)]
    office.write(write_values, edits=edits, label="값 고침")

    def noted(session: Session) -> list[tuple[object, object]]:
        return [(row.old_value, row.new_value) for row in session.exec(select(ValueChange))]

    assert office.read(noted) == [(None, 6)]


def test_what_changed_nothing_leaves_no_entry(office: Context, put: Callable[..., None]) -> None:
    put(office, 1, "2026-W47", 5)
    count = len(office.read(entries))
    put(office, 1, "2026-W47", 5)
    assert len(office.read(entries)) == count
    assert len(office.undo_stack) == 1


def test_a_use_case_that_fails_leaves_nothing(office: Context) -> None:
    def failing(session: Session) -> Changes:
        save_channel(session, platform="youtube", name="유튜브")
        session.add(Setting(key="x", value="1"))
        session.flush()
        raise ZeroDivisionError

    before = [(entry.id, entry.digest) for entry in office.read(entries)]
    with pytest.raises(ZeroDivisionError):
        office.write(failing)
    assert [(entry.id, entry.digest) for entry in office.read(entries)] == before
    assert office.read(lambda session: session.get(Setting, "x")) is None


def test_a_deleted_row_is_noted(office: Context) -> None:
    def drop(session: Session) -> Changes:
        row = session.get(Setting, "x")
        assert row is not None
        session.delete(row)
        return Changes.of(Topic.SETTINGS, "지움")

    def add(session: Session) -> Changes:
        session.add(Setting(key="x", value="1"))
        return Changes.of(Topic.SETTINGS, "더함")

    office.write(add)
    changes = office.write(drop)

    def noted(session: Session) -> list[tuple[str, object]]:
        rows = session.exec(select(RowChange).where(RowChange.log_id == changes.log_id))
        return [(row.row_key, row.new) for row in rows]

    assert office.read(noted) == [("x", None)]
