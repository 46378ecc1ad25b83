"""Pictures, voices, films and files that people sent, and their sealed bytes.

Revision ID: 0018
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None

# Integer microseconds since 1970 UTC on SQLite.
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "media",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("reply_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "state IN ('WAITING', 'KEPT', 'GONE', 'ELSEWHERE', 'TOO_LARGE', 'WITHDRAWN')",
            name=op.f("ck_media_state"),
        ),
        sa.CheckConstraint(
            "(next_at IS NOT NULL) = (state = 'WAITING')", name=op.f("ck_media_fetched_when")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "reply_id"],
            ["replies.municipality_id", "replies.id"],
            name=op.f("fk_media_municipality_id_reply_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_media")),
    )
    waiting = sa.text("state = 'WAITING'")
    op.create_index("ix_media_reply", "media", ["municipality_id", "reply_id", "id"])
    op.create_index(
        "ix_media_due",
        "media",
        ["municipality_id", "next_at", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_table(
        "media_bytes",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("media_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "media_id"],
            ["media.municipality_id", "media.id"],
            name=op.f("fk_media_bytes_municipality_id_media_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "media_id", name=op.f("pk_media_bytes")),
    )


def downgrade() -> None:
    raise NotImplementedError("forward only")
