"""Notices to many in a disaster, and letters that let the distance to others give way.

Revision ID: 0020
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# Integer microseconds since 1970 UTC on SQLite.
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")

OF_A_NOTICE = sa.text("kind = 'NOTICE'")


def upgrade() -> None:
    with op.batch_alter_table("letters") as letters:
        # No letter that is there already passes others by.
        letters.add_column(
            sa.Column("passes_pace", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        letters.create_check_constraint(
            op.f("ck_letters_passes_pace"), "NOT passes_pace OR kind = 'NOTICE'"
        )
    with op.batch_alter_table("letters") as letters:
        letters.alter_column("passes_pace", server_default=None)
    op.create_index(
        "ix_letters_notice",
        "letters",
        ["municipality_id", "command_key"],
        sqlite_where=OF_A_NOTICE,
        postgresql_where=OF_A_NOTICE,
    )
    op.create_table(
        "notices",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opens_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("command_key", sa.Text(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "state IN ('WAITING', 'APPROVED', 'STOPPED')", name=op.f("ck_notices_state")
        ),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_notices_window")),
        sa.CheckConstraint("approved_by <> author_id", name=op.f("ck_notices_second_person")),
        sa.CheckConstraint(
            "state <> 'APPROVED' OR approved_by IS NOT NULL", name=op.f("ck_notices_approved")
        ),
        *(
            sa.ForeignKeyConstraint(
                ["municipality_id", column],
                ["staff.municipality_id", "staff.id"],
                name=op.f(f"fk_notices_municipality_id_{column}"),
            )
            for column in ("author_id", "approved_by")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_notices")),
    )
    op.create_index(
        "uq_notices_command", "notices", ["municipality_id", "command_key"], unique=True
    )
    op.create_index(
        "ix_notices_created", "notices", ["municipality_id", "created_at", "id"], unique=False
    )


def downgrade() -> None:
    raise NotImplementedError("forward only")
