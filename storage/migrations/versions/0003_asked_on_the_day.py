"""Letters that are asked about on their day: does it still fit?

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Integer microseconds since 1970 UTC on SQLite.
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
ASKS_AGAIN = sa.text("asks_again AND state = 'SCHEDULED'")


def upgrade() -> None:
    with op.batch_alter_table("letters") as letters:
        # Nobody is asked about letters that were approved before.
        letters.add_column(
            sa.Column("asks_again", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        letters.add_column(sa.Column("asked_at", MOMENT, nullable=True))
        letters.add_column(sa.Column("confirmed_at", MOMENT, nullable=True))
        letters.add_column(sa.Column("confirmed_by", sa.Text(), nullable=True))
        letters.create_foreign_key(
            op.f("fk_letters_municipality_id_confirmed_by"),
            "staff",
            ["municipality_id", "confirmed_by"],
            ["municipality_id", "id"],
        )
        letters.create_check_constraint(
            op.f("ck_letters_confirmed"),
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)"
            " AND (confirmed_at IS NULL OR (asks_again AND approved_at <= confirmed_at))",
        )
    with op.batch_alter_table("letters") as letters:
        letters.alter_column("asks_again", server_default=None)
    op.create_index(
        "ix_letters_asks_again",
        "letters",
        ["municipality_id", "opens_at", "id"],
        sqlite_where=ASKS_AGAIN,
        postgresql_where=ASKS_AGAIN,
    )


def downgrade() -> None:
    raise NotImplementedError("forward only")
