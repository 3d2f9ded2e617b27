"""One list of commands, played on both engines, ends in the same hall (RELIABILITY.md 9).

`python -m benchmarks.differential --lists 50` plays more and longer ones.
"""

import os
import shutil

import pytest

from desk.store.engine import make_engine
from tests.actions.command_lists import Player, command_list
from tests.actions.whole_dump import whole_dump
from tests.clock import HandClock
from tests.databases import FOUNDED_AT
from tests.small_hall import SmallHall

FIRST, LISTS = map(int, os.environ.get("HALL_LISTS", "1:1").split(":"))
LENGTH = int(os.environ.get("HALL_COMMANDS", "60"))


def played(url, commands):
    """Play a list on the hall at an address; return what was said, and all that is there."""
    engine = make_engine(url)
    said = Player(SmallHall(engine, HandClock(FOUNDED_AT))).play(commands)
    told = whole_dump(engine)
    engine.dispose()
    return said, told


@pytest.fixture
def both(sqlite_hall_template, postgres, postgres_hall_template, tmp_path):
    """Play a list on a fresh hall of each engine."""

    def play(commands):
        file = tmp_path / "hall.db"
        shutil.copyfile(sqlite_hall_template, file)
        name = postgres.create(postgres_hall_template)
        found = played(f"sqlite:///{file}", commands), played(postgres.url(name), commands)
        postgres.drop(name)
        return found

    return play


@pytest.mark.parametrize("seed", range(FIRST, FIRST + LISTS))
def test_the_same_commands_end_in_the_same_hall_on_both_engines(both, seed):
    commands = command_list(seed, LENGTH)
    (said, told), (said_on_server, told_on_server) = both(commands)
    pairs = list(zip(commands, said, said_on_server, strict=True))
    assert [pair for pair in pairs if pair[1] != pair[2]] == []
    assert len(set(said)) > 3  # the list was worth playing: taken, and refused for several reasons
    assert said.count("好") > LENGTH / 4
    for table, lines in told.items():
        assert lines == told_on_server[table], table
