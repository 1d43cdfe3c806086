"""캠페인 결과의 값: what the channels and the figures from outside did before, during and a year ago."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session

from civictracker.domain.campaigns import Span
from civictracker.domain.dates import label, official_weekday
from civictracker.domain.weeks import Period, WeekNaming
from civictracker.errors import InputError
from civictracker.services.campaigns import (
    CampaignView,
    ChannelEffect,
    Outside,
    list_campaigns,
    load_campaign,
)
from civictracker.services.channels import ChannelRow
from civictracker.services.report_head import load_head
from civictracker.services.report_lines import LEVEL, TREND_CHANNELS, tick_of, trend_lines
from civictracker.services.report_posts import post_lines, send_total, sent_of
from civictracker.services.report_values import (
    Figure,
    Head,
    PostLine,
    SendTotal,
    Source,
    SpanWords,
    Tick,
    TrendLine,
    explained,
)
from civictracker.services.weekly import week_number, week_of

_MOST_WEEKS = 30  # of a chart; a longer campaign is drawn by months
_STALE = 2  # weeks by which a level may be older than the week it stands for (domain.campaigns.span)
_WORDS = SpanWords("기간 중", "앞선 기간", "")


@dataclass(frozen=True, slots=True)
class SpanFigures:
    """A level before and at the end of a span, and what it changed by."""

    first: Figure
    last: Figure
    change: Figure
    rate: Figure


@dataclass(frozen=True, slots=True)
class EffectLine:
    """A channel, or the sum of the ``compared`` ones that have figures at both ends."""

    name: str
    during: SpanFigures
    before: SpanFigures
    year_ago: SpanFigures
    compared: int = 1


@dataclass(frozen=True, slots=True)
class OutsideLine:
    """A figure from outside; ``against`` is the span that it is compared with, if any."""

    name: str
    when: str
    against: str
    unit: str
    decimals: int
    value: Figure
    change: Figure
    rate: Figure


@dataclass(frozen=True, slots=True)
class CampaignFigures:
    """``others`` is the median growth rate of channels that the campaign did not touch, in percent."""

    head: Head
    view: CampaignView
    days: str
    channels: tuple[ChannelRow, ...]
    lines: tuple[EffectLine, ...]
    total: EffectLine
    others: Figure
    n_others: int
    outside: tuple[OutsideLine, ...]
    posts: tuple[PostLine, ...]
    sends: SendTotal
    spans: tuple[Period, ...]
    ticks: tuple[Tick, ...]
    trend: tuple[TrendLine, ...]


def campaign_figures(session: Session, *, now: datetime, campaign_id: int | None = None) -> CampaignFigures:
    """The campaign, or the newest. Raises InputError when there is none."""
    if campaign_id is None:
        known = list_campaigns(session)
        if not known:
            raise InputError("적어 둔 캠페인이 없습니다.", "캠페인에서 먼저 적어 주세요.")
        campaign_id = known[0][0]
    view = load_campaign(session, campaign_id=campaign_id, today=now.date())
    head = load_head(session, now=now)
    span = Period(view.starts, max(view.starts, min(view.ends or now.date(), now.date())))
    weeks = _Weeks(span)
    lines = tuple(_line(each, weeks) for each in view.channels)
    posts = _touching(post_lines(session, span, now), view)
    done = sent_of(posts)
    spans = weeks.spans()
    rows = tuple(each.channel for each in view.channels)
    largest = sorted(view.channels, key=lambda each: -(each.effect.during.last or 0))[:TREND_CHANNELS]
    others = view.channels[0].effect if view.channels else None
    what = f"캠페인이 없던 {others.n_others if others else 0}개 채널의 기간 중 증감률의 중앙값"
    return CampaignFigures(
        head=head, view=view, days=_days(view), channels=rows, lines=lines, total=_sum(lines, weeks, rows),
        others=Figure(others.others if others else None, explained(what, span, what)),
        n_others=others.n_others if others else 0, outside=tuple(_outside(view.outside, head.naming)),
        posts=posts, sends=send_total(done, (), span, _WORDS), spans=spans,
        ticks=tuple(tick_of(each, head.naming) for each in spans),
        trend=trend_lines(session, [each.channel for each in largest], spans, head.naming, what="추이"),
    )  # fmt: skip


def _days(view: CampaignView) -> str:
    if view.ends is None:
        return f"{official_weekday(view.starts)} ~ 진행 중"
    days = (view.ends - view.starts).days + 1
    return f"{official_weekday(view.starts)} ~ {official_weekday(view.ends)} ({days}일간)"


def _touching(posts: Sequence[PostLine], view: CampaignView) -> tuple[PostLine, ...]:
    """Those that went to one of the campaign's channels; all where it has chosen none."""
    chosen = set(view.channel_ids)
    return tuple(post for post in posts if not chosen or chosen.intersection(post.sent.source.channel_ids))


