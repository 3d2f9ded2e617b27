"""What is frozen when a paper is issued: one plain row per form (keys: `forms/row_keys.py`).

A test compares these rows with the keys the forms declare.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from desk.rules.codes import (
    AssignmentRole,
    ClockKind,
    Discontent,
    FollowUpWay,
    NextStep,
    Sex,
)
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.store.letterheads import letterhead_of
from desk.store.models import (
    Assignment,
    Attachment,
    Case,
    Clock,
    Contact,
    FollowUp,
    Matter,
    Opinion,
    Place,
    PrivateFacts,
    Round,
    Staff,
)
from desk.store.paper_source import (
    Row,
    Source,
    Writing,
    category_words,
    guided_words,
    materials,
    on_paper,
    phone_of,
    promise,
)


def paper_row(tx: Writing, case: Case, code: str, *, number: str, paper_id: int, about: Any) -> Row:
    """Return the row of a paper about a case (and about one assignment or follow-up)."""
    facts = tx.once(("facts", case.id), lambda: tx.session.get_one(PrivateFacts, case.id))
    head = tx.once("head", lambda: letterhead_of(tx.session, tx.street_id, tx.today))
    source = Source(tx, case, facts, head, about)
    common: Row = {
        "number": number,
        "serial": f"{case.number}-{paper_id % 10**8:08}",
        "qr": f"CD1:{case.id}:{code}:{paper_id}",
        "office": source.head.issuer,
        "seal_place": True,
        "filled_by": tx.person_name,
        "checked_by": None,
        "filled_on": f"{tx.today:%Y-%m-%d}",
    }
    return common | _BUILDERS[code](source)


def _intake_sheet(source: Source) -> Row:
    case, facts = source.case, source.facts
    place = source.tx.session.get(Place, case.place_id) if case.place_id else None
    earlier = source.tx.session.get(Case, case.repeat_of_id) if case.repeat_of_id else None
    year = in_shanghai(case.received_at).year
    answer = case.answer if not case.guided_to else f"{case.answer}（引导至：{guided_words(case)}）"
    return {
        "received_at": on_paper(case.recorded_at),
        "happened_at": on_paper(case.received_at) if case.is_backfilled else None,
        "channel": label(case.channel),
        "first_responder": case.first_responder_name,
        "recorder": source.staff(case.recorder_id),
        "first_unit": source.unit(case.first_unit_id),
        "appellant": facts.name,
        "sex": label(facts.sex) if facts.sex else None,
        "age": year - facts.birth_year if facts.birth_year else None,
        "phones": [phone for phone in (facts.phone, facts.other_phone) if phone],
        "guardian": facts.guardian,
        "id_kind": label(facts.id_kind) if facts.id_kind else None,
        "id_number": facts.id_number,
        "people": case.headcount,
        "representatives": [facts.representatives] if facts.representatives else [],
        "address": facts.address,
        "is_confidential": case.hides_appellant,
        "services": list(case.needs),
        "category": category_words(source.tx, case.category_id),
        "purpose": label(case.purpose),
        "place": facts.site or (place.name if place else facts.address),
        "community": source.unit(case.community_id),
        "grid": source.unit(case.grid_id),
        "occurred_at": case.occurred,
        "against": source.unit(case.accused_unit_id) or facts.other_party,
        "details": case.details,
        "matters": _several(source),
        "request": case.request,
        "materials": materials(source),
        "repeat_of": earlier.number if earlier else case.repeat_of_number,
        "other_proceedings": case.litigation,
        "exit": label(case.exit),
        "urgency": label(case.urgency),
        "is_complex": case.is_complex,
        "dispatch_by": source.due(ClockKind.DISPATCH),
        "handle_by": source.due(ClockKind.HANDLE),
        "answer": answer,
        **promise(source),
    }


def _several(source: Source) -> list[str]:
    """Return the matters of a case that has more than one."""
    matters = [matter.content for matter in source.all(Matter)]
    return matters if len(matters) > 1 else []


def _receipt(source: Source) -> Row:
    case = source.case
    return {
        "received_at": on_paper(case.received_at),
        "appellant": source.facts.name,
        "channel": label(case.channel),
        "category": category_words(source.tx, case.category_id),
        "matters": [matter.content for matter in source.all(Matter)],
        "materials": materials(source),
        "first_responder": case.first_responder_name,
        **promise(source),
    }


def _dispatch_slip(source: Source) -> Row:
    case, part = source.case, source.about
    parts = [p for p in source.all(Assignment) if p.dispatched_at == part.dispatched_at]
    before = [p for p in source.all(Assignment) if p.dispatched_at < part.dispatched_at]
    by_role: dict[AssignmentRole, list[str]] = {role: [] for role in AssignmentRole}
    for other in parts:
        by_role[other.role].append(source.unit(other.unit_id) or "")
    grids = by_role[AssignmentRole.GRID]
    return {
        "kind": "改派" if before else "交办",
        "case_number": case.number,
        "channel": label(case.channel),
        "received_at": on_paper(case.received_at),
        "urgency": label(case.urgency),
        "is_complex": case.is_complex,
        "dispatch_by": source.due(ClockKind.DISPATCH),
        "contact_by": source.due(ClockKind.CONTACT),
        "verify_by": source.due(ClockKind.VERIFY),
        "handle_by": source.due(ClockKind.HANDLE),
        "is_confidential": case.hides_appellant,
        "appellant": None if case.hides_appellant else source.facts.name,
        "phone": None if case.hides_appellant else source.facts.phone,
        "place": None if case.hides_appellant else source.facts.site or source.facts.address,
        "category": category_words(source.tx, case.category_id),
        "summary": case.details,
        "mode": label(part.mode),
        "lead_unit": by_role[AssignmentRole.LEAD][0],
        "support_units": by_role[AssignmentRole.SUPPORT],
        "grid_unit": grids[0] if grids else None,
        "demands": list(part.requirements),
        "other_demands": None,
        "proposal": part.instruction,
        "issued_by": source.staff(part.dispatched_by),
        "issued_at": on_paper(part.dispatched_at),
        "note": None,
    }


def _opinion_of(source: Source) -> Opinion:
    opinions: list[Opinion] = source.all(Opinion)
    return max(opinions, key=lambda opinion: (opinion.round_no, opinion.revision))


def _handler(source: Source) -> tuple[str, str]:
    staff = source.case.handler_id or source.case.first_responder_id
    row = source.tx.session.get(Staff, staff) if staff else None
    name = row.name if row else source.case.first_responder_name
    unit_id = source.case.lead_unit_id or source.case.first_unit_id
    return name, (row.phone if row and row.phone else phone_of(source, unit_id)) or ""


def _salutation(facts: PrivateFacts) -> str:
    if not facts.name:
        return "诉求人"
    titles = {Sex.FEMALE: "女士", Sex.MALE: "先生"}
    return facts.name + (titles.get(facts.sex, "") if facts.sex else "")


def _opinion_notice(source: Source) -> Row:
    case, opinion = source.case, _opinion_of(source)
    name, phone = _handler(source)
    measures = (opinion.next_measures or "").splitlines()
    return {
        "salutation": _salutation(source.facts),
        "title": opinion.title,
        "case_number": case.number,
        "received_at": on_paper(case.received_at),
        "channel": label(case.channel),
        "acceptance": opinion.acceptance,
        "matters": [
            {
                "title": case.summary,
                "finding": None,
                "result": None,
                "reply": opinion.decision,
                "basis": opinion.basis,
            }
        ],
        "findings": opinion.findings,
        "measures": [line for line in measures if line.strip()],
        "remedy": opinion.remedy,
        "contact_name": name,
        "contact_phone": phone,
        "signed_on": f"{in_shanghai(opinion.signed_at):%Y-%m-%d}" if opinion.signed_at else None,
        "copies_to": [],
    }


def _opinion_sheet(source: Source) -> Row:
    case, opinion = source.case, _opinion_of(source)
    rounds: list[Round] = source.all(Round)
    last = rounds[-1]
    contacts = [c for c in source.all(Contact) if c.round_no == case.round_no]
    clocks = [c for c in source.all(Clock) if c.round_no == case.round_no]
    late = any(
        c.kind is ClockKind.HANDLE and c.stopped_at and c.stopped_at > c.due_at for c in clocks
    )
    name, phone = _handler(source)
    return {
        "case_number": case.number,
        "lead_unit": source.unit(case.lead_unit_id or case.first_unit_id),
        "first_responder": case.first_responder_name,
        "first_unit": source.unit(case.first_unit_id),
        "handler": name,
        "handler_phone": phone,
        "appellant": source.facts.name,
        "received_at": on_paper(case.received_at),
        "contacted_at": on_paper(contacts[0].happened_at) if contacts else None,
        "verified_at": on_paper(last.verified_at),
        "handled_at": on_paper(last.handled_at),
        "is_overdue": late,
        "overdue_reason": last.late_reason,
        "details": case.details,
        "findings": opinion.findings,
        "opinion": opinion.decision,
        "basis": opinion.basis,
        "result": label(opinion.result),
        "later": None,
        "unit_head_opinion": None,
        "leader_opinion": opinion.remark,
        "attachments": [row.name for row in source.all(Attachment)],
    }


def _followup_record(source: Source) -> Row:
    case = source.case
    row: FollowUp = source.about
    rounds = [r for r in source.all(Round) if r.number == row.round_no]
    stars = list(row.stars)
    return {
        "case_number": case.number,
        "times": row.seq,
        "urgency": label(case.urgency),
        "lead_unit": source.unit(case.lead_unit_id or case.first_unit_id),
        "appellant": source.facts.name,
        "phone": source.facts.phone,
        "received_at": on_paper(case.received_at),
        "handled_at": on_paper(rounds[0].handled_at) if rounds else None,
        "summary": case.summary,
        "handling": (rounds[0].measures if rounds else None) or case.answer or "",
        "followed_up_by": source.staff(row.staff_id),
        "followed_up_at": on_paper(row.happened_at),
        "way": label(row.way or FollowUpWay.PHONE),
        "call_minutes": row.minutes,
        "missed_calls": row.failed_calls,
        "was_contacted": row.was_contacted,
        "first_heard": label(row.first_heard) if row.first_heard else None,
        "resolution": label(row.resolution) if row.resolution else None,
        "matters": [],
        "satisfaction": label(row.satisfaction) if row.satisfaction else None,
        "speed": stars[0],
        "effect": stars[1],
        "service": stars[2],
        "feedback": stars[3],
        "discontent": [label(row.discontent)] if row.discontent else [],
        "discontent_note": row.discontent_note if row.discontent is Discontent.OTHER else None,
        "suggestion": row.suggestion,
        "next_steps": [label(row.next_step)] if row.next_step else [],
        "again_by": source.due(ClockKind.HANDLE) if row.next_step is NextStep.AGAIN else None,
    }


_BUILDERS: Mapping[str, Callable[[Source], Row]] = MappingProxyType(
    {
        "intake-sheet": _intake_sheet,
        "receipt": _receipt,
        "dispatch-slip": _dispatch_slip,
        "opinion-notice": _opinion_notice,
        "opinion-sheet": _opinion_sheet,
        "followup-record": _followup_record,
    }
)
