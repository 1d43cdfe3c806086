"""채널 현황표의 값: one channel through twelve months, with what was sent, aimed at and noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from civictracker.domain.dates import label
from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.figures import metrics_by_id
from civictracker.services.report_head import load_head
from civictracker.services.report_lines import About, groups_of, tick_of, trend_of
from civictracker.services.report_periods import Readings
from civictracker.services.report_posts import post_lines, sent_of
from civictracker.services.report_values import (
    WORDS,
    ChannelLine,
    Figure,
    Head,
    PostLine,
    StepLine,
    Tick,
    TrendLine,
)
from civictracker.store.tables import Goal, SeriesNote

MONTHS = 12


@dataclass(frozen=True, slots=True)
class GoalLine:
    metric: str
    target: int
    unit: str
    due: date | None
    note: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """``is_break``: from this day on something else is counted."""

    day: date
    text: str
    is_break: bool


@dataclass(frozen=True, slots=True)
class ChannelFigures:
    """``months`` are the twelve up to ``period``, oldest first; ``posts`` those of them with a result."""

    head: Head
    channel: ChannelRow
    period: Period
    name: str
    line: ChannelLine
    year_ago: tuple[Figure, Figure] | None
    months: tuple[StepLine, ...]
    month_names: tuple[str, ...]
    posts: tuple[PostLine, ...]
    ticks: tuple[Tick, ...]
    trend: tuple[TrendLine, ...]
    goals: tuple[GoalLine, ...]
    notes: tuple[NoteLine, ...]


def channel_figures(session: Session, *, channel_id: int, period: Period, now: datetime) -> ChannelFigures:
    """The sheet of a channel as of the month ``period``. Raises InputError when there is no such channel."""
    row = next((each for each in list_channels(session) if each.id == channel_id), None)
    if row is None:
        raise InputError("그 채널이 없습니다.")
    head = load_head(session, now=now)
    months = tuple(period.shift(step) for step in range(1 - MONTHS, 1))
    span = Period(months[0].start, period.end)
    read = Readings(session, [row], period, head.naming)
    about = About(period, Period(date(period.start.year, 1, 1), period.end), WORDS[period.grain])
    groups, _ = groups_of([read.held(row, about)], about)
    posts = [p for p in post_lines(session, span, now) if channel_id in p.sent.source.channel_ids]
    done = sent_of(posts)
    return ChannelFigures(
        head=head, channel=row, period=period, name=label(period, head.naming), line=groups[0].lines[0],
        year_ago=read.year_ago([row], period),
        months=tuple(read.step([row], month, done) for month in months),
        month_names=tuple(f"{month.start.year}. {month.start.month}." for month in months),
        posts=done, ticks=tuple(tick_of(month, head.naming) for month in months),
        trend=trend_of(session, {row.id: row}, groups, months, head.naming),
        goals=tuple(goals_of(session, channel_id)), notes=tuple(_notes(session, channel_id, span)),
    )  # fmt: skip


def goals_of(session: Session, channel_id: int) -> list[GoalLine]:
    known = metrics_by_id(session)
    goals = session.exec(select(Goal).where(Goal.channel_id == channel_id).order_by(col(Goal.due)))
    return [
        GoalLine(known[each.metric_id].name, each.target, known[each.metric_id].unit, each.due, each.note)
        for each in goals
        if each.metric_id in known
    ]


def _notes(session: Session, channel_id: int, span: Period) -> list[NoteLine]:
    found = session.exec(
        select(SeriesNote)
        .where((col(SeriesNote.channel_id) == channel_id) | col(SeriesNote.channel_id).is_(None))
        .where(SeriesNote.day >= span.start, SeriesNote.day <= span.end)
        .order_by(col(SeriesNote.day), col(SeriesNote.id))
    )
    return [NoteLine(each.day, each.text, each.kind == "break") for each in found]
