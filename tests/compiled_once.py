"""Engines of one kind share what SQLAlchemy compiled: each test has engines of its own, and every
one of them would compile the same hundred statements again, and ask its server what it can do."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event

from desk.store import engine as engines
from desk.store import watchdog

ROOM = 3000  # statements; the program itself needs far fewer


@pytest.fixture(scope="session", autouse=True)
def compile_once() -> Iterator[None]:
    """Give every engine the dialect, and the compiled statements, of the first one of its kind."""
    first: dict[str, Engine] = {}

    def sharing(url: Any, **options: Any) -> Engine:
        known = first.get(url.get_backend_name())
        if known is None or not hasattr(known.dialect, "server_version_info"):
            first[url.get_backend_name()] = made = create_engine(
                url, query_cache_size=ROOM, **options
            )
            return made  # its dialect learns about the server when it connects
        made = create_engine(url, query_cache_size=1, _initialize=False, **options)
        made.dialect = made.pool._dialect = known.dialect
        made._compiled_cache = known._compiled_cache
        set_up = known.dialect.on_connect_url(url)
        if set_up is not None:
            event.listen(made, "connect", lambda connection, _record: set_up(connection))
        return made

    with pytest.MonkeyPatch.context() as patch:
        for maker in (engines, watchdog):  # of SQLite files, and of servers
            patch.setattr(maker, "create_engine", sharing)
        yield
