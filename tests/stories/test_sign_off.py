"""An opinion on its way through the desks: signed, taken back, on paper, for another, anew."""

from PySide6.QtCore import Qt

from tests.stories.hands import CTRL, SHIFT
from tests.stories.life import (
    ADDRESS,
    CLERK,
    LEADER,
    NAME,
    OFFICE,
    PHONE,
    WORDS,
    comes_in,
    is_finished,
    is_verified,
)

Key = Qt.Key
CHIEF, COMMUNITY = "1014", "1023"
FIRST, SECOND = "已更换线路，住户确认。", "已更换线路，共 320 元由物业承担，住户确认。"


def is_handed_in(someone, number, decision):
    someone.make_way_for(CLERK).find(number)
    someone.alt("Y")
    someone.ctrl("A")
    someone.say(decision)
    someone.finish()
    assert someone.status() == "待审签"


def goes_to_the_desk(someone, login):
    """Whoever signs or oversees opens the page of signatures."""
    someone.make_way_for(login)
    someone.alt("4")
    assert someone.page_name() == "signoff"


def test_an_opinion_passes_its_desks_and_comes_back(open_program, street_url):
    someone = open_program(street_url)
    number = comes_in(someone, Key.Key_F6)
    someone.find(number)
    is_verified(someone)
    is_finished(someone, "本厅已当天办好。")
    is_handed_in(someone, number, FIRST)

    # it lies on the desk of the leader of the area: the chief is not offered to sign it
    someone.make_way_for(CHIEF).find(number)
    assert "审签意见书" not in someone.steps()

    # signed with Enter, taken back with Ctrl+Z
    goes_to_the_desk(someone, LEADER)
    someone.press(Key.Key_Return)
    assert any(label.startswith("撤回刚才的签批") for label in someone.front.bar.labels())
    someone.ctrl("Z")
    assert len(someone.front.queue.waiting) == 1

    # on paper he sends it back; the office types it in and is asked for the remark
    goes_to_the_desk(someone, OFFICE)
    assert someone.front.list.rows()[0].title == "吴建国处"
    someone.press(Key.Key_Return)
    someone.press(Key.Key_2)
    someone.press(Key.Key_Return, CTRL)
    assert "请写明要改什么" in someone.words_in(someone.front.results)
    someone.press(Key.Key_Tab)
    someone.say("金额请写清楚。")
    someone.press(Key.Key_Return, CTRL)
    someone.find(number)
    assert someone.status() == "待写意见书"

    # handed in again and signed
    is_handed_in(someone, number, FIRST)
    goes_to_the_desk(someone, LEADER)
    assert "“金额请写清楚。”" in someone.words_in(someone.front.route)
    someone.press(Key.Key_Return)
    someone.find(number)
    assert someone.status() == "待盖章"

    # a change after the signature is a new version, which is signed anew
    someone.make_way_for(CLERK).find(number)
    someone.press(Key.Key_V, CTRL | SHIFT)
    someone.say("金额漏写了")
    someone.finish()
    assert someone.history()[0].startswith("改后重签，第 2 版")
    is_handed_in(someone, number, SECOND)
    goes_to_the_desk(someone, LEADER)
    assert "这是改后重签的一版" in someone.words_in(someone.front.checks)
    someone.press(Key.Key_Return)
    someone.make_way_for(OFFICE).find(number)
    papers = [row.accessibleName() for row in someone.front.page.papers.rows]
    # the one taken back within the minute was a paper too: this is the third under the number
    assert any("〔2026〕1号　第 3 版 待盖章" in paper for paper in papers), papers
    assert someone.next_step() == "盖章"


def test_a_deputy_signs_with_a_key_of_its_own(open_program, street_url):
    someone = open_program(street_url)
    someone.sign_in(COMMUNITY)
    someone.take_in(phone=PHONE, name=NAME, address=ADDRESS, words=WORDS)
    someone.press(Key.Key_F6)
    number = someone.saved_number()
    someone.find(number)
    is_verified(someone)
    is_finished(someone, "社区当天已办好。")
    someone.alt("Y")
    someone.finish()

    goes_to_the_desk(someone, LEADER)
    assert someone.front.bar.labels()[0] == "代高远签发"
    someone.press(Key.Key_Return)
    assert len(someone.front.queue.waiting) == 1
    someone.alt("D")
    someone.find(number)

    assert someone.status() == "待盖章"
    assert someone.history()[0].startswith("签发意见书")
