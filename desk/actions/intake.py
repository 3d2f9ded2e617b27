"""Intake (首问首办受理): taking an appeal in, with one of four exits (DOMAIN.md 9.1)."""

from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from desk.actions.agents import AgentFacts, add_agent
from desk.actions.appointments import link_appointment
from desk.actions.clocks import happened, look_limits_up, start_clocks
from desk.actions.contacts import record_first_talk
from desk.actions.intake_checks import SUMMARY_LENGTH, check_intake, summary_of
from desk.actions.numbers import take_number
from desk.actions.papers import issue, look_layouts_up, writing_of
from desk.actions.receptions import put_on_day
from desk.actions.repeat_verdicts import verdicts_of
from desk.actions.search_doc import write_search_doc
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    Channel,
    ClockEvent,
    Exit,
    GuideWay,
    HandlingResult,
    IdKind,
    Purpose,
    Resolution,
    Satisfaction,
    Sex,
    SourceLevel,
    Urgency,
)
from desk.rules.deeds import Deed
from desk.rules.identity import shown_name
from desk.rules.late_uploads import is_late_upload
from desk.rules.lifecycle import FIRST_STATUS
from desk.rules.numbering import NumberKind, number_year
from desk.rules.pinyin import spoken_names
from desk.rules.receptions import visit_mode_of
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.rules.urgency import Judgement
from desk.rules.wording import label
from desk.store.gate import amount, words
from desk.store.identities import key_ids_of
from desk.store.ids import new_id
from desk.store.models import (
    Assignment,
    Case,
    CaseAlias,
    Material,
    Matter,
    OutsideNumber,
    PrivateFacts,
    Round,
    Staff,
)
from desk.store.paper_source import category_words
from desk.store.people import staff_name
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

__all__ = ["SUMMARY_LENGTH", "Appellant", "MaterialFacts", "RegisterCase", "summary_of"]

_LATE_ENTRY = timedelta(minutes=30)  # later than this after it happened is a 补录
_PAPERS = ("intake-sheet", "receipt")
_TALKING = frozenset({Channel.VISIT, Channel.LEADER_DAY, Channel.CALL})  # someone is there now


@dataclass(frozen=True, slots=True, kw_only=True)
class Appellant:
    """Who brings the appeal and how to reach him; all of it may be left out (匿名)."""

    name: str = words("诉求人", Field.NAME, default="")
    phone: str = words("电话", longest=40, default="")
    other_phone: str = words("另一电话", longest=40, default="")
    address: str = words("地址", default="")
    site: str = words("事发地址", default="")
    workplace: str = words("工作单位", default="")
    sex: Sex | None = None
    birth_year: int | None = amount("出生年份", 1900, 2100, default=None)
    id_kind: IdKind | None = None
    id_number: str = words("证件号码", longest=40, default="")
    guardian: str = words("监护人", Field.NAME, default="")
    representatives: str = words("代表人", default="")
    other_party: str = words("对方当事人", default="")


@dataclass(frozen=True, slots=True)
class MaterialFacts:
    """Material handed in at the counter."""

    name: str = words("收取材料")
    copies: int = amount("材料份数", 1, default=1)
    is_original: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCase(Request):
    """Take in an appeal; `happened_at` is when the resident came or called.

    Attributes:
        same_visit: another case that the same person brought in the same visit (再开一件).
        temporary_number: what the desk printed while it could not reach the server (暂存号).
        former_number: what the case was called before the server was restored from a copy.
        appointment: what he had agreed on before he came (预约).
        agent: who came for him (委托代办).
    """

    exit: Exit
    channel: Channel
    details: str = words("诉求内容", Field.BODY)
    category: int
    first_unit: int
    case: int = field(default_factory=new_id)
    appellant: Appellant = field(default_factory=Appellant)
    summary: str = words("标题", default="")
    request: str = words("诉求人请求", Field.BODY, default="")
    purpose: Purpose = Purpose.HELP
    source_level: SourceLevel = SourceLevel.STREET
    platform: str = words("来源平台", longest=60, default="")
    outside_number: str = words("外部编号", longest=60, default="")
    headcount: int = amount("人数", 1, default=1)
    needs: tuple[str, ...] = words("所需服务", default=())
    place: int | None = None
    community: int | None = None
    grid: int | None = None
    first_responder: int | None = None
    first_responder_reason: str = words("更改首问人的理由", default="")
    judgement: Judgement = field(default_factory=Judgement)
    urgency: Urgency = Urgency.ROUTINE
    is_complex: bool = False
    accused_unit: int | None = None
    accused_staff: int | None = None
    hides_appellant: bool = False
    matters: tuple[str, ...] = words("事项", Field.BODY, default=())
    materials: tuple[MaterialFacts, ...] = ()
    occurred: str = words("事发时间", longest=120, default="")
    litigation: str = words("诉讼等情况", default="")
    answer: str = words("答复或解释", Field.BODY, default="")
    guided_to: str = words("引导去向", default="")
    guide_person: str = words("对接人", longest=100, default="")
    guide_phone: str = words("对接电话", longest=40, default="")
    service_item: int | None = None
    guide_way: GuideWay | None = None
    has_arrived: bool | None = None
    satisfaction: Satisfaction | None = None
    repeat_of: int | None = None
    no_repeats: tuple[int, ...] = ()
    same_visit: int | None = None
    note: str = words("备注", Field.BODY, default="")
    temporary_number: str = words("暂存号", longest=40, default="")
    former_number: str = words("原编号", longest=60, default="")
    appointment: int | None = None
    agent: AgentFacts = field(default_factory=AgentFacts)


