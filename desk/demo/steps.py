"""What happened to an invented case after the counter, step by step."""

from datetime import datetime, time, timedelta

from desk.demo.index import Someone
from desk.demo.life import Life, Step, add_contact, add_part, add_up
from desk.demo.matters import end_matters, give_matters, matter_steps
from desk.demo.reaching import add_follow_up, attempts_in_vain, reaching_steps
from desk.demo.receiving import ANSWERED, TALKING, receive
from desk.demo.signing import hand_in, signing_steps, still_waits
from desk.demo.supporting import add_support, lead_part, return_steps, support_steps, supports
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ClockKind,
    ContactWay,
    DispatchMode,
    Exit,
    OpinionStatus,
    Role,
)
from desk.rules.moments import SHANGHAI, in_shanghai
from desk.rules.wording import label
from desk.rules.working_days import Calendar
from desk.store.ids import new_id

S = CaseStatus
_OPENS, _CLOSES = time(9), time(18)
_A_LOOK = timedelta(minutes=5)
_FORGOTTEN = 17  # one case in so many, of those that came so long ago
_ASKED_AFTER, _KEPT_FOR = timedelta(days=4), timedelta(days=21)
_UNKNOWN = 3  # of one guided person in so many nobody knows whether he arrived
_STILL = (timedelta(days=6), timedelta(days=14))


def live(life: Life) -> None:
    """Let everything happen that had happened by now, and add up the case."""
    receive(life)
    for step in sorted(_steps(life), key=lambda step: step.at):
        if step.at > life.now or (step.kind == "opinion.written" and _is_forgotten(life)):
            break
        step.apply(life)
        life.events.append(step)
    add_up(life)


def _is_forgotten(life: Life) -> bool:
    """Return whether the unit let a case lie before it wrote its opinion (没有动静)."""
    age = life.now - life.appeal.received_at
    return life.seq % _FORGOTTEN == 0 and _STILL[0] < age < _STILL[1]


def _steps(life: Life) -> list[Step]:
    appeal, start = life.appeal, life.appeal.received_at
    exit_ = life.case["exit"]
    archivist = life.someone(Role.ARCHIVIST)
    if exit_ is Exit.GUIDANCE:
        return _guided_steps(life, archivist)
    if exit_ in ANSWERED:
        return [Step(start + appeal.follow_up_after, "case.archived", "归档", archivist, _archive)]
    lead = _lead(life)
    handler = life.street.handler_of.get(lead, life.someone(Role.CLERK))
    found = []
    if exit_ is Exit.TRANSFER:
        name = next(name for name, unit in life.street.units.items() if unit == lead)
        double = supports(life, lead)
        words = f"{'双派' if double else '直派'} 主办{name}"
        words += f"，协办{appeal.community}" if double else ""
        found += [
            Step(start + appeal.dispatch_after, "case.dispatched", words,
                 life.someone(Role.DISPATCHER), lambda _: _dispatch(life, lead),
                 f"级别{label(appeal.urgency)}。"),
            Step(start + appeal.accept_after, "case.accepted", f"签收 {name}", handler,
                 lambda _: _accept(life, handler)),
        ]  # fmt: skip
        found += matter_steps(life, lead) + support_steps(life, lead) + return_steps(life, lead)
    return found + _handling_steps(life, handler) + _paper_steps(life, handler)


def _guided_steps(life: Life, archivist: Someone) -> list[Step]:
    """Return how most guided people are known to have arrived, before they go to the archive."""
    asked = at_the_office(life.appeal.received_at + _ASKED_AFTER, life.street.calendar)
    archived = Step(asked + _KEPT_FOR, "case.archived", "归档", archivist, _archive)
    if life.seq % _UNKNOWN == 0:
        return [archived]
    clerk, title = life.someone(Role.CLERK), "引导对接 已到达"
    said = Step(asked, "case.arrival_checked", title, clerk, lambda _: _arrive(life, asked))
    return [said, archived]


