"""One demo street per engine for all tests of a session that only look at it."""

from datetime import datetime

import pytest

from desk.demo.build import build_demo
from desk.rules.moments import SHANGHAI
from tests.databases import ENGINES

CASES = 240
NOW = datetime(2026, 11, 20, 16, 0, tzinfo=SHANGHAI)


@pytest.fixture(scope="session", params=ENGINES)
def demo_url(request, tmp_path_factory):
    """Return the address of a demo street, the same one on both engines."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}"
        build_demo(url, cases=CASES, seed=7, now=NOW)
        yield url
        return
    server = request.getfixturevalue("postgres")
    logins = server.logins()
    name = server.create(request.getfixturevalue("postgres_template"))
    build_demo(server.url(name), cases=CASES, seed=7, now=NOW)
    server.set_logins(logins)  # those of the small hall have the same names
    yield server.url(name)
    server.drop(name)
