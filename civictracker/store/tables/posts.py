"""Scheduled posts, their results, and holidays."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, Integer
from sqlmodel import Field, SQLModel

from civictracker.store.tables.columns import (
    KEYED,
    STRICT,
    Day,
    Flag,
    Instant,
    added_field,
    key_field,
    reference,
    text_field,
)


class PostSeries(SQLModel, table=True):
    __tablename__ = "post_series"
    __table_args__ = STRICT
    id: int | None = key_field()
    title: str = text_field()
    rule: str = text_field()  # RRULE of RFC 5545, without DTSTART
    starts: date = Field(sa_type=Day)
    time: str = text_field("15:00")
    policy: str = text_field("back")  # back | forward | skip | keep
    audience: str = text_field()
    kind: str = text_field("normal")
    channel_ids: str = text_field("[]")
    note: str = text_field()
    name: str = added_field()  # what the series is called; ``title`` is the template of its subjects
    first_number: int = added_field("1", number=True)  # 호 of the first occurrence
    status: str = added_field("scheduled")  # of an occurrence that nobody has touched yet
    follows: int | None = Field(default=None, sa_type=Integer)  # the series that this one was split from


class Post(SQLModel, table=True):
    __table_args__ = (Index("ix_post_planned", "planned"), STRICT)
    id: int | None = key_field()
    series_id: int | None = reference("post_series.id", nullable=True)
    planned: date = Field(sa_type=Day)
    time: str = text_field()
    original: date | None = Field(default=None, sa_type=Day)
    moved_because: str = text_field()
    status: str = text_field("scheduled")  # idea | writing | review | scheduled | done | skipped
    subject: str = text_field()
    body: str = text_field()
    audience: str = text_field()
    kind: str = text_field("normal")  # normal | advertisement | emergency
    link: str = text_field()
    owner: str = text_field()
    note: str = text_field()
    attachments: str = added_field("[]")  # paths, as JSON
    happened: datetime | None = Field(default=None, sa_type=Instant)  # the event of an emergency
    sent_at: datetime | None = Field(default=None, sa_type=Instant)


class PostChannel(SQLModel, table=True):
    __tablename__ = "post_channel"
    __table_args__ = STRICT
    id: int | None = key_field()
    post_id: int = reference("post.id", cascade=True)
    channel_id: int = reference("channel.id")


class Slide(SQLModel, table=True):
    __table_args__ = STRICT
    id: int | None = key_field()
    post_id: int = reference("post.id", cascade=True)
    position: int = Field(default=0, sa_type=Integer)
    image: str = text_field()
    alt_text: str = text_field()


class SendResult(SQLModel, table=True):
    __tablename__ = "send_result"
    __table_args__ = STRICT
    id: int | None = key_field()
    post_id: int = reference("post.id", cascade=True)
    channel_id: int | None = reference("channel.id", nullable=True)
    sent: int | None = Field(default=None, sa_type=Integer)
    opened: int | None = Field(default=None, sa_type=Integer)
    clicked: int | None = Field(default=None, sa_type=Integer)
    blocked: int | None = Field(default=None, sa_type=Integer)
    shared: int | None = Field(default=None, sa_type=Integer)
    cost_won: int | None = Field(default=None, sa_type=Integer)
    note: str = text_field()


class Holiday(SQLModel, table=True):
    """What the office adds to, or takes from, the public holidays (임시공휴일)."""

    __table_args__ = KEYED
    day: date = Field(primary_key=True, sa_type=Day)
    name: str = text_field()
    works: bool = Field(default=False, sa_type=Flag)
    source: str = added_field()
