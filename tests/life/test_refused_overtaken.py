"""What a colleague did meanwhile is said when it is sent again; what was written is still there."""

from datetime import timedelta

from desk.actions.assessing import AskAssessment, CountAgain, DecideAssessment, DropAssessment
from desk.actions.leader_cases import ConcludeLeaderCase, HandOverLeaderCase, RaiseLeaderCase
from desk.actions.leader_desk import UnmarkKeyCase
from desk.actions.leader_steps import RecordStep
from desk.actions.leader_team import JoinTeam, LeaveTeam
from desk.actions.supervising import TakeSupervision
from desk.actions.urging import ExplainUrging
from desk.rules.assessment_codes import ExclusionReason, RequestKind, RequestState
from desk.rules.codes import Resolution, Satisfaction
from desk.rules.deeds import Deed
from desk.rules.leader_case_codes import LeaderOutcome, TeamRole
from desk.rules.wording import label
from desk.store.models import LeaderStep, Supervision, TeamMember, Urging
from tests.life.test_supervision import TO_DO, rows

FACTS = "产权证和界桩照片显示不在本辖区，已当面说明。"
WHY = "三轮没有解决，楼道线和进线分属两家。"
NONE_LED = "此件现在没有在办的包案，请刷新后再看。"


def again(clerk, sentence, field=""):
    """Come back to a panel that a colleague has overtaken, and send it again."""
    clerk.resumes().overtaken()
    return clerk.refused(field, sentence)


def test_a_request_about_the_rates_goes_from_desk_to_desk_once(life, clerk_of):
    case = life.at("follow_up")
    life.sent_back(case)
    asked = {"kind": RequestKind.EXCLUDE, "reasons": (ExclusionReason.ELSEWHERE,)}
    asked |= {"facts": FACTS, "head_name": "方岩"}
    unit = clerk_of("赵强", case).opens(Deed.ASK_ASSESSMENT)
    unit.fills(reasons=["非本辖区"], facts=FACTS, head_name="方岩")
    life.do("赵强", AskAssessment, case, **asked)
    again(unit, "此件已有一份申请在签批。请等结果，或先撤回那一份再重新申请。")

    leader = clerk_of("郑伟", case).opens(Deed.DECIDE_ASSESSMENT).fills(is_passed=1)
    life.do("王磊", DecideAssessment, case, is_passed=True)  # the first leader signs for any
    again(leader, f"这份申请{label(RequestState.CHIEF)}签，不在您这里。")

    for who in ("王磊", "周航"):
        life.do(who, DecideAssessment, case, is_passed=True)
    again(unit, "此件本来就不纳入考核，不用申请剔除。")

    chief = clerk_of("王磊", case).opens(Deed.COUNT_AGAIN).fills(note="照片拍错了地方")
    new = {"was_contacted": True, "resolution": Resolution.YES, "facts": FACTS}
    new |= {"satisfaction": Satisfaction.SATISFIED, "head_name": "方岩"}
    life.do("赵强", AskAssessment, case, kind=RequestKind.RATE_AGAIN, **new)
    again(chief, "此件还有一份申请在签批，请先办完那一份。")
    life.do("赵强", DropAssessment, case)
    life.do("王磊", CountAgain, case, note="照片拍错了")
    again(chief, "此件没有已批准的申请，不用恢复。请刷新后再看。")


def test_a_mark_comes_off_once(life, clerk_of):
    case = life.at("handling")
    clerk_of("王磊", case).opens(Deed.MARK_KEY).fills(reason="涉及 200 户用水").done()
    office = clerk_of("周航", case).opens(Deed.MARK_KEY).fills(way=1)
    life.do("王磊", UnmarkKeyCase, case)
    again(office, "此件现在不是重点件，不用取消。请刷新后再看。")


def test_a_supervision_is_signed_for_and_an_urging_explained_once(life, clerk_of):
    case = life.at("handling")
    office = clerk_of("周航", case).opens(Deed.SUPERVISE)
    office.fills(grounds=["领导批示"], requirement=TO_DO).done()
    unit = clerk_of("赵强", case).opens(Deed.TAKE_SUPERVISION)
    (row,) = rows(life, Supervision, case)
    life.do("赵强", TakeSupervision, case, supervision=row.id)
    again(unit, "找不到这件督办，请刷新后再试。")

    clerk_of("周航", case).opens(Deed.URGE).fills(note="今天到场。").done()
    unit = clerk_of("赵强", case).opens(Deed.EXPLAIN_URGING).fills(explanation="等停电")
    (row,) = rows(life, Urging, case)
    life.do("赵强", ExplainUrging, case, urging=row.id, explanation="等停电通知")
    again(unit, "找不到这次催办，请刷新后再试。")


def test_a_case_is_led_by_one_leader_and_concluded_once(life, clerk_of):
    case, today = life.at("handling"), life.hall.clock().date()
    office = clerk_of("周航", case).opens(Deed.RAISE_LEADER_CASE)
    office.fills(reason=WHY, leader=("郑伟",))
    facts = {"reason": WHY, "leader": life.hall.person("郑伟").staff_id, "started_on": today}
    life.do("周航", RaiseLeaderCase, case, **facts, planned_until=today + timedelta(days=9))
    again(office, "此件已有领导在包案。要换人请用“移交”。", "leader")

    unit = clerk_of("赵强", case).opens(Deed.WORK_LEADER_CASE)
    unit.fills(part=2, action="换进线", due_on="明天").done()
    (step,) = rows(life, LeaderStep, case)
    unit = clerk_of("赵强", case).opens(Deed.WORK_LEADER_CASE)
    unit.fills(part=5, step=1, reason="已换")
    life.do("赵强", RecordStep, case, step=step.id, result="换好了", done_on=today)
    again(unit, "这一步已经记过结果；有新情况请另记一条进展。", "step")

    office = clerk_of("周航", case).opens(Deed.DIRECT_LEADER_CASE)
    office.fills(role=2, staff=("赵强",)).done()
    life.do("周航", JoinTeam, case, role=TeamRole.DELEGATE, staff=None, name="马丽")
    member = next(row for row in rows(life, TeamMember, case) if row.name == "赵强")
    office = clerk_of("周航", case).opens(Deed.DIRECT_LEADER_CASE).fills(part=2, member=2)
    life.do("周航", LeaveTeam, case, member=member.id)
    again(office, "找不到这位成员，可能刚被别人请出专班，请刷新后再看。", "member")

    leader = clerk_of("郑伟", case).opens(Deed.DIRECT_LEADER_CASE).fills(role=2, name="马丽")
    chief = life.hall.person("王磊").staff_id
    life.do("周航", HandOverLeaderCase, case, leader=chief, reason="分工调整")
    again(leader, "组队、移交和结论由包案领导、主要领导或信联办来定。")

    said = {"outcome": LeaderOutcome.RESOLVED, "conclusion": "线路已换", "concluded_on": today}
    life.do("王磊", ConcludeLeaderCase, case, **said)
    again(leader, NONE_LED)
    again(unit, NONE_LED)
