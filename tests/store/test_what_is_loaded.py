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
