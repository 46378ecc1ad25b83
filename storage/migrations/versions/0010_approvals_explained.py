"""Own approvals with a reason, former words, and approvals that end.

Revision ID: 0010
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Integer microseconds since 1970 UTC on SQLite.
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
STANDS_APPROVED = sa.text("state = 'SCHEDULED' AND NOT asks_again AND kind <> 'ACKNOWLEDGEMENT'")


def upgrade() -> None:
    with op.batch_alter_table("letters") as letters:
        letters.add_column(sa.Column("self_approved_reason", sa.LargeBinary(), nullable=True))
        letters.add_column(sa.Column("former_body", sa.LargeBinary(), nullable=True))
        letters.add_column(sa.Column("former_alt_text", sa.LargeBinary(), nullable=True))
        letters.add_column(sa.Column("rewritten_at", MOMENT, nullable=True))
        letters.drop_constraint(op.f("ck_letters_second_person"), type_="check")
        letters.create_check_constraint(
            op.f("ck_letters_second_person"),
            "approved_by <> author_id OR self_approved_reason IS NOT NULL",
        )
        letters.create_check_constraint(
            op.f("ck_letters_self_approved"),
            "self_approved_reason IS NULL OR approved_by = author_id",
        )
    op.create_index(
        "ix_letters_approved",
        "letters",
        ["municipality_id", "approved_at"],
        sqlite_where=STANDS_APPROVED,
        postgresql_where=STANDS_APPROVED,
    )


def downgrade() -> None:
    raise NotImplementedError("forward only")
