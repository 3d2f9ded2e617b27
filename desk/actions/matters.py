"""Several matters of one appeal (事项): added, given to units, answered (DOMAIN.md 9.1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from desk.actions.matter_answers import (
    MatterAnswer,
    chosen_matters,
    items_of,
    keep_answers,
    matters_of,
    matters_of_round,
    require_answered,
)
from desk.actions.search_doc import write_search_doc
from desk.rules.codes import AssignmentRole, AssignmentStatus
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.matters import MOST_MATTERS, SETTLED, OpinionItem, heading_of
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Assignment, Case, Matter
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

_GONE = frozenset({AssignmentStatus.RETURNED, AssignmentStatus.REPLACED})
_NOBODY: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class MatterUnit:
    """Which unit a matter goes to."""

    matter: int
    unit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMatter(CaseRequest):
    """Write down matters that come up while the case is being handled (添加事项)."""

    contents: tuple[str, ...] = words("事项", Field.BODY)
    unit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignMatter(CaseRequest):
    """Give matters to units that have a part in the case (事项交给单位)."""

    matters: tuple[MatterUnit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMatter(CaseRequest):
    """Answer matters of one's own unit; the lead may answer all (逐项答复)."""

    answers: tuple[MatterAnswer, ...]


@action(AddMatter, "matter.added")
def add_matter(tx: Transaction, request: AddMatter) -> Changes:
    """Add matters to the present round; the lead has them unless a unit is named.

    Raises:
        RuleBroken: nothing was written, there are too many, or the unit has no part in the case.
    """
    case = tx.open_case(request.case, request.seen, Deed.ADD_MATTER)
    contents = [text for text in request.contents if text.strip()]
    if not contents:
        raise RuleBroken("请写下新提出的事项，一行一件。", field="contents")
    rows = matters_of(tx, case)
    if len(rows) + len(contents) > MOST_MATTERS:
        raise RuleBroken(f"一件最多 {MOST_MATTERS} 个事项，请另开一件。", field="contents")
    if request.unit is not None:
        _require_part(tx, case, request.unit, "unit")
    last = max(row.seq for row in rows)
    tx.add(
        *(
            Matter(
                id=new_id(),
                street_id=tx.street_id,
                case_id=case.id,
                seq=seq,
                content=content,
                unit_id=request.unit or case.lead_unit_id,
                round_no=case.round_no,
                added_at=request.happened_at,
            )
            for seq, content in enumerate(contents, start=last + 1)
        )
    )
    write_search_doc(tx, case)
    return Changes(f"添加事项 {len(contents)} 个", cases=(case.id,), detail="\n".join(contents))


@action(AssignMatter, "matter.assigned")
def assign_matter(tx: Transaction, request: AssignMatter) -> Changes:
    """Give matters to units on the case; who takes one over gives its result anew.

    Words already written stay for it to go on with.

    Raises:
        RuleBroken: no matter changes its unit, or a unit has no part in the case.
    """
    case = tx.open_case(request.case, request.seen, Deed.ASSIGN_MATTER)
    rows = chosen_matters(tx, case, [given.matter for given in request.matters], "matters")
    moved = []
    for given in request.matters:
        matter = rows[given.matter]
        _require_part(tx, case, given.unit, f"unit_{matter.id}")
        if matter.unit_id != given.unit:
            tx.watch(matter)
            matter.unit_id = given.unit
            matter.result = matter.is_solved = matter.answered_by = matter.answered_at = None
            moved.append((matter.id, given.unit))
    if not moved:
        raise RuleBroken("各事项的承办单位都没有变，请先改选单位。", field="matters")
    return Changes("事项分给单位", cases=(case.id,), detail="\n".join(say_units(tx, moved)))


