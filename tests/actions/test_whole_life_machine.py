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


def test_nothing_is_lost_whatever_people_do(sqlite_hall_template, tmp_path):
    def opener():
        file = tmp_path / "hall.db"
        shutil.copyfile(sqlite_hall_template, file)
        engine = make_engine(f"sqlite:///{file}")
        return SmallHall(engine, HandClock(FOUNDED_AT)), engine.dispose

    run(opener, examples=MORE or 5, steps=50 if MORE else 25)


@pytest.mark.unmeasured
def test_nothing_is_lost_on_the_shared_database_either(postgres, postgres_hall_template):
    def opener():
        name = postgres.create(postgres_hall_template)
        engine = make_engine(postgres.url(name))

        def close():
            engine.dispose()
            postgres.drop(name)

        return SmallHall(engine, HandClock(FOUNDED_AT)), close

    run(opener, examples=MORE // 10 or 2, steps=40 if MORE else 10)
