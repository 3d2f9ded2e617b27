"""The page of figures: the period by a digit or two days, the same count on paper."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.store.models import Paper
from desk.ui.statistics.period import usual_period
from desk.ui.statistics_screen import StatisticsScreen
from tests.actions.mediations import Mediations
from tests.ui.before_page import BeforePage


class AtFigures(BeforePage):
    """Somebody before the figures."""

    def __init__(self, qtbot, desk, life):
        super().__init__(qtbot, desk, life, StatisticsScreen(desk))

    def press(self, key):
        self.qtbot.keyClick(self.page.focusWidget() or self.page, key)
        self.rest()


@pytest.fixture
def lay(life):
    return Mediations(life.hall, life.hall.clock).lay


def figures(page):
    return dict(words.rsplit(" ", 1) for words in page.figures.texts())


def test_a_leader_reads_this_month_at_once_and_another_period_by_a_digit(qtbot, life, desk_of, lay):
    lay()
    at = AtFigures(qtbot, desk_of("郑伟"), life)

    assert figures(at.page)["受理"] == "1"
    assert figures(at.page)["成功率"] == "—"
    assert at.page.bars["by_kind"].accessibleDescription() == "物业 1 件 100.00%"
    at.press(Qt.Key.Key_2)
    assert figures(at.page)["受理"] == "0"
    assert at.page.bars["by_kind"].accessibleDescription() == "没有"
    at.press(Qt.Key.Key_3)
    assert figures(at.page)["受理"] == "1"


def test_a_period_of_one_s_own_is_typed_as_two_days(qtbot, life, desk_of, lay):
    lay()
    at = AtFigures(qtbot, desk_of("孟瑶"), life)
    at.press(Qt.Key.Key_4)
    at.page.period.first.set_text("不知道")
    at.page.period.first.check_now()
    assert at.page.period.period() is None
    today = life.hall.clock().date()
    for field in (at.page.period.first, at.page.period.last):
        field.set_text(f"{today:%Y-%m-%d}")
        field.check_now()
    at.rest()
    assert at.page.period.period() == (today, today)
    assert figures(at.page)["受理"] == "1"


def test_what_is_printed_is_what_is_shown(qtbot, life, desk_of, lay, pdf_queue):
    lay()
    at = AtFigures(qtbot, desk_of("郑伟"), life)

    at.page.bar.press("打印统计表")
    at.rest()

    assert any("打印人民调解统计表" in said for said in at.said)
    with Session(life.hall.engine) as session:
        paper = session.scalars(select(Paper).where(Paper.code == "mediation-statistics")).one()
    assert paper.row["lines"][0]["count"] == "1"
    assert len(pdf_queue.papers(1)) == 1


def test_the_usual_periods_end_today_or_with_the_last_month():
    today = date(2026, 3, 9)

    assert usual_period("month", today) == (date(2026, 3, 1), today)
    assert usual_period("last", today) == (date(2026, 2, 1), date(2026, 2, 28))
    assert usual_period("year", today) == (date(2026, 1, 1), today)
