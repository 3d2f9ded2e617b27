"""One row of a ledger as a request, and the case it is about (台账行与已有案件)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import false, select
from sqlalchemy.orm import Session

from desk.rules.codes import (
    CaseStatus,
    Channel,
    Discontent,
    DispatchMode,
    Exit,
    FollowUpWay,
    HandlingResult,
    Purpose,
    Resolution,
    Satisfaction,
    SourceLevel,
    Urgency,
)
from desk.rules.lifecycle import FIRST_STATUS
from desk.rules.reception_codes import VisitMode
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Case, OutsideNumber
from desk.store.requests import Request

GUIDED = "引导对接"  # the tag under which such a case goes out and comes in again
ASKED_SECRECY = "要求保密"  # an appellant's wish to be hidden goes out and comes in so, too
MERGED_IN = "已并案"  # handled together with its main case, which the row names
# and so does how he came, where it was not simply 现场 (来访方式)
CAME = {label(mode): mode for mode in (VisitMode.APPOINTMENT, VisitMode.AGENT)}
_ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCase(Request):
    """Take in one row of a ledger; units, communities and categories are known by their ids.

    Attributes:
        content_hash: the digest of the row, by which the same content is recognised.
        new_subcategory: a second level under `category` that the hall did not have so far.
        first_responder_name: as the ledger names him; he may have left long ago.
        repeat_of: the outside number of the main case, as the ledger names it.
    """

    platform: str = words("来源平台")
    outside_number: str = words("外部编号", Field.CODE)
    content_hash: str
    channel: Channel
    category: int
    new_subcategory: str = words("二级分类", default="")
    details: str = words("诉求内容", Field.BODY)
    urgency: Urgency
    received_at: datetime
    first_unit: int
    case: int = field(default_factory=new_id)
    title: str = words("标题", default="")
    source_level: SourceLevel = SourceLevel.STREET
    purpose: Purpose = Purpose.OTHER
    appellant: str = words("诉求人", Field.NAME, default="")
    phone: str = words("联系电话", Field.CODE, default="")
    other_phone: str = words("另一电话", Field.CODE, default="")
    address: str = words("地址", default="")
    community: int | None = None
    grid: int | None = None
    is_complex: bool = False
    first_responder: int | None = None
    first_responder_name: str = words("首问人", Field.NAME, default="")
    mode: DispatchMode | None = None
    lead: int | None = None
    supports: tuple[int, ...] = ()
    dispatched_at: datetime | None = None
    accepted_at: datetime | None = None
    contacted_at: datetime | None = None
    verified_at: datetime | None = None
    handled_at: datetime | None = None
    handle_until: datetime | None = None  # 延期、暂停以后办理应在什么时候前完成
    result: HandlingResult | None = None
    opinion: str = words("处理意见", Field.BODY, default="")
    opinion_at: datetime | None = None
    followed_up_at: datetime | None = None
    followup_way: FollowUpWay | None = None
    was_contacted: bool | None = None
    resolution: Resolution | None = None
    satisfaction: Satisfaction | None = None
    discontent: Discontent | None = None
    discontent_note: str = words("不满意的说明", default="")
    counts_in_rates: bool = True
    excluded_reason: str = words("不纳入原因", default="")
    repeat_of: str = words("重复件主件编号", Field.CODE, default="")
    is_national: bool = False
    tags: tuple[str, ...] = words("标签", default=())
    note: str = words("备注", Field.BODY, default="")


@dataclass(frozen=True, slots=True)
class KnownCase:
    """The case that platform and number already name.

    Attributes:
        content_hash: of the row imported last, or None where no ledger told of it so far.
        is_own: an appeal of the hall itself, exported under the hall's own number.
    """

    case_id: int
    version: int
    content_hash: str | None
    is_own: bool = False


def known_case(
    session: Session, street_id: int, platform: str, number: str, received_at: datetime
) -> KnownCase | None:
    """Return the case that a ledger's row is about, if the street has it already."""
    found = session.execute(
        select(Case.id, Case.version, OutsideNumber.content_hash)
        .join(OutsideNumber, OutsideNumber.case_id == Case.id)
        .where(
            OutsideNumber.street_id == street_id,
            OutsideNumber.platform == platform,
            OutsideNumber.number == number,
        )
    ).first()
    if found is not None:
        return KnownCase(*found)
    own = session.execute(
        select(Case.id, Case.version, Case.received_at).where(
            Case.street_id == street_id, Case.number == number, Case.is_imported == false()
        )
    ).first()
    if own is None or abs(own.received_at - received_at) >= _ONE_SECOND:
        return None  # a number of another database may look like one of ours
    return KnownCase(own.id, own.version, None, is_own=True)


def exit_of(request: ImportCase) -> Exit:
    """Return which exit the appeal took at the counter, as far as the row shows it."""
    if request.lead is not None:
        is_own = request.lead == request.first_unit and request.dispatched_at is None
        return Exit.OWN_UNIT if is_own else Exit.TRANSFER
    if GUIDED in request.tags:
        return Exit.GUIDANCE
    at_once = request.handled_at == request.received_at and request.dispatched_at is None
    return Exit.ON_SPOT if at_once and request.result else Exit.TRANSFER


def status_of(request: ImportCase) -> CaseStatus:
    """Return where a case stands that has come as far as the row says."""
    left = exit_of(request)
    if left in {Exit.ON_SPOT, Exit.GUIDANCE}:
        return FIRST_STATUS[left]
    if MERGED_IN in request.tags:
        return CaseStatus.MERGED
    if is_rated(request):
        return CaseStatus.CLOSED
    if request.handled_at is not None:
        ours = request.opinion_at is None and request.lead is not None
        return CaseStatus.OPINION if ours and request.result else CaseStatus.FOLLOW_UP
    taken_back = request.result is HandlingResult.WITHDRAWN
    if taken_back or request.lead is None:
        return CaseStatus.WITHDRAWN if taken_back else CaseStatus.RECEIVED
    return _in_hand(request)


def _in_hand(request: ImportCase) -> CaseStatus:
    """Return how far the lead unit has come."""
    if request.contacted_at and request.verified_at:
        return CaseStatus.HANDLING
    return CaseStatus.ACCEPTED if request.accepted_at else CaseStatus.DISPATCHED


def is_rated(request: ImportCase) -> bool:
    """Return whether the row tells of a follow-up, even one that reached nobody."""
    return request.followed_up_at is not None or (
        request.handled_at is not None
        and (request.was_contacted, request.resolution, request.satisfaction) != (None, None, None)
    )
