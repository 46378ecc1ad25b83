"""Answers of colleagues, what goes as a reply, who stands in meanwhile, and LINE's quota.

Revision ID: 0016
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# Integer microseconds since 1970 UTC on SQLite.
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("shown_as", sa.Text(), nullable=False),
        sa.Column("letter_id", sa.Text(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("shown_as IN ('LINE', 'PAGE')", name=op.f("ck_answers_shown_as")),
        *(
            sa.ForeignKeyConstraint(
                ["municipality_id", column],
                [f"{table}.municipality_id", f"{table}.id"],
                name=op.f(f"fk_answers_municipality_id_{column}"),
            )
            for column, table in (
                ("case_id", "cases"),
                ("person_id", "people"),
                ("by", "staff"),
                ("letter_id", "letters"),
            )
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_answers")),
    )
    for name, whose in (("ix_answers_person", "person_id"), ("ix_answers_case", "case_id")):
        op.create_index(name, "answers", ["municipality_id", whose, "at", "id"], unique=False)
    op.create_table(
        "absences",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("deputy_id", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("deputy_id <> staff_id", name=op.f("ck_absences_another")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_absences_lasts")),
        *(
            sa.ForeignKeyConstraint(
                ["municipality_id", column],
                ["staff.municipality_id", "staff.id"],
                name=op.f(f"fk_absences_municipality_id_{column}"),
            )
            for column in ("staff_id", "deputy_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_absences")),
    )
    op.create_index(
        "ix_absences_last_day", "absences", ["municipality_id", "last_day", "id"], unique=False
    )
    op.create_table(
        "line_quotas",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_line_quotas_municipality_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", name=op.f("pk_line_quotas")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reply_token", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("reply_until", MOMENT, nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_outbox_replies_for_a_while"),
            "(reply_token IS NULL) = (reply_until IS NULL)",
        )


def downgrade() -> None:
    raise NotImplementedError("forward only")
