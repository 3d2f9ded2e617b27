"""How a panel begins: the keyboard is where it can be seen, lists are as wide as their line."""

from functools import partial

import pytest
from PySide6.QtCore import Qt

from desk.actions.dispatching import ReturnDispatch
from desk.rules.codes import ReturnReason
from desk.ui.case.dispatch_panels import DispatchPanel
from desk.ui.grids_screen import GridsScreen
from tests.ui.case_desk import sit_at_case


@pytest.fixture
def sit(qtbot, life, desk_of):
    """Open a case for a member of staff."""
    return partial(sit_at_case, qtbot, life, desk_of)


def test_the_first_key_answers_and_a_redirect_is_called_so(qtbot, sit, life):
    case = life.at("accepted")
    life.do("赵强", ReturnDispatch, case, reason=ReturnReason.NOT_OURS, note="不归本单位")
    office = sit("周航", case)

    office.alt("T")  # one unit has asked, so that its field is hidden and the answer comes first
    office.press(Qt.Key.Key_1)
    assert office.panel.form.entries["is_agreed"].read() == "yes"

    office.alt("F")
    assert isinstance(office.panel, DispatchPanel)
    assert office.panel.accessibleName() == office.panel.button.text() == "改派"
    lead = office.panel._lead
    qtbot.waitUntil(lead.is_open)
    qtbot.waitUntil(lambda: lead._popup.width() == lead.edit.width())


def test_another_list_is_shown_while_a_form_about_a_line_of_the_first_is_open(qtbot, desk_of):
    desk = desk_of("周航")
    page = GridsScreen(desk)
    qtbot.addWidget(page)
    page.show()
    page.arrive()
    qtbot.waitUntil(lambda: not desk.tasks.is_busy and page.list.rows() != ())
    page.list.choose(page.list.rows()[-1].id)
    page.bar.press("登记人员")
    assert page.host.panel is not None

    page.choose_view(2)
    qtbot.waitUntil(lambda: page.bar.labels() == ["改清单"])
    assert page.host.panel is None
