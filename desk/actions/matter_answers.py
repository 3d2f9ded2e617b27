"""How the matters of an appeal are answered (逐项答复): kept, checked, and put into the opinion."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.rules.codes import HandlingResult
from desk.rules.errors import RuleBroken
from desk.rules.matters import (
    OpinionItem,
    composed,
    counts_as_solved,
    overall_result,
    unanswered,
)
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.models import Case, Matter
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name


@dataclass(frozen=True, slots=True)
class MatterAnswer:
    """How one matter ended; what is None stays as it is on record.

    Attributes:
        is_solved: the unit's own word; None follows the result.
    """

    matter: int
    result: HandlingResult | None = None
    answer: str | None = words("逐项答复", Field.BODY, default=None)
    basis: str | None = words("依据", Field.BODY, default=None)
    is_solved: bool | None = None


def matters_of(tx: Transaction, case: Case) -> list[Matter]:
    """Return all matters of a case in the order in which they were said."""
    return sorted(tx.rows(Matter, case), key=lambda row: row.seq)


def matters_of_round(tx: Transaction, case: Case) -> list[Matter]:
    """Return the matters that the present round deals with."""
    return [row for row in matters_of(tx, case) if (row.round_no or 1) == case.round_no]


def keep_answers(
    tx: Transaction, rows: Collection[Matter], answers: Sequence[MatterAnswer], at: datetime
) -> bool:
    """Write answers onto their matters; return whether a result became another one."""
    given = {answer.matter: answer for answer in answers}
    is_other = False
    for matter in rows:
        said = given.get(matter.id)
        if said is None:
            continue
        tx.watch(matter)
        before = (matter.result, matter.answer, matter.basis, matter.is_solved)
        matter.result = said.result or matter.result
        if said.answer is not None:
            matter.answer = said.answer or None
        if said.basis is not None:
            matter.basis = said.basis or None
        matter.is_solved = _solved(matter, said, before[0])
        if (matter.result, matter.answer, matter.basis, matter.is_solved) != before:
            matter.answered_by, matter.answered_at = tx.person.staff_id, at
        is_other |= matter.result is not before[0]
    return is_other


def require_answered(tx: Transaction, rows: Collection[Matter]) -> None:
    """Refuse while a matter lacks its result or its answer.

    Raises:
        RuleBroken: `field` names the first gap: `result_<matter>` or `answer_<matter>`.
    """
    for item in unanswered(items_of(tx, sorted(rows, key=lambda matter: matter.seq))):
        whose = f"（{item.unit}）" if item.unit else ""
        lacks = "办理结果" if item.lacks == "result" else "答复"
        raise RuleBroken(
            f"事项 {item.seq}{whose}还没有{lacks}，请补上。", field=f"{item.lacks}_{item.matter}"
        )


def items_of(tx: Transaction, rows: Sequence[Matter]) -> tuple[OpinionItem, ...]:
    """Return matters as an opinion answers them."""
    return tuple(
        OpinionItem(
            matter=row.id,
            seq=row.seq,
            content=row.content,
            result=row.result,
            answer=row.answer or "",
            basis=row.basis or "",
            unit=unit_name(tx.session, row.unit_id, tx.today),
        )
        for row in rows
    )


def finish_matters(
    tx: Transaction,
    case: Case,
    answers: Sequence[MatterAnswer],
    result: HandlingResult | None,
    measures: str,
    at: datetime,
) -> tuple[HandlingResult, str]:
    """End the matters of the round; return what the case came to and how, as it was asked.

    A case with one matter is answered by result and measures; with several each has its own, and
    together they give what was left open.

    Raises:
        RuleBroken: the result, the measures or what is said on a matter is missing.
    """
    rows = matters_of_round(tx, case)
    if not has_several(tx, case):
        if result is None:
            raise RuleBroken("请选办理结果。", field="result")
        if not measures.strip():
            raise RuleBroken("请写下怎么办的、办到什么程度。", field="measures")
        keep_answers(tx, rows, [MatterAnswer(row.id, result, measures) for row in rows], at)
        return result, measures
    chosen_matters(tx, case, [given.matter for given in answers], "matters")
    keep_answers(tx, rows, answers, at)
    require_answered(tx, rows)
    results = [row.result for row in matters_of(tx, case) if row.result]
    return result or overall_result(results), measures or composed(items_of(tx, rows))


def rewrite_answers(
    tx: Transaction, case: Case, answers: Sequence[MatterAnswer], at: datetime
) -> tuple[tuple[OpinionItem, ...], HandlingResult | None]:
    """Put the answers of the round as its opinion puts them; return the items.

    The result is what the case comes to now, or None if no matter came to something else.

    Raises:
        RuleBroken: a matter is not of this round.
    """
    chosen_matters(tx, case, [given.matter for given in answers], "items")
    rows = matters_of_round(tx, case)
    is_other = keep_answers(tx, rows, answers, at)
    results = [row.result for row in matters_of(tx, case) if row.result]
    return items_of(tx, rows), overall_result(results) if is_other else None


def has_several(tx: Transaction, case: Case) -> bool:
    """Return whether a case is answered matter by matter."""
    return len(matters_of(tx, case)) > 1


def chosen_matters(
    tx: Transaction, case: Case, ids: Collection[int], field: str
) -> dict[int, Matter]:
    """Return the matters of the round with these ids.

    Raises:
        RuleBroken: one is of another round or case.
    """
    rows = {row.id: row for row in matters_of_round(tx, case)}
    if not set(ids) <= set(rows):
        raise RuleBroken("所选的事项不在这一轮里，请刷新后再看。", field=field)
    return {one: rows[one] for one in ids}


def _solved(matter: Matter, said: MatterAnswer, before: HandlingResult | None) -> bool | None:
    if said.is_solved is not None or matter.result is None:
        return said.is_solved
    if matter.result is before and matter.is_solved is not None:
        return matter.is_solved
    return counts_as_solved(matter.result)
