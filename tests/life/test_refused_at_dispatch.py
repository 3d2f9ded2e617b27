"""分拨、改派、退回、加派、撤下: what is told to who sends and who gets a case."""

from PySide6.QtWidgets import QLabel
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.dispatching import DecideReturn, DispatchCase, ReturnDispatch
from desk.actions.handling import AcceptAssignment
from desk.actions.recusal import RecordAccused
from desk.actions.support import AddSupport, ReportSupport
from desk.actions.teams import EndTeam, SetTeam
from desk.rules.codes import (
    AssignmentStatus,
    CaseStatus,
    HandlingResult,
    ReturnReason,
    Urgency,
)
from desk.rules.deeds import Deed
from desk.store.models import Assignment


def test_a_case_goes_to_no_unit_that_it_is_about_and_to_none_twice(life, clerk_of):
    case = life.register()
    clerk = clerk_of("周航", case).opens(Deed.DISPATCH)
    clerk.refused("lead", "请选主办单位，主办只能有一个。")
    clerk.fills(lead=("城建办",), supports=("城建办",), instruction="请今天到场")
    clerk.refused("supports", "同一个单位选了两次，主办和协办不能相同。")
    clerk.panel.form.entries["supports"].write([])
    unit = life.hall.unit("城建办")
    life.do("李敏", RecordAccused, case, unit=unit, reason="他来电说的")
    clerk.overtaken()
    clerk.refused("lead", "被反映的单位不能承办这一件，请改派别的单位或由分管领导指定。")
    clerk.fills(lead=("纪工委",)).done()
    assert life.case(case).lead_unit_id == life.hall.unit("纪工委")


def test_another_unit_is_not_sent_without_a_reason(life, clerk_of):
    clerk = clerk_of("周航", life.at("accepted")).opens(Deed.DISPATCH)
    clerk.fills(lead=("执法队",))
    clerk.refused("reason", "改派请写一句理由，原承办单位会看到。")
    clerk.fills(reason="归执法队管").done()


def test_a_level_is_set_by_keys(life, clerk_of):
    case = life.register()
    clerk_of("周航", case).opens(Deed.GRADE).fills(urgency=1).done()
    assert life.case(case).urgency is Urgency.URGENT


def test_a_unit_hands_back_with_grounds_once_and_not_for_ever(life, clerk_of):
    case = life.at("dispatched")
    clerk = clerk_of("赵强", case).opens(Deed.RETURN)
    clerk.refused("reason", "请选退回的理由。")
    clerk.fills(reason=1)
    clerk.refused("note", "请写明退回的依据（哪条职责分工、缺什么信息）。")
    clerk.fills(note="路面归区里管")
    life.do("赵强", ReturnDispatch, case, reason=ReturnReason.NOT_OURS, note="已由我处内勤申请")
    clerk.overtaken()
    clerk.refused("", "已经申请过退回，请等信联办答复。")
    assert not clerk_of("赵强", case).may(Deed.RETURN)

    asked = clerk_of("周航", case).opens(Deed.DECIDE_RETURN)
    asked.refused("is_agreed", "请选同意或不同意。")
    asked.fills(is_agreed=2)
    asked.refused("note", "不同意退回，请写一句理由给承办单位。")
    asked.fills(note="职责表第 12 条归你们").done()
    assert clerk_of("赵强", case).may(Deed.RETURN)


def test_what_came_back_too_often_is_not_handed_back_again(life, clerk_of):
    case = life.register()
    for _ in range(3):
        life.dispatch_to("城建办", case)
        life.do("赵强", ReturnDispatch, case, reason=ReturnReason.NOT_OURS, note="不归我们")
        clerk_of("周航", case).opens(Deed.DECIDE_RETURN).fills(is_agreed=1).done()
    life.dispatch_to("城建办", case)

    assert not clerk_of("赵强", case).may(Deed.RETURN)


def test_what_was_passed_on_too_often_is_decided_by_the_dispatchers(life, clerk_of):
    case = life.at("dispatched")
    for unit in ("执法队", "城建办"):
        clerk = clerk_of("周航", case).opens(Deed.DISPATCH)
        clerk.fills(lead=(unit,), reason="归口").done()
        before = clerk_of({"执法队": "孙浩"}.get(unit, "赵强"), case)
        assert before.may(Deed.RETURN)
    clerk_of("周航", case).opens(Deed.DISPATCH).fills(lead=("执法队",), reason="归口").done()
    assert life.case(case).redirect_count == 3
    assert not clerk_of("孙浩", case).may(Deed.RETURN)


