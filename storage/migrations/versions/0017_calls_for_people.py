"""Calls for people when words ask for it, who is on shift, and the text for unstaffed hours.

Revision ID: 0017
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# Integer microseconds since 1970 UTC on SQLite.
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
RINGING = "state = 'RAISED'"
UNSETTLED = "state IN ('RAISED', 'ACKNOWLEDGED')"
TO_REVIEW = "state IN ('ANSWERED', 'FALSE_ALARM')"


def upgrade() -> None:
    op.create_table(
        "crisis_alerts",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        sa.Column("person_id", sa.Text(), nullable=True),
        sa.Column("link_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("next_at", MOMENT, nullable=True),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "state IN ('RAISED', 'ACKNOWLEDGED', 'ANSWERED', 'FALSE_ALARM', 'REVIEWED')",
            name=op.f("ck_crisis_alerts_state"),
        ),
        sa.CheckConstraint(
            "(state = 'RAISED') = (next_at IS NOT NULL)", name=op.f("ck_crisis_alerts_rings")
        ),
        sa.CheckConstraint(
            "(person_id IS NULL) = (case_id IS NULL)", name=op.f("ck_crisis_alerts_whose")
        ),
        *(
            sa.ForeignKeyConstraint(
                ["municipality_id", column],
                [f"{table}.municipality_id", f"{table}.id"],
                name=op.f(f"fk_crisis_alerts_municipality_id_{column}"),
            )
            for column, table in (
                ("case_id", "cases"),
                ("person_id", "people"),
                ("link_id", "line_links"),
            )
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_crisis_alerts")),
    )
    for name, columns in (
        ("ix_crisis_alerts_case", ["municipality_id", "case_id", "raised_at", "id"]),
        ("ix_crisis_alerts_told", ["municipality_id", "person_id", "told_at"]),
    ):
        op.create_index(name, "crisis_alerts", columns, unique=False)
    for name, columns, where, unique in (
        ("ix_crisis_alerts_ringing", ["municipality_id", "next_at", "id"], RINGING, False),
        ("ix_crisis_alerts_review", ["municipality_id", "review_due_on"], TO_REVIEW, False),
        ("uq_crisis_alerts_person", ["municipality_id", "person_id"], UNSETTLED, True),
        ("uq_crisis_alerts_link", ["municipality_id", "link_id"], UNSETTLED, True),
    ):
        op.create_index(
            name,
            "crisis_alerts",
            columns,
            unique=unique,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
    op.create_table(
        "duty_shifts",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_duty_shifts_lasts")),
        sa.CheckConstraint("place BETWEEN 1 AND 9", name=op.f("ck_duty_shifts_place")),
        sa.ForeignKeyConstraint(
            ["municipality_id", "staff_id"],
            ["staff.municipality_id", "staff.id"],
            name=op.f("fk_duty_shifts_municipality_id_staff_id"),
        ),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_duty_shifts")),
    )
    op.create_index("ix_duty_shifts_ends", "duty_shifts", ["municipality_id", "ends_at"])
    with op.batch_alter_table("standing_texts", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_standing_texts_use"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_standing_texts_use"),
            "use IN ('ACKNOWLEDGEMENT', 'ANSWER', 'TEMPLATE', 'CRISIS')",
        )


def downgrade() -> None:
    raise NotImplementedError("forward only")
