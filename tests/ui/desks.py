"""Desks of members of staff of one hall, signed in by name and closed again."""

import pytest

from desk.ui.desk import Desk
from desk.ui.tasks import Tasks


class Desks:
    """Signs people in; what nobody expected fails the test."""

    def __init__(self, hall):
        self.hall, self._made = hall, []

    def sign_in(self, name):
        """Return a desk at which this member of staff sits."""
        self.hall.memory = None  # somebody reads at any time: the database cannot be exchanged
        tasks = Tasks()
        desk = Desk(self.hall.sign_in(name), tasks)
        tasks.broke.connect(lambda error: pytest.fail(f"{type(error).__name__}: {error}"))
        self._made.append((desk, tasks))
        return desk

    def close(self):
        """Close all of them, once nobody is under way any more: they may share an engine."""
        for _desk, tasks in self._made:
            tasks.finish()
        for desk, _tasks in self._made:
            desk.close()
