"""Each setting of the data file, by what goes wrong on SQLite's own defaults."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from civictracker.errors import DataFileBusyError, DataFileDamagedError, DiskError
from civictracker.store.database import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    core,
    faults_told,
    open_engine,
    reading,
    upsert,
    writing,
)
from civictracker.store.tables import Setting


@pytest.fixture
def engine(data: Path) -> Iterator[Engine]:
    engine = open_engine(data)
    yield engine
    engine.dispose()


def scalar(engine: Engine, sql: str) -> object:
    with reading(engine) as session:
        return session.connection().exec_driver_sql(sql).scalar()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("foreign_keys", 1), ("trusted_schema", 0), ("cell_size_check", 1), ("journal_mode", "delete"),
        ("synchronous", 3), ("temp_store", 2), ("application_id", APPLICATION_ID),
        ("user_version", SCHEMA_VERSION),
    ],
)  # fmt: skip
def test_settings_of_every_connection(engine: Engine, pragma: str, value: object) -> None:
    for _ in range(2):
        assert scalar(engine, f"PRAGMA {pragma}") == value
        engine.dispose()


def test_stock_settings_are_others(data: Path) -> None:
    """What the settings are for: plain sqlite3 has none of the ones that protect."""
    with closing(sqlite3.connect(data)) as stock:
        told = {name: stock.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("foreign_keys", "trusted_schema", "synchronous")}  # fmt: skip
    assert told == {"foreign_keys": 0, "trusted_schema": 1, "synchronous": 2}


def test_a_figure_of_no_channel_is_refused(engine: Engine) -> None:
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.connection().exec_driver_sql(
            "INSERT INTO observation VALUES (1, 999, '2026-11-16', '2026-11-22', 5, 0, '', 0, '')"
        )


@pytest.mark.parametrize("value", ["'1,234'", "'many'", "1.5", "x'00'"])
def test_a_count_is_an_integer_or_nothing(engine: Engine, value: str) -> None:
    """Without STRICT the text '1,234' would lie in the column for ever."""
    with pytest.raises(DatabaseError), writing(engine) as session:
        session.connection().exec_driver_sql(
            f"INSERT INTO goal (channel_id, metric_id, target, note) VALUES (1, 1, {value}, '')"
        )


def test_every_table_is_strict(engine: Engine) -> None:
    loose = scalar(
        engine,
        "SELECT group_concat(name) FROM pragma_table_list WHERE strict = 0 AND schema = 'main'"
        " AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'",
    )
    assert loose is None


def test_ddl_is_rolled_back_with_the_rest(engine: Engine, data: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(engine) as session:
        session.connection().exec_driver_sql("CREATE TABLE half (done INTEGER) STRICT")
        raise ZeroDivisionError
    assert scalar(engine, "SELECT count(*) FROM sqlite_master WHERE name = 'half'") == 0
    stock = create_engine(f"sqlite:///{data}")  # the driver's default commits the table on its own
    with pytest.raises(ZeroDivisionError), stock.begin() as connection:
        connection.execute(text("CREATE TABLE half (done INTEGER) STRICT"))
        raise ZeroDivisionError
    stock.dispose()
    with closing(sqlite3.connect(data)) as look:
        assert look.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (1,)


def test_the_driver_begins_nothing_of_its_own(engine: Engine, data: Path) -> None:
    """Its default would open a transaction behind our back at the first INSERT."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("INSERT INTO setting VALUES ('a', '1')")
        assert not raw.in_transaction
    with closing(sqlite3.connect(data)) as stock:
        stock.execute("INSERT INTO setting VALUES ('b', '1')")
        assert stock.in_transaction


def test_a_schema_cannot_smuggle_in_a_function(engine: Engine, data: Path) -> None:
    """trusted_schema: a view of a hostile file may not call what reaches outside."""
    with closing(sqlite3.connect(data)) as hostile:
        hostile.execute("CREATE VIEW trap AS SELECT outside(1) AS a")
        hostile.commit()
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.create_function("outside", 1, lambda _: "reached")
        with pytest.raises(DatabaseError, match="unsafe use"):
            connection.exec_driver_sql("SELECT a FROM trap").all()
    with closing(sqlite3.connect(data)) as stock:
        stock.create_function("outside", 1, lambda _: "reached")
        assert stock.execute("SELECT a FROM trap").fetchone() == ("reached",)


def test_a_unit_of_work_is_all_or_nothing(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), writing(engine) as session:
        session.add(Setting(key="a", value="1"))
        session.flush()
        raise ZeroDivisionError
    assert scalar(engine, "SELECT count(*) FROM setting") == 0
    with writing(engine) as session:
        session.add(Setting(key="a", value="1"))
    assert scalar(engine, "SELECT value FROM setting") == "1"


def test_a_reader_sees_one_state(engine: Engine, data: Path) -> None:
    """A read begins its own transaction, so two looks within it cannot disagree."""
    with reading(engine) as session:
        connection = session.connection()
        first = connection.exec_driver_sql("SELECT count(*) FROM setting").scalar()
        with closing(sqlite3.connect(data, timeout=0)) as other:
            other.execute("INSERT INTO setting VALUES ('b', '1')")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.commit()
            other.rollback()
        assert connection.exec_driver_sql("SELECT count(*) FROM setting").scalar() == first


def test_a_second_writer_waits_and_then_hears_a_sentence(
    engine: Engine, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("civictracker.store.database.BUSY_MS", 50)
    impatient = open_engine(data)
    with writing(engine) as session:
        session.add(Setting(key="a", value="1"))
        session.flush()
        with pytest.raises(DataFileBusyError, match="다른 작업이"), writing(impatient):
            pass
    impatient.dispose()


def test_a_read_only_file_is_told_as_such(engine: Engine) -> None:
    with pytest.raises(DiskError, match="권한이 없습니다"), writing(engine) as session:
        session.connection().exec_driver_sql("PRAGMA query_only=ON")
        session.add(Setting(key="a", value="1"))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("database or disk is full", DiskError), ("disk I/O error", DiskError),
        ("unable to open database file", DiskError), ("database is locked", DataFileBusyError),
        ("attempt to write a readonly database", DiskError),
        ("database disk image is malformed", DataFileDamagedError),
        ("file is not a database", DataFileDamagedError),
    ],
)  # fmt: skip
def test_what_the_disk_did_becomes_a_sentence(words: str, kind: type[Exception]) -> None:
    with pytest.raises(kind) as caught, faults_told():
        raise sqlite3.OperationalError(words)
    assert "sqlite" not in str(caught.value)


def test_our_own_faults_stay_what_they_are() -> None:
    with pytest.raises(sqlite3.OperationalError), faults_told():
        raise sqlite3.OperationalError("no such table: x")


def test_upsert_overwrites_what_the_key_has(engine: Engine) -> None:
    statement = upsert(core(Setting), ("key",), ("value",))
    with writing(engine) as session:
        for value in ("1", "2"):
            session.connection().execute(statement, {"key": "a", "value": value})
    assert scalar(engine, "SELECT group_concat(value) FROM setting") == "2"
