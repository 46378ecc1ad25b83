"""Why a case has no plan and only its information is shared (R-092).

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("plan_less_because", sa.LargeBinary(), nullable=True))
