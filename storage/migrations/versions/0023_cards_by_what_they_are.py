"""A card is known by subject, kind and colleague alone: one index less at every drawing.

Two cards change with each letter, and PostgreSQL writes every index of a row anew.

Revision ID: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_KEY = ["municipality_id", "subject_id", "kind", "staff_id"]
_UNDRAWN = sa.text("revision > drawn")


def upgrade() -> None:
    op.drop_index("ix_cards_undrawn", table_name="cards")
    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.drop_constraint(
            op.f("uq_cards_municipality_id_subject_id_kind_staff_id"), type_="unique"
        )
        batch_op.drop_constraint(op.f("pk_cards"), type_="primary")
        batch_op.create_primary_key(op.f("pk_cards"), _KEY)
    op.create_index(
        "ix_cards_undrawn",
        "cards",
        ["municipality_id", "next_at"],
        sqlite_where=_UNDRAWN,
        postgresql_where=_UNDRAWN,
    )


def downgrade() -> None:
    raise NotImplementedError("forward only")
