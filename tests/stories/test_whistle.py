"""吹哨报到: one unit calls another to a place, and it ends as a slip in the file."""

from PySide6.QtCore import Qt

from tests.forms.reading import text_of
from tests.stories.hands import CTRL, SHIFT
from tests.stories.life import (
    BUILDING,
    DISPATCHER,
    ENFORCEMENT,
    comes_in,
    is_accepted,
    is_dispatched,
)

Key = Qt.Key
MATTER = "配电箱前堆满冷柜，城建办没有执法权，请到场一起说清、当场搬离。"
AGREED = "冷柜今天搬离，城建办当场更换灯座。"


def test_a_whistle_from_the_case_to_the_file(open_program, street_url):
    someone = open_program(street_url)
    number = comes_in(someone)
    is_dispatched(someone, number, "城建办")
    is_accepted(someone, number, BUILDING)
    is_raised_from_the_case(someone)
    is_agreed_to(someone)
    is_answered(someone)
    is_settled_and_rated(someone)
    is_filed_and_on_paper(someone, number)


def is_raised_from_the_case(someone):
    someone.alt("S")
    someone.pick("units", "综合行政执法队")
    someone.fill("site", "青榕花园 7 栋东门")
    someone.panel.form.entries["matter"].write("")
    someone.fill("matter", MATTER)
    someone.finish()
    assert someone.history()[0].startswith("吹哨 青榕哨〔")
    assert "待审核" in someone.words_in(someone.front.page.facts)


def goes_to_whistles(someone, login):
    someone.make_way_for(login)
    someone.press(Key.Key_F5, CTRL | SHIFT)
    assert someone.page_name() == "whistles"


def is_agreed_to(someone):
    goes_to_whistles(someone, DISPATCHER)
    assert someone.front.views()[0] == "看板 1"
    someone.press(Key.Key_Return)
    assert someone.panel.title == "审核"
    someone.finish()


def is_answered(someone):
    goes_to_whistles(someone, ENFORCEMENT)
    assert someone.front.views()[0] == "叫我的 1"
    assert "配电箱" in someone.front.card.words()
    someone.press(Key.Key_Return)
    someone.say("高勇 中队长")
    someone.finish()
    assert "高勇" in someone.front.card.words()


def is_settled_and_rated(someone):
    goes_to_whistles(someone, BUILDING)
    someone.front.choose_view(1)
    someone.quiet()
    someone.press(Key.Key_Return)  # the community is called, too: its people signed on paper
    someone.say("榕西 邓小兰 书记")
    someone.finish()
    offered = [item.label for item in someone.front.bar._items]
    assert offered[0] == "会商意见", (offered, someone.front.card.words())
    someone.press(Key.Key_Return)  # everybody is there: what was said comes next
    someone.say(AGREED)
    someone.finish()
    someone.press(Key.Key_4)
    someone.say("城建办 更换灯座并复测")
    someone.finish()
    someone.press(Key.Key_5)
    someone.fill("note", "冷柜已搬走，灯座已换。")
    someone.finish()
    someone.press(Key.Key_6)
    someone.choose("is_responsive", 1)
    someone.choose("satisfaction", 1)
    someone.finish()


def is_filed_and_on_paper(someone, number):
    goes_to_whistles(someone, DISPATCHER)
    someone.press(Key.Key_7)
    someone.finish()
    assert someone.front.views()[-1] == "办结的 1"
    someone.front.choose_view(3)
    someone.quiet()
    someone.press(Key.Key_F9)
    paper = someone.preview()._ready
    assert paper.code == "whistle-slip"
    words = text_of(paper.pdf)
    for said in (number, "高勇", "更换灯座并复测", "综合行政执法队", "冷柜已搬走"):
        assert said in words
    someone.press(Key.Key_Escape)
