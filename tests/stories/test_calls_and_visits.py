"""打不通就上门: quiet hours, calls in vain and a visit; who is accused rings nobody back."""

from datetime import UTC, datetime

from desk.queries.papers import paper_of_case, stored_paper
from desk.rules.moments import in_shanghai
from tests.stories.hands import CTRL, SHIFT, Key
from tests.stories.life import (
    CLERK,
    ENFORCEMENT,
    comes_in,
    is_answered,
    is_finished,
)

ADMINISTRATOR, OTHER_CLERK = "9001", "1002"
ASKED = "他发短信请马上回电"
NEIGHBOUR = {"phone": "13800000041", "name": "许志明", "address": "青榕花园 7 栋 2 单元 302"}


def test_nobody_answers_at_night_and_then_somebody_goes_there(open_program, street_url):
    someone = open_program(street_url)
    number = comes_in(someone, Key.Key_F6)
    it_is_night_now(someone)
    he_is_visited_and_not_rung(someone, number)
    is_finished(someone, "已更换灯座并复测。")
    is_answered(someone, number, "已更换灯座和漏电保护器。")
    two_calls_are_in_vain(someone, number)
    a_visit_finds_him_at_home(someone)
    the_record_says_so_and_the_unit_may_appeal(someone, number)


def it_is_night_now(someone):
    """The administrator changes one setting on its page."""
    hour = in_shanghai(datetime.now(UTC)).hour
    someone.make_way_for(ADMINISTRATOR)
    someone.alt("0")
    someone.front.show_section("设置")
    someone.quiet()
    section = someone.front.section()
    section.lines.choose("quiet_hours")
    section.form.set_values({"现在的值": f"{hour}-{(hour + 2) % 24}"})
    section.save.setFocus()
    someone.press(Key.Key_Space)


def he_is_visited_and_not_rung(someone, number):
    someone.make_way_for(CLERK).find(number)
    someone.alt("L")
    assert "点以后再打" in someone.panel_words()
    someone.press(Key.Key_Return, CTRL)
    assert any("点以后再打" in said for said in someone.troubles())
    someone.choose("way", 4)
    assert "仍要打的理由" not in someone.panel_words()
    someone.finish()  # nobody minds a visit
    someone.do("H", words="二层灯座进水，外壳带电，已先断电。")
    assert someone.front.page.steps.contacts() == "已联系 2 次，见面 2 次"  # and at the counter


def two_calls_are_in_vain(someone, number):
    someone.make_way_for(OTHER_CLERK)
    someone.alt("5")
    page = someone.front
    assert "点以后再打" in page.phone.advice()
    for tried in (1, 2):
        someone.alt("W")
        page.form.extras.over_reason.setFocus()
        someone.say(ASKED)
        someone.alt("W")
        assert any(f"已打 {tried} 次" in row.left for row in page.list.rows())


def a_visit_finds_him_at_home(someone):
    form = someone.front.form
    someone.tab_to("回访方式")
    someone.press(Key.Key_2)
    assert not form.extras.over_reason.isVisible()  # nobody is rung
    form.contacted.setFocus()
    for answer in "1213":  # 联系过、当天、已解决、不满意
        someone.press(getattr(Key, f"Key_{answer}"))
    someone.press(Key.Key_7)
    someone.say("修的时候断了半天电，没有先说一声。")
    someone.tab_to("处理建议")
    someone.press(Key.Key_4)
    someone.press(Key.Key_Return, CTRL)
    said = "诉求人说已解决、不满意，不用建议“挂账”。请另选一项处理建议。"
    assert form.next_step.trouble() == said
    someone.press(Key.Key_5)
    someone.press(Key.Key_Return, CTRL)
    assert not someone.front.list.rows()


def the_record_says_so_and_the_unit_may_appeal(someone, number):
    someone.make_way_for(CLERK).find(number)
    assert someone.status() == "已办结"
    assert someone.history()[0] == "回访 已解决、不满意，办结，建议差评申诉"
    assert someone.front.page.steps.contacts().startswith("已联系")
    case = someone.front.file.id
    paper = someone.desk._database.read(lambda one: paper_of_case(one, case, "followup-record"))
    row = someone.desk._database.read(lambda one: stored_paper(one, paper)).row
    assert (row["way"], row["missed_calls"]) == ("上门", 2)
    assert row["next_steps"] == ["办结归档", "差评申诉"]
    someone.press(Key.Key_F8, CTRL)
    assert "差评申诉" in someone.panel.title


def test_whom_it_is_about_rings_nobody_back_and_a_hidden_name_stays_hidden(
    open_program, street_url
):
    someone = open_program(street_url)
    someone.sign_in(CLERK)
    someone.take_in(**NEIGHBOUR, words="窗口的陈露说话难听，问低保怎么复核。")
    hides_his_name(someone)
    someone.press(Key.Key_F5)
    someone.say("当面说明了，并给了清单。")
    someone.press(Key.Key_F5)
    number = someone.saved_number()
    someone.look_for(NEIGHBOUR["name"])
    assert all(NEIGHBOUR["name"] not in found for found in someone.found())
    someone.press(Key.Key_Escape)
    someone.make_way_for(ENFORCEMENT).look_for(NEIGHBOUR["name"])
    assert someone.found() == []
    someone.press(Key.Key_Escape)

    someone.make_way_for(OTHER_CLERK)
    someone.alt("5")
    assert someone.front.list.rows()
    someone.make_way_for(CLERK).find(number)
    someone.press(Key.Key_R, CTRL | SHIFT)
    someone.pick("staff", "陈露")
    someone.fill("reason", "诉求人写的就是她")
    someone.finish()

    someone.make_way_for(OTHER_CLERK)
    someone.alt("5")
    assert not someone.front.list.rows()
    someone.look_for(number)
    assert someone.found() == []


def hides_his_name(someone):
    """Unfold the rest of the form and tick that he wants to stay unnamed."""
    someone.alt("Down")
    someone.tab_to("诉求人要求保密")
    someone.press(Key.Key_Space)