@action(RegisterCase, "case.registered", may_wait=True)
def register_case(tx: Transaction, request: RegisterCase) -> Changes:
    """Take in an appeal, start its clocks and issue its papers (DOMAIN.md 6.1 #1–#3, 9.1).

    Raises:
        RuleBroken: something that this exit needs is missing; `field` names it.
    """
    require_hall(Deed.REGISTER, tx.person)
    check_intake(tx, request)
    _look_up(tx, request)
    case = _new_case(tx, request)
    tx.touched.append(case)
    tx.add(case, *_rows_of(tx, case, request))
    # only the desk that took a report in knows of it, until somebody decides who handles it (9.4)
    around = () if case.is_secret else (request.community, request.grid)
    for unit in {request.first_unit, *around}:
        if unit is not None:
            tx.involve(case, unit)
    _begin_handling(tx, case, request)
    tx.add(*_aliases(tx, case, request), *verdicts_of(tx, case, request.no_repeats))
    _visit(tx, case, request)
    write_search_doc(tx, case)
    for code in _PAPERS:
        issue(tx, case, code, number=case.number)
    return Changes(
        f"首问受理，{label(request.exit)}",
        cases=(case.id,),
        made={"case": case.id, "number": case.number},
        detail=f"{label(case.channel)}，首问人 {case.first_responder_name}"
        + _renumbered(case, request),
    )


def _look_up(tx: Transaction, request: RegisterCase) -> None:
    """Read what can be read before the number: until this ends, all other desks wait for theirs."""
    spoken_names(request.appellant.name)
    look_limits_up(tx)
    look_layouts_up(tx, *_PAPERS)
    writing = writing_of(tx)
    category_words(writing, request.category)
    staff_name(tx.session, request.made_by)
    unit_name(tx.session, request.first_unit, tx.today)
    key_ids_of(tx.session, tx.street_id)


def _visit(tx: Transaction, case: Case, request: RegisterCase) -> None:
    """Keep how somebody came: by appointment, by an agent, on a leader's day (来访方式、接访)."""
    if request.agent.name:
        add_agent(tx, case, request.agent)
    agreed = None
    if request.appointment is not None:
        agreed = link_appointment(tx, request.appointment, case.id, request.happened_at)
    put_on_day(tx, case, request.happened_at, agreed)


def _renumbered(case: Case, request: RegisterCase) -> str:
    """Return the words about a number that changed when the server was restored from a copy."""
    if request.former_number in {"", case.number}:
        return ""
    return f"\n编号更正：原编号 {request.former_number}，两个编号都能查到本件。"


