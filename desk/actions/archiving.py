"""The archive (归档): a case that lacks nothing, its closing report and its own number.

Nothing leaves the archive again; a signed paper that comes back late is still kept with its case.
"""

from dataclasses import dataclass

from sqlalchemy import select

from desk.actions.clocks import refresh_next
from desk.actions.numbers import next_text
from desk.actions.papers import issue, newest_paper
from desk.rules.codes import CaseStatus, PaperState
from desk.rules.completeness import ThreeAnswers, answers_of, missing_for_archive
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken
from desk.rules.lifecycle import require_move
from desk.rules.numbering import NumberKind
from desk.store.archive_facts import facts_of_case
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.models import Case
from desk.store.requests import CaseRequest, Changes, action
from desk.store.transaction import Transaction

_BY_CASE = "case"
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
    if not case.is_imported:  # its papers lie where it came from
        _issue_file(tx, case, case.archive_number, with_report=facts.is_answered)
    detail = "；".join(part for part in (_in_words(answers), *missing.soft) if part)
    return Changes(
        f"归档 {case.archive_number}",
        cases=(case.id,),
        made={"number": case.archive_number},
        detail=detail,
    )


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
