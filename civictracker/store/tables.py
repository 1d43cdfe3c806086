"""Every table of the data file. Storage only: what may go in is decided by ``domain.drafts``.

The file is STRICT SQLite, so types are INTEGER and TEXT: days are ISO dates, instants ISO local
times with offset, counts integers in the metric's smallest unit. The schema itself is made by the
migrations under ``db/``; a test holds the two together.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Text, TypeDecorator, text
from sqlalchemy.engine import Dialect
from sqlmodel import Field, SQLModel


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


def _key() -> Any:
    return Field(default=None, primary_key=True)


def _text(default: str = "") -> Any:
    return Field(default=default, sa_type=Text)


def _added(default: str = "", *, number: bool = False) -> Any:
    """A column that a later migration added: SQLite wants its default in the schema."""
    value: Any = int(default) if number else default
    literal = default if number else f"'{default}'"
    return Field(
        default=value, sa_type=Integer if number else Text, sa_column_kwargs={"server_default": text(literal)}
    )


def _to(target: str, *, cascade: bool = False, nullable: bool = False) -> Any:
    """A reference; rows that belong to the target go with it, others forbid its deletion."""
    rule = "CASCADE" if cascade else "RESTRICT"
    return Field(
        default=None,
        sa_column_args=(ForeignKey(target, ondelete=rule),),
        nullable=nullable,
        sa_type=Integer,
        index=True,
    )


class Office(SQLModel, table=True):
    """One's own office, or a peer whose public figures are compared."""

    __table_args__ = (CheckConstraint("kind in ('own', 'peer')"), STRICT)
    id: int | None = _key()
    name: str = _text()
    department: str = _text()
    kind: str = _text("own")
    note: str = _text()


class Channel(SQLModel, table=True):
    __table_args__ = (Index("ix_channel_office_position", "office_id", "position"), STRICT)
    id: int | None = _key()
    office_id: int = _to("office.id")
    parent_id: int | None = _to("channel.id", nullable=True)
    platform: str = _text("other")
    name: str = _text()
    unit_name: str = _text()  # 읍면동 or team that runs it; empty for the office itself
    handle: str = _text()
    url: str = _text()
    owner: str = _text()
    opened: date | None = Field(default=None, sa_type=Day)
    closed: date | None = Field(default=None, sa_type=Day)
    position: int = Field(default=0, sa_type=Integer)
    note: str = _text()


class ChannelAlias(SQLModel, table=True):
    """A spelling by which sheets name a channel; ``folded`` is NFKC without white space."""

    __tablename__ = "channel_alias"
    __table_args__ = KEYED
    folded: str = Field(primary_key=True, sa_type=Text)
    channel_id: int = _to("channel.id", cascade=True)


class MetricRow(SQLModel, table=True):
    """The catalogue of ``db/metrics.toml`` and what the office added (ids from 1000)."""

    __tablename__ = "metric"
    __table_args__ = STRICT
    id: int | None = _key()
    code: str = Field(sa_type=Text, unique=True)
    name: str = _text()
    kind: str = _text("flow")
    unit: str = _text()
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
    note: str = _text()
    source: int = Field(default=0, sa_type=Integer)  # the log entry that wrote this state
    cell: str = _text()  # where in a sheet it stood; empty when typed


class Log(SQLModel, table=True):
    """Who did what when. Append-only (triggers) and hash-chained; undoing adds an entry."""

    __table_args__ = STRICT
    id: int | None = _key()
    at: datetime = Field(sa_type=Instant)
    actor: str = _text()
    action: str = _text()
    label: str = _text()
    detail: str = _text()
    undoes: int | None = Field(default=None, sa_type=Integer)
    previous: str = _text()
    digest: str = _text()


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
    id: int | None = _key()
    log_id: int = _to("log.id")
    table_name: str = _text()
    row_key: str = _text()
    old: str | None = Field(default=None, sa_type=Text)
    new: str | None = Field(default=None, sa_type=Text)


class Form(SQLModel, table=True):
    """서식: how sheets with this header signature are understood, answers included (JSON)."""

    __table_args__ = STRICT
    id: int | None = _key()
    name: str = _text()
    signature: str = Field(sa_type=Text, index=True)
    answers: str = _text("{}")


