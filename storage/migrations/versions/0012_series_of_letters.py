"""Series of letters.

Revision ID: 0012
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# Integer microseconds since 1970 UTC on SQLite.
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
RUNS = "state = 'RUNNING'"


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("command_key", sa.Text(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "state IN ('RUNNING', 'ENDED', 'STOPPED')", name=op.f("ck_series_state")
        ),
        *(
            sa.ForeignKeyConstraint(
                ["municipality_id", column],
                [f"{table}.municipality_id", f"{table}.id"],
                name=op.f(f"fk_series_municipality_id_{column}"),
            )
            for column, table in (
                ("case_id", "cases"),
                ("person_id", "people"),
                ("author_id", "staff"),
            )
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_series")),
    )
    op.create_index(
        "uq_series_command", "series", ["municipality_id", "command_key"], unique=True
    )
    op.create_index(
        "ix_series_case", "series", ["municipality_id", "case_id", "created_at", "id"], unique=False
    )
    for name, columns, unique in (
        ("uq_series_runs", ["municipality_id", "person_id"], True),
        ("ix_series_due", ["municipality_id", "next_at", "id"], False),
    ):
        op.create_index(
            name,
            "series",
            columns,
            unique=unique,
            sqlite_where=sa.text(RUNS),
            postgresql_where=sa.text(RUNS),
        )


def downgrade() -> None:
    raise NotImplementedError("forward only")
