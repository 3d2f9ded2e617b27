"""The program is one window: nothing flashes beside it and takes the keyboard away."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desk.ui.keys import PlaceKey


class Witness(QObject):
    """Remembers every window that was shown, however short."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):
        is_window = isinstance(watched, QWidget) and watched.isWindow()
        if is_window and event.type() == QEvent.Type.Show:
            self.seen.append(type(watched).__name__)
        return False


@pytest.mark.parametrize("login", ["1001", "1004", "1006", "1013", "9001"])
def test_signing_in_and_walking_through_the_pages_shows_one_window(
    open_program, sqlite_street_url, qapp, login
):
    witness = Witness()
    qapp.installEventFilter(witness)
    try:
        someone = open_program(sqlite_street_url)
        someone.sign_in(login)
        for key in PlaceKey:
            someone.alt(key.partition("+")[2])
            assert QApplication.focusWidget() is not None, key
        someone.press(Qt.Key.Key_F2)
    finally:
        qapp.removeEventFilter(witness)
    assert witness.seen == ["Frame"]
