"""비교: other offices' figures out of a workbook, by the room's own way in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from civictracker.services import compare
from civictracker.services.channels import list_channels
from civictracker.services.context import Context
from civictracker.services.imports import Plan, apply_plan
from civictracker.services.intake import read_planned
from tests.conftest import Ids

Put = Callable[..., None]
DAY = date(2026, 11, 20)
FIGURES = (("수원시", 521_300), ("안양시", 128_400), ("강남구", 14_210), ("송파구", 14_210))


def book(path: Path, day: date, rows: Sequence[tuple[str, int]]) -> Path:
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("현황")
    sheet.write_row(0, 0, [f"지자체 카카오톡 채널 친구 수(기준일: {day.year}. {day.month}. {day.day}.)"])
    sheet.write_row(1, 0, ["기관명", "친구 수"])
    for at, row in enumerate(rows, 2):
        sheet.write_row(at, 0, row)
    made.close()
    return path


def read(office: Context, path: Path, **answers: str) -> Plan:
    told = {key.replace("__", ":"): value for key, value in answers.items()}
    plan = read_planned(office, path=path, answers={"span": "day", **told})
    assert isinstance(plan, Plan)
    return plan


def apply(office: Context, plan: Plan) -> int:
    return office.write(apply_plan, plan=plan, choices={}, sha256="s", form_name="").count


def ranked(office: Context, day: date) -> list[tuple[str, int]]:
    ranking = office.read(compare.load_ranking, day=day, platform="kakao")
    return [(each.name, each.place.rank) for each in ranking.rivals if each.place]


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return book(tmp_path / "지자체.xlsx", DAY, FIGURES)


def test_offices_that_nobody_knows_yet_are_asked_and_never_become_own_channels(
    office: Context, put: Put, ids: Ids, sheet: Path
) -> None:
    put(office, ids.kakao, "2026-11-20", 131_289)
    assert {each.key for each in read(office, sheet).questions} == {f"channel:{name}" for name, _ in FIGURES}
    plan = read(office, sheet, **{f"channel__{name}": "peer:kakao" for name, _ in FIGURES})
    assert plan.questions == []
    assert apply(office, plan) == 4
    rows = office.read(list_channels, peers=True)
    assert {(row.office, row.platform) for row in rows if not row.is_own} == {
        (name, "kakao") for name, _ in FIGURES
    }
    assert len(office.read(list_channels)) == 3
    assert ranked(office, DAY) == [("수원시", 1), ("관악구", 2), ("안양시", 3), ("강남구", 4), ("송파구", 4)]
    office.undo()
    assert ranked(office, DAY) == [("관악구", 1)]


def test_next_time_they_are_known_whether_typed_or_imported_before(
    office: Context, put: Put, ids: Ids, sheet: Path, tmp_path: Path
) -> None:
    office.write(
        compare.save_peer_values,
        platform="kakao",
        day=date(2026, 8, 28),
        values={name: 1 for name, _ in FIGURES},
    )
    plan = read(office, sheet)
    assert plan.questions == []
    assert apply(office, plan) == 4
    later = date(2026, 11, 27)
    plan = read(
        office, book(tmp_path / "다음 주.xlsx", later, [(name, value + 100) for name, value in FIGURES])
    )
    assert plan.questions == []
    apply(office, plan)
    ranking = office.read(compare.load_ranking, day=later, platform="kakao", weeks=1)
    assert {each.place.growth_rank for each in ranking.rivals if each.place} == {1, 3, 4}
    assert len(office.read(list_channels, peers=True)) == 3 + 4


def test_an_office_with_channels_on_several_platforms_is_asked_which(office: Context, sheet: Path) -> None:
    for platform in ("kakao", "youtube"):
        office.write(compare.save_peer_values, platform=platform, day=DAY, values={"수원시": 5})
    keys = {each.key for each in read(office, sheet).questions}
    assert "channel:수원시" in keys
    plan = read(office, sheet, **{f"channel__{name}": "peer:youtube" for name, _ in FIGURES})
    assert plan.questions == []
