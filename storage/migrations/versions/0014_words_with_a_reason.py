"""Words that the wording check blocks and that stand with a reason, and the codes it is about.

Revision ID: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("excuse", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("excused", sa.Text(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_letters_excused"),
            "excused IS NULL OR (excuse IS NOT NULL AND self_approved_reason IS NULL)",
        )


def downgrade() -> None:
    raise NotImplementedError("forward only")
