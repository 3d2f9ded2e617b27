"""告知书 on their last mile beside the case, and who was sent elsewhere and has not arrived yet."""

import pytest
from PIL import Image

from desk.queries.papers import paper_of_case
from desk.settings import change_settings
from tests.exchange.scanner import as_file, printed, sheets
from tests.stories.hands import CTRL, SHIFT, Key
from tests.stories.life import CLERK, OFFICE, comes_in
from tests.stories.test_sent_elsewhere import is_sent_elsewhere

NOTICE = "acceptance-notice"
LOWER_PART = 62 / 297  # of the sheet


@pytest.fixture
def folder(tmp_path):
    """The folder into which the hall's scanner writes."""
    made = tmp_path / "扫描件"
    made.mkdir()
    change_settings(scan_folder=str(made))
    yield made
    change_settings(scan_folder="")


def test_a_notice_is_sealed_handed_over_and_comes_back_by_itself(
    qtbot, open_program, street_url, folder
):
    someone = open_program(street_url)
    number = comes_in(someone)
    is_issued(someone, number)
    is_sealed(someone)
    is_handed_over(someone)
    its_lower_part_files_itself(qtbot, someone, folder)
    someone.find(number)
    assert someone.status() == "待分拨"  # the case has not moved all the while
    assert someone.history()[:3] == [
        "签字件已扫回 群众诉求受理告知书",
        "送达群众诉求受理告知书 邮寄",
        "盖章 青榕诉告〔2026〕1号",
    ]


def is_issued(someone, number):
    someone.find(number)
    someone.press(Key.Key_I, CTRL | SHIFT)
    someone.finish()
    assert "出具群众诉求受理告知书" in someone.history()[0]
    assert "送达告知书" not in someone.steps()  # it has no seal yet


def is_sealed(someone):
    """The office finds it at the seal; who allowed the seal has to be written once."""
    someone.make_way_for(OFFICE)
    someone.press(Key.Key_L, CTRL | SHIFT)
    assert someone.front.views()[1] == "待盖章 1"
    assert someone.front.list.rows()[0].tag.endswith("受理告知")
    assert "诉告〔" in someone.front.list.rows()[0].note
    someone.press(Key.Key_Return)
    assert "请写是谁批准用印的" in someone.words_in(someone.front.side)
    someone.say("王磊")
    someone.press(Key.Key_Return, CTRL)
    assert someone.front.views()[1:3] == ("待盖章 0", "待送达 1")


def is_handed_over(someone):
    someone.make_way_for(CLERK)
    someone.press(Key.Key_L, CTRL | SHIFT)
    someone.front.choose_view(2)
    someone.quiet()
    someone.press(Key.Key_Return)
    someone.press(Key.Key_2)
    someone.press(Key.Key_Return, CTRL)
    assert "邮寄请填单号" in someone.words_in(someone.front.side)
    someone.say("EMS-0002")
    someone.press(Key.Key_Return, CTRL)
    assert someone.front.views()[2:4] == ("待送达 0", "已送达未扫回 1")


def its_lower_part_files_itself(qtbot, someone, folder):
    someone.front.choose_view(3)
    someone.quiet()
    case = someone.front.side.panel.file.id
    paper = someone.desk._database.read(lambda r: paper_of_case(r, case, NOTICE))
    sheet = sheets(printed(NOTICE, case, paper))[-1]
    high = round(sheet.height * LOWER_PART)
    glass = Image.new("L", sheet.size, 252)  # the strip alone on the glass
    glass.paste(sheet.crop((0, sheet.height - high, sheet.width, sheet.height)), (0, 40))
    (folder / "SCAN0003.pdf").write_bytes(as_file([glass]))
    qtbot.waitUntil(lambda: someone.front.views()[3] == "已送达未扫回 0", timeout=20_000)
    someone.quiet()


def test_who_was_sent_elsewhere_is_asked_about_on_the_start_page(open_program, street_url):
    someone = open_program(street_url).sign_in(CLERK)
    is_sent_elsewhere(someone)
    someone.alt("1")
    assert groups(someone) == ["引导对接，过几天再问"]

    someone.press(Key.Key_A, CTRL | SHIFT)
    assert "13800000045" in someone.words_in(panel(someone))
    someone.press(Key.Key_1)
    someone.press(Key.Key_Tab)
    someone.press(Key.Key_4)
    someone.press(Key.Key_Return, CTRL)
    assert groups(someone) == ["引导对接，过几天再问"]  # nobody was reached: it is asked again

    someone.press(Key.Key_A, CTRL | SHIFT)
    someone.press(Key.Key_1)
    someone.press(Key.Key_Tab)
    someone.press(Key.Key_2)
    someone.press(Key.Key_Return, CTRL)
    assert "接下来怎么办" in someone.words_in(panel(someone))
    someone.say("仲裁院不收，改为受理。")
    someone.press(Key.Key_Return, CTRL)
    assert groups(someone) == ["引导对接，没有到达"]

    someone.press(Key.Key_T, CTRL | SHIFT)
    someone.say("仲裁院不收，由街道协调。")
    someone.press(Key.Key_Return, CTRL)
    assert groups(someone) == []
    assert [row.title for row in rows(someone)] == ["老板不给工资，想去仲裁"]


def panel(someone):
    found = someone.front.face.arrivals.host.panel
    assert found is not None
    return found


def rows(someone):
    return someone.front.face.list.rows()


def groups(someone):
    return [row.title for row in rows(someone) if row.id is None]
