"""A cable is pulled out in the middle of saving: the others wait three seconds, not a minute.

`python -m benchmarks.pulled_cable` measures it over and over.
"""

import threading
import time
from contextlib import suppress

import pytest
from sqlalchemy import event

from benchmarks.cable import Cable
from desk.actions.dispatching import DispatchCase
from desk.outbox.outbox import Outbox, waits
from desk.rules.codes import Urgency
from desk.rules.errors import DatabaseAway
from desk.store.database import Database
from desk.store.engine import make_engine
from desk.store.models import Case

WAIT = 30.0


@pytest.fixture
def opened(shared):
    """Give what opens the database as windows do, by name and over which port."""
    made = []

    def open_it(name, port=None):
        address = shared.sign_in(name).engine.url
        address = address.set(host="127.0.0.1", port=port) if port else address
        made.append(Database(make_engine(address, silence=3.0), shared.person(name)))
        return made[-1]

    yield open_it
    for one in made:
        one.close()


@pytest.fixture
def pulled(desk, opened):
    """Pull a cable when the line of the log is written: everybody who writes needs its end."""
    is_pulled = threading.Event()
    cable = Cable(desk.hall.sign_in("李敏").engine.url.port)
    database = opened("李敏", cable.port)

    @event.listens_for(database.engine, "after_cursor_execute")
    def after(_connection, _cursor, statement, *_others):
        if statement.startswith("INSERT INTO events"):
            cable.swallow()
            is_pulled.set()

    def save():
        with suppress(DatabaseAway):
            database.carry_out(desk.intake())

    saving = threading.Thread(target=save)

    def pull():
        saving.start()
        assert is_pulled.wait(WAIT)

    yield pull
    saving.join(WAIT)
    cable.close()


def test_who_may_wait_is_told_as_saved_and_who_may_not_gets_through_with_one_press(
    desk, opened, pulled
):
    case = desk.outbox.carry_out(desk.intake()).made["case"]
    dispatcher = opened("周航")
    counter = Outbox(desk.journal, opened("李敏"), clock=desk.hall.clock)
    request = DispatchCase(
        **desk.hall.by("周航"),
        case=case,
        seen=dispatcher.read(lambda reader: reader.session.get(Case, case).version),
        lead=desk.hall.unit("城建办"),
        urgency=Urgency.ROUTINE,
    )
    pulled()
    begun = time.monotonic()
    told = counter.carry_out(desk.intake())
    assert dispatcher.carry_out(request).cases == (case,)
    assert waits(told)
    assert time.monotonic() - begun < 5
    assert [sent.row.temporary for sent in counter.sender.send_once().done] == [told.made["number"]]
