"""What takes longer in the fictional street (延期、挂账、暂停): asked for, granted, resting."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from desk.actions.extensions import AskExtension, DecideExtension, ReviewExtension
from desk.actions.pauses import PauseClocks
from desk.demo.index import StreetIndex
from desk.rules.clock_codes import ExtensionKind, ExtensionReason, PauseReason
from desk.rules.codes import CaseStatus, ClockKind, ContactWay, Role
from desk.rules.moments import day_of
from desk.store.database import Database
from desk.store.models import Case, Clock, ExtensionRequest

_EXTEND, _PARK = ExtensionKind.EXTEND, ExtensionKind.PARK
_LATE = "施工单位昨天下午才回复排期。"


@dataclass(frozen=True, slots=True)
class _Wish:
    """A request of the demo, and how far it has come: 0 with 信联办, 1 with the leader, 2 granted.

    Attributes:
        days: for how many days more, or until which day from now it is looked at again.
    """

    kind: ExtensionKind
    reason: ExtensionReason
    why: str
    days: int
    words: int


_WISHES = (
    _Wish(_PARK, ExtensionReason.WORKS, "随排水管网改造一并解决，工程 12 月中旬进场。", 24, 2),
    _Wish(_PARK, ExtensionReason.FUNDS, "维修资金续筹表决未过半，物业正在补征意见。", 30, 2),
    _Wish(_PARK, ExtensionReason.SEASON, "古树移冠须等休眠期，园林专家建议 12 月实施。", 20, 1),
    _Wish(_EXTEND, ExtensionReason.WORKS, "须更换总进线，供电公司已排期进场。", 4, 2),
    _Wish(_EXTEND, ExtensionReason.MANY_SIDES, "涉及住建、城管、物业三方，约好后天会商。", 3, 1),
    _Wish(_EXTEND, ExtensionReason.OTHER, "商户负责人在外地，下周一回来当面核对。", 5, 0),
)
_PAUSES = (
    (PauseReason.MATERIALS, "等房产证复印件，约好周四前送来。"),
    (PauseReason.APPRAISAL, "已委托房屋安全鉴定，出报告约十天。"),
)


def live_waiting(database: Database, street: StreetIndex) -> None:
    """Let units ask for time, leaders grant it, and some cases stand still."""
    found = _in_hand(database, len(_WISHES) + len(_PAUSES))
    for case, wish in zip(found, _WISHES, strict=False):
        for request in _wished(database, street, case, wish):
            database.carry_out(request)
    for case, (reason, note) in zip(found[len(_WISHES) :], _PAUSES, strict=False):
        facts = {"reason": reason, "note": note} | _told(database.now())
        database.carry_out(
            PauseClocks(**head_of(database, case, handler_of(street, case)), **facts)
        )
    _let_a_review_come(database)


def _in_hand(database: Database, count: int) -> list[Any]:
    """Return the cases that have been handled longest, each with its limit."""
    with Session(database.engine) as session:
        return list(
            session.execute(
                select(Case.id, Case.lead_unit_id, Case.handler_id, Clock.due_at)
                .join(Clock, (Clock.case_id == Case.id) & (Clock.round_no == Case.round_no))
                .where(
                    Case.status == CaseStatus.HANDLING,
                    Case.is_secret.is_(False),
                    Clock.kind == ClockKind.HANDLE,
                    Clock.assignment_id.is_(None),
                    Clock.stopped_at.is_(None),
                )
                .order_by(Clock.due_at, Case.id)
                .limit(count)
            )
        )


def _wished(database: Database, street: StreetIndex, case: Any, wish: _Wish) -> Iterator[Any]:
    now = database.now()
    day = day_of(now) + timedelta(days=wish.days)
    until = {"review_on": day} if wish.kind is _PARK else {"until": _until(case, now, wish)}
    yield AskExtension(
        **head_of(database, case, handler_of(street, case)),
        **_told(now),
        **until,
        kind=wish.kind,
        reason=wish.reason,
        explanation=wish.why,
        late_reason=_LATE,
        told_note="表示理解，希望到时再打个电话",
    )
    if wish.words:
        office = street.by_role[Role.DISPATCHER][0].id
        head = head_of(database, case, office)
        yield ReviewExtension(**head, is_passed=True, note="情况属实。")
    if wish.words > 1:
        leader = street.by_role[Role.LEADER][0].id
        head = head_of(database, case, leader)
        yield DecideExtension(**head, is_granted=True, note="同意，盯紧进度。")


def _until(case: Any, now: datetime, wish: _Wish) -> datetime:
    due_at: datetime = case.due_at
    return max(due_at, now) + timedelta(days=wish.days)


def _told(at: datetime) -> dict[str, Any]:
    """Say that he was rung; the street is also founded at night."""
    return {"told_way": ContactWay.PHONE, "told_at": at, "over_reason": "诉求人约好的时间"}


def handler_of(street: StreetIndex, case: Any) -> int:
    """Return who of its unit handles a case."""
    known = street.handler_of.get(case.lead_unit_id or 0)
    return case.handler_id or (known.id if known else street.by_role[Role.DISPATCHER][0].id)


def head_of(database: Database, case: Any, made_by: int) -> dict[str, Any]:
    """Return the head of a request that somebody makes about a case now."""
    with Session(database.engine) as session:
        version = session.scalar(select(Case.version).where(Case.id == case.id))
    return {
        "made_by": made_by,
        "happened_at": database.now(),
        "case": case.id,
        "seen": version,
    }


def _let_a_review_come(database: Database) -> None:
    """Let the day of review of the oldest parked case be yesterday, as if it had been waiting."""
    yesterday: date = day_of(database.now()) - timedelta(days=1)
    with Session(database.engine) as session, session.begin():
        oldest = session.scalar(
            select(ExtensionRequest.id)
            .where(ExtensionRequest.kind == _PARK, ExtensionRequest.leader_at.is_not(None))
            .order_by(ExtensionRequest.id)
            .limit(1)
        )
        session.execute(
            update(ExtensionRequest)
            .where(ExtensionRequest.id == oldest)
            .values(review_on=yesterday)
        )