class ImportBatch(SQLModel, table=True):
    __tablename__ = "import_batch"
    __table_args__ = STRICT
    id: int | None = _key()
    log_id: int = _to("log.id")
    file_name: str = _text()
    sha256: str = _text()
    form_id: int | None = _to("form.id", nullable=True)
    added: int = Field(default=0, sa_type=Integer)
    replaced: int = Field(default=0, sa_type=Integer)
    same: int = Field(default=0, sa_type=Integer)
    left_out: int = Field(default=0, sa_type=Integer)
    undone_by: int | None = Field(default=None, sa_type=Integer)


class Collection(SQLModel, table=True):
    """취합 회차: what was asked of the units for one period, and until when."""

    __table_args__ = STRICT
    id: int | None = _key()
    code: str = Field(sa_type=Text, unique=True)
    period_start: date = Field(sa_type=Day)
    period_end: date = Field(sa_type=Day)
    due: date | None = Field(default=None, sa_type=Day)
    metrics: str = _text("[]")  # JSON, as the forms say them
    made: datetime = Field(sa_type=Instant)


class CollectionUnit(SQLModel, table=True):
    """One form of a round; ``channels`` is JSON with the names that were printed."""

    __tablename__ = "collection_unit"
    __table_args__ = STRICT
    id: int | None = _key()
    collection_id: int = _to("collection.id", cascade=True)
    code: str = Field(sa_type=Text, unique=True)
    name: str = _text()
    channels: str = _text("[]")


class CollectionFile(SQLModel, table=True):
    """What was found in a returned file: a unit's form, or (without its number) why it is none.

    ``found`` is JSON: the form as it was read. By printed numbers and not by references, for a round that
    is taken away and brought back by an undo finds its files again.
    """

    __tablename__ = "collection_file"
    __table_args__ = STRICT
    id: int | None = _key()
    round_code: str = Field(sa_type=Text, index=True)
    form_code: str = _text()
    folder: str = _text()
    name: str = _text()  # below the folder
    sha256: str = _text()
    saved: datetime = Field(sa_type=Instant)  # as the file says
    seen: datetime = Field(sa_type=Instant)  # when it was first found
    found: str = _text("{}")
    chosen: bool = Field(default=False, sa_type=Flag)  # by a person, where a unit sent several


class PostSeries(SQLModel, table=True):
    __tablename__ = "post_series"
    __table_args__ = STRICT
    id: int | None = _key()
    title: str = _text()
    rule: str = _text()  # RRULE of RFC 5545, without DTSTART
    starts: date = Field(sa_type=Day)
    time: str = _text("15:00")
    policy: str = _text("back")  # back | forward | skip | keep
    audience: str = _text()
    kind: str = _text("normal")
    channel_ids: str = _text("[]")
    note: str = _text()
    name: str = _added()  # what the series is called; ``title`` is the template of its subjects
    first_number: int = _added("1", number=True)  # 호 of the first occurrence
    status: str = _added("scheduled")  # of an occurrence that nobody has touched yet
    follows: int | None = Field(default=None, sa_type=Integer)  # the series that this one was split from


class Post(SQLModel, table=True):
    __table_args__ = (Index("ix_post_planned", "planned"), STRICT)
    id: int | None = _key()
    series_id: int | None = _to("post_series.id", nullable=True)
    planned: date = Field(sa_type=Day)
    time: str = _text()
    original: date | None = Field(default=None, sa_type=Day)
    moved_because: str = _text()
    status: str = _text("scheduled")  # idea | writing | review | scheduled | done | skipped
    subject: str = _text()
    body: str = _text()
    audience: str = _text()
    kind: str = _text("normal")  # normal | advertisement | emergency
    link: str = _text()
    owner: str = _text()
    note: str = _text()
    attachments: str = _added("[]")  # paths, as JSON
    happened: datetime | None = Field(default=None, sa_type=Instant)  # the event of an emergency
    sent_at: datetime | None = Field(default=None, sa_type=Instant)


class PostChannel(SQLModel, table=True):
    __tablename__ = "post_channel"
    __table_args__ = STRICT
    id: int | None = _key()
    post_id: int = _to("post.id", cascade=True)
    channel_id: int = _to("channel.id")


class Slide(SQLModel, table=True):
    __table_args__ = STRICT
    id: int | None = _key()
    post_id: int = _to("post.id", cascade=True)
    position: int = Field(default=0, sa_type=Integer)
    image: str = _text()
    alt_text: str = _text()


