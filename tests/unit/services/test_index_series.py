"""종합 지수 over time: the same as of every week by itself, offered only once an office has weighed it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.errors import InputError
from civictracker.services.channels import list_channels
from civictracker.services.composite import load_indexes, save_weights
from civictracker.services.context import Context
from civictracker.services.index_series import (
    INDEX,
    asked_for,
    index_told,
    known_measures,
    load_measures,
    measures_with_figures,
)
from civictracker.services.overlays import save_note
from civictracker.services.trends import Series, known_metrics

Put = Callable[..., None]
WEIGHTS = {"followers": 40, "posts": 20, "views": 40}
NOW = Period.parse("2026-W47")


def indexes(context: Context, ids: list[int], **options: Any) -> list[Series]:
    found = context.read(
        load_measures, channel_ids=ids, codes=["followers", INDEX.code], naming=WeekNaming(), **options
    )
    return [each for each in found if each.metric == INDEX]


def test_an_office_that_weighed_nothing_has_no_index(sample_context: Context) -> None:
    assert sample_context.read(known_measures) == sample_context.read(known_metrics)
    assert INDEX.code not in sample_context.read(measures_with_figures)
    with pytest.raises(InputError):
        sample_context.read(asked_for, channel=None, metric="종합 지수")
    sample_context.write(save_weights, weights=WEIGHTS)
    assert sample_context.read(known_measures)[-1] == INDEX
    assert sample_context.read(measures_with_figures)[-1] == INDEX.code
    for text in ("종합 지수", "종합지수", "composite"):
        assert sample_context.read(asked_for, channel=None, metric=text).codes == [INDEX.code]
    sample_context.undo()
    assert sample_context.read(known_measures) == sample_context.read(known_metrics)


def test_every_week_of_the_line_is_the_index_of_that_week(sample_context: Context) -> None:
    sample_context.write(save_weights, weights={"followers": 50, "views": 30, "posts": 20})
    rows = sample_context.read(list_channels)
    start = NOW.shift(-30).start
    found = indexes(sample_context, [row.id for row in rows], start=start, end=NOW.end, grain=Grain.WEEK)
    drawn = {(each.channel.id, point.period): point for each in found for point in each.points}
    assert len(drawn) > 100
    for step in range(-30, 1):
        week = NOW.shift(step)
        for each in sample_context.read(load_indexes, week=week):
            point = drawn.get((each.channel.id, week))
            assert (point.value if point else None) == each.found.tenths, (each.channel.label, week.code)
            if point is not None:
                assert point.partial is bool(each.found.left_out)


def test_a_month_is_the_mean_of_its_weeks(office: Context, put: Put) -> None:
    office.write(save_weights, weights={"views": 1})
    for at in range(12):
        put(office, 1, NOW.shift(at - 14).code, 100, "views")
    for at, value in enumerate((200, 100)):
        put(office, 1, NOW.shift(at - 2).code, value, "views")  # 11월 1주, 2주
    (month,) = indexes(office, [1], start=date(2026, 11, 1), end=date(2026, 11, 30), grain=Grain.MONTH)
    (weeks,) = indexes(office, [1], start=date(2026, 11, 2), end=date(2026, 11, 30), grain=Grain.WEEK)
    assert [point.value for point in weeks.points] == [2000, 923]  # 100 ÷ (1,300 ÷ 12)
    assert [(point.period.code, point.value, point.change) for point in month.points] == [
        ("2026-11", 1462, 462)  # October's weeks are 100.0 each
    ]
    assert indexes(office, [1], grain=Grain.DAY)[0].points == ()


def test_a_break_begins_the_past_anew_everywhere(office: Context, put: Put) -> None:
    office.write(save_weights, weights={"followers": 1})
    for at in range(20):
        put(office, 1, NOW.shift(at - 19).code, 100 if at < 10 else 300)
    day = NOW.shift(-9).start + timedelta(days=2)
    office.write(save_note, day=day, text="서로이웃도 세기 시작", is_break=True, channel_id=1)
    (line,) = indexes(office, [1])
    assert {point.value for point in line.points} == {1000}
    at_break = {point.period for point in line.points}
    assert NOW.shift(-9) not in at_break
    assert NOW.shift(-5) in at_break
    for week in (NOW.shift(-9), NOW.shift(-4)):
        (one,) = office.read(load_indexes, week=week, channel_ids=[1])
        assert one.found.value == (None if week == NOW.shift(-9) else Decimal("100.0"))


def test_the_reader_is_told_the_weights(office: Context) -> None:
    office.write(save_weights, weights=WEIGHTS)
    told = office.read(index_told, grain=Grain.MONTH, is_partial=True)
    assert "가중치 친구·구독 수 40 · 게시물 수 20 · 조회·열람 40" in told
    assert "평균" in told
    assert "남은 항목" in told
