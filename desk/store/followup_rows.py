"""The row of a follow-up's record (群众诉求办理情况回访登记表, DOMAIN.md 2.5)."""

from dataclasses import dataclass

from sqlalchemy import select

from desk.rules.codes import ClockKind, Discontent, FollowUpWay, NextStep
from desk.rules.followup_codes import FollowUpAdvice
from desk.rules.wording import label
from desk.store.models import FollowUp, FollowUpMatter, Matter, Round
from desk.store.paper_source import Row, Source, on_paper


@dataclass(frozen=True, slots=True)
class FollowUpSheet:
    """What a record is about: the follow-up, and what whoever rang proposes besides."""

    row: FollowUp
    advice: FollowUpAdvice | None = None


def followup_record(source: Source) -> Row:
    """Return what the record of a follow-up prints."""
    case = source.case
    sheet: FollowUpSheet = source.about
    row = sheet.row
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
        "matters": _said_of_matters(source, row),
        "satisfaction": label(row.satisfaction) if row.satisfaction else None,
        "speed": stars[0],
        "effect": stars[1],
        "service": stars[2],
        "feedback": stars[3],
        "discontent": [label(row.discontent)] if row.discontent else [],
        "discontent_note": row.discontent_note if row.discontent is Discontent.OTHER else None,
        "suggestion": row.suggestion,
        "next_steps": [label(step) for step in (row.next_step, sheet.advice) if step],
        "again_by": source.due(ClockKind.HANDLE) if row.next_step is NextStep.AGAIN else None,
    }


def _said_of_matters(source: Source, row: FollowUp) -> list[Row]:
    """Return what the appellant said of each of several matters (逐项回访)."""
    matters = {matter.id: matter for matter in source.all(Matter)}
    if len(matters) < 2:  # noqa: PLR2004 a single matter is what the whole record is about
        return []
    query = select(FollowUpMatter).where(FollowUpMatter.follow_up_id == row.id)
    said = {one.matter_id: one for one in source.tx.session.scalars(query)}
    return [
        {
            "title": matter.content,
            "resolution": label(said[key].resolution) if key in said else None,
            "note": said[key].note if key in said else None,
        }
        for key, matter in matters.items()
    ]
