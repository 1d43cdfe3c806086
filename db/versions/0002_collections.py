"""취합: rounds, the forms that were sent out for them, and the files that came back.

Revision ID: 0002
"""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    """
    CREATE TABLE collection (
        id INTEGER NOT NULL,
        code TEXT NOT NULL,
        period_start TEXT NOT NULL,
        period_end TEXT NOT NULL,
        due TEXT,
        metrics TEXT NOT NULL,
        made TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (code)
    )
     STRICT
    """,
    """
    CREATE TABLE collection_unit (
        id INTEGER NOT NULL,
        collection_id INTEGER NOT NULL,
        code TEXT NOT NULL,
        name TEXT NOT NULL,
        channels TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(collection_id) REFERENCES collection (id) ON DELETE CASCADE,
        UNIQUE (code)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_collection_unit_collection_id ON collection_unit (collection_id)
    """,
    """
    CREATE TABLE collection_file (
        id INTEGER NOT NULL,
        round_code TEXT NOT NULL,
        form_code TEXT NOT NULL,
        folder TEXT NOT NULL,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        saved TEXT NOT NULL,
        seen TEXT NOT NULL,
        found TEXT NOT NULL,
        chosen INTEGER NOT NULL,
        PRIMARY KEY (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_collection_file_round_code ON collection_file (round_code)
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
