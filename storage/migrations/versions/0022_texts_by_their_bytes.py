"""Texts are compared by their bytes on PostgreSQL, as they are on SQLite.

What stands in the clear are ids, codes and names of states; people's words are sealed, and nothing
is ever sorted as a dictionary would. Comparing by a language's rules only cost the server about a
tenth of a delivered letter, and let an order depend on how a town's database had been made.
Tables that come later write `storage.tables.columns.TEXT` themselves.

Revision ID: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_TEXTS = sa.text(
    "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)"
    " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
    " JOIN pg_collation o ON o.oid = a.attcollation"
    " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'"
    " AND a.attnum > 0 AND NOT a.attisdropped AND o.collname <> 'C'"
    " AND c.relname <> 'alembic_version' ORDER BY c.relname, a.attnum"
)


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    tables: dict[str, list[str]] = {}
    for table, name, type_ in connection.execute(_TEXTS).all():
        tables.setdefault(table, []).append(f'ALTER "{name}" TYPE {type_} COLLATE "C"')
    for table, changes in tables.items():
        op.execute(f'ALTER TABLE "{table}" {", ".join(changes)}')


def downgrade() -> None:
    raise NotImplementedError("forward only")
