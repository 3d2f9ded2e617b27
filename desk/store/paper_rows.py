"""What is frozen when a paper is issued: one plain row per form (keys: `forms/row_keys.py`).

A test compares these rows with the keys the forms declare.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from desk.rules.codes import AssignmentRole, ClockKind
from desk.rules.matters import heading_of
from desk.rules.moments import in_shanghai
from desk.rules.notices import NOTICE_SEAL, NUMBERED
from desk.rules.wording import label
from desk.store.assessment_rows import exclusion_request
from desk.store.closing_rows import case_contents, closing_report
from desk.store.extension_rows import extension_request
from desk.store.followup_rows import followup_record
from desk.store.hall_rules import setting
from desk.store.leader_case_rows import leader_case
from desk.store.letterheads import letterhead_of
from desk.store.meeting_rows import meeting_minutes
from desk.store.models import (
    Assignment,
    Case,
    Matter,
    Place,
    PrivateFacts,
)
from desk.store.notice_rows import acceptance_notice, delivery_proof, guidance_notice
from desk.store.opinion_rows import opinion_notice, opinion_sheet
from desk.store.paper_source import (
    Row,
    Source,
    Writing,
    category_words,
    guided_words,
    materials,
    on_paper,
    promise,
    several,
)
from desk.store.reception_rows import reception_record, visit_words
from desk.store.sendings import TAKEN_BACK
from desk.store.supervision_rows import supervision_notice, urging_slip
from desk.store.withdrawal_rows import withdrawal_request


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
        "seal_place": code not in NUMBERED or _seals_notices(tx),
        "filled_by": tx.person_name,
        "checked_by": None,
        "filled_on": f"{tx.today:%Y-%m-%d}",
    }
    return common | _BUILDERS[code](source)


def _seals_notices(tx: Writing) -> bool:
    return bool(setting(tx.session, tx.street_id, NOTICE_SEAL, tx.today))


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
        "visit": visit_words(source),
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
        "matters": several(source),
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
    by_role: dict[AssignmentRole, list[str]] = {role: [] for role in AssignmentRole}
    for other in parts:
        by_role[other.role].append(source.unit(other.unit_id) or "")
    leads = [p for p in source.all(Assignment) if p.role is AssignmentRole.LEAD]
    before = [p for p in leads if p.dispatched_at < part.dispatched_at and p.reason != TAKEN_BACK]
    is_lead = part.role is AssignmentRole.LEAD
    was_added = not is_lead and not by_role[AssignmentRole.LEAD]  # 加派
    grids = by_role[AssignmentRole.GRID]
    return {
        "kind": "改派" if before and not was_added else "交办",
        "case_number": case.number,
        "channel": label(case.channel),
        "received_at": on_paper(case.received_at),
        "urgency": label(case.urgency),
        "is_complex": case.is_complex,
        "dispatch_by": source.due(ClockKind.DISPATCH),
        "contact_by": source.due(ClockKind.CONTACT),
        "verify_by": source.due(ClockKind.VERIFY),
        "handle_by": source.due(ClockKind.HANDLE, None if is_lead else part.id),
        "is_confidential": case.hides_appellant,
        "appellant": None if case.hides_appellant else source.facts.name,
        "phone": None if case.hides_appellant else source.facts.phone,
        "place": None if case.hides_appellant else source.facts.site or source.facts.address,
        "category": category_words(source.tx, case.category_id),
        "summary": case.details,
        "mode": label(part.mode),
        "lead_unit": (by_role[AssignmentRole.LEAD] or [source.unit(case.lead_unit_id) or ""])[0],
        "support_units": by_role[AssignmentRole.SUPPORT],
        "grid_unit": grids[0] if grids else None,
        "demands": list(part.requirements),
        "other_demands": _own_matters(source, part.unit_id),
        "proposal": part.instruction,
        "issued_by": source.staff(part.dispatched_by),
        "issued_at": on_paper(part.dispatched_at),
        "note": f"加派：{part.reason}" if was_added else None,
    }


def _own_matters(source: Source, unit_id: int) -> str | None:
    """Name the matters that a unit answers, where the case has several."""
    rows: list[Matter] = source.all(Matter)
    own = [f"事项 {row.seq} {heading_of(row.content)}" for row in rows if row.unit_id == unit_id]
    return f"逐项答复：{'；'.join(own)}" if own and len(rows) > 1 else None


_BUILDERS: Mapping[str, Callable[[Source], Row]] = MappingProxyType(
    {
        "intake-sheet": _intake_sheet,
        "receipt": _receipt,
        "dispatch-slip": _dispatch_slip,
        "extension-request": extension_request,
        "exclusion-request": exclusion_request,
        "supervision-notice": supervision_notice,
        "urging-slip": urging_slip,
        "leader-case": leader_case,
        "meeting-minutes": meeting_minutes,
        "opinion-notice": opinion_notice,
        "opinion-sheet": opinion_sheet,
        "followup-record": followup_record,
        "acceptance-notice": acceptance_notice,
        "guidance-notice": guidance_notice,
        "delivery-proof": delivery_proof,
        "closing-report": closing_report,
        "case-contents": case_contents,
        "withdrawal-request": withdrawal_request,
        "reception-record": reception_record,
    }
)
