"""Rows of the 处理意见书: the letter to the appellant and the grid for the platform."""

from desk.rules.codes import ClockKind
from desk.rules.matters import OpinionItem, heading_of
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.store.extension_rows import later_words
from desk.store.models import Case, Clock, Contact, Opinion, Round
from desk.store.paper_source import Row, Source, attachments, handler_of, on_paper, salutation
from desk.store.sign_words import leader_words


def _opinion_of(source: Source) -> Opinion:
    opinions: list[Opinion] = source.all(Opinion)
    return max(opinions, key=lambda opinion: (opinion.round_no, opinion.revision))


def opinion_notice(source: Source) -> Row:
    """Return the row of the letter to the appellant (DOMAIN.md 2.4 (1))."""
    case, opinion = source.case, _opinion_of(source)
    name, phone = handler_of(source)
    measures = (opinion.next_measures or "").splitlines()
    return {
        "salutation": salutation(source.facts),
        "title": opinion.title,
        "case_number": case.number,
        "received_at": on_paper(case.received_at),
        "channel": label(case.channel),
        "acceptance": opinion.acceptance,
        "matters": _answers(case, opinion),
        "findings": opinion.findings,
        "measures": [line for line in measures if line.strip()],
        "remedy": opinion.remedy,
        "contact_name": name,
        "contact_phone": phone,
        "signed_on": f"{in_shanghai(opinion.signed_at):%Y-%m-%d}" if opinion.signed_at else None,
        "copies_to": [],
    }


def _answers(case: Case, opinion: Opinion) -> list[Row]:
    """Return what the opinion says: matter by matter, or as a whole where there is one."""
    items = [OpinionItem.from_row(row) for row in opinion.items or ()]
    if len(items) < 2:  # noqa: PLR2004 one matter needs no number
        return [_answer(case.summary, None, opinion.decision, opinion.basis)]
    answers = [
        _answer(
            heading_of(item.content),
            label(item.result) if item.result else None,
            item.answer,
            item.basis or None,
        )
        for item in items
    ]
    if opinion.basis:  # what holds for all of them stands below the last
        answers[-1]["basis"] = "".join(filter(None, (answers[-1]["basis"], opinion.basis)))
    return answers


def _answer(title: str, result: str | None, reply: str, basis: str | None) -> Row:
    return {"title": title, "finding": None, "result": result, "reply": reply, "basis": basis}


def opinion_sheet(source: Source) -> Row:
    """Return the row of the platform's grid (DOMAIN.md 2.4 (2))."""
    case, opinion = source.case, _opinion_of(source)
    rounds: list[Round] = source.all(Round)
    last = rounds[-1]
    contacts = [c for c in source.all(Contact) if c.round_no == case.round_no]
    clocks = [c for c in source.all(Clock) if c.round_no == case.round_no]
    late = any(
        c.kind is ClockKind.HANDLE
        and c.stopped_at
        and c.stopped_at > c.due_at
        and c.assignment_id is None
        for c in clocks
    )
    name, phone = handler_of(source)
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
        "later": later_words(source),
        "unit_head_opinion": None,
        "leader_opinion": leader_words(source, opinion),
        "attachments": [row.name for row in attachments(source)],
    }