def test_a_support_is_handed_back_by_keys_and_answered_once(life, clerk_of):
    case = life.at("handling")
    for unit in ("榕东社区", "南塘社区"):
        life.do("周航", AddSupport, case, units=(life.hall.unit(unit),), reason="请到场")
    for who in ("陈静", "梁燕"):
        clerk = clerk_of(who, case).opens(Deed.RETURN)
        clerk.fills(reason=1, note="不在我们辖区").done()
        assert not clerk_of(who, case).may(Deed.RETURN)

    asked = clerk_of("周航", case).opens(Deed.DECIDE_RETURN).fills(part=2, is_agreed=1)
    rongdong, nantang = (part.id for part in asked_back(life, case))
    life.do("周航", DecideReturn, case, part=nantang, is_agreed=True)
    asked.overtaken()
    asked.refused("part", "这一家已经答复过了，请另选一家。")
    asked.fills(part=1).done()

    gone = asked_back(life, case, AssignmentStatus.RETURNED)
    assert {part.id for part in gone} == {rongdong, nantang}
    assert life.case(case).status is CaseStatus.HANDLING


def test_an_answer_is_for_the_unit_it_was_written_to_and_for_no_other(life, clerk_of):
    case = life.at("handling")
    for unit in ("榕东社区", "南塘社区"):
        life.do("周航", AddSupport, case, units=(life.hall.unit(unit),), reason="请到场")
    why = {"reason": ReturnReason.NOT_OURS}
    life.do("陈静", ReturnDispatch, case, note="不在我们辖区", **why)
    clerk = clerk_of("周航", case).opens(Deed.DECIDE_RETURN)
    clerk.fills(is_agreed=2, note="清单第三条归你们")
    rongdong = asked_back(life, case)[0].id
    life.do("周航", DecideReturn, case, part=rongdong, is_agreed=True)
    life.do("梁燕", ReturnDispatch, case, note="那天没有人手", **why)

    clerk.overtaken()
    clerk.refused("part", "这一家已经答复过了，请另选一家。")
    (nantang,) = asked_back(life, case)
    assert "南塘申请退回协办，理由：职责不符。那天没有人手" in words_in(clerk.panel)
    clerk.fills(part=1).done()

    assert asked_back(life, case) == []
    accepted = asked_back(life, case, AssignmentStatus.WAITING)
    assert nantang.id in {part.id for part in accepted}


def test_who_hands_back_one_part_does_not_hand_back_another_instead(life, clerk_of):
    case = life.register()
    grid = life.hall.unit("榕东第1网格")
    sent = {"lead": life.hall.unit("榕东社区"), "grid": grid, "urgency": Urgency.FAST}
    life.do("周航", DispatchCase, case, **sent)
    why = {"reason": ReturnReason.NOT_OURS}
    life.do("陈静", ReturnDispatch, case, note="归区里管", **why)
    clerk = clerk_of("陈静", case).opens(Deed.RETURN).fills(reason=1, note="网格没有这个人手")
    (lead,) = asked_back(life, case)
    (helping,) = asked_back(life, case, AssignmentStatus.WAITING)
    life.do("陈静", ReturnDispatch, case, part=helping.id, note="网格也不归我们", **why)
    life.do("周航", DecideReturn, case, part=lead.id, is_agreed=False, note="属于你们")

    clerk.overtaken()
    clerk.refused("part", "这一部分已经退回或办过了，请另选一部分。")

    assert {part.unit_id for part in asked_back(life, case)} == {grid}


def words_in(panel):
    return "\n".join(one.text() for one in panel.findChildren(QLabel))


def asked_back(life, case, status=AssignmentStatus.RETURNING):
    wanted = select(Assignment).where(Assignment.case_id == case, Assignment.status == status)
    with Session(life.hall.engine) as session:
        return session.scalars(wanted.order_by(Assignment.id)).all()


def test_a_dispatch_is_taken_back_only_while_nobody_has_begun(life, clerk_of):
    case = life.register()
    clerk = clerk_of("周航", case).opens(Deed.DISPATCH)
    clerk.fills(lead=("城建办",)).done()
    life.do("赵强", AcceptAssignment, case)
    clerk.opens(Deed.TAKE_BACK)
    assert "刚有变化" in clerk.told()
    assert "撤回分拨" not in clerk_of("周航", case).offered()


def test_a_dispatch_is_taken_back_within_a_minute(life, clerk_of):
    case = life.register()
    clerk = clerk_of("周航", case).opens(Deed.DISPATCH).fills(lead=("城建办",)).done()
    life.hall.clock.forward(seconds=61)
    clerk.opens(Deed.TAKE_BACK)
    assert clerk.told() == "已过 60 秒，不能撤回。需要改请用“改派”，写一句理由。"
    assert life.case(case).status is CaseStatus.DISPATCHED


