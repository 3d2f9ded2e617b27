"""Run by `desk.store.upgrade` only: one client at a time, the same script on both engines."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import text

from desk.store import models  # noqa: F401 - fills the metadata
from desk.store.base import Base, JsonText, UtcTime


def render(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    """Write our own column types as plain ones: a migration must not import desk."""
    if kind == "type" and isinstance(item, UtcTime):
        return "MOMENT"
    if kind == "type" and isinstance(item, JsonText):
        return "sa.Text()"
    return False


def run() -> None:
    """Bring the connection's database to the newest schema."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render,
        compare_server_default=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(7326001)"))
        context.run_migrations()


run()
