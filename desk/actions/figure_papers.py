"""The cases behind a figure on paper (统计清单): numbers and titles, never whom they are about."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.moments import day_of
from desk.rules.numbering import NumberKind
from desk.rules.verdicts import verdict_of
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.models import Case
from desk.store.requests import Changes, Request, action
from desk.store.sight import seen_by
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFigureList(Request):
    """Print the cases that a figure counts.

    Attributes:
        scope: which figure, in words.
        cases: which cases, in the order of the list.
    """

    scope: str = words("统计项")
    cases: tuple[int, ...]


@action(IssueFigureList, "figure.listed")
def issue_figure_list(tx: Transaction, request: IssueFigureList) -> Changes:
    """Freeze number, unit, title and rating of each case as they are now.

    Raises:
        RuleBroken: there is no case, or far too many for one list.
        NotAllowed: the asker may not see one of them any more.
    """
    wanted = request.cases
    if not wanted:
        raise RuleBroken("这个数字背后没有件，不用打印。")
    if len(wanted) > MOST:
        raise RuleBroken(f"超过 {MOST} 件，请先选单位或缩短期间，分几次打印。")
    found = {row.id: _line(tx, row) for row in _rows(tx, wanted)}
    if any(case not in found for case in wanted):
        raise NotAllowed("清单里有的件您现在不能查看。请回到统计表重新打开清单，再打印。")
    number = next_text(tx, NumberKind.LIST, request.happened_at)
    row = {
        "scope": request.scope,
        "total": len(wanted),
        "lines": [found[case] for case in wanted],
    }
    paper = issue_for_hall(tx, "figure-list", row, number)
    return Changes(
        f"打印统计清单 {len(wanted)} 件",
        made={"paper": paper.id, "number": number},
        detail=request.scope,
    )


def _rows(tx: Transaction, cases: tuple[int, ...]) -> list[Any]:
    columns: tuple[Any, ...] = (
        Case.id,
        Case.number,
        Case.received_at,
        func.coalesce(Case.lead_unit_id, Case.first_unit_id).label("unit_id"),
        Case.community_id,
        Case.summary,
        Case.status,
        Case.resolution,
        Case.satisfaction,
    )
    wanted = select(*columns).where(Case.id.in_(cases), seen_by(tx.person))
    return list(tx.session.execute(wanted))


def _line(tx: Transaction, row: Any) -> dict[str, str | None]:
    day = day_of(row.received_at)
    verdict = verdict_of(row.resolution, row.satisfaction)
    return {
        "case_number": row.number,
        "received_on": f"{day:%Y-%m-%d}",
        "unit": unit_name(tx.session, row.unit_id, day) or None,
        "community": unit_name(tx.session, row.community_id, day) or None,
        "subject": row.summary,
        "state": label(row.status),
        "rated": None if verdict is None else label(verdict),
    }
