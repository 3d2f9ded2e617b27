"""The archive (归档): a case that lacks nothing, its closing report and its own number.

Nothing leaves the archive again; a signed paper that comes back late is still kept with its case.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from desk.actions.clocks import refresh_next
from desk.actions.numbers import next_text
from desk.actions.papers import issue, issue_for_hall, newest_paper
from desk.rules.codes import CaseStatus, PaperState
from desk.rules.completeness import ThreeAnswers, answers_of, missing_for_archive
from desk.rules.deeds import STEP_OF, Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.lifecycle import require_move
from desk.rules.moments import day_of
from desk.rules.numbering import NumberKind
from desk.store.archive_facts import facts_of_case
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.models import Case
from desk.store.requests import CaseRequest, Changes, Request, action
from desk.store.sight import seen_by
from desk.store.transaction import Transaction
from desk.store.unit_names import unit_name

_BY_CASE = "case"
_LONGEST_LIST = 500  # lines; more would be a book
_REPORT, _CONTENTS = "closing-report", "case-contents"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveCase(CaseRequest):
    """Archive a closed case (归档), with the three questions answered (DOMAIN.md 9.5).

    Attributes:
        archive_number: as the archive writes it; the hall's own way where nothing is said.
        is_solved: the three questions; what the follow-up said holds where nothing is said.
    """

    archive_number: str = words("归档号", longest=60, default="")
    box_number: str = words("档案盒号", longest=60, default="")
    is_solved: bool | None = None
    is_exhausted: bool | None = None
    is_satisfied: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueArchiveList(Request):
    """Print what lies in the archive (归档目录): of a year, in a box, or all of it."""

    year: int | None = None
    box: str = words("盒号", longest=60, default="")


@action(ArchiveCase, "case.archived")
def archive_case(tx: Transaction, request: ArchiveCase) -> Changes:
    """Archive the case under its number, with its closing report and its list of contents.

    Raises:
        RuleBroken: something is missing, or another case has this number of the archive.
    """
    case = tx.open_case(request.case, request.seen, Deed.ARCHIVE)
    require_move(case.status, CaseStatus.ARCHIVED)
    facts = facts_of_case(tx.session, case, tx.today)
    said = ThreeAnswers(request.is_solved, request.is_exhausted, request.is_satisfied)
    missing = missing_for_archive(facts, said)
    if not missing.is_ready:
        raise RuleBroken(f"还不能归档：{''.join(missing.hard)}")
    answers = said.or_else(answers_of(facts)) if facts.is_answered else ThreeAnswers()
    case.said_solved, case.said_exhausted = answers.solved, answers.exhausted
    case.said_satisfied = answers.satisfied
    case.archive_number = _number(tx, case, request)
    case.box_number = request.box_number or case.box_number
    case.status = CaseStatus.ARCHIVED
    refresh_next(tx, case)
    if not facts.came_finished:  # its papers lie where it came from
        _issue_file(tx, case, case.archive_number, with_report=facts.is_answered)
    detail = "；".join(part for part in (_in_words(answers), *missing.soft) if part)
    return Changes(
        f"归档 {case.archive_number}",
        cases=(case.id,),
        made={"number": case.archive_number},
        detail=detail,
    )


@action(IssueArchiveList, "archive.listed")
def issue_archive_list(tx: Transaction, request: IssueArchiveList) -> Changes:
    """Issue the list of archived files as a paper of the hall; secret ones only to who sees them.

    Raises:
        NotAllowed: who asks keeps no archive.
        RuleBroken: there is nothing to list, or far too much for one list.
    """
    if not (tx.person.is_built_in or STEP_OF[Deed.ARCHIVE].roles & tx.person.roles):
        raise NotAllowed("您的岗位不能打印归档目录。需要时请找档案员。")
    files = _files(tx, request)
    if not files:
        raise RuleBroken("这里还没有归档的件，不用打印。")
    if len(files) > _LONGEST_LIST:
        raise RuleBroken(f"超过 {_LONGEST_LIST} 件，请先选年份或盒号，分几次打印。")
    number = next_text(tx, NumberKind.LIST, request.happened_at)
    scope = " ".join(
        part
        for part in (
            f"{request.year}年" if request.year else "全部",
            f"盒{request.box}" if request.box else "",
        )
        if part
    )
    paper = issue_for_hall(tx, "archive-list", {"scope": scope, "files": files}, number)
    made = {"paper": paper.id, "number": number}
    return Changes(f"打印归档目录 {number}", made=made, detail=scope)


def _files(tx: Transaction, request: IssueArchiveList) -> list[dict[str, Any]]:
    query = select(Case).where(seen_by(tx.person), Case.status == CaseStatus.ARCHIVED)
    if request.year is not None:
        query = query.where(Case.year == request.year)
    if request.box:
        query = query.where(Case.box_number == request.box)
    rows = query.order_by(Case.year, Case.archive_number, Case.id).limit(_LONGEST_LIST + 1)
    return [
        {
            "archive_number": case.archive_number,
            "case_number": case.number,
            "subject": case.summary,
            "unit": unit_name(tx.session, case.lead_unit_id or case.first_unit_id, tx.today),
            "closed_on": f"{day_of(case.closed_at):%Y-%m-%d}" if case.closed_at else None,
            "box_number": case.box_number,
        }
        for case in tx.session.scalars(rows)
    ]


def _issue_file(tx: Transaction, case: Case, number: str, *, with_report: bool) -> None:
    """Issue what closes the file, in place of what was issued of it before; the contents last."""
    for code in (_REPORT, _CONTENTS) if with_report else (_CONTENTS,):
        old = newest_paper(tx, case, code)
        if old is not None:
            tx.watch(old)
            old.state = PaperState.VOID
        paper = issue(tx, case, code, number=number)
        if old is not None:
            paper.replaces_id, paper.revision = old.id, old.revision + 1


def _number(tx: Transaction, case: Case, request: ArchiveCase) -> str:
    own = request.archive_number.strip()
    if own:
        if taken := _holder(tx, case, own):
            raise RuleBroken(f"归档号 {own} 已给了 {taken}，请核对。", field="archive_number")
        return own
    if setting(tx.session, tx.street_id, "archive_number", tx.today) == _BY_CASE:
        return case.number
    number = next_text(tx, NumberKind.ARCHIVE, request.happened_at)
    while _holder(tx, case, number):  # somebody wrote it by hand before its turn came
        number = next_text(tx, NumberKind.ARCHIVE, request.happened_at)
    return number


def _holder(tx: Transaction, case: Case, number: str) -> str | None:
    """Return the number of another case that has this number of the archive."""
    return tx.session.scalar(
        select(Case.number)
        .where(Case.street_id == tx.street_id, Case.archive_number == number, Case.id != case.id)
        .limit(1)
    )


def _in_words(answers: ThreeAnswers) -> str:
    """Return the three answers for the history; nothing where nobody had to be asked."""
    if answers == ThreeAnswers():
        return ""
    said = {True: "是", False: "否", None: "未评价"}
    return (
        f"三问：解决 {said[answers.solved]}、穷尽 {said[answers.exhausted]}、"
        f"满意 {said[answers.satisfied]}"
    )
