"""What deserves attention this week, each with its cure; what was settled or put off stays silent.

A notice has a key that names the very thing it is about (this value, this last post): settled once, it
does not come back, and another value is asked about again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select

from civictracker.domain.dates import official, short
from civictracker.domain.numbers import grouped
from civictracker.domain.texts import ro
from civictracker.domain.weeks import Period
from civictracker.services import catalogue
from civictracker.services.changes import Changes, Topic
from civictracker.services.channels import ChannelRow, list_channels
from civictracker.services.collect import list_rounds
from civictracker.services.collect_board import load_board
from civictracker.services.goals import Outlook, load_outlooks
from civictracker.services.odd_figures import LOOK_BACK, Notice, Seen, level_key, look_at_figures
from civictracker.services.weekly import Weekly
from civictracker.store.tables import Observation, Post, PostChannel, Settled

DORMANT_DAYS = 30
PROFILE_DAYS = 180
KEPT_WEEKS, WARNED_WEEKS = 15, 12  # Naver keeps 15 weeks of a blog's statistics
NEAR_WEEKS = 4
# By channel the last day of a week or day in which it posted anything.
_POSTED = """
    SELECT c.value, (
        SELECT max(period_end) FROM observation
        WHERE metric_id = ? AND channel_id = c.value AND period_start BETWEEN ? AND ? AND value > 0
          AND period_end <= date(period_start, '+6 days')
    ) FROM json_each(?) AS c
