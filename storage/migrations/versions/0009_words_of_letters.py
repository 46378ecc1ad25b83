"""Words of letters: what a standing text is for, and what a letter was written from.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("standing_texts", schema=None) as batch_op:
        # What stands there so far are the answers to the buttons.
        batch_op.add_column(
            sa.Column("use", sa.Text(), nullable=False, server_default="ACKNOWLEDGEMENT")
        )
        batch_op.add_column(sa.Column("title", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("kind", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("style", sa.Text(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_standing_texts_use"), "use IN ('ACKNOWLEDGEMENT', 'ANSWER', 'TEMPLATE')"
        )
        batch_op.create_check_constraint(
            op.f("ck_standing_texts_template"),
            "(use = 'TEMPLATE') = (kind IS NOT NULL) AND (use = 'TEMPLATE') = (style IS NOT NULL)",
        )
    with op.batch_alter_table("standing_texts", schema=None) as batch_op:
        batch_op.alter_column("use", existing_type=sa.Text(), server_default=None)
        batch_op.alter_column("title", existing_type=sa.Text(), server_default=None)
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.add_column(sa.Column("template", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("season", sa.Text(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("forward only")
