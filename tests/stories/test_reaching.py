"""Reaching somebody: too often, against his wish, round after round; every unit sees it all."""

from tests.stories.hands import ALT, CTRL, SHIFT, Key
from tests.stories.life import (
    BUILDING,
    CLERK,
    ENFORCEMENT,
    comes_in,
    is_accepted,
    is_answered,
    is_dispatched,
    is_finished,
    is_verified,
)

OFTEN, WISH = "诉求人发短信请马上回电", "家里有病人，别再打电话"
LEFT = "三层以上的灯座也要换。"


def test_somebody_is_rung_not_too_often_and_not_against_his_wish_round_after_round(
    open_program, street_url
):
    someone = open_program(street_url)
    number = comes_in(someone)
    is_dispatched(someone, number, "城建办", "综合行政执法队")
    is_accepted(someone, number, BUILDING)
    is_verified(someone)
    a_fourth_call_asks_why(someone)
    he_wants_no_more_calls(someone)
    the_other_unit_sees_it_and_goes_there(someone, number)
    he_takes_calls_again(someone, number)
    is_finished(someone, "已更换灯座并复测。")
    is_answered(someone, number, "已更换灯座和漏电保护器。")
    nobody_answers_and_then_he_is_dissatisfied(someone, number)
    the_second_round_begins_with_a_call(someone, number)


def is_refused(someone, name):
    """Ctrl+Enter does not go through; return what stands beside the field."""
    someone.press(Key.Key_Return, CTRL)
    assert someone.panel is not None
    return someone.panel.form.entries[name]


def a_fourth_call_asks_why(someone):
    someone.do("W", words="还是没有人接")
    someone.alt("L")
    someone.fill("note", "说下午在家")
    is_refused(someone, "over_reason")
    assert any("每天最多 3 次" in said for said in someone.troubles())
    someone.fill("over_reason", OFTEN)
    someone.finish()
    assert someone.front.page.steps.contacts() == "已联系 3 次，见面 1 次，没联系上 2 次"


def he_wants_no_more_calls(someone):
    someone.press(Key.Key_D, CTRL | SHIFT)
    someone.say(WISH)
    someone.finish()
    assert someone.history()[0] == "请勿再打"


def the_other_unit_sees_it_and_goes_there(someone, number):
    is_accepted(someone, number, ENFORCEMENT)
    someone.alt("L")
    assert WISH in someone.panel_words()
    is_refused(someone, "over_reason")
    assert any("请勿再打" in said for said in someone.troubles())
    someone.choose("way", 4)
    someone.finish()  # nobody minds a visit
    someone.alt("B")
    someone.choose("result", 1)
    someone.fill("feedback", "已要求施工队停工。")
    someone.finish()


def he_takes_calls_again(someone, number):
    someone.make_way_for(BUILDING).find(number)
    someone.front.page.steps.set_filter("contacts")
    assert someone.history()[0] == "请勿再打"
    assert someone.history()[1] == "现场联系 接通"
    someone.front.page.steps.set_filter("all")
    someone.press(Key.Key_D, CTRL | SHIFT)
    is_refused(someone, "note")
    assert any("为什么又可以打" in said for said in someone.troubles())
    someone.go_to("note")
    someone.say("他来厅说可以打了")
    someone.finish()
    assert someone.history()[0] == "撤掉请勿再打"


def nobody_answers_and_then_he_is_dissatisfied(someone, number):
    someone.make_way_for(CLERK)
    someone.press(Key.Key_5, ALT)
    page = someone.front
    assert "每天最多 3 次" in page.phone.advice()
    someone.press(Key.Key_W, ALT)
    assert "写一句为什么" in page.form.extras.over_reason.state().sentence
    someone.say("和他约好这时打")
    someone.press(Key.Key_W, ALT)
    assert any("已打 1 次" in row.left for row in page.list.rows())
    for answer in "1233":  # 联系过、当天、未解决、不满意
        someone.press(getattr(Key, f"Key_{answer}"))
    someone.press(Key.Key_2)  # 未解决
    page.form.suggestion.setFocus()
    someone.say(LEFT)
    page.form.extras.over_reason.setFocus()
    someone.say("和他约好这时打")
    someone.press(Key.Key_Return, CTRL)
    someone.find(number)
    assert someone.status() == "办理中"


def the_second_round_begins_with_a_call(someone, number):
    someone.make_way_for(BUILDING).find(number)
    page = someone.front.page
    assert page.rounds.isVisible()
    assert "第 1 轮" in page.rounds.sentence()
    assert "双否" in page.rounds.sentence()
    assert page.heading.verdict() == "上次双否"
    assert someone.next_step() == "接通"
    someone.alt("L")
    assert LEFT in someone.front.file.follow_ups[0].suggestion
    someone.fill("over_reason", "第二轮先通电话")
    someone.finish()
    assert someone.next_step() == "办理完毕"
