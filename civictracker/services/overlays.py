"""What stands beside the lines of 추이: campaigns, notes, breaks, posts, goals, milestones, forecast."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from civictracker.domain.forecast import FEWEST, Step
from civictracker.domain.numbers import grouped, prose
from civictracker.domain.texts import clean
from civictracker.domain.weeks import Period
from civictracker.errors import InputError
from civictracker.services.changes import Changes, Topic
from civictracker.services.goals import Outlook, load_outlooks
from civictracker.store.tables import SeriesNote

AHEAD = 12  # weeks that are drawn
# Plain statements: 추이 asks for all of these at once, and building them costs more than running them.
_BANDS = "SELECT starts, ends, name, channel_ids FROM campaign WHERE starts <= ? ORDER BY starts, id"
_NOTES = """
    SELECT day, kind, text, id FROM series_note WHERE day BETWEEN ? AND ?
      AND (channel_id IS NULL OR channel_id IN (SELECT value FROM json_each(?)))
    ORDER BY day, id
"""
_POSTS = """
    SELECT DISTINCT planned, subject FROM post JOIN post_channel ON post_channel.post_id = post.id
    WHERE status = 'done' AND planned BETWEEN ? AND ?
      AND post_channel.channel_id IN (SELECT value FROM json_each(?))
    ORDER BY planned
"""
_BREAKS = "SELECT day, channel_id FROM series_note WHERE kind = 'break' ORDER BY day"


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
    for begun, ended, name, channels in _asked(session, _BANDS, end):
        own, last = set(json.loads(channels)), date.fromisoformat(ended) if ended else end
        if last >= start and (not own or own & set(channel_ids)):
            found.append(Band(max(date.fromisoformat(begun), start), min(last, end), name))
    return tuple(found)


def _notes(session: Session, channel_ids: Sequence[int], start: date, end: date) -> list[Mark]:
    return [
        Mark(date.fromisoformat(day), "break" if kind == "break" else "note", text, id=key)
        for day, kind, text, key in _asked(session, _NOTES, start, end, channel_ids)
    ]


def _posts(session: Session, channel_ids: Sequence[int], start: date, end: date) -> list[Mark]:
    rows = _asked(session, _POSTS, start, end, channel_ids)
    return [Mark(date.fromisoformat(day), "post", subject) for day, subject in rows]


def _asked(session: Session, query: str, *what: date | Sequence[int]) -> Sequence[Any]:
    """Rows of a plain statement; days go in as ISO text and channels as a JSON list."""
    given = tuple(each.isoformat() if isinstance(each, date) else json.dumps(list(each)) for each in what)
    return session.connection().exec_driver_sql(query, given).fetchall()


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
    rows = _asked(session, _BREAKS)
    return {
        channel: tuple(date.fromisoformat(day) for day, of in rows if of in {None, channel})
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
