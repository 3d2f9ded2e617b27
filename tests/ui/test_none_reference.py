"""PySide6 6.12.0 loses a reference of None with each call that returns nothing.

On Python 3.10 and 3.11 this ends the process after some five thousand calls.
"""

import sys

import pytest
from PySide6.QtWidgets import QLabel


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot lose references any more")
def test_calls_into_qt_lose_no_reference_of_none(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(200):
        label.setText("案台")
    assert abs(before - sys.getrefcount(None)) < 20
