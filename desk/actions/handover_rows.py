"""The lines of a handover (交班清单): what is written down of each thing, frozen with it."""

from typing import Any

from sqlalchemy import select

from desk.rules.codes import ClockKind
from desk.rules.wording import label
from desk.store.models import (
    Assignment,
    Case,
    Clock,
    Contact,
    KeptItem,
    Mediation,
    PrivateFacts,
    Staff,
    Whistle,
)
from desk.store.paper_source import on_paper
from desk.store.sight import at_hand
from desk.store.transaction import Transaction


def case_line(case: Case) -> dict[str, Any]:
    """Return a case in somebody's hands, as it stands now."""
    return {
        "id": case.id,
        "number": case.number,
        "subject": case.summary,
        "state": label(case.status),
        "next_step": label(case.next_clock) if case.next_clock else None,
        "due_at": on_paper(case.next_due_at),
    }


def support_line(tx: Transaction, part: Assignment) -> dict[str, Any]:
    """Return a support in somebody's hands, with when it should report."""
    case = tx.session.get_one(Case, part.case_id)
    due = tx.session.scalar(
        select(Clock.due_at).where(
            Clock.assignment_id == part.id,
            Clock.kind == ClockKind.HANDLE,
            Clock.stopped_at.is_(None),
        )
    )
    return {
        "id": part.id,
        "number": case.number,
        "subject": case.summary,
        "state": f"协办，{label(part.status)}",
        "next_step": "协办反馈",
        "due_at": on_paper(due),
    }


def mediation_line(mediation: Mediation) -> dict[str, Any]:
    """Return a mediation to look after: its number, and nobody's name."""
    due = mediation.due_on
    return {
        "id": mediation.id,
        "kind": "调解",
        "number": mediation.number,
        "state": label(mediation.status),
        "due_on": f"{due:%Y-%m-%d}" if due else None,
    }


def whistle_line(whistle: Whistle) -> dict[str, Any]:
    """Return a whistle to look after."""
    return {
        "id": whistle.id,
        "number": whistle.number,
        "subject": whistle.site,
        "state": f"哨单，{label(whistle.state)}",
        "next_step": "请代为留意",
        "due_at": None,
    }


def call_line(tx: Transaction, contact: Contact) -> dict[str, Any]:
    """Return a promised call as lists and papers show it; who asked to be hidden stays so.

    Whoever has neither the case in hand nor promised the call, nor his unit, reads a mask.
    """
    case = tx.session.get_one(Case, contact.case_id)
    named = select(PrivateFacts.name, PrivateFacts.phone).join(
        Case, Case.id == PrivateFacts.case_id
    )
    facts = tx.session.execute(
        named.where(Case.id == case.id, Case.hides_appellant.is_(False), at_hand(tx.person))
    ).first()
    return {
        "id": contact.id,
        "at": on_paper(contact.call_back_at),
        "number": case.number,
        "who": (facts.name or "未留姓名") if facts is not None else case.appellant_shown,
        "phone": facts.phone if facts is not None else None,
        "about": contact.note or case.summary,
        "by": tx.session.get_one(Staff, contact.staff_id).name,
    }


def item_line(tx: Transaction, item: KeptItem) -> dict[str, Any]:
    """Return a thing that somebody keeps."""
    case = tx.session.get(Case, item.case_id) if item.case_id else None
    return {
        "id": item.id,
        "kind": label(item.kind),
        "name": item.name,
        "number": case.number if case else None,
        "owner": case.appellant_shown if case else None,
        "taken_at": on_paper(item.taken_at),
        "note": item.note,
    }
