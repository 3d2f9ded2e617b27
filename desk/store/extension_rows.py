"""The row of the 延期、挂账、退回申请, and what the opinion says of it (DOMAIN.md 2.8, 2.4)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from desk.rules.clock_codes import ExtensionKind, ExtensionState
from desk.rules.codes import AssignmentRole, PaperState
from desk.rules.extensions import granted_words
from desk.rules.moments import day_of, in_shanghai, say_due
from desk.rules.wording import label
from desk.store.models import Assignment, Clock, ExtensionRequest, Paper
from desk.store.paper_source import Row, Source, attachments, on_paper
from desk.store.unit_names import unit_name

_CODE = "extension-request"
_ANSWERS = {  # by whether the lead asked, and whether it was agreed
    (True, True): "同意退回，重新分拨",
    (True, False): "不同意，由承办单位接着办",
    (False, True): "同意退回协办，主办不变",
    (False, False): "不同意，由协办单位接着办",
}
_FINISHED = {
    ExtensionState.GRANTED: "批准",
    ExtensionState.REFUSED: "未批准",
    ExtensionState.WITHDRAWN: "申请人撤回",
}


@dataclass(frozen=True, slots=True)
class HandingBack:
    """A case that a unit hands back, and what the dispatchers answered.

    Attributes:
        is_agreed: None while they have not answered.
        answer: what the paper said of that, where it is corrected.
    """

    part: Assignment
    asker: int | None = None
    asked_by: str | None = None  # as it stood on the first paper
    asked_on: str | None = None
    is_agreed: bool | None = None
    note: str = ""
    answered_by: int | None = None
    answered_at: datetime | None = None
    answer: tuple[str | None, str | None] = (None, None)  # 信联办意见, 结果


def extension_request(source: Source) -> Row:
    """Return the row of a request; where the paper is corrected, of what it was about."""
    about = source.about or _corrected(source)
    if isinstance(about, HandingBack):
        return _handing_back(source, about)
    return _request(source, about)


def later_words(source: Source) -> str | None:
    """Return what was granted in the present round: “延期至 11月9日 18:00”; None: nothing."""
    rows: list[ExtensionRequest] = source.all(ExtensionRequest)
    said = [
        granted_words(row.kind, row.granted_until, row.review_on, seen_at=row.leader_at)
        for row in rows
        if row.state is ExtensionState.GRANTED
        and row.round_no == source.case.round_no
        and row.leader_at is not None
    ]
    return _close_up("；".join(said)) or None


def _request(source: Source, row: ExtensionRequest) -> Row:
    clock = _clock_of(source, row)
    return {
        **_case(source, row.unit_id),
        "kind": label(row.kind),
        "limit": f"{label(row.clock_kind)}时限" if row.clock_kind else None,
        "original_due": _due(clock.original_due_at if clock else None, row.asked_at),
        "due_before": _due(row.due_before, row.asked_at),
        "until": _until(row),
        "reason": label(row.reason),
        "explanation": row.explanation,
        "is_told": None if source.case.is_anonymous else row.told_at is not None,
        "told": _told(row),
        "asked_by": source.staff(row.asked_by),
        "asked_on": on_paper(row.asked_at),
        "head_name": row.head_name,
        "office_opinion": _said(source, row.office_by, row.office_at, row.office_note),
        "leader_opinion": _said(source, row.leader_by, row.leader_at, row.leader_note),
        "result": _result(row),
    }


def _handing_back(source: Source, about: HandingBack) -> Row:
    part = about.part
    opinion, result = about.answer
    if about.is_agreed is not None:
        result = _ANSWERS[part.role is AssignmentRole.LEAD, about.is_agreed]
        said = "，".join(filter(None, (result, about.note)))
        opinion = _said(source, about.answered_by, about.answered_at, said)
    return {
        **_case(source, part.unit_id),
        "kind": label(ExtensionKind.RETURN),
        "limit": None,
        "original_due": None,
        "due_before": None,
        "until": None,
        "reason": label(part.return_reason) if part.return_reason else "",
        "explanation": part.return_note or "",
        "is_told": None,
        "told": None,
        "asked_by": about.asked_by or source.staff(about.asker),
        "asked_on": about.asked_on,
        "head_name": None,
        "office_opinion": opinion,
        "leader_opinion": None,
        "result": result,
    }


def is_of_unit(session: Session, paper: Paper, unit_id: int) -> bool:
    """Return whether a unit asked on this paper, by the name that it had on that day."""
    name = unit_name(session, unit_id, day_of(paper.issued_at))
    return bool(paper.row["lead_unit"] == name)


def _corrected(source: Source) -> ExtensionRequest | HandingBack:
    """Return what the newest paper of the case is about; who asked and the answer stay."""
    papers: list[Paper] = source.all(Paper)
    old = [p for p in papers if p.code == _CODE and p.state is not PaperState.VOID][-1]
    row = old.row
    if row["kind"] != label(ExtensionKind.RETURN):
        rows: list[ExtensionRequest] = source.all(ExtensionRequest)
        return [one for one in rows if label(one.kind) == row["kind"]][-1]
    parts: list[Assignment] = source.all(Assignment)
    session = source.tx.session
    part = [p for p in parts if p.return_reason and is_of_unit(session, old, p.unit_id)][-1]
    answer = (row["office_opinion"], row["result"])
    return HandingBack(part, asked_by=row["asked_by"], asked_on=row["asked_on"], answer=answer)


def _case(source: Source, unit_id: int) -> Row:
    case = source.case
    return {
        "case_number": case.number,
        "lead_unit": source.unit(unit_id) or "",
        "summary": case.summary,
        "received_at": on_paper(case.received_at),
        "attachments": [row.name for row in attachments(source)],
    }


def _clock_of(source: Source, row: ExtensionRequest) -> Clock | None:
    clocks: list[Clock] = source.all(Clock)
    return next(
        (
            clock
            for clock in clocks
            if clock.kind is row.clock_kind
            and clock.round_no == row.round_no
            and clock.assignment_id is None
        ),
        None,
    )


def _due(due_at: datetime | None, seen_at: datetime) -> str | None:
    return None if due_at is None else _close_up(say_due(due_at, seen_at=seen_at))


def _close_up(said: str) -> str:
    """Return a date as papers write it: “11月9日 18:00”."""
    return said.replace(" 年 ", "年").replace(" 月 ", "月").replace(" 日", "日")


def _until(row: ExtensionRequest) -> str | None:
    if row.kind is ExtensionKind.PARK:
        day = row.review_on
        return f"{day.year}年{day.month}月{day.day}日复核" if day else None
    return _due(row.until_at, row.asked_at)


def _told(row: ExtensionRequest) -> str | None:
    if row.told_at is None or row.told_way is None:
        return None
    at = in_shanghai(row.told_at)
    said = f"{at.month}月{at.day}日 {at:%H:%M} {label(row.told_way)}"
    return f"{said}，{row.told_note}" if row.told_note else said


def _said(source: Source, by: int | None, at: datetime | None, note: str | None) -> str | None:
    """Return what somebody said with his name and the day."""
    if by is None:
        return note or None
    day = f" {in_shanghai(at):%Y-%m-%d}" if at else ""
    return f"{note or '同意。'}\n{source.staff(by)}{day}"


def _result(row: ExtensionRequest) -> str | None:
    said = _FINISHED.get(row.state)
    if row.state is not ExtensionState.GRANTED or row.leader_at is None:
        return said
    words = granted_words(row.kind, row.granted_until, row.review_on, seen_at=row.leader_at)
    is_shorter = row.until_at is not None and row.granted_until != row.until_at
    return f"{said}，{_close_up(words)}" + ("（比申请的早）" if is_shorter else "")
