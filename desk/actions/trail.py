"""Putting lines of the log on paper (留痕查询记录): for the auditor, or for a resident who asks.

A resident may ask who looked at his data (个人信息保护法 §45); the sheet says who and when, and
nothing of what the case is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk.actions.numbers import next_text
from desk.actions.papers import issue_for_hall
from desk.rules.anchors import short_hash
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.moments import in_shanghai
from desk.rules.numbering import NumberKind
from desk.rules.rights import may_in_hall, may_see
from desk.rules.trail import GROUP_WORDS, TrailGroup
from desk.store.gate import words
from desk.store.models import Case, ChainHead
from desk.store.requests import Changes, Request, action
from desk.store.trail_rows import AskedTrail, TrailLine, audited_lines, file_looks
from desk.store.transaction import Transaction, stand_of

_LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTrailList(Request):
    """Print the lines of the log that the auditor has found."""

    group: TrailGroup = TrailGroup.ALL
    person: int | None = None
    first: date | None = None
    last: date | None = None
    number: str = words("编号", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLookRecord(Request):
    """Print for a resident who looked at his contact data."""

    case: int


@action(IssueTrailList, "trail.listed")
def issue_trail_list(tx: Transaction, request: IssueTrailList) -> Changes:
    """Freeze the lines, and where the log stood.

    Raises:
        NotAllowed: the asker is no auditor.
        RuleBroken: nothing was found, or far too much for one list.
    """
    group, number = request.group, request.number
    asked = AskedTrail(group, request.person, request.first, request.last, number)
    found = audited_lines(tx, asked, most=_LONGEST)
    if not found.lines:
        raise RuleBroken("没有查到记录，不用打印。")
    if found.has_more:
        raise RuleBroken(f"超过 {_LONGEST} 条，请先选日期、人员或编号，分几次打印。")
    first, last = (in_shanghai(found.lines[at].at) for at in (-1, 0))
    days = f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d}"
    return _issued(tx, request, f"{GROUP_WORDS[group]} {days}", found.lines)


@action(IssueLookRecord, "trail.told")
def issue_look_record(tx: Transaction, request: IssueLookRecord) -> Changes:
    """Freeze who looked at the contact data of a case; the case itself does not change.

    Raises:
        NotAllowed: the asker may not see the case, or does not answer residents about it.
    """
    case = tx.session.get(Case, request.case)
    if case is None or not may_see(stand_of(tx.session, case), tx.person):
        raise NotAllowed("此件您不能查看（回避或保密）。如有疑问，请找信联办。")
    if not may_in_hall(Deed.TELL_LOOKS, tx.person):
        raise NotAllowed("查询记录由信联办、档案员、领导或纪工委出具，请找他们打印。")
    changes = _issued(tx, request, case.number, file_looks(tx, [case]))
    return Changes(changes.title, made={**changes.made, "case": case.id})


def _issued(tx: Transaction, request: Request, scope: str, lines: Sequence[TrailLine]) -> Changes:
    number = next_text(tx, NumberKind.LIST, request.happened_at)
    head = tx.session.get_one(ChainHead, tx.street_id)
    row = {
        "scope": scope,
        "lines": [_entry(line) for line in lines],
        "anchor": f"第 {head.place} 条 {short_hash(head.hash)}",
    }
    paper = issue_for_hall(tx, "trail-list", row, number)
    made = {"paper": paper.id, "number": number}
    return Changes(f"打印留痕查询记录 {len(lines)} 条", made=made)


def _entry(line: TrailLine) -> dict[str, str | None]:
    sent = f"（{line.sent_by}代发）" if line.sent_by else ""
    return {
        "at": f"{in_shanghai(line.at):%Y-%m-%dT%H:%M}",
        "who": f"{line.who}{sent}",
        "what": f"{line.subject}：{line.title}",
        "case_number": line.number or None,
    }
