"""One server for all tests of the scripts, set up by the scripts themselves."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.exchange.organisation import write_template
from tests.scripts.hall_server import HallServer
from tests.street_book import fill


@pytest.fixture(scope="session")
def servers() -> Iterator[Path]:
    """Return a folder in which servers may live: its path is short, as sockets want it."""
    with tempfile.TemporaryDirectory(prefix="hall-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="session")
def server(servers: Path) -> Iterator[HallServer]:
    """Return an installed server with the street of a filled workbook."""
    made = HallServer(servers / "a")
    made.install()
    workbook = servers / "street.xlsx"
    write_template(workbook)
    fill(workbook)
    made.run("first-administrator.sh", "--workbook", str(workbook))
    yield made
    made.stop()
