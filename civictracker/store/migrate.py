"""Bring a data file to the current schema: backup first, foreign keys off, one transaction.

Alembic is imported only here and only for an old or new file (0.4 s). With foreign keys on, its
batch mode would delete every child row while it rebuilds a parent; so the migration runs on an
engine of its own, and the references are checked before the commit.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import DatabaseError

from civictracker import paths
from civictracker.errors import DataFileError
from civictracker.store import guard
from civictracker.store.database import APPLICATION_ID, SCHEMA_VERSION, open_engine


def migrate(data: Path, *, scripts: Path | None = None, target: str = "head") -> None:
    """Upgrade ``data`` as a whole or not at all. Raises DataFileError when it cannot be done."""
    from alembic import command  # noqa: PLC0415 (only for old files)
    from alembic.config import Config  # noqa: PLC0415

    data.parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(data, foreign_keys=False)
    try:
        connection = engine.connect().execution_options(civictracker_write=True)
        with connection, connection.begin():
            config = Config()
            config.set_main_option("script_location", str(scripts or paths.schema()).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, target)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise guard.damaged(data)
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")
    except DatabaseError as error:
        raise DataFileError(
            "자료를 새 판으로 바꾸지 못했습니다.", "자료는 그대로입니다. 백업을 확인해 주세요."
        ) from error
    finally:
        engine.dispose()
