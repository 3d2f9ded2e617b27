"""How many keys a walk-in costs beyond its words; the README quotes this figure."""

from PySide6.QtCore import Qt

from tests.ui.intake_desk import sit_down

STROKES_OF_A_WALK_IN = 6
STROKES_OF_A_KNOWN_PERSON = 6
STROKES_OF_A_CALL = 3


def test_a_walk_in_costs_six_strokes_beyond_its_words(qtbot, sqlite_hall, desk_of):
    clerk = sit_down(qtbot, sqlite_hall, desk_of("李敏"))

    clerk.write_walk_in()  # Enter, Enter, Enter
    clerk.press(Qt.Key.Key_Tab)
    clerk.press(Qt.Key.Key_1)
    clerk.save(Qt.Key.Key_F7)

    print(f"一次典型来访，文字以外 {clerk.strokes} 次按键")  # noqa: T201
    assert clerk.strokes == STROKES_OF_A_WALK_IN
    case, facts = clerk.case()
    assert (facts.name, facts.phone, case.category_id) == (
        "陈桂芳",
        "13800000023",
        sqlite_hall.category("楼道漏电"),
    )


def test_someone_who_was_here_before_costs_no_more_and_no_name(qtbot, sqlite_hall, desk_of):
    clerk = sit_down(qtbot, sqlite_hall, desk_of("李敏"))
    clerk.write_walk_in()
    clerk.press(Qt.Key.Key_Tab)
    clerk.press(Qt.Key.Key_1)
    clerk.save()
    clerk.strokes = 0

    clerk.write_walk_in(name="", address="")
    clerk.press(Qt.Key.Key_Tab)
    clerk.press(Qt.Key.Key_1)
    clerk.save()

    assert clerk.strokes == STROKES_OF_A_KNOWN_PERSON
    assert {facts.name for _, facts in clerk.cases()} == {"陈桂芳"}
    assert len({facts.address for _, facts in clerk.cases()}) == 1


def test_a_call_of_twenty_seconds_costs_three(qtbot, sqlite_hall, desk_of):
    clerk = sit_down(qtbot, sqlite_hall, desk_of("李敏"))
    clerk.screen.begin_short_call()

    clerk.dial("13800000045")
    clerk.press(Qt.Key.Key_Return)
    clerk.say("码头新村3栋")
    clerk.press(Qt.Key.Key_Return)
    clerk.say("楼道漏电，急。")
    clerk.save(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert clerk.strokes == STROKES_OF_A_CALL
    assert len(clerk.cases()) == 1
