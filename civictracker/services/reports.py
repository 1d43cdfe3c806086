"""주간 보고의 숫자: everything the weekly report says, as values that know where they come from.

Totals follow ``domain.series.total``: a channel that was not entered is a gap and never a loss.
Figures are not formatted here (that is the papers' business), sentences are.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from civictracker.domain.dates import label, short
from civictracker.domain.weeks import Grain, Period
from civictracker.services import entry
from civictracker.services.entry import EntryCell, EntryRow
from civictracker.services.report_head import load_head
from civictracker.services.report_index import index_figures
from civictracker.services.report_lines import (
    LEVEL,
    POSTS,
    VIEWS,
    About,
    Held,
    groups_of,
    posts_since,
    slip_lines,
    tick_of,
    trend_of,
)
from civictracker.services.report_posts import post_lines, send_total, sent_of, untouched_posts
from civictracker.services.report_values import WORDS, ReportFigures
from civictracker.services.report_words import cautions, sentences
from civictracker.services.settings import load_settings

TREND_WEEKS = 12


def weekly_figures(session: Session, *, week: Period, now: datetime) -> ReportFigures:
    """The report of ``week`` as the data stands at ``now`` (the printed day of writing)."""
    head, carry = load_head(session, now=now), load_settings(session).carry_forward
    naming, words = head.naming, WORDS[Grain.WEEK]
    grid = entry.load_grid(session, week=week)
    slips = {row.channel.id: found for row, code, found in grid.slips if code == LEVEL}
    first = date(naming.name(week).year, 1, 1)
    about = About(
        week, Period(min(first, week.start), week.end), words, carry,
        frozenset(slips),
    )  # fmt: skip
    channels = {row.channel.id: row.channel for row in grid.rows}
    since = posts_since(session, list(channels), about.year, naming)
    groups, everything = groups_of([_held(row, about, since) for row in grid.rows], about)
    untouched = untouched_posts(session, start=week.start, end=week.shift(1).end)
    posts = post_lines(session, week, now, untouched)
    weeks = tuple(week.shift(step) for step in range(1 - TREND_WEEKS, 1))
    sends = send_total(sent_of(posts), post_lines(session, about.before, now, ()), week, words)
    return ReportFigures(
        head=head,
        title=head.report_title,
        period=week,
        name=label(week, naming),
        range=day_range(week),
        next_range=f"{short(week.shift(1).start)} ~ {short(week.shift(1).end)}",
        year_start=first,
        carry_forward=carry,
        words=words,
        groups=groups,
        total=everything,
        posts=posts,
        sends=sends,
        plan=post_lines(session, week.shift(1), now, untouched),
        ticks=tuple(tick_of(each, naming) for each in weeks),
        trend=trend_of(session, channels, groups, weeks, naming),
        notes=tuple(line for line in entry.load_week_note(session, week=week).splitlines() if line),
        warnings=cautions(groups, everything, slip_lines(groups, slips), carry=carry, words=words),
        sentences=sentences(groups, everything, sends, words),
        index=index_figures(session, list(channels.values()), weeks, naming, words),
    )


def day_range(period: Period) -> str:
    """``2026. 11. 16.(월) ~ 11. 22.(일)``; the second year only where it differs."""
    start, end = period.start, period.end
    year = f"{end.year}. " if end.year != start.year else ""
    return f"{start.year}. {short(start)} ~ {year}{short(end)}"


def _held(row: EntryRow, about: About, since: dict[int, int]) -> Held:
    """This week's and last week's friends; an older reading is not last week's."""
    cell = row.cells[LEVEL]
    last = cell.last if cell.last and cell.last.period.end in about.before else None
    return Held(
        row.channel, cell.this, last, _flow(row.cells[POSTS]), _flow(row.cells[VIEWS]),
        since.get(row.channel.id),
    )  # fmt: skip


def _flow(cell: EntryCell) -> int | None:
    return cell.this.value if cell.this else None
