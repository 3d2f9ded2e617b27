"""引导对接: sent elsewhere with the directory, asked whether he arrived, taken in after all."""

from tests.stories.hands import CTRL, SHIFT, Key

CLERK = "1001"


def is_sent_elsewhere(someone):
    """Guide somebody whose matter stands in the directory; return the number of the record."""
    someone.take_in(
        phone="13800000045", name="马思源", address="渡口街 3 号", words="老板不给工资，想去仲裁。"
    )
    someone.press(Key.Key_F8)
    someone.say("劳动仲裁")
    someone.press(Key.Key_Return)
    extra = someone.front.work.sheet.extra
    assert extra.content()["guided_to"] == "区劳动人事争议仲裁院"
    assert extra.content()["guided_phone"] == "13800000072"
    assert "仲裁申请书" in someone.words_in(extra)
    someone.press(Key.Key_Return, CTRL)
    return someone.saved_number()


def test_who_did_not_arrive_is_not_left_alone_and_is_taken_in_after_all(open_program, street_url):
    someone = open_program(street_url).sign_in(CLERK)
    number = is_sent_elsewhere(someone)
    someone.find(number)
    assert someone.status() == "已引导"
    assert someone.next_step() == "是否到达"

    someone.press(Key.Key_A, CTRL | SHIFT)
    someone.press(Key.Key_Return, CTRL)
    assert "请选怎么问的" in "".join(someone.troubles())
    someone.choose("asked_way", 2)  # by telephone: that is a contact
    someone.press(Key.Key_Return, CTRL)
    assert "请选到了没有" in "".join(someone.troubles())
    someone.choose("answer", 2)
    someone.press(Key.Key_Return, CTRL)
    assert "接下来怎么办" in "".join(someone.troubles())
    someone.fill("note", "仲裁院说缺劳动合同，不收。")
    someone.finish()
    assert "引导对接 没有到达" in someone.history()
    someone.front.page.steps.set_filter("contacts")
    assert someone.history()[0] == "电话联系 接通"
    someone.front.page.steps.set_filter("all")

    someone.press(Key.Key_T, CTRL | SHIFT)
    someone.press(Key.Key_Return, CTRL)
    assert "为什么改为受理" in "".join(someone.troubles())
    someone.fill("reason", "仲裁院不收，改由街道协调。")
    someone.finish()
    assert someone.status() == "待分拨"
    assert "改为受理，转信联办分拨" in someone.history()


def test_who_arrived_needs_nothing_more_and_goes_to_the_archive(open_program, street_url):
    someone = open_program(street_url).sign_in(CLERK)
    number = is_sent_elsewhere(someone)
    someone.find(number)
    someone.press(Key.Key_A, CTRL | SHIFT)
    someone.choose("asked_way", 1)
    someone.choose("answer", 1)
    someone.finish()
    assert "是否到达" not in someone.steps()
    someone.make_way_for("1004").find(number)
    assert someone.next_step() == "归档"