def _handling_steps(life: Life, handler: Someone) -> list[Step]:
    appeal, start = life.appeal, life.appeal.received_at
    contact_at = start + max(appeal.contact_after, appeal.dispatch_after)
    found = [
        Step(start + appeal.verify_after, "case.verified", "核实", handler,
             lambda _: _verify(life), appeal.findings),
        Step(start + appeal.handle_after, "case.handled", f"办理完毕 {label(appeal.result)}",
             handler, lambda _: _finish(life, handler), appeal.measures),
    ]  # fmt: skip
    found += reaching_steps(life, handler)
    if appeal.channel not in TALKING:
        found.append(
            Step(contact_at, "case.contacted", "首次联系 接通", handler,
                 lambda _: _call(life, contact_at, handler), "已说明由本单位承办。")
        )  # fmt: skip
    return found


def _paper_steps(life: Life, handler: Someone) -> list[Step]:
    appeal, start = life.appeal, life.appeal.received_at
    office, caller = life.someone(Role.OFFICE), life.someone(Role.FOLLOW_UP)
    calendar = life.street.calendar
    half = (appeal.opinion_after - appeal.handle_after) / 2
    written = at_the_office(start + appeal.handle_after + half, calendar)
    # what came in the night is written only when the morning is well under way
    signed = max(at_the_office(start + appeal.opinion_after, calendar), written + _A_LOOK)
    if still_waits(life, signed):
        signed = life.now + timedelta(days=1)
    gap = (appeal.delivery_after - appeal.opinion_after) / 2
    sealed = at_the_office(start + appeal.opinion_after + gap, calendar)
    delivered = at_the_office(start + appeal.delivery_after, calendar)
    called = at_the_office(start + appeal.follow_up_after, calendar)
    archived = at_the_office(start + appeal.follow_up_after * 1.1, calendar)
    words = f"{label(appeal.resolution)}、{label(appeal.satisfaction)}，办结"
    sign_off = [
        Step(written, "opinion.written", "意见书送审签", handler,
             lambda _: _submit(life, written)),
        *signing_steps(life, _lead(life), written, signed),
    ]  # fmt: skip
    if signed > life.now:
        return sign_off
    return [
        *sign_off,
        Step(sealed, "paper.sealed", "盖章", office, lambda _: _to(life, S.DELIVERING)),
        Step(delivered, "paper.delivered", "送达意见书 当面签收", handler,
             lambda _: _deliver(life, delivered)),
        *attempts_in_vain(life, delivered, called, caller),
        Step(called, "case.followed_up",
             f"回访 {words}" if appeal.is_reached else "回访 没有联系上", caller,
             lambda _: _follow_up(life, called, caller), appeal.suggestion or ""),
        Step(archived, "case.archived", "归档",
             life.someone(Role.ARCHIVIST), _archive),
    ]  # fmt: skip


def at_the_office(moment: datetime, calendar: Calendar) -> datetime:
    """Return the moment itself in office hours, else one in the first hours of the next morning.

    Order is kept: what came later in the night comes later in the morning.
    """
    wall = in_shanghai(moment)
    if calendar.is_working_day(wall.date()) and _OPENS <= wall.time() <= _CLOSES:
        return moment
    day = wall.date()
    while not calendar.is_working_day(day) or datetime.combine(day, _CLOSES, SHANGHAI) > wall:
        day -= timedelta(days=1)
    closed = datetime.combine(day, _CLOSES, SHANGHAI)
    morning = datetime.combine(calendar.working_day_after(day, 1), _OPENS, SHANGHAI)
    return morning + (wall - closed) / (morning - closed) * timedelta(hours=1.5)


def _lead(life: Life) -> int:
    if life.case["lead_unit_id"] is not None:
        unit: int = life.case["lead_unit_id"]
        return unit
    return life.street.category_unit[life.case["category_id"]]


def _to(life: Life, status: CaseStatus) -> None:
    life.case["status"] = status


def _dispatch(life: Life, lead: int) -> None:
    appeal = life.appeal
    at = appeal.received_at + appeal.dispatch_after
    double = supports(life, lead)
    life.stop(ClockKind.DISPATCH, at)
    life.case |= {
        "status": S.DISPATCHED,
        "is_graded": True,
        "lead_unit_id": lead,
        "mode": DispatchMode.DOUBLE if double else DispatchMode.DIRECT,
    }
    life.round["dispatched_at"] = at
    part = add_part(life, lead, AssignmentRole.LEAD, at, None)
    life.start(ClockKind.ACCEPT, at, part["id"])
    if double:
        add_support(life, at)
    give_matters(life)


