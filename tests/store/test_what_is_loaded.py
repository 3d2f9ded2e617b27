"""A desk on one file loads nothing that only the shared server needs (启动)."""

import subprocess
import sys

from tests.house.sources import ROOT

LOADED = """
import sys
import desk.door, desk.program, desk.ui.main_window
from desk.store.engine import make_engine
make_engine(sys.argv[1]).dispose()
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"psycopg", "psycopg_binary"}))
"""


def loaded(url):
    """Return which parts of the server's driver are loaded once the program opens a database."""
    asked = [sys.executable, "-c", LOADED, url]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    return said.stdout.split()


def test_the_driver_of_the_server_is_loaded_for_the_server_alone(tmp_path):
    assert loaded(f"sqlite:///{tmp_path / 'hall.db'}") == []
    assert "psycopg" in loaded("postgresql://nobody@127.0.0.1/hall")


HELD = """
import sys
from datetime import UTC, datetime
from sqlalchemy import event
from desk.actions.intake import Appellant, RegisterCase
from desk.rules.codes import Channel, Exit
from desk.store.engine import make_engine
from tests.clock import HandClock
from tests.small_hall import SmallHall
hall = SmallHall(make_engine(sys.argv[1]), HandClock(datetime(2026, 11, 2, 1, tzinfo=UTC)))
desk = hall.sign_in("李敏")
told = []
def note(_connection, _cursor, statement, *_more):
    if " counters" in statement:
        told.append("pypinyin" in sys.modules)
event.listen(desk.engine, "before_cursor_execute", note)
assert "pypinyin" not in sys.modules
desk.carry_out(RegisterCase(**hall.by("李敏"), exit=Exit.TRANSFER, channel=Channel.VISIT,
    details="电梯停了", category=hall.category("楼道漏电"), first_unit=hall.unit("信联办"),
    appellant=Appellant(name="陈桂芳", phone="13800000023")))
print(told)
"""


def test_whoever_holds_the_next_number_has_nothing_slow_to_load_any_more(sqlite_hall):
    asked = [sys.executable, "-c", HELD, str(sqlite_hall.engine.url)]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.stdout.startswith("[True"), said.stderr
    assert "False" not in said.stdout
