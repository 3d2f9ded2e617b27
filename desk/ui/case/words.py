"""What a case file says about itself (案件卷的话): plain functions, no widgets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from desk.queries.case_file import CaseFile
from desk.queries.case_views import StepView
from desk.queries.clock_rows import ClockRow
from desk.rules.clock_faces import ClockFace, ClockFacts, ClockState, clock_face
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    CaseStatus,
    ClockKind,
    ContactResult,
    Exit,
    OpinionStatus,
    SpanUnit,
)
from desk.rules.completeness import missing_for_archive
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.moments import day_of, say_due, say_moment
from desk.rules.wording import label

STRIP = (
    ClockKind.DISPATCH,
    ClockKind.CONTACT,
    ClockKind.VERIFY,
    ClockKind.HANDLE,
    ClockKind.OPINION,
    ClockKind.FOLLOW_UP,
)
_OF_FIRST_ROUND = frozenset({ClockKind.DISPATCH, ClockKind.CONTACT, ClockKind.VERIFY})
_GONE = frozenset({AssignmentStatus.RETURNED, AssignmentStatus.REPLACED})
_SAME = timedelta(minutes=1)
_CLOCK_ONLY = len("09:46")
# Until it has been handled every matter is open, which goes without saying.
_BEFORE_ANSWERS = frozenset({CaseStatus.RECEIVED, CaseStatus.DISPATCHED, CaseStatus.ACCEPTED})
_QUIET_KINDS = frozenset({"case.noted", "case.corrected", "private.revealed", "case.repeat_linked"})
_PAPERS = frozenset(
    {
        "opinion.written",
        "opinion.signed",
        "opinion.signed_on_paper",
        "opinion.unsigned",
        "opinion.revised",
        "notice.issued",
        "notice.sealed",
        "notice.delivered",
        "paper.issued",
        "paper.sealed",
        "paper.delivered",
        "paper.scanned_back",
        "case.attached",
    }
)


class StepFilter(StrEnum):
    """Which steps the timeline shows."""

    ALL = "all"
    CONTACTS = "contacts"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class ShownClock:
    """One clock of the strip with the words below it."""

    face: ClockFace
    note: str
    is_nearest: bool


def shown_clocks(file: CaseFile, now: datetime) -> list[ShownClock]:
    """Return the six clocks of the case in their fixed order, then all further ones.

    Those of supporting units come last, named by their units; of parts that were taken back or
    handed on nothing is left to watch.
    """
    chosen = {kind: _newest(file, kind) for kind in STRIP}
    running = [c for c in file.clocks if _is_due(c, file)]
    nearest = min(running, key=lambda c: (c.facts.due_at or now, c.id), default=None)
    found = []
    for kind in STRIP:
        clock = chosen[kind]
        facts = clock.facts if clock is not None else _not_begun(file, kind)
        is_nearest = clock is not None and clock is nearest
        shown = _shown(facts, file.limits.get(kind, ""), now, is_nearest=is_nearest)
        said = contact_words(file, now) if kind is ClockKind.CONTACT else ""
        is_done = shown.face.state is ClockState.STOP
        found.append(replace(shown, note=said) if said and is_done else shown)
    in_strip = {clock.id for clock in chosen.values() if clock is not None}
    units = {part.unit_id: part.unit for part in file.parts}
    all_clocks = (*file.clocks, *file.support_clocks)
    further = [c for c in all_clocks if c.id not in in_strip and _is_worth_a_look(c, file)]
    found += [
        _shown(_named(clock, units), "", now, is_nearest=clock is nearest) for clock in further
    ]
    return found


def _is_worth_a_look(clock: ClockRow, file: CaseFile) -> bool:
    gone = {part.id for part in file.parts if part.status in _GONE}
    return clock.assignment_id not in gone


def _named(clock: ClockRow, units: Mapping[int, str]) -> ClockFacts:
    unit = units.get(clock.support_id or 0, "")
    return replace(clock.facts, name=f"{unit} {clock.facts.name}") if unit else clock.facts


def contact_words(file: CaseFile, now: datetime) -> str:
    """Return who first reached the appellant in this round, and when (“城建办 09:12 已联系”)."""
    reached = [
        contact
        for contact in file.contacts
        if contact.result is ContactResult.REACHED and contact.happened_at >= file.round.started_at
    ]
    if not reached:
        return ""
    first = min(reached, key=lambda contact: contact.happened_at)
    when = say_moment(first.happened_at, seen_at=now)
    if day_of(first.happened_at) != day_of(now):
        return f"{first.unit} {when.rpartition(' ')[0]}"  # the cell is narrow, and has its tick
    return f"{first.unit} {when} 已联系"


def _newest(file: CaseFile, kind: ClockKind) -> ClockRow | None:
    """Return the clock of the present round; what is done once is shown from the first one."""
    of_kind = [clock for clock in file.clocks if clock.kind is kind]
    present = [clock for clock in of_kind if clock.round_no == file.round.number]
    if present:
        return present[-1]
    return of_kind[-1] if of_kind and kind in _OF_FIRST_ROUND else None


def _is_due(clock: ClockRow, file: CaseFile) -> bool:
    facts = clock.facts
    return (
        clock.is_running
        and clock.round_no == file.round.number
        and facts.is_applicable
        and facts.paused_since is None
    )


def _not_begun(file: CaseFile, kind: ClockKind) -> ClockFacts:
    applies = not (kind is ClockKind.DISPATCH and file.exit is not Exit.TRANSFER)
    return ClockFacts(
        name=label(kind),
        unit=SpanUnit.HOUR,
        rule_text=file.limits.get(kind, ""),
        is_applicable=applies and file.exit is not Exit.GUIDANCE,
    )


def _shown(facts: ClockFacts, limit: str, now: datetime, *, is_nearest: bool) -> ShownClock:
    face = clock_face(facts, now)
    return ShownClock(face, _note(facts, face, limit, now), is_nearest)


def _note(facts: ClockFacts, face: ClockFace, limit: str, now: datetime) -> str:
    if face.is_running and facts.due_at is not None:
        return f"{say_due(facts.due_at, seen_at=now)} 前"
    rule = (facts.rule_text or limit).partition("，")[0]
    if face.state is ClockState.STOP and facts.stopped_at is not None:
        stopped = say_moment(facts.stopped_at, seen_at=now)
        return f"{rule} · {stopped} 停" if len(stopped) == _CLOCK_ONLY else rule
    if face.state is ClockState.NOT_APPLICABLE:
        return "这一件不需要"
    return (facts.rule_text or limit).replace("限 ", "", 1).replace("，", " ")


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the timeline in words."""

    time: str
    verb: str
    who: str
    details: Sequence[str]
    is_now: bool
    is_quiet: bool


