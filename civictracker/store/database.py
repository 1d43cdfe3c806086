"""The engine: how the data file is opened, and the only place with SQLite's own words.

Journal: the rollback journal with ``synchronous=EXTRA``, so that a commit that was acknowledged
survives a power cut (WAL with NORMAL does not). Transactions are our own ``BEGIN``: the driver's
default leaves DDL outside of them, and a migration that fails half-way would stay half-done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, create_engine, event, inspect
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool
from sqlmodel import Session, SQLModel

from civictracker.errors import DataFileBusyError, DataFileDamagedError, DiskError

APPLICATION_ID = 0x43565431  # "CVT1", so that another program's file is told by name
SCHEMA_VERSION = 3  # one more with every migration under db/versions
BUSY_MS = 4000

PRAGMAS = (
    ("foreign_keys", "ON"),
    ("trusted_schema", "OFF"),
    ("cell_size_check", "ON"),
    ("journal_mode", "DELETE"),
    ("synchronous", "EXTRA"),
    ("temp_store", "MEMORY"),
    ("cache_size", "-32000"),
)


def open_engine(path: Path, *, foreign_keys: bool = True) -> Engine:
    """An engine on ``path`` with the settings above; migrations alone open without foreign keys."""
    # By a creator and not by a URL, in which %20 or ? in a folder's name would mean another file.
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(
            path, isolation_level=None, timeout=BUSY_MS / 1000, check_same_thread=False
        ),
        poolclass=QueuePool,
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _record: object) -> None:
        for name, setting in PRAGMAS:
            value = "OFF" if name == "foreign_keys" and not foreign_keys else setting
            connection.execute(f"PRAGMA {name}={value}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("civictracker_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one state of the data and changes nothing."""
    with faults_told(), Session(engine, autoflush=False, expire_on_commit=False) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One unit of work: committed as a whole when the block ends well, else gone as a whole."""
    with faults_told():
        connection = engine.connect().execution_options(civictracker_write=True)
        with (
            connection,
            Session(bind=connection, expire_on_commit=False) as session,
            connection.begin(),
        ):
            yield session
            session.flush()


@contextmanager
def faults_told() -> Iterator[None]:
    """Turn what the disk or another process did to us into a sentence."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        raise _told(error) from error


def _told(error: DatabaseError | sqlite3.DatabaseError) -> Exception:
    text = str(error).casefold()
    if "disk is full" in text or "disk i/o error" in text or "unable to open" in text:
        return DiskError("디스크에 쓸 수 없어 저장하지 못했습니다.", "빈 공간을 만든 뒤 다시 해 주세요.")
    if "readonly" in text:
        return DiskError("자료 파일에 쓸 권한이 없습니다.", "파일의 읽기 전용 속성을 풀어 주세요.")
    if "locked" in text or "busy" in text:
        return DataFileBusyError("다른 작업이 자료 파일을 쓰고 있습니다.", "잠시 뒤 다시 해 주세요.")
    if "malformed" in text or "not a database" in text:
        return DataFileDamagedError("자료 파일이 손상되었습니다.", "백업에서 복원해 주세요.")
    return error


def core(model: type[SQLModel]) -> Table:
    """The table behind ``model``, for statements that need columns rather than objects."""
    table = inspect(model).local_table
    assert isinstance(table, Table)
    return table


def upsert(table: Any, key: tuple[str, ...], columns: tuple[str, ...]) -> Any:
    """INSERT that overwrites ``columns`` where ``key`` exists already."""
    statement = insert(table)
    return statement.on_conflict_do_update(
        index_elements=list(key), set_={name: statement.excluded[name] for name in columns}
    )
