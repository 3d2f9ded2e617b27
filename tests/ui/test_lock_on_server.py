"""A locked screen holds no connection to the shared server, whatever was listening there."""

import pytest
from sqlalchemy.engine import make_url

from desk.program import Program
from tests.ui.test_program import sign_in_first


@pytest.fixture
def program(qtbot, postgres_hall_url):
    """Open the program on the hall of a real server, as a workstation of the hall does."""
    url = make_url(postgres_hall_url).set(username=None).render_as_string()
    made = Program(url)
    made.tasks.broke.connect(lambda error: pytest.fail(f"{type(error).__name__}: {error}"))
    made.start()
    qtbot.waitUntil(lambda: not made.tasks.is_busy, timeout=30_000)
    yield made
    made.stop()
    made.frame.close()
    made.frame.deleteLater()


def test_after_the_lock_nothing_of_that_login_stays_on_the_server(
    program, postgres, postgres_hall_url, qtbot
):
    here = make_url(postgres_hall_url).database

    def connections():
        with postgres.administrator() as connection:
            found = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE usename = '1001' AND datname = %s",
                (here,),
            )
            return found.fetchone()[0]

    sign_in_first(program, qtbot, "1001")
    qtbot.waitUntil(lambda: connections() > 0, timeout=20_000)
    program.lock()
    qtbot.waitUntil(lambda: connections() == 0, timeout=20_000)
