"""게시 on paper: what was sent in a span, what comes next, and what came of it all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session

from civictracker.domain.numbers import percent_of
from civictracker.domain.recurrence import describe, parse_rule
from civictracker.domain.weeks import Period
from civictracker.services.calendar import PostView, list_posts, list_series
from civictracker.services.report_values import Figure, PostLine, SendTotal, Source, SpanWords
from civictracker.store.tables import Channel, Post, PostChannel, PostSeries, SendResult

_post, _link = Post.__table__, PostChannel.__table__  # type: ignore[attr-defined]
_series, _result = PostSeries.__table__, SendResult.__table__  # type: ignore[attr-defined]
_channel = Channel.__table__  # type: ignore[attr-defined]
_STATUS = {"writing": "작성 중", "review": "검토 중", "scheduled": "예정"}


class SentPost(NamedTuple):
    """What stands behind a sum of sends; None is not known."""

    id: int
    day: date
    subject: str
    sent: int | None
    opened: int | None


def sent_posts(session: Session, *, ids: Sequence[int]) -> list[SentPost]:
    """The posts of a printed figure, in order of their days."""
    query = (
        select(
            _post.c.id, _post.c.planned, _post.c.subject, func.sum(_result.c.sent), func.sum(_result.c.opened)
        )
        .outerjoin(_result, _result.c.post_id == _post.c.id)
        .where(_post.c.id.in_(ids))
        .group_by(_post.c.id)
        .order_by(_post.c.planned, _post.c.id)
    )
    return [SentPost(*row) for row in session.execute(query)]


def untouched_posts(session: Session, *, start: date, end: date) -> list[PostView]:
    """Occurrences of series that have no row of their own yet."""
    return [post for post in list_posts(session, start=start, end=end) if not post.key.post_id]


def post_lines(
    session: Session, week: Period, now: datetime, untouched: Sequence[PostView] | None = None
) -> tuple[PostLine, ...]:
    """What was and will be published in ``week``; ideas and what was skipped are left out.

    ``untouched`` are :func:`untouched_posts` where the caller has them; empty leaves them out.
    """
    if untouched is None:
        untouched = untouched_posts(session, start=week.start, end=week.end)
    query = (
        select(Post, _series.c.rule)
        .outerjoin(_series, _series.c.id == _post.c.series_id)
        .where(_post.c.planned >= week.start, _post.c.planned <= week.end,
               _post.c.status.not_in(("idea", "skipped")))
        .order_by(_post.c.planned, _post.c.time, _post.c.id)
    )  # fmt: skip
    rows = session.execute(query).all()
    ids = [post.id for post, _ in rows]
    channels, results = _channels_of(session, ids), _results_of(session, ids)
    lines = [
        _post_line(post, channels[post.id], results[post.id], week, _remark(post, rule, week, now))
        for post, rule in rows
    ]
    return tuple(
        sorted(
            (*lines, *_to_come(session, week, now, untouched)),
            key=lambda line: (line.day, line.time, line.id),
        )
    )


def _to_come(session: Session, week: Period, now: datetime, untouched: Sequence[PostView]) -> list[PostLine]:
    posts = [post for post in untouched if post.day in week]
    rules = {row.id: row.rule for row in list_series(session)} if posts else {}
    names = _channel_names(session) if posts else {}
    lines = []
    for post in posts:
        row = Post(
            id=0, planned=post.day, time=post.time, subject=post.subject, audience=post.audience,
            status=post.status.value, moved_because=post.moved_because,
        )  # fmt: skip
        if row.status not in {"idea", "skipped"}:
            own = [(channel, names[channel]) for channel in post.channels if channel in names]
            remark = _remark(row, rules.get(post.key.series_id or 0), week, now)
            lines.append(_post_line(row, own, (), week, remark))
    return lines


def _channel_names(session: Session) -> dict[int, str]:
    found = session.execute(select(_channel.c.id, _channel.c.name, _channel.c.unit_name))
    return {each: _short_name(name, unit) for each, name, unit in found}


def _short_name(name: str, unit: str) -> str:
    short_name = name.removesuffix(" 채널")
    return f"{unit} {short_name}" if unit else short_name


def _channels_of(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    query = (
        select(_link.c.post_id, _channel.c.id, _channel.c.name, _channel.c.unit_name)
        .join(_channel, _channel.c.id == _link.c.channel_id)
        .where(_link.c.post_id.in_(ids))
        .order_by(_link.c.id)
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for post_id, channel_id, name, unit in session.execute(query):
        found[post_id].append((channel_id, _short_name(name, unit)))
    return found


def _results_of(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[int | None, int | None]]]:
    query = select(_result.c.post_id, _result.c.sent, _result.c.opened).where(_result.c.post_id.in_(ids))
    found: dict[int, list[tuple[int | None, int | None]]] = defaultdict(list)
    for post_id, sent, opened in session.execute(query):
        found[post_id].append((sent, opened))
    return found


def _post_line(
    post: Post, channels: Sequence[tuple[int, str]],
    results: Sequence[tuple[int | None, int | None]], week: Period, remark: str,
) -> PostLine:  # fmt: skip
    assert post.id is not None
    ids = tuple(channel for channel, _ in channels)
    names = [name for _, name in channels]
    where = "·".join(names) if len(names) <= 2 else f"{names[0]} 등 {len(names)}개 채널"
    sent = [value for value, _ in results if value is not None]
    opened = [value for _, value in results if value is not None]
    both = [(s, o) for s, o in results if s is not None and o is not None]

    def key(metric: str, what: str) -> Source:
        return Source(metric, ids, week, f"{post.subject} · {what}", None, (post.id or 0,))

    return PostLine(
        id=post.id, day=post.planned, time=post.time, subject=post.subject,
        target=f"{where}({post.audience})" if where and post.audience else where or post.audience,
        remark=remark, is_done=post.status == "done",
        sent=Figure(sum(sent) if sent else None, key("sent", "발송")),
        opened=Figure(sum(opened) if opened else None, key("opened", "열람")),
        open_rate=Figure(
            percent_of(sum(o for _, o in both), sum(s for s, _ in both)) if both else None,
            key("open_rate", "열람률"),
        ),
    )  # fmt: skip


def _remark(post: Post, rule: str | None, week: Period, now: datetime) -> str:
    if post.moved_because:
        return post.moved_because
    regular = "정기" if rule else ""
    if post.status == "done":
        return regular
    if post.planned < now.date():
        return "게시 확인 중"
    if regular and post.status == "scheduled" and week.start > now.date():
        return f"정기({describe(parse_rule(rule or '')).removesuffix('요일')})"
    return _STATUS.get(post.status, "")


def sent_of(posts: Sequence[PostLine]) -> tuple[PostLine, ...]:
    """Those of which somebody wrote down what came of them."""
    return tuple(post for post in posts if post.sent.value is not None or post.opened.value is not None)


def most_opened(posts: Sequence[PostLine], most: int) -> tuple[PostLine, ...]:
    """The ``most`` that most people opened, in the order of their days."""
    chosen = sorted(posts, key=lambda post: (-(post.opened.value or 0), post.day, post.id))[:most]
    return tuple(sorted(chosen, key=lambda post: (post.day, post.time, post.id)))


def send_total(
    posts: Sequence[PostLine], before: Sequence[PostLine], week: Period, words: SpanWords
) -> SendTotal:
    ids = tuple(sorted({each for post in posts for each in post.sent.source.channel_ids}))
    made = tuple(post.id for post in posts)

    def key(metric: str, what: str, base: Period | None = None) -> Source:
        return Source(metric, ids, week, f"{words.this} 발송 계 · {what}", base, made)

    sent = [int(post.sent.value) for post in posts if post.sent.value is not None]
    opened = [int(post.opened.value) for post in posts if post.opened.value is not None]
    rate, last = _open_rate(posts), _open_rate(before)
    change = None if rate is None or last is None else rate - last
    return SendTotal(
        len(posts),
        Figure(sum(sent) if sent else None, key("sent", "발송")),
        Figure(sum(opened) if opened else None, key("opened", "열람")),
        Figure(rate, key("open_rate", "열람률")),
        Figure(change, key("open_rate", f"열람률 {words.last} 대비(%p)", week.shift(-1))),
    )


def _open_rate(posts: Sequence[PostLine]) -> Decimal | None:
    """열람 ÷ 발송 in percent, over the posts of which both are known."""
    both = [(int(p.sent.value), int(p.opened.value)) for p in posts
            if p.sent.value is not None and p.opened.value is not None]  # fmt: skip
    return percent_of(sum(o for _, o in both), sum(s for s, _ in both)) if both else None
