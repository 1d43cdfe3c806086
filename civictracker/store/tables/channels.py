"""Offices, their channels, what is counted there, and the readings."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text
from sqlmodel import Field, SQLModel

from civictracker.store.tables.columns import KEYED, STRICT, Day, Flag, key_field, reference, text_field


class Office(SQLModel, table=True):
    """One's own office, or a peer whose public figures are compared."""

    __table_args__ = (CheckConstraint("kind in ('own', 'peer')"), STRICT)
    id: int | None = key_field()
    name: str = text_field()
    department: str = text_field()
    kind: str = text_field("own")
    note: str = text_field()


class Channel(SQLModel, table=True):
    __table_args__ = (Index("ix_channel_office_position", "office_id", "position"), STRICT)
    id: int | None = key_field()
    office_id: int = reference("office.id")
    parent_id: int | None = reference("channel.id", nullable=True)
    platform: str = text_field("other")
    name: str = text_field()
    unit_name: str = text_field()  # 읍면동 or team that runs it; empty for the office itself
    handle: str = text_field()
    url: str = text_field()
    owner: str = text_field()
    opened: date | None = Field(default=None, sa_type=Day)
    closed: date | None = Field(default=None, sa_type=Day)
    position: int = Field(default=0, sa_type=Integer)
    note: str = text_field()


class ChannelAlias(SQLModel, table=True):
    """A spelling by which sheets name a channel; ``folded`` is NFKC without white space."""

    __tablename__ = "channel_alias"
    __table_args__ = KEYED
    folded: str = Field(primary_key=True, sa_type=Text)
    channel_id: int = reference("channel.id", cascade=True)


class MetricRow(SQLModel, table=True):
    """The catalogue of ``db/metrics.toml`` and what the office added (ids from 1000)."""

    __tablename__ = "metric"
    __table_args__ = STRICT
    id: int | None = key_field()
    code: str = Field(sa_type=Text, unique=True)
    name: str = text_field()
    kind: str = text_field("flow")
    unit: str = text_field()
    decimals: int = Field(default=0, sa_type=Integer)
    numerator: str | None = Field(default=None, sa_type=Text)
    denominator: str | None = Field(default=None, sa_type=Text)
    anchor: str | None = Field(default=None, sa_type=Text)


class Observation(SQLModel, table=True):
    """One exact figure. The key serves a channel's series; the index serves one week of all."""

    __table_args__ = (Index("ix_observation_period", "period_end", "period_start"), KEYED)
    metric_id: int = Field(
        sa_column=Column(Integer, ForeignKey("metric.id", ondelete="RESTRICT"), primary_key=True)
    )
    channel_id: int = Field(
        sa_column=Column(Integer, ForeignKey("channel.id", ondelete="RESTRICT"), primary_key=True)
    )
    period_start: date = Field(primary_key=True, sa_type=Day)
    period_end: date = Field(primary_key=True, sa_type=Day)
    value: int = Field(sa_type=Integer)
    approximate: bool = Field(default=False, sa_type=Flag)
    note: str = text_field()
    source: int = Field(default=0, sa_type=Integer)  # the log entry that wrote this state
    cell: str = text_field()  # where in a sheet it stood; empty when typed
