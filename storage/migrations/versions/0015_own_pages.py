"""The person's own page: links by their tokens' hashes, and PINs slowly hashed.

Revision ID: 0015
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Integer microseconds since 1970 UTC on SQLite.
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "page_links",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("made_at < expires_at", name=op.f("ck_page_links_lasts")),
        _of("page_links", "person_id", "people"),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_page_links")),
        sa.UniqueConstraint(
            "municipality_id", "token_hash", name=op.f("uq_page_links_municipality_id_token_hash")
        ),
    )
    op.create_index(
        "ix_page_links_person", "page_links", ["municipality_id", "person_id", "expires_at"]
    )
    op.create_table(
        "page_pins",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("set_by", sa.Text(), nullable=True),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("wrong_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("wrong >= 0", name=op.f("ck_page_pins_tries")),
        _of("page_pins", "person_id", "people"),
        _of("page_pins", "set_by", "staff"),
        sa.PrimaryKeyConstraint("municipality_id", "person_id", name=op.f("pk_page_pins")),
    )


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["municipality_id", column],
        [f"{other}.municipality_id", f"{other}.id"],
        name=op.f(f"fk_{table}_municipality_id_{column}"),
    )


def downgrade() -> None:
    raise NotImplementedError("forward only")
