"""重点件 and 领导回访 in the windows: marked, unmarked, rung, refused in words."""

from desk.rules.deeds import Deed

WATER = "涉及 200 户用水"


def test_a_case_is_marked_with_a_reason_and_the_mark_comes_off_again(life, clerk_of):
    case = life.at("handling")
    chief = clerk_of("王磊", case).opens(Deed.MARK_KEY)
    chief.refused("reason", "请写明为什么是重点件，例如“涉及 200 户用水”。")
    chief.fills(reason=WATER).done()
    again = clerk_of("周航", case).opens(Deed.MARK_KEY)
    again.fills(way=2, reason=WATER)
    again.refused("reason", "此件已经按这个理由标为重点件，不用再标。")
    again.fills(way=1).done()
    assert life.case(case).key_reason is None


def test_a_leader_writes_down_what_the_appellant_said_to_him(life, clerk_of):
    case = life.at("follow_up")
    chief = clerk_of("王磊", case).opens(Deed.LEADER_CALL)
    chief.refused("note", "请写一句诉求人怎么说，承办单位才知道还差什么。")
    chief.fills(note="水压够了，表示满意。").done()
    assert life.case(case).satisfaction is None


def test_what_is_a_leaders_is_offered_to_nobody_else(life, clerk_of):
    case = life.at("follow_up")
    assert clerk_of("赵强", case).may(Deed.LEADER_CALL) is False
    assert clerk_of("赵强", case).may(Deed.MARK_KEY) is False
