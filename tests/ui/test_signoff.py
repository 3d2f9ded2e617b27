"""A leader signs what is printed: by keyboard, the first due first, and never by accident."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.signing import SignOpinion
from desk.rules.codes import CaseStatus, OpinionStatus
from desk.store.models import Opinion, PaperProof
from desk.ui.signoff.paper_pane import Wanted
from desk.ui.signoff_screen import SignoffScreen

RETURN, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


@pytest.fixture
def open_page(qtbot, desk_of):
    """Show the page to a leader and wait until it has loaded."""

    def show(count, name="郑伟"):
        page = SignoffScreen(desk_of(name))
        qtbot.addWidget(page)
        page.resize(1214, 690)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.arrive()
        qtbot.waitUntil(lambda: len(page.list.rows()) == count)
        if count:
            qtbot.waitUntil(lambda: page.pane.pages.page_count() > 0 and page.checks.texts() != [])
        return page

    return show


def test_the_first_due_is_on_top_with_its_checks_and_its_route(life, open_page):
    first = life.at("signing", name="林晓燕")
    life.at("signing", name="孙立")

    page = open_page(2)

    assert page.list.current_id() == first
    assert "姓名、编号、日期一致" in page.checks.texts()
    assert page.route.texts()[0].startswith("拟稿 赵强")
    assert page.route.texts()[1].startswith("签批 您 在您处")
    assert page.views() == ("等我签 2", "我签过的（今天 0）")


def test_enter_in_the_list_signs_and_the_next_one_stands_there(qtbot, life, open_page):
    first, second = life.at("signing"), life.at("signing")
    page = open_page(2)
    said = []
    page.said.connect(said.append)

    qtbot.keyClick(page.list, RETURN)

    qtbot.waitUntil(lambda: page.list.current_id() == second and len(page.list.rows()) == 1)
    assert life.case(first).status is CaseStatus.SEALING
    assert life.case(second).status is CaseStatus.SIGNING
    assert said == ["签发意见书 青榕诉意〔2026〕1号。已转去盖章。"]
    assert page.views()[1] == "我签过的（今天 1）"


def test_the_signed_papers_are_proved_at_once(qtbot, life, open_page):
    life.at("signing")
    page = open_page(1)

    qtbot.keyClick(page.list, RETURN)

    def proofs():
        with Session(life.hall.engine) as session:
            return list(session.scalars(select(PaperProof)))

    papers = 5  # sheet, receipt, slip, and both forms of the opinion
    qtbot.waitUntil(lambda: len(proofs()) == papers)
    assert sum(1 for proof in proofs() if proof.blob_sha256) == 1


def test_the_space_bar_only_looks_at_the_next_one_which_is_rendered_already(qtbot, life, open_page):
    first, second = life.at("signing"), life.at("signing")
    page = open_page(2)
    version = life.case(second).version
    qtbot.waitUntil(lambda: page.pane.is_ready(Wanted(second, version)))

    qtbot.keyClick(page.list, SPACE)

    assert page.list.current_id() == second
    assert life.case(first).status is CaseStatus.SIGNING


def test_enter_on_another_button_presses_that_button_and_signs_nothing(qtbot, life, open_page):
    first, second = life.at("signing"), life.at("signing")
    page = open_page(2)
    button = next(b for b in page.bar._buttons if b.text() == "看下一份")
    button.setFocus()

    qtbot.keyClick(button, RETURN)

    qtbot.waitUntil(lambda: page.list.current_id() == second)
    assert life.case(first).status is CaseStatus.SIGNING


def test_enter_in_the_note_makes_a_line_and_ctrl_enter_signs(qtbot, life, open_page):
    case = life.at("signing")
    page = open_page(1)
    page.note.setFocus()

    qtbot.keyClick(page.note.edit, RETURN)
    assert life.case(case).status is CaseStatus.SIGNING
    page.note.edit.set_text("同意，注意时限。")
    qtbot.keyClick(page.note.edit, RETURN, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: life.case(case).status is CaseStatus.SEALING)
    assert life.opinion(case).remark == "同意，注意时限。"


def test_sending_back_without_a_note_asks_for_it_and_changes_nothing(qtbot, life, open_page):
    case = life.at("signing")
    page = open_page(1)
    said = []
    page.said.connect(said.append)

    qtbot.keyClick(page.list, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)

    assert "请先在批注里写明要改什么" in said[0]
    assert page.note.edit.hasFocus()
    assert life.case(case).status is CaseStatus.SIGNING


def test_an_opinion_sent_back_carries_the_note_and_leaves_the_queue(qtbot, life, open_page):
    case = life.at("signing")
    page = open_page(1)
    page.note.edit.set_text("第四节请写责任人。")

    qtbot.keyClick(page.list, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)

    qtbot.waitUntil(lambda: page.list.rows() == ())
    assert life.opinion(case).status is OpinionStatus.SENT_BACK
    assert life.opinion(case).remark == "第四节请写责任人。"
    assert page._stack.currentIndex() == 1


def test_a_missing_answer_keeps_the_opinion_from_being_signed(qtbot, life, open_page):
    case = life.at("signing", matters=("楼道漏电", "配电箱生锈"))
    unanswered = [row | {"answer": ""} for row in life.opinion(case).items]
    with Session(life.hall.engine) as session, session.begin():
        session.get(Opinion, life.opinion(case).id).items = unanswered
    page = open_page(1)
    said = []
    page.said.connect(said.append)

    qtbot.keyClick(page.list, RETURN)

    assert "没有答复" in said[0]
    assert "不能签发" in said[0]
    assert life.case(case).status is CaseStatus.SIGNING


def test_a_version_that_a_colleague_has_replaced_is_not_signed(qtbot, life, open_page):
    case = life.at("signing")
    page = open_page(1)
    life.do("王磊", SignOpinion, case, is_agreed=False, remark="金额写清楚")
    words = {n: getattr(life.opinion(case), n) for n in ("title", "acceptance", "findings")}
    life.rewrite(case, **words, decision="已更换线路，共 320 元由物业承担。")
    said = []
    page.said.connect(said.append)

    qtbot.keyClick(page.list, RETURN)

    qtbot.waitUntil(lambda: "刚被改过，请重看，处理意见" in page.checks.texts())
    assert "刚有变化" in said[0]
    assert life.case(case).status is CaseStatus.SIGNING


def test_a_note_half_written_is_there_again(qtbot, life, open_page):
    first, second = life.at("signing"), life.at("signing")
    page = open_page(2)
    page.note.edit.set_text("写到一半")
    page.list.choose(second)
    assert page.note.text() == ""

    page.list.choose(first)

    assert page.note.text() == "写到一半"


def test_what_was_signed_can_be_looked_at_again(qtbot, life, open_page):
    case = life.at("sealing")
    page = open_page(0)

    page.choose_view(1)

    qtbot.waitUntil(lambda: page.list.current_id() == case and page.pane.shown() is not None)
    assert page.pane.shown().number == "青榕诉意〔2026〕1号"
    assert "同意签发" not in page.bar.labels()


def test_nothing_to_sign_is_said_in_one_sentence(qtbot, life, open_page):
    page = open_page(0)

    qtbot.waitUntil(lambda: page._stack.currentIndex() == 1)
    assert page._empty._sentence.text() == "都签完了，今天没有会超期的。"
