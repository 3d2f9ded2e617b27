"""A case passes through many hands: a support goes back, and the handler himself is the matter."""

from tests.stories.hands import CTRL, SHIFT, Key
from tests.stories.life import (
    BUILDING,
    CLERK,
    DISPATCHER,
    ENFORCEMENT,
    comes_in,
    is_accepted,
    is_answered,
    is_dispatched,
    is_finished,
    is_verified,
)

INSPECTOR = "1015"


def listed(someone):
    """Return the lines of the list on the start page."""
    return [f"{row.title} {row.left}" for row in someone.front.face.list.rows()]


def test_a_support_goes_back_and_at_the_call_back_the_handler_is_named(open_program, street_url):
    someone = open_program(street_url)
    number = comes_in(someone)
    is_dispatched(someone, number, "城建办", support="综合行政执法队")

    someone.make_way_for(ENFORCEMENT).find(number)
    someone.alt("T")
    assert "只退您单位协办的这一部分" in someone.panel_words()
    someone.choose("reason", 1)
    someone.fill("note", "楼内没有违建，用不着执法。")
    someone.finish()
    assert someone.history()[0] == "综合行政执法队申请退回协办：职责不符"
    assert "退回" not in someone.steps()

    someone.make_way_for(DISPATCHER).find(number)
    someone.alt("T")
    assert "楼内没有违建，用不着执法。" in someone.panel_words()
    someone.choose("is_agreed", 1)
    someone.finish()
    assert someone.history()[0] == "同意综合行政执法队退回协办"
    assert someone.status() == "待签收"

    is_accepted(someone, number, BUILDING)
    is_verified(someone)
    is_finished(someone, "已更换灯座。")
    is_answered(someone, number, "已更换灯座并做绝缘处理。")

    someone.find(number)
    someone.press(Key.Key_R, CTRL | SHIFT)
    someone.pick("unit", "城建办")
    someone.fill("reason", "回访时他说，来的人就是当初装坏灯座的人")
    someone.finish()
    assert someone.status() == "待回访"
    assert someone.history()[0] == "记录被反映单位、人员"

    someone.alt("R")
    someone.choose("is_reached", 1)
    someone.choose("was_contacted", 1)
    someone.choose("resolution", 2)
    someone.choose("satisfaction", 3)
    someone.choose("discontent", 1)
    someone.choose("next_step", 2)
    someone.finish()
    assert someone.status() == "待分拨"
    assert someone.history()[0].endswith("二次办理")

    is_dispatched(someone, number, "综合行政执法队", by=INSPECTOR)
    someone.make_way_for(CLERK)
    someone.alt("1")
    someone.quiet()
    said = [line for line in listed(someone) if "第 2 轮办理" in line]
    assert len(said) == 1
    assert "部分解决、不满意" in said[0]
