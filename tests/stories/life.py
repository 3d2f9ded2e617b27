"""The steps in the life of a case, each done by whose task it is, in the words of the hall.

Every step begins with the colleague sitting down at the desk and finding the case by its number.
"""

from PySide6.QtCore import Qt

Key = Qt.Key
CLERK, DISPATCHER, OFFICE, BUILDING, ENFORCEMENT, LEADER = (
    "1001",
    "1004",
    "1005",
    "1006",
    "1007",
    "1013",
)
PHONE, NAME = "13800000023", "陈桂芳"
ADDRESS = "青榕花园 7 栋 2 单元 401"
WORDS = "楼道灯座漏电，孩子摸到发麻，物业和施工队互相推，请求尽快修好。"


def comes_in(someone, leave=Key.Key_F7):
    """A walk-in is written down and saved by one of the exits; return its number."""
    someone.sign_in(CLERK)
    someone.take_in(phone=PHONE, name=NAME, address=ADDRESS, words=WORDS)
    someone.press(leave)
    return someone.saved_number()


def is_dispatched(someone, number, lead, support="", by=DISPATCHER):
    someone.make_way_for(by).find(number)
    assert someone.next_step() == "分拨"
    someone.alt("F")
    someone.pick("lead", lead)
    if support:
        someone.pick("supports", support)
    someone.fill("instruction", "请今天先到场。")
    someone.finish()
    assert someone.status() == "待签收"
    assert someone.history()[0].startswith("双派" if support else "直派")


def is_accepted(someone, number, login):
    someone.make_way_for(login).find(number)
    assert someone.next_step() == "签收"
    someone.alt("Q")
    assert "签收" not in someone.steps()


def is_verified(someone):
    """The person at the desk rings twice and looks at the place."""
    someone.do("W", words="响了八声没有人接")
    someone.do("L", words="约好今天十点到场")
    someone.do("H", words="二层灯座进水，外壳带电，已先断电。")
    assert someone.status() == "办理中"
    assert someone.history()[:2] == ["核实", "联系 接通"]
    assert someone.history()[2].endswith("联系 没人接")


def is_finished(someone, words, late=""):
    """The person at the desk says how it was done, and why late if the limit has passed."""
    assert "办理完毕" in someone.steps()
    someone.alt("B")
    someone.choose("result", 1)
    someone.fill("measures", words)
    if late:
        someone.fill("late_reason", late)
    someone.finish()
    assert someone.status() == "待写意见书"


def is_answered(someone, number, decision):
    """The opinion is improved and handed in, signed, sealed and given to the appellant."""
    assert someone.next_step() == "意见书"
    someone.alt("Y")
    someone.ctrl("A")
    someone.say(decision)
    someone.finish()
    assert someone.next_step() == ""
    someone.make_way_for(LEADER)
    someone.alt("4")
    someone.press(Key.Key_Return)
    someone.find(number)
    assert someone.status() == "待盖章"
    assert someone.next_step() == ""
    someone.make_way_for(OFFICE).find(number)
    assert someone.next_step() == "盖章"
    someone.do("I")
    someone.make_way_for(CLERK).find(number)
    assert someone.next_step() == "送达"
    someone.do("V")
    assert someone.status() == "待回访"


def is_rung_back_dissatisfied(someone):
    """The clerk at the desk rings; it was not enough, and a second round begins."""
    assert "回访" in someone.steps()
    someone.alt("R")
    someone.choose("is_reached", 1)
    someone.choose("was_contacted", 1)
    someone.choose("resolution", 2)
    someone.choose("satisfaction", 3)
    someone.choose("discontent", 1)
    someone.fill("suggestion", "三层以上的灯座也要换。")
    someone.choose("next_step", 2)
    someone.finish()
    assert someone.status() == "办理中"


def is_rung_back_satisfied(someone, number):
    """The clerk at the desk answers question after question by digits on the follow-up page."""
    someone.alt("5")
    for answer in "1111":
        someone.press(getattr(Key, f"Key_{answer}"))
    reason = someone.front.form.extras.over_reason
    if reason.isVisible():  # he was rung often enough today
        reason.setFocus()
        someone.say("和他约好这时打")
    someone.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    someone.find(number)
    assert someone.status() == "已办结"
    assert "归档" not in someone.steps()


def is_archived(someone, number, *, is_asked=True):
    """Archive it; who was only sent elsewhere is not asked the three questions."""
    someone.make_way_for(DISPATCHER).find(number)
    assert someone.next_step() == "归档"
    someone.alt("A")
    for question in ("is_solved", "is_exhausted", "is_satisfied") if is_asked else ():
        someone.go_to(question)
        someone.press(Key.Key_Space)
    someone.finish()
    assert someone.status() == "已归档"
    assert someone.next_step() == ""
    assert someone.history()[0].startswith("归档")
