"""주간 보고의 숫자: everything the weekly report says, as values that know where they come from.

Totals follow ``domain.series.total``: a channel that was not entered is a gap and never a loss.
Figures are not formatted here (that is the papers' business), sentences are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from civictracker.domain.dates import label, short
from civictracker.domain.metrics import Kind, bucketed
from civictracker.domain.series import Slip, total
from civictracker.domain.weeks import Grain, Period, WeekNaming
from civictracker.services import catalogue, entry, figures
from civictracker.services.channels import ChannelRow
from civictracker.services.entry import EntryGrid, EntryRow
from civictracker.services.report_posts import post_lines, send_total
from civictracker.services.report_values import (
    ABOUT,
    DOUBT,
    OWN,
    SUB,
    Caution,
    ChannelGroup,
    ChannelLine,
    Figure,
    PostLine,
    SendTotal,
    Sentence,
    Source,
    TrendLine,
    WeeklyFigures,
)
from civictracker.services.report_words import cautions, sentences
from civictracker.services.settings import load_office, load_settings
from civictracker.store.tables import Channel

__all__ = [
    "OWN", "SUB", "Caution", "ChannelGroup", "ChannelLine", "Figure", "PostLine", "SendTotal", "Sentence",
    "Source", "TrendLine", "WeeklyFigures", "weekly_figures",
]  # fmt: skip

TREND_WEEKS = 12
_channel = Channel.__table__  # type: ignore[attr-defined]
_TREND_CHANNELS = 4
_LEVEL, _POSTS, _VIEWS = entry.COLUMNS


@dataclass(frozen=True, slots=True)
class _Week:
    """What the lines of one report share."""

    week: Period
    year: Period  # from 1 January of the year that the week's name says, to the week's end
    carry: bool
    slips: frozenset[int]

    @property
    def before(self) -> Period:
        return self.week.shift(-1)


def weekly_figures(session: Session, *, week: Period, now: datetime) -> WeeklyFigures:
    """The report of ``week`` as the data stands at ``now`` (the printed day of writing)."""
    settings, office = load_settings(session), load_office(session)
    naming = settings.naming
    grid = entry.load_grid(session, week=week)
    slips = [(row.channel, found) for row, code, found in grid.slips if code == _LEVEL]
    first = date(naming.name(week).year, 1, 1)
    about = _Week(
        week, Period(min(first, week.start), week.end), settings.carry_forward,
        frozenset(channel.id for channel, _ in slips),
    )  # fmt: skip
    groups, everything = _lines(grid, about, _posts_since(session, grid, about.year, naming))
    posts = post_lines(session, week, now)
    done = tuple(post for post in posts if post.sent.value is not None or post.opened.value is not None)
    weeks = tuple(week.shift(step) for step in range(1 - TREND_WEEKS, 1))
    sends = send_total(done, post_lines(session, about.before, now), week)
    return WeeklyFigures(
        office=office.name if office else "",
        department=office.department if office else "",
        writer=settings.writer,
        title=settings.report_title,
        week=week,
        week_name=label(week, naming),
        range=day_range(week),
        next_range=f"{short(week.shift(1).start)} ~ {short(week.shift(1).end)}",
        year_start=first,
        written=now.date(),
        approval=tuple(settings.approval),
        delegated=settings.delegated,
        carry_forward=settings.carry_forward,
        is_sample=settings.is_sample,
        groups=groups,
        total=everything,
        posts=posts,
        sends=sends,
        plan=post_lines(session, week.shift(1), now),
        trend_weeks=weeks,
        trend_names=tuple(naming.name(each) for each in weeks),
        trend=_trend(session, grid, groups, weeks, naming),
        notes=tuple(line for line in entry.load_week_note(session, week=week).splitlines() if line),
        warnings=cautions(groups, everything, _slip_lines(groups, slips), carry=settings.carry_forward),
        sentences=sentences(groups, everything, sends),
    )


def day_range(week: Period) -> str:
    """``2026. 11. 16.(월) ~ 11. 22.(일)``; the second year only where it differs."""
    start, end = week.start, week.end
    year = f"{end.year}. " if end.year != start.year else ""
    return f"{start.year}. {short(start)} ~ {year}{short(end)}"


# --- channels ---------------------------------------------------------------------------------


def _posts_since(session: Session, grid: EntryGrid, year: Period, naming: WeekNaming) -> dict[int, int]:
    """누계: the posts of each channel in ``year``, weeks counted in the year of their name."""
    metric = catalogue.metric(_POSTS)
    found = figures.readings_between(
        session, metric_ids=[metric.id], channel_ids=[row.channel.id for row in grid.rows],
        start=year.start, end=year.end,
    )  # fmt: skip
    named = Period.year(naming.name(Period.week(year.end)).year)
    sums: dict[int, int] = {}
    for (_, channel_id), readings in found.items():
        known = [reading for reading in readings if reading.period.end <= year.end]
        if all(reading.period.grain is Grain.WEEK for reading in known):  # weeks cannot overlap
            own = [r.value for r in known if naming.name(r.period).year == named.start.year]
            if own:
                sums[channel_id] = sum(own)
        elif (bucket := bucketed(known, Grain.YEAR, Kind.FLOW, naming).get(named)) is not None:
            sums[channel_id] = bucket.value
    return sums


def _lines(
    grid: EntryGrid, about: _Week, since: dict[int, int]
) -> tuple[tuple[ChannelGroup, ...], ChannelLine]:
    groups = []
    for name, is_sub in ((OWN, False), (SUB, True)):
        rows = [row for row in grid.rows if row.channel.is_sub is is_sub]
        if rows:
            lines = tuple(_line(row.channel.label, name, [row], about, since) for row in rows)
            groups.append(ChannelGroup(name, lines, _line("계", name, rows, about, since)))
    return tuple(groups), _line("합 계", "", list(grid.rows), about, since)


def _line(
    name: str, group: str, rows: Sequence[EntryRow], about: _Week, since: dict[int, int]
) -> ChannelLine:
    """The sum of ``rows``; a single channel is a sum of one."""
    ids = tuple(row.channel.id for row in rows)
    pairs = [_pair(row, about) for row in rows]
    level = total(pairs, carry=about.carry)
    carried = level.carried if level else 0
    lasts = [last for _, last in pairs if last is not None]
    own_change = level is not None and not (carried and len(rows) == 1)
    posts = [cell.this.value for row in rows if (cell := row.cells[_POSTS]).this is not None]
    views = [cell.this.value for row in rows if (cell := row.cells[_VIEWS]).this is not None]
    years = [since[each] for each in ids if each in since]
    doubt = DOUBT if about.slips.intersection(ids) or carried else ""
    rough = ABOUT if any(_is_rough(row) for row in rows) else ""
    where = name if group == "" or len(rows) == 1 else f"{group} {name}"
    key = _keys(where, ids, about)
    return ChannelLine(
        name=name, group=group, channel_ids=ids,
        this=Figure(level.value if level else None, key(_LEVEL, "금주"), doubt + rough),
        last=Figure(sum(lasts) if lasts else None, key(_LEVEL, "전주", about.before)),
        change=Figure(level.change if level and own_change else None, key(_LEVEL, "증감", base=True)),
        rate=Figure(level.rate if level and own_change else None, key(_LEVEL, "증감률", base=True)),
        posts=Figure(sum(posts) if posts else None, key(_POSTS, "금주")),
        posts_year=Figure(sum(years) if years else None, key(_POSTS, "누계", about.year)),
        views=Figure(sum(views) if views else None, key(_VIEWS, "금주")),
        present=level.present if level else 0, expected=len(rows),
        compared=level.compared if level else 0, carried=carried, posts_present=len(posts),
    )  # fmt: skip


def _pair(row: EntryRow, about: _Week) -> tuple[int | None, int | None]:
    """This week's and last week's friends; an older reading is not last week's."""
    cell = row.cells[_LEVEL]
    last = cell.last.value if cell.last and cell.last.period.end in about.before else None
    return (cell.this.value if cell.this else None), last


