"""Series have names and numbers, posts attachments and the times of an emergency, holidays a source.

Revision ID: 0003
"""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    "ALTER TABLE post_series ADD COLUMN name TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE post_series ADD COLUMN first_number INTEGER DEFAULT 1 NOT NULL",
    "ALTER TABLE post_series ADD COLUMN status TEXT DEFAULT 'scheduled' NOT NULL",
    "ALTER TABLE post_series ADD COLUMN follows INTEGER",
    "ALTER TABLE post ADD COLUMN attachments TEXT DEFAULT '[]' NOT NULL",
    "ALTER TABLE post ADD COLUMN happened TEXT",
    "ALTER TABLE post ADD COLUMN sent_at TEXT",
    "ALTER TABLE holiday ADD COLUMN source TEXT DEFAULT '' NOT NULL",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
