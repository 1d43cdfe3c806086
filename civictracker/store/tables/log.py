"""The log of what was done, and each change of a figure or a row: what undo goes by."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Integer, Text
from sqlmodel import Field, SQLModel

from civictracker.store.tables.columns import (
    KEYED,
    STRICT,
    Day,
    Flag,
    Instant,
    key_field,
    reference,
    text_field,
)


class Log(SQLModel, table=True):
    """Who did what when. Append-only (triggers) and hash-chained; undoing adds an entry."""

    __table_args__ = STRICT
    id: int | None = key_field()
    at: datetime = Field(sa_type=Instant)
    actor: str = text_field()
    action: str = text_field()
    label: str = text_field()
    detail: str = text_field()
    undoes: int | None = Field(default=None, sa_type=Integer)
    previous: str = text_field()
    digest: str = text_field()


class ValueChange(SQLModel, table=True):
    """What one log entry did to one figure; a null value means that there is none.

    Figures that an import added have no row here: their ``source`` and ``cell`` say the same.
    """

    __tablename__ = "value_change"
    __table_args__ = KEYED
    log_id: int = Field(
        sa_column=Column(Integer, ForeignKey("log.id", ondelete="RESTRICT"), primary_key=True)
    )
    metric_id: int = Field(primary_key=True, sa_type=Integer)
    channel_id: int = Field(primary_key=True, sa_type=Integer)
    period_start: date = Field(primary_key=True, sa_type=Day)
    period_end: date = Field(primary_key=True, sa_type=Day)
    old_value: int | None = Field(default=None, sa_type=Integer)
    old_approximate: bool | None = Field(default=None, sa_type=Flag)
    old_note: str | None = Field(default=None, sa_type=Text)
    old_source: int | None = Field(default=None, sa_type=Integer)
    old_cell: str | None = Field(default=None, sa_type=Text)
    new_value: int | None = Field(default=None, sa_type=Integer)
    new_approximate: bool | None = Field(default=None, sa_type=Flag)
    new_note: str | None = Field(default=None, sa_type=Text)
    new_source: int | None = Field(default=None, sa_type=Integer)
    new_cell: str | None = Field(default=None, sa_type=Text)


class RowChange(SQLModel, table=True):
    """What one log entry did to a row of any other table, as JSON; null means that there is none."""

    __tablename__ = "row_change"
    __table_args__ = STRICT
    id: int | None = key_field()
    log_id: int = reference("log.id")
    table_name: str = text_field()
    row_key: str = text_field()
    old: str | None = Field(default=None, sa_type=Text)
    new: str | None = Field(default=None, sa_type=Text)