def timeline(file: CaseFile, wanted: StepFilter, now: datetime) -> list[Line]:
    """Return the steps to show, the newest first."""
    kinds = _PAPERS if wanted is StepFilter.PAPERS else None
    steps = [step for step in file.steps if kinds is None or step.kind in kinds]
    newest = file.steps[0].id if file.steps else None
    return [_line(step, now, is_now=step.id == newest) for step in steps]


def _line(step: StepView, now: datetime, *, is_now: bool) -> Line:
    desk = f"（{step.desk_name}）" if step.desk_name not in {"", step.unit} else ""
    details = [step.detail] if step.detail else []
    details += [f"{_COLUMNS[name]}原为：{before}" for name, before, _ in step.differences]
    if abs(step.recorded_at - step.happened_at) >= _SAME:
        recorded = say_moment(step.recorded_at, seen_at=now)
        happened = say_moment(step.happened_at, seen_at=now)
        details.append(f"发生 {happened}，{recorded} 记录。")
    if step.sent_by != step.who:
        details.append(f"由 {step.sent_by} 代记。")
    return Line(
        time=say_moment(step.happened_at, seen_at=now).replace(" 日 ", " 日\n"),
        verb=step.title,
        who=f"{step.who} · {step.unit}{desk}" if step.unit else f"{step.who}{desk}",
        details=tuple(details),
        is_now=is_now,
        is_quiet=step.kind in _QUIET_KINDS,
    )


_COLUMNS = {"cases.summary": "标题", "cases.details": "内容"}


def still_open(file: CaseFile) -> list[str]:
    """Return in sentences what keeps the case from being closed, then from the archive."""
    if file.status in {CaseStatus.ARCHIVED, CaseStatus.MERGED}:
        return []
    if has_ended(file):
        missing = missing_for_archive(file.archive)
        return [*missing.hard, *missing.soft]
    found = _open_steps(file)
    if file.status not in _BEFORE_ANSWERS:
        found += [f"事项“{matter}”还没有答复。" for matter in file.archive.unanswered]
    found += _open_opinion(file)
    found += [f"{paper} 的签字件还没有扫回。" for paper in file.archive.not_scanned]
    found.append("还没有回访，或回访还没有说可以办结。")
    return found


def has_ended(file: CaseFile) -> bool:
    """Return whether only the archive is still to come (还差什么才能归档)."""
    return file.status in STEP_OF[Deed.ARCHIVE].statuses


def _open_steps(file: CaseFile) -> list[str]:
    status = file.status
    found = []
    if status is CaseStatus.RECEIVED:
        found.append("还没有分拨，要先由信联办定主办单位。")
    found += [
        f"{part.unit}（{label(part.role)}）还没有签收。"
        for part in file.parts
        if part.status is AssignmentStatus.WAITING
    ]
    running = {clock.kind for clock in file.clocks if _is_due(clock, file)}
    if ClockKind.CONTACT in running:
        found.append("还没有联系诉求人。")
    if ClockKind.VERIFY in running:
        found.append("还没有核实情况。")
    found += [
        f"{part.unit}（协办）还没有反馈。"
        for part in file.parts
        if part.role is not AssignmentRole.LEAD and part.status is AssignmentStatus.ACCEPTED
    ]
    if status in {CaseStatus.ACCEPTED, CaseStatus.HANDLING, CaseStatus.PARKED}:
        found.append("还没有办理完毕。")
    return found


def _open_opinion(file: CaseFile) -> list[str]:
    opinion, status = file.opinion, file.status
    if opinion is None:
        return ["意见书还没有起草，办理完毕时自动起草。"]
    found = []
    if opinion.status is OpinionStatus.DRAFT:
        found.append("意见书还是草稿，没有送审签。")
    if opinion.status is OpinionStatus.SENT_BACK:
        found.append("意见书被退回修改，改好后再送审签。")
    if opinion.status is OpinionStatus.SUBMITTED:
        found.append("意见书在等签发。")
    if status is CaseStatus.SEALING:
        found.append("意见书还没有盖章。")
    if status in {CaseStatus.SEALING, CaseStatus.DELIVERING}:
        found.append("意见书还没有送达诉求人。")
    return found
