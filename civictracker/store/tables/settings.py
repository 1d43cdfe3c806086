"""Settings of the data file."""

from __future__ import annotations

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from civictracker.store.tables.columns import KEYED, text_field


class Setting(SQLModel, table=True):
    __table_args__ = KEYED
    key: str = Field(primary_key=True, sa_type=Text)
    value: str = text_field()  # JSON
