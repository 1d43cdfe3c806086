"""게시 일정, read: what was posted and what is planned in a span of days.

A series has no rows for its occurrences. They follow from its rule, and only one that a person touched
(moved, wrote, sent, skipped) is a row, tied to the series by its original day, as RECURRENCE-ID does it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, or_, select
from sqlmodel import Session

from civictracker.domain import recurrence
from civictracker.domain.hangul import matches
from civictracker.domain.holidays import Policy, WorkCalendar, place
from civictracker.domain.posting import COUNTS, Caution, Counts, Kind, Status, content_warnings, subject_of
from civictracker.domain.weeks import WeekNaming
from civictracker.services.holidays import load_calendar
from civictracker.services.settings import load_settings
from civictracker.store.database import core
from civictracker.store.tables import Campaign, Post, PostChannel, PostSeries, SendResult, Slide

_post, _link, _slide = core(Post), core(PostChannel), core(Slide)
_result, _series = core(SendResult), core(PostSeries)
REACH = timedelta(days=31)  # how far a holiday or a hand may have moved what is looked for by its rule


class PostKey(NamedTuple):
    """Which post: a row, or an occurrence that has none yet."""

    post_id: int | None
    series_id: int | None = None
    original: date | None = None


@dataclass(frozen=True, slots=True)
class PostView:
    """A post as lists and calendars show it. ``warnings`` are told worst first."""

    key: PostKey
    day: date
    time: str
    subject: str
    status: Status
    kind: Kind
    audience: str
    owner: str
    link: str
    channels: tuple[int, ...]
    original: date | None
    moved_because: str
    series_name: str
    slides: int
    without_alt: int
    counts: Counts
    warnings: tuple[Caution, ...] = ()

    @property
    def is_moved(self) -> bool:
        return self.original is not None and self.original != self.day

    def is_overdue(self, now: datetime) -> bool:
        """Its moment has passed and nobody has said what became of it."""
        if not self.status.is_open:
            return False
        today = now.date()
        return self.day < today if self.day != today else (self.time or "23:59") < f"{now:%H:%M}"


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series as stored; ``channels`` are ids."""

    id: int
    name: str
    title: str
    rule: str
    starts: date
    time: str
    policy: Policy
    audience: str
    kind: Kind
    status: Status
    channels: tuple[int, ...]
    first_number: int
    note: str

    @property
    def words(self) -> str:
        """``매주 금요일 15:00``"""
        return f"{recurrence.describe(recurrence.parse_rule(self.rule))} {self.time}".strip()


