"""Migrations: all or nothing, child rows kept, and the schema that the models describe."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from civictracker import paths
from civictracker.errors import DataFileDamagedError, DataFileError
from civictracker.store import guard, migrate
from civictracker.store.database import SCHEMA_VERSION
from civictracker.store.tables import Channel


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A copy of the migrations, to which a test adds one."""
    return shutil.copytree(paths.schema(), tmp_path / "db")


def add(scripts: Path, body: str) -> None:
    text = (
        "from alembic import op\nimport sqlalchemy as sa\n"
        f'revision = "{SCHEMA_VERSION + 1:04d}"\ndown_revision = "{SCHEMA_VERSION:04d}"\n\n\n'
    )
    (scripts / "versions" / f"{SCHEMA_VERSION + 1:04d}_next.py").write_text(text + body, encoding="utf-8")


def rows(data: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data)) as connection:
        return connection.execute(sql).fetchall()


def schema(data: Path) -> dict[str, object]:
    """Tables with their columns, references and options; indexes with what they cover."""
    found: dict[str, object] = {}
    with closing(sqlite3.connect(data)) as connection:
        tables = connection.execute(
            "SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main'"
            " AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
        ).fetchall()
        for name, *options in tables:
            columns = connection.execute(f"PRAGMA table_xinfo({name})").fetchall()
            keys = connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
            indexes = connection.execute(f"PRAGMA index_list({name})").fetchall()
            found[name] = (
                options,
                [column[1:] for column in columns],
                sorted(key[2:] for key in keys),
                sorted(
                    (index[1], *index[2:],
                     tuple(part[2] for part in connection.execute(f"PRAGMA index_info({index[1]})")))
                    for index in indexes
                ),
            )  # fmt: skip
    return found


def test_the_migrated_schema_is_the_one_that_the_models_describe(data: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.db"
    engine = create_engine(f"sqlite:///{fresh}")
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    migrated, described = schema(data), schema(fresh)
    assert migrated.keys() == described.keys()
    for table, shape in described.items():
        assert migrated[table] == shape, table


def test_the_models_checks_are_in_the_file(data: Path) -> None:
    with closing(sqlite3.connect(data)) as connection, pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        connection.execute("INSERT INTO office VALUES (1, 'a', '', 'friend', '')")


def test_a_new_file_is_marked_as_ours(tmp_path: Path) -> None:
    path = tmp_path / "a" / "new.db"
    migrate.migrate(path)
    assert guard.look(path) is guard.State.CURRENT
    assert rows(path, "SELECT version_num FROM alembic_version") == [(f"{SCHEMA_VERSION:04d}",)]


def test_rebuilding_a_parent_keeps_its_children(office_data: Path, scripts: Path) -> None:
    """Alembic's batch mode drops the old parent table; with foreign keys on, its rows' children go too."""
    with closing(sqlite3.connect(office_data)) as stock:
        stock.execute("INSERT INTO goal (channel_id, metric_id, target, note) VALUES (1, 1, 50000, '')")
        stock.execute("INSERT INTO channel_alias VALUES ('옛이름', 1)")
        stock.commit()
    add(scripts, "def upgrade() -> None:\n"
                 "    with op.batch_alter_table('channel', recreate='always') as batch:\n"
                 "        batch.add_column(sa.Column('extra', sa.Text(), nullable=True))\n")  # fmt: skip
    migrate.migrate(office_data, scripts=scripts)
    assert rows(office_data, "SELECT channel_id, target FROM goal") == [(1, 50000)]
    assert rows(office_data, "SELECT folded FROM channel_alias") == [("옛이름",)]
    assert rows(office_data, "SELECT count(*), count(extra) FROM channel") == [(3, 0)]
    guard.check(office_data)


HALF_WAY = """
def upgrade() -> None:
    op.execute('CREATE TABLE half (a INTEGER) STRICT')
    op.execute('ALTER TABLE office RENAME TO bureau')
    op.execute('SELECT nothing FROM nowhere')
"""
DANGLING = """
def upgrade() -> None:
    op.execute('CREATE TABLE half (a INTEGER) STRICT')
    op.execute('DELETE FROM office')
"""


@pytest.mark.parametrize("body", [HALF_WAY, DANGLING])
def test_a_broken_migration_leaves_the_file_as_it_was(office_data: Path, scripts: Path, body: str) -> None:
    before = office_data.read_bytes()
    add(scripts, body)
    with pytest.raises(DataFileError):
        migrate.migrate(office_data, scripts=scripts)
    assert office_data.read_bytes() == before
    guard.check(office_data)


def test_dangling_references_are_called_damage(office_data: Path, scripts: Path) -> None:
    add(scripts, DANGLING)
    with pytest.raises(DataFileDamagedError):
        migrate.migrate(office_data, scripts=scripts)


def test_the_number_of_migrations_is_the_schema_version() -> None:
    assert len(list((paths.schema() / "versions").glob("0*.py"))) == SCHEMA_VERSION


def test_migrations_import_no_live_models() -> None:
    """A model of next year must not change what last year's migration did."""
    for path in (paths.schema() / "versions").glob("*.py"):
        assert "civictracker" not in path.read_text(encoding="utf-8")


def test_the_log_cannot_be_rewritten(office_data: Path) -> None:
    with closing(sqlite3.connect(office_data)) as stock:
        for sql in ("UPDATE log SET label = 'x'", "DELETE FROM log"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                stock.execute(sql)


def test_a_model_and_its_table_have_one_name() -> None:
    assert Channel.__tablename__ == "channel"
