"""Replies know whether somebody has looked at the hour for their answer (G-15).

Of those that came before, the hour counts as looked at: nobody is reminded of months ago.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Integer microseconds since 1970 UTC on SQLite.
_MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
_AWAITED = "answer_by IS NOT NULL AND hour_passed_at IS NULL AND state <> 'WITHDRAWN'"


def upgrade() -> None:
    with op.batch_alter_table("replies", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hour_passed_at", _MOMENT, nullable=True))
    op.execute("UPDATE replies SET hour_passed_at = answer_by WHERE answer_by IS NOT NULL")
    with op.batch_alter_table("replies", schema=None) as batch_op:
        batch_op.create_index(
            "ix_replies_awaited",
            ["municipality_id", "answer_by", "id"],
            sqlite_where=sa.text(_AWAITED),
            postgresql_where=sa.text(_AWAITED),
        )


def downgrade() -> None:
    raise NotImplementedError("forward only")
