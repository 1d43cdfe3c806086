"""채널별 현황: a channel's figures of one span, and sums of channels of which some may be missing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from civictracker.domain.dates import label
from civictracker.domain.metrics import Kind, Reading, bucketed
from civictracker.domain.series import Slip, total
from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.services import catalogue, entry, figures
from civictracker.services.channels import ChannelRow
from civictracker.services.report_values import (
    ABOUT,
    DOUBT,
    OWN,
    SPANS,
    SUB,
    ChannelGroup,
    ChannelLine,
    Figure,
    Source,
    SpanWords,
    Tick,
    TrendLine,
)

LEVEL, POSTS, VIEWS = entry.COLUMNS
TREND_CHANNELS = 4


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of one channel; ``last`` is the friends of the span before, posts and views are sums."""

    channel: ChannelRow
    this: Reading | None
    last: Reading | None
    posts: int | None
    views: int | None
    since: int | None  # posts of the year so far

    def friends(self) -> tuple[int | None, int | None]:
        return (self.this.value if self.this else None), (self.last.value if self.last else None)


@dataclass(frozen=True, slots=True)
class About:
    """What the lines of one report share; ``year`` is what 누계 counts, ``slips`` the odd channels."""

    period: Period
    year: Period
    words: SpanWords
    carry: bool = False
    slips: frozenset[int] = frozenset()

    @property
    def before(self) -> Period:
        return self.period.shift(-1)


def groups_of(held: Sequence[Held], about: About) -> tuple[tuple[ChannelGroup, ...], ChannelLine]:
    """본청 and 읍면동, each with its sum, and the sum of all."""
    groups = []
    for name, is_sub in ((OWN, False), (SUB, True)):
        rows = [each for each in held if each.channel.is_sub is is_sub]
        if rows:
            lines = tuple(line_of(each.channel.label, name, [each], about) for each in rows)
            groups.append(ChannelGroup(name, lines, line_of("계", name, rows, about)))
    return tuple(groups), line_of("합 계", "", held, about)


def line_of(name: str, group: str, held: Sequence[Held], about: About) -> ChannelLine:
    """The sum of ``held``; a single channel is a sum of one."""
    ids = tuple(each.channel.id for each in held)
    pairs = [each.friends() for each in held]
    level = total(pairs, carry=about.carry)
    carried = level.carried if level else 0
    own_change = level is not None and not (carried and len(held) == 1)
    posts = [each.posts for each in held if each.posts is not None]
    doubt = DOUBT if about.slips.intersection(ids) or carried else ""
    rough = ABOUT if any(each.this is not None and each.this.approximate for each in held) else ""
    key = _Keys(name if group == "" or len(held) == 1 else f"{group} {name}", ids, about)
    this, last = about.words.this, about.words.last
    return ChannelLine(
        name=name, group=group, channel_ids=ids,
        this=Figure(level.value if level else None, key(LEVEL, this), doubt + rough),
        last=Figure(_sum(before for _, before in pairs), key(LEVEL, last, about.before)),
        change=Figure(level.change if level and own_change else None, key(LEVEL, "증감", base=True)),
        rate=Figure(level.rate if level and own_change else None, key(LEVEL, "증감률", base=True)),
        posts=Figure(_sum(posts), key(POSTS, this)),
        posts_year=Figure(_sum(each.since for each in held), key(POSTS, "누계", about.year)),
        views=Figure(_sum(each.views for each in held), key(VIEWS, this)),
        present=level.present if level else 0, expected=len(held),
        compared=level.compared if level else 0, carried=carried, posts_present=len(posts),
    )  # fmt: skip


def _sum(values: object) -> int | None:
    known = [value for value in values if value is not None]  # type: ignore[attr-defined]
    return sum(known) if known else None


class _Keys:
    """Makes the sources of one line."""

    def __init__(self, where: str, ids: tuple[int, ...], about: About) -> None:
        self._where, self._ids, self._about = where, ids, about

    def __call__(self, metric: str, what: str, period: Period | None = None, *, base: bool = False) -> Source:
        name = "친구·구독자" if metric == LEVEL else catalogue.metric(metric).name
        return Source(
            metric, self._ids, period or self._about.period, f"{self._where} · {name} {what}",
            self._about.before if base else None,
        )  # fmt: skip


def slip_lines(groups: Sequence[ChannelGroup], odd: Mapping[int, Slip]) -> list[tuple[ChannelLine, Slip]]:
    """The lines of the channels whose figure looks odd."""
    lines = {line.channel_ids[0]: line for group in groups for line in group.lines}
    return [(lines[channel], found) for channel, found in odd.items()]


