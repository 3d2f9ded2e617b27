"""A new street from the workbook that the program hands out, to its first walk-in."""

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desk.exchange.organisation import write_template
from desk.ui.help_window import HelpWindow
from tests.stories.life import ADDRESS, CLERK, NAME, PHONE, WORDS

Key = Qt.Key
STREET = {
    "街道名称": "青榕街道",
    "城市": "岭湾市",
    "区县": "滨河区",
    "统一初始密码": "first-2026",
    "发文机关": "青榕街道办事处",
    "机关代字": "青榕",
    "查询电话": "0755-20000001",
    "办公地址": "青榕路 1 号",
}
UNITS = (
    ("青榕街道办事处", "街道", "街道", ""),
    ("信联办", "信联办", "信联办", "青榕街道办事处"),
    ("榕西社区", "榕西", "社区", "青榕街道办事处"),
)
STAFF = (
    ("1001", "李敏", "信联办", "窗口"),
    ("9001", "管理员", "信联办", "管理员", "", "", "admin-2026"),
)


def fill(file):
    """Fill the workbook as somebody in the hall does: below its headings, by their names."""
    book = load_workbook(file)
    for row in book["街道"].iter_rows():
        name = str(row[0].value or "").rstrip("*")
        if name in STREET:
            row[1].value = STREET[name]
    for name, lines in (("单位", UNITS), ("人员", STAFF)):
        for at, line in enumerate(lines, start=2):
            for column, value in enumerate(line, start=1):
                book[name].cell(at, column, value)
    book.save(file)


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