@action(AnswerMatter, "matter.answered")
def answer_matter(tx: Transaction, request: AnswerMatter) -> Changes:
    """Record result and answer of matters; support units answer theirs, the lead all.

    Raises:
        RuleBroken: a matter is another unit's, or lacks its result or its answer.
    """
    case = tx.open_case(request.case, request.seen, Deed.ANSWER_MATTER)
    if not request.answers:
        raise RuleBroken("请至少写一个事项的结果和答复。", field="answers")
    rows = chosen_matters(tx, case, [given.matter for given in request.answers], "answers")
    for given in request.answers:
        _require_own(tx, case, rows[given.matter])
    keep_answers(tx, rows.values(), request.answers, request.happened_at)
    require_answered(tx, rows.values())
    answered = sorted(rows.values(), key=lambda matter: matter.seq)
    which = "、".join(str(matter.seq) for matter in answered)
    return Changes(
        f"答复事项 {which}",
        cases=(case.id,),
        detail="\n".join(_said(item) for item in items_of(tx, answered)),
    )


def give_matters(
    tx: Transaction, case: Case, wanted: Mapping[int, int] = _NOBODY
) -> dict[int, int | None]:
    """Give the matters of the round to the wanted units (matter id → unit id).

    Every other matter stays with its unit while that has a part in the case, else the lead has
    it. Call it whenever the parts of a case change; nothing that was answered is lost by it.

    Returns:
        Which matters changed their unit, each with the unit it had before.

    Raises:
        RuleBroken: a wanted unit has no part in the case, or a matter is not of this round.
    """
    chosen_matters(tx, case, list(wanted), "matters")
    for matter, unit in wanted.items():
        _require_part(tx, case, unit, f"unit_{matter}")
    parts, before = _parts(tx, case), {}
    for row in matters_of_round(tx, case):
        stays = row.unit_id in parts
        unit_id = wanted.get(row.id, row.unit_id if stays else case.lead_unit_id)
        if unit_id != row.unit_id:
            tx.watch(row)
            before[row.id], row.unit_id = row.unit_id, unit_id
    return before


def say_units(tx: Transaction, given: Iterable[tuple[int, int]]) -> list[str]:
    """Return which matter goes to which unit, as the history tells it."""
    found = []
    for matter, unit in given:
        row = tx.session.get_one(Matter, matter)
        name = unit_name(tx.session, unit, tx.today)
        found.append(f"事项 {row.seq} 交{name}：{heading_of(row.content)}")
    return found


def reopen_matters(tx: Transaction, case: Case, round_no: int) -> None:
    """Take into a further round what the appellant did not call solved, or all if that is nothing.

    Call it once the parts of the round are there. What was answered before stays with the opinion
    of its round.
    """
    rows = matters_of(tx, case)
    again = [row for row in rows if row.resolution not in SETTLED] or rows
    for matter in again:
        tx.watch(matter)
        matter.round_no = round_no
        matter.result = matter.answer = matter.basis = matter.is_solved = None
        matter.answered_by = matter.answered_at = None
    give_matters(tx, case)


def _parts(tx: Transaction, case: Case) -> dict[int, Assignment]:
    parts = [part for part in tx.rows(Assignment, case) if part.round_no == case.round_no]
    return {part.unit_id: part for part in parts if part.status not in _GONE}


def _require_part(tx: Transaction, case: Case, unit: int, field: str) -> None:
    if unit not in _parts(tx, case):
        name = unit_name(tx.session, unit, tx.today)
        raise RuleBroken(f"{name}还没有参加这一件，请先分拨或加派，再把事项交给它。", field=field)


def _require_own(tx: Transaction, case: Case, matter: Matter) -> None:
    parts = _parts(tx, case)
    mine = [p for p in parts.values() if tx.person.is_built_in or p.unit_id in tx.person.unit_ids]
    if not any(p.role is AssignmentRole.LEAD or p.unit_id == matter.unit_id for p in mine):
        unit = unit_name(tx.session, matter.unit_id, tx.today) or "承办单位"
        raise RuleBroken(
            f"事项 {matter.seq} 由{unit}答复，您写的内容还在，可以发给他们。",
            field=f"answer_{matter.id}",
        )
    if all(part.status is AssignmentStatus.WAITING for part in mine):
        raise RuleBroken("请先签收，再写逐项答复。")


def _said(item: OpinionItem) -> str:
    result = label(item.result) if item.result else ""
    return f"事项 {item.seq} {result}：{item.answer}"
