"""The office and its choices."""

import pytest
from sqlmodel import Session

from civictracker.domain.weeks import WeekRule
from civictracker.errors import InputError
from civictracker.services.changes import Changes, Topic
from civictracker.services.context import Context
from civictracker.services.settings import load_office, load_settings, save_office, save_settings
from civictracker.store.tables import Setting


def test_a_new_file_has_the_defaults_and_no_office(context: Context) -> None:
    assert context.read(load_settings).week_rule is WeekRule.THURSDAY
    assert context.read(load_office) is None


def test_choices_are_kept_and_taken_back(context: Context) -> None:
    context.write(save_settings, week_rule=WeekRule.CALENDAR_ROW, approval=("담당", "과장"))
    found = context.read(load_settings)
    assert (found.week_rule, found.approval) == (WeekRule.CALENDAR_ROW, ("담당", "과장"))
    context.undo()
    assert context.read(load_settings).approval == ("담당", "팀장", "과장")


def test_a_refused_choice_changes_none(context: Context) -> None:
    with pytest.raises(InputError, match="결재란"):
        context.write(save_settings, writer="김주무", approval=("혼자",))
    assert context.read(load_settings).writer == ""


def test_the_same_again_is_no_edit(context: Context) -> None:
    assert context.write(save_settings, writer="김주무").log_id is not None
    assert context.write(save_settings, writer="김주무").log_id is None


def test_a_choice_of_a_later_version_is_left_alone(context: Context) -> None:
    def add(session: Session) -> Changes:
        session.add(Setting(key="hologram", value="true"))
        return Changes.of(Topic.SETTINGS, "나중 판의 설정")

    context.write(add)
    context.write(save_settings, writer="김주무")
    assert context.read(load_settings).writer == "김주무"
    assert context.read(lambda session: session.get(Setting, "hologram")) is not None


def test_the_office_is_one(context: Context) -> None:
    context.write(save_office, name=" 관악구 ", department="홍보과")
    context.write(save_office, name="관악구청", department="홍보과")
    found = context.read(load_office)
    assert found is not None
    assert (found.name, found.department) == ("관악구청", "홍보과")
    context.undo()
    found = context.read(load_office)
    assert found is not None
    assert found.name == "관악구"
