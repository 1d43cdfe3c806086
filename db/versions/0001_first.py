"""The first schema.

Revision ID: 0001
"""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """
    CREATE TABLE award (
        id INTEGER NOT NULL,
        day TEXT NOT NULL,
        name TEXT NOT NULL,
        prize TEXT NOT NULL,
        giver TEXT NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (id)
    )
     STRICT
    """,
    """
    CREATE TABLE campaign (
        id INTEGER NOT NULL,
        name TEXT NOT NULL,
        starts TEXT NOT NULL,
        ends TEXT,
        channel_ids TEXT NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (id)
    )
     STRICT
    """,
    """
    CREATE TABLE form (
        id INTEGER NOT NULL,
        name TEXT NOT NULL,
        signature TEXT NOT NULL,
        answers TEXT NOT NULL,
        PRIMARY KEY (id)
    )
     STRICT
    """,
    """
    CREATE INDEX ix_form_signature ON form (signature)
    """,
    """
    CREATE TABLE holiday (
        day TEXT NOT NULL,
        name TEXT NOT NULL,
        works INTEGER NOT NULL,
        PRIMARY KEY (day)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE log (
        id INTEGER NOT NULL,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        label TEXT NOT NULL,
        detail TEXT NOT NULL,
        undoes INTEGER,
        previous TEXT NOT NULL,
        digest TEXT NOT NULL,
        PRIMARY KEY (id)
    )
     STRICT
    """,
    """
    CREATE TABLE metric (
        id INTEGER NOT NULL,
        code TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        unit TEXT NOT NULL,
        decimals INTEGER NOT NULL,
        numerator TEXT,
        denominator TEXT,
        anchor TEXT,
        PRIMARY KEY (id),
        UNIQUE (code)
    )
     STRICT
    """,
    """
    CREATE TABLE office (
        id INTEGER NOT NULL,
        name TEXT NOT NULL,
        department TEXT NOT NULL,
        kind TEXT NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (id),
        CHECK (kind in ('own', 'peer'))
    )
     STRICT
    """,
    """
    CREATE TABLE post_series (
        id INTEGER NOT NULL,
        title TEXT NOT NULL,
        rule TEXT NOT NULL,
        starts TEXT NOT NULL,
        time TEXT NOT NULL,
        policy TEXT NOT NULL,
        audience TEXT NOT NULL,
        kind TEXT NOT NULL,
        channel_ids TEXT NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (id)
    )
     STRICT
    """,
    """
    CREATE TABLE setting (
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY ("key")
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE settled (
        "key" TEXT NOT NULL,
        until TEXT,
        note TEXT NOT NULL,
        PRIMARY KEY ("key")
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE week_note (
        monday TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (monday)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE channel (
        id INTEGER NOT NULL,
        office_id INTEGER NOT NULL,
        parent_id INTEGER,
        platform TEXT NOT NULL,
        name TEXT NOT NULL,
        unit_name TEXT NOT NULL,
        handle TEXT NOT NULL,
        url TEXT NOT NULL,
        owner TEXT NOT NULL,
        opened TEXT,
        closed TEXT,
        position INTEGER NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(office_id) REFERENCES office (id) ON DELETE RESTRICT,
        FOREIGN KEY(parent_id) REFERENCES channel (id) ON DELETE RESTRICT
    )
     STRICT
    """,
    """
    CREATE INDEX ix_channel_office_id ON channel (office_id)
    """,
    """
    CREATE INDEX ix_channel_office_position ON channel (office_id, position)
    """,
    """
    CREATE INDEX ix_channel_parent_id ON channel (parent_id)
    """,
    """
    CREATE TABLE import_batch (
        id INTEGER NOT NULL,
        log_id INTEGER NOT NULL,
        file_name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        form_id INTEGER,
        added INTEGER NOT NULL,
        replaced INTEGER NOT NULL,
        same INTEGER NOT NULL,
        left_out INTEGER NOT NULL,
        undone_by INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(log_id) REFERENCES log (id) ON DELETE RESTRICT,
        FOREIGN KEY(form_id) REFERENCES form (id) ON DELETE RESTRICT
    )
     STRICT
    """,
    """
    CREATE INDEX ix_import_batch_form_id ON import_batch (form_id)
    """,
    """
    CREATE INDEX ix_import_batch_log_id ON import_batch (log_id)
    """,
    """
    CREATE TABLE outside_value (
        id INTEGER NOT NULL,
        campaign_id INTEGER,
        name TEXT NOT NULL,
        unit TEXT NOT NULL,
        period_start TEXT NOT NULL,
        period_end TEXT NOT NULL,
        value INTEGER NOT NULL,
        scale INTEGER NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(campaign_id) REFERENCES campaign (id) ON DELETE RESTRICT
    )
     STRICT
    """,
    """
    CREATE INDEX ix_outside_value_campaign_id ON outside_value (campaign_id)
    """,
    """
    CREATE TABLE post (
        id INTEGER NOT NULL,
        series_id INTEGER,
        planned TEXT NOT NULL,
        time TEXT NOT NULL,
        original TEXT,
        moved_because TEXT NOT NULL,
        status TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        audience TEXT NOT NULL,
        kind TEXT NOT NULL,
        link TEXT NOT NULL,
        owner TEXT NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(series_id) REFERENCES post_series (id) ON DELETE RESTRICT
    )
     STRICT
    """,
    """
    CREATE INDEX ix_post_planned ON post (planned)
    """,
    """
    CREATE INDEX ix_post_series_id ON post (series_id)
    """,
    """
    CREATE TABLE row_change (
        id INTEGER NOT NULL,
        log_id INTEGER NOT NULL,
        table_name TEXT NOT NULL,
        row_key TEXT NOT NULL,
        old TEXT,
        new TEXT,
        PRIMARY KEY (id),
        FOREIGN KEY(log_id) REFERENCES log (id) ON DELETE RESTRICT
    )
     STRICT
    """,
    """
    CREATE INDEX ix_row_change_log_id ON row_change (log_id)
    """,
    """
    CREATE TABLE value_change (
        log_id INTEGER NOT NULL,
        metric_id INTEGER NOT NULL,
        channel_id INTEGER NOT NULL,
        period_start TEXT NOT NULL,
        period_end TEXT NOT NULL,
        old_value INTEGER,
        old_approximate INTEGER,
        old_note TEXT,
        old_source INTEGER,
        old_cell TEXT,
        new_value INTEGER,
        new_approximate INTEGER,
        new_note TEXT,
        new_source INTEGER,
        new_cell TEXT,
        PRIMARY KEY (log_id, metric_id, channel_id, period_start, period_end),
        FOREIGN KEY(log_id) REFERENCES log (id) ON DELETE RESTRICT
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE channel_alias (
        folded TEXT NOT NULL,
        channel_id INTEGER NOT NULL,
        PRIMARY KEY (folded),
        FOREIGN KEY(channel_id) REFERENCES channel (id) ON DELETE CASCADE
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE INDEX ix_channel_alias_channel_id ON channel_alias (channel_id)
    """,
    """
    CREATE TABLE goal (
        id INTEGER NOT NULL,
        channel_id INTEGER NOT NULL,
        metric_id INTEGER NOT NULL,
        target INTEGER NOT NULL,
        due TEXT,
        note TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(channel_id) REFERENCES channel (id) ON DELETE CASCADE,
        FOREIGN KEY(metric_id) REFERENCES metric (id) ON DELETE RESTRICT
    )
     STRICT
    """,
    """
    CREATE INDEX ix_goal_channel_id ON goal (channel_id)
    """,
    """
    CREATE INDEX ix_goal_metric_id ON goal (metric_id)
    """,
    """
    CREATE TABLE inquiry (
        id INTEGER NOT NULL,
        channel_id INTEGER NOT NULL,
        day TEXT NOT NULL,
        kind TEXT NOT NULL,
        received INTEGER NOT NULL,
        answered INTEGER NOT NULL,
        median_minutes INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(channel_id) REFERENCES channel (id) ON DELETE RESTRICT
    )
     STRICT
    """,
    """
    CREATE INDEX ix_inquiry_channel_id ON inquiry (channel_id)
    """,
    """
    CREATE TABLE observation (
        metric_id INTEGER NOT NULL,
        channel_id INTEGER NOT NULL,
        period_start TEXT NOT NULL,
        period_end TEXT NOT NULL,
        value INTEGER NOT NULL,
        approximate INTEGER NOT NULL,
        note TEXT NOT NULL,
        source INTEGER NOT NULL,
        cell TEXT NOT NULL,
        PRIMARY KEY (metric_id, channel_id, period_start, period_end),
        FOREIGN KEY(metric_id) REFERENCES metric (id) ON DELETE RESTRICT,
        FOREIGN KEY(channel_id) REFERENCES channel (id) ON DELETE RESTRICT
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE INDEX ix_observation_period ON observation (period_end, period_start)
    """,
    """
    CREATE TABLE post_channel (
        id INTEGER NOT NULL,
        post_id INTEGER NOT NULL,
        channel_id INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE CASCADE,
        FOREIGN KEY(channel_id) REFERENCES channel (id) ON DELETE RESTRICT
    )
     STRICT
    """,
    """
    CREATE INDEX ix_post_channel_channel_id ON post_channel (channel_id)
    """,
    """
    CREATE INDEX ix_post_channel_post_id ON post_channel (post_id)
    """,
    """
    CREATE TABLE send_result (
        id INTEGER NOT NULL,
        post_id INTEGER NOT NULL,
        channel_id INTEGER,
        sent INTEGER,
        opened INTEGER,
        clicked INTEGER,
        blocked INTEGER,
        shared INTEGER,
        cost_won INTEGER,
        note TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE CASCADE,
        FOREIGN KEY(channel_id) REFERENCES channel (id) ON DELETE RESTRICT
    )
     STRICT
    """,
    """
    CREATE INDEX ix_send_result_channel_id ON send_result (channel_id)
    """,
    """
    CREATE INDEX ix_send_result_post_id ON send_result (post_id)
    """,
    """
    CREATE TABLE series_note (
        id INTEGER NOT NULL,
        channel_id INTEGER,
        metric_id INTEGER,
        day TEXT NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(channel_id) REFERENCES channel (id) ON DELETE CASCADE,
        FOREIGN KEY(metric_id) REFERENCES metric (id) ON DELETE RESTRICT
    )
     STRICT
    """,
    """
    CREATE INDEX ix_series_note_channel_id ON series_note (channel_id)
    """,
    """
    CREATE INDEX ix_series_note_metric_id ON series_note (metric_id)
    """,
    """
    CREATE TABLE slide (
        id INTEGER NOT NULL,
        post_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        image TEXT NOT NULL,
        alt_text TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(post_id) REFERENCES post (id) ON DELETE CASCADE
    )
     STRICT
    """,
    """
    CREATE INDEX ix_slide_post_id ON slide (post_id)
    """,
    """
    CREATE TRIGGER log_keeps_update BEFORE UPDATE ON log
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END
    """,
    """
    CREATE TRIGGER log_keeps_delete BEFORE DELETE ON log
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
