"""Signing for others, several together, taking back, and the folder of who signs on paper."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.leader_areas import SetLeaderArea
from desk.actions.signing import SignOpinion
from desk.rules.codes import CaseStatus
from desk.store.ids import new_id
from desk.store.models import Deputy, SignStep, Staff
from desk.store.people import person_of
from desk.ui.signoff_screen import SignoffScreen
from tests.ui.case_life import CaseLife

RETURN, SPACE, X = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_X
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
TODAY = date(2026, 11, 2)


@pytest.fixture
def life(sqlite_hall):
    """A hall in which 郑伟 answers for 城建办 and 周航 stands in for 王磊."""
    unit, leader = sqlite_hall.unit("城建办"), sqlite_hall.person("郑伟").staff_id
    request = SetLeaderArea(**sqlite_hall.by("许诺"), leader=leader, unit=unit, valid_from=TODAY)
    sqlite_hall.sign_in("许诺").carry_out(request)
    with Session(sqlite_hall.engine) as session, session.begin():
        session.add(
            Deputy(
                id=new_id(),
                street_id=sqlite_hall.street_id,
                principal_id=leader,
                deputy_id=sqlite_hall.person("周航").staff_id,
                valid_from=TODAY,
            )
        )
    return CaseLife(sqlite_hall)


@pytest.fixture
def open_page(qtbot, life, desk_of):
    """Show the page to somebody as he is today, and wait until it has loaded."""

    def show(count, name="郑伟"):
        with Session(life.hall.engine) as session:
            staff = session.get(Staff, life.hall.person(name).staff_id)
            life.hall._people[name] = person_of(session, staff, TODAY)
        page = SignoffScreen(desk_of(name))
        qtbot.addWidget(page)
        page.resize(1214, 690)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.arrive()
        qtbot.waitUntil(lambda: len(cases_in(page)) == count)
        if count:
            qtbot.waitUntil(lambda: page.pane.pages.page_count() > 0 and page.sheet is not None)
        return page

    return show


def cases_in(page):
    return [row.id for row in page.list.rows() if row.id is not None]


def said_by(page):
    said = []
    page.said.connect(said.append)
    return said


def calm(qtbot, page):
    qtbot.waitUntil(lambda: not page.desk.tasks.is_busy)


def test_a_deputy_signs_with_alt_d_and_never_by_enter(qtbot, life, open_page):
    case = life.at("signing")
    page = open_page(1, "周航")
    said = said_by(page)
    assert page.list.rows()[0].tag == "代郑伟"
    assert page.bar.labels()[0] == "代郑伟签发"

    qtbot.keyClick(page.list, RETURN)
    page.offers.sign()
    assert "要代签请按 Alt+D" in said[-1]
    assert life.case(case).status is CaseStatus.SIGNING
    qtbot.keyClick(page.list, Qt.Key.Key_D, ALT)

    qtbot.waitUntil(lambda: life.case(case).status is CaseStatus.SEALING)
    qtbot.waitUntil(lambda: cases_in(page) == [])


def test_a_deputy_finishes_his_note_with_ctrl_enter(qtbot, life, open_page):
    case = life.at("signing")
    page = open_page(1, "周航")
    page.note.edit.setFocus()
    page.note.edit.set_text("同意，请按期办结。")

    qtbot.keyClick(page.note.edit, RETURN, CTRL)

    qtbot.waitUntil(lambda: life.case(case).status is CaseStatus.SEALING)


def test_several_are_signed_together_only_after_each_was_opened(qtbot, life, open_page):
    cases = [life.at("signing") for _ in range(3)]
    page = open_page(3)
    said = said_by(page)

    qtbot.keyClick(page.list, X)
    qtbot.keyClick(page.list, SPACE)
    page.sheet = None  # the paper has not come yet
    page.offers.mark()
    qtbot.waitUntil(lambda: page.sheet is not None)
    qtbot.keyClick(page.list, X)
    assert "成批签批 2 份" in page.bar.labels()
    assert [row.tag for row in page.list.rows()].count("已选") == 2
    qtbot.keyClick(page.list, RETURN, CTRL)

    qtbot.waitUntil(lambda: cases_in(page) == [cases[2]])
    assert life.case(cases[0]).status is life.case(cases[1]).status is CaseStatus.SEALING
    assert life.case(cases[2]).status is CaseStatus.SIGNING
    assert "签发 2 份。" in said


def test_what_was_chosen_can_be_left_out_again(qtbot, life, open_page):
    life.at("signing")
    page = open_page(1)

    qtbot.keyClick(page.list, X)
    assert "不选这份" in page.bar.labels()
    qtbot.keyClick(page.list, X)

    assert "成批签批 1 份" not in page.bar.labels()


def test_a_chosen_opinion_that_changes_must_be_looked_at_again(qtbot, life, open_page):
    case = life.at("signing")
    page = open_page(1)
    qtbot.keyClick(page.list, X)
    life.note(case, "刚补了一句")

    page.arrive()

    qtbot.waitUntil(lambda: page.marks.chosen() == [])


def test_a_signature_is_taken_back_with_ctrl_z(qtbot, life, open_page):
    case = life.at("signing")
    page = open_page(1)
    qtbot.keyClick(page.list, RETURN)
    qtbot.waitUntil(lambda: life.case(case).status is CaseStatus.SEALING)
    qtbot.waitUntil(lambda: any("撤回刚才的签批" in label for label in page.bar.labels()))

    qtbot.keyClick(page, Qt.Key.Key_Z, CTRL)

    qtbot.waitUntil(lambda: life.case(case).status is CaseStatus.SIGNING)
    qtbot.waitUntil(lambda: cases_in(page) == [case])


def test_a_colleague_who_was_quicker_is_named_and_the_rest_goes_on(qtbot, life, open_page):
    first, second = life.at("signing"), life.at("signing")
    page = open_page(2)
    qtbot.keyClick(page.list, X)
    qtbot.keyClick(page.list, SPACE)
    qtbot.waitUntil(lambda: page.sheet is not None)
    qtbot.keyClick(page.list, X)
    said = said_by(page)
    life.note(first, "刚补了一句")

    qtbot.keyClick(page.list, RETURN, CTRL)

    qtbot.waitUntil(lambda: life.case(second).status is CaseStatus.SEALING)
    calm(qtbot, page)
    assert life.case(first).status is CaseStatus.SIGNING
    assert any("刚有变化" in sentence for sentence in said)
    assert "签发 1 份，1 份没有签，请逐件看。" in said


def test_the_first_of_two_leaders_hears_to_whom_it_goes(qtbot, life, open_page):
    change = SetSetting(**life.hall.by("许诺"), key="chief_signs", value="always")
    life.hall.sign_in("许诺").carry_out(change)
    life.at("signing")
    page = open_page(1)
    said = said_by(page)

    qtbot.keyClick(page.list, RETURN)

    qtbot.waitUntil(lambda: any("转王磊" in sentence for sentence in said))
    page.choose_view(1)
    qtbot.waitUntil(lambda: len(cases_in(page)) == 1)
    assert "现在在王磊处" in page.list.rows()[0].note


def test_the_office_sees_where_everything_lies_and_types_the_folder_in(qtbot, life, open_page):
    agreed, back, later = (life.at("signing") for _ in range(3))
    page = open_page(3, "冯丽")
    said = said_by(page)
    assert page.views() == ("各处在签 3",)
    assert page.list.rows()[0].title == "郑伟处"

    qtbot.keyClick(page.list, RETURN)
    qtbot.waitUntil(lambda: len(page.results.rows) == 3)
    rows = page.results.rows
    assert [row.row.case_id for row in rows] == [agreed, back, later]
    qtbot.keyClick(rows[0].chips.chips()[0], Qt.Key.Key_1)
    qtbot.keyClick(rows[1].chips.chips()[0], Qt.Key.Key_2)
    qtbot.keyClick(page.results.day, RETURN, CTRL)

    qtbot.waitUntil(lambda: "签批夹结果录入 1 份，1 份没有录上，原因写在那一行下面。" in said)
    assert "请写明要改什么" in page.results.rows[0].said.text()
    page.results.rows[0].remark.setText("请补依据")
    page.results.submit()
    qtbot.waitUntil(lambda: life.case(back).status is CaseStatus.OPINION)
    assert life.case(agreed).status is CaseStatus.SEALING
    assert life.case(later).status is CaseStatus.SIGNING
    with Session(life.hall.engine) as session:
        steps = session.query(SignStep).filter_by(case_id=agreed).all()
        assert [(step.on_paper, step.entered_by) for step in steps] == [
            (True, life.hall.person("冯丽").staff_id)
        ]
    qtbot.waitUntil(lambda: not page.results.isVisible())


def test_a_day_nobody_understands_is_said_beside_the_field(qtbot, life, open_page):
    life.at("signing")
    page = open_page(1, "冯丽")
    said = said_by(page)
    page.offers._type_results()
    qtbot.waitUntil(lambda: len(page.results.rows) == 1)
    page.results.submit()
    assert "请先在签过的那几份上选" in said[-1]
    page.results.rows[0].chips.set_value("agreed")
    page.results.day.set_text("上周")

    page.results.submit()

    assert "看不懂" in page.results.day.state().sentence


def test_a_folder_half_typed_in_is_there_again(qtbot, life, open_page):
    life.at("signing")
    page = open_page(1, "冯丽")
    page.offers._type_results()
    qtbot.waitUntil(lambda: len(page.results.rows) == 1)
    page.results.rows[0].remark.setText("写到一半")
    qtbot.keyClick(page.results, Qt.Key.Key_Escape)
    assert not page.results.isVisible()

    page.offers._type_results()

    qtbot.waitUntil(page.results.isVisible)
    assert page.results.rows[0].remark.text() == "写到一半"


def test_the_folder_comes_out_with_its_drafts(qtbot, life, open_page, pdf_queue):
    life.at("signing")
    page = open_page(1, "冯丽")
    said = said_by(page)

    qtbot.keyClick(page.list, Qt.Key.Key_I, CTRL | Qt.KeyboardModifier.ShiftModifier)

    qtbot.waitUntil(lambda: "签批夹：目录和 1 份送签稿已送去打印。" in said, timeout=20_000)
    assert len(pdf_queue.papers(2)) == 2


def test_an_empty_desk_says_so_and_prints_nothing(qtbot, life, open_page):
    case = life.at("signing")
    page = open_page(1, "冯丽")
    said = said_by(page)
    here = page.row().here
    life.do("郑伟", SignOpinion, case, is_agreed=True)

    page.folder.print_folder(here)

    qtbot.waitUntil(lambda: "郑伟处现在没有等签的意见书，不用印签批夹。" in said)
