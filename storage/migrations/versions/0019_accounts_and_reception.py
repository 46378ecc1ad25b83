"""LINE accounts that wait for a colleague's word, errands to LINE, menus, and the reception desk.

Revision ID: 0019
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

# Integer microseconds since 1970 UTC on SQLite.
MOMENT = sa.BigInteger().with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("line_links", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unconfirmed_since", MOMENT, nullable=True))
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("quiet", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.alter_column("quiet", server_default=None)
    with op.batch_alter_table("line_events", schema=None) as batch_op:
        batch_op.add_column(sa.Column("link_id", sa.Text(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_line_events_municipality_id_link_id"),
            "line_links",
            ["municipality_id", "link_id"],
            ["municipality_id", "id"],
        )
    at_reception = sa.text("link_id IS NOT NULL")
    op.create_index(
        "ix_line_events_link",
        "line_events",
        ["municipality_id", "link_id", "received_at"],
        sqlite_where=at_reception,
        postgresql_where=at_reception,
    )
    _visitors()
    _errands()
    op.create_table(
        "line_menus",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("rich_menu_id", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        _town("line_menus"),
        sa.PrimaryKeyConstraint("municipality_id", "name", name=op.f("pk_line_menus")),
    )
    op.create_table(
        "line_accounts",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("basic_id", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        _town("line_accounts"),
        sa.PrimaryKeyConstraint("municipality_id", name=op.f("pk_line_accounts")),
    )


def _visitors() -> None:
    op.create_table(
        "visitors",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("link_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("came_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("reads_from", MOMENT, nullable=False),
        sa.Column("answer_by", MOMENT, nullable=False),
        sa.Column("answered_with", sa.Text(), nullable=True),
        sa.Column("handled_by", sa.Text(), nullable=True),
        sa.Column("handled_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('WAITING', 'ANSWERED', 'LINKED', 'CLOSED')", name=op.f("ck_visitors_state")
        ),
        sa.CheckConstraint(
            "state = 'WAITING' OR handled_at IS NOT NULL", name=op.f("ck_visitors_handled")
        ),
        _town("visitors"),
        _of("visitors", "link_id", "line_links"),
        _of("visitors", "handled_by", "staff"),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_visitors")),
    )
    here = sa.text("state IN ('WAITING', 'ANSWERED')")
    op.create_index(
        "uq_visitors_here",
        "visitors",
        ["municipality_id", "link_id"],
        unique=True,
        sqlite_where=here,
        postgresql_where=here,
    )


def _errands() -> None:
    op.create_table(
        "line_errands",
        sa.Column("municipality_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("link_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("line_user_id", sa.LargeBinary(), nullable=False),
        sa.Column("request", sa.LargeBinary(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried_since", MOMENT, nullable=True),
        sa.Column("lease", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('MENU', 'TEXT')", name=op.f("ck_line_errands_kind")),
        sa.CheckConstraint(
            "(kind = 'TEXT') = (request IS NOT NULL)", name=op.f("ck_line_errands_words")
        ),
        _town("line_errands"),
        _of("line_errands", "link_id", "line_links"),
        sa.PrimaryKeyConstraint("municipality_id", "id", name=op.f("pk_line_errands")),
    )
    menus = sa.text("kind = 'MENU'")
    op.create_index(
        "uq_line_errands_menu",
        "line_errands",
        ["municipality_id", "link_id"],
        unique=True,
        sqlite_where=menus,
        postgresql_where=menus,
    )
    to_do = sa.text("done < revision")
    op.create_index(
        "ix_line_errands_due",
        "line_errands",
        ["municipality_id", "next_at", "id"],
        sqlite_where=to_do,
        postgresql_where=to_do,
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
