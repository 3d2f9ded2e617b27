"""Rows of what closes a case: the report with its whole course, and the list of its papers.

(办结报告、卷内目录: DOMAIN.md 2.11, 2.13 (2), 3.3.)
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from desk.rules.codes import CaseStatus, PaperState
from desk.rules.moments import in_shanghai, say_length
from desk.rules.papers import PAPER_TITLES
from desk.rules.verdicts import AGREED, verdict_of
from desk.rules.wording import label
from desk.store.models import (
    Case,
    Clock,
    Event,
    EventCase,
    Matter,
    Paper,
    Round,
    Staff,
)
from desk.store.paper_source import (
    Row,
    Source,
    attachments,
    category_words,
    handler_of,
    materials,
    on_paper,
)

# Lines of the history that are no step of the handling.
_NO_STEPS = frozenset(
    {"case.noted", "paper.issued", "attachment.sorted", "attachment.masked", "notice.issued"}
)
_MOST_DETAIL = 80
# In which order papers lie in a file; what was handed in and photographed follows the slips.
_ORDER: Mapping[str, int] = MappingProxyType(
    {
        "intake-sheet": 0,
        "acceptance-notice": 1,
        "guidance-notice": 1,
        "dispatch-slip": 2,
        "opinion-notice": 4,
        "opinion-sheet": 5,
        "delivery-proof": 6,
        "withdrawal-request": 6,
        "followup-record": 7,
        "closing-report": 8,
    }
)
_AMONG = 3  # materials and attachments


def closing_report(source: Source) -> Row:
    """Return the row of the 办结报告: its course comes from the history by itself."""
    case = source.case
    name, _phone = handler_of(source)
    verdict = verdict_of(case.resolution, case.satisfaction)
    return {
        "case_number": case.number,
        "appellant": source.facts.name,
        "channel": label(case.channel),
        "category": category_words(source.tx, case.category_id),
        "urgency": label(case.urgency),
        "received_at": on_paper(case.received_at),
        "closed_at": on_paper(case.closed_at),
        "first_unit": source.unit(case.first_unit_id),
        "first_responder": case.first_responder_name,
        "lead_unit": source.unit(case.lead_unit_id or case.first_unit_id),
        "handler": name,
        "summary": case.details,
        "matters": _matters(source),
        "steps": _steps(source),
        "outcome": _outcome(source),
        "said_solved": case.said_solved,
        "said_exhausted": case.said_exhausted,
        "said_satisfied": case.said_satisfied,
        "responded": case.was_contacted,
        "solved": case.resolution in AGREED if case.resolution else None,
        "satisfaction": label(case.satisfaction) if case.satisfaction else None,
        "verdict": label(verdict) if verdict else None,
        "late_note": _late_note(source),
        "attachments": [row.name for row in attachments(source)],
        "pages": None,  # counted by hand when the file is bound
        "archive_number": case.archive_number,
        "box_number": case.box_number,
    }


def case_contents(source: Source) -> Row:
    """Return the row of the 卷内目录: papers in the order of the file; pages stay open."""
    case = source.case
    papers = [paper for paper in _papers(source) if paper.code in _ORDER]
    lines = [(_ORDER[paper.code], _line(*_paper_words(paper))) for paper in papers]
    lines += [
        (_AMONG, _line(f"{row['name']}（诉求人提交）", f"{row['kind']}{row['copies']}份"))
        for row in materials(source)
    ]
    lines += [
        (_AMONG, _line(row.name, label(row.kind) if row.kind else None))
        for row in attachments(source)
    ]
    lines.sort(key=lambda line: line[0])
    return {
        "case_number": case.number,
        "subject": case.summary,
        "lead_unit": source.unit(case.lead_unit_id or case.first_unit_id),
        "closed_at": on_paper(case.closed_at),
        "items": [line for _place, line in lines],
        "pages": None,
        "archive_number": case.archive_number,
        "box_number": case.box_number,
    }


def _matters(source: Source) -> list[Row]:
    """Return what became of each of several matters."""
    matters: list[Matter] = source.all(Matter)
    if len(matters) < 2:  # noqa: PLR2004 a single matter is the case itself
        return []
    return [
        {
            "title": matter.content,
            "unit": source.unit(matter.unit_id),
            "result": label(matter.result) if matter.result else None,
            "is_solved": _solved(matter),
        }
        for matter in matters
    ]


def _solved(matter: Matter) -> str | None:
    """Return the appellant's latest word, else the unit's own."""
    if matter.resolution is not None:
        return label(matter.resolution)
    return {True: "已解决", False: "未解决", None: None}[matter.is_solved]


def _steps(source: Source) -> list[Row]:
    """Return the course of the case from its history, the oldest line first."""
    rows = source.tx.session.execute(
        select(Event.kind, Event.title, Event.payload, Event.happened_at, Staff.name, Staff.unit_id)
        .join(EventCase, EventCase.event_id == Event.id)
        .join(Staff, Staff.id == Event.made_by)
        .where(EventCase.case_id == source.case.id, Event.kind.not_in(_NO_STEPS))
        .order_by(EventCase.version)
    )
    return [
        {
            "at": on_paper(row.happened_at),
            "what": _with_detail(row.title, row.payload or {}),
            "who": " ".join(filter(None, (source.unit(row.unit_id), row.name))),
        }
        for row in rows
    ]


def _with_detail(title: str, payload: Mapping[str, Any]) -> str:
    detail = " ".join(str(payload.get("detail") or "").split())
    if len(detail) > _MOST_DETAIL:
        detail = detail[: _MOST_DETAIL - 1] + "…"
    return f"{title}：{detail}" if detail else title


def _outcome(source: Source) -> str:
    """Say how it ended, and what was done."""
    case = source.case
    rounds: list[Round] = source.all(Round)
    done = next((row.measures for row in reversed(rounds) if row.measures), None) or case.answer
    ended = label(case.result) if case.result else ""
    if case.status is CaseStatus.WITHDRAWN or case.withdraw_reason:
        ended = f"诉求人撤回{_confirmed(case)}：{case.withdraw_reason or ''}"
    return "。".join(part.rstrip("。") for part in (ended, done) if part) + "。"


def _confirmed(case: Case) -> str:
    """Say who confirmed a withdrawal, when and how; nothing where a ledger does not tell."""
    way, by, at = case.withdraw_way, case.withdraw_by, case.withdraw_confirmed_at
    if way is None or by is None or at is None:
        return ""
    return f"（{in_shanghai(at):%Y-%m-%d %H:%M} {label(by)}{label(way)}）"


def _late_note(source: Source) -> str | None:
    """Say which promised limits were missed, by how much, and why; None where none was."""
    late = [
        f"{label(clock.kind)}超时 {say_length(clock.stopped_at - clock.due_at)}"
        for clock in source.all(Clock)
        if clock.is_applicable and clock.stopped_at and clock.stopped_at > clock.due_at
    ]
    reasons = [row.late_reason for row in source.all(Round) if row.late_reason]
    if not late and not reasons:
        return None
    said = "、".join(late) or "有超时"
    return f"{said}。{'；'.join(reasons)}" if reasons else f"{said}。"


def _papers(source: Source) -> list[Paper]:
    query = (
        select(Paper)
        .where(Paper.case_id == source.case.id, Paper.state != PaperState.VOID)
        .order_by(Paper.issued_at, Paper.id)
    )
    return list(source.tx.session.scalars(query))


def _paper_words(paper: Paper) -> tuple[str, str | None]:
    """Return how a paper is named in the list, and what is remarked of it."""
    remark = {PaperState.SCANNED: "有签收", PaperState.DELIVERED: "已送达"}.get(paper.state)
    return f"{PAPER_TITLES[paper.code]} {paper.number}", remark


def _line(name: str, note: str | None) -> Row:
    return {"name": name, "page": None, "note": note}
