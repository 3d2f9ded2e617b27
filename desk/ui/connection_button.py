"""The way to the connection settings (连接设置) from the first pages, without loading them."""

from collections.abc import Callable
from functools import partial
from importlib import import_module

from PySide6.QtWidgets import QWidget

from desk.ui.widgets.buttons import KeyButton


def connection_button(host: QWidget, said: Callable[[str], None]) -> KeyButton:
    """Return the button that opens the dialog over `host`; `said` hears what to do next."""
    made = KeyButton("连接设置", icon="settings")
    made.clicked.connect(partial(_open, host, said))
    return made


def _open(host: QWidget, said: Callable[[str], None]) -> None:
    dialog = import_module("desk.ui.connection").ConnectionDialog(host)
    dialog.saved.connect(said)
    dialog.open()
