"""Column types and field shorthands that the tables share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, Text, TypeDecorator, text
from sqlalchemy.engine import Dialect
from sqlmodel import Field


class Day(TypeDecorator[date]):
    """A date as ``YYYY-MM-DD``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Instant(TypeDecorator[datetime]):
    """A moment as ``YYYY-MM-DDTHH:MM:SS+09:00``: local, with its zone kept."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat(timespec="seconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """A yes or no as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: FBT001
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


STRICT: dict[str, Any] = {"sqlite_strict": True}
KEYED: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}


def key_field() -> Any:
    return Field(default=None, primary_key=True)


def text_field(default: str = "") -> Any:
    return Field(default=default, sa_type=Text)


def added_field(default: str = "", *, number: bool = False) -> Any:
    """A column that a later migration added: SQLite wants its default in the schema."""
    value: Any = int(default) if number else default
    literal = default if number else f"'{default}'"
    return Field(
        default=value, sa_type=Integer if number else Text, sa_column_kwargs={"server_default": text(literal)}
    )


def reference(target: str, *, cascade: bool = False, nullable: bool = False) -> Any:
    """A reference; rows that belong to the target go with it, others forbid its deletion."""
    rule = "CASCADE" if cascade else "RESTRICT"
    return Field(
        default=None,
        sa_column_args=(ForeignKey(target, ondelete=rule),),
        nullable=nullable,
        sa_type=Integer,
        index=True,
    )
