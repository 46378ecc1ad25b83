"""A push's id is its retry key; and indexes that every step of a letter paid for are narrower.

Each change of a row writes all of the row's indexes anew on PostgreSQL, and a letter on its way
changes four rows. What only a few rows are asked for is indexed for those few.

Revision ID: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_WHERE = {
    "uq_outbox_letter": "state IN ('READY', 'CLAIMED', 'ACCEPTED')",
    "ix_outbox_ended": "state IN ('REFUSED', 'WITHDRAWN', 'IN_DOUBT')",
    "ix_outbox_active": "state IN ('READY', 'CLAIMED')",
    "ix_outbox_doubted": "doubt_since IS NOT NULL AND state IN ('READY', 'IN_DOUBT')",
    "ix_outbox_on_its_way": "state = 'CLAIMED'",
}
_COLUMNS = {
    "uq_outbox_letter": ["letter_id"],
    "ix_outbox_ended": ["letter_id"],
    "ix_outbox_active": ["next_at", "id"],
    "ix_outbox_doubted": ["person_id", "doubt_since"],
    "ix_outbox_on_its_way": ["next_at", "person_id"],
}


def upgrade() -> None:
    # A loop that holds a claim under the old id loses it; the next claim asks LINE again under
    # the same key, and hears that it was taken.
    op.execute("UPDATE outbox SET id = retry_key")
    for name in (*(_WHERE.keys() - {"ix_outbox_ended"}), "ix_outbox_letter"):
        op.drop_index(name, table_name="outbox")
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_outbox_municipality_id_retry_key"), type_="unique")
        batch_op.drop_column("retry_key")
        if on_sqlite:
            # The table is built anew there, and its CHECKs are not read back.
            batch_op.create_check_constraint(
                op.f("ck_outbox_leased"), "(state = 'CLAIMED') = (lease IS NOT NULL)"
            )
            batch_op.create_check_constraint(
                op.f("ck_outbox_state"),
                "state IN ('READY', 'CLAIMED', 'ACCEPTED', 'REFUSED', 'WITHDRAWN', 'IN_DOUBT')",
            )
    for name, where in _WHERE.items():
        _partial(name, "outbox", _COLUMNS[name], where=where, unique=name.startswith("uq"))
    op.drop_index("ix_letters_author", table_name="letters")
    _partial("ix_letters_sent_back", "letters", ["author_id"], where="state = 'DRAFT'")


def _partial(
    name: str, table: str, columns: list[str], *, where: str, unique: bool = False
) -> None:
    op.create_index(
        name,
        table,
        ["municipality_id", *columns],
        unique=unique,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def downgrade() -> None:
    raise NotImplementedError("forward only")
