"""What a unit was sent stands above its desk, with the one thing to do about it."""

from datetime import date
from functools import partial

import pytest

from desk.actions.letters import IssueLetter
from desk.actions.review_tasks import AddReviewTask
from desk.queries.unit_mail import MailStep, unit_mail
from desk.rules.assessment_codes import LetterKind, ReminderProblem
from desk.ui.keys import LetterKey
from desk.ui.start_page import StartPage
from tests.actions.whistling import Whistling
from tests.actions.work import Work
from tests.ui.seats import press, rest, seated

DUE = date(2026, 11, 9)


@pytest.fixture
def sit(qtbot, life, desk_of):
    """Show somebody's start page, once it has come to rest."""
    return partial(seated, qtbot, life, desk_of, StartPage)


@pytest.fixture
def sent(life):
    """A reminder, a commendation and a task, all to the same unit."""
    case, unit = life.at("follow_up"), life.hall.unit("城建办")
    life.sent_back(case)
    office = life.hall.sign_in("周航")
    facts = {"unit": unit, "cases": (case,), "facts": "一件一句。"}
    reminder = {"problems": (ReminderProblem.DOUBLE_NO,), "due_on": DUE}
    for kind, more in ((LetterKind.REMINDER, reminder), (LetterKind.COMMENDATION, {})):
        office.carry_out(IssueLetter(**life.hall.by("周航"), kind=kind, **facts, **more))
    task = {"text": "排查楼道\n线路。", "unit": unit, "decided_on": date(2026, 11, 2)}
    office.carry_out(AddReviewTask(**life.hall.by("周航"), **task, due_on=date(2026, 11, 20)))


@pytest.mark.usefixtures("sent")
def test_a_unit_signs_for_a_letter_and_goes_on_to_answer_it(qtbot, life, sit):
    page = sit("赵强")
    assert page.mail.isVisibleTo(page)
    assert "提醒函 青榕提〔2026〕1号，11-09 前，还有 7 天；另有 2 项。" in page.mail.words.text()
    assert page.mail.button.text() == "签收"

    said = []
    page.said.connect(said.append)
    press(qtbot, page, LetterKey.NEXT)
    assert said == ["已签收：送达提醒函 青榕提〔2026〕1号。"]
    assert page.mail.button.text() == "填整改反馈"
    (letter, task, praise) = life.hall.sign_in("赵强").read(unit_mail)
    assert [one.step.value for one in (letter, task, praise)] == ["answer", "report", "sign"]
    assert task.words == "研判会任务：排查楼道 线路"

    with qtbot.waitSignal(page.place_wanted) as wanted:
        press(qtbot, page, LetterKey.NEXT)
    assert wanted.args == ["letters"]

    life.hall.clock.set("2026-11-12 09:00")
    page.desk.set_time(life.hall.clock())
    page.mail.look()
    rest(qtbot, page)
    assert "已过 3 天" in page.mail.words.text()


@pytest.mark.usefixtures("sent")
def test_others_see_nothing_of_it(qtbot, life, sit):
    assert life.hall.sign_in("孙浩").read(unit_mail) == ()
    assert life.hall.sign_in("李敏").read(unit_mail) == ()
    page = sit("孙浩")
    assert not page.mail.isVisibleTo(page)
    press(qtbot, page, LetterKey.NEXT)
    assert not page.mail.isVisibleTo(page)


def test_a_called_unit_reads_first_where_it_is_to_come_and_opens_the_whistle(qtbot, life, sit):
    whistling = Whistling(Work(life.hall, life.hall.clock))
    whistle = whistling.called()
    page = sit("赵强")
    there = "吹哨，请在 10:01 前到 书院路 18 号东门：消防通道被冷柜占住"
    assert there in page.mail.words.text()
    assert page.mail.button.text() == "打开哨单"
    with qtbot.waitSignal(page.whistle_wanted) as wanted:
        press(qtbot, page, LetterKey.NEXT)
    assert wanted.args == [whistle]

    whistling.arrive("周航", whistle, "城建办")
    page.mail.look()
    rest(qtbot, page)
    assert not page.mail.isVisibleTo(page)
    (other,) = life.hall.sign_in("孙浩").read(unit_mail)
    assert (other.id, other.step) == (whistle, MailStep.COME)
    whistling.conclude(whistle)
    assert life.hall.sign_in("孙浩").read(unit_mail) == ()
