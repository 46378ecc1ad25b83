"""Why a case has no plan and only its information is shared (R-092).

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("plan_less_because", sa.LargeBinary(), nullable=True))
