"""게시 일정, write: make, change, move, skip, copy and delete posts, and note what came of them.

A post is named by its :class:`~civictracker.services.calendar.PostKey`. Touching an occurrence of a
series makes a row of it alone; the series stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from civictracker.domain.drafts import accepted
from civictracker.domain.holidays import place
from civictracker.domain.numbers import prose
from civictracker.domain.post_drafts import PostDraft
from civictracker.domain.posting import COUNTS, STATUS_NAMES, Counts, Kind, Status, subject_of
from civictracker.domain.recurrence import count_before, parse_rule
from civictracker.errors import InputError
from civictracker.services.calendar import PostKey, SeriesRow, number_of, series_row
from civictracker.services.changes import Changes, Topic
from civictracker.services.holidays import load_calendar
from civictracker.services.settings import load_settings
from civictracker.store.tables import (
    Channel,
    Log,
    Post,
    PostChannel,
    PostSeries,
    RowChange,
    SendResult,
    Slide,
)


@dataclass(frozen=True, slots=True)
class SlideView:
    image: str
    alt_text: str


@dataclass(frozen=True, slots=True)
class StatusStep:
    """A line of a post's history; ``who`` may be empty."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class PostDetail:
    """Everything about one post, as its editor shows it."""

    key: PostKey
    draft: PostDraft
    series: SeriesRow | None
    original: date | None
    moved_because: str
    counts: Counts
    result_note: str
    history: tuple[StatusStep, ...]


def load_post(session: Session, *, key: PostKey) -> PostDetail:
    """Raises InputError when the post is gone."""
    row = _stored(session, key)
    if row is None:
        return _untouched(session, key)
    assert row.id is not None
    series = session.get(PostSeries, row.series_id) if row.series_id else None
    slides = session.exec(select(Slide).where(Slide.post_id == row.id).order_by(col(Slide.position))).all()
    results = session.exec(select(SendResult).where(SendResult.post_id == row.id)).all()
    counts = Counts()
    for each in results:
        counts += Counts(*(getattr(each, name) for name in COUNTS))
    draft = PostDraft.model_construct(
        planned=row.planned, time=row.time, subject=row.subject, body=row.body, audience=row.audience,
        kind=Kind(row.kind), status=Status(row.status), link=row.link, owner=row.owner, note=row.note,
        channels=tuple(_channel_ids(session, row.id)),
        slides=tuple(SlideView(each.image, each.alt_text) for each in slides),
        attachments=tuple(json.loads(row.attachments)), happened=row.happened, sent_at=row.sent_at,
    )  # fmt: skip
    return PostDetail(
        PostKey(row.id, row.series_id, row.original), draft, series_row(series) if series else None,
        row.original, row.moved_because, counts, "\n".join(each.note for each in results if each.note),
        tuple(_history(session, row.id)),
    )  # fmt: skip


def _untouched(session: Session, key: PostKey) -> PostDetail:
    series, draft, because = _occurrence(session, key)
    return PostDetail(key, draft, series, key.original, because, Counts(), "", ())


def _occurrence(session: Session, key: PostKey) -> tuple[SeriesRow, PostDraft, str]:
    stored = session.get(PostSeries, key.series_id) if key.series_id else None
    if stored is None or key.original is None:
        raise InputError("그 게시는 이미 지워졌습니다.")
    series = series_row(stored)
    rule, original = parse_rule(series.rule), key.original
    calendar = load_calendar(session)
    placed = place(original, series.policy, calendar, weekend_meant=rule.names_weekend)
    number = number_of(session, series, original, calendar)
    draft = PostDraft.model_construct(
        planned=placed.day or original, time=series.time,
        subject=subject_of(series.title, original, number, load_settings(session).naming),
        body="", audience=series.audience, kind=series.kind, status=series.status, link="", owner="",
        note="", channels=series.channels, slides=(), attachments=(), happened=None, sent_at=None,
    )  # fmt: skip
    return series, draft, placed.because


def _history(session: Session, post_id: int) -> list[StatusStep]:
    """When the post came, and when its status or day changed, from the log."""
    query = (
        select(RowChange, Log)
        .join(Log, col(Log.id) == col(RowChange.log_id))
        .where(RowChange.table_name == "post", RowChange.row_key == str(post_id))
        .order_by(col(RowChange.id))
    )
    steps = []
    for change, entry in session.exec(query):
        before = json.loads(change.old or "{}")
        after = json.loads(change.new or "{}")
        if not after:
            continue
        if before.get("status") != after["status"]:
            steps.append(StatusStep(entry.at, entry.actor, STATUS_NAMES[Status(after["status"])]))
        elif before.get("planned") != after["planned"] or before.get("time") != after["time"]:
            steps.append(StatusStep(entry.at, entry.actor, entry.label))
    return steps


