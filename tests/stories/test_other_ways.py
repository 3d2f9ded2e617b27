"""The other ways through the hall: returned by a unit, answered on the spot, done here, guided."""

from tests.stories.hands import CTRL, SHIFT, Key
from tests.stories.life import (
    BUILDING,
    CLERK,
    DISPATCHER,
    ENFORCEMENT,
    comes_in,
    is_accepted,
    is_answered,
    is_archived,
    is_dispatched,
    is_finished,
    is_rung_back_satisfied,
    is_verified,
)

WHY = "路面归区里管，不在城建办职责内。"


def test_a_unit_hands_an_appeal_back_and_another_one_gets_it(open_program, street_url):
    someone = open_program(street_url)
    number = comes_in(someone)
    is_dispatched(someone, number, "城建办")

    someone.make_way_for(BUILDING).find(number)
    someone.alt("T")
    someone.choose("reason", 1)
    someone.fill("note", WHY)
    someone.finish()
    assert "退回" not in someone.steps()  # asked once, and now the dispatchers answer

    someone.make_way_for(DISPATCHER).find(number)
    assert someone.steps()[0] == "答复退回"
    someone.alt("T")
    assert WHY in someone.panel_words()
    someone.choose("is_agreed", 1)
    someone.finish()
    assert someone.status() == "待分拨"

    is_dispatched(someone, number, "综合行政执法队")
    someone.make_way_for(BUILDING).find(number)  # who once had it may go on reading
    assert someone.steps() == []
    is_accepted(someone, number, ENFORCEMENT)
    assert any("退回" in verb for verb in someone.history())


def test_an_answer_on_the_spot_is_printed_rung_back_and_archived(
    open_program, street_url, pdf_queue
):
    someone = open_program(street_url)
    someone.sign_in(CLERK)
    someone.take_in(phone="", name="罗晓燕", address="书院路 12 号", words="问养老金怎么年审。")
    someone.press(Key.Key_F5)
    someone.say("当面说明每年六月在社区办，并给了清单。")
    someone.press(Key.Key_Tab)
    someone.press(Key.Key_1)
    someone.press(Key.Key_F5)
    number = someone.saved_number()
    assert len(pdf_queue.papers(1)) == 1
    someone.find(number)
    assert someone.status() == "已办结"
    is_archived(someone, number)


def test_the_first_unit_handles_an_appeal_itself_to_the_archive(open_program, street_url):
    someone = open_program(street_url)
    number = comes_in(someone, Key.Key_F6)
    someone.find(number)
    assert "签收" not in someone.steps()
    is_verified(someone)
    is_finished(someone, "本厅已当天办好。")
    is_answered(someone, number, "已办好，当面说明。")
    is_rung_back_satisfied(someone, number)
    is_archived(someone, number)


def test_who_belongs_elsewhere_is_guided_there_and_the_record_is_archived(open_program, street_url):
    someone = open_program(street_url)
    someone.sign_in(CLERK)
    someone.take_in(phone="", name="马思源", address="渡口街 3 号", words="要查公积金缴了多少。")
    someone.press(Key.Key_F8)
    someone.press(Key.Key_Tab)  # it does not stand in the directory
    someone.say("公积金归市公积金中心管，已说明路线。")
    someone.press(Key.Key_Tab)
    someone.say("市公积金中心滨河管理部")
    someone.press(Key.Key_Return, CTRL)
    number = someone.saved_number()
    someone.find(number)
    assert someone.status() == "已引导"
    someone.press(Key.Key_A, CTRL | SHIFT)
    someone.choose("asked_way", 1)
    someone.choose("answer", 1)
    someone.finish()
    is_archived(someone, number, is_asked=False)
