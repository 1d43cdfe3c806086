"""게시 성과: which sends were read, and whether what was promised was sent. No claim below 8 sends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session

from civictracker.domain import recurrence
from civictracker.domain.posting import COUNTS, KIND_NAMES, Counts, Group, Status, grouped_sends
from civictracker.domain.topics import topic_of, topics_of
from civictracker.domain.weeks import WEEKDAYS
from civictracker.services.calendar import REACH, PostKey, PostView, list_posts, list_sent, list_series
from civictracker.services.settings import load_settings
from civictracker.store.database import core
from civictracker.store.tables import Post, SendResult, Slide

TOPIC = "topic"  # the one key that more than the view of a post is looked at for
BY: dict[str, Callable[[PostView], str]] = {
    "weekday": lambda post: f"{WEEKDAYS[post.day.weekday()]}요일",
    "hour": lambda post: f"{post.time[:2]}시대" if post.time else "시각 없음",
    "audience": lambda post: post.audience or "대상 없음",
    "series": lambda post: post.series_name or "수시",
    "kind": lambda post: KIND_NAMES[post.kind],
}


def best_read(session: Session, *, start: date, end: date, limit: int) -> tuple[int, list[PostView]]:
    """How many sent posts have a known open rate, and the first ``limit`` of them, best read first."""
    post, result = core(Post), core(SendResult)
    query = (
        select(post.c.id, post.c.planned, func.sum(result.c.sent), func.sum(result.c.opened))
        .join(result, result.c.post_id == post.c.id)
        .where(post.c.planned.between(start, end))
        .group_by(post.c.id)
    )
    rates = [
        (-rate, day, post_id)
        for post_id, day, sent, opened in session.execute(query)
        if (rate := Counts(sent, opened).rate("opened")) is not None
    ]
    best = [post_id for _, _, post_id in sorted(rates)[:limit]]
    views = {view.key.post_id: view for view in list_sent(session, start=start, end=end, ids=best)}
    return len(rates), [views[post_id] for post_id in best]


def groups(session: Session, *, start: date, end: date, by: str) -> list[Group]:
    """Sends between the days grouped ``by`` a key of BY or by TOPIC; each group says its n."""
    posts = [post for post in list_sent(session, start=start, end=end)
             if post.counts.rate("opened") is not None]  # fmt: skip
    key = _by_topic(session, start, end) if by == TOPIC else BY[by]
    return grouped_sends([(key(post), post.counts) for post in posts])


def _by_topic(session: Session, start: date, end: date) -> Callable[[PostView], str]:
    """The topic of a post by its subject, its text and what its cards say."""
    topics = topics_of(load_settings(session).topics)
    post, slide = core(Post), core(Slide)
    within = post.c.planned.between(start, end)
    said: dict[int, list[str]] = defaultdict(list)
    for query in (
        select(post.c.id, post.c.body).where(within, post.c.body != ""),
        select(post.c.id, slide.c.alt_text).join(slide, slide.c.post_id == post.c.id).where(within),
    ):
        for post_id, text in session.execute(query):
            said[post_id].append(text)

    def topic(view: PostView) -> str:
        texts = said.get(view.key.post_id or 0, [])
        return topic_of(" ".join((view.subject, *texts)), topics)

    return topic


@dataclass(frozen=True, slots=True)
class Kept:
    """What a series promised in a month by its rule, and what became of it."""

    series: str
    month: date
    promised: int
    sent: int
    skipped: int
    waiting: int
    subjects: tuple[str, ...]


def promises(session: Session, *, year: int, until: date) -> list[Kept]:
    """Month by month of ``year``: every occurrence of every series, up to ``until``."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), until)
    by_series: dict[tuple[int, date], PostView] = {}
    # What was promised for New Year's Day may have been sent on the day before.
    for post in list_posts(session, start=first - REACH, end=last + REACH):
        if post.key.series_id is not None and post.original is not None:
            by_series[post.key.series_id, post.original] = post
    kept = []
    for series in list_series(session):
        rule = recurrence.parse_rule(series.rule)
        months: dict[date, list[date]] = defaultdict(list)
        for day in recurrence.occurrences(rule, series.starts, first, last):
            months[day.replace(day=1)].append(day)
        for month, days in months.items():
            posts = [by_series.get((series.id, day)) for day in days]
            done = [post for post in posts if post and post.status is Status.DONE]
            open_ = [post for post in posts if post and post.status.is_open]
            kept.append(
                Kept(series.name, month, len(days), len(done), len(days) - len(done) - len(open_),
                     len(open_), tuple(post.subject for post in done))
            )  # fmt: skip
    return kept


def last_result(session: Session, *, key: PostKey, before: date) -> tuple[date, Counts] | None:
    """What came of the send before in the same series: the column to compare with."""
    if key.series_id is None:
        return None
    post, result = core(Post), core(SendResult)
    query = (
        select(post.c.planned, *(result.c[name] for name in COUNTS))
        .join(result, result.c.post_id == post.c.id)
        .where(post.c.series_id == key.series_id, post.c.planned < before)
        .order_by(post.c.planned.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return None if found is None else (found[0], Counts(*found[1:]))
