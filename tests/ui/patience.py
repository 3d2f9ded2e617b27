"""Waits of tests that no busy machine reaches: what comes, comes much sooner."""

from functools import partial

from pytestqt.qtbot import QtBot

PATIENCE_MS = 30_000
_WAITS = ("waitUntil", "waitSignal", "waitSignals", "waitExposed", "waitActive")


def patient(bot: QtBot) -> QtBot:
    """Return a bot whose waits end when something has happened, and hardly ever before."""
    for name in _WAITS:
        setattr(bot, name, partial(getattr(bot, name), timeout=PATIENCE_MS))
    return bot
