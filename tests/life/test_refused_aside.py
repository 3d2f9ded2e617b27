"""关联、并入、撤回、回避、更正、批注: what is told around a case, and what else is done to it."""

import pytest
from PySide6.QtCore import Qt

from desk.actions.recusal import RecordAccused
from desk.actions.set_aside import MergeCase, WithdrawCase
from desk.rules.codes import CaseStatus, ConfirmWay, PaperState
from desk.rules.deeds import Deed
from desk.rules.moments import SHANGHAI
from desk.ui.case.withdrawal_paper import WithdrawalPaper


def test_two_cases_are_linked_one_way_round(life, clerk_of):
    earlier, case = life.register(), life.register()
    clerk = clerk_of("周航", earlier).opens(Deed.LINK_REPEAT)
    clerk.refused("other", "请写另一件的编号，或从下面选一件。")
    clerk.fills(other=f"{life.case(earlier).seq:05}")
    clerk.refused("other", "找不到这个编号的另一件，请核对。")
    clerk.fills(other=f"{life.case(case).seq:05}").done()

    clerk = clerk_of("周航", case).opens(Deed.LINK_REPEAT)
    clerk.fills(other=f"{life.case(earlier).seq:05}")
    clerk.refused("other", "原件不能是此件自己，也不能是此件的重复件。")


def test_what_is_answered_together_is_alike_open_and_has_a_reason(life, clerk_of):
    case, main, late = life.register(), life.register(), life.at("signing")
    about, inside = life.register(), life.register()
    unit = life.hall.unit("南塘社区")
    life.do("李敏", RecordAccused, about, unit=unit, reason="他说的")
    life.do("周航", MergeCase, inside, into=main, reason="同一处")
    number = {one: life.case(one).number for one in (main, late, inside)}
    clerk = clerk_of("周航", case).opens(Deed.MERGE).fills(reason="同一处")
    for other, sentence in (
        (inside, f"{number[inside]} 自己已并入别的件，请并入 {number[main]}。"),
        (
            late,
            f"{number[late]} 现在是“待审签”，来不及一起办了。请改为关联重复件，各办各的。",
        ),
        (about, "两件的被反映单位或人员不同，要回避的人不同，请各办各的。"),
    ):
        clerk.fills(other=f"{life.case(other).seq:05}")
        clerk.refused("other", sentence)
    clerk.fills(other=f"{life.case(main).seq:05}", reason="")
    clerk.refused("reason", "请写一句为什么并在一起办，两件的办理过程里都会留下。")
    clerk.fills(reason="同一处").done()

    clerk = clerk_of("周航", main).opens(Deed.MERGE)
    clerk.fills(other=f"{life.case(life.register()).seq:05}", reason="同一处")
    together = "、".join(life.case(one).number for one in (case, inside))
    clerk.refused("", f"{together} 并在此件里一起办，请先拆开，再并入别的件。")


def test_a_report_is_answered_together_with_reports_alone(life, clerk_of):
    case, main = life.register(), life.register()
    life.do("李敏", RecordAccused, case, unit=None, staff=None, as_report=True, reason="他说的")
    assert not clerk_of("李敏", case).may(Deed.MERGE)
    clerk = clerk_of("秦岚", case).opens(Deed.MERGE)
    clerk.fills(other=f"{life.case(main).seq:05}", reason="同一处")
    clerk.refused("other", "举报件只能和举报件并在一起办，请各办各的。")


def test_a_withdrawal_says_why_and_how_it_was_confirmed(life, clerk_of):
    case = life.register()
    clerk = clerk_of("李敏", case).opens(Deed.WITHDRAW)
    clerk.refused("way", "请选诉求人是怎么确认撤回的。")
    clerk.fills(way=2)
    clerk.refused("rang", "请选电话是谁打的；我们打的算一次联系。")
    clerk.fills(rang=1)
    clerk.refused("by", "请选是谁确认撤回的。")
    clerk.fills(by=2)
    clerk.refused("confirmed_at", "请写明是哪天几点确认的。")  # nothing is written for the caller
    clerk.fills(confirmed_at="11-01 09:00", note="")
    clerk.refused("reason", "请写诉求人为什么撤回。")
    clerk.fills(reason="自己修好了")
    clerk.refused("note", "电话确认的，请写明谁打的、诉求人是怎么说的。")
    clerk.fills(note="李敏打的，他说“不用再来了”")
    clerk.refused("confirmed_at", "确认的时间早于受理的时间，请核对日期和钟点。")
    at = life.hall.clock().astimezone(SHANGHAI)
    clerk.fills(confirmed_at=f"{at:%m-%d %H:%M}").done()
    assert life.lines("case.withdrawn")[-1].title.endswith("监护人电话确认")


def prints(clerk):
    clerk.panel.findChild(WithdrawalPaper).setFocus()
    clerk.press(Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)


def test_the_application_is_printed_before_it_is_signed_and_the_words_stay(life, clerk_of):
    case = life.register()
    clerk = clerk_of("李敏", case).opens(Deed.WITHDRAW).fills(reason="自己修好了")
    life.note(case, "同事的批注")
    prints(clerk)
    assert "刚有变化" in clerk.panel.said()
    for _ in range(2):  # once more where the printer ate it: the same paper
        prints(clerk)
        assert "念给诉求人听" in clerk.panel.said()
    paper = life.papers(case)["withdrawal-request"]
    assert (paper.state, paper.revision) == (PaperState.ISSUED, 1)
    clerk.fills(way=1, by=1).done()
    assert life.case(case).withdraw_reason == "自己修好了"