class SendResult(SQLModel, table=True):
    __tablename__ = "send_result"
    __table_args__ = STRICT
    id: int | None = _key()
    post_id: int = _to("post.id", cascade=True)
    channel_id: int | None = _to("channel.id", nullable=True)
    sent: int | None = Field(default=None, sa_type=Integer)
    opened: int | None = Field(default=None, sa_type=Integer)
    clicked: int | None = Field(default=None, sa_type=Integer)
    blocked: int | None = Field(default=None, sa_type=Integer)
    shared: int | None = Field(default=None, sa_type=Integer)
    cost_won: int | None = Field(default=None, sa_type=Integer)
    note: str = _text()


class Holiday(SQLModel, table=True):
    """What the office adds to, or takes from, the public holidays (임시공휴일)."""

    __table_args__ = KEYED
    day: date = Field(primary_key=True, sa_type=Day)
    name: str = _text()
    works: bool = Field(default=False, sa_type=Flag)
    source: str = _added()


class Campaign(SQLModel, table=True):
    __table_args__ = STRICT
    id: int | None = _key()
    name: str = _text()
    starts: date = Field(sa_type=Day)
    ends: date | None = Field(default=None, sa_type=Day)
    channel_ids: str = _text("[]")
    note: str = _text()


class OutsideValue(SQLModel, table=True):
    """A figure from outside the channels (입장객, 수입), with decimals in ``scale``."""

    __tablename__ = "outside_value"
    __table_args__ = STRICT
    id: int | None = _key()
    campaign_id: int | None = _to("campaign.id", nullable=True)
    name: str = _text()
    unit: str = _text()
    period_start: date = Field(sa_type=Day)
    period_end: date = Field(sa_type=Day)
    value: int = Field(sa_type=Integer)
    scale: int = Field(default=0, sa_type=Integer)
    note: str = _text()


class Goal(SQLModel, table=True):
    __table_args__ = STRICT
    id: int | None = _key()
    channel_id: int = _to("channel.id", cascade=True)
    metric_id: int = _to("metric.id")
    target: int = Field(sa_type=Integer)
    due: date | None = Field(default=None, sa_type=Day)
    note: str = _text()


class SeriesNote(SQLModel, table=True):
    """A remark at a point of a series: an event, or a break in what is counted."""

    __tablename__ = "series_note"
    __table_args__ = STRICT
    id: int | None = _key()
    channel_id: int | None = _to("channel.id", cascade=True, nullable=True)
    metric_id: int | None = _to("metric.id", nullable=True)
    day: date = Field(sa_type=Day)
    kind: str = _text("event")  # event | break
    text: str = _text()


class WeekNote(SQLModel, table=True):
    """특이사항 of one week's report."""

    __tablename__ = "week_note"
    __table_args__ = KEYED
    monday: date = Field(primary_key=True, sa_type=Day)
    text: str = _text()


class Inquiry(SQLModel, table=True):
    """Counts of questions and complaints; no personal data."""

    __table_args__ = STRICT
    id: int | None = _key()
    channel_id: int = _to("channel.id")
    day: date = Field(sa_type=Day)
    kind: str = _text()
    received: int = Field(default=0, sa_type=Integer)
    answered: int = Field(default=0, sa_type=Integer)
    median_minutes: int | None = Field(default=None, sa_type=Integer)


class Award(SQLModel, table=True):
    __table_args__ = STRICT
    id: int | None = _key()
    day: date = Field(sa_type=Day)
    name: str = _text()
    prize: str = _text()
    giver: str = _text()
    note: str = _text()


class Settled(SQLModel, table=True):
    """A warning that a person put off or settled, so that nothing nags twice."""

    __table_args__ = KEYED
    key: str = Field(primary_key=True, sa_type=Text)
    until: date | None = Field(default=None, sa_type=Day)
    note: str = _text()


class Setting(SQLModel, table=True):
    __table_args__ = KEYED
    key: str = Field(primary_key=True, sa_type=Text)
    value: str = _text()  # JSON


# Never journalled as rows: the door's own books, and what was learned from a file, which an undo
# of that file need not forget.
BOOKKEEPING = frozenset(
    {"log", "value_change", "row_change", "observation", "import_batch", "metric", "form",
     "channel_alias", "collection_file"}
)  # fmt: skip
