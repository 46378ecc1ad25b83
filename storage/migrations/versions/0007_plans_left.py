"""A plan before consent may be CLOSED: its case ended by a death, a move, or without consent."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NAME = "ck_plans_before_consent"
_STATES = (
    "NOT before_consent OR state IN ('DRAFT', 'SUBMITTED_SHIEN', 'RETURNED', 'ENDORSED',"
    " 'IN_FORCE_PRECONSENT', 'SUPERSEDED', 'CLOSED')"
)


def upgrade() -> None:
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_constraint(op.f(_NAME), type_="check")
        batch_op.create_check_constraint(op.f(_NAME), _STATES)


def downgrade() -> None:
    raise NotImplementedError("forward only")
