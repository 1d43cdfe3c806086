"""반복 일정: make, change all or this and following, and end; what was sent is never lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlmodel import Session, col, select

from civictracker.domain.drafts import accepted
from civictracker.domain.post_drafts import SeriesDraft
from civictracker.domain.posting import Status
from civictracker.domain.recurrence import count_before, occurrences, parse_rule
from civictracker.errors import InputError
from civictracker.services.calendar import number_of, series_row
from civictracker.services.changes import Changes, Topic
from civictracker.services.holidays import load_calendar
from civictracker.store.tables import Channel, Post, PostChannel, PostSeries, SendResult, Slide


def save_series(session: Session, /, *, series_id: int | None = None, **fields: object) -> Changes:
    """Make a series, or change all of it: occurrences that nobody touched follow at once.

    Raises InputError with the form's sentence.
    """
    draft = accepted(SeriesDraft, **fields)
    row = PostSeries(starts=draft.starts) if series_id is None else _row(session, series_id)
    _fill(session, row, draft)
    session.add(row)
    session.flush()
    verb = "반복 일정 만듦" if series_id is None else "반복 일정 고침"
    return _changes(row, f"‘{draft.name}’ {verb}")


def _row(session: Session, series_id: int) -> PostSeries:
    row = session.get(PostSeries, series_id)
    if row is None:
        raise InputError("그 반복 일정은 이미 지워졌습니다.")
    return row


def _fill(session: Session, row: PostSeries, draft: SeriesDraft) -> None:
    for each in draft.channels:
        if session.get(Channel, each) is None:
            raise InputError("고른 채널이 지워졌습니다.", "채널을 다시 골라 주세요.")
    values = {
        "name": draft.name, "title": draft.title or draft.name, "rule": parse_rule(draft.rule).text,
        "starts": draft.starts, "time": draft.time, "policy": draft.policy.value,
        "audience": draft.audience, "kind": draft.kind.value, "status": draft.status.value,
        "channel_ids": json.dumps(list(dict.fromkeys(draft.channels))),
        "first_number": draft.first_number, "note": draft.note,
    }  # fmt: skip
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _changes(row: PostSeries, label: str) -> Changes:
    return Changes.of(Topic.POSTS, label, created=row.id)


def change_following(session: Session, /, *, series_id: int, original: date, **fields: object) -> Changes:
    """Change the occurrence of ``original`` and all after it: the series is split there.

    Rows from then on go over to the new series with whatever they hold; the numbering goes on.
    """
    row = _row(session, series_id)
    rule = parse_rule(row.rule)
    before = count_before(rule, row.starts, original)
    if not before:
        return save_series(session, series_id=series_id, **fields)
    number = number_of(session, series_row(row), original, load_calendar(session))
    fields.setdefault("first_number", number or 1)
    draft = accepted(SeriesDraft, **{**fields, "starts": max(original, _starts(fields, original))})
    new_rule = parse_rule(draft.rule)
    if new_rule.count is not None and new_rule.count == rule.count:
        draft = draft.model_copy(update={"rule": replace(new_rule, count=max(1, rule.count - before)).text})
    row.rule = _cut(row, original)
    new = PostSeries(starts=draft.starts, follows=row.id)
    _fill(session, new, draft)
    session.add(new)
    session.flush()
    for post in _from(session, series_id, original):
        post.series_id = new.id
    return _changes(new, f"‘{draft.name}’ {original.month}. {original.day}.부터 바꿈")


def _starts(fields: dict[str, object], original: date) -> date:
    told = fields.get("starts")
    return told if isinstance(told, date) else original


def _cut(row: PostSeries, original: date) -> str:
    """The rule of ``row`` ending before ``original``."""
    return replace(parse_rule(row.rule), count=None, until=original - timedelta(days=1)).text


def _from(session: Session, series_id: int, original: date) -> Sequence[Post]:
    query = select(Post).where(Post.series_id == series_id, col(Post.original) >= original)
    return session.exec(query).all()


def end_series(session: Session, *, series_id: int, original: date) -> Changes:
    """No more from ``original`` on. What was sent, and rows with a result, stay where they are."""
    row = _row(session, series_id)
    rule = parse_rule(row.rule)
    for post in _from(session, series_id, original):
        if post.status == Status.DONE.value or _has_result(session, post):
            continue
        _delete(session, post)
    kept = session.exec(select(Post.id).where(Post.series_id == series_id)).first()
    if kept is None and not occurrences(rule, row.starts, row.starts, original - timedelta(days=1)):
        session.delete(row)
    else:
        row.rule = _cut(row, original)
    return _changes(row, f"‘{row.name or row.title}’ {original.month}. {original.day}.부터 끝냄")


def _has_result(session: Session, post: Post) -> bool:
    return session.exec(select(SendResult.id).where(SendResult.post_id == post.id)).first() is not None


def _delete(session: Session, post: Post) -> None:
    for model in (PostChannel, Slide, SendResult):
        for each in session.exec(select(model).where(model.post_id == post.id)).all():
            session.delete(each)
    session.flush()
    session.delete(post)
