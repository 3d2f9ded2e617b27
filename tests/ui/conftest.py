"""Windows are tested without a screen; the theme is applied as the program does it."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from desk.ui.theme import apply_theme


@pytest.fixture(autouse=True)
def light_theme(qapp):
    """Every test starts with the light theme in the usual size."""
    return apply_theme(qapp, "light")
