"""Letters that end have kinds of their own; of overlapping questions to a person one lies open.

A letter that was written from a text of the end is of its kind now, whether it went or waits.
Which letter of a series tells of its end stands in the sealed record of the series: those that
run are due at once, and whoever looks at them names their letters (`core.series_letters`).

Of questions that were open before, nobody can read the sealed scope: they are held by the ledger
alone, as it is read, until they are answered (C2, C3).

Revision ID: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

# The texts that ship; a town's own say in their row what they are for.
SHIPPED = {
    "PRE_LAST": ("hitokugiri-mae/", "hitokugiri-mae-plain/", "hitokugiri-mae-yasashii/"),
    "LAST": ("hitokugiri/", "hitokugiri-plain/", "hitokugiri-yasashii/"),
}


def upgrade() -> None:
    for kind, names in SHIPPED.items():
        shipped = " OR ".join(f"template LIKE '{name}%'" for name in names)
        op.execute(
            f"UPDATE letters SET kind = '{kind}' WHERE kind = 'CHECK_IN' AND ({shipped}"
            " OR EXISTS (SELECT 1 FROM standing_texts t"
            " WHERE t.municipality_id = letters.municipality_id"
            f" AND t.name || '/' || t.version = letters.template AND t.kind = '{kind}'))"
        )
    op.execute("UPDATE series SET next_at = created_at WHERE state = 'RUNNING'")
    op.create_table(
        "open_questions",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("need", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("consent_id", sa.Text(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["municipality_id", column],
                [f"{table}.municipality_id", f"{table}.id"],
                name=op.f(f"fk_open_questions_municipality_id_{column}"),
            )
            for column, table in (("person_id", "people"), ("consent_id", "consents"))
        ),
        sa.PrimaryKeyConstraint(
            "municipality_id", "person_id", "need", name=op.f("pk_open_questions")
        ),
    )
    op.create_index(
        "ix_open_questions_consent", "open_questions", ["municipality_id", "consent_id"]
    )
    op.drop_index("uq_consents_question", "consents")
    op.drop_column("consents", "question")


def downgrade() -> None:
    raise NotImplementedError("forward only")