# Weeks alone are added up by the driver: a year of 40 channels is 2,000 readings of which only sums are
# wanted. A channel that has anything but whole weeks (Monday to Sunday) is told of by its count.
_WEEKS = """
    SELECT channel_id, COUNT(*),
           SUM(strftime('%w', period_start) = '1' AND julianday(period_end) - julianday(period_start) = 6),
           SUM(CASE WHEN period_start BETWEEN ? AND ? THEN value END)
    FROM observation
    WHERE metric_id = ? AND period_end BETWEEN ? AND ? AND channel_id IN (SELECT value FROM json_each(?))
    GROUP BY channel_id
"""


def posts_since(session: Session, ids: Sequence[int], year: Period, naming: WeekNaming) -> dict[int, int]:
    """누계: the posts of each channel in ``year``, weeks counted in the year of their name."""
    metric = catalogue.metric(POSTS)
    last = Period.week(year.end)
    named = naming.name(last).year
    first = Period.week(date(named, 1, 1)).shift(-1)
    while naming.name(first).year < named:
        first = first.shift(1)
    rows = session.connection().exec_driver_sql(_WEEKS, (
        first.start.isoformat(), last.start.isoformat(), metric.id, year.start.isoformat(),
        year.end.isoformat(), json.dumps(list(ids)),
    )).fetchall()  # fmt: skip
    sums = {channel: value for channel, count, weeks, value in rows if count == weeks and value is not None}
    mixed = [channel for channel, count, weeks, _ in rows if count != weeks]
    return sums | _mixed_since(session, mixed, year, naming)


def _mixed_since(session: Session, ids: Sequence[int], year: Period, naming: WeekNaming) -> dict[int, int]:
    """As above for channels whose readings overlap or are of other sizes."""
    if not ids:
        return {}
    found = figures.readings_between(
        session, metric_ids=[catalogue.metric(POSTS).id], channel_ids=ids, start=year.start, end=year.end
    )
    named = Period.year(naming.name(Period.week(year.end)).year)
    sums: dict[int, int] = {}
    for (_, channel_id), readings in found.items():
        known = [reading for reading in readings if reading.period.end <= year.end]
        bucket = bucketed(known, Grain.YEAR, Kind.FLOW, naming).get(named)
        if bucket is not None:
            sums[channel_id] = bucket.value
    return sums


def trend_of(
    session: Session,
    channels: Mapping[int, ChannelRow],
    groups: Sequence[ChannelGroup],
    spans: Sequence[Period],
    naming: WeekNaming,
) -> tuple[TrendLine, ...]:
    """The office's largest channels (all channels' when it has none of its own), largest first."""
    lines = [line for line in groups[0].lines if line.this.value or line.last.value] if groups else []
    lines.sort(key=lambda line: -int(line.this.value or line.last.value or 0))
    chosen = [channels[line.channel_ids[0]] for line in lines[:TREND_CHANNELS]]
    return trend_lines(session, chosen, spans, naming, what=f"최근 {len(spans)}{SPANS[spans[0].grain]} 추이")


def trend_lines(
    session: Session, rows: Sequence[ChannelRow], spans: Sequence[Period], naming: WeekNaming, *, what: str
) -> tuple[TrendLine, ...]:
    """The friends of each channel of ``rows`` at the end of each of ``spans``; ``what`` names them all."""
    level, span = catalogue.metric(LEVEL), Period(spans[0].start, spans[-1].end)
    shorts = _short_names(rows)
    found = figures.readings_between(
        session, metric_ids=[level.id], channel_ids=[row.id for row in rows], start=span.start, end=span.end
    )
    trend = []
    for row in rows:
        readings = [r for r in found.get((level.id, row.id), []) if r.period.end in span]
        by_span = bucketed(readings, spans[0].grain, Kind.LEVEL, naming)
        values = tuple(by_span[each].value if each in by_span else None for each in spans)
        source = Source(LEVEL, (row.id,), span, f"{row.label} · {what}")
        trend.append(TrendLine(row.label, shorts[row.id], values, source))
    return tuple(trend)


def tick_of(period: Period, naming: WeekNaming) -> Tick:
    """How a span is called at a chart's foot."""
    year, full = f"{period.start.year}년", label(period, naming)
    if period.grain is Grain.YEAR:
        return Tick(year, "", full)
    if period.grain is Grain.WEEK:
        name = naming.name(period)
        return Tick(f"{name.nth}주", f"{name.month}월", name.full)
    return Tick(f"{period.start.month}월" if period.grain is Grain.MONTH else full.split(" ")[1], year, full)


def _short_names(rows: Sequence[ChannelRow]) -> dict[int, str]:
    platforms = [row.platform_name for row in rows]
    alone = {row.id: row.platform_name for row in rows if platforms.count(row.platform_name) == 1}
    return {row.id: alone.get(row.id, row.label).removesuffix(" 채널") for row in rows}
