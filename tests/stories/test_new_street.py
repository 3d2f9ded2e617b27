"""A new street from the workbook that the program hands out, to its first walk-in."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk.exchange.organisation import write_template
from desk.ui.help_window import HelpWindow
from tests.stories.life import ADDRESS, CLERK, NAME, PHONE, WORDS
from tests.street_book import fill

Key = Qt.Key


def test_a_street_is_founded_from_its_workbook_and_takes_in_a_walk_in(
    open_program, tmp_path, pdf_queue
):
    file = tmp_path / "street.xlsx"
    write_template(file)
    fill(file)
    someone = open_program(f"sqlite:///{tmp_path / 'new.db'}")
    screen = someone.program.set_up.screen
    assert screen.steps[0].form.isAncestorOf(QApplication.focusWidget())
    someone.press(Key.Key_F1)
    (handbook,) = screen.findChildren(HelpWindow)
    assert handbook.current_page() == "day-one"
    someone.press(Key.Key_Escape)
    someone.sit_down()
    screen.take_workbook(file)  # the dialog for the file belongs to the system
    someone.quiet()
    assert "都通过了" in screen._said.text()
    for _ in range(4):
        someone.tab_to("下一步")
        someone.press(Key.Key_Space)
    someone.tab_to("建立街道")
    someone.press(Key.Key_Space)
    assert "街道建好了" in someone.program.page._said.text()

    someone.type_login(CLERK, "first-2026")
    assert someone.window is None  # first a password of one's own
    someone.dial("my-own-2026")
    someone.press(Key.Key_Tab)
    someone.dial("my-own-2026")
    someone.press(Key.Key_Return)
    someone.take_in(phone=PHONE, name=NAME, address=ADDRESS, words=WORDS)
    someone.press(Key.Key_F7)
    assert someone.saved_number() == f"青榕首〔{someone.desk.now().year}〕00001号"
    assert len(pdf_queue.papers(1)) == 1
