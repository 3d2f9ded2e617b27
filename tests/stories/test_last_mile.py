"""意见书的最后一步: sealed, delivered, its scan files itself, and the case goes to the archive."""

import pytest
from PySide6.QtCore import Qt

from desk.queries.papers import paper_of_case
from desk.settings import change_settings
from tests.exchange.scanner import as_file, blank, printed
from tests.stories.hands import CTRL, SHIFT
from tests.stories.life import (
    BUILDING,
    CLERK,
    DISPATCHER,
    LEADER,
    OFFICE,
    comes_in,
    is_accepted,
    is_dispatched,
    is_finished,
    is_rung_back_satisfied,
    is_verified,
)

Key = Qt.Key


@pytest.fixture
def folder(tmp_path):
    """The folder into which the hall's scanner writes."""
    made = tmp_path / "扫描件"
    made.mkdir()
    change_settings(scan_folder=str(made))
    yield made
    change_settings(scan_folder="")


def test_the_last_mile_of_an_opinion(qtbot, open_program, street_url, folder):
    someone = open_program(street_url)
    number = comes_in(someone)
    is_signed(someone, number)
    waits_for_its_number_where_the_office_gives_it(someone, number)
    case = is_sealed(someone, number)
    is_delivered_by_mail(someone)
    comes_back_by_itself(qtbot, someone, folder, case)
    is_claimed_by_hand(qtbot, someone, folder)
    is_rung_back_satisfied(someone, number)
    goes_to_the_archive(someone, number)


def is_signed(someone, number):
    the_office_gives_numbers(someone)
    is_dispatched(someone, number, "城建办")
    is_accepted(someone, number, BUILDING)
    is_verified(someone)
    is_finished(someone, "已更换灯座并复测，绝缘正常。")
    someone.alt("Y")
    someone.finish()
    someone.make_way_for(LEADER)
    someone.alt("4")
    someone.press(Key.Key_Return)


def the_office_gives_numbers(someone):
    """The administrator changes one setting on its page."""
    someone.make_way_for("9001")
    someone.alt("0")
    someone.front.show_section("设置")
    someone.quiet()
    section = someone.front.section()
    section.lines.choose("opinion_number")
    section.form.set_values({"现在的值": "党政办给号"})
    section.save.setFocus()
    someone.press(Key.Key_Space)


def waits_for_its_number_where_the_office_gives_it(someone, number):
    someone.make_way_for(OFFICE).find(number)
    assert someone.status() == "待盖章"
    assert someone.next_step() == "录入文号"
    assert "盖章" not in someone.steps()
    someone.press(Key.Key_L, CTRL | SHIFT)
    assert someone.page_name() == "last_mile"
    assert someone.front.views()[0] == "等文号 1"
    someone.press(Key.Key_Return)
    someone.dial("0")
    someone.press(Key.Key_Return, CTRL)
    assert "文号请写成" in someone.words_in(someone.front.side)
    someone.press(Key.Key_Backspace)
    someone.dial("17")
    someone.press(Key.Key_Return, CTRL)
    assert someone.front.views()[:2] == ("等文号 0", "待盖章 1")


def is_sealed(someone, number):
    someone.front.choose_view(1)
    someone.quiet()
    row = someone.front.list.rows()[0]
    assert "诉意〔" in row.note
    case = someone.front.side.panel.file.id
    assert someone.front.side.panel.file.number == number
    someone.press(Key.Key_Return)
    assert someone.front.views()[1:3] == ("待盖章 0", "待送达 1")
    return case


def is_delivered_by_mail(someone):
    someone.make_way_for(CLERK)
    someone.press(Key.Key_L, CTRL | SHIFT)
    someone.front.choose_view(2)
    someone.quiet()
    someone.press(Key.Key_Return)
    someone.press(Key.Key_2)
    someone.press(Key.Key_Return, CTRL)
    assert "邮寄请填单号" in someone.words_in(someone.front.side)
    someone.say("EMS-0001")
    someone.press(Key.Key_Return, CTRL)
    assert someone.front.views()[2:4] == ("待送达 0", "已送达未扫回 1")


def comes_back_by_itself(qtbot, someone, folder, case):
    query = lambda reader: paper_of_case(reader, case, "opinion-notice")  # noqa: E731
    paper = someone.desk._database.read(query)
    (folder / "SCAN0001.pdf").write_bytes(printed("opinion-notice", case, paper))
    qtbot.waitUntil(lambda: someone.front.views()[3] == "已送达未扫回 0", timeout=20_000)
    someone.quiet()
    said = [said.sentence for said in someone.window.messages.kept()]
    assert any(sentence.startswith("1 份扫描件已归到 ") for sentence in said)
    assert [path.name for path in (folder / "已归档").rglob("*.pdf")] == ["SCAN0001.pdf"]


def is_claimed_by_hand(qtbot, someone, folder):
    (folder / "SCAN0002.pdf").write_bytes(as_file([blank()]))
    qtbot.waitUntil(lambda: someone.front.views()[4] == "扫描待认 1", timeout=20_000)
    someone.front.choose_view(4)
    someone.quiet()
    assert "没有认出文书的二维码" in someone.words_in(someone.front.middle)
    assert (folder / "待人工" / "SCAN0002.pdf").exists()


def goes_to_the_archive(someone, number):
    someone.make_way_for(DISPATCHER)
    someone.press(Key.Key_G, CTRL | SHIFT)
    assert someone.page_name() == "archives"
    assert someone.front.views() == ("可以归档 1", "还差材料 0", "已归档 0")
    someone.press(Key.Key_Return)
    assert someone.front.views() == ("可以归档 0", "还差材料 0", "已归档 1")
    someone.find(number)
    assert someone.status() == "已归档"
    assert someone.history()[0].startswith("归档 青榕档〔")
