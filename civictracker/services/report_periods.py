"""월간·분기·연간 보고의 숫자: as the week's, of a longer span, with its parts and the year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from civictracker.domain.dates import label, official
from civictracker.domain.metrics import Kind, Reading, bucketed
from civictracker.domain.series import Slip, slip, total
from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.services import catalogue, entry, figures
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.paper_forms import load_notes
from civictracker.services.report_head import load_head
from civictracker.services.report_index import index_figures
from civictracker.services.report_lines import (
    LEVEL,
    POSTS,
    VIEWS,
    About,
    Held,
    groups_of,
    slip_lines,
    tick_of,
    trend_of,
)
from civictracker.services.report_posts import post_lines, send_total, sent_of
from civictracker.services.report_values import (
    WORDS,
    Figure,
    PostLine,
    ReportFigures,
    Source,
    StepLine,
)
from civictracker.services.report_words import cautions, sentences

TITLES = {Grain.MONTH: "월간", Grain.QUARTER: "분기", Grain.YEAR: "연간"}
PAPERS = {Grain.MONTH: "monthly", Grain.QUARTER: "quarterly", Grain.YEAR: "yearly"}
_STEPS = {Grain.MONTH: Grain.WEEK, Grain.QUARTER: Grain.MONTH, Grain.YEAR: Grain.MONTH}
_TREND = {Grain.MONTH: 12, Grain.QUARTER: 8, Grain.YEAR: 5}


def period_figures(session: Session, *, period: Period, now: datetime) -> ReportFigures:
    """The report of a month, quarter or year as the data stands at ``now``."""
    head, grain = load_head(session, now=now), period.grain
    words, naming = WORDS[grain], head.naming
    channels = list_channels(session, open_in=(period.start, period.end))
    year = Period(Period.around(period.start, Grain.YEAR).start, period.end)
    about = About(period, year, words)
    read = Readings(session, channels, period, naming)
    held = [read.held(row, about) for row in channels]
    odd = _slips(held, entry.settled_slips(session))
    about = replace(about, slips=frozenset(odd))
    groups, everything = groups_of(held, about)
    posts = post_lines(session, period, now)
    done = sent_of(posts)
    sends = send_total(done, sent_of(post_lines(session, about.before, now, ())), period, words)
    spans = tuple(period.shift(step) for step in range(1 - _TREND[grain], 1))
    return ReportFigures(
        head=head,
        title=_title(head.report_title, grain),
        period=period,
        name=label(period, naming),
        range=_range(period, now.date()),
        next_range=label(period.shift(1), naming),
        year_start=year.start,
        carry_forward=False,
        words=words,
        groups=groups,
        total=everything,
        posts=posts,
        sends=sends,
        plan=post_lines(session, period.shift(1), now),
        ticks=tuple(tick_of(each, naming) for each in spans),
        trend=trend_of(session, {row.id: row for row in channels}, groups, spans, naming),
        notes=load_notes(session, paper=PAPERS[grain], key=period.code).get("notes", ()),
        warnings=cautions(groups, everything, slip_lines(groups, odd), carry=False, words=words),
        sentences=sentences(groups, everything, sends, words, read.year_ago(channels, period)),
        steps=tuple(read.steps(channels, period, done, now)),
        index=index_figures(session, channels, spans, naming, words),
    )


def _range(period: Period, today: date) -> str:
    """A span that is still running is told up to ``today``."""
    if period.start <= today < period.end:
        return f"{official(period.start)} ~ {official(today)} 현재"
    return f"{official(period.start)} ~ {official(period.end)}"


def _slips(held: Sequence[Held], settled: set[str]) -> dict[int, Slip]:
    """Levels ten times off against the span before, by channel, but for what a person found right."""
    right = {(key.split(":")[1], key.rsplit(":", 1)[1]) for key in settled if f":{LEVEL}:" in key}
    found = {}
    for each in held:
        this, last = each.friends()
        odd = slip(this, last) if this is not None and last is not None else None
        if odd is not None and (str(each.channel.id), str(this)) not in right:
            found[each.channel.id] = odd
    return found


def _title(weekly: str, grain: Grain) -> str:
    """The office's own title with 주간 replaced; before it where it says nothing of weeks."""
    name = TITLES[grain]
    return weekly.replace("주간", name, 1) if "주간" in weekly else f"{name} {weekly}"