def test_a_main_case_is_not_withdrawn_over_the_heads_of_others(life, clerk_of):
    case, main = life.register(), life.register()
    life.do("周航", MergeCase, case, into=main, reason="同一处")
    clerk = clerk_of("李敏", main).opens(Deed.WITHDRAW)
    clerk.fills(reason="修好了", way=1, by=1)
    clerk.refused("", f"{life.case(case).number} 并在此件里一起办，请先拆开，再撤回。")


def test_whom_a_case_is_about_is_said_with_its_source(life, clerk_of):
    clerk = clerk_of("李敏", life.register()).opens(Deed.ACCUSE).fills(reason="他说的")
    clerk.refused("unit", "被反映单位、人员没有变，不用保存。")
    clerk.fills(unit=("南塘",), reason="")
    clerk.refused("reason", "请写一句从哪里知道的，办理过程里会留下。")
    clerk.fills(reason="他来电说的").done()


def test_who_does_not_see_the_main_case_leaves_it_to_the_dispatchers(life, clerk_of):
    first = life.hall.unit("南塘社区")
    case, main = life.register(first_unit=first), life.at("handling")
    life.do("周航", MergeCase, case, into=main, reason="同一处")
    clerk = clerk_of("梁燕", case).opens(Deed.ACCUSE).fills(unit=("城建办",), reason="他说的")
    clerk.refused("", "此件已并入别的件一起办，请信联办在主件上记被反映单位、人员。")


def test_a_correction_has_a_reason_and_a_difference(life, clerk_of):
    case = life.register(summary="楼道漏电")
    clerk = clerk_of("李敏", case).opens(Deed.CORRECT)
    clerk.keys("Return")
    clerk.fills(summary="楼道灯座漏电")
    clerk.refused("reason", "请写一句更正的理由，原来的内容会留在办理过程里。")
    clerk.fills(reason="听错了", summary="楼道漏电")
    clerk.refused("", "没有不同的内容，不用保存。")
    clerk.fills(summary="")
    clerk.refused("summary", "“标题”不能改成空的。")
    clerk.fills(summary="楼道灯座漏电").done()


def test_a_note_has_words_and_not_too_many(life, clerk_of):
    clerk = clerk_of("周航", life.register()).opens(Deed.NOTE)
    clerk.refused("note", "批注还没有写。")
    clerk.fills(note="请" * 20_001)
    said = "“批注”最多 20000 字，现在是 20001 字，请删减 1 字再存。您写的内容都还在。"
    clerk.refused("note", said)
    clerk.fills(note="请尽快").done()


def test_contact_data_is_looked_at_with_a_reason(life, clerk_of):
    clerk = clerk_of("王磊", life.at("accepted"))
    clerk.page.facts.reveal_asked.emit()
    assert clerk.panel.deed is Deed.REVEAL
    clerk.refused("reason", "请写明查看联系方式的理由，查看会留痕。")
    clerk.fills(reason="领导回电").finish()
    assert clerk.panel is None


def test_what_is_kept_for_somebody_has_a_name(life, clerk_of):
    clerk = clerk_of("李敏", life.register()).opens(Deed.KEEP_ITEM)
    clerk.refused("name", "请写明保管的是什么，例如：房产证原件。")
    clerk.fills(name="房产证原件").finish()
    assert clerk.panel is None


def test_the_appellant_of_a_report_stays_hidden(life, clerk_of):
    case = life.register()
    clerk = clerk_of("李敏", case)
    clerk.page.facts.correction_asked.emit("summary")
    clerk.fills(reason="听错了")
    life.do("李敏", RecordAccused, case, unit=None, staff=None, as_report=True, reason="他说的")
    clerk.finish()
    sheet = clerk.page.host.sheet
    sheet.choose("hides_appellant", "mine")
    sheet.resolved.emit(sheet.decisions())
    clerk.quiet()
    clerk.refused("hides_appellant", "举报件的诉求人一律保密，不能取消。")


@pytest.mark.parametrize("status", [CaseStatus.MERGED, CaseStatus.WITHDRAWN])
def test_what_a_ledger_brought_aside_is_not_brought_back(life, clerk_of, status):
    case, main = life.register(), life.register()
    if status is CaseStatus.MERGED:
        life.do("周航", MergeCase, case, into=main, reason="同一处")
    else:
        life.do("李敏", WithdrawCase, case, reason="不办了", way=ConfirmWay.IN_PERSON)
    life.hall.forget_where_it_stood(case)
    if status is CaseStatus.MERGED:
        clerk = clerk_of("周航", case).opens(Deed.UNMERGE)
        clerk.refused("", "这一件是台账导入时就并入的，没有可以拆开的主件。")
    else:
        clerk = clerk_of("李敏", case).opens(Deed.REINSTATE)
        clerk.refused("", "这一件没有留下原来的状态，不能恢复。诉求人还要办的，请另行登记。")
