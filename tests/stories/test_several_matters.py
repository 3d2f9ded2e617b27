"""几件事一路办到档案: two matters, one solved and one not, through two rounds to the archive.

On the way: somebody acts for the appellant, an answer comes out of the library by keys, the
follow-up asks about each matter and proposes more than a further round.
"""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from desk.actions.answer_library import SetLibraryText
from desk.demo.street import DEMO_PASSWORD
from desk.rules.codes import ClockKind, LibraryKind
from desk.rules.moments import day_of
from desk.store.signing_in import sign_in
from tests.stories.hands import CTRL, SHIFT
from tests.stories.life import (
    BUILDING,
    CLERK,
    DISPATCHER,
    ENFORCEMENT,
    LEADER,
    OFFICE,
    is_accepted,
    is_archived,
    is_verified,
)
from tests.stories.test_matters import (
    LAMP,
    LIFT,
    comes_with_two_matters,
    fields,
    has_another_trouble,
    matters_shown,
    the_dispatcher_gives_the_lift_to_enforcement,
)

Key = Qt.Key
STANDARD = "维保单位须在五个工作日内恢复运行，逾期由街道约谈。"
DAUGHTER = "陈晓梅"


@pytest.fixture
def library(street_url):
    """A hall with one standard answer about lifts."""
    database = sign_in(street_url, DISPATCHER, DEMO_PASSWORD)
    now, me = datetime.now(UTC), database.person.staff_id
    said = {"title": "电梯停运的答复", "body": STANDARD, "kind": LibraryKind.STANDARD}
    request = SetLibraryText(made_by=me, happened_at=now, valid_from=day_of(now), **said)
    database.carry_out(request)
    database.close()
    return street_url


def test_two_matters_go_all_the_way_and_one_of_them_twice(open_program, library, pdf_queue):
    someone = open_program(library)
    number = comes_with_two_matters(someone)
    second = has_another_trouble(someone)
    printed = len(pdf_queue.papers(2))
    her_daughter_acts_for_her(someone, number)
    the_dispatcher_gives_the_lift_to_enforcement(someone, number)
    both_units_answer_their_own(someone, number)
    one_opinion_answers_both_with_words_of_the_library(someone, number)
    is_signed_and_delivered(someone, number)
    only_the_lamp_is_solved(someone)
    the_second_round_is_about_the_lift(someone, number)
    the_folder_is_printed_and_its_result_typed_in(someone, number)
    assert len(pdf_queue.papers(printed + 2)) >= printed + 2  # the list and one draft
    is_sealed_and_the_register_printed(someone)
    someone.make_way_for(CLERK).find(number)
    someone.do("V")
    is_asked_about_the_lift_alone_and_content(someone)
    is_archived(someone, number)
    papers = [row.accessibleName() for row in someone.front.page.papers.rows]
    assert any("办结报告" in paper for paper in papers), papers
    the_list_of_the_archive_is_printed(someone)
    assert len(pdf_queue.papers(printed + 4)) >= printed + 4
    what_was_answered_before_is_found_for_another_category(someone, second)


def her_daughter_acts_for_her(someone, number):
    someone.find(number)
    someone.press(Key.Key_F6, CTRL | SHIFT)
    someone.fill("agent_name", DAUGHTER)
    someone.fill("paper", "授权委托书")
    someone.finish()
    assert someone.history()[0] == "登记委托代办"
    assert DAUGHTER in someone.words_in(someone.front.page.facts)


def both_units_answer_their_own(someone, number):
    is_accepted(someone, number, BUILDING)
    is_verified(someone)
    is_accepted(someone, number, ENFORCEMENT)
    someone.press(Key.Key_M, CTRL | SHIFT)
    (result,) = fields(someone, "result")
    someone.choose(result, 4)
    someone.fill(result.replace("result", "answer"), "须等维保单位年检。")
    someone.finish()
    someone.alt("B")
    someone.choose("result", 4)
    someone.fill("feedback", "已向住户说明。")
    someone.finish()
    someone.make_way_for(BUILDING).find(number)
    someone.alt("B")
    lamp = fields(someone, "result")[0]
    someone.choose(lamp, 1)
    someone.fill(lamp.replace("result", "answer"), "已换灯头，当晚复看正常。")
    someone.finish()
    assert someone.status() == "待写意见书"
    assert [shown.split()[-1] for shown in matters_shown(someone)] == ["已解决", "已解释"]


def one_opinion_answers_both_with_words_of_the_library(someone, number):
    someone.alt("Y")
    lift = fields(someone, "answer")[1]
    someone.go_to(lift)
    someone.ctrl("A")
    someone.press(Key.Key_Delete)
    insert(someone, "电梯")
    assert someone.panel.form.entries[lift].read() == STANDARD
    someone.finish()
    assert someone.front.file.opinion.decision.splitlines()[1] == f"(二){LIFT}：{STANDARD}"


def insert(someone, words):
    """Ctrl+J, a few words, Enter: the caret is where it was, behind what was inserted."""
    someone.ctrl("J")
    someone.say(words)
    someone.quiet()
    someone.press(Key.Key_Return)
    assert someone.window.answer_box.isHidden(), someone.window.answer_box._said.text()


