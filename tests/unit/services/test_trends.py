"""Series: changes, grains, rates from their parts, reconstruction and what a person calls them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.errors import InputError
from civictracker.services import trends
from civictracker.services.channels import save_channel
from civictracker.services.context import Context
from civictracker.services.trends import Series, find_channels, find_metric, load_series

Put = Callable[..., None]


def one(context: Context, code: str = "followers", **options: Any) -> Series:
    (found,) = context.read(
        load_series, channel_ids=[1], codes=[code], naming=WeekNaming(), **options
    )  # fmt: skip
    return found


def shown(series: Series) -> list[tuple[str, int, int | None, Decimal | None]]:
    return [(point.period.code, point.value, point.change, point.rate) for point in series.points]


def test_changes_step_over_gaps_and_a_base_of_zero_has_no_rate(office: Context, put: Put) -> None:
    for code, value in (("2026-W40", 0), ("2026-W41", 100), ("2026-W44", 161)):
        put(office, 1, code, value)
    assert shown(one(office)) == [
        ("2026-W40", 0, None, None),
        ("2026-W41", 100, 100, None),
        ("2026-W44", 161, 61, Decimal("61.0")),
    ]


def test_the_first_point_shown_still_knows_what_came_before(office: Context, put: Put) -> None:
    for week, value in enumerate((100, 110, 121, 133), 40):
        put(office, 1, f"2026-W{week}", value)
    cut = one(office, start=Period.parse("2026-W41").start, end=Period.parse("2026-W42").end)
    assert shown(cut) == [("2026-W41", 110, 10, Decimal("10.0")), ("2026-W42", 121, 11, Decimal("10.0"))]


def test_levels_take_the_last_and_flows_add_up(office: Context, put: Put) -> None:
    # 9월 5주 (W40: 28 Sep ~ 4 Oct, Thursday 1 October) is October's by its name.
    for week, value in ((40, 10), (41, 20), (44, 40), (45, 50)):
        put(office, 1, f"2026-W{week}", value)
        put(office, 1, f"2026-W{week}", value, "views")
    assert shown(one(office, grain=Grain.MONTH)) == [
        ("2026-10", 20, None, None), ("2026-11", 50, 30, Decimal("150.0")),
    ]  # fmt: skip
    assert [(each[0], each[1]) for each in shown(one(office, "views", grain=Grain.MONTH))] == [
        ("2026-10", 70), ("2026-11", 50),
    ]  # fmt: skip
    year = one(office, "views", grain=Grain.YEAR)
    assert (shown(year)[0][1], year.points[0].partial) == (120, True)


def test_a_rate_comes_from_its_parts_and_may_exceed_a_hundred(office: Context, put: Put) -> None:
    for week, sent, opened in ((45, 1000, 1574), (46, 3000, 600), (47, 0, 5)):
        put(office, 1, f"2026-W{week}", sent, "sent")
        put(office, 1, f"2026-W{week}", opened, "opened")
    weekly = one(office, "open_rate")
    assert shown(weekly) == [("2026-W45", 1574, None, None), ("2026-W46", 200, -1374, None)]
    assert shown(one(office, "open_rate", grain=Grain.MONTH)) == [("2026-11", 545, None, None)]


def test_a_stored_rate_stands_in_where_the_parts_lack(office: Context, put: Put) -> None:
    put(office, 1, "2026-W44", 500, "open_rate")
    put(office, 1, "2026-W45", 10, "sent")
    put(office, 1, "2026-W45", 6, "opened")
    assert [(each[0], each[1]) for each in shown(one(office, "open_rate"))] == [
        ("2026-W44", 500), ("2026-W45", 600),
    ]  # fmt: skip


def test_gaps_of_a_level_are_filled_from_net_changes_only_when_asked(office: Context, put: Put) -> None:
    put(office, 1, "2026-11-10", 1000)
    for day, change in ((9, 3), (10, 5), (11, 7), (12, -2)):
        put(office, 1, f"2026-11-{day:02d}", change, "net_followers")
    assert len(one(office).points) == 1
    filled = one(office, reconstruct=True)
    assert [(point.period.code, point.value, point.reconstructed) for point in filled.points] == [
        ("2026-11-09", 995, True), ("2026-11-10", 1000, False),
        ("2026-11-11", 1007, True), ("2026-11-12", 1005, True),
    ]  # fmt: skip
    weekly = one(office, reconstruct=True, grain=Grain.WEEK)
    assert [(point.value, point.reconstructed) for point in weekly.points] == [(1000, False)]


def test_order_and_empties_are_as_asked(office: Context, put: Put) -> None:
    put(office, 2, "2026-W47", 5)
    found = office.read(
        load_series, channel_ids=[2, 1, 99], codes=["views", "followers"], naming=WeekNaming()
    )
    assert [(each.channel.id, each.metric.code, len(each.points)) for each in found] == [
        (2, "views", 0), (2, "followers", 1), (1, "views", 0), (1, "followers", 0),
    ]  # fmt: skip
    with pytest.raises(InputError, match="없습니다"):
        one(office, "nothing")


@pytest.mark.parametrize(
    ("text", "ids"),
    [("1", [1]), ("카카오톡 채널", [1]), ("카톡", [1, 3]), ("공식블로그", [2]),
     ("보라매동 카카오톡 채널", [3]), ("보라매동", [3]), ("관악구 공식 블로그", [2]),
     ("수원시 카카오톡 채널", [4])],
)  # fmt: skip
def test_channels_go_by_many_names(office: Context, text: str, ids: list[int]) -> None:
    office.write(_peer)
    assert [row.id for row in office.read(find_channels, text=text)] == ids


def _peer(session: Any) -> Any:
    from civictracker.store.tables import Office

    row = Office(name="수원시", kind="peer")
    session.add(row)
    session.flush()
    return save_channel(session, office_id=row.id, platform="kakao", name="카카오톡 채널")


def test_an_unknown_name_is_told_with_those_that_exist(office: Context) -> None:
    with pytest.raises(InputError) as told:
        office.read(find_channels, text="틱톡")
    assert told.value.text == (
        "‘틱톡’ 채널이 없습니다. 있는 채널: 카카오톡 채널, 공식 블로그, 보라매동 카카오톡 채널."
    )
    assert office.read(find_metric, text="친구 수").code == "followers"
    assert office.read(find_metric, text="views").code == "views"
    with pytest.raises(InputError):
        office.read(find_metric, text="체온")


def test_rates_are_offered_where_their_parts_have_figures(office: Context, put: Put) -> None:
    put(office, 1, "2026-W47", 5)
    put(office, 1, "2026-W47", 5, "sent")
    assert office.read(trends.metrics_with_figures) == ["followers", "sent"]
    put(office, 1, "2026-W47", 5, "opened")
    assert office.read(trends.metrics_with_figures) == ["followers", "sent", "opened", "open_rate"]


def test_published_figures_of_the_sample_are_there(sample_context: Context) -> None:
    (kakao,) = sample_context.read(
        load_series, channel_ids=[1], codes=["followers"], naming=WeekNaming(),
        start=date(2020, 10, 19), end=date(2020, 10, 19),
    )  # fmt: skip
    assert (Period.day(date(2020, 10, 19)), 47_823) in [(p.period, p.value) for p in kakao.points]
