"""A leader takes a case: team, plan, five pledges, meetings, handing over, and the conclusion."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from desk.actions.assessing import AskAssessment
from desk.actions.checklists import CheckSaid
from desk.actions.dispatching import DispatchCase
from desk.actions.extensions import AskExtension
from desk.actions.handling import FinishHandling
from desk.actions.leader_cases import (
    ConcludeLeaderCase,
    HandOverLeaderCase,
    RaiseLeaderCase,
)
from desk.actions.leader_steps import DropStep, GoThroughList, PlanStep, RecordStep
from desk.actions.leader_team import JoinTeam, LeaveTeam
from desk.actions.recusal import RecordAccused
from desk.queries.case_file import case_file
from desk.queries.led_week import led_week
from desk.rules.assessment_codes import ExclusionReason, RequestKind
from desk.rules.clock_codes import ExtensionKind, ExtensionReason
from desk.rules.codes import ClockKind, HandlingResult, PaperState, Purpose, Urgency
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.leader_case_codes import (
    CheckAnswer,
    Checklist,
    CheckOccasion,
    LeaderOutcome,
    TeamRole,
)
from desk.rules.moments import day_of, end_of
from desk.store.models import CheckLine, LeaderCase, LeaderStep, Paper, TeamMember
from tests.actions.work import CHEN, LI, LIANG, QIN, SUN, WANG, ZHAO, ZHENG, ZHOU, S

T = TeamRole
WHY = "三轮没有解决，楼道线和进线分属两家。"
MEMBERS = {
    "role": T.DELEGATE,
    "name": "梁国栋",
    "office": "区人大代表",
}


def today(work):
    return day_of(work.clock())


def raise_it(work, case, who=ZHOU, leader=ZHENG, **more):
    facts = {
        "reason": WHY,
        "leader": work.staff(leader),
        "started_on": date(2026, 11, 2),
        "planned_until": date(2026, 12, 2),
    }
    work.clock.forward(minutes=1)
    return work.ask(who, RaiseLeaderCase, case, **(facts | more))


def led(work, status=S.HANDLING, **more):
    case = work.to(status)
    raise_it(work, case, **more)
    return case


def done(work, case, who=ZHAO, request=RecordStep, **more):
    facts = {"action": "入户走访", "result": "10 户同意", "done_on": date(2026, 11, 2)}
    work.clock.forward(minutes=1)
    return work.ask(who, request, case, **(facts | more if request is RecordStep else more))


def file_of(work, case, who=ZHOU):
    return work.desk(who).read(lambda reader: case_file(reader, case))


def papers(work, case):
    with Session(work.hall.engine) as session:
        found = select(Paper).where(Paper.case_id == case, Paper.code == "leader-case")
        return list(session.scalars(found.order_by(Paper.id)))


def refused(work, case, who, request, error=RuleBroken, **more):
    with pytest.raises(error) as found:
        work.ask(who, request, case, **more)
    return found.value


def test_a_leader_takes_a_case_and_it_goes_by_his_plan(work):
    case = work.to(S.HANDLING)
    changes = raise_it(work, case)
    view = file_of(work, case).leading.now
    assert changes.title == "提级办理，郑伟包案"
    assert (view.leader.name, view.reason, view.planned_until) == (ZHENG, WHY, date(2026, 12, 2))
    assert view.hints == (
        "党代表、人大代表还差 1 人",
        "年轻干部还差 1 人",
        "业务人员还差 2 人",
        "网格员还差 1 人",
    )
    handle = next(c for c in file_of(work, case).clocks if c.kind is ClockKind.HANDLE)
    assert handle.facts.due_at == end_of(date(2026, 12, 2))
    assert handle.facts.original_due_at < handle.facts.due_at
    (paper,) = papers(work, case)
    assert paper.number.startswith("青榕包〔2026〕")
    assert paper.row["leader"].startswith(ZHENG)


def test_a_late_limit_stays_late_and_the_case_cannot_be_raised_twice(work):
    case = work.to(S.HANDLING)
    work.clock.forward(hours=80)
    raise_it(work, case)
    handle = next(c for c in file_of(work, case).clocks if c.kind is ClockKind.HANDLE)
    assert handle.facts.due_at == handle.facts.original_due_at
    work.clock.set("2026-11-02 10:00")
    with pytest.raises(RuleBroken, match="已有领导在包案"):
        raise_it(work, case)


@pytest.mark.parametrize("who", [ZHAO, LI, CHEN, QIN])
def test_only_the_office_and_the_leaders_raise_a_case(work, who):
    case = work.to(S.HANDLING, handler=ZHAO)
    with pytest.raises(NotAllowed):
        raise_it(work, case, who)


def test_who_is_no_leader_or_has_to_stay_out_of_it_does_not_lead(work):
    case = work.to(S.HANDLING)
    with pytest.raises(RuleBroken, match="不是分管领导") as found:
        raise_it(work, case, leader=ZHAO)
    assert found.value.field == "leader"
    work.ask(LI, RecordAccused, case, staff=work.staff(ZHENG), reason="来信指名")
    with pytest.raises(RuleBroken, match="回避"):
        raise_it(work, case, leader=ZHENG)
    raise_it(work, case, WANG, leader=WANG)
    assert file_of(work, case, WANG).leading.now.leader.name == WANG


def test_a_team_is_made_with_hints_and_its_units_see_the_case(work):
    case = led(work)
    assert file_of(work, case, LIANG) is None
    work.ask(ZHENG, JoinTeam, case, role=T.GRID, staff=work.staff(LIANG))
    work.ask(ZHENG, JoinTeam, case, **MEMBERS)
    view = file_of(work, case, LIANG).leading.now
    assert [(one.role, one.name, one.office) for one in view.team] == [
        (T.LEADER, ZHENG, ""),
        (T.DELEGATE, "梁国栋", "区人大代表"),
        (T.GRID, LIANG, "南塘"),
    ]
    assert view.hints == ("年轻干部还差 1 人", "业务人员还差 2 人")
    done(work, case, LIANG, action="看望老人", result="都平安")
    assert [one.action for one in file_of(work, case).leading.now.steps] == ["看望老人"]


def test_nobody_is_in_a_team_twice_and_the_leader_is_changed_by_handing_over(work):
    case = led(work)
    work.ask(ZHOU, JoinTeam, case, role=T.YOUNG, staff=work.staff(ZHAO))
    for more, sentence in (
        ({"role": T.BUSINESS, "staff": work.staff(ZHAO)}, "已在专班"),
        ({"role": T.LEADER, "staff": work.staff(WANG)}, "用“移交”"),
        ({"role": T.DELEGATE}, "外单位的请写姓名"),
    ):
        assert sentence in str(refused(work, case, ZHOU, JoinTeam, **more))
    leader, young = work.all(TeamMember, case)
    assert "移交" in str(refused(work, case, ZHOU, LeaveTeam, member=leader.id))
    work.ask(ZHOU, LeaveTeam, case, member=young.id, reason="调走")
    assert "找不到" in str(refused(work, case, ZHOU, LeaveTeam, member=young.id))
    assert [one.name for one in file_of(work, case).leading.now.left] == [ZHAO]


def test_whom_a_case_is_about_is_not_in_its_team_and_leaves_it_at_once(work):
    case = led(work)
    work.ask(ZHOU, JoinTeam, case, role=T.GRID, staff=work.staff(CHEN))
    work.ask(ZHOU, JoinTeam, case, **MEMBERS)
    work.ask(LI, RecordAccused, case, unit=work.unit("榕东社区"), reason="来信指名")
    view = file_of(work, case).leading.now
    assert [one.name for one in view.team] == [ZHENG, "梁国栋"]
    assert [(one.name, one.reason) for one in view.left] == [(CHEN, "回避")]
    found = refused(work, case, WANG, JoinTeam, role=T.GRID, staff=work.staff(CHEN))
    assert "回避" in str(found)


def test_a_leader_whom_a_case_is_about_leaves_it_and_another_one_takes_over(work):
    case = led(work)
    work.ask(LI, RecordAccused, case, staff=work.staff(ZHENG), reason="来信指名")
    assert file_of(work, case).leading.now.leader is None
    assert file_of(work, case, ZHENG) is None
    assert case not in [one.case_id for one in work.desk(ZHENG).read(led_week).cases]
    work.ask(WANG, HandOverLeaderCase, case, leader=work.staff(WANG), reason="郑伟回避")
    assert file_of(work, case, WANG).leading.now.leader.name == WANG


def test_a_reports_team_is_made_of_those_who_see_it(work):
    case = work.register(purpose=Purpose.REPORT)
    to = {"lead": work.unit("纪工委"), "urgency": Urgency.FAST}
    work.ask(ZHENG, DispatchCase, case, **to)
    raise_it(work, case, ZHENG)
    found = refused(work, case, ZHENG, JoinTeam, role=T.BUSINESS, staff=work.staff(SUN))
    assert "保密件" in str(found)
    work.ask(ZHENG, JoinTeam, case, role=T.BUSINESS, staff=work.staff(QIN))


def test_the_plan_is_done_step_by_step_and_nothing_is_overwritten(work):
    case = led(work)
    work.ask(ZHAO, PlanStep, case, action="换进线", due_on=date(2026, 11, 9))
    work.ask(ZHAO, PlanStep, case, action="装声屏障", due_on=date(2026, 11, 5))
    barrier = next(row for row in work.all(LeaderStep, case) if row.action == "装声屏障")
    view = file_of(work, case).leading.now
    assert [one.action for one in view.planned] == ["装声屏障", "换进线"]
    work.ask(ZHAO, RecordStep, case, step=barrier.id, result="已装好", done_on=date(2026, 11, 2))
    wire = next(row for row in work.all(LeaderStep, case) if row.action == "换进线")
    work.ask(ZHENG, DropStep, case, step=wire.id, reason="供电公司已换")
    done(work, case)
    steps = file_of(work, case).leading.now.steps
    assert {(one.action, one.result, one.is_dropped) for one in steps} == {
        ("装声屏障", "已装好", False),
        ("换进线", "供电公司已换", True),
        ("入户走访", "10 户同意", False),
    }
    again = {"step": barrier.id, "result": "又装", "done_on": date(2026, 11, 2)}
    assert "已经记过" in str(refused(work, case, ZHAO, RecordStep, **again))
    assert "为什么取消" in str(_drop_without_reason(work, case))


def _drop_without_reason(work, case):
    work.ask(ZHAO, PlanStep, case, action="表决", due_on=date(2026, 11, 20))
    step = work.all(LeaderStep, case)[-1]
    return refused(work, case, ZHAO, DropStep, step=step.id, reason=" ")


def test_a_step_of_another_case_is_none_of_this_one(work):
    one, other = led(work), led(work)
    work.ask(ZHAO, PlanStep, other, action="换进线", due_on=date(2026, 11, 9))
    (step,) = work.all(LeaderStep, other)
    assert "找不到" in str(refused(work, one, ZHAO, DropStep, step=step.id, reason="不做了"))


def test_who_has_no_part_in_it_writes_nothing_and_decides_nothing(work):
    case = led(work)
    work.ask(ZHENG, JoinTeam, case, role=T.GRID, staff=work.staff(LIANG))
    work.ask(ZHENG, LeaveTeam, case, member=work.all(TeamMember, case)[-1].id)
    step = {"action": "走访", "result": "好", "done_on": date(2026, 11, 2)}
    assert "专班" in str(refused(work, case, LIANG, RecordStep, NotAllowed, **step))
    end = {"outcome": LeaderOutcome.RESOLVED, "conclusion": "好了", "concluded_on": today(work)}
    refused(work, case, ZHAO, ConcludeLeaderCase, NotAllowed, **end)
    assert "没有在办的包案" in str(
        refused(work, work.to(S.HANDLING), ZHENG, ConcludeLeaderCase, **end)
    )
    other = led(work, leader=WANG)
    assert "包案领导" in str(refused(work, other, ZHENG, ConcludeLeaderCase, NotAllowed, **end))


def test_five_pledges_and_three_questions_are_kept_line_by_line(work):
    case = led(work)
    first = CheckSaid("包掌握情况", CheckAnswer.PARTLY, "陈静", "走访 6 户")
    nothing = CheckSaid("包依法处理")
    work.ask(ZHAO, GoThroughList, case, checklist=Checklist.PLEDGES, said=(first, nothing))
    second = CheckSaid("包掌握情况", CheckAnswer.YES, "陈静", "走访 12 户", date(2026, 11, 2))
    work.ask(ZHAO, GoThroughList, case, checklist=Checklist.PLEDGES, said=(second,))
    asked = CheckSaid("诉求是否解决", CheckAnswer.NO)
    work.ask(ZHAO, GoThroughList, case, checklist=Checklist.QUESTIONS, said=(asked,))
    view = file_of(work, case).leading.now
    assert [one.words for one in view.pledges][:2] == ["包掌握情况", "包思想教育"]
    assert (view.pledges[0].answer, view.pledges[0].note) == (CheckAnswer.YES, "走访 12 户")
    assert view.pledges[4].said_at is None
    assert view.questions[0].answer is CheckAnswer.NO
    assert len(work.all(CheckLine, case)) == 3
    found = refused(work, case, ZHAO, GoThroughList, checklist=Checklist.PLEDGES, said=(nothing,))
    assert found.field == "said"


def test_three_questions_are_kept_at_finishing_parking_and_exclusion_too(work):
    said = (CheckSaid("办法是否穷尽", CheckAnswer.YES), CheckSaid("居民是否满意"))
    parked = work.to(S.HANDLING)
    work.ask(
        ZHAO,
        AskExtension,
        parked,
        kind=ExtensionKind.PARK,
        reason=ExtensionReason.FUNDS,
        explanation="等年度计划",
        review_on=today(work) + timedelta(days=30),
        questions=said,
    )
    finished = work.to(S.HANDLING)
    work.ask(
        ZHAO,
        FinishHandling,
        finished,
        result=HandlingResult.SOLVED,
        measures="换线",
        questions=said,
    )
    excluded = work.to(S.CLOSED)
    work.ask(
        ZHAO,
        AskAssessment,
        excluded,
        kind=RequestKind.EXCLUDE,
        reasons=(ExclusionReason.ELSEWHERE,),
        facts="事发地在邻街道，现场看过，有照片。",
        questions=said,
    )
    found = [
        [(row.occasion, row.words) for row in work.all(CheckLine, case)]
        for case in (finished, parked, excluded)
    ]
    assert found == [
        [(CheckOccasion.FINISHING, "办法是否穷尽")],
        [(CheckOccasion.PARKING, "办法是否穷尽")],
        [(CheckOccasion.EXCLUDING, "办法是否穷尽")],
    ]
    questions = file_of(work, finished).leading.questions
    assert [one.answer for one in questions] == [None, CheckAnswer.YES, None]


def test_a_case_is_handed_over_and_who_led_it_stays_in_its_history(work):
    case = led(work)
    hand = {"leader": work.staff(WANG), "reason": "分工调整"}
    assert "已经是" in str(
        refused(work, case, ZHOU, HandOverLeaderCase, leader=work.staff(ZHENG), reason="换人")
    )
    assert "为什么" in str(refused(work, case, ZHOU, HandOverLeaderCase, **(hand | {"reason": ""})))
    changes = work.ask(ZHENG, HandOverLeaderCase, case, **hand)
    assert changes.title == "包案郑伟移交王磊"
    view = file_of(work, case).leading.now
    assert view.leader.name == WANG
    assert [(one.name, one.reason) for one in view.left] == [(ZHENG, "分工调整")]
    first, second = papers(work, case)
    assert (first.state, second.number) == (PaperState.VOID, first.number)
    assert second.row["before"].startswith(f"{ZHENG}（2026-11-02 至")


def test_only_its_conclusion_ends_a_led_case_and_then_it_stands(work):
    case = led(work)
    questions = (CheckSaid("居民是否满意", CheckAnswer.YES),)
    work.ask(
        ZHENG,
        ConcludeLeaderCase,
        case,
        outcome=LeaderOutcome.RESOLVED,
        conclusion="线路已换，居民签字。",
        concluded_on=today(work),
        questions=questions,
    )
    leading = file_of(work, case).leading
    assert leading.now is None
    assert leading.earlier[0].conclusion == "线路已换，居民签字。"
    assert leading.earlier[0].questions[2].answer is CheckAnswer.YES
    assert papers(work, case)[-1].row["outcome"] == "已化解"
    step = {"action": "走访", "result": "好", "done_on": today(work)}
    assert "没有在办的包案" in str(refused(work, case, ZHAO, RecordStep, **step))
    raise_it(work, case, leader=WANG)  # it may come to that again
    assert len(file_of(work, case).leading.earlier) == 1
    assert papers(work, case)[-1].number != papers(work, case)[0].number


def test_a_leader_sees_his_week_what_moved_and_what_did_not(own_work):
    work = own_work
    work.clock.set("2026-11-02 09:00")
    still, moving, of_chief = led(work), led(work), led(work, leader=WANG)
    work.ask(ZHAO, PlanStep, still, action="换进线", due_on=date(2026, 11, 5))
    work.clock.set("2026-11-12 09:00")
    done(work, moving, done_on=date(2026, 11, 11))
    said = (CheckSaid("包掌握情况", CheckAnswer.YES),)
    work.ask(ZHAO, GoThroughList, moving, checklist=Checklist.PLEDGES, said=said)
    week = work.desk(ZHENG).read(led_week)
    assert [one.case_id for one in week.cases] == [still, moving]
    first, second = week.cases
    assert (first.is_still, first.quiet_days, first.moved, first.late_steps) == (True, 10, 0, 1)
    assert first.next_step == (date(2026, 11, 5), "换进线")
    assert (second.is_still, second.moved) == (False, 2)
    assert second.news == ((date(2026, 11, 11), "入户走访", "10 户同意"),)
    assert not second.is_over(date(2026, 12, 2))
    every = work.desk(WANG).read(led_week).cases
    assert (every[0].case_id, every[0].is_mine) == (of_chief, True)
    assert len(every) == 3
    assert work.desk(ZHAO).read(led_week).cases == ()


@pytest.mark.parametrize(
    "foreign",
    [
        "UPDATE leader_cases SET reason = '改', started_on = '2026-01-01' WHERE case_id = :case",
        "UPDATE check_lines SET answer = 'no' WHERE case_id = :case",
        "DELETE FROM leader_steps WHERE case_id = :case",
        "DELETE FROM team_members WHERE case_id = :case",
    ],
)
def test_what_was_said_of_a_led_case_stays_against_foreign_sql(work, foreign):
    case = led(work)
    done(work, case)
    said = (CheckSaid("包掌握情况", CheckAnswer.YES),)
    work.ask(ZHAO, GoThroughList, case, checklist=Checklist.PLEDGES, said=said)
    with pytest.raises(DatabaseError), work.hall.engine.begin() as connection:
        connection.execute(text(foreign), {"case": case})
    assert len(work.all(LeaderCase, case)) == 1
