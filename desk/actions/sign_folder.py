"""The printed folder (签批夹): a cover list of what waits for a leader who signs on paper."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall
from desk.rules.codes import CaseStatus, ClockKind, Role
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.numbering import NumberKind
from desk.rules.rights import require_role
from desk.rules.sign_left import left_words
from desk.rules.wording import label
from desk.store.models import Case, Clock, Opinion, SignStep, Staff
from desk.store.paper_source import on_paper
from desk.store.requests import Changes, Request, action
from desk.store.sight import seen_by, standing_at
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSignFolder(Request):
    """Issue the cover list of everything that lies on one leader's desk (签批夹目录).

    Attributes:
        leader: whose desk; None for what any leader may sign.
        role: which leaders may sign where nobody is named.
    """

    leader: int | None
    role: Role = Role.LEADER


@action(IssueSignFolder, "sign_folder.issued")
def issue_sign_folder(tx: Transaction, request: IssueSignFolder) -> Changes:
    """Freeze the cover list; the drafts that go with it are printed by whoever asked.

    Raises:
        NotAllowed: the asker prints no folders.
        RuleBroken: nothing lies there.
    """
    require_role(Deed.SIGN_ON_PAPER, tx.person)
    found = cases_on_desk(tx, request.leader, request.role)
    whose = _whose(tx, request)
    if not found:
        raise RuleBroken(f"{whose}处现在没有等签的意见书，不用印签批夹。")
    number = next_text(tx, NumberKind.LIST, request.happened_at)
    row = {
        "leader": whose,
        "written_at": on_paper(request.happened_at),
        "cases": [line_to_sign(tx, case) for case in found],
    }
    paper = issue_for_hall(tx, "sign-folder", row, number)
    made = {"paper": paper.id, "number": number, "opinions": [case.id for case in found]}
    return Changes(f"打印签批夹 {whose} {len(found)} 份", made=made)


def cases_on_desk(tx: Transaction, leader: int | None, role: Role) -> list[Case]:
    """Return the cases whose opinion lies on one leader's desk, the longest there first.

    Args:
        leader: whose desk; None for what any leader of this role may sign.
    """
    newest = (
        select(func.max(Opinion.id))
        .where(Opinion.case_id == Case.id, Opinion.round_no == Case.round_no)
        .correlate(Case)
        .scalar_subquery()
    )
    here = SignStep.arrived_at.is_not(None) & SignStep.signed_at.is_(None)
    query = (
        select(Case)
        .join(SignStep, (SignStep.opinion_id == newest) & here & SignStep.is_agreed.is_(None))
        .where(
            seen_by(tx.person),
            standing_at({CaseStatus.SIGNING}),
            SignStep.signer_id.is_not_distinct_from(leader),
            SignStep.role.in_([role] if leader is None else list(Role)),
        )
        .order_by(SignStep.arrived_at, Case.id)
    )
    return list(tx.session.scalars(query))


def line_to_sign(tx: Transaction, case: Case) -> dict[str, Any]:
    """Return a case that waits for a signature as lists show it (`forms/hall_rows.py`)."""
    due_at = tx.session.scalars(
        select(Clock.due_at)
        .where(
            Clock.case_id == case.id,
            Clock.round_no == case.round_no,
            Clock.kind == ClockKind.OPINION,
        )
        .order_by(Clock.id.desc())
        .limit(1)
    ).first()
    return {
        "number": case.number,
        "subject": case.summary,
        "unit": unit_name(tx.session, case.lead_unit_id or case.first_unit_id, tx.today),
        "left": left_words(due_at, tx.now),
    }


def _whose(tx: Transaction, request: IssueSignFolder) -> str:
    if request.leader is None:
        return f"任一{label(request.role)}"
    staff = tx.own(Staff, request.leader, "找不到这位领导，请刷新后再试。", field="leader")
    return staff.name
