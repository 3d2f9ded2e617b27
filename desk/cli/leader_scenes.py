"""Scenes for the pictures of the leaders' desk (一把手工作台、考评规则)."""

from functools import partial

from PySide6.QtCore import QTimer

from desk.cli.scenes import LOOK_MS, Prepare, section
from desk.rules.leader_queues import LeaderQueue
from desk.ui.admin.rate_rules_section import RateRulesSection
from desk.ui.admin_screen import AdminScreen
from desk.ui.main_window import MainWindow
from desk.ui.start.queues_face import QueuesFace
from desk.ui.start_page import StartPage

_SOON = LOOK_MS * 12
_RULES = "考评规则"
_NEW = {"名称": "2027 年度", "基本满意的系数": "0.8", "部分解决的系数": "0.5"}


def leader_queue(queue: LeaderQueue) -> Prepare:
    """Return what shows one of the six queues, once they have been read."""

    def prepare(window: MainWindow) -> None:
        page = window.pages.front
        if isinstance(page, StartPage) and isinstance(page.face, QueuesFace):
            QTimer.singleShot(_SOON, page, partial(page.face.show_queue, queue))

    return prepare


def try_rules(window: MainWindow) -> None:
    """Show last month by the rules in force and by others."""
    section(_RULES)(window)
    QTimer.singleShot(_SOON, window, partial(_try, window))


def _try(window: MainWindow) -> None:
    page = window.pages.front
    part = page.section() if isinstance(page, AdminScreen) else None
    if isinstance(part, RateRulesSection):
        part.form.set_values(part.form.values() | _NEW)
        part.month.set_values({"试算哪个月": f"{window.desk.now():%Y-%m}"})
        part.try_out.click()