# --- rows -------------------------------------------------------------------------------------


def _stored(session: Session, key: PostKey) -> Post | None:
    """The row of ``key``; an occurrence may have got one since the window looked."""
    if key.post_id is not None:
        row = session.get(Post, key.post_id)
        if row is None:
            raise InputError("그 게시는 이미 지워졌습니다.")
        return row
    query = select(Post).where(Post.series_id == key.series_id, Post.original == key.original)
    return session.exec(query).first()


def _row(session: Session, key: PostKey) -> Post:
    """The row to write to: an untouched occurrence gets one now."""
    if (row := _stored(session, key)) is not None:
        return row
    series, draft, because = _occurrence(session, key)
    row = Post(series_id=series.id, original=key.original, planned=draft.planned, moved_because=because)
    _fill(row, draft)
    session.add(row)
    session.flush()
    assert row.id is not None
    _set_channels(session, row.id, draft.channels)
    return row


_PLAIN = ("planned", "time", "subject", "body", "audience", "link", "owner", "note", "happened", "sent_at")


def _fill(row: Post, draft: PostDraft) -> None:
    values: dict[str, Any] = {name: getattr(draft, name) for name in _PLAIN}
    values |= {
        "kind": draft.kind.value,
        "status": draft.status.value,
        "attachments": json.dumps(list(draft.attachments), ensure_ascii=False),
    }
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _channel_ids(session: Session, post_id: int) -> list[int]:
    query = select(PostChannel.channel_id).where(PostChannel.post_id == post_id).order_by(col(PostChannel.id))
    return list(session.exec(query))


def _set_channels(session: Session, post_id: int, ids: Sequence[int]) -> None:
    if _channel_ids(session, post_id) == list(ids):
        return
    for row in session.exec(select(PostChannel).where(PostChannel.post_id == post_id)).all():
        session.delete(row)
    for each in dict.fromkeys(ids):
        if session.get(Channel, each) is None:
            raise InputError("고른 채널이 지워졌습니다.", "채널을 다시 골라 주세요.")
        session.add(PostChannel(post_id=post_id, channel_id=each))


def _set_slides(session: Session, post_id: int, draft: PostDraft) -> None:
    query = select(Slide).where(Slide.post_id == post_id).order_by(col(Slide.position))
    old = list(session.exec(query).all())
    for at, slide in enumerate(draft.slides):
        row = old[at] if at < len(old) else Slide(post_id=post_id)
        if (row.position, row.image, row.alt_text) != (at, slide.image, slide.alt_text):
            row.position, row.image, row.alt_text = at, slide.image, slide.alt_text
        session.add(row)
    for row in old[len(draft.slides) :]:
        session.delete(row)


# --- use-cases --------------------------------------------------------------------------------


def save_post(session: Session, /, *, key: PostKey | None = None, **fields: object) -> Changes:
    """Make (``key`` None) or change a post. Raises InputError with the form's sentence."""
    draft = accepted(PostDraft, **fields)
    row = Post(planned=draft.planned) if key is None else _row(session, key)
    moved = key is not None and row.planned != draft.planned
    if moved:
        row.moved_because = _by_hand(row.original or row.planned, draft.planned)
    _fill(row, draft)
    session.add(row)
    session.flush()
    assert row.id is not None
    _set_channels(session, row.id, draft.channels)
    _set_slides(session, row.id, draft)
    verb = "게시 만듦" if key is None else "게시 고침"
    return _changes(row, f"‘{draft.subject}’ {verb}", draft.channels)


def _changes(row: Post, label: str, channels: Sequence[int] = ()) -> Changes:
    return Changes.of(Topic.POSTS, label, channels=frozenset(channels), created=row.id)


def move_post(session: Session, *, key: PostKey, day: date, time: str | None = None) -> Changes:
    """Put one post on another day (and time); the rest of its series stays."""
    row = _row(session, key)
    if Status(row.status) is Status.DONE:
        raise InputError("이미 보낸 게시는 옮길 수 없습니다.", "날짜가 틀렸으면 편집에서 고쳐 주세요.")
    before = row.planned
    fields = {"planned": day, "subject": row.subject, "time": row.time if time is None else time}
    draft = accepted(PostDraft, **fields)
    if row.planned != draft.planned:
        row.planned, row.moved_because = draft.planned, _by_hand(row.original or before, draft.planned)
    if row.time != draft.time:
        row.time = draft.time
    return _changes(row, f"‘{row.subject}’ {_short(before)} → {_short(day)} 옮김")


