"""A workstation whose clock is wrong, on a real server: no limit notices, the person is told."""

from datetime import timedelta

import pytest

from desk.actions.contacts import RecordContact
from desk.cli import self_test
from desk.clock import machine_now
from desk.queries.start import start
from desk.rules.codes import ClockKind, ContactResult
from desk.store.database import Database
from desk.store.engine import make_engine
from desk.store.signing_in import sign_in_built_in
from desk.ui.admin.lights import machine_lights
from desk.ui.desk import Desk
from desk.ui.main_window import MainWindow
from desk.ui.tasks import Tasks
from tests.actions.work import S, Work
from tests.small_hall import SmallHall

FAST = timedelta(minutes=5, seconds=2)
SENTENCE = "本机时钟比服务器快 5 分钟，时限以服务器为准。请校准本机时间。"


class ServersClock:
    """The server's time in place of the hand clock of other tests; nobody moves it."""

    def __init__(self, database):
        self._database = database

    def __call__(self):
        """Return the server's time."""
        return self._database.now()

    def forward(self, **_span):
        """Leave the time to the server."""


@pytest.fixture
def served(postgres_hall_url):
    """The small hall on PostgreSQL with the server's own time; nothing is injected."""
    engine = make_engine(postgres_hall_url)
    database = sign_in_built_in(postgres_hall_url)
    yield SmallHall(engine, ServersClock(database)), database
    database.close()
    engine.dispose()


@pytest.fixture
def fast_window(qtbot, served):
    """The window of 赵强 at a desk that is five minutes fast."""
    hall, _database = served
    tasks = Tasks()
    person = Database(hall.engine, hall.person("赵强"))
    desk = Desk(person, tasks, machine=lambda: machine_now() + FAST)
    window = MainWindow(desk, person.read(start))
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: not tasks.is_busy)
    yield window
    window.rest()
    tasks.finish()
    desk.close()


def near(one, other, *, seconds=2):
    return abs(one - other) < timedelta(seconds=seconds)


def test_a_fast_desk_is_told_so_and_ticks_by_the_server(fast_window, served):
    _hall, database = served
    assert SENTENCE in fast_window._status.text()
    assert fast_window._status._left.property("state") == "warn"
    assert "服务器时间" in fast_window._status._right.text()
    assert near(fast_window.desk.now(), database.now())
    assert near(fast_window.desk.by_me()["happened_at"], database.now())


def test_it_follows_the_server_with_each_answer(qtbot, fast_window, served):
    _hall, database = served
    fast_window.desk.set_time(database.now() - timedelta(hours=1))  # the machine slept
    fast_window._live.ask_now()
    qtbot.waitUntil(lambda: near(fast_window.desk.now(), database.now()), timeout=10_000)


def test_once_it_is_set_right_nothing_is_said(fast_window):
    fast_window.desk._machine = machine_now
    fast_window._on_tick()
    assert "本机时钟" not in fast_window._status.text()
    assert "已连接" in fast_window._status.text()


def test_a_call_recorded_at_the_fast_desk_is_in_time(qtbot, fast_window, served):
    hall, database = served
    work = Work(hall, hall.clock)
    case = work.to(S.ACCEPTED)
    desk = fast_window.desk
    done = []
    request = RecordContact(
        **desk.by_me(),
        case=case,
        seen=work.version(case),
        result=ContactResult.REACHED,
        over_reason="诉求人等着回话",  # it may be night where the server's own time counts
    )
    desk.act(request, owner=fast_window, done=done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=10_000)
    contact = work.clock_of(case, ClockKind.CONTACT)
    assert near(contact.stopped_at, database.now(), seconds=60)
    assert contact.stopped_at < contact.due_at
    assert not work.case(case).is_overdue


def test_one_file_has_the_machines_time_and_nothing_to_say(open_window):
    window = open_window("赵强")
    window.desk._machine = lambda: machine_now() + FAST
    window._on_tick()
    assert "本机时钟" not in window._status.text()


def test_the_lights_and_the_self_test_say_it_too(postgres_hall_url, monkeypatch):
    monkeypatch.setattr(self_test, "machine_now", lambda: machine_now() + FAST)
    light = next(one for one in self_test.lights(postgres_hall_url) if one.name == "数据库")
    assert (light.is_green, light.is_needed) == (False, False)
    assert light.sentence == f"能连上。{SENTENCE}"

    now = machine_now()
    clock = machine_lights(postgres_hall_url, now, now + FAST)[0]
    assert (clock.state, clock.sentence) == ("warn", SENTENCE)
    assert machine_lights(postgres_hall_url, now, now)[0].state == "ok"
