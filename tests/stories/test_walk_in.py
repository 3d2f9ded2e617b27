"""一件来访从柜台走到档案: one walk-in from the counter to the archive, by keys alone."""

from PySide6.QtCore import Qt

from tests.stories.life import (
    BUILDING,
    CLERK,
    ENFORCEMENT,
    LEADER,
    NAME,
    comes_in,
    is_accepted,
    is_answered,
    is_archived,
    is_dispatched,
    is_finished,
    is_rung_back_dissatisfied,
    is_rung_back_satisfied,
    is_verified,
)
from tests.stories.reading import assert_papers_are_whole


def test_a_walk_in_goes_from_the_counter_to_the_archive(open_program, street_url, pdf_queue):
    someone = open_program(street_url)
    number = comes_in(someone)
    assert len(pdf_queue.papers(1)) == 1  # the intake sheet comes by itself
    nobody_may_do_more_than_he_should(someone, number)
    is_dispatched(someone, number, "城建办", "综合行政执法队")
    is_accepted(someone, number, BUILDING)
    is_verified(someone)
    is_accepted(someone, number, ENFORCEMENT)
    the_support_reports(someone)
    someone.make_way_for(BUILDING).find(number)
    is_finished(someone, "已更换灯座并复测，绝缘正常。")
    is_answered(someone, number, "已更换灯座和漏电保护器，请物业今后先断电再报修。")
    is_rung_back_dissatisfied(someone)
    someone.make_way_for(BUILDING).find(number)
    is_finished(someone, "已把三到六层的灯座一并换掉，逐层复测正常。")
    is_answered(someone, number, "已逐层换完，一年内再漏电由城建办直接处理。")
    is_rung_back_satisfied(someone, number)
    is_archived(someone, number)
    assert someone.history()[-1].startswith("首问受理")

    papers = someone.print_all_papers()

    assert [paper.code for paper in papers] == [
        *("intake-sheet", "receipt", "dispatch-slip", "dispatch-slip"),
        *("opinion-notice", "opinion-sheet", "delivery-proof", "followup-record") * 2,
        *("closing-report", "case-contents"),
    ]
    assert_papers_are_whole(papers, case=someone.front.file.id, number=number, name=NAME)
    assert len(pdf_queue.papers(len(papers) + 1)) == len(papers) + 1


def nobody_may_do_more_than_he_should(someone, number):
    someone.find(number)
    assert someone.status() == "待分拨"
    assert someone.steps() == ["接通", "没接", "号码错"]
    assert someone.next_step() == ""  # the dispatchers' turn
    someone.make_way_for(BUILDING).look_for(number)
    assert someone.found() == []  # not his case yet
    someone.press(Qt.Key.Key_Escape)
    someone.make_way_for(LEADER).find(number)
    # he sees it, hurries it and rings by himself, and moves nothing
    assert " ".join(someone.steps()) == "领导回访 标为重点件 督办 催办 列入专题 打印查询记录"


def the_support_reports(someone):
    assert "办理完毕" not in someone.steps()
    someone.alt("B")
    someone.choose("result", 1)
    someone.fill("feedback", "已要求施工队停工并恢复线路。")
    someone.finish()
    assert "协办反馈" not in someone.steps()


def test_who_locks_the_desk_finds_the_half_written_form_again(
    qtbot, open_program, sqlite_street_url
):
    someone = open_program(sqlite_street_url)
    someone.sign_in(CLERK)
    someone.press(Qt.Key.Key_F2)
    someone.press(Qt.Key.Key_Tab)
    someone.say(NAME)
    someone.leave()
    qtbot.waitUntil(lambda: "草稿" in someone.program.page._foot.accessibleName())
    someone.sign_in(CLERK)
    assert someone.front.work.sheet.form.name.text() == NAME
    someone.say("和邻居")
    assert someone.front.work.sheet.form.name.text() == NAME + "和邻居"