def _accept(life: Life, handler: Someone) -> None:
    at = life.appeal.received_at + life.appeal.accept_after
    part = lead_part(life)
    part |= {"status": AssignmentStatus.ACCEPTED, "accepted_at": at, "handler_id": handler.id}
    life.stop(ClockKind.ACCEPT, at, part["id"])
    life.case |= {"status": S.ACCEPTED, "handler_id": handler.id}


def _call(life: Life, at: datetime, handler: Someone) -> None:
    life.stop(ClockKind.CONTACT, at)
    add_contact(life, at, handler, "已说明由本单位承办。", ContactWay.PHONE)
    _begin_if_ready(life)


def _verify(life: Life) -> None:
    at = life.appeal.received_at + life.appeal.verify_after
    life.stop(ClockKind.VERIFY, at)
    life.round |= {"verified_at": at, "verify_note": life.appeal.findings}
    _begin_if_ready(life)


def _begin_if_ready(life: Life) -> None:
    kinds = {ClockKind.CONTACT, ClockKind.VERIFY}
    open_ = any(c["kind"] in kinds and c["stopped_at"] is None for c in life.clocks)
    if not open_ and life.case["status"] is S.ACCEPTED:
        life.case["status"] = S.HANDLING


def _finish(life: Life, handler: Someone) -> None:
    appeal = life.appeal
    at = appeal.received_at + appeal.handle_after
    life.stop(ClockKind.HANDLE, at)
    late = any(c["kind"] is ClockKind.HANDLE and at > c["due_at"] for c in life.clocks)
    life.round |= {
        "handled_at": at,
        "measures": appeal.measures,
        "result": appeal.result,
        "late_reason": "配件到货晚了一天，已提前告知诉求人。" if late else None,
    }
    for part in life.parts:  # none where the first unit handles the case itself
        if part["role"] is AssignmentRole.LEAD and part["ended_at"] is None:
            part |= {"status": AssignmentStatus.REPORTED, "reported_at": at}
    third = end_matters(life, at, handler)
    life.case |= {"status": S.OPINION, "result": appeal.result}
    life.start(ClockKind.OPINION, at)
    at_words = in_shanghai(appeal.received_at)
    life.opinion = life.add(
        "opinions",
        id=new_id(),
        round_no=1,
        revision=1,
        status=OpinionStatus.DRAFT,
        title=f"关于{appeal.name}反映{life.case['summary']}问题的处理意见书",
        acceptance=(
            f"{at_words.year}年{at_words.month}月{at_words.day}日，您反映{life.case['summary']}，"
            "请求处理。本街道当日受理。"
        ),
        findings=appeal.findings,
        **third,
        basis=None,
        next_measures=None,
        remedy=None,
        result=appeal.result,
        written_by=handler.id,
        written_at=at,
        submitted_at=None,
        signed_by=None,
        signed_at=None,
        remark=None,
    )


def _submit(life: Life, at: datetime) -> None:
    life.stop(ClockKind.OPINION, at)
    life.opinion |= {"status": OpinionStatus.SUBMITTED, "submitted_at": at}
    hand_in(life, _lead(life), at)
    _to(life, S.SIGNING)


def _deliver(life: Life, at: datetime) -> None:
    life.start(ClockKind.FOLLOW_UP, at)
    _to(life, S.FOLLOW_UP)


def _follow_up(life: Life, at: datetime, caller: Someone) -> None:
    add_follow_up(life, at, caller)
    life.stop(ClockKind.FOLLOW_UP, at)
    life.case |= {"status": S.CLOSED, "closed_at": at}


def _arrive(life: Life, at: datetime) -> None:
    life.case |= {"has_arrived": True, "arrival_checked_at": at}


def _archive(life: Life) -> None:
    life.case |= {"status": S.ARCHIVED, "archive_number": life.case["number"]}
