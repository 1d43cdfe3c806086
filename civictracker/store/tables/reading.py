"""What helps to read the figures: campaigns, outside series, goals, notes, inquiries and awards."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Integer, Text
from sqlmodel import Field, SQLModel

from civictracker.store.tables.columns import KEYED, STRICT, Day, key_field, reference, text_field


class Campaign(SQLModel, table=True):
    __table_args__ = STRICT
    id: int | None = key_field()
    name: str = text_field()
    starts: date = Field(sa_type=Day)
    ends: date | None = Field(default=None, sa_type=Day)
    channel_ids: str = text_field("[]")
    note: str = text_field()


class OutsideValue(SQLModel, table=True):
    """A figure from outside the channels (입장객, 수입), with decimals in ``scale``."""

    __tablename__ = "outside_value"
    __table_args__ = STRICT
    id: int | None = key_field()
    campaign_id: int | None = reference("campaign.id", nullable=True)
    name: str = text_field()
    unit: str = text_field()
    period_start: date = Field(sa_type=Day)
    period_end: date = Field(sa_type=Day)
    value: int = Field(sa_type=Integer)
    scale: int = Field(default=0, sa_type=Integer)
    note: str = text_field()


class Goal(SQLModel, table=True):
    __table_args__ = STRICT
    id: int | None = key_field()
    channel_id: int = reference("channel.id", cascade=True)
    metric_id: int = reference("metric.id")
    target: int = Field(sa_type=Integer)
    due: date | None = Field(default=None, sa_type=Day)
    note: str = text_field()


class SeriesNote(SQLModel, table=True):
    """A remark at a point of a series: an event, or a break in what is counted."""

    __tablename__ = "series_note"
    __table_args__ = STRICT
    id: int | None = key_field()
    channel_id: int | None = reference("channel.id", cascade=True, nullable=True)
    metric_id: int | None = reference("metric.id", nullable=True)
    day: date = Field(sa_type=Day)
    kind: str = text_field("event")  # event | break
    text: str = text_field()


class WeekNote(SQLModel, table=True):
    """특이사항 of one week's report."""

    __tablename__ = "week_note"
    __table_args__ = KEYED
    monday: date = Field(primary_key=True, sa_type=Day)
    text: str = text_field()


class Inquiry(SQLModel, table=True):
    """Counts of questions and complaints; no personal data."""

    __table_args__ = STRICT
    id: int | None = key_field()
    channel_id: int = reference("channel.id")
    day: date = Field(sa_type=Day)
    kind: str = text_field()
    received: int = Field(default=0, sa_type=Integer)
    answered: int = Field(default=0, sa_type=Integer)
    median_minutes: int | None = Field(default=None, sa_type=Integer)


class Award(SQLModel, table=True):
    __table_args__ = STRICT
    id: int | None = key_field()
    day: date = Field(sa_type=Day)
    name: str = text_field()
    prize: str = text_field()
    giver: str = text_field()
    note: str = text_field()


class Settled(SQLModel, table=True):
    """A warning that a person put off or settled, so that nothing nags twice."""

    __table_args__ = KEYED
    key: str = Field(primary_key=True, sa_type=Text)
    until: date | None = Field(default=None, sa_type=Day)
    note: str = text_field()
