"""종합 지수 on a regular report: what it was in the span and in the one before, and how it came about."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlmodel import Session

from civictracker.domain.composite import PAST, Component, Composite
from civictracker.domain.formulas import FORMULAS
from civictracker.domain.numbers import grouped
from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.services import catalogue
from civictracker.services.channels import ChannelRow
from civictracker.services.composite import load_indexes
from civictracker.services.index_series import Buckets, load_index, weights_told
from civictracker.services.report_values import (
    DOUBT,
    Figure,
    IndexFigures,
    IndexLine,
    Source,
    SpanWords,
    explained,
)
from civictracker.services.settings import load_settings

SHOWN_PARTS = 4  # more would not fit beside the index


def index_figures(
    session: Session, channels: Sequence[ChannelRow], spans: Sequence[Period], naming: WeekNaming,
    words: SpanWords,
) -> IndexFigures | None:  # fmt: skip
    """Of the last of ``spans``, and the line through all of them; None for an office that has no index."""
    settings = load_settings(session)
    if not settings.has_index or not channels:
        return None
    read = _Read(session, channels, spans, naming)
    weights = settings.index_weights
    names = tuple(catalogue.metric(code).name for code in weights)
    is_week = spans[-1].grain is Grain.WEEK and len(names) <= SHOWN_PARTS
    told = explained(
        "종합 지수의 가중치", spans[-1], "목표·돌파의 ‘종합 지수’에서 정한 가중치입니다.",
        FORMULAS["composite"].formula,
    )  # fmt: skip
    lines = tuple(read.line(row, words, shows_parts=is_week) for row in channels)
    return IndexFigures(names if is_week else (), weights_told(weights, ", "), told, lines)


class _Read:
    def __init__(
        self, session: Session, channels: Sequence[ChannelRow], spans: Sequence[Period], naming: WeekNaming
    ) -> None:
        self._spans, self._now, self._before = spans, spans[-1], spans[-1].shift(-1)
        grain, first = self._now.grain, min(spans[0].start, self._before.start)

        def load(grain: Grain) -> dict[int, dict[Period, Decimal]]:
            found = load_index(
                session, channels=channels, naming=naming, start=first, end=self._now.end, grain=grain
            )
            self._partial = {(each.channel.id, p.period) for each in found for p in each.points if p.partial}
            return {
                each.channel.id: {point.period: Decimal(point.value).scaleb(-1) for point in each.points}
                for each in found
            }

        self._weeks = {} if grain is Grain.WEEK else load(Grain.WEEK)
        self._values = load(grain)
        self._buckets = Buckets(grain, naming)
        self._of: dict[Period, dict[int, Composite]] = {}
        if grain is Grain.WEEK:
            ids = [row.id for row in channels]
            for week in (self._before, self._now):
                found = load_indexes(session, week=week, channel_ids=ids)
                self._of[week] = {each.channel.id: each.found for each in found}

    def line(self, row: ChannelRow, words: SpanWords, *, shows_parts: bool) -> IndexLine:
        name, values = row.label, self._values.get(row.id, {})
        this, last = values.get(self._now), values.get(self._before)
        change = None if this is None or last is None else this - last
        moved = f"{words.this} {this} − {words.last} {last}"
        if change is None:
            moved = f"{words.both} 지수가 다 있어야 견줍니다."
        of_week = self._of.get(self._now, {}).get(row.id)
        lacks = () if this is None else self._left_out(row.id, of_week)
        span = Period(self._spans[0].start, self._now.end)
        return IndexLine(
            name, row.id, row.is_sub,
            tuple(self._part(row, each) for each in of_week.components) if shows_parts and of_week else (),
            Figure(this, self._source(row, self._now, words.this), DOUBT if lacks else ""),
            Figure(last, self._source(row, self._before, words.last)),
            Figure(change, explained(f"{name} · 종합 지수 증감", self._now, moved)),
            tuple(values.get(each) for each in self._spans),
            explained(f"{name} · 종합 지수 추이", span, FORMULAS["composite"].formula),
            lacks,
        )  # fmt: skip

    def _left_out(self, channel: int, of_week: Composite | None) -> tuple[str, ...]:
        if of_week is not None:
            return tuple(catalogue.metric(code).name for code in of_week.left_out)
        return ("일부 주",) if (channel, self._now) in self._partial else ()

    def _part(self, row: ChannelRow, part: Component) -> Figure:
        metric = catalogue.metric(part.code)
        words = f"{row.label} · {metric.name} 지수"
        return Figure(part.index, Source(part.code, (row.id,), self._now, words, told=(part_told(part),)))

    def _source(self, row: ChannelRow, period: Period, what: str) -> Source:
        words = f"{row.label} · 종합 지수 {what}"
        found = self._of.get(period, {}).get(row.id)
        if found is not None:
            total = f"가중치로 평균하면 {found.value}점입니다." if found.value is not None else ""
            how = [*(part_told(each) for each in found.components), *([total] if total else [])]
            return explained(words, period, *how)
        weeks = [value for week, value in self._weeks.get(row.id, {}).items() if self._is_of(week, period)]
        if not weeks:
            return explained(words, period, "이 기간에는 낼 수 있는 지수가 없습니다.")
        told = f"주마다의 종합 지수 {len(weeks)}개({', '.join(map(str, weeks))})를 평균했습니다."
        return explained(words, period, told)

    def _is_of(self, week: Period, period: Period) -> bool:
        return self._buckets.of(week) == period


def part_told(part: Component) -> str:
    """``친구·구독 수 131,289 ÷ 앞 12주 평균 130,800.5 × 100 = 100.4 (가중치 40)``"""
    name = catalogue.metric(part.code).name
    if part.value is None:
        return f"{name}: 이 주의 값이 없어 가중치({part.weight})와 함께 뺐습니다."
    if part.index is None or part.usual is None:
        return f"{name}: 앞 {PAST}주의 값이 모자라 가중치({part.weight})와 함께 뺐습니다."
    usual = f"앞 {PAST}주 평균 {grouped(part.usual, 1)}"
    return f"{name} {grouped(part.value)} ÷ {usual} × 100 = {part.index} (가중치 {part.weight})"