def _is_rough(row: EntryRow) -> bool:
    cell = row.cells[_LEVEL]
    return cell.this is not None and cell.this.approximate


class _keys:  # noqa: N801 (reads as a function: makes the sources of one line)
    def __init__(self, where: str, ids: tuple[int, ...], about: _Week) -> None:
        self._where, self._ids, self._about = where, ids, about

    def __call__(self, metric: str, what: str, period: Period | None = None, *, base: bool = False) -> Source:
        name = "친구·구독자" if metric == _LEVEL else catalogue.metric(metric).name
        return Source(
            metric, self._ids, period or self._about.week, f"{self._where} · {name} {what}",
            self._about.before if base else None,
        )  # fmt: skip


def _slip_lines(
    groups: Sequence[ChannelGroup], slips: Sequence[tuple[ChannelRow, Slip]]
) -> list[tuple[ChannelLine, Slip]]:
    lines = {line.channel_ids[0]: line for group in groups for line in group.lines}
    return [(lines[channel.id], found) for channel, found in slips]


def _trend(
    session: Session,
    grid: EntryGrid,
    groups: Sequence[ChannelGroup],
    weeks: Sequence[Period],
    naming: WeekNaming,
) -> tuple[TrendLine, ...]:
    """The office's largest channels (all channels' when it has none of its own), largest first."""
    lines = [line for line in groups[0].lines if line.this.value or line.last.value] if groups else []
    lines.sort(key=lambda line: -int(line.this.value or line.last.value or 0))
    level = catalogue.metric(_LEVEL)
    chosen = lines[:_TREND_CHANNELS]
    shorts = _short_names(grid, [line.channel_ids[0] for line in chosen])
    found = figures.readings_between(
        session, metric_ids=[level.id], channel_ids=[line.channel_ids[0] for line in chosen],
        start=weeks[0].start, end=weeks[-1].end,
    )  # fmt: skip
    span = Period(weeks[0].start, weeks[-1].end)
    trend = []
    for line in chosen:
        readings = found.get((level.id, line.channel_ids[0]), [])
        by_week = bucketed([r for r in readings if r.period.end in span], Grain.WEEK, Kind.LEVEL, naming)
        values = tuple(by_week[week].value if week in by_week else None for week in weeks)
        source = Source(_LEVEL, line.channel_ids, span, f"{line.name} · 최근 {len(weeks)}주 추이")
        trend.append(TrendLine(line.name, shorts[line.channel_ids[0]], values, source))
    return tuple(trend)


def _short_names(grid: EntryGrid, ids: Sequence[int]) -> dict[int, str]:
    rows = [row.channel for row in grid.rows if row.channel.id in ids]
    platforms = [row.platform_name for row in rows]
    alone = {row.id: row.platform_name for row in rows if platforms.count(row.platform_name) == 1}
    return {row.id: alone.get(row.id, row.label).removesuffix(" 채널") for row in rows}
