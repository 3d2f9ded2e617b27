"""并案与撤回: neighbours with the same thing, one who changes his mind, one it is about."""

from desk.rules.moments import in_shanghai
from tests.stories.hands import CTRL, SHIFT, Key
from tests.stories.life import (
    BUILDING,
    CLERK,
    DISPATCHER,
    OFFICE,
    WORDS,
    comes_in,
    is_accepted,
    is_answered,
    is_dispatched,
    is_finished,
    is_verified,
)

NEIGHBOUR = {"phone": "13800000041", "name": "许志明", "address": "青榕花园 7 栋 2 单元 302"}


def neighbour_comes(someone):
    someone.take_in(**NEIGHBOUR, words=WORDS)
    someone.press(Key.Key_F7)
    return someone.saved_number()


def rare(someone, letter):
    """Press Ctrl, Shift and a letter."""
    someone.press(getattr(Key, f"Key_{letter}"), CTRL | SHIFT)


def is_merged(someone, main):
    rare(someone, "C")
    assert "可能是同一件事" in someone.words_in(someone.panel)
    someone.fill("other", main)
    someone.fill("reason", "同一栋楼同一处漏电")
    someone.finish()
    assert someone.status() == "已合并"


def is_delivered_and_rung_back(someone, number):
    someone.make_way_for(OFFICE).find(number)
    assert someone.status() == "待盖章"
    someone.do("I")
    someone.make_way_for(CLERK).find(number)
    someone.do("V")
    assert someone.status() == "待回访"
    someone.alt("R")
    for name in ("is_reached", "was_contacted", "resolution", "satisfaction", "next_step"):
        someone.choose(name, 1)
    someone.finish()
    assert someone.status() == "已办结"


def test_two_neighbours_are_handled_together_and_each_is_answered(
    open_program, street_url, pdf_queue
):
    someone = open_program(street_url)
    main = comes_in(someone)
    second = neighbour_comes(someone)
    someone.make_way_for(DISPATCHER).find(second)
    before = someone.front.file.clocks
    is_merged(someone, main)
    someone.press(Key.Key_Z, CTRL)  # it was another lamp after all
    assert someone.status() == "待分拨"
    assert [clock.facts.due_at for clock in someone.front.file.clocks] == [
        clock.facts.due_at for clock in before
    ]
    assert someone.history()[0] == f"{second} 从主件 {main} 拆开"
    is_merged(someone, main)
    someone.find(main)
    assert "另有 1 位诉求人" in someone.front.page.heading.accessibleName()
    rare(someone, "H")
    someone.say("不办了")
    someone.choose("way", 1)  # he stands at the counter: it is now
    someone.choose("by", 1)
    someone.press(Key.Key_Return, CTRL)
    assert f"{second} 并在此件里一起办，请先拆开" in someone.panel.said()
    someone.press(Key.Key_Escape)
    is_dispatched(someone, main, "城建办")
    is_accepted(someone, main, BUILDING)
    is_verified(someone)
    is_finished(someone, "已更换灯座并复测，绝缘正常。")
    is_answered(someone, main, "已更换灯座和漏电保护器。")

    is_delivered_and_rung_back(someone, second)

    assert someone.history()[-1].startswith("首问受理")
    someone.find(main)
    assert someone.status() == "待回访"


def test_a_repeat_that_was_linked_wrongly_goes_back_to_the_one_before(open_program, street_url):
    someone = open_program(street_url)
    first = comes_in(someone)
    second, third = neighbour_comes(someone), neighbour_comes(someone)
    for other in (first, second):
        someone.make_way_for(DISPATCHER).find(third)
        someone.alt("C")
        someone.fill("other", other)
        someone.finish()
        assert someone.history()[0] == f"关联为重复件，原件 {other}"

    someone.press(Key.Key_Z, CTRL)

    assert someone.history()[0] == f"关联为重复件，原件 {first}"


def test_an_appellant_takes_it_back_changes_his_mind_and_says_whom_it_is_about(
    open_program, street_url, pdf_queue
):
    someone = open_program(street_url)
    number = comes_in(someone)
    someone.find(number)
    rare(someone, "H")
    someone.say("物业已经修好了")
    someone.press(Key.Key_Return, CTRL)
    assert "请选诉求人是怎么确认撤回的" in someone.words_in(someone.panel)
    someone.choose("way", 2)
    someone.choose("rang", 1)  # he rang: it is on the list of contacts, and no call of ours
    someone.choose("by", 1)
    came = in_shanghai(someone.front.file.received_at)
    someone.fill("confirmed_at", f"{came:%m-%d %H:%M}")
    someone.press(Key.Key_Return, CTRL)
    assert "请写明谁打的" in someone.words_in(someone.panel)
    someone.fill("note", "陈桂芳来电：物业已经修好了，不用再办。")
    someone.finish()
    assert someone.status() == "已撤回"
    assert "恢复办理" in someone.steps()
    rare(someone, "H")
    someone.say("又漏电了")
    someone.finish()
    assert someone.status() == "待分拨"

    rare(someone, "R")
    someone.pick("staff", "李敏")
    assert "您本人也要回避" in someone.words_in(someone.panel)
    someone.fill("reason", "来电说反映的是窗口")
    someone.press(Key.Key_Return, CTRL)

    assert "不归您查看" in someone.words_in(someone.front)
    someone.look_for(number)
    assert someone.found() == []
    someone.press(Key.Key_Escape)
    someone.make_way_for(DISPATCHER).find(number)
    assert someone.history()[0] == "记录被反映单位、人员"
