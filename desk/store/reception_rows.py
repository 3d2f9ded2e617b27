"""Who receives on a day, what papers say of it (接访登记表、接访日安排)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.moments import in_shanghai
from desk.rules.reception_codes import AgentPower, VisitMode
from desk.rules.receptions import may_receive
from desk.rules.rights import CaseStand
from desk.rules.wording import label
from desk.store.models import (
    CaseAgent,
    Deputy,
    DutyShift,
    ReceptionCase,
    ReceptionDay,
    Staff,
)
from desk.store.models.hall import today_rows
from desk.store.paper_source import Row, Source, category_words, materials
from desk.store.people import person_of
from desk.store.roster_rows import present_shifts

_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who receives on a day, as the roster says; `staff_id` where it is one of our own."""

    staff_id: int | None
    name: str


def receivers_of(session: Session, post: int, day: date) -> tuple[Receiver, ...]:
    """Return who receives on a day, who leads in front; nobody while the roster is empty."""
    shifts = present_shifts(session, (post,), day, day)
    ranked = sorted(shifts, key=lambda shift: not shift.is_lead)
    return tuple(Receiver(shift.staff_id, shift.person) for shift in ranked)


def receivers_by_day(
    session: Session, posts: Sequence[int], first: date, last: date
) -> dict[tuple[int, date], list[Receiver]]:
    """Return who receives at these posts from `first` to `last`."""
    found: dict[tuple[int, date], list[Receiver]] = {}
    for shift in sorted(present_shifts(session, posts, first, last), key=_lead_first):
        one = Receiver(shift.staff_id, shift.person)
        found.setdefault((shift.post_id, shift.day), []).append(one)
    return found


def _lead_first(shift: DutyShift) -> bool:
    return not shift.is_lead


def stand_ins(session: Session, receivers: Sequence[Receiver], on: date) -> tuple[Receiver, ...]:
    """Return who stands in for them on a day (代理人)."""
    principals = [one.staff_id for one in receivers if one.staff_id is not None]
    rows = session.execute(
        select(Staff.id, Staff.name)
        .join(Deputy, Deputy.deputy_id == Staff.id)
        .where(Deputy.principal_id.in_(principals), today_rows(Deputy, on))
        .order_by(Staff.id)
    )
    return tuple(Receiver(row.id, row.name) for row in rows)


def may_come_before(
    session: Session, receivers: Sequence[Receiver], stand: CaseStand, on: date
) -> bool:
    """Return whether a case may come before those who receive: it is about none of them (9.4)."""
    accused = session.get(Staff, stand.accused_staff_id) if stand.accused_staff_id else None
    for one in receivers:
        if accused is not None and one.name == accused.name:
            return False
        staff = session.get(Staff, one.staff_id) if one.staff_id is not None else None
        if staff is not None and not may_receive(person_of(session, staff, on), stand):
            return False
    return True


def reception_record(source: Source) -> Row:
    """Return the row of what a leader said on a case; without one, of the newest of the case."""
    heard = [one for one in source.all(ReceptionCase) if one.opinion]
    row: ReceptionCase = source.about or heard[-1]
    day = source.tx.session.get_one(ReceptionDay, row.reception_day_id)
    case, facts = source.case, source.facts
    agent = source.tx.session.get(CaseAgent, case.id)
    hidden = case.hides_appellant
    received = in_shanghai(row.received_at) if row.received_at else None
    return {
        "case_number": case.number,
        "day": f"{day.day:%Y-%m-%d}（周{_WEEKDAYS[day.day.weekday()]}）",
        "at": f"{received:%H:%M}" if received else None,
        "place": day.place,
        "leader": row.leader_name,
        "origin": label(row.origin),
        "visit_mode": label(case.visit_mode) if case.visit_mode else None,
        "appellant": "保密，见系统" if hidden else facts.name or "匿名",
        "phone": None if hidden or not facts.phone else facts.phone,
        "people": case.headcount,
        "address": None if hidden else facts.address,
        "agent": None if agent is None else agent_words(agent),
        "needs": "、".join(case.needs) or None,
        "category": category_words(source.tx, case.category_id),
        "summary": case.details,
        "request": case.request,
        "materials": "、".join(one["name"] for one in materials(source)) or None,
        "opinion": row.opinion,
        "outcome": label(row.outcome) if row.outcome else None,
        "follow_unit": source.unit(row.follow_unit_id),
        "follow_person": row.follow_person,
        "follow_due": f"{row.follow_due:%Y-%m-%d}" if row.follow_due else None,
        "done": _done(source, row),
        "recorder": source.staff(row.recorded_by),
    }


def visit_words(source: Source) -> str | None:
    """Return how somebody came, where it was not simply 现场: by appointment, or who for him."""
    mode = source.case.visit_mode
    if mode is None or mode is VisitMode.ON_SITE:
        return None
    agent = source.tx.session.get(CaseAgent, source.case.id)
    return label(mode) if agent is None else f"{label(mode)}：{agent_words(agent)}"


def agent_words(agent: CaseAgent) -> str:
    """Return who came for the appellant and what he may do, in one line."""
    powers = "、".join(label(AgentPower(code)) for code in agent.powers)
    who = f"{agent.name}（{label(agent.relation)}）"
    paper = f"凭{agent.paper}" if agent.paper else ""
    return "，".join(filter(None, (who, agent.phone, powers, paper)))


def _done(source: Source, row: ReceptionCase) -> str | None:
    if row.done_on is None:
        return None
    return f"{row.done_note}（{source.staff(row.done_by)} {row.done_on:%Y-%m-%d}）"
