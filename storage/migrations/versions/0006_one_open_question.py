"""The same question to a person lies open once (C1).

What two colleagues had opened at the same instant before stays as it is: the scope is sealed, so
that no migration can read it, and a line without an index of its question is not compared. Each
of the two is answered or declined as ever; from then on it is like all others.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("consents", sa.Column("question", sa.LargeBinary(), nullable=True))
    op.create_index(
        "uq_consents_question",
        "consents",
        ["municipality_id", "person_id", "question"],
        unique=True,
        sqlite_where=sa.text("state = 'EXPLAINING'"),
        postgresql_where=sa.text("state = 'EXPLAINING'"),
    )
