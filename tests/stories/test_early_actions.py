"""先于群众开口: a printed sheet, typed back in, becomes a case, is confirmed, counts."""

import json
from datetime import timedelta

from PySide6.QtCore import Qt

from desk.cli import run
from desk.rules.early_action_codes import EarlyActionState
from desk.rules.moments import day_of
from tests.stories.hands import CTRL, SHIFT

GRID_WORKER = "1016"  # 罗梅, 榕东社区
ESTATE, SEEN = "榕荫里小区", "电动车停在楼道里充电"


def test_a_walk_becomes_findings_a_case_and_figures(open_program, street_url, capsys):
    someone = open_program(street_url)
    someone.sign_in(GRID_WORKER)
    someone.press(Qt.Key.Key_F3, CTRL | SHIFT)
    assert someone.page_name() == "early_actions"
    one_line_is_enough(someone)
    a_walk_is_planned_and_its_sheet_comes_out(someone)
    what_was_written_on_it_is_typed_in(someone)
    it_becomes_a_case(someone)
    a_second_look_confirms_the_other(someone)
    assert figures(street_url, someone, capsys) == {
        "found": 2,
        "resolved": 1,
        "confirmed": 1,
        "turned": 1,
        "resolution_rate": "50.00",
        "by_way": {"走访": 1, "网格": 1},
    }


def one_line_is_enough(someone):
    page = someone.front
    someone.say("路口井盖松动，车压有响声")
    someone.press(Qt.Key.Key_Return)
    assert page.views()[0] == "处置中 1"
    assert page.findings.line.situation.text() == ""  # ready for the next one
    assert page.findings.file.category == "井盖"  # as the words said
    assert page.findings.file.unit == "城建办"


def a_walk_is_planned_and_its_sheet_comes_out(someone):
    page = someone.front
    to_view(someone, 4)
    someone.press(Qt.Key.Key_F9, CTRL | SHIFT)
    panel = page.walks.host.panel
    assert panel.title == "新的走访"
    write(someone, panel, "buildings", f"{ESTATE}：1单元101-102")
    someone.press(Qt.Key.Key_Return, CTRL)
    assert page.walks.host.panel is None, panel.said()
    assert page.views()[4] == "走访 1"
    assert "打印走访表" in page.bar.labels()
    if someone.preview() is not None:  # a machine without a printer shows it instead
        someone.press(Qt.Key.Key_Escape)


def what_was_written_on_it_is_typed_in(someone):
    page = someone.front
    assert page.walks.list.hasFocus()
    someone.press(Qt.Key.Key_Return)
    sheet = page.walks.sheet
    assert sheet.hasFocus()
    someone.dial("2")  # nobody at home: on to the next door
    someone.dial("1" + "11111" + "2")  # met; the sixth question is about fire
    someone.press(Qt.Key.Key_Space)
    someone.press(Qt.Key.Key_Return)
    someone.say(SEEN)
    someone.press(Qt.Key.Key_Return)
    someone.say("消防")
    someone.press(Qt.Key.Key_Down)
    someone.press(Qt.Key.Key_Return)
    assert sheet.hasFocus()
    rows = sheet.doors.doors
    assert (rows[0].result, rows[1].result, rows[1].answers[:6]) == (2, 1, (1, 1, 1, 1, 1, 2))
    assert (rows[1].remark, rows[1].category_name) == (SEEN, "治安与公共安全 › 消防")
    someone.press(Qt.Key.Key_Return, CTRL)
    assert page.walks.visits[0].found == 1
    assert page.walks.file.doors[1].finding.endswith("0002号")


def it_becomes_a_case(someone):
    page = someone.front
    to_view(someone, 0)
    assert page.views()[0] == "处置中 2"
    someone.press(Qt.Key.Key_Tab, CTRL)  # from the line into the list
    assert page.findings.list.hasFocus()
    while page.findings.file.situation != SEEN:
        someone.press(Qt.Key.Key_Space)
    assert page.findings.file.address == f"{ESTATE} 1单元102"
    someone.press(Qt.Key.Key_F7, CTRL | SHIFT)
    panel = page.findings.host.panel
    assert panel.title == "转为诉求件"
    someone.press(Qt.Key.Key_Return, CTRL)
    assert page.findings.host.panel is None, panel.said()
    number = page.findings.file.case_number
    assert number
    assert f"打开 {number}" in page.bar.labels()
    someone.find(number)
    assert someone.status() == "待分拨"
    assert someone.history()[-1].startswith("由未诉先办")
    someone.press(Qt.Key.Key_F3, CTRL | SHIFT)


def a_second_look_confirms_the_other(someone):
    page = someone.front
    to_view(someone, 0)
    someone.press(Qt.Key.Key_Tab, CTRL)
    while page.findings.file.category != "井盖":
        someone.press(Qt.Key.Key_Space)
    someone.press(Qt.Key.Key_Return)
    write(someone, page.findings.host.panel, "measure", "已换新井盖，车压没有响声")
    someone.press(Qt.Key.Key_Return, CTRL)
    assert page.views()[:2] == ("处置中 1", "待复看 1")
    to_view(someone, 1)
    someone.press(Qt.Key.Key_Return)
    panel = page.findings.host.panel
    assert panel.title == "复看"
    panel.form.entries["is_solved"].focus()
    someone.press(Qt.Key.Key_1)
    someone.press(Qt.Key.Key_Return, CTRL)
    assert page.findings.host.panel is None, panel.said()
    assert page.findings.board.count(EarlyActionState.CONFIRMED) == 1


def to_view(someone, index):
    someone.front.choose_view(index)
    someone.quiet()


def write(someone, panel, name, words):
    panel.form.entries[name].focus()
    someone.say(words)
    someone.quiet()


def figures(url, someone, capsys):
    """What the command line counts, as an office's own script would read it."""
    today = day_of(someone.desk.now())
    days = ["--from", str(today - timedelta(days=6)), "--to", str(today)]
    capsys.readouterr()
    assert run(["early-action-statistics", *days, "--json", "--database", url]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["weekly_mean"] == "2.00"
    assert report["by_community"][0]["key"] == "榕东社区"
    wanted = ("found", "resolved", "confirmed", "turned", "resolution_rate")
    found = {name: report[name] for name in wanted}
    return found | {"by_way": {r["key"]: r["found"] for r in report["by_way"] if r["found"]}}