def is_signed_and_delivered(someone, number):
    someone.make_way_for(LEADER)
    someone.alt("4")
    someone.press(Key.Key_Return)
    someone.make_way_for(OFFICE).find(number)
    someone.do("I")
    someone.make_way_for(CLERK).find(number)
    someone.do("V")
    assert someone.status() == "待回访"


def only_the_lamp_is_solved(someone):
    someone.alt("R")
    someone.choose("is_reached", 1)
    someone.choose("was_contacted", 1)
    lamp, lift = fields(someone, "matter")
    someone.choose(lamp, 1)
    someone.choose(lift, 1)
    someone.choose("satisfaction", 3)
    assert someone.panel.whole().endswith("合起来是已解决。")
    someone.choose("discontent", 6)
    someone.choose("next_step", 4)
    someone.press(Key.Key_Return, CTRL)
    assert someone.troubles() == ["诉求人说已解决、不满意，不用建议“挂账”。请另选一项处理建议。"]
    someone.choose(lift, 3)  # he thinks again: it stands still as before
    someone.fill(lift.replace("matter", "note"), "电梯还是停着。")
    assert someone.panel.whole().endswith("合起来是部分解决。")
    someone.choose("next_step", 3)
    someone.finish()
    assert someone.status() == "办理中"
    assert someone.history()[0] == "回访 部分解决、不满意，二次办理，建议吹哨/包案"


def the_second_round_is_about_the_lift(someone, number):
    someone.make_way_for(BUILDING).find(number)
    page = someone.front.page
    assert "（事项 2），建议吹哨/包案" in page.rounds.sentence()
    assert [shown.split()[-1] for shown in matters_shown(someone)] == [
        "诉求人：已解决",
        "诉求人：未解决",
    ]
    first, again = handling_limits(someone)
    assert again > first  # the round has a limit of its own
    someone.alt("B")
    (lift,) = fields(someone, "result")  # the lamp is settled
    someone.choose(lift, 1)
    someone.fill(lift.replace("result", "answer"), "电梯已恢复运行。")
    someone.finish()
    someone.do("Y")
    assert someone.status() == "待审签"


def handling_limits(someone):
    """Return when the handling of each round was or is due, as the case file has it."""
    found = [one for one in someone.front.file.clocks if one.kind is ClockKind.HANDLE]
    lead = [one for one in found if one.support_id is None]
    return [one.facts.due_at for one in sorted(lead, key=lambda one: one.round_no)]


def the_folder_is_printed_and_its_result_typed_in(someone, number):
    """The leader signs on paper; the office prints his folder and types in what he wrote."""
    someone.make_way_for(OFFICE)
    someone.alt("4")
    someone.press(Key.Key_I, CTRL | SHIFT)
    assert is_said(someone, "签批夹：目录和 1 份送签稿已送去打印。")
    someone.press(Key.Key_Return)
    someone.press(Key.Key_1)
    someone.press(Key.Key_Return, CTRL)
    someone.find(number)
    assert someone.status() == "待盖章"


def is_sealed_and_the_register_printed(someone):
    someone.press(Key.Key_L, CTRL | SHIFT)
    someone.press(Key.Key_Return)
    assert "待送达 1" in someone.front.views()
    reach(someone, "用印登记")
    someone.tab_to("打印这几天的")
    someone.press(Key.Key_Space)
    assert is_said(someone, "用印登记")


def the_list_of_the_archive_is_printed(someone):
    someone.make_way_for(DISPATCHER)
    someone.press(Key.Key_G, CTRL | SHIFT)
    someone.front.choose_view(2)
    someone.quiet()
    reach(someone, "打印归档目录")
    assert is_said(someone, "归档目录")


def reach(someone, label):
    """Press a button of the bar by keys alone: it has none of its own."""
    someone.tab_to(label)
    someone.press(Key.Key_Space)


def is_said(someone, words):
    """Return whether the program said something with these words."""
    return any(words in one.sentence for one in someone.window.messages.kept())


def is_asked_about_the_lift_alone_and_content(someone):
    someone.alt("R")
    assert LAMP not in " ".join(fields(someone, "matter"))
    someone.fill("over_reason", "和她约好这时打")  # she was rung three times today
    for name in ("is_reached", "was_contacted", "resolution", "satisfaction", "next_step"):
        someone.choose(name, 1)
    someone.finish()
    assert someone.status() == "已办结"


def what_was_answered_before_is_found_for_another_category(someone, second):
    """The library looks at this category first; asked once more, at all of them."""
    someone.find(second)
    someone.alt("X")
    someone.ctrl("J")
    someone.say("恢复运行")
    someone.quiet()
    box = someone.window.answer_box
    assert [row.group for row in box.rows()] == ["口径"]
    someone.ctrl("J")
    assert [row.group for row in box.rows()] == ["口径", "以往", "以往"]
    someone.press(Key.Key_Down)
    someone.press(Key.Key_Return)
    assert "电梯已恢复运行" in someone.panel.form.entries["note"].read()
    someone.finish()
