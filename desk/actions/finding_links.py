"""What becomes of a finding (未诉先办转出): a case, or part of a topic; linked both ways.

A case that comes of it is an ordinary intake with its facts filled in; nobody brought it, so it
takes no part in the rates of those who were asked.
"""

from dataclasses import dataclass

from sqlalchemy import select

from desk.actions.early_actions import FindingRequest, changing
from desk.actions.intake import RegisterCase, register_case
from desk.rules.codes import Channel, Exit, Purpose, SourceLevel
from desk.rules.early_action_codes import EarlyActionState
from desk.rules.early_actions import works_in
from desk.rules.errors import RuleBroken
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Case, EarlyAction, Topic
from desk.store.requests import Changes, action
from desk.store.topic_sight import topic_seen_by
from desk.store.transaction import Transaction

NOT_RATED = "未诉先办，没有诉求人，不参加满意率"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFromFinding(FindingRequest):
    """Take a finding in as a case (转诉求件).

    Attributes:
        exit: TRANSFER, or OWN_UNIT where the asker's unit goes on with it.
    """

    exit: Exit = Exit.TRANSFER
    request: str = words("请求", Field.BODY, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFinding(FindingRequest):
    """Put a finding beside a topic, or beside a case that is there already (关联).

    Attributes:
        topic: which one; None takes it out of its topic.
        case: which one; None leaves the link as it is.
    """

    topic: int | None = None
    case: int | None = None


@action(CaseFromFinding, "early_action.turned")
def case_from_finding(tx: Transaction, request: CaseFromFinding) -> Changes:
    """Register a case from a finding and keep both linked.

    Raises:
        StaleCase: somebody changed the finding meanwhile.
        NotAllowed: it is another community's, or the asker takes no cases in.
        RuleBroken: it was turned into a case before, or was taken back.
    """
    row = changing(tx, request.finding, request.seen)
    if row.case_id is not None:
        raise RuleBroken("这一条已转成诉求件，不用再转。请打开那一件。")
    if row.state is EarlyActionState.VOID:
        raise RuleBroken("这一条已作废。要转诉求件，请先恢复。")
    if request.exit not in {Exit.TRANSFER, Exit.OWN_UNIT}:
        raise RuleBroken("未诉先办转诉求件，请选受理转办或本部门自办。", field="exit")
    made = register_case(tx, _intake(tx, row, request))
    case = tx.session.get_one(Case, made.made["case"])
    case.counts_in_rates, case.excluded_reason = False, NOT_RATED
    row.case_id = case.id
    return Changes(
        f"由未诉先办 {row.number} 转为诉求件",
        cases=(case.id,),
        made={"case": case.id, "number": case.number, "early_action": row.id},
    )


@action(LinkFinding, "early_action.linked")
def link_finding(tx: Transaction, request: LinkFinding) -> Changes:
    """Say which topic or case a finding belongs to.

    Raises:
        StaleCase: somebody changed the finding meanwhile.
        NotAllowed: it is another community's.
        RuleBroken: there is no such topic or case, or it is kept from the asker.
    """
    row = changing(tx, request.finding, request.seen)
    if request.topic is not None:
        known = select(Topic.id).where(Topic.id == request.topic, topic_seen_by(tx.person))
        if tx.session.scalar(known) is None:
            raise RuleBroken("找不到这个专题，请从列表里选。", field="topic")
    touched: tuple[int, ...] = ()
    if request.case is not None and request.case != row.case_id:
        if row.case_id is not None:
            raise RuleBroken("这一条已有关联的诉求件，不能再关联另一件。", field="case")
        tx.touch(tx.earlier_case(request.case, field="case", what="关联的诉求件"))
        touched, row.case_id = (request.case,), request.case
    row.topic_id = request.topic
    return Changes(
        f"未诉先办 {row.number} 关联",
        cases=touched,
        made={"early_action": row.id, "number": row.number},
    )


def _intake(tx: Transaction, row: EarlyAction, request: CaseFromFinding) -> RegisterCase:
    is_there = works_in(row.community_id, tx.person) or tx.person.is_built_in
    first = row.community_id if is_there else tx.person.home_unit_id
    site = row.address or ""
    return RegisterCase(
        made_by=request.made_by,
        happened_at=request.happened_at,
        command=request.command,
        case=new_id(),
        exit=request.exit,
        channel=Channel.EARLY_ACTION,
        purpose=Purpose.HELP,
        source_level=SourceLevel.COMMUNITY,
        details=row.situation if not site else f"{row.situation}\n地点：{site}",
        request=request.request,
        category=row.category_id,
        first_unit=first,
        place=row.place_id,
        community=row.community_id,
        grid=row.grid_id,
        note=f"由未诉先办 {row.number} 转来"
        + (f"，已采取的措施：{row.measure}" if row.measure else ""),
    )
