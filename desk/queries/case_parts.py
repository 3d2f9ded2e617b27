"""The pieces of a case file (案件卷): parts, steps, papers."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, literal, select, type_coerce, union_all
from sqlalchemy.orm import Session, aliased

from desk.queries.case_views import (
    LinkView,
    OpinionView,
    PaperView,
    PartView,
    StepView,
)
from desk.queries.own_work import unnamed
from desk.rules.codes import AssignmentRole, ClockKind, PaperState
from desk.rules.matters import OpinionItem
from desk.rules.moments import day_of, say_due
from desk.rules.papers import PAPER_TITLES
from desk.rules.shifts import passed_in_words
from desk.rules.wording import label
from desk.store.aliases import alias_of
from desk.store.database import Reader
from desk.store.models import (
    Assignment,
    Case,
    Event,
    EventCase,
    Opinion,
    Paper,
    Staff,
    Team,
)
from desk.store.sealing import sealed_since, shown_appellant
from desk.store.sight import seen_by

Names = Mapping[int, str]
_Other = alias_of(Case)
_LOOK = "private.revealed"
# Lines that change no case, but belong to one.
_TOLD_APART = (_LOOK, "attachment.taken_out", "brief.issued")


def parts_of(reader: Reader, case: Case, units: Names) -> tuple[PartView, ...]:
    """Return the parts of the present round, the lead first."""
    rows = reader.session.execute(
        select(Assignment, Staff.name, Team.name)
        .outerjoin(Staff, Staff.id == Assignment.handler_id)
        .outerjoin(Team, Team.id == Assignment.team_id)
        .where(Assignment.case_id == case.id, Assignment.round_no == case.round_no)
        .order_by(Assignment.id)
    )
    order = list(AssignmentRole)
    found = [
        PartView(
            id=part.id,
            unit_id=part.unit_id,
            unit=units.get(part.unit_id, ""),
            role=part.role,
            status=part.status,
            handler=name or "",
            accepted_at=part.accepted_at,
            feedback=part.feedback or "",
            return_reason=part.return_reason,
            return_note=part.return_note or "",
            requirements=tuple(part.requirements or ()),
            instruction=part.instruction or "",
            result=part.result,
            team=team or "",
            reason=part.reason or "",
            reported_at=part.reported_at,
        )
        for part, name, team in rows
    ]
    return tuple(sorted(found, key=lambda part: order.index(part.role)))


def steps_of(reader: Reader, case_id: int, units: Names) -> tuple[StepView, ...]:
    """Return the whole history of a case, the newest first, with who looked at it and why."""
    sender = aliased(Staff)
    columns: tuple[Any, ...] = (
        Event.id,
        Event.kind,
        Event.title,
        Event.payload,
        Event.result,
        Event.made_by,
        Staff.name,
        Staff.unit_id,
        Event.desk_name,
        sender.name.label("sent_by"),
        Event.happened_at,
        Event.recorded_at,
    )
    lines = (
        select(*columns)
        .join(Staff, Staff.id == Event.made_by)
        .join(sender, sender.id == Event.sent_by)
    )
    changes = lines.add_columns(EventCase.version).join(
        EventCase, (EventCase.event_id == Event.id) & (EventCase.case_id == case_id)
    )
    rows = reader.session.execute(changes.order_by(EventCase.version.desc()))
    steps = [_step(row, row.version, units, _of_many(row.result, case_id)) for row in rows]
    if not steps:
        return ()
    said = looked_at(reader, case_id, since=steps[-1].recorded_at, kinds=_TOLD_APART)
    looks = lines.where(said)
    for row in reader.session.execute(looks.order_by(Event.recorded_at, Event.id)):
        after = (at for at, step in enumerate(steps) if step.recorded_at <= row.recorded_at)
        at = next(after, len(steps) - 1)
        steps.insert(at, _step(row, steps[at].version, units))
    return tuple(steps)


def _of_many(result: Mapping[str, Any], case_id: int) -> str:
    """Return what a line about many cases says of this one; nothing where it is of one alone."""
    made = result.get("made", {})
    taken = dict(made.get("taken", ()))
    return passed_in_words(taken[case_id]) if case_id in taken else _moved_limits(made, case_id)


def _moved_limits(made: Mapping[str, Any], case_id: int) -> str:
    """Return how the limits of this case moved where those of many were counted anew."""
    dues = made.get("dues", ())
    return "\n".join(
        f"{label(ClockKind(kind))}时限 {_due(before)} → {_due(after)}"
        for case, kind, before, after in dues
        if case == case_id
    )


def _due(text: str) -> str:
    at = datetime.fromisoformat(text)
    return say_due(at, seen_at=at - timedelta(days=2))  # with its day, whenever it is read


def _step(row: Any, version: int, units: Names, detail: str = "") -> StepView:
    return StepView(
        id=row.id,
        version=version,
        kind=row.kind,
        title=row.title,
        detail=detail or str((row.payload or {}).get("detail") or ""),
        made_by=row.made_by,
        who=row.name,
        unit=units.get(row.unit_id, ""),
        desk_name=row.desk_name,
        sent_by=row.sent_by,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        differences=_differences(row.kind, row.payload or {}),
    )


def looked_at(
    reader: Reader, case_id: int, *, since: datetime, kinds: tuple[str, ...] = (_LOOK,)
) -> ColumnElement[bool]:
    """Return the condition of lines that say who looked at a case's contact data, and why.

    A look leads to no new version of the case; its own answer names the case.
    """
    return and_(
        Event.street_id == reader.person.street_id,
        Event.kind.in_(kinds),
        Event.recorded_at >= since,
        type_coerce(Event.result, Text).contains(str(case_id)),
    )


def _differences(kind: str, payload: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    if kind != "case.corrected":
        return ()
    before, after = payload.get("before") or {}, payload.get("after") or {}
    return tuple(
        (name, str(before.get(name) or ""), str(after.get(name) or ""))
        for name in after
        if name in {"cases.summary", "cases.details"}
    )


def papers_of(reader: Reader, case_id: int) -> tuple[PaperView, ...]:
    """Return the papers of a case that are still good, in the order of issue."""
    return good_papers(reader.session, Paper.case_id == case_id)


def good_papers(session: Session, belongs: ColumnElement[bool]) -> tuple[PaperView, ...]:
    """Return the papers that belong somewhere and are still good, in the order of issue."""
    columns: tuple[Any, ...] = (
        Paper.id,
        Paper.code,
        Paper.number,
        Paper.revision,
        Paper.state,
        Paper.round_no,
        Paper.issued_at,
        Paper.box_number,
    )
    rows = session.execute(
        select(*columns)
        .where(belongs, Paper.state != PaperState.VOID)
        .order_by(Paper.issued_at, Paper.id)
    )
    return tuple(
        PaperView(
            id=row.id,
            code=row.code,
            title=PAPER_TITLES[row.code],
            number=row.number,
            revision=row.revision,
            state=row.state,
            round_no=row.round_no,
            issued_at=row.issued_at,
            box_number=row.box_number or "",
        )
        for row in rows
    )


def opinion_of(reader: Reader, case: Case, people: Names) -> OpinionView | None:
    """Return the newest opinion of the present round, if handling has come that far."""
    row = reader.session.scalar(
        select(Opinion)
        .where(Opinion.case_id == case.id, Opinion.round_no == case.round_no)
        .order_by(Opinion.revision.desc())
        .limit(1)
    )
    if row is None:
        return None
    said = unnamed(reader, case)
    return OpinionView(
        status=row.status,
        title=said(row.title),
        acceptance=said(row.acceptance),
        findings=said(row.findings),
        decision=said(row.decision),
        basis=row.basis or "",
        next_measures=said(row.next_measures or ""),
        remedy=row.remedy or "",
        written_by=people.get(row.written_by, ""),
        written_at=row.written_at,
        signed_by=people.get(row.signed_by or 0, ""),
        signed_at=row.signed_at,
        remark=row.remark or "",
        items=tuple(OpinionItem.from_row(item) for item in row.items or ()),
    )


def links_of(reader: Reader, case: Case) -> tuple[LinkView, ...]:
    """Return what this case repeats or was merged into, and the other way round (关联).

    Only as far as the reader may see the other one.
    """
    rows = reader.session.execute(
        select(
            Case.id,
            Case.number,
            Case.summary,
            Case.repeat_of_id,
            Case.merged_into_id,
            Case.status,
            shown_appellant(sealed_since(reader.session, case.street_id, day_of(reader.now))).label(
                "appellant_shown"
            ),
        )
        .where(
            seen_by(reader.person),
            # each of the three by its own index: joined by OR every case of the street is read
            Case.id.in_(
                union_all(
                    select(literal(case.repeat_of_id or 0)),
                    select(literal(case.merged_into_id or 0)),
                    select(_Other.id).where(_Other.repeat_of_id == case.id),
                    select(_Other.id).where(_Other.merged_into_id == case.id),
                )
            ),
        )
        .order_by(Case.received_at, Case.id)
    )
    return tuple(
        LinkView(
            id=row.id,
            number=row.number,
            summary=row.summary,
            repeats_this=case.id in {row.repeat_of_id, row.merged_into_id},
            is_merged=case.merged_into_id == row.id or row.merged_into_id == case.id,
            status=row.status,
            appellant=row.appellant_shown,
        )
        for row in rows
    )