def test_a_team_that_was_ended_is_not_called_in(life, clerk_of):
    hall = life.hall
    admin = hall.sign_in("许诺")
    facts = {"name": "应急抢修队", "kind": "抢修", "unit": hall.unit("南塘社区")}
    team = admin.carry_out(SetTeam(**hall.by("许诺"), **facts)).made["team"]
    case = life.at("accepted")
    clerk = clerk_of("周航", case).opens(Deed.ADD_SUPPORT)
    clerk.fills(units=("应急",), reason="要抢修")
    admin.carry_out(EndTeam(**hall.by("许诺"), team=team))
    clerk.refused("units", "所选的队伍已停用，请重新选择。")


def test_help_is_asked_for_and_dropped_with_a_reason(life, clerk_of):
    case = life.at("accepted")
    clerk = clerk_of("周航", case).opens(Deed.ADD_SUPPORT)
    clerk.refused("units", "请选要加派的单位或队伍。")
    clerk.fills(units=("执法队", "南塘"))
    clerk.refused("reason", "请写一句加派的理由，这个单位会看到。")
    clerk.fills(reason="要清场")
    enforcement = life.hall.unit("综合行政执法队")
    life.do("周航", AddSupport, case, units=(enforcement,), reason="要清场")
    clerk.overtaken()
    clerk.refused("units", "执法队已在办理这一件，不用再加派。")
    clerk.panel.form.entries["units"].write([f"unit:{life.hall.unit('南塘社区')}"])
    clerk.done()

    clerk.opens(Deed.DROP_SUPPORT)
    clerk.refused("parts", "请勾选要撤下的协办单位。")
    clerk.go_to("parts")
    clerk.write(" ")
    clerk.refused("reason", "请写一句撤下的理由，这个单位会看到。")
    clerk.fills(reason="不用了").done()


def test_a_support_that_asks_to_go_is_simply_dropped(life, clerk_of):
    case = life.at("accepted")
    enforcement = life.hall.unit("综合行政执法队")
    life.do("周航", AddSupport, case, units=(enforcement,), reason="要清场")
    life.do("孙浩", ReturnDispatch, case, reason=ReturnReason.NOT_OURS, note="不归我们")

    clerk_of("周航", case).opens(Deed.DROP_SUPPORT).fills(reason="确实用不上").done()

    ended = asked_back(life, case, AssignmentStatus.REPLACED)
    assert [part.unit_id for part in ended] == [enforcement]


def test_support_that_reported_meanwhile_is_not_dropped(life, clerk_of):
    case = life.at("accepted")
    enforcement = life.hall.unit("综合行政执法队")
    life.do("周航", AddSupport, case, units=(enforcement,), reason="要清场")
    life.do("孙浩", AcceptAssignment, case)
    clerk = clerk_of("周航", case).opens(Deed.DROP_SUPPORT).fills(reason="不用了")
    life.do("孙浩", ReportSupport, case, result=HandlingResult.SOLVED, feedback="已清场")
    clerk.overtaken()
    clerk.refused("parts", "请选要撤下的协办单位，可能已经反馈或撤下。")


def test_a_supporting_unit_says_what_it_did(life, clerk_of):
    case = life.at("accepted")
    enforcement = life.hall.unit("综合行政执法队")
    life.do("周航", AddSupport, case, units=(enforcement,), reason="要清场")
    life.do("孙浩", AcceptAssignment, case)
    clerk = clerk_of("孙浩", case).opens(Deed.REPORT_SUPPORT)
    clerk.refused("result", "请选协办的结果，考核时各单位分开算。")
    clerk.fills(result=1)
    clerk.refused("feedback", "请写下协办做了什么。")
    clerk.fills(feedback="已清场").done()
    assert not clerk_of("孙浩", case).may(Deed.REPORT_SUPPORT)


def test_who_has_no_part_any_more_is_told_so_and_keeps_his_words(life, clerk_of):
    case = life.at("accepted")
    clerk = clerk_of("赵强", case).opens(Deed.VERIFY).fills(note="配电箱带电")
    life.dispatch_to("综合行政执法队", case, reason="归执法队管")
    clerk.overtaken()
    assert "不归您办理" in clerk.panel.said()
    clerk.keys("Escape")

    case = life.at("accepted")
    clerk = clerk_of("赵强", case).opens(Deed.KEEP_ITEM).fills(name="配电箱钥匙")
    life.dispatch_to("综合行政执法队", case, reason="归执法队管")
    clerk.refused("", "这一步现在不归您办理。请刷新案件，看看它现在在谁手里。")


def test_whom_a_case_is_about_hears_nothing_more_of_it(life, clerk_of):
    case = life.at("accepted")
    clerk = clerk_of("赵强", case).opens(Deed.VERIFY).fills(note="配电箱带电")
    unit = life.hall.unit("城建办")
    life.do("李敏", RecordAccused, case, unit=unit, reason="他来电说的")
    clerk.refused(
        "", "找不到这一件，可能已不归您查看（回避或保密）。请刷新列表，如有疑问请找信联办。"
    )
