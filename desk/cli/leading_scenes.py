"""Scenes of led cases for the handbook's pictures (领导包案的界面图)."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from desk.store.database import Reader
from desk.store.models import LeaderCase, LeaderStep
from desk.ui.main_window import MainWindow
from desk.ui.widgets.action_bar import ActionBar

_LATER_MS = 1500


def led_case(action: str = "") -> Callable[[MainWindow], None]:
    """Return what opens a led case on which something was done, and the panel of one action."""

    def opened(reader: Reader) -> int | None:
        return reader.session.scalar(
            select(LeaderCase.case_id)
            .join(LeaderStep, LeaderStep.leader_case_id == LeaderCase.id)
            .where(LeaderCase.concluded_at.is_(None))
            .order_by(LeaderCase.id)
            .limit(1)
        )

    def prepare(window: MainWindow) -> None:
        window.desk.ask(
            opened,
            owner=window,
            done=lambda case: window.pages.open_case(case) if case else None,
        )
        if action:
            QTimer.singleShot(_LATER_MS, press)

    def press() -> None:
        for window in QApplication.topLevelWidgets():
            for bar in window.findChildren(ActionBar):
                if bar.isVisible() and action in bar.labels():
                    bar.press(action)
                    return

    return prepare
