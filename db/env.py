"""Alembic's environment: it is handed a connection inside a transaction and never opens its own."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=False,  # the caller's one transaction is around everything
)
context.run_migrations()
