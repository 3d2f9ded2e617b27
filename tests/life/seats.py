"""Where members of staff of a hall sit from one test to the next: opening a desk takes its time."""

from tests.life.clerk import Clerk
from tests.ui.desks import Desks


class Seats:
    """The desks of one hall, and the file of cases at each; whoever has other rights sits anew."""

    def __init__(self, hall):
        self._hall, self._desks = hall, Desks(hall)
        self._by_name, self._clerks = {}, {}

    def desk_of(self, name):
        """Return the desk at which this member of staff sits, with the rights he has now."""
        desk = self._by_name.get(name)
        if desk is None or desk.person != self._hall.person(name):
            self._leave(name)
            desk = self._by_name[name] = self._desks.sign_in(name)
        desk.set_time(self._hall.clock())
        return desk

    def clerk(self, qtbot, life, name):
        """Return this member of staff before the file of cases."""
        desk = self.desk_of(name)
        if name not in self._clerks:
            self._clerks[name] = Clerk(qtbot, life, desk)
        clerk = self._clerks[name]
        if clerk.life is not life:
            clerk.begins(qtbot, life)
        return clerk

    def close(self):
        """Let everybody go home."""
        for name in list(self._clerks):
            self._leave(name)
        self._desks.close()

    def _leave(self, name):
        clerk = self._clerks.pop(name, None)
        if clerk is not None:
            clerk.screen.close()
            clerk.screen.deleteLater()