class Readings:
    """Every figure that a report needs, read once: from a year before the span's start to its end."""

    def __init__(
        self, session: Session, channels: Sequence[ChannelRow], period: Period, naming: WeekNaming,
        *, grain: Grain | None = None,
    ) -> None:  # fmt: skip
        self._naming, self._grain = naming, grain or period.grain
        self._metrics = {code: catalogue.metric(code) for code in (LEVEL, POSTS, VIEWS)}
        self._raw = figures.readings_between(
            session, metric_ids=[each.id for each in self._metrics.values()],
            channel_ids=[row.id for row in channels], start=_a_year_before(period), end=period.end,
        )  # fmt: skip
        self._step = _STEPS.get(period.grain, Grain.MONTH)
        self._by: dict[tuple[str, int, Grain], Mapping[Period, Reading]] = {}

    def _of(self, code: str, channel: int, grain: Grain) -> Mapping[Period, Reading]:
        key = (code, channel, grain)
        if key not in self._by:
            metric = self._metrics[code]
            kind = Kind.LEVEL if code == LEVEL else Kind.FLOW
            raw = self._raw.get((metric.id, channel), [])
            self._by[key] = bucketed(raw, grain, kind, self._naming)
        return self._by[key]

    def value(self, code: str, channel: int, period: Period) -> int | None:
        reading = self._of(code, channel, period.grain).get(period)
        return None if reading is None else reading.value

    def last(self, code: str, channel: int) -> Reading | None:
        """The last figure of the grain asked for."""
        found = self._of(code, channel, self._grain)
        return found[max(found)] if found else None

    def held(self, row: ChannelRow, about: About) -> Held:
        level = self._of(LEVEL, row.id, self._grain)
        since = [
            reading.value
            for month, reading in self._of(POSTS, row.id, Grain.MONTH).items()
            if month in about.year
        ]
        posts, views = (self.value(code, row.id, about.period) for code in (POSTS, VIEWS))
        return Held(
            row, level.get(about.period), level.get(about.before), posts, views,
            sum(since) if since else posts,
        )  # fmt: skip

    def year_ago(self, channels: Sequence[ChannelRow], period: Period) -> tuple[Figure, Figure] | None:
        """증감 and 증감률 against a year before; a year's report says it as its own change already."""
        if period.grain is Grain.YEAR:
            return None
        before = period.a_year_ago()
        pairs = [(self.value(LEVEL, row.id, period), self.value(LEVEL, row.id, before)) for row in channels]
        found = total(pairs)
        source = Source(LEVEL, tuple(row.id for row in channels), period, "합계 · 전년 동기 대비", before)
        return Figure(found.change if found else None, source), Figure(found.rate if found else None, source)

    def steps(
        self, channels: Sequence[ChannelRow], period: Period, done: Sequence[PostLine], now: datetime
    ) -> list[StepLine]:
        """The weeks or months of ``period`` that have begun."""
        return [
            self.step(channels, step, done)
            for step in _steps(period, self._step, self._naming)
            if step.start <= now.date()
        ]

    def step(self, channels: Sequence[ChannelRow], step: Period, done: Sequence[PostLine]) -> StepLine:
        ids, name = tuple(row.id for row in channels), _step_name(step, self._naming)
        level = total(
            (self.value(LEVEL, each, step), self.value(LEVEL, each, step.shift(-1))) for each in ids
        )

        def source(metric: str, what: str, base: Period | None = None) -> Source:
            return Source(metric, ids, step, f"{name} · {what}", base)

        def flow(code: str, what: str) -> Figure:
            known = [v for each in ids if (v := self.value(code, each, step)) is not None]
            return Figure(sum(known) if known else None, source(code, what))

        sends = send_total([post for post in done if post.day in step], (), step, WORDS[step.grain])
        return StepLine(
            name, Figure(level.value if level else None, source(LEVEL, "친구·구독자")),
            Figure(level.change if level else None, source(LEVEL, "증감", step.shift(-1))),
            flow(POSTS, "게시물"), flow(VIEWS, "조회·열람"), sends.sent, sends.opened, sends.open_rate,
            level.present if level else 0, len(ids),
        )  # fmt: skip


def _a_year_before(period: Period) -> date:
    return period.start.replace(year=period.start.year - 1, day=1)


def _steps(period: Period, grain: Grain, naming: WeekNaming) -> list[Period]:
    """The parts of ``period``; a month has the weeks that are named after it."""
    step = Period.around(period.start, grain)
    if grain is Grain.WEEK:
        step = step.shift(-1)
    found = []
    while step.start <= period.end:
        name = naming.name(step) if grain is Grain.WEEK else None
        if name is None or (name.year, name.month) == (period.start.year, period.start.month):
            found.append(step)
        step = step.shift(1)
    return found


def _step_name(step: Period, naming: WeekNaming) -> str:
    return naming.name(step).short if step.grain is Grain.WEEK else f"{step.start.month}월"