class _Weeks:
    """The weeks that are compared, as :func:`load_campaign` has them."""

    def __init__(self, span: Period) -> None:
        self.first = week_number(span.start)
        self.last = max(self.first, week_number(span.end))
        self.length = self.last - self.first + 1

    def spans(self) -> tuple[Period, ...]:
        """The points of the chart: as long before as during."""
        first, last = week_of(self.first - self.length), week_of(self.last)
        if 2 * self.length <= _MOST_WEEKS:
            return tuple(first.shift(step) for step in range(2 * self.length))
        month, found = Period.month(first.start.year, first.start.month), []
        while month.start <= last.end:
            found.append(month)
            month = month.shift(1)
        return tuple(found[-36:])

    def figures(self, span: Span, ids: tuple[int, ...], name: str, first: int, last: int) -> SpanFigures:
        """``first`` and ``last`` are the weeks whose levels ``span`` holds."""
        end, base = _around(last), _around(first)

        def of(value: int | Decimal | None, what: str, period: Period, other: Period | None = None) -> Figure:
            return Figure(value, Source(LEVEL, ids, period, f"{name} · {what}", other))

        return SpanFigures(
            of(span.first, "시작 전", base), of(span.last, "마지막", end),
            of(span.change, "증감", end, base), of(span.rate, "증감률", end, base),
        )  # fmt: skip

    def three(self, name: str, ids: tuple[int, ...], during: Span, before: Span, year: Span) -> EffectLine:
        first, last, length = self.first, self.last, self.length
        return EffectLine(
            name,
            self.figures(during, ids, f"{name} · 캠페인 기간", first - 1, last),
            self.figures(before, ids, f"{name} · 앞선 같은 기간", first - length - 1, first - 1),
            self.figures(year, ids, f"{name} · 전년 동기", first - 53, last - 52),
        )


def _around(week: int) -> Period:
    """Where the level of ``week`` may have been read."""
    return Period(week_of(week - _STALE).start, week_of(week).end)


def _line(each: ChannelEffect, weeks: _Weeks) -> EffectLine:
    found = each.effect
    return weeks.three(each.channel.label, (each.channel.id,), found.during, found.before, found.year_ago)


def _sum(lines: Sequence[EffectLine], weeks: _Weeks, rows: Sequence[ChannelRow]) -> EffectLine:
    """Over the channels that have both figures of a span: what one lacks is no loss."""
    ids = tuple(row.id for row in rows)
    made = weeks.three(
        "합계", ids, _added([line.during for line in lines]), _added([line.before for line in lines]),
        _added([line.year_ago for line in lines]),
    )  # fmt: skip
    compared = sum(line.during.change.value is not None for line in lines)
    return EffectLine(made.name, made.during, made.before, made.year_ago, compared)


def _added(spans: Sequence[SpanFigures]) -> Span:
    known = [each for each in spans if each.change.value is not None]
    if not known:
        return Span(None, None)
    return Span(
        sum(int(each.first.value or 0) for each in known), sum(int(each.last.value or 0) for each in known)
    )


def _outside(found: Sequence[Outside], naming: WeekNaming) -> list[OutsideLine]:
    lines: list[OutsideLine] = []
    for each in found:
        when = label(each.period, naming)
        last = lines[-1].when if lines and lines[-1].name == each.name else ""
        source = explained(f"{each.name} {when}", each.period, "캠페인에 적어 둔 바깥의 수입니다.")
        how = f"{last}의 수와 견준 것입니다." if last else "견줄 앞 기간이 없습니다."
        moved = explained(f"{each.name} {when} 증감", each.period, how)
        exponent = each.value.as_tuple().exponent
        lines.append(OutsideLine(
            each.name, when, last, each.unit, max(0, -int(exponent)),
            Figure(each.value, source), Figure(each.change, moved), Figure(each.rate, moved),
        ))  # fmt: skip
    return lines
