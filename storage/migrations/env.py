"""How Alembic runs here: on the connection that `storage.migrate` hands over."""

from alembic import context

from storage.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    compare_type=True,
    transactional_ddl=True,
    # SQLite changes a table by building it anew.
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
