"""Who was shown an appellant's contact data (查看留痕): noted once per case and sitting."""

from PySide6.QtCore import QObject

from desk.actions.looking import LookAtContact
from desk.ui.desk import Desk


class Looks(QObject):
    """The looks of one sitting at this desk; the desk owns it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._noted: set[tuple[int, int]] = set()

    def note(self, case_id: int, where: str) -> None:
        """Note that whoever is signed in was shown the contact data of a case."""
        key = (self._desk.person.staff_id, case_id)
        if key in self._noted:
            return
        self._noted.add(key)
        request = LookAtContact(**self._desk.by_me(), case=case_id, where=where)
        self._desk.act(request, owner=self, failed=lambda _error: self._noted.discard(key))


def note_look(desk: Desk, case_id: int, where: str) -> None:
    """Note a look at contact data that was part of one's own work (HOUSE.md decision 19)."""
    found = desk.findChild(Looks)
    looks = found if isinstance(found, Looks) else Looks(desk)
    looks.note(case_id, where)
