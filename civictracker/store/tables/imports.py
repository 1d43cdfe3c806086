"""What came in from files: learned forms, batches, and 취합."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Integer, Text
from sqlmodel import Field, SQLModel

from civictracker.store.tables.columns import STRICT, Day, Flag, Instant, key_field, reference, text_field


class Form(SQLModel, table=True):
    """서식: how sheets with this header signature are understood, answers included (JSON)."""

    __table_args__ = STRICT
    id: int | None = key_field()
    name: str = text_field()
    signature: str = Field(sa_type=Text, index=True)
    answers: str = text_field("{}")


class ImportBatch(SQLModel, table=True):
    __tablename__ = "import_batch"
    __table_args__ = STRICT
    id: int | None = key_field()
    log_id: int = reference("log.id")
    file_name: str = text_field()
    sha256: str = text_field()
    form_id: int | None = reference("form.id", nullable=True)
    added: int = Field(default=0, sa_type=Integer)
    replaced: int = Field(default=0, sa_type=Integer)
    same: int = Field(default=0, sa_type=Integer)
    left_out: int = Field(default=0, sa_type=Integer)
    undone_by: int | None = Field(default=None, sa_type=Integer)


class Collection(SQLModel, table=True):
    """취합 회차: what was asked of the units for one period, and until when."""

    __table_args__ = STRICT
    id: int | None = key_field()
    code: str = Field(sa_type=Text, unique=True)
    period_start: date = Field(sa_type=Day)
    period_end: date = Field(sa_type=Day)
    due: date | None = Field(default=None, sa_type=Day)
    metrics: str = text_field("[]")  # JSON, as the forms say them
    made: datetime = Field(sa_type=Instant)


class CollectionUnit(SQLModel, table=True):
    """One form of a round; ``channels`` is JSON with the names that were printed."""

    __tablename__ = "collection_unit"
    __table_args__ = STRICT
    id: int | None = key_field()
    collection_id: int = reference("collection.id", cascade=True)
    code: str = Field(sa_type=Text, unique=True)
    name: str = text_field()
    channels: str = text_field("[]")


class CollectionFile(SQLModel, table=True):
    """What was found in a returned file: a unit's form, or (without its number) why it is none.

    ``found`` is JSON: the form as it was read. By printed numbers and not by references, for a round that
    is taken away and brought back by an undo finds its files again.
    """

    __tablename__ = "collection_file"
    __table_args__ = STRICT
    id: int | None = key_field()
    round_code: str = Field(sa_type=Text, index=True)
    form_code: str = text_field()
    folder: str = text_field()
    name: str = text_field()  # below the folder
    sha256: str = text_field()
    saved: datetime = Field(sa_type=Instant)  # as the file says
    seen: datetime = Field(sa_type=Instant)  # when it was first found
    found: str = text_field("{}")
    chosen: bool = Field(default=False, sa_type=Flag)  # by a person, where a unit sent several
