"""On a case file everybody sees who was reached, who must not be rung, and every round."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.contacts import DoNotCall, RecordContact
from desk.rules.codes import CaseStatus, ContactResult, ContactWay, Resolution
from desk.store.models import Contact
from tests.ui.case_desk import CTRL, RETURN, sit_at_case

CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def sit(qtbot, life, desk_of):
    """Open a case for a member of staff."""
    return partial(sit_at_case, qtbot, life, desk_of)


def newest_contact(life, case):
    with Session(life.hall.engine) as session:
        query = select(Contact).where(Contact.case_id == case).order_by(Contact.id.desc())
        return session.scalars(query).first()


def test_the_list_of_contacts_has_every_attempt_of_every_unit(sit, life):
    case = life.at("handling")
    back = life.hall.clock()
    life.do("李敏", RecordContact, case, result=ContactResult.NO_ANSWER, call_back_at=back)
    life.do(
        "赵强", RecordContact, case, way=ContactWay.HOME, result=ContactResult.REACHED, note="在家"
    )
    handler = sit("赵强", case)

    handler.page.steps.set_filter("contacts")

    lines = handler.page.steps.timeline.entries()
    assert [(line.verb, line.who) for line in lines] == [
        ("上门联系 接通", "赵强 · 城建办"),
        ("电话联系 没人接", "李敏 · 信联办"),
        ("电话联系 接通", "赵强 · 城建办"),
    ]
    assert lines[1].details[0].startswith("答应 ")
    assert lines[1].details[0].endswith("已回。")
    assert handler.page.steps.contacts() == "已联系 2 次，见面 1 次，没联系上 1 次"


def test_rounds_stand_in_a_band_with_what_the_appellant_said_of_each(sit, life):
    case = life.at("follow_up")
    assert sit("赵强", case).page.rounds.isHidden()

    life.again(case)
    handler = sit("赵强", case)

    said = "第 1 轮 11-2 起，双否；第 2 轮 11-2 起，因未解决"
    assert handler.page.rounds.sentence() == said
    assert handler.page.heading.verdict() == "上次双否"


def test_a_wish_not_to_be_rung_is_kept_and_lifted_by_the_same_key(sit, life):
    case = life.at("handling")
    handler = sit("赵强", case)

    handler.press(Qt.Key.Key_D, CTRL_SHIFT)
    handler.write("he is ill")
    handler.finish()
    assert life.case(case).do_not_call_note == "he is ill"
    assert "可以再打" in handler.offered()
    handler.page.steps.set_filter("contacts")
    assert handler.page.steps.timeline.entries()[0].verb == "请勿再打"

    handler.press(Qt.Key.Key_D, CTRL_SHIFT)
    handler.finish()
    assert "为什么又可以打" in handler.panel.form.entries["note"].label
    assert life.case(case).do_not_call_at is not None
    handler.fill("note", "he rang us")
    handler.finish()
    assert life.case(case).do_not_call_at is None


def test_a_call_against_his_wish_asks_why_and_keeps_what_was_written(sit, life):
    case = life.at("handling")
    life.do("赵强", DoNotCall, case)
    handler = sit("赵强", case)

    handler.alt("L")
    assert handler._stands_in("over_reason")
    handler.fill("note", "told to leave the flat")
    handler.finish()
    assert handler.panel is not None
    assert handler.panel.form.content()["note"] == "told to leave the flat"
    handler.fill("over_reason", "gas leaks")
    handler.finish()

    made = newest_contact(life, case)
    assert (made.over_reason, made.note) == ("gas leaks", "told to leave the flat")


def test_a_visit_needs_no_reason(sit, life):
    case = life.at("handling")
    life.do("赵强", DoNotCall, case)
    handler = sit("赵强", case)

    handler.alt("L")
    handler.choose("way", 3)
    assert handler.panel._ringing.over_reason.isHidden()
    handler.press(RETURN, CTRL)

    assert newest_contact(life, case).way is ContactWay.HOME


def test_the_panel_asks_matter_by_matter_and_says_what_they_come_to(sit, life):
    case = life.at("follow_up", matters=("楼道漏电", "路灯不亮"))
    caller = sit("吴芳", case)
    first, second = (f"matter_{row.id}" for row in life.matters(case))

    caller.alt("R")
    caller.choose("is_reached", 1)
    caller.choose("was_contacted", 1)
    caller.choose(first, 1)
    caller.choose("satisfaction", 1)
    caller.choose("next_step", 1)
    caller.finish()
    assert "事项 2 还没有问" in caller.panel.form.entries[second].label + said_of(caller, second)
    caller.choose(second, 4)
    assert caller.panel.whole() == "2 个事项：1 个已解决、1 个已解释认可，合起来是已解决。"
    caller.finish()

    assert life.case(case).status is CaseStatus.CLOSED
    assert life.case(case).resolution is Resolution.YES


def said_of(sitting, name):
    """Return what is said below a choice of the panel."""
    asked = {f"matter_{matter}": choice for matter, choice, _ in sitting.panel._matters}
    return asked[name].sentence()


def test_after_the_dispatch_the_first_unit_reads_that_the_clock_is_the_leads(sit, life):
    case = life.at("dispatched")
    first = sit("李敏", case)

    first.alt("L")
    assert "记在清单上，主办（城建办）的联系时限照走。" in labels(first.panel)
    first.finish()

    assert newest_contact(life, case) is not None
    assert next(clock for clock in first.screen.file.clocks if clock.kind == "contact").is_running
    lead = sit("赵强", life.at("accepted"))
    lead.alt("L")
    assert not [words for words in labels(lead.panel) if "联系时限照走" in words]


def test_who_rang_himself_was_not_rung(sit, life):
    case = life.at("handling")
    life.do("赵强", DoNotCall, case)
    handler = sit("赵强", case)

    handler.alt("L")
    handler.go_to("rang_in")
    handler.press(Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
    assert handler.panel._ringing.over_reason.isHidden()
    handler.finish()

    assert newest_contact(life, case).over_reason == "诉求人自己打来的"
    handler.page.steps.set_filter("contacts")
    assert handler.page.steps.timeline.entries()[1].verb == "诉求人来电"


def test_telling_him_by_telephone_is_judged_like_any_call(sit, life):
    case = life.at("handling")
    talk = newest_contact(life, case).happened_at
    life.do("赵强", DoNotCall, case, note="nights")
    handler = sit("赵强", case)
    advice = "诉求人今天说过请勿再打（nights）。请上门、书面，或等他来厅。"

    handler.press(Qt.Key.Key_Z, CTRL_SHIFT)
    handler.choose("reason", 1)
    handler.fill("note", "copy of the deed")
    handler.choose("told_way", 1)
    assert advice not in labels(handler.panel)  # that talk was judged when it was recorded
    said = next(words for words in labels(handler.panel) if "不会记两次" in words)
    assert said.startswith("09:06 那次电话联系已在清单上")
    handler.choose("told_way", 2)
    assert handler.panel.request(handler.panel.head()).told_at > talk  # that talk was by telephone
    handler.choose("told_way", 1)
    assert handler.panel.request(handler.panel.head()).told_at == talk
    handler.fill("told_at", "0910")
    handler.go_to("note")
    assert advice in labels(handler.panel)
    handler.fill("over_reason", "he waits for it")
    handler.finish()

    made = newest_contact(life, case)
    assert (made.way, made.over_reason) == (ContactWay.PHONE, "he waits for it")
    assert made.note == "告知为什么暂停计时：等诉求人补充材料"


def labels(panel):
    """Return what a panel says as far as it can be seen."""
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel)]
