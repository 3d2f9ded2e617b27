"""A server that is frozen is given up after three seconds; a slow answer that is known is not."""

import os
import signal
import time
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from desk.store.engine import make_engine
from desk.store.patience import patient
from tests.postgres_server import PostgresServer


@contextmanager
def frozen(connection):
    """Freeze the process that serves a connection, as a machine out of memory does."""
    process = connection.connection.dbapi_connection.info.backend_pid
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


@pytest.fixture
def engine(postgres: PostgresServer):
    """Return an engine that gives a silent server up after a second."""
    made = make_engine(postgres.url("postgres"), silence=1.0)
    yield made
    made.dispose()


def test_a_frozen_server_is_given_up_and_then_everything_goes_on(engine):
    with engine.connect() as connection:
        began = time.monotonic()
        with frozen(connection), pytest.raises(OperationalError) as failed:
            connection.execute(text("SELECT 1"))
        assert 1.0 <= time.monotonic() - began < 1.6
        assert failed.value.connection_invalidated
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def test_what_is_known_to_take_long_is_waited_for(engine):
    slow = text("SELECT 7 FROM pg_sleep(1.3)")
    with engine.connect() as connection, patient(30):
        assert connection.scalar(slow) == 7
    with engine.connect() as connection, pytest.raises(OperationalError):
        connection.execute(slow)
