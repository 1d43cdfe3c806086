"""What stands beside the lines of 추이: campaigns, notes, breaks, posts, goals, milestones, forecast."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from civictracker.domain.forecast import FEWEST, Step
from civictracker.domain.numbers import grouped, prose
from civictracker.domain.texts import clean
from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services.changes import Changes, Topic
from civictracker.services.goals import Outlook, load_outlooks
from civictracker.store.tables import Campaign, Post, PostChannel, SeriesNote

AHEAD = 12  # weeks that are drawn


@dataclass(frozen=True, slots=True)
class Band:
    start: date
    end: date
    name: str


@dataclass(frozen=True, slots=True)
class Mark:
    """``kind``: post, note, break or milestone (which has a ``value``)."""

    day: date
    kind: str
    text: str
    value: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """The first channel's forecast: from its last week on. ``words`` say by what method and when."""

    day: date
    value: int
    steps: tuple[Step, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Overlay:
    bands: tuple[Band, ...] = ()
    marks: tuple[Mark, ...] = ()
    goals: tuple[tuple[int, str], ...] = ()
    ahead: Ahead | None = None


def load_overlay(
    session: Session, *, channel_ids: Sequence[int], start: date | None, end: date, is_level: bool
) -> Overlay:
    """For the chosen channels and days; goals, milestones and the forecast of the first channel's level."""
    first = start or date.min
    marks = [*_notes(session, channel_ids, first, end), *_posts(session, channel_ids, first, end)]
    goals: tuple[tuple[int, str], ...] = ()
    ahead = None
    if is_level and channel_ids:
        outlooks = load_outlooks(session, week=Period.week(end), channel_ids=channel_ids[:1])
        for outlook in outlooks:
            goals = tuple((goal.target, f"목표 {prose(goal.target)}명") for goal in outlook.goals)
            marks += [
                Mark(each.week.end, "milestone", f"{prose(each.number)}명 돌파", each.number)
                for each in outlook.milestones
                if first <= each.week.end <= end
            ]
            ahead = _ahead(outlook)
    return Overlay(_bands(session, channel_ids, first, end), tuple(marks), goals, ahead)


def _bands(session: Session, channel_ids: Sequence[int], start: date, end: date) -> tuple[Band, ...]:
    found = []
    for row in session.exec(select(Campaign).where(Campaign.starts <= end).order_by(col(Campaign.starts))):
        own = set(json.loads(row.channel_ids))
        last = row.ends or end
        if last >= start and (not own or own & set(channel_ids)):
            found.append(Band(max(row.starts, start), min(last, end), row.name))
    return tuple(found)


def _notes(session: Session, channel_ids: Sequence[int], start: date, end: date) -> list[Mark]:
    query = select(SeriesNote).where(
        col(SeriesNote.day) >= start,
        col(SeriesNote.day) <= end,
        or_(col(SeriesNote.channel_id).is_(None), col(SeriesNote.channel_id).in_(list(channel_ids))),
    )
    return [
        Mark(row.day, "break" if row.kind == "break" else "note", row.text, id=row.id)
        for row in session.exec(query.order_by(col(SeriesNote.day)))
    ]


def _posts(session: Session, channel_ids: Sequence[int], start: date, end: date) -> list[Mark]:
    query = (
        select(col(Post.planned), col(Post.subject))
        .join(PostChannel, col(PostChannel.post_id) == col(Post.id))
        .where(Post.status == "done", col(Post.planned) >= start, col(Post.planned) <= end)
        .where(col(PostChannel.channel_id).in_(list(channel_ids)))
        .order_by(col(Post.planned))
        .distinct()
    )
    return [Mark(day, "post", subject) for day, subject in session.exec(query)]


def _ahead(outlook: Outlook) -> Ahead | None:
    if outlook.forecast is None or outlook.current is None or outlook.week is None:
        return None
    return Ahead(outlook.week.end, outlook.current, outlook.forecast.steps[:AHEAD], reaching(outlook))


def reaching(outlook: Outlook) -> str:
    """``… 5만 명에는 2027. 1. 8. ~ 1. 22. 사이에 이릅니다``, or why that cannot be said."""
    if outlook.current is None or outlook.next_number is None:
        return ""
    target = f"{prose(outlook.next_number)}명"
    if outlook.forecast is None:
        return f"값이 {FEWEST}주에 못 미쳐 {target}에 언제 이를지 어림하지 않습니다."
    reach = outlook.reach
    method = outlook.forecast.method.words
    error = grouped(round(outlook.forecast.error))
    tried = f"지난 {outlook.forecast.tried}번 견주어 보니 4주 뒤에 평균 {error}명 어긋났습니다."
    if reach is None or reach.earliest is None:
        return f"{method} 보면 2년 안에는 {target}에 이르지 않습니다. {tried}"
    first = reach.earliest.end
    last = reach.latest.end if reach.latest else None
    until = f"{last.year}. {last.month}. {last.day}." if last else "알 수 없는 때"
    return (
        f"{method} 보면 {target}에는 {first.year}. {first.month}. {first.day}. ~ {until} 사이에 이릅니다"
        f"(다섯에 넷꼴의 범위). {tried}"
    )


def breaks_of(session: Session, *, channel_ids: Sequence[int]) -> dict[int, tuple[date, ...]]:
    """The days on which what is counted changed, by channel: nothing is compared across them."""
    rows = list(session.exec(select(SeriesNote).where(SeriesNote.kind == "break")))
    return {
        channel: tuple(sorted(row.day for row in rows if row.channel_id in {None, channel}))
        for channel in channel_ids
    }


def save_note(
    session: Session, *, day: date, text: str, is_break: bool, channel_id: int | None = None
) -> Changes:
    """A note or a definition break of one channel or (None) of all. Raises InputError."""
    if not clean(text):
        raise InputError("무슨 일인지 적어 주세요.")
    row = SeriesNote(day=day, text=clean(text), kind="break" if is_break else "event", channel_id=channel_id)
    session.add(row)
    session.flush()
    label = "기준 변경 적음" if is_break else "메모 적음"
    return Changes.of(Topic.NOTES, label, created=row.id)


def delete_note(session: Session, *, note_id: int) -> Changes:
    row = session.get(SeriesNote, note_id)
    if row is None:
        raise InputError("그 메모는 이미 지워졌습니다.")
    session.delete(row)
    return Changes.of(Topic.NOTES, "메모 지움")
