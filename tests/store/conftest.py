"""The hall at work, as the tests of the actions know it, on a database of the test's own."""

import pytest

from tests.actions.work import Work


@pytest.fixture
def work(hall, clock):
    """A small hall of the test's own, on both engines, at nine on an ordinary Monday."""
    return Work(hall, clock)
