"""The small hall on PostgreSQL: one file needs no outbox."""

import pytest

from desk.store.engine import make_engine
from tests.outbox.desk_of_li import DeskOfLi
from tests.small_hall import SmallHall


@pytest.fixture
def shared(postgres_hall_url, clock):
    """Return the small hall on the shared server."""
    engine = make_engine(postgres_hall_url)
    yield SmallHall.copied(engine, clock)
    engine.dispose()


@pytest.fixture
def desk(shared, tmp_path):
    """Return 李敏's desk."""
    made = DeskOfLi(shared, tmp_path)
    yield made
    made.leave()


def pytest_itemcollected(item):
    """Windows ask a screen for what the offscreen one has not; that is no trouble."""
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))