"""
_DOWNLOADED = ("views", "visitors")


def load_notices(
    session: Session, *, week: Period, now: datetime, channels: Sequence[ChannelRow] | None = None
) -> list[Notice]:
    """All open notices of ``week``, gravest first. ``now`` is when the person looks.

    ``channels`` are those open in the week, where the caller has read them already.
    """
    if channels is None:
        channels = list_channels(session, open_in=(week.start, week.end))
    return look_around(session, seen=look_at_figures(session, week=week, channels=channels), now=now)


def look_around(session: Session, *, seen: Seen, now: datetime) -> list[Notice]:
    """The other half of :func:`load_notices`: each half is short enough for a turn of the window."""
    today, week, channels = now.date(), seen.week, seen.channels
    sound = set(seen.main) - seen.mistyped - _doubted(session, seen)
    found = [
        *seen.notices,
        *_dormant(session, channels, week, today),
        *_collecting(session, today),
        *_goals(session, week, sound, seen.weekly),
        *_downloads(session, channels, today),
        *_profiles(session, channels, today),
    ]
    silent = _silent(session, [each.key for each in found], today)
    return [each for each in found if each.key not in silent]


def _doubted(session: Session, seen: Seen) -> set[int]:
    """Channels whose level is asked about and was not settled: what it passes or nears is no news yet."""
    asked = {level_key(channel, each, seen.week): channel for channel, each in seen.odd.items()}
    settled = _silent(session, asked, date.max)  # put off is not settled
    return {channel for key, channel in asked.items() if key not in settled}


def _silent(session: Session, keys: Iterable[str], today: date) -> set[str]:
    """Keys that were settled for good, or put off until a day that has not come."""
    query = select(Settled).where(col(Settled.key).in_(list(keys)))
    return {row.key for row in session.exec(query) if row.until is None or row.until > today}


def settle(session: Session, *, key: str, until: date | None = None, note: str = "") -> Changes:
    """Say no more of it: for good, or until a day."""
    row = session.get(Settled, key)
    if row is None:
        row = Settled(key=key)
    row.until, row.note = until, note.strip()
    session.add(row)
    label = "알림 정리함" if until is None else f"알림 {until.month}. {until.day}.까지 미룸"
    return Changes.of(Topic.NOTES, label)


def settle_many(session: Session, *, keys: Sequence[str], until: date, label: str) -> Changes:
    for key in keys:
        settle(session, key=key, until=until)
    return Changes.of(Topic.NOTES, label)


# --- channels -----------------------------------------------------------------------------------


def _dormant(session: Session, channels: Sequence[ChannelRow], week: Period, today: date) -> Iterable[Notice]:
    counted = _last_counted(session, [row.id for row in channels], week)
    last = dict(
        session.exec(
            select(PostChannel.channel_id, func.max(col(Post.planned)))
            .join(Post, col(Post.id) == col(PostChannel.post_id))
            .where(Post.status == "done")
            .group_by(col(PostChannel.channel_id))
        ).all()
    )
    for row in channels:
        days = [_day(last.get(row.id)), counted.get(row.id)]
        latest = max((day for day in days if day is not None and day <= today), default=None)
        if latest is None or (today - latest).days < DORMANT_DAYS:
            continue
        silent = (today - latest).days
        since = f"개설 {(today - row.opened).days}일째. " if row.opened else ""
        yield Notice(
            "dormant", f"{row.label} · 마지막 글 {silent}일 전",
            f"{since}마지막 글 {official(latest)} 이후 새 글이 없습니다.", "채널 보기", "channels", row.id,
            f"dormant:{row.id}:{latest}",
        )  # fmt: skip


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else date.fromisoformat(value) if isinstance(value, str) else None


def _last_counted(session: Session, ids: Sequence[int], week: Period) -> dict[int, date]:
    """By channel the end of the last week for which posts were counted."""
    since, until = week.shift(-LOOK_BACK).start.isoformat(), week.end.isoformat()
    rows = session.connection().exec_driver_sql(
        _POSTED, (catalogue.metric("posts").id, since, until, json.dumps(list(ids)))
    )
    return {channel: Period.week(date.fromisoformat(day)).end for channel, day in rows if day is not None}


def _profiles(session: Session, channels: Sequence[ChannelRow], today: date) -> Iterable[Notice]:
    """이름, 소개, 사진, 담당 부서: looked over twice a year, all that are due in one notice."""
    old = [
        row for row in channels if row.opened and (today - row.opened).days >= PROFILE_DAYS and not row.is_sub
    ]
    silent = _silent(session, [profile_key(row.id) for row in old], today)
    due = [row for row in old if profile_key(row.id) not in silent]
    if not due:
        return
    names = " · ".join(row.label for row in due[:3]) + (f" 외 {len(due) - 3}개" if len(due) > 3 else "")
    yield Notice(
        "profile", f"프로필 점검 {names}",
        f"{PROFILE_DAYS // 30}달마다 소개·사진·직함·연락처가 지금과 맞는지 봅니다.", "점검함",
        "check:profile", tuple(row.id for row in due), "",
    )  # fmt: skip


def profile_key(channel_id: int) -> str:
    return f"profile:{channel_id}"


def profiles_checked(session: Session, *, channel_ids: Sequence[int], today: date) -> Changes:
    """The profiles were looked over: asked again in half a year."""
    keys = [profile_key(each) for each in channel_ids]
    until = today + timedelta(days=PROFILE_DAYS)
    return settle_many(session, keys=keys, until=until, label="프로필 점검함")


def _downloads(session: Session, channels: Sequence[ChannelRow], today: date) -> Iterable[Notice]:
    """Blog statistics that Naver will soon forget, where the office takes them in at all."""
    ids = [catalogue.metric(code).id for code in _DOWNLOADED]
    for row in channels:
        if row.platform != "naver_blog":
            continue
        last = session.exec(
            select(func.max(col(Observation.period_end))).where(
                col(Observation.metric_id).in_(ids), Observation.channel_id == row.id
            )
        ).one()
        end = _day(last)
        weeks = (today - end).days // 7 if end else 0
        if end and weeks >= WARNED_WEEKS:
            gone = (
                "이미 사라지고 있습니다"
                if weeks >= KEPT_WEEKS
                else f"{KEPT_WEEKS - weeks}주 뒤부터 사라집니다"
            )
            yield Notice(
                "download", f"{row.label} 통계 · {KEPT_WEEKS}주 보관 중 {weeks}주 지남",
                f"{short(end)} 뒤의 통계를 아직 받지 않았습니다. {gone}.", "가져오기", "import", None,
                f"download:{row.id}:{end}",
            )  # fmt: skip


# --- goals and 취합 -----------------------------------------------------------------------------


def _goals(session: Session, week: Period, ids: Collection[int], weekly: Weekly) -> Iterable[Notice]:
    """Goals and round numbers that are near, and those passed this very week."""
    for outlook in load_outlooks(session, week=week, channel_ids=ids, near_only=True, known=weekly):
        if outlook.current is None or outlook.week is None or (week.start - outlook.week.end).days > 14:
            continue
        yield from _near(outlook, week)


def _near(outlook: Outlook, week: Period) -> Iterable[Notice]:
    channel, current = outlook.channel, outlook.current
    assert current is not None
    targets = {goal.target: "목표 " for goal in outlook.goals if current < goal.target}
    if outlook.next_number is not None and outlook.next_number >= 5_000:
        targets.setdefault(outlook.next_number, "")
    for target, word in sorted(targets.items()):
        ahead = None if outlook.forecast is None else outlook.forecast.reaching(target)[1]
        is_on_way = bool(word) or outlook.forecast is None or ahead is not None
        is_near = (current >= 0.95 * target and is_on_way) or (ahead is not None and ahead <= NEAR_WEEKS)
        if is_near:
            yield Notice(
                "goal", f"{channel.label} {word}{grouped(target)}명까지 {grouped(target - current)}명",
                _when(outlook, target), "추이 보기", "trend", (channel.id,), f"goal:{channel.id}:{target}",
            )  # fmt: skip
    for passing in outlook.milestones[-1:]:
        if passing.week == week and passing.number >= 1_000:
            yield Notice(
                "passed", f"{channel.label} {grouped(passing.number)}명 돌파",
                f"이번 주 {grouped(current)}명입니다. 보도자료로 알릴 만합니다.", "추이 보기", "trend",
                (channel.id,), f"passed:{channel.id}:{passing.number}",
            )  # fmt: skip


def _when(outlook: Outlook, target: int) -> str:
    """``2027. 1. 8. ~ 2027. 1. 22. 사이로 어림합니다.`` and by which method: a narrow list shows the days."""
    if outlook.forecast is None:
        return outlook.why_not
    early, _, late = outlook.forecast.reaching(target)
    assert outlook.week is not None
    if early is None:
        return "지금 추세로는 2년 안에 이르지 않습니다."
    first = official(outlook.week.shift(early).end)
    last = f"{official(outlook.week.shift(late).end)} 사이" if late is not None else "그 뒤(끝은 알 수 없음)"
    return f"{first} ~ {last}{ro(last)} 어림합니다. {outlook.forecast.method.words} 봅니다."


def _collecting(session: Session, today: date) -> Iterable[Notice]:
    """The newest 취합 whose day has passed while somebody has not answered."""
    late = [each for each in list_rounds(session) if each.due is not None and each.due < today]
    if not late:
        return
    asked = max(late, key=lambda each: (each.due or date.min, each.id))
    board = load_board(session, round_id=asked.id)
    late_days = (today - (asked.due or today)).days
    if late_days > 60 or not board.waiting:
        return
    names = ", ".join(row.unit.name for row in board.waiting[:4])
    more = f" 외 {len(board.waiting) - 4}곳" if len(board.waiting) > 4 else ""
    yield Notice(
        "collect", f"{board.name} 마감 {late_days}일 지남",
        f"{board.returned}/{len(board.rows)} 회신. {names}{more} 아직 보내지 않았습니다.",
        "취합 보기", "collect", None,
        f"collect:{asked.code}:{len(board.waiting)}",
    )  # fmt: skip