def _new_case(tx: Transaction, request: RegisterCase) -> Case:
    responder = request.first_responder or request.made_by
    late = is_late_upload(request.saved_at, tx.now)
    recorded_at = request.saved_at if late and request.saved_at else tx.now
    responder_name = tx.session.get_one(Staff, responder).name
    name = request.appellant.name
    is_report = request.purpose is Purpose.REPORT
    on_spot = request.exit is Exit.ON_SPOT
    first_of_visit = _first_of_visit(tx, request)
    taken = take_number(tx, NumberKind.CASE, number_year(request.happened_at))
    return Case(
        id=request.case,
        street_id=tx.street_id,
        number=taken.text,
        year=taken.year,
        seq=taken.seq,
        channel=request.channel,
        platform=request.platform or None,
        visit_mode=visit_mode_of(
            request.channel,
            has_appointment=request.appointment is not None,
            has_agent=bool(request.agent.name),
        ),
        source_level=request.source_level,
        exit=request.exit,
        purpose=request.purpose,
        category_id=request.category,
        summary=request.summary or summary_of(request.details),
        details=request.details,
        request=request.request or None,
        appellant_shown=shown_name(name, is_hidden=request.hides_appellant or is_report),
        is_anonymous=not name,
        headcount=request.headcount,
        needs=list(request.needs),
        place_id=request.place,
        community_id=request.community,
        grid_id=request.grid,
        first_responder_id=responder,
        first_responder_name=responder_name,
        first_responder_reason=request.first_responder_reason or None,
        first_unit_id=request.first_unit,
        recorder_id=request.made_by,
        received_at=request.happened_at,
        recorded_at=recorded_at,
        uploaded_at=tx.now if late else None,
        is_backfilled=recorded_at - request.happened_at > _LATE_ENTRY,
        is_imported=False,
        urgency=request.urgency,
        is_complex=request.is_complex,
        is_graded=False,
        judgement=asdict(request.judgement),
        accused_unit_id=request.accused_unit,
        accused_staff_id=request.accused_staff,
        is_secret=is_report,
        hides_appellant=request.hides_appellant or is_report,
        status=FIRST_STATUS[request.exit],
        mode=None,
        round_no=1,
        lead_unit_id=request.first_unit if request.exit is Exit.OWN_UNIT else None,
        handler_id=responder if request.exit is Exit.OWN_UNIT else None,
        return_count=0,
        result=HandlingResult.SOLVED if on_spot else None,
        answer=request.answer or None,
        guided_to=request.guided_to or None,
        guide_person=request.guide_person or None,
        guide_phone=request.guide_phone or None,
        service_item_id=request.service_item,
        guide_way=request.guide_way,
        has_arrived=request.has_arrived,
        occurred=request.occurred or None,
        litigation=request.litigation or None,
        is_overdue=False,
        was_contacted=True if on_spot and request.satisfaction else None,
        resolution=Resolution.YES if on_spot and request.satisfaction else None,
        satisfaction=request.satisfaction if on_spot else None,
        counts_in_rates=request.exit is not Exit.GUIDANCE,
        is_national_survey=False,
        repeat_of_id=request.repeat_of,
        same_visit_id=first_of_visit,
        tags=[],
        note=request.note or None,
        closed_at=request.happened_at if on_spot else None,
        changed_at=tx.now,
    )


def _first_of_visit(tx: Transaction, request: RegisterCase) -> int | None:
    if request.same_visit is None:
        return None
    other = tx.earlier_case(request.same_visit, field="same_visit")
    return other.same_visit_id or other.id


def _rows_of(tx: Transaction, case: Case, request: RegisterCase) -> list[object]:
    key = {"street_id": tx.street_id, "case_id": case.id}
    facts = {name: value or None for name, value in asdict(request.appellant).items()}
    rows: list[object] = [
        PrivateFacts(**key, **facts),
        Round(id=new_id(), **key, number=1, started_at=request.happened_at),
    ]
    matters = [matter for matter in request.matters if matter] or [case.summary]
    ended: dict[str, Any] = {}
    if request.exit is Exit.ON_SPOT:
        ended = {"result": case.result, "answer": request.answer, "is_solved": True}
    rows += [
        Matter(id=new_id(), **key, seq=seq, content=content, **ended)
        for seq, content in enumerate(matters, start=1)
    ]
    rows += [
        Material(id=new_id(), **key, name=m.name, copies=m.copies, is_original=m.is_original)
        for m in request.materials
    ]
    if request.outside_number:
        rows.append(
            OutsideNumber(
                id=new_id(),
                **key,
                platform=request.platform or label(request.channel),
                number=request.outside_number,
            )
        )
    return rows


def _aliases(tx: Transaction, case: Case, request: RegisterCase) -> list[CaseAlias]:
    """Return the numbers under which the case may be asked for besides its own."""
    numbers = {request.temporary_number, request.former_number} - {"", case.number}
    key = {"street_id": tx.street_id, "case_id": case.id, "given_at": request.happened_at}
    return [CaseAlias(number=number, **key) for number in sorted(numbers)]


def _begin_handling(tx: Transaction, case: Case, request: RegisterCase) -> None:
    at = request.happened_at
    if request.exit in {Exit.ON_SPOT, Exit.GUIDANCE}:
        return
    if request.exit is Exit.OWN_UNIT:
        tx.add(
            Assignment(
                id=new_id(),
                street_id=tx.street_id,
                case_id=case.id,
                round_no=1,
                unit_id=case.first_unit_id,
                role=AssignmentRole.LEAD,
                status=AssignmentStatus.ACCEPTED,
                handler_id=case.first_responder_id,
                dispatched_at=at,
                accepted_at=at,
                requirements=[],
            )
        )
    can_be_called = bool(request.appellant.phone) or request.channel in _TALKING
    start_clocks(tx, case, ClockEvent.RECEIVED, at, can_be_called=can_be_called)
    if request.exit is Exit.OWN_UNIT:  # it was given to itself, and has taken it
        happened(tx, case, ClockEvent.DISPATCHED, at)
        happened(tx, case, ClockEvent.ACCEPTED, at)
    if request.channel in _TALKING:
        record_first_talk(tx, case, at, request.channel)
