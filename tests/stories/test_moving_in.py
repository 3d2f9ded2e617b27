"""一份别的平台的表从导入走到回填: a file comes in by the keyboard, and a case goes back out."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton

from tests.exchange.ledger_files import save_table
from tests.stories.hands import ALT, CTRL, Key
from tests.stories.life import DISPATCHER

HEADER = ("任务号", "上报时间", "上报人", "联系方式", "村社区", "问题描述", "大类")
ROW = ("WG2026110001", "十一月二日", "陈桂芳", "13800000012", "榕东社区",
       "楼下广场舞音响声音过大，晚上九点以后还在放。", "噪声")  # fmt: skip
PLACES = "管理的各部分"


def go_to_part(someone, title):
    """Go through the list of the administration to a part."""
    someone.alt("0")
    for _ in range(20):
        someone.tab_to(PLACES)  # an empty register takes the keyboard for its first line
        if someone.focused().currentItem().text() == title:
            return
        someone.press(Key.Key_Down)
    raise AssertionError(f"no part {title}")


def press_button(someone, words):
    """Go by Tab to a button and press it."""
    for _ in range(60):
        focused = someone.focused()
        if isinstance(focused, QAbstractButton) and focused.text() == words:
            someone.press(Key.Key_Space)
            return
        someone.press(Key.Key_Tab)
    raise AssertionError(f"no Tab leads to {words}")


def test_a_file_is_brought_in_by_keys_alone_and_a_case_is_copied_out(
    open_program, street_url, tmp_path, monkeypatch
):
    path = save_table(tmp_path / "十一月.xlsx", HEADER, [ROW])
    monkeypatch.setattr(
        "desk.ui.moving_in.section.choose_file",
        lambda _parent, _title, chosen, _kinds: chosen(path),
    )
    someone = open_program(street_url).sign_in(DISPATCHER)
    go_to_part(someone, "导入台账")
    press_button(someone, "选工作簿…")
    someone.say("网格平台月报")
    for name, value in (
        ("来源平台", "网格平台"),
        ("来源渠道", "社区网格"),
        ("紧急程度", "常态"),
    ):
        someone.tab_to(f"{name}（整份相同）")
        someone.say(value)
    someone.press(Key.Key_Return, CTRL)
    assert "上报时间" in someone.focused().accessibleName()
    someone.press(Key.Key_A, CTRL)
    someone.say("2026-11-02")
    someone.press(Key.Key_Return)
    someone.press(Key.Key_Return, CTRL)
    part = someone.front.section()
    assert "新增 1 件" in part.rows.head.text(), part.rows.note.text()

    someone.find(ROW[0])
    someone.press(Key.Key_F11, ALT)
    someone.dial("1")
    assert QGuiApplication.clipboard().text() == ROW[0]
