"""예시 자료, 게시: series with what came of their sends, drawn from a seed."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from civictracker.domain import recurrence
from civictracker.domain.holidays import Policy, WorkCalendar, place
from civictracker.domain.posting import cost_of, subject_of
from civictracker.domain.weeks import WeekNaming
from civictracker.services.changes import Changes, Topic
from civictracker.services.holidays import load_calendar
from civictracker.store.tables import Post, PostChannel, PostSeries, SendResult, Slide

_KEPT = timedelta(weeks=44)  # how far back posts are made


@dataclass(frozen=True, slots=True)
class _Making:
    session: Session
    plan: dict[str, Any]
    ids: dict[str, int]
    now: datetime
    calendar: WorkCalendar


def write_posts(session: Session, *, plan: dict[str, Any], ids: dict[str, int], now: datetime) -> Changes:
    """The office's series with their past sends, and its single posts. ``ids`` are channels by label."""
    making = _Making(session, plan, ids, now, load_calendar(session))
    for each in plan.get("series", ()):
        _series(making, each)
    for each in plan.get("post", ()):
        status = each.get("status") or ("done" if each["day"] < now.date() else "scheduled")
        post = _post(making, each, each["title"], each["day"], status)
        _result(making, post, each, random.Random(each["title"]))  # noqa: S311 (no secret)
        _slides(making, post, each.get("slides", ()))
    return Changes.of(Topic.POSTS, "예시 게시 일정")


def _series(making: _Making, each: dict[str, Any]) -> None:
    rule = recurrence.parse_rule(each["rule"])
    since = max(each["first"], making.now.date() - _KEPT)
    starts = recurrence.occurrences(rule, each["first"], since, since + timedelta(days=62))[0]
    number = recurrence.count_before(rule, each["first"], starts) + each.get("number", 1)
    series = PostSeries(
        name=each["name"], title=each["title"], rule=each["rule"], starts=starts, time=each["time"],
        audience=each["audience"], policy=Policy.BACK.value, first_number=number,
        channel_ids=json.dumps([making.ids[name] for name in each["channels"]]),
    )  # fmt: skip
    making.session.add(series)
    making.session.flush()
    chance = random.Random(each["name"])  # noqa: S311 (no secret)
    for at, day in enumerate(recurrence.occurrences(rule, starts, starts, making.now.date())):
        placed = place(day, Policy.BACK, making.calendar)
        if placed.day is None:
            continue
        status = "done" if placed.day < making.now.date() else each.get("today", "scheduled")
        title = subject_of(each["title"], day, number + at, WeekNaming())
        post = _post(making, each, title, placed.day, status)
        post.series_id, post.original, post.moved_because = series.id, day, placed.because
        if status == "done":
            _result(making, post, each, chance)
        else:
            _slides(making, post, each.get("slides", ()))


def _post(making: _Making, each: dict[str, Any], title: str, day: date, status: str) -> Post:
    post = Post(
        planned=day, time=each["time"], subject=title, audience=each["audience"], status=status,
        kind=each.get("kind", "normal"), owner=each.get("owner", ""), link=each.get("link", ""),
    )  # fmt: skip
    making.session.add(post)
    making.session.flush()
    assert post.id is not None
    making.session.add_all(
        PostChannel(post_id=post.id, channel_id=making.ids[name]) for name in each["channels"]
    )
    return post


def _result(making: _Making, post: Post, each: dict[str, Any], chance: random.Random) -> None:
    """Published counts as they are; a share below 10 is of the channel's friends and wobbles."""
    if "sent" not in each:
        return
    assert post.id is not None
    sent, opened = each["sent"], each["opened"]
    if sent < 10:
        first = each["channels"][0]
        friends = next(c["made"][-1][1] for c in making.plan["channel"] if c["name"] == first)
        sent = round(friends * sent * chance.uniform(0.97, 1.0))
        opened = round(sent * opened * chance.uniform(0.93, 1.05))
    making.session.add(
        SendResult(
            post_id=post.id, channel_id=making.ids[each["channels"][0]], sent=sent, opened=opened,
            clicked=round(opened * chance.uniform(0.06, 0.13)),
            blocked=round(sent * chance.uniform(1e-4, 8e-4)),
            cost_won=cost_of(sent, Decimal(15)).total, note=each.get("note", ""),
        )
    )  # fmt: skip


def _slides(making: _Making, post: Post, texts: list[str]) -> None:
    assert post.id is not None
    making.session.add_all(
        Slide(post_id=post.id, position=at, image=f"카드{at + 1}.png", alt_text=text)
        for at, text in enumerate(texts)
    )
