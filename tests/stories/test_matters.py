"""一次来访几件事: several matters by two units, one opinion for all, and a second appeal."""

from PySide6.QtCore import Qt

from tests.stories.hands import CTRL, SHIFT
from tests.stories.life import (
    ADDRESS,
    BUILDING,
    CLERK,
    DISPATCHER,
    ENFORCEMENT,
    NAME,
    PHONE,
    is_accepted,
    is_verified,
)

Key = Qt.Key
LAMP, LIFT, LEAK = "路灯不亮三天了", "七栋电梯停运", "楼顶漏水到过道"


def matters_key(someone):
    someone.press(Key.Key_M, CTRL | SHIFT)


def fields(someone, kind):
    """Return the names of the panel's fields of a kind, in the order of the matters."""
    return [name for name in someone.panel.form.entries if name.startswith(f"{kind}_")]


def matters_shown(someone):
    """Return what the case page says of every matter."""
    return [row.accessibleName() for row in someone.front.page.facts._matters.rows]


def comes_with_two_matters(someone):
    someone.sign_in(CLERK)
    someone.take_in(phone=PHONE, name=NAME, address=ADDRESS, words=f"{LAMP}。{LIFT}。")
    matters_key(someone)
    for words in (LAMP, LIFT):
        someone.say(words)
        someone.press(Key.Key_Return)
    someone.press(Key.Key_F7)
    assert someone.front.work.foot.saved_words().endswith("2 个事项")
    return someone.saved_number()


def has_another_trouble(someone):
    """“还有别的困难吗”: the next appeal has the person filled in, and knows of the first."""
    someone.alt("N")
    form = someone.front.work.sheet.form
    assert (form.phone.text(), form.name.text(), form.address.text()) == (PHONE, NAME, ADDRESS)
    someone.say("想问低保复核要带什么材料。")
    someone.press(Key.Key_Tab)
    someone.press(Key.Key_1)
    someone.press(Key.Key_F7)
    return someone.saved_number()


def test_two_matters_go_to_two_units_and_one_opinion_answers_both(open_program, street_url):
    someone = open_program(street_url)
    number = comes_with_two_matters(someone)
    second = has_another_trouble(someone)
    someone.find(second)
    seen = someone.words_in(someone.front.page.facts)
    assert "同一次来访" in seen
    someone.find(number)
    assert "低保复核" in someone.words_in(someone.front.page.facts)
    assert [shown.split()[-1] for shown in matters_shown(someone)] == ["未开始", "未开始"]

    the_dispatcher_gives_the_lift_to_enforcement(someone, number)
    is_accepted(someone, number, BUILDING)
    is_verified(someone)
    the_second_unit_answers_its_own(someone, number)
    the_lead_adds_a_third_and_cannot_finish_without_its_answer(someone, number)
    the_opinion_is_not_handed_in_with_a_gap(someone)


def the_dispatcher_gives_the_lift_to_enforcement(someone, number):
    someone.make_way_for(DISPATCHER).find(number)
    someone.alt("F")
    someone.pick("lead", "城建办")
    someone.pick("supports", "综合行政执法队")
    someone.choose(fields(someone, "unit")[1], 2)
    someone.finish()
    units = [shown.split()[3] for shown in matters_shown(someone)]
    assert units == ["城建办", "综合行政执法队"]


def the_second_unit_answers_its_own(someone, number):
    is_accepted(someone, number, ENFORCEMENT)
    matters_key(someone)
    assert someone.panel.title == "逐项答复"
    (result,) = fields(someone, "result")
    assert LAMP not in someone.panel_words()  # the lead's matter is not shown to be answered
    someone.press(Key.Key_Return, CTRL)
    assert someone.panel.said() == "请至少写一个事项的结果和答复。"
    someone.choose(result, 4)
    someone.press(Key.Key_Return, CTRL)
    assert someone.troubles() == ["事项 2（综合行政执法队）还没有答复，请补上。"]
    someone.say("须等维保单位年检，本周内恢复。")
    someone.finish()
    assert matters_shown(someone)[1].endswith("已解释")
    someone.alt("B")
    someone.choose("result", 4)
    someone.fill("feedback", "已向住户说明。")
    someone.finish()


def the_lead_adds_a_third_and_cannot_finish_without_its_answer(someone, number):
    someone.make_way_for(BUILDING).find(number)
    someone.front.page.bar.press("添加事项")
    someone.quiet()
    someone.say(LEAK)
    someone.finish()
    assert len(matters_shown(someone)) == 3
    someone.alt("B")
    lamp, _lift, leak = fields(someone, "result")
    someone.choose(lamp, 1)
    someone.fill(lamp.replace("result", "answer"), "已换灯头，当晚复看正常。")
    someone.press(Key.Key_Return, CTRL)
    assert someone.troubles()[0].startswith("事项 3（城建办）还没有办理结果")
    someone.choose(leak, 2)
    assert someone.panel.form.entries["result"].read() == "partly"  # proposed from all three
    someone.fill(leak.replace("result", "answer"), "已补漏，雨后再看一次。")
    someone.finish()
    assert someone.status() == "待写意见书"
    assert [shown.split()[-1] for shown in matters_shown(someone)] == [
        "已解决",
        "已解释",
        "部分解决",
    ]


def the_opinion_is_not_handed_in_with_a_gap(someone):
    someone.alt("Y")
    lift = fields(someone, "answer")[1]
    someone.go_to(lift)
    someone.ctrl("A")
    someone.press(Key.Key_Delete)
    someone.press(Key.Key_Return, CTRL)
    assert someone.troubles() == ["事项 2（综合行政执法队）还没有答复，请补上。"]
    someone.say("维保单位已到场，本周五前恢复运行。")
    someone.finish()
    assert someone.status() == "待审签"
    decision = someone.front.file.opinion.decision.splitlines()
    assert [line[:3] for line in decision] == ["(一)", "(二)", "(三)"]
    assert decision[1] == f"(二){LIFT}：维保单位已到场，本周五前恢复运行。"
