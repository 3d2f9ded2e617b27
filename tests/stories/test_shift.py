"""The end of a shift: what is open goes to a colleague, who confirms it at the same desk."""

from desk.ui.widgets.choice_chips import CheckChip
from tests.stories.hands import CTRL, SHIFT, Key


def listed(someone):
    """Return what stands on the lists of the page, line by line."""
    return [chip.text() for chip in someone.front.findChildren(CheckChip) if chip.isVisible()]


def test_a_shift_is_handed_over_and_taken_at_the_same_desk(open_program, street_url):
    someone = open_program(street_url).sign_in("1001")
    someone.take_in(
        phone="13800000046", name="冯玉兰", address="渡口街 5 号", words="楼道灯坏了，请来修。"
    )
    someone.press(Key.Key_F6)
    number = someone.saved_number()
    someone.find(number)
    someone.press(Key.Key_K, CTRL | SHIFT)
    someone.fill("name", "配电箱钥匙一把")
    someone.finish()
    assert "保管原件" in someone.history()

    someone.press(Key.Key_F12)
    assert someone.page_name() == "shift"
    assert "原件 配电箱钥匙一把" in listed(someone)
    someone.press(Key.Key_Return, CTRL)
    assert "请选接班的同事" in someone.words_in(someone.front)
    someone.say("陈露")
    someone.press(Key.Key_Return)
    someone.press(Key.Key_Return, CTRL)
    assert "收回" in someone.words_in(someone.front)

    someone.make_way_for("1002")
    someone.press(Key.Key_F12)
    assert "李敏 交给 陈露：在办 1 件，保管 1 样" in someone.words_in(someone.front)
    someone.alt("Q")
    assert "原件 配电箱钥匙一把" in listed(someone)
    assert "李敏 → 陈露" in someone.words_in(someone.front)
    someone.find(number)
    assert any(line.startswith("接班") for line in someone.history())
