"""Supporting units of invented cases (双派), and cases that a unit handed back (退回)."""

from datetime import datetime, timedelta

from desk.demo.index import Someone
from desk.demo.life import Life, Step, add_part
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ClockKind,
    DispatchMode,
    HandlingResult,
    ReturnReason,
    Role,
)
from desk.rules.wording import label

_RETURNED_EVERY = 31  # one appeal in so many goes to the wrong unit first
_DID = (
    "已入户告知停水停电时间，逐户登记 18 户，无人反对。",
    "已派网格员到场维持秩序，提醒居民绕行，并在楼道张贴告示。",
    "已联系物业到场，把共用部位的钥匙交给主办单位，当天收回。",
    "已向周边住户了解情况，记下三户的说法，交主办单位核对。",
)
_RESULTS = (HandlingResult.SOLVED, HandlingResult.SOLVED, HandlingResult.MEASURES)


def supports(life: Life, lead: int) -> bool:
    """Return whether the community supports the lead (双派)."""
    unit = life.case["community_id"]
    return life.appeal.is_double and unit != lead and unit in life.street.handler_of


def add_support(life: Life, at: datetime) -> None:
    """Give the community its part, with limits of its own."""
    unit: int = life.case["community_id"]
    part = add_part(life, unit, AssignmentRole.SUPPORT, at, None)
    for kind in (ClockKind.ACCEPT, ClockKind.HANDLE):
        life.start(kind, at, part["id"])


def support_steps(life: Life, lead: int) -> list[Step]:
    """Return what the community does: it accepts, and reports before the lead is done."""
    if not supports(life, lead):
        return []
    start, appeal = life.appeal.received_at, life.appeal
    who = life.street.handler_of[life.case["community_id"]]
    span = appeal.handle_after - appeal.dispatch_after
    accepted = start + appeal.dispatch_after + span * 0.12
    reported = start + appeal.dispatch_after + span * 0.8
    result = _RESULTS[life.seq % len(_RESULTS)]
    unit = appeal.community
    return [
        Step(accepted, "case.accepted", f"签收 {unit}（协办）", who,
             lambda _: _accept(life, accepted, who)),
        Step(reported, "case.support_reported", f"协办反馈 {unit} {label(result)}", who,
             lambda _: _report(life, reported, result), _DID[life.seq % len(_DID)]),
    ]  # fmt: skip


def return_steps(life: Life, lead: int) -> list[Step]:
    """Return how a few appeals went to the wrong unit first and came back."""
    appeal = life.appeal
    others = [
        unit for unit in life.street.handler_of if unit not in {lead, life.case["community_id"]}
    ]
    if life.seq % _RETURNED_EVERY or appeal.dispatch_after < timedelta(minutes=6):
        return []
    wrong = others[life.seq % len(others)]
    name = next(name for name, unit in life.street.units.items() if unit == wrong)
    who, centre = life.street.handler_of[wrong], life.someone(Role.DISPATCHER)

    def at(share: float) -> datetime:
        return appeal.received_at + appeal.dispatch_after * share

    return [
        Step(at(0.2), "case.dispatched", f"直派 主办{name}", centre,
             lambda _: _send(life, wrong, at(0.2)), f"级别{label(appeal.urgency)}。"),
        Step(at(0.5), "case.return_asked", f"{name}申请退回：{label(ReturnReason.NOT_OURS)}", who,
             _ask_back, "不在本单位职责清单内，建议改派对口单位。"),
        Step(at(0.7), "case.return_decided", f"同意{name}退回，重新分拨", centre,
             lambda _: _agree(life, at(0.7)), "情况属实，已改派。"),
    ]  # fmt: skip


def lead_part(life: Life) -> dict[str, object]:
    """Return the part of the unit that is answerable now."""
    return next(
        part
        for part in life.parts
        if part["role"] is AssignmentRole.LEAD and part["status"] is not AssignmentStatus.RETURNED
    )


def _support(life: Life) -> dict[str, object]:
    return next(part for part in life.parts if part["role"] is AssignmentRole.SUPPORT)


def _accept(life: Life, at: datetime, who: Someone) -> None:
    part = _support(life)
    part |= {"status": AssignmentStatus.ACCEPTED, "accepted_at": at, "handler_id": who.id}
    life.stop(ClockKind.ACCEPT, at, part["id"])


def _report(life: Life, at: datetime, result: HandlingResult) -> None:
    part = _support(life)
    part |= {
        "status": AssignmentStatus.REPORTED,
        "reported_at": at,
        "result": result,
        "feedback": _DID[life.seq % len(_DID)],
    }
    life.stop(ClockKind.HANDLE, at, part["id"])


def _send(life: Life, unit: int, at: datetime) -> None:
    life.stop(ClockKind.DISPATCH, at)
    life.case |= {
        "status": CaseStatus.DISPATCHED,
        "is_graded": True,
        "lead_unit_id": unit,
        "mode": DispatchMode.DIRECT,
    }
    life.round["dispatched_at"] = at
    part = add_part(life, unit, AssignmentRole.LEAD, at, None)
    life.start(ClockKind.ACCEPT, at, part["id"])


def _ask_back(life: Life) -> None:
    lead_part(life).update(
        status=AssignmentStatus.RETURNING,
        return_reason=ReturnReason.NOT_OURS,
        return_note="不在本单位职责清单内，建议改派对口单位。",
    )


def _agree(life: Life, at: datetime) -> None:
    part = lead_part(life)
    life.stop(ClockKind.ACCEPT, at, part["id"])
    part |= {
        "status": AssignmentStatus.RETURNED,
        "ended_at": at,
        "ended_from": AssignmentStatus.RETURNING,
    }
    life.case |= {
        "status": CaseStatus.RECEIVED,
        "lead_unit_id": None,
        "return_count": 1,
    }
    life.start(ClockKind.DISPATCH, at)
