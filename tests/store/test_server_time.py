"""The server's time counts: whoever sets the clock of a workstation moves no limit."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from desk.clock import machine_now
from desk.store import server_time
from desk.store.engine import make_engine
from desk.store.server_time import server_now

WRONG = timedelta(days=3, minutes=5)


@pytest.fixture
def wrong_machine(monkeypatch):
    """A workstation whose clock is three days fast."""
    monkeypatch.setattr(server_time, "machine_now", lambda: machine_now() + WRONG)


def near(one, other):
    return abs(one - other) < timedelta(minutes=1)


def test_on_a_server_the_time_is_the_servers_and_on_a_file_the_machines(engine, wrong_machine):
    is_file = engine.dialect.name == "sqlite"
    with Session(engine) as session:
        assert near(server_now(session), machine_now() + (WRONG if is_file else timedelta()))


def test_on_a_server_the_time_goes_on_within_a_transaction(postgres_url):
    engine = make_engine(postgres_url)
    with Session(engine) as session:
        begun = session.scalar(text("SELECT now()"))
        assert server_now(session) > begun
    engine.dispose()


def test_an_injected_clock_takes_the_place_of_both(hall, wrong_machine):
    with Session(hall.engine) as session:
        assert server_now(session, hall.clock) == hall.clock()
    assert hall.sign_in("李敏").now() == hall.clock()