@dataclass(frozen=True, slots=True)
class Band:
    """A campaign that touches the days shown."""

    name: str
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Everything in a span. ``uncertain`` are years of it whose holidays nobody has confirmed."""

    start: date
    end: date
    posts: tuple[PostView, ...]
    holidays: dict[date, str]
    bands: tuple[Band, ...]
    uncertain: tuple[int, ...]


def load_schedule(
    session: Session, *, start: date, end: date, channel_ids: Sequence[int] = (), text: str = ""
) -> Schedule:
    """What stands in the calendar from ``start`` to ``end``; empty ``channel_ids`` means all."""
    calendar = load_calendar(session)
    posts = list_posts(session, start=start, end=end, calendar=calendar)
    if channel_ids:
        wanted = set(channel_ids)
        posts = [post for post in posts if wanted.intersection(post.channels)]
    if text.strip():
        posts = [post for post in posts if found_by(post, text)]
    days = (start + timedelta(days=step) for step in range((end - start).days + 1))
    return Schedule(
        start, end, tuple(posts),
        {day: name for day in days if (name := calendar.holiday(day))},
        tuple(_bands(session, start, end)),
        tuple(year for year in range(start.year, end.year + 1) if not calendar.is_certain(year)),
    )  # fmt: skip


def found_by(post: PostView, text: str) -> bool:
    return any(matches(each, text) for each in (post.subject, post.audience, post.owner, post.series_name))


def list_posts(
    session: Session, *, start: date, end: date, calendar: WorkCalendar | None = None,
    open_only: bool = False,
) -> list[PostView]:  # fmt: skip
    """Stored posts and untouched occurrences within the days, in order of time, with their warnings.

    ``open_only`` leaves out what is done or skipped, and with it what only such a neighbour warns of.
    """
    calendar = calendar or load_calendar(session)
    series = {row.id: row for row in list_series(session)}
    within = and_(_post.c.planned >= start, _post.c.planned <= end)
    if open_only:
        within = and_(within, _post.c.status.not_in((Status.DONE.value, Status.SKIPPED.value)))
    found = [
        *_stored(session, series, within),
        *_coming(session, series, start, end, calendar),
    ]
    found.sort(key=lambda post: (post.day, post.time, post.key.post_id or 0, post.subject))
    return _warned(found, calendar)


def list_sent(
    session: Session, *, start: date, end: date, ids: Collection[int] | None = None
) -> list[PostView]:
    """Posts of the days with something known of what came of them, without their neighbours' warnings;
    of these only ``ids``, where they are told."""
    series = {row.id: row for row in list_series(session)}
    which = _post.c.id.in_(select(_result.c.post_id)) if ids is None else _post.c.id.in_(ids)
    within = and_(_post.c.planned >= start, _post.c.planned <= end, which)
    return sorted(_stored(session, series, within), key=lambda post: (post.day, post.time))


# --- series -----------------------------------------------------------------------------------


def list_series(session: Session) -> list[SeriesRow]:
    rows = session.execute(select(_series).order_by(_series.c.id)).all()
    return [series_row(row) for row in rows]


def series_row(row: Any) -> SeriesRow:
    return SeriesRow(
        row.id, row.name or row.title, row.title, row.rule, row.starts, row.time, Policy(row.policy),
        row.audience, Kind(row.kind), Status(row.status), tuple(json.loads(row.channel_ids)),
        row.first_number, row.note,
    )  # fmt: skip


def _coming(
    session: Session, series: dict[int, SeriesRow], start: date, end: date, calendar: WorkCalendar
) -> Iterator[PostView]:
    """Occurrences that nobody has touched."""
    if not series:
        return
    naming = load_settings(session).naming
    touched: dict[int, dict[date, str]] = defaultdict(dict)
    by_rule = [row.id for row in series.values() if row.policy is Policy.SKIP]
    query = select(_post.c.series_id, _post.c.original, _post.c.status).where(
        _post.c.series_id.is_not(None), _post.c.original <= end + REACH,
        or_(
            _post.c.original >= start - REACH, _post.c.status == Status.SKIPPED.value,
            _post.c.series_id.in_(by_rule),
        ),
    )  # fmt: skip
    for series_id, original, status in session.execute(query):
        touched[series_id][original] = status
    span = _Span(start, end, calendar, naming)
    for row in series.values():
        yield from _occurrences_of(row, span, touched[row.id])


@dataclass(frozen=True, slots=True)
class _Span:
    """What the occurrences of every series are looked for with."""

    start: date
    end: date
    calendar: WorkCalendar
    naming: WeekNaming


def _occurrences_of(row: SeriesRow, span: _Span, touched: Mapping[date, str]) -> Iterator[PostView]:
    rule = recurrence.parse_rule(row.rule)
    days = recurrence.occurrences(rule, row.starts, span.start - REACH, span.end + REACH)
    number = number_before(row, days[0], span.calendar, touched) if days and numbered(row) else 0
    for day in days:
        placed = place(day, row.policy, span.calendar, weekend_meant=rule.names_weekend)
        status = touched.get(day)
        number += (placed.day is not None) if status is None else status != Status.SKIPPED
        if status is not None or placed.day is None or not span.start <= placed.day <= span.end:
            continue
        yield PostView(
            PostKey(None, row.id, day), placed.day, row.time,
            subject_of(row.title, day, number, span.naming), row.status, row.kind,
            row.audience, "", "", row.channels, day, placed.because, row.name, 0, 0, Counts(),
        )  # fmt: skip


def numbered(row: SeriesRow) -> bool:
    return "{n}" in row.title or "{호}" in row.title


def number_of(session: Session, row: SeriesRow, day: date, calendar: WorkCalendar) -> int:
    """The 호 of the issue of ``day``; 0 for a series that has none."""
    if not numbered(row):
        return 0
    query = select(_post.c.original, _post.c.status).where(
        _post.c.series_id == row.id, _post.c.original < day
    )
    touched = {each.original: each.status for each in session.execute(query)}
    return number_before(row, day, calendar, touched) + 1


def number_before(row: SeriesRow, day: date, calendar: WorkCalendar, touched: Mapping[date, str]) -> int:
    """The 호 that the last issue before ``day`` bore: what is skipped, by hand or rule, takes no number.

    ``touched`` holds the status of its rows by their original days: all that were skipped, and all
    whatsoever where holidays are skipped by rule.
    """
    rule = recurrence.parse_rule(row.rule)
    skipped = {each for each, status in touched.items() if each < day and status == Status.SKIPPED.value}
    if row.policy is not Policy.SKIP:
        on_rule = recurrence.occurrences(rule, row.starts, min(skipped), max(skipped)) if skipped else ()
        count = recurrence.count_before(rule, row.starts, day)
        return row.first_number - 1 + count - len(skipped.intersection(on_rule))
    why = calendar.holiday if rule.names_weekend else calendar.why_closed
    return (
        row.first_number
        - 1
        + sum(
            each not in skipped and (each in touched or not why(each))
            for each in recurrence.days_before(rule, row.starts, day)
        )
    )


# --- stored posts -----------------------------------------------------------------------------


def _stored(session: Session, series: dict[int, SeriesRow], within: Any) -> Iterator[PostView]:
    rows = session.execute(select(*_SHOWN).where(within)).all()
    if not rows:
        return
    channels = _channels(session, within)
    slides = _slides(session, within)
    results = _counts(session, within)
    for each in rows:
        (post_id, series_id, original, day, time, subject, status, kind, audience, owner, link, because,
         body) = each  # fmt: skip
        of = series.get(series_id)
        ids = tuple(channels.get(post_id, ()))
        count, without = slides.get(post_id, (0, 0))
        warnings = content_warnings(
            kind=kind, time=time, subject=subject, body=body, slides=count, without_alt=without,
            channels=len(ids),
        )  # fmt: skip
        yield PostView(
            PostKey(post_id, series_id, original), day, time, subject, Status(status), Kind(kind), audience,
            owner, link, ids, original, because, of.name if of else "", count, without,
            results.get(post_id, _NOTHING), tuple(warnings),
        )  # fmt: skip


_NOTHING = Counts()
# What lists show: no long text but that of an advertisement, which is looked at for its way out.
_SHOWN = (
    _post.c.id, _post.c.series_id, _post.c.original, _post.c.planned, _post.c.time, _post.c.subject,
    _post.c.status, _post.c.kind, _post.c.audience, _post.c.owner, _post.c.link, _post.c.moved_because,
    case((_post.c.kind == Kind.ADVERTISEMENT.value, _post.c.body), else_=""),
)  # fmt: skip


def _channels(session: Session, within: Any) -> dict[int, list[int]]:
    query = (
        select(_link.c.post_id, _link.c.channel_id)
        .join(_post, _post.c.id == _link.c.post_id)
        .where(within)
        .order_by(_link.c.id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for post_id, channel_id in session.execute(query):
        found[post_id].append(channel_id)
    return found


def _slides(session: Session, within: Any) -> dict[int, tuple[int, int]]:
    missing = func.sum(case((func.trim(_slide.c.alt_text) == "", 1), else_=0))
    query = (
        select(_slide.c.post_id, func.count(), missing)
        .join(_post, _post.c.id == _slide.c.post_id)
        .where(within)
        .group_by(_slide.c.post_id)
    )
    return {post_id: (count, without) for post_id, count, without in session.execute(query)}


def _counts(session: Session, within: Any) -> dict[int, Counts]:
    columns = [_result.c[name] for name in COUNTS]
    query = select(_result.c.post_id, *columns).join(_post, _post.c.id == _result.c.post_id).where(within)
    found: dict[int, Counts] = {}
    for post_id, *values in session.execute(query):
        counts = Counts(*values)
        found[post_id] = found[post_id] + counts if post_id in found else counts
    return found


# --- what stands beside and against each other ------------------------------------------------


def _bands(session: Session, start: date, end: date) -> Iterator[Band]:
    campaign = core(Campaign)
    query = select(campaign).where(campaign.c.starts <= end).order_by(campaign.c.starts)
    for row in session.execute(query):
        if row.ends is None or row.ends >= start:
            yield Band(row.name, row.starts, row.ends)


def _warned(posts: list[PostView], calendar: WorkCalendar) -> list[PostView]:
    """Add what only the neighbours show: two sends at once, the same twice, a send on a holiday."""
    clashing, twins = _shared(posts)
    told = []
    for post in posts:
        more = []
        if post.status is not Status.SKIPPED:
            if post.key in clashing:
                more.append(Caution("clash", "같은 채널에 같은 시각의 게시가 또 있습니다."))
            if post.key in twins:
                more.append(Caution("twin", "같은 날 같은 채널에 같은 제목이 또 있습니다."))
            if post.status.is_open and (name := calendar.holiday(post.day)):
                more.append(Caution("holiday", f"{name}에 보내는 게시입니다."))
        told.append(replace(post, warnings=(*post.warnings, *more)) if more else post)
    return told


def _shared(posts: Iterable[PostView]) -> tuple[set[PostKey], set[PostKey]]:
    times: dict[tuple[Any, ...], list[PostKey]] = defaultdict(list)
    names: dict[tuple[Any, ...], list[PostKey]] = defaultdict(list)
    for post in posts:
        if post.status is Status.SKIPPED:
            continue
        for channel in post.channels:
            if post.time:
                times[post.day, post.time, channel].append(post.key)
            names[post.day, post.subject, channel].append(post.key)
    return (
        {key for keys in times.values() if len(keys) > 1 for key in keys},
        {key for keys in names.values() if len(keys) > 1 for key in keys},
    )
