"""Setting a case aside and bringing it back: merged into another one, or withdrawn (合并、撤回).

One mechanism: the case remembers the status it had, its running clocks rest with their due times
kept, and its parts stay as they are; bringing it back restores all of that exactly (DOMAIN.md
6.1 #19, #21).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, select

from desk.actions.clocks import give_clocks_back, set_clocks_aside
from desk.actions.contacts import Attempt, add_attempt
from desk.actions.telling import stands_there
from desk.rules.codes import AssignmentStatus, CaseStatus, ConfirmWay, ContactResult, ContactWay
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.errors import RuleBroken
from desk.rules.lifecycle import require_move
from desk.rules.moments import say_moment
from desk.rules.text_gate import Field
from desk.rules.withdrawal import Withdrawer, require_confirmation, require_moment
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.models import Assignment, Case, Event, EventCase
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction

_GONE = (AssignmentStatus.RETURNED, AssignmentStatus.REPLACED)
_TALKS: Mapping[ConfirmWay, ContactWay] = MappingProxyType(
    {ConfirmWay.IN_PERSON: ContactWay.FACE, ConfirmWay.PHONE: ContactWay.PHONE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRepeat(CaseRequest):
    """Link a case to the earlier one it repeats (关联重复件), or undo it with None."""

    earlier: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeCase(CaseRequest):
    """Handle a case together with another one (并入主件); its appellant is still answered."""

    into: int
    reason: str = words("合并理由", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmergeCase(CaseRequest):
    """Take a merged case out of its main case again (拆开)."""

    reason: str = words("拆开的理由", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCase(CaseRequest):
    """Record that the appellant takes the appeal back (诉求人撤回), and how he confirmed it.

    Attributes:
        by: who confirmed it: himself, or who may speak for him.
        confirmed_at: when; None for the moment at which it is recorded.
        over_reason, rang_in: of a telephone call, as for every one (`contacts.RecordContact`).
    """

    reason: str = words("撤回理由", default="")
    way: ConfirmWay
    by: Withdrawer = Withdrawer.APPELLANT
    confirmed_at: datetime | None = None
    note: str = words("确认情况", Field.BODY, default="")
    over_reason: str = words("仍要打的理由", default="")
    rang_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReinstateCase(CaseRequest):
    """Go on with an appeal that was taken back (恢复办理)."""

    reason: str = words("恢复的理由", default="")


@action(LinkRepeat, "case.repeat_linked")
def link_repeat(tx: Transaction, request: LinkRepeat) -> Changes:
    """Link a case as a repeat of an earlier one, or take the link back.

    Raises:
        RuleBroken: the earlier case is this one, or not to be found.
    """
    case = tx.open_case(request.case, request.seen, Deed.LINK_REPEAT)
    if request.earlier is None:
        case.repeat_of_id = None
        return Changes("取消重复件关联", cases=(case.id,))
    earlier = tx.earlier_case(request.earlier, field="earlier")
    if case.id in _before(tx, earlier):
        raise RuleBroken("原件不能是此件自己，也不能是此件的重复件。", field="earlier")
    case.repeat_of_id = earlier.id
    return Changes(f"关联为重复件，原件 {earlier.number}", cases=(case.id,))


def _before(tx: Transaction, case: Case) -> set[int]:
    """Return a case and all that it repeats, one behind the other."""
    seen: set[int] = set()
    link: int | None = case.id
    while link is not None and link not in seen:
        seen.add(link)
        link = tx.session.scalar(select(Case.repeat_of_id).where(Case.id == link))
    return seen


@action(MergeCase, "case.merged")
def merge_case(tx: Transaction, request: MergeCase) -> Changes:
    """Set a case aside until its main case is answered (DOMAIN.md 6.1 #19).

    Raises:
        RuleBroken: the two cannot be handled together, or no reason was given.
    """
    case = tx.open_case(request.case, request.seen, Deed.MERGE)
    main = tx.earlier_case(request.into, field="into", what="并入的主件")
    tx.session.refresh(main, with_for_update=True)
    _check_main(tx, case, main)
    _check_alike(case, main)
    if not request.reason.strip():
        raise RuleBroken("请写一句为什么并在一起办，两件的办理过程里都会留下。", field="reason")
    require_nothing_merged(tx, case, "并入别的件")
    before = case.repeat_of_id
    set_aside(tx, case, CaseStatus.MERGED, request.happened_at)
    case.merged_into_id = main.id
    if case.id not in _before(tx, main):  # a link never comes round to itself
        case.repeat_of_id = main.id
    show_merged(tx, main)
    tx.touch(main)
    return Changes(
        f"{case.number} 并入主件 {main.number}",
        cases=(case.id, main.id),
        made={"repeat_of": before},
        detail=request.reason,
    )


@action(UnmergeCase, "case.unmerged")
def unmerge_case(tx: Transaction, request: UnmergeCase) -> Changes:
    """Give a merged case back its own way, its clocks and its earlier link.

    Raises:
        RuleBroken: it came merged from a ledger, so that nothing is known to go back to.
    """
    case = tx.open_case(request.case, request.seen, Deed.UNMERGE)
    main = tx.session.get(Case, case.merged_into_id or 0, with_for_update=True)
    if main is None:
        raise RuleBroken("这一件是台账导入时就并入的，没有可以拆开的主件。")
    _bring_back(tx, case)
    case.merged_into_id, case.repeat_of_id = None, _link_before(tx, case)
    tx.touch(main)
    return Changes(
        f"{case.number} 从主件 {main.number} 拆开",
        cases=(case.id, main.id),
        detail=request.reason,
    )


@action(WithdrawCase, "case.withdrawn")
def withdraw_case(tx: Transaction, request: WithdrawCase) -> Changes:
    """Stop handling because the appellant wants it so (DOMAIN.md 6.1 #21).

    Raises:
        RuleBroken: the reason is missing, or what was said on the telephone, it was confirmed at
            a moment that cannot be, or he was rung against the rules without a word on why.
    """
    case = tx.open_case(request.case, request.seen, Deed.WITHDRAW)
    if not request.reason.strip():
        raise RuleBroken("请写诉求人为什么撤回。", field="reason")
    require_confirmation(request.way, request.note)
    at = request.confirmed_at or request.happened_at
    require_moment(at, case.received_at, request.happened_at)
    require_nothing_merged(tx, case, "撤回")
    _list_confirmation(tx, case, request, at)
    set_aside(tx, case, CaseStatus.WITHDRAWN, request.happened_at)
    case.withdraw_reason, case.withdraw_way = request.reason, request.way
    case.withdraw_by, case.withdraw_confirmed_at = request.by, at
    return Changes(
        f"诉求人撤回，{say_moment(at, seen_at=tx.now)} {label(request.by)}{label(request.way)}",
        cases=(case.id,),
        detail="\n".join(filter(None, (request.reason, request.note))),
    )


@action(ReinstateCase, "case.reinstated")
def reinstate_case(tx: Transaction, request: ReinstateCase) -> Changes:
    """Take an appeal up again where it stood; nothing of what was promised moves.

    Raises:
        RuleBroken: it came withdrawn from a ledger, so that nothing is known to go back to.
    """
    case = tx.open_case(request.case, request.seen, Deed.REINSTATE)
    _bring_back(tx, case)
    case.withdraw_reason = case.withdraw_way = None
    case.withdraw_by = case.withdraw_confirmed_at = None
    return Changes(f"恢复办理，回到“{label(case.status)}”", cases=(case.id,), detail=request.reason)


def set_aside(tx: Transaction, case: Case, status: CaseStatus, at: datetime) -> None:
    """Set a case aside; how it stood is remembered, and no clock runs on it."""
    require_move(case.status, status)
    case.set_aside_from, case.status = case.status, status
    set_clocks_aside(tx, case, at)


def merged_into(tx: Transaction, main: Case) -> list[Case]:
    """Return the cases that wait for this one to be answered, oldest first, locked."""
    return list(
        tx.session.scalars(
            select(Case)
            .where(Case.merged_into_id == main.id, Case.status == CaseStatus.MERGED)
            .order_by(Case.received_at, Case.id)
            .with_for_update()
        )
    )


def show_merged(tx: Transaction, main: Case) -> None:
    """Let the units that handle a main case see what was merged into it."""
    parts = standing_parts(tx, main)
    for case in merged_into(tx, main):
        for part in parts:
            tx.involve(case, part.unit_id)


def standing_parts(tx: Transaction, case: Case) -> list[Assignment]:
    """Return the parts of the present round that nobody took away, reported ones too."""
    return parts_where(tx, case, Assignment.status.not_in(_GONE))


def parts_where(tx: Transaction, case: Case, condition: ColumnElement[bool]) -> list[Assignment]:
    """Return the parts of the present round that a condition holds for, in their order."""
    same = (Assignment.case_id == case.id) & (Assignment.round_no == case.round_no)
    found = select(Assignment).where(same, condition).order_by(Assignment.id)
    return list(tx.session.scalars(found))


def require_nothing_merged(tx: Transaction, case: Case, what: str) -> None:
    """Refuse to set a case aside while others wait for its answer.

    Raises:
        RuleBroken: names the cases to take apart first.
    """
    waiting = merged_into(tx, case)
    if waiting:
        numbers = "、".join(one.number for one in waiting)
        raise RuleBroken(f"{numbers} 并在此件里一起办，请先拆开，再{what}。")


def _list_confirmation(tx: Transaction, case: Case, request: WithdrawCase, at: datetime) -> None:
    """Put the talk in which it was confirmed on the list of contacts; a letter is none.

    No limit is stopped by it, so that taking the withdrawal back restores all of them.
    """
    way = _TALKS.get(request.way)
    if way is None:
        return
    attempt = Attempt(
        at=at,
        made_by=request.made_by,
        way=way,
        result=ContactResult.REACHED,
        note="：".join(filter(None, (f"{label(request.by)}确认撤回", request.note))),
        over_reason=request.over_reason,
        rang_in=request.rang_in,
    )
    if not stands_there(tx, case, attempt):
        add_attempt(tx, case, attempt)


def _check_main(tx: Transaction, case: Case, main: Case) -> None:
    if main.id == case.id:
        raise RuleBroken("不能并入此件自己，请写另一件的编号。", field="into")
    if main.status is CaseStatus.MERGED:
        above = tx.session.get(Case, main.merged_into_id) if main.merged_into_id else None
        where = f"，请并入 {above.number}" if above else "，请另选一件"
        raise RuleBroken(f"{main.number} 自己已并入别的件{where}。", field="into")
    if main.status not in STEP_OF[Deed.MERGE].statuses:
        raise RuleBroken(
            f"{main.number} 现在是“{label(main.status)}”，来不及一起办了。"
            "请改为关联重复件，各办各的。",
            field="into",
        )


def _check_alike(case: Case, main: Case) -> None:
    if case.is_secret != main.is_secret:
        raise RuleBroken("举报件只能和举报件并在一起办，请各办各的。", field="into")
    about = {(one.accused_unit_id, one.accused_staff_id) for one in (case, main)}
    if len(about) > 1:
        raise RuleBroken("两件的被反映单位或人员不同，要回避的人不同，请各办各的。", field="into")


def _bring_back(tx: Transaction, case: Case) -> None:
    if case.set_aside_from is None:
        raise RuleBroken("这一件没有留下原来的状态，不能恢复。诉求人还要办的，请另行登记。")
    require_move(case.status, case.set_aside_from)
    case.status, case.set_aside_from = case.set_aside_from, None
    give_clocks_back(tx, case)


def _link_before(tx: Transaction, case: Case) -> int | None:
    """Return the link that the case had before it was merged; the history's answer kept it."""
    results: Sequence[dict[str, Any]] = tx.session.scalars(
        select(Event.result)
        .join(EventCase, EventCase.event_id == Event.id)
        .where(EventCase.case_id == case.id, Event.kind == "case.merged")
        .order_by(EventCase.version.desc())
    ).all()
    return next(
        (kept := result["made"]["repeat_of"]) and int(kept)
        for result in results
        if result["cases"][0] == case.id
    )
