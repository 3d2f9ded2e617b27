"""The page 督办: a silent case is urged, supervised, reported on and closed, all by keys."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desk.actions.supervising import Supervise, TakeSupervision
from desk.rules.assessment_codes import SupervisionGround, SupervisionSource
from desk.ui.keys import CaseKey, GlobalKey, ListKey
from desk.ui.start_page import StartPage
from desk.ui.supervision_screen import SupervisionScreen
from tests.ui.seats import press, rest, seated


@pytest.fixture
def sit(qtbot, life, desk_of):
    """Show somebody's page, once it has come to rest."""
    return lambda name, kind=SupervisionScreen: seated(qtbot, life, desk_of, kind, name)


def says(page, name, words):
    """Write into a field of the open panel, as an input method does."""
    page.work.host.panel.form.entries[name].focus()
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def supervised(life, case, **more):
    facts = {
        "unit": life.hall.unit("城建办"),
        "grounds": (SupervisionGround.PUBLIC,),
        "requirement": "更换进线并复测。",
        "due_at": life.hall.clock() + timedelta(days=2),
    }
    return life.do("周航", Supervise, case, **(facts | more)).made


def test_the_silent_case_is_urged_with_one_key_and_the_next_one_follows(qtbot, life, sit):
    first = life.at("handling")
    life.hall.clock.forward(hours=1)
    second = life.at("handling")
    life.hall.clock.forward(days=4)
    page = sit("周航")
    assert page.views() == (
        "我部门要反馈 0",
        "我发出的 0",
        "上级来的 0",
        "沉默件 2",
        "已销号 0",
    )
    assert page.chosen_view() == 3
    assert [row.id for row in page.list.rows()] == [first, second]  # the stillest on top
    assert page.list.rows()[0].left.endswith("4 天没有动静")
    assert "城建办 4 天" in page.card.strip.accessibleName()

    press(qtbot, page, ListKey.NEXT)
    assert page.list.current_id() == second
    press(qtbot, page, ListKey.NEXT)
    assert page.list.current_id() == first
    press(qtbot, page, CaseKey.URGE)
    assert page.work.host.panel.accessibleName() == "催办"
    press(qtbot, page, GlobalKey.OUT)
    assert page.work.host.panel is None
    assert page.list.hasFocus()


def test_from_silence_over_the_telephone_and_a_notice_to_a_closed_supervision(qtbot, life, sit):
    case = life.at("handling")
    life.hall.clock.forward(days=4)
    page = sit("周航")
    for digit, note in ((Qt.Key.Key_1, "赵强接，今天到场。"), (Qt.Key.Key_3, "没有到场。")):
        press(qtbot, page, ListKey.OPEN)
        page.work.host.panel.form.entries["way"].focus()
        qtbot.keyClick(QApplication.focusWidget(), digit)
        says(page, "note", note)
        press(qtbot, page, GlobalKey.FINISH)
        assert page.work.host.panel is None
        assert [row.id for row in page.list.rows()] == [case]  # urging is no move of the unit
    assert "电话催办：城建办。" in page.card.told.text()
    assert "催办通知书：城建办，限 11 月 13 日 18:00 说明。" in page.card.told.text()

    press(qtbot, page, CaseKey.SUPERVISE)
    assert page.work.host.panel.form.content()["grounds"] == ["超期", "多日没有动静"]
    says(page, "requirement", "更换进线并复测。")
    press(qtbot, page, GlobalKey.FINISH)
    assert page.views()[1] == "我发出的 1"

    unit = sit("赵强")
    assert unit.views()[0] == "我部门要反馈 2"
    press(qtbot, unit, ListKey.OPEN)
    press(qtbot, unit, GlobalKey.FINISH)
    press(qtbot, unit, ListKey.OPEN)
    says(unit, "report", "已换进线，诉求人签字。")
    press(qtbot, unit, GlobalKey.FINISH)
    press(qtbot, unit, ListKey.OPEN)  # the notice is left
    says(unit, "explanation", "等停电通知，已办完。")
    press(qtbot, unit, GlobalKey.FINISH)
    assert unit.views()[0] == "我部门要反馈 0"
    assert unit.views()[2] == "沉默件 0"

    office = sit("周航")
    press(qtbot, office, ListKey.OPEN)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_1)
    press(qtbot, office, GlobalKey.FINISH)
    assert office.views()[1::3] == ("我发出的 0", "已销号 1")


def test_a_supervision_goes_from_desk_to_desk_by_enter(qtbot, life, sit):
    case = life.at("handling")
    supervised(life, case)
    unit = sit("赵强")
    assert unit.views()[0] == "我部门要反馈 1"
    assert "我发出的" not in "".join(unit.views())
    press(qtbot, unit, ListKey.OPEN)
    press(qtbot, unit, GlobalKey.FINISH)
    assert unit.list.rows()[0].left.split("　")[2] == "整改中"
    press(qtbot, unit, ListKey.OPEN)
    says(unit, "report", "已换进线。")
    press(qtbot, unit, GlobalKey.FINISH)
    assert unit.views()[0] == "我部门要反馈 0"

    office = sit("周航")
    assert office.chosen_view() == 1
    press(qtbot, office, ListKey.OPEN)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_1)
    press(qtbot, office, GlobalKey.FINISH)
    assert office.views()[1] == "我发出的 0"
    assert office.views()[4] == "已销号 1"
    office.choose_view(4)
    rest(qtbot, office)
    assert office.list.rows()[0].note.startswith("周航")
    with qtbot.waitSignal(office.case_wanted) as opened:
        press(qtbot, office, ListKey.OPEN)
    assert opened.args == [case]


def test_what_came_from_above_is_a_list_of_its_own_and_its_paper_is_at_hand(qtbot, life, sit):
    case = life.at("handling")
    city = {"source": SupervisionSource.CITY, "outside_number": "市督〔2026〕12号"}
    supervised(life, case, **city)
    page = sit("周航")
    page.choose_view(2)
    rest(qtbot, page)
    assert page.list.rows()[0].left.endswith("市督〔2026〕12号")
    assert "打印督办单" in page.bar.labels()
    assert page.card.told.text().startswith("市督办 市督〔2026〕12号：城建办待签收，限 ")


def test_unit_and_issuer_are_told_on_their_start_pages(qtbot, life, sit):
    case = life.at("handling")
    made = supervised(life, case)
    unit, office = sit("赵强", StartPage), sit("周航", StartPage)
    assert unit.steering.words.text().startswith("督办、催办 1 件等本部门签收、反馈或说明，最早的 ")
    assert unit.steering.isVisible()
    assert not office.steering.isVisible()
    with qtbot.waitSignal(unit.place_wanted) as went:
        unit.steering.button.click()
    assert went.args == ["supervision"]

    life.hall.clock.forward(days=3)
    life.do("赵强", TakeSupervision, case, supervision=made["supervision"])
    late = sit("周航", StartPage)
    assert late.steering.words.text() == "督办 1 件超过时限没有反馈。"
