"""Walks from door to door (走访、入户十问): planned by building, printed, typed back in.

The sheet has the numbers of the households and no names. What was found at a door becomes a
finding of its own. Sources: DOMAIN.md 000-4, 003-7, 9.3, 9.6.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desk.actions.early_actions import FindingFacts, put_down
from desk.actions.intake_checks import has_words, require_row
from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall
from desk.rules.deeds import Deed
from desk.rules.early_action_codes import (
    DiscoverWay,
    QuestionnaireKind,
    VisitConcern,
    VisitResult,
    VisitState,
)
from desk.rules.early_actions import require_found_in
from desk.rules.errors import RuleBroken, StaleCase
from desk.rules.households import households_of
from desk.rules.moments import start_of
from desk.rules.numbering import NumberKind
from desk.rules.questionnaires import Question, questions_of, require_answers
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Category, EarlyAction, Place, Unit, Visit, VisitEntry
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction
from desk.store.visit_rows import questions_today, visit_sheet_row

MOST_DOORS = 600
_PAPER = "visit-sheet"
_NOT_FOUND = "找不到这次走访，请刷新后再试。"


@dataclass(frozen=True, slots=True)
class Building:
    """A building on the way, with its doors: “1单元101-604”."""

    place: int
    households: str = words("户号", Field.BODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVisit(Request):
    """Plan a walk and print its sheet (走访清单、走访表)."""

    kind: QuestionnaireKind
    community: int
    grid: int | None = None
    planned_on: date
    buildings: tuple[Building, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What was said at one door.

    Attributes:
        entry: the line of the sheet; None for a door that was not on it.
        answers: for each question the number of its answer, 0 where it was not asked.
        category: of the finding that the remark becomes; None: it is only a remark.
    """

    entry: int | None = None
    place: int | None = None
    household: str = words("户号", longest=40, default="")
    result: VisitResult | None = None
    answers: tuple[int, ...] = ()
    concern: VisitConcern | None = None
    remark: str = words("情况", Field.BODY, default="")
    category: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRequest(Request):
    """A request about one walk, made by someone who had seen a version of it."""

    visit: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterVisit(VisitRequest):
    """Type back in what a sheet says (录入走访); it can be corrected the same way.

    Attributes:
        walkers: who went.
    """

    visited_on: date
    walkers: str = words("走访人", Field.NAME, longest=100)
    doors: tuple[Door, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelVisit(VisitRequest):
    """Say that a walk was not made (取消走访); its sheet keeps its number."""

    reason: str = words("取消的理由", longest=200)


@action(PlanVisit, "visit.planned")
def plan_visit(tx: Transaction, request: PlanVisit) -> Changes:
    """Keep the doors of a walk, building by building, and issue its sheet.

    Raises:
        NotAllowed: the asker does not do this.
        RuleBroken: it is another community's, or has no door or far too many.
    """
    require_hall(Deed.RECORD_FINDING, tx.person)
    require_row(tx, Unit, request.community, "社区", "community")
    require_row(tx, Unit, request.grid, "网格", "grid")
    require_found_in(request.community, tx.person)
    doors = _doors(tx, request)
    questions = questions_today(tx.session, tx.street_id, request.kind, tx.today)
    number = next_text(tx, NumberKind.LIST, request.happened_at)
    visit = Visit(
        id=new_id(),
        street_id=tx.street_id,
        number=number,
        kind=request.kind,
        questions=[one.as_json() for one in questions],
        community_id=request.community,
        grid_id=request.grid,
        state=VisitState.PLANNED,
        planned_on=request.planned_on,
        planned_by=tx.person.staff_id,
        changed_at=tx.now,
        version=1,
    )
    tx.add(visit)
    for seq, (place, household) in enumerate(doors, start=1):
        tx.session.add(_entry(tx, visit, seq, place, household))
    tx.session.flush()
    paper = issue_for_hall(tx, _PAPER, visit_sheet_row(tx.session, visit, tx.today), number)
    visit.paper_id = paper.id
    return Changes(
        f"走访清单 {number}，{len(doors)} 户",
        made={"visit": visit.id, "paper": paper.id, "number": number},
    )


@action(EnterVisit, "visit.entered")
def enter_visit(tx: Transaction, request: EnterVisit) -> Changes:
    """Keep what was said at the doors; remarks with a category become findings.

    Raises:
        StaleCase: somebody typed it in meanwhile.
        RuleBroken: the day lies ahead, nobody is named, or a line is not the sheet's.
    """
    visit = _changing(tx, request)
    if visit.state is VisitState.CANCELLED:
        raise RuleBroken("这次走访已取消。要录入，请另建一次走访。")
    if request.visited_on > tx.today:
        raise RuleBroken("走访的日子还没有到，请核对。", field="visited_on")
    if not has_words(request.walkers):
        raise RuleBroken("请写走访人。", field="walkers")
    entries = {entry.id: entry for entry in _entries(tx, visit)}
    questions = questions_of(visit.questions)
    found: list[EarlyAction] = []
    for door in request.doors:
        entry = _filled(tx, visit, entries, door)
        _fill(tx, entry, door, questions)
        if door.category is not None and entry.early_action_id is None:
            found.append(_find(tx, visit, entry, request, door.category))
    visit.state = VisitState.DONE
    visit.visited_on, visit.walkers = request.visited_on, request.walkers
    visit.entered_by, visit.entered_at = tx.person.staff_id, tx.now
    met = sum(1 for entry in entries.values() if entry.result is VisitResult.MET)
    return Changes(
        f"录入走访 {visit.number}：见到 {met} 户，发现 {len(found)} 条",
        made={"visit": visit.id, "early_actions": [row.id for row in found]},
    )


@action(CancelVisit, "visit.cancelled")
def cancel_visit(tx: Transaction, request: CancelVisit) -> Changes:
    """Say that a walk was not made.

    Raises:
        StaleCase: somebody typed it in meanwhile.
        RuleBroken: it is typed in already, or no reason.
    """
    visit = _changing(tx, request)
    if visit.state is not VisitState.PLANNED:
        raise RuleBroken("这次走访已录入或已取消，不用再取消。请刷新后再看。")
    if not has_words(request.reason):
        raise RuleBroken("请写一句为什么取消。", field="reason")
    visit.state, visit.cancel_reason = VisitState.CANCELLED, request.reason
    return Changes(f"取消走访 {visit.number}", made={"visit": visit.id}, detail=request.reason)


def _doors(tx: Transaction, request: PlanVisit) -> list[tuple[int, str]]:
    doors: dict[tuple[int, str], None] = {}
    for building in request.buildings:
        place = tx.own(Place, building.place, "请从列表里选楼栋。", field="buildings")
        if place.community_id != request.community:
            raise RuleBroken(f"“{place.name}”不在这个社区，请核对。", field="buildings")
        doors |= dict.fromkeys((place.id, one) for one in households_of(building.households))
    if not 0 < len(doors) <= MOST_DOORS:
        raise RuleBroken(
            f"一次走访 1 到 {MOST_DOORS} 户，现在是 {len(doors)} 户。请写户号，例如 101-604。",
            field="buildings",
        )
    return list(doors)


def _entry(tx: Transaction, visit: Visit, seq: int, place: int, household: str) -> VisitEntry:
    return VisitEntry(
        id=new_id(),
        street_id=tx.street_id,
        visit_id=visit.id,
        seq=seq,
        place_id=place,
        household=household,
        answers=[],
    )


def _entries(tx: Transaction, visit: Visit) -> list[VisitEntry]:
    rows = select(VisitEntry).where(VisitEntry.visit_id == visit.id).order_by(VisitEntry.seq)
    return list(tx.session.scalars(rows))


def _filled(
    tx: Transaction, visit: Visit, entries: dict[int, VisitEntry], door: Door
) -> VisitEntry:
    """Return the line that a door is about; a door that was not on the sheet gets a new one."""
    if door.entry is not None:
        if door.entry not in entries:
            raise RuleBroken("这一户不在这张表上，请刷新后再录。", field="doors")
        return entries[door.entry]
    if not has_words(door.household) or door.place is None:
        raise RuleBroken("表上没有的户，请选楼栋、写户号。", field="doors")
    place = tx.own(Place, door.place, "请从列表里选楼栋。", field="doors")
    entry = _entry(tx, visit, len(entries) + 1, place.id, door.household)
    tx.add(entry)
    entries[entry.id] = entry
    return entry


def _fill(tx: Transaction, entry: VisitEntry, door: Door, questions: tuple[Question, ...]) -> None:
    require_answers(questions, door.answers)
    tx.watch(entry)
    entry.result = door.result
    entry.answers = list(door.answers) if any(door.answers) else []
    entry.concern = door.concern
    entry.remark = door.remark or None


def _find(
    tx: Transaction, visit: Visit, entry: VisitEntry, request: EnterVisit, category: int
) -> EarlyAction:
    place = tx.session.get_one(Place, entry.place_id)
    require_row(tx, Category, category, "类别", "category")
    kind = tx.session.get_one(Category, category)
    row = put_down(
        tx,
        FindingFacts(
            situation=entry.remark or "",
            category=category,
            community=visit.community_id,
            unit=kind.unit_id or visit.community_id,
            way=DiscoverWay.VISIT,
            found_at=start_of(request.visited_on),
            found_by=request.walkers,
            grid=visit.grid_id or place.grid_id,
            place=place.id,
            address=f"{place.name} {entry.household}",
            concern=entry.concern,
        ),
        visit=visit.id,
    )
    entry.early_action_id = row.id
    return row


def _changing(tx: Transaction, request: VisitRequest) -> Visit:
    require_hall(Deed.RECORD_FINDING, tx.person)
    visit = tx.session.get(Visit, request.visit)
    if visit is None or visit.street_id != tx.street_id:
        raise RuleBroken(_NOT_FOUND, field="visit")
    require_found_in(visit.community_id, tx.person)
    tx.session.refresh(visit, with_for_update=True)
    if visit.version != request.seen:
        raise StaleCase("这次走访刚有人录过。您填的还在，请看过最新情况后再存。")
    tx.watch(visit)
    visit.version += 1
    visit.changed_at = tx.now
    return visit
