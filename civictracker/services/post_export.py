"""게시 일정 to take along: the values behind .ics, the plan on paper and the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from civictracker.domain import recurrence
from civictracker.domain.posting import Status
from civictracker.services.calendar import REACH, PostView, SeriesRow, list_posts, list_series, load_schedule
from civictracker.services.channels import list_channels
from civictracker.services.settings import load_office, load_settings


@dataclass(frozen=True, slots=True)
class SeriesExport:
    """``days`` by the rule, first to last; ``changed`` are those that went elsewhere or were written by
    hand, ``dropped`` those that are not sent at all."""

    row: SeriesRow
    days: tuple[date, ...]
    changed: tuple[PostView, ...]
    dropped: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class CalendarExport:
    series: tuple[SeriesExport, ...]
    single: tuple[PostView, ...]
    names: dict[int, str]


def calendar_export(session: Session, *, start: date, end: date) -> CalendarExport:
    """Everything that stands within ``start`` to ``end``, by its rule or in fact."""
    posts = list_posts(session, start=start - REACH, end=end + REACH)
    made, taken = [], set()
    for row in list_series(session):
        own = {post.original: post for post in posts if post.key.series_id == row.id}
        days = _days(row, own, start, end)
        on_rule = {day: own[day] for day in days if day in own}
        taken |= {post.key for post in on_rule.values()}
        dropped = [day for day in days if day not in own or own[day].status is Status.SKIPPED]
        changed = [post for day, post in on_rule.items()
                   if day not in dropped and (post.key.post_id or post.is_moved)]  # fmt: skip
        if days:
            made.append(SeriesExport(row, tuple(days), tuple(changed), tuple(dropped)))
    single = [
        post for post in posts
        if post.key not in taken and post.status is not Status.SKIPPED and start <= post.day <= end
        and (post.key.post_id is not None)
    ]  # fmt: skip
    return CalendarExport(tuple(made), tuple(single), channel_names(session))


def _days(row: SeriesRow, own: dict[date | None, PostView], start: date, end: date) -> list[date]:
    """By the rule, from the first to the last that stands within the span by its rule or in fact."""
    rule = recurrence.parse_rule(row.rule)
    days = recurrence.occurrences(rule, row.starts, start - REACH, end + REACH)
    inside = [day for day in days if start <= day <= end or (day in own and start <= own[day].day <= end)]
    return [day for day in days if inside and inside[0] <= day <= inside[-1]]


def channel_names(session: Session) -> dict[int, str]:
    return {row.id: row.label.removesuffix(" 채널") for row in list_channels(session)}


@dataclass(frozen=True, slots=True)
class Plan:
    """A week or month as the paper shows it."""

    office: str
    department: str
    writer: str
    is_sample: bool
    start: date
    end: date
    posts: tuple[PostView, ...]
    holidays: dict[date, str]
    uncertain: tuple[int, ...]
    names: dict[int, str]
    written: date


def plan_values(session: Session, *, start: date, end: date, written: date) -> Plan:
    office, settings = load_office(session), load_settings(session)
    schedule = load_schedule(session, start=start, end=end)
    return Plan(
        office.name if office else "", office.department if office else "", settings.writer,
        settings.is_sample, start, end, schedule.posts, schedule.holidays, schedule.uncertain,
        channel_names(session), written,
    )  # fmt: skip
