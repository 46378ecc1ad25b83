"""Leaflets: the library, its pictures, and the letters that carry them.

Revision ID: 0011
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# Integer microseconds since 1970 UTC on SQLite.
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    op.create_table(
        "leaflet_pages",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "media_type IN ('image/jpeg', 'image/png')", name=op.f("ck_leaflet_pages_media_type")
        ),
        _town("leaflet_pages"),
        sa.PrimaryKeyConstraint("municipality_id", "digest", name=op.f("pk_leaflet_pages")),
    )
    op.create_table(
        "leaflets",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("root_id", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("is_public_info", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("place_id", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "state IN ('WAITING', 'APPROVED', 'REPLACED', 'WITHDRAWN')",
            name=op.f("ck_leaflets_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('APPROVED', 'REPLACED') OR (approved_by IS NOT NULL AND is_public_info)",
            name=op.f("ck_leaflets_approved"),
        ),
        sa.CheckConstraint("approved_by <> author_id", name=op.f("ck_leaflets_second_person")),
        sa.CheckConstraint("valid_from <= valid_until", name=op.f("ck_leaflets_valid")),
        _town("leaflets"),
        _of("leaflets", "root_id", "leaflets"),
        _of("leaflets", "author_id", "staff"),
        _of("leaflets", "approved_by", "staff"),
        _of("leaflets", "place_id", "places"),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_leaflets")),
        sa.UniqueConstraint(
            "municipality_id",
            "root_id",
            "edition",
            name=op.f("uq_leaflets_municipality_id_root_id_edition"),
        ),
    )
    approved = sa.text("state = 'APPROVED'")
    op.create_index(
        "uq_leaflets_approved",
        "leaflets",
        ["municipality_id", "root_id"],
        unique=True,
        sqlite_where=approved,
        postgresql_where=approved,
    )
    op.create_table(
        "leaflet_links",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("letter_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("leaflet_id", sa.Text(), nullable=False),
        sa.Column("root_id", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("why", sa.LargeBinary(), nullable=False),
        sa.Column("place_id", sa.Text(), nullable=True),
        sa.Column("token_hash", sa.Text(), nullable=True),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(token_hash IS NULL) = (expires_at IS NULL)", name=op.f("ck_leaflet_links_ends")
        ),
        _of("leaflet_links", "letter_id", "letters"),
        _of("leaflet_links", "case_id", "cases"),
        _of("leaflet_links", "person_id", "people"),
        _of("leaflet_links", "leaflet_id", "leaflets"),
        _of("leaflet_links", "root_id", "leaflets"),
        _of("leaflet_links", "place_id", "places"),
        sa.PrimaryKeyConstraint("municipality_id", "letter_id", name=op.f("pk_leaflet_links")),
        sa.UniqueConstraint(
            "municipality_id",
            "token_hash",
            name=op.f("uq_leaflet_links_municipality_id_token_hash"),
        ),
        sa.UniqueConstraint(
            "municipality_id",
            "person_id",
            "root_id",
            "nth",
            name=op.f("uq_leaflet_links_municipality_id_person_id_root_id_nth"),
        ),
    )
    op.create_index(
        "ix_leaflet_links_leaflet", "leaflet_links", ["municipality_id", "leaflet_id"]
    )


def _town(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["municipality_id"], ["municipalities.id"], name=op.f(f"fk_{table}_municipality_id")
    )


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["municipality_id", column],
        [f"{other}.municipality_id", f"{other}.id"],
        name=op.f(f"fk_{table}_municipality_id_{column}"),
    )


def downgrade() -> None:
    raise NotImplementedError("forward only")