def _by_hand(original: date, day: date) -> str:
    return "" if original == day else f"{_short(original)} → {_short(day)} 옮김"


def _short(day: date) -> str:
    return f"{day.month}. {day.day}."


def set_status(session: Session, *, key: PostKey, status: Status, now: datetime) -> Changes:
    """Take a post to another step. 완료 notes the moment of an emergency's send."""
    row = _row(session, key)
    row.status = status.value
    if status is Status.DONE and row.kind == Kind.EMERGENCY.value and row.sent_at is None:
        row.sent_at = now
    return _changes(row, f"‘{row.subject}’ {STATUS_NAMES[status]}")


def send_emergency(
    session: Session, *, subject: str, channels: Sequence[int], happened: datetime, now: datetime,
    body: str = "",
) -> Changes:  # fmt: skip
    """긴급: no planning, sent at once; the time from event to send is kept."""
    made = save_post(
        session, planned=now.date(), time=f"{now:%H:%M}", subject=subject, body=body, kind=Kind.EMERGENCY,
        status=Status.DONE, channels=tuple(channels), happened=happened, sent_at=now,
    )  # fmt: skip
    return Changes.of(Topic.POSTS, f"‘{subject}’ 긴급 발송 기록", created=made.created)


def copy_post(session: Session, *, key: PostKey, day: date) -> Changes:
    """A new post like this one, on ``day``: planned anew, without results and outside any series."""
    detail = load_post(session, key=key)
    fields = {name: getattr(detail.draft, name) for name in PostDraft.model_fields}
    slides = tuple({"image": each.image, "alt_text": each.alt_text} for each in detail.draft.slides)
    fields |= {
        "planned": day, "status": Status.IDEA, "slides": slides, "happened": None, "sent_at": None,
    }  # fmt: skip
    made = save_post(session, **fields)
    return Changes.of(Topic.POSTS, f"‘{detail.draft.subject}’ 복사", created=made.created)


def delete_post(session: Session, *, key: PostKey) -> Changes:
    """Delete a post; one of a series is skipped instead, or its rule would bring it back.

    Raises InputError for an occurrence that was sent: it did happen.
    """
    row = _row(session, key)
    if row.series_id is not None and _is_on_rule(session, row):
        if Status(row.status) is Status.DONE:
            raise InputError(
                "이미 보낸 회차는 건너뛸 수 없습니다.", "보내지 않았으면 단계를 먼저 되돌려 주세요."
            )
        row.status = Status.SKIPPED.value
        return _changes(row, f"‘{row.subject}’ 건너뜀")
    for model in (PostChannel, Slide, SendResult):
        for each in session.exec(select(model).where(model.post_id == row.id)).all():
            session.delete(each)
    session.flush()
    session.delete(row)
    return _changes(row, f"‘{row.subject}’ 게시 지움")


def _is_on_rule(session: Session, row: Post) -> bool:
    series = session.get(PostSeries, row.series_id)
    if series is None or row.original is None:
        return False
    rule = parse_rule(series.rule)
    after = date.fromordinal(row.original.toordinal() + 1)
    return count_before(rule, series.starts, after) > count_before(rule, series.starts, row.original)


def save_result(session: Session, /, *, key: PostKey, note: str = "", **counts: int | None) -> Changes:
    """Note what came of a post; a post with a result counts as 완료. None means not known."""
    if wrong := [name for name in counts if name not in COUNTS]:
        raise InputError(f"‘{wrong[0]}’은(는) 결과 항목이 아닙니다.")
    if any(value is not None and value < 0 for value in counts.values()):
        raise InputError("결과는 0 이상의 수로 적어 주세요.")
    row = _row(session, key)
    assert row.id is not None
    result, *others = session.exec(select(SendResult).where(SendResult.post_id == row.id)).all() or [
        SendResult(post_id=row.id, channel_id=next(iter(_channel_ids(session, row.id)), None))
    ]
    for other in others:  # results by channel become the one that was typed for all
        session.delete(other)
    for name in COUNTS:
        setattr(result, name, counts.get(name))
    result.note = note
    has_counts = any(value is not None for value in counts.values())
    if has_counts or note.strip():
        session.add(result)
    elif result.id is not None:  # everything was emptied: nothing is known again
        session.delete(result)
    if has_counts and row.status != Status.DONE.value:
        row.status = Status.DONE.value
    sent = counts.get("sent")
    return _changes(row, f"‘{row.subject}’ 결과" + (f" 발송 {prose(sent)}건" if sent else ""))
