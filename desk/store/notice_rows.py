"""Rows of notices to the appellant, and of the proof that papers reached him (告知书、送达回证)."""

from sqlalchemy import select

from desk.rules.codes import Channel, ClockKind, PaperState
from desk.rules.matters import heading_of
from desk.rules.notices import NUMBERED
from desk.rules.papers import HANDED_OVER, PAPER_TITLES
from desk.rules.wording import label
from desk.store.models import Delivery, Paper, ServiceItem
from desk.store.paper_source import (
    Row,
    Source,
    handler_of,
    on_paper,
    phone_of,
    salutation,
    several,
)

_ANYBODY = "诉求人"
# Handed over soon: the opinion, and with it the notices that have their seal.
_ON_THE_WAY = frozenset({PaperState.TO_SEAL, PaperState.TO_DELIVER})


def acceptance_notice(source: Source) -> Row:
    """Return the row of the 受理告知书 (DOMAIN.md 2.2)."""
    is_petition = source.case.channel is Channel.PETITION
    return {
        **_notice(source),
        "title": "信访事项受理告知书" if is_petition else "群众诉求受理告知书",
        "carried_by": _carried_by(source),
        "handle_by": source.due(ClockKind.HANDLE),
        "ask_how": source.head.query_hint,
    }


def guidance_notice(source: Source) -> Row:
    """Return the row of the 引导告知书: not ours, and where to go with it (DOMAIN.md 2.2, 9.1)."""
    case = source.case
    item_id = case.service_item_id
    item = source.tx.session.get(ServiceItem, item_id) if item_id else None
    is_petition = case.channel is Channel.PETITION
    return {
        **_notice(source),
        "title": "信访事项不予受理告知书" if is_petition else "群众诉求引导告知书",
        "explanation": case.answer or "",
        "basis": item.basis if item else None,
        "guided_to": case.guided_to or "有权处理的单位",
        "contact": _contact(source, item),
    }


def delivery_proof(source: Source) -> Row:
    """Return the row of the 送达回证: the papers that are on their way, or were delivered last."""
    case, facts = source.case, source.facts
    served = _served(source)
    papers = [paper for paper in served if _goes_along(paper)]
    delivery = None if papers else _last_delivery(source, served)
    if delivery is not None:
        papers = [paper for paper in served if paper.id in delivery[1]]
    row = delivery[0] if delivery else None
    return {
        "case_number": case.number,
        "subject": case.summary,
        "addressee": facts.name or _ANYBODY,
        "address": facts.address,
        "phone": facts.phone,
        "papers": [
            {"title": PAPER_TITLES[paper.code], "number": paper.number, "copies": 1}
            for paper in papers or served
        ],
        "way": label(row.way) if row else None,
        "tracking": row.tracking if row else None,
        "delivered_at": on_paper(row.delivered_at) if row else None,
        "delivered_by": source.staff(row.delivered_by) if row else None,
        "witness": row.witness if row else None,
        "note": row.note if row else None,
    }


def _goes_along(paper: Paper) -> bool:
    if paper.code in NUMBERED:
        return paper.state is PaperState.TO_DELIVER
    return paper.state in _ON_THE_WAY


def _notice(source: Source) -> Row:
    case = source.case
    return {
        "salutation": salutation(source.facts),
        "addressee": source.facts.name or _ANYBODY,
        "case_number": case.number,
        "received_at": on_paper(case.received_at),
        "channel": label(case.channel),
        "subject": case.summary,
        "matters": [heading_of(matter) for matter in several(source)],
        "signed_on": f"{source.tx.today:%Y-%m-%d}",
    }


def _carried_by(source: Source) -> str:
    """Say who handles it: “城建办承办，承办人刘建，电话…”."""
    case = source.case
    unit_id = case.lead_unit_id or case.first_unit_id
    unit = source.unit(unit_id) or ""
    if case.lead_unit_id is None:
        return f"{unit}转交承办单位办理，电话{phone_of(source, unit_id)}"
    if case.handler_id is None:
        return f"{unit}承办，电话{phone_of(source, unit_id)}"
    name, phone = handler_of(source)
    return f"{unit}承办，承办人{name}，电话{phone}"


def _contact(source: Source, item: ServiceItem | None) -> str | None:
    """Say whom to ask for, where and when, and what to bring; None where nothing is known."""
    case = source.case
    said = {
        "联系人": case.guide_person or (item.contact if item else None),
        "电话": case.guide_phone or (item.phone if item else None),
        "地址": item.address if item else None,
        "办理时间": item.hours if item else None,
        "请带上": "、".join(item.materials) if item and item.materials else None,
    }
    return "；".join(f"{name}：{words}" for name, words in said.items() if words) or None


def _served(source: Source) -> list[Paper]:
    query = (
        select(Paper)
        .where(
            Paper.case_id == source.case.id,
            Paper.code.in_(HANDED_OVER),
            Paper.state != PaperState.VOID,
        )
        .order_by(Paper.issued_at, Paper.id)
    )
    return list(source.tx.session.scalars(query))


def _last_delivery(source: Source, served: list[Paper]) -> tuple[Delivery, set[int]] | None:
    """Return the last delivery with all papers that were handed over at that moment."""
    ids = [paper.id for paper in served]
    query = select(Delivery).where(Delivery.paper_id.in_(ids)).order_by(Delivery.id)
    rows = list(source.tx.session.scalars(query))
    if not rows:
        return None
    last = rows[-1]
    return last, {row.paper_id for row in rows if row.delivered_at == last.delivered_at}
