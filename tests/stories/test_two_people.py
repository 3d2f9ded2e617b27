"""Two people at two desks change the same case; nothing that was written is lost."""

from PySide6.QtCore import Qt

from tests.stories.life import CLERK, DISPATCHER, WORDS, comes_in

Key = Qt.Key


def opens_the_words_for_correction(person, number):
    person.sit_down().find(number)
    person.alt("P")
    person.press(Key.Key_Return)
    person.go_to("details")


def test_the_conflict_sheet_shows_both_values_and_keeps_what_was_typed(open_program, street_url):
    one = open_program(street_url)
    number = comes_in(one)
    opens_the_words_for_correction(one, number)
    one.say("灯座在三层。")
    one.fill("reason", "诉求人补充")

    other = open_program(street_url)
    other.sit_down().sign_in(DISPATCHER)
    opens_the_words_for_correction(other, number)
    other.say("灯座在五层。")
    other.fill("reason", "现场看过")
    other.finish()

    one.sit_down()
    one.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sheet = one.front.page.host.sheet
    assert sheet is not None
    said = one.words_in(sheet)
    assert "周雅琴" in said
    assert "灯座在三层。" in said
    assert "灯座在五层。" in said
    assert "灯座在五层。" in one.front.file.details

    one.tab_to("诉求内容留哪个")
    one.press(Key.Key_1)
    one.tab_to("按所选保存")
    one.press(Key.Key_Space)
    assert one.panel is None
    assert "灯座在三层。" in one.front.file.details
    assert WORDS.removesuffix("。") in one.front.file.details


def test_a_step_that_a_colleague_has_taken_is_refused_and_the_words_stay(open_program, street_url):
    one = open_program(street_url)
    number = comes_in(one)
    one.make_way_for(DISPATCHER).find(number)
    one.alt("F")
    one.pick("lead", "城建办")
    one.fill("instruction", "请今天到场。")

    other = open_program(street_url)
    other.sit_down().sign_in(CLERK).find(number)
    other.do("L", words="诉求人又来电，说孩子已送医。")

    one.sit_down()
    one.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert one.panel is not None
    assert "李敏" in one.panel.said()
    assert one.panel.form.entries["instruction"].read() == "请今天到场。"
    one.finish()  # seen, and again
    assert one.status() == "待签收"
