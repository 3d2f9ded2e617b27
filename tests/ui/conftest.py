"""Windows are tested without a screen; the theme is applied as the program does it."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from desk.ui.theme import apply_theme


def pytest_itemcollected(item):
    """Menus and overlays ask a screen for what the offscreen one has not; that is no trouble."""
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def light_theme(qapp):
    """Every test starts with the light theme in the usual size."""
    return apply_theme(qapp, "light")
