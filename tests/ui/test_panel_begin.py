"""How a panel begins: the keyboard is where it can be seen, lists are as wide as their line."""

from functools import partial

import pytest
from PySide6.QtCore import Qt

from desk.actions.dispatching import ReturnDispatch
from desk.rules.codes import ReturnReason
from desk.ui.case.dispatch_panels import DispatchPanel
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
