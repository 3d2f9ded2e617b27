"""What every test may use: a clock, a real server, databases made by the migrations."""

import os
from datetime import datetime

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything loads Qt

import pytest

from desk.rules.moments import SHANGHAI
from tests.clock import HandClock

pytest_plugins = ["tests.postgres_server", "tests.databases", "tests.cups_server", "tests.x_server"]


@pytest.fixture
def clock() -> HandClock:
    """Return a clock that stands at nine on an ordinary Monday in the hall."""
    return HandClock(datetime(2026, 11, 2, 9, 0, tzinfo=SHANGHAI))
