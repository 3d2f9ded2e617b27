"""An identity card laid on a reader that types (身份证读卡器), at the intake form."""

from itertools import count

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desk.ui.scanner import Scanner
from tests.ui.intake_desk import ADDRESS, sit_down

Key = Qt.Key
NO = Qt.KeyboardModifier.NoModifier
NUMBER, OTHER_NUMBER = "00000019900307068X", "000000198805200023"
PARTS = ("陈桂芳", "女", "汉族", "19900307", ADDRESS, NUMBER, "榕东公安分局", "长期")
SAID = "昨晚楼道灯座漏电，"


@pytest.fixture
def clerk(qtbot, sqlite_hall, desk_of):
    found = sit_down(qtbot, sqlite_hall, desk_of("李敏"))
    found.scanner = Scanner(found.screen)
    found.scanner.card_read.connect(found.screen.take_card)
    found.said = []
    found.screen.said.connect(found.said.append)
    return found


_stamps = count(100_000, 4)


def strike(window, key, text=""):
    """Press and release a key, stamped as a system does it: however slow this machine is."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, NO, text)
        event.setTimestamp(next(_stamps))
        QApplication.sendEvent(window, event)


def lay(clerk, *parts, between=Key.Key_Tab, end=Key.Key_Return):
    """Let the reader type the parts of a card into whatever has the keyboard."""
    window = clerk.screen.windowHandle()
    for _ in range(100):
        next(_stamps)  # some time has passed
    with clerk.qtbot.waitSignal(clerk.scanner.card_read):
        for at, part in enumerate(parts):
            if at:
                strike(window, between)
            for letter in part:
                strike(window, 0, letter)
        if end:
            strike(window, end)
    clerk.quiet()


def filled(clerk):
    """Return what the form says of the person."""
    content = clerk.screen.work.content()
    return tuple(content[name] for name in ("name", "address", "sex", "id_number"))


WHOLE = ("陈桂芳", ADDRESS, "female", NUMBER)


@pytest.mark.parametrize("between", [Key.Key_Tab, Key.Key_Return])
def test_a_card_fills_the_person_and_leaves_the_words_alone(clerk, between):
    clerk.form.details.setFocus()
    clerk.say(SAID)
    lay(clerk, *PARTS, between=between)

    assert filled(clerk) == WHOLE
    assert clerk.form.details.text() == SAID
    assert QApplication.focusWidget() is clerk.form.details.edit
    assert clerk.form.category.value() is None, "no digit has chosen a category"
    clerk.say("请修好。")  # goes on where it stood
    assert clerk.form.details.text() == SAID + "请修好。"
    assert clerk.form.address.place().name == "青榕花园"
    assert "女，1990 年生" in clerk.said[-1]


def test_what_was_marked_is_still_there_and_marked(clerk):
    clerk.form.details.setFocus()
    clerk.say(SAID)
    clerk.form.details.edit.selectAll()
    lay(clerk, *PARTS, end=None)  # a reader that sends no Enter
    assert clerk.form.details.text() == SAID
    assert clerk.form.details.edit.textCursor().selectedText() == SAID


def test_with_the_input_method_on_the_letters_come_as_words_and_the_enter_not_at_all(clerk):
    """The X begins a word there, and the Enter ends it."""
    clerk.form.details.setFocus()
    clerk.say(SAID)
    with clerk.qtbot.waitSignal(clerk.scanner.card_read):
        for letter in "陈桂芳，女，" + NUMBER[:-1]:
            clerk.say(letter)
        clerk.compose("x")
        clerk.say("x")
    clerk.quiet()
    assert filled(clerk) == ("陈桂芳", "", "female", NUMBER)
    assert clerk.form.details.text() == SAID


def test_what_the_clerk_has_written_is_not_overwritten_but_named(clerk):
    clerk.press(Key.Key_Return)
    clerk.say("陈桂")  # only begun
    clerk.press(Key.Key_Return)
    clerk.say("榕南新村3栋")
    clerk.press(Key.Key_Return)
    lay(clerk, *PARTS)
    assert filled(clerk) == ("陈桂芳", "榕南新村3栋", "female", NUMBER)
    assert "已写的地址和卡上不同" in clerk.said[-1]

    lay(clerk, "马建国", "男", OTHER_NUMBER)  # the next card replaces what a card has filled
    assert filled(clerk)[::3] == ("马建国", OTHER_NUMBER)


def test_a_number_that_somebody_wrote_stays(clerk):
    identity = clerk.screen.work.sheet.more.identity
    clerk.screen.work.sheet.more.set_open(is_open=True)
    identity.setFocus()
    clerk.dial(OTHER_NUMBER)
    clerk.form.phone.setFocus()
    lay(clerk, *PARTS)
    assert filled(clerk)[3] == OTHER_NUMBER
    assert "已写的证件号码和卡上不同" in clerk.said[-1]


def test_digits_fall_into_no_choice_and_enter_presses_no_button(clerk):
    clerk.screen.work.foot.exits.button(clerk.foot.main_exit()).setFocus()
    lay(clerk, NUMBER)
    assert clerk.cases() == []
    assert filled(clerk) == ("", "", "female", NUMBER)


def test_a_burst_that_is_no_card_goes_where_it_was_typed(clerk):
    window = clerk.screen.windowHandle()
    for letter in "EB123456789CN":
        strike(window, 0, letter)
    strike(window, Key.Key_Return)
    clerk.qtbot.waitUntil(lambda: clerk.form.phone.text() == "EB123456789CN")
    clerk.qtbot.waitUntil(clerk.form.name.edit.hasFocus)  # its Enter goes on to the next field


def test_without_a_form_a_number_alone_is_typed_as_it_is(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.setFocus()
    scanner = Scanner(field)
    scanner.has_form = lambda: False
    with qtbot.assertNotEmitted(scanner.card_read):
        for letter in NUMBER:
            QTest.keyClick(field.windowHandle(), letter)
        qtbot.waitUntil(lambda: field.text() == NUMBER)


def test_a_password_is_never_kept_nor_held_back(qtbot):
    field = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    field.setFocus()
    scanner = Scanner(field)
    with qtbot.assertNotEmitted(scanner.card_read):
        for letter in NUMBER:
            QTest.keyClick(field.windowHandle(), letter)
        QApplication.sendEvent(field, QInputMethodEvent())
    assert field.text() == NUMBER
