"""Fewer indexes at each letter, for PostgreSQL writes every index of a row anew.

A card is known by subject, kind and colleague alone. Entries of the contact log that the system
makes have no command key to look up. Links of the audit chain are found by their numbers; what
makes the chain whole is each link's hash of the one before, not that hashes differ.

Revision ID: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_KEY = ["municipality_id", "subject_id", "kind", "staff_id"]
_COMMANDED = sa.text("command_key IS NOT NULL")
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
    op.drop_index("uq_contacts_command", table_name="contacts")
    op.create_index(
        "uq_contacts_command",
        "contacts",
        ["municipality_id", "command_key"],
        unique=True,
        sqlite_where=_COMMANDED,
        postgresql_where=_COMMANDED,
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_audit_entries_municipality_id_hash"), type_="unique")


def downgrade() -> None:
    raise NotImplementedError("forward only")
