"""Random people do random deeds: no path loses a matter, a clock or an appellant (DOMAIN.md 6.1).

The machine is `whole_life.WholeLife`: its rules are in `whole_life`, `life_turns` and
`life_shifts`, the plain model in `life_model` and beside it, what holds after every step in
`life_checks`, and how the history alone gives the same in `life_replay`. The usual run is
short; `LIVES=500 pytest tests/actions/test_whole_life_machine.py` draws other and longer lives.
"""

import os
import shutil
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from desk.store.engine import make_engine
from tests.actions.life_tour import Tour, missing
from tests.actions.whole_life import WholeLife
from tests.clock import HandClock
from tests.databases import FOUNDED_AT
from tests.small_hall import SmallHall

MORE = int(os.environ.get("LIVES", "0"))  # how many lives to draw at random
PHASES = (Phase.explicit, Phase.generate)  # a failure is told as it was found, at once


def run(opener, *, examples, steps):
    """Run random lives; return how often which move of 6.1 was made."""
    reached = Counter()
    more = {"open_hall": staticmethod(opener), "reached": reached}
    run_state_machine_as_test(
        type("OneHall", (WholeLife,), more),
        settings=settings(
            max_examples=examples,
            phases=PHASES,
            stateful_step_count=steps,
            deadline=None,
            derandomize=not MORE,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return reached


@pytest.fixture
def open_file(sqlite_hall_template, tmp_path):
    """Return what opens a hall in a file of its own."""

    def opener():
        file = tmp_path / "hall.db"
        shutil.copyfile(sqlite_hall_template, file)
        engine = make_engine(f"sqlite:///{file}")
        return SmallHall(engine, HandClock(FOUNDED_AT)), engine.dispose

    return opener


def test_every_move_of_a_life_is_made_and_every_deed_is_done(open_file):
    reached = Counter()
    tour = type("OneTour", (Tour,), {"open_hall": staticmethod(open_file), "reached": reached})()
    try:
        tour.go_everywhere()
    finally:
        tour.teardown()

    assert missing(reached) == ([], [])
    assert [table for table, rows in tour.replay.rows.items() if not rows] == []


def test_nothing_is_lost_whatever_people_do(open_file):
    run(open_file, examples=MORE or 3, steps=50 if MORE else 15)


@pytest.mark.unmeasured
def test_nothing_is_lost_on_the_shared_database_either(postgres, postgres_hall_template):
    def opener():
        name = postgres.create(postgres_hall_template)
        engine = make_engine(postgres.url(name))

        def close():
            engine.dispose()
            postgres.drop(name)

        return SmallHall(engine, HandClock(FOUNDED_AT)), close

    run(opener, examples=MORE // 10 or 1, steps=40 if MORE else 10)
