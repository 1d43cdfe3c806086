"""인수인계서의 값: what the next keeper must know, as the data stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select

from civictracker.domain.weeks import Grain, Period
from civictracker.services.calendar import SeriesRow, list_series
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.report_channel import GoalLine, goals_of
from civictracker.services.report_head import load_head
from civictracker.services.report_lines import LEVEL
from civictracker.services.report_periods import Readings
from civictracker.services.report_posts import post_lines
from civictracker.services.report_values import Figure, Head, PostLine, Source
from civictracker.services.settings import load_settings
from civictracker.services.stocktaking import Stock, take_stock
from civictracker.store.tables import Form, ImportBatch, Log

_COMING = timedelta(days=27)


@dataclass(frozen=True, slots=True)
class KeptChannel:
    """A channel and its last week that has a figure, if any in the last year."""

    row: ChannelRow
    level: Figure
    last: Period | None


@dataclass(frozen=True, slots=True)
class HandoverFigures:
    """``open_posts`` have passed without anybody saying what became of them."""

    head: Head
    channels: tuple[KeptChannel, ...]
    series: tuple[SeriesRow, ...]
    names: dict[int, str]
    coming: tuple[PostLine, ...]
    open_posts: tuple[PostLine, ...]
    goals: tuple[tuple[str, GoalLine], ...]
    forms: tuple[str, ...]
    imports: int
    stock: Stock
    last_entry: datetime | None
    backup_folder: str
    holidays_checked: int


def handover_figures(session: Session, *, now: datetime) -> HandoverFigures:
    head, settings = load_head(session, now=now), load_settings(session)
    today = now.date()
    rows = [row for row in list_channels(session) if row.closed is None or row.closed >= today]
    coming = post_lines(session, Period(today, today + _COMING), now)
    before = post_lines(session, Period(today - _COMING, today - timedelta(days=1)), now)
    return HandoverFigures(
        head=head,
        channels=tuple(_kept(session, rows, today, head)),
        series=tuple(list_series(session)),
        names={row.id: row.label.removesuffix(" 채널") for row in rows},
        coming=coming,
        open_posts=tuple(post for post in before if not post.is_done),
        goals=tuple((row.label, goal) for row in rows for goal in goals_of(session, row.id)),
        forms=tuple(session.exec(select(Form.name).order_by(col(Form.name)))),
        imports=session.exec(select(func.count()).select_from(ImportBatch)).one(),
        stock=take_stock(session),
        last_entry=session.exec(select(func.max(Log.at))).one(),
        backup_folder=settings.backup_folder,
        holidays_checked=settings.holidays_checked,
    )


def _kept(session: Session, rows: list[ChannelRow], today: date, head: Head) -> list[KeptChannel]:
    week = Period.week(today)
    span = Period(week.shift(-52).start, week.end)
    read = Readings(session, rows, span, head.naming, grain=Grain.WEEK)
    found = []
    for row in rows:
        last = read.last(LEVEL, row.id)
        source = Source(LEVEL, (row.id,), last.period if last else week, f"{row.label} · 친구·구독자")
        found.append(
            KeptChannel(row, Figure(last.value if last else None, source), last.period if last else None)
        )
    return found
