"""Meetings with minutes (会商、议事协商会): about a case, a topic or a whistle, with decisions.

The minutes come out as a paper; minutes that are corrected are its next revision under the same
number. Sources: DOMAIN.md 000-2, 001-12, 9.3.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from desk.actions.numbers import next_text
from desk.actions.papers import issue, issue_for_hall, look_layouts_up, replace_paper
from desk.rules.deeds import Deed
from desk.rules.errors import RuleBroken, StaleCase
from desk.rules.leader_case_codes import MeetingKind
from desk.rules.meetings import Decision, require_meeting
from desk.rules.numbering import NumberKind
from desk.rules.rights import require_hall
from desk.rules.text_gate import Field
from desk.rules.wording import label
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.meeting_rows import minutes_row
from desk.store.meeting_sight import meeting_seen_by
from desk.store.models import Case, Meeting, Paper, Topic, Whistle
from desk.store.requests import Changes, Request, action
from desk.store.topic_sight import topic_seen_by
from desk.store.transaction import Transaction
from desk.store.whistle_sight import whistle_seen_by

PAPER = "meeting-minutes"
_GONE = "找不到这次会，请刷新后再试。"


@dataclass(frozen=True, slots=True)
class MeetingDecision:
    """One thing that was decided: what, whose it is, and until when.

    Attributes:
        who: a unit or a person, as the minutes name them.
    """

    text: str = words("议定事项", Field.BODY, longest=500)
    who: str = words("谁来办", longest=100, default="")
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes(Request):
    """What the minutes of a meeting say.

    Attributes:
        attendees: who was there, as the minutes name them: people from outside as well.
    """

    kind: MeetingKind
    title: str = words("议题")
    held_at: datetime
    place: str = words("地点", longest=100)
    chair: str = words("主持人", longest=100)
    recorder: str = words("记录人", longest=100, default="")
    attendees: str = words("参加人员", Field.BODY)
    minutes: str = words("会议情况", Field.BODY)
    decisions: tuple[MeetingDecision, ...] = words("议定事项", Field.BODY, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldMeeting(Minutes):
    """Write down a meeting that was held (会商、议事会); at most one thing that it was about."""

    case: int | None = None
    topic: int | None = None
    whistle: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectMeeting(Minutes):
    """Correct the minutes of a meeting (更正纪要).

    Attributes:
        seen: when the minutes that were on screen had been written.
    """

    meeting: int
    seen: datetime


@action(HoldMeeting, "meeting.held")
def hold_meeting(tx: Transaction, request: HoldMeeting) -> Changes:
    """Keep the minutes and issue their paper.

    Raises:
        NotAllowed: who asks may not write minutes here.
        RuleBroken: what it was about is not one thing, or not known; something is missing.
    """
    if sum(one is not None for one in (request.case, request.topic, request.whistle)) > 1:
        raise RuleBroken("一次会只挂在一件诉求、一个专题或一张哨单下，请只选一样。")
    case = _about(tx, request)
    _check(tx, request)
    row = Meeting(
        id=new_id(),
        street_id=tx.street_id,
        case_id=request.case,
        topic_id=request.topic,
        whistle_id=request.whistle,
        recorded_by=request.made_by,
        recorded_at=tx.now,
        **_written(tx, request),
    )
    tx.add(row)
    return _issued(tx, row, case, f"{label(row.kind)}：{row.title}")


@action(CorrectMeeting, "meeting.corrected")
def correct_meeting(tx: Transaction, request: CorrectMeeting) -> Changes:
    """Write the minutes anew; the paper's next revision comes out, the log keeps what they said.

    Raises:
        NotAllowed: who asks may not write minutes here.
        StaleCase: somebody corrected them meanwhile.
        RuleBroken: there is no such meeting, or something is missing.
    """
    row = tx.session.scalar(
        select(Meeting)
        .where(Meeting.id == request.meeting, meeting_seen_by(tx.person))
        .with_for_update()
    )
    if row is None:
        raise RuleBroken(_GONE)
    if row.changed_at != request.seen:
        raise StaleCase("这份纪要刚被更正。您写的内容还在，请看过最新的再存。")
    case = _open(tx, row.case_id)
    if case is None:
        require_hall(Deed.RECORD_MEETING, tx.person)
    _check(tx, request)
    tx.watch(row)
    for name, value in _written(tx, request).items():
        setattr(row, name, value)
    return _issued(tx, row, case, f"更正{label(row.kind)}纪要：{row.title}")


def _about(tx: Transaction, request: HoldMeeting) -> Case | None:
    """Return the case that a meeting was about; else see to it that the asker may know the rest."""
    if request.case is not None:
        return _open(tx, request.case)
    require_hall(Deed.RECORD_MEETING, tx.person)
    for table, wanted, seen_by, what in (
        (Topic, request.topic, topic_seen_by, "专题"),
        (Whistle, request.whistle, whistle_seen_by, "哨单"),
    ):
        if wanted is None:
            continue
        known: Any = select(table.id).where(table.id == wanted, seen_by(tx.person))
        if tx.session.scalar(known) is None:
            raise RuleBroken(f"找不到这{_MEASURE[what]}{what}，请刷新后再试。")
    return None


_MEASURE = {"专题": "个", "哨单": "张"}


def _open(tx: Transaction, case_id: int | None) -> Case | None:
    """Return the case; minutes only add to it, so that nobody's open form becomes stale for us."""
    return None if case_id is None else tx.open_case(case_id, None, Deed.HOLD_MEETING)


def _check(tx: Transaction, request: Minutes) -> None:
    require_meeting(
        title=request.title,
        held_at=request.held_at,
        now=tx.now,
        place=request.place,
        chair=request.chair,
        attendees=request.attendees,
        minutes=request.minutes,
        decisions=[Decision(one.text, one.who, one.until) for one in request.decisions],
    )


def _written(tx: Transaction, request: Minutes) -> dict[str, Any]:
    return {
        "kind": request.kind,
        "title": request.title.strip(),
        "held_at": request.held_at,
        "place": request.place,
        "chair": request.chair,
        "recorder": request.recorder or tx.person.name,
        "attendees": request.attendees,
        "minutes": request.minutes,
        "decisions": [
            Decision(one.text, one.who, one.until).as_plain() for one in request.decisions
        ],
        "changed_at": tx.now,
    }


def _issued(tx: Transaction, row: Meeting, case: Case | None, title: str) -> Changes:
    """Issue the paper; with a correction its next revision under the same number."""
    old = tx.session.get(Paper, row.paper_id) if row.paper_id else None
    look_layouts_up(tx, PAPER)
    number = next_text(tx, NumberKind.MEETING, row.held_at) if old is None else old.number
    paper = (
        issue_for_hall(tx, PAPER, minutes_row(tx.session, row, None), number)
        if case is None
        else issue(tx, case, PAPER, number=number, assignment=row)
    )
    if old is not None:
        replace_paper(tx, old, paper)
    row.paper_id = paper.id
    made = {"meeting": row.id, "paper": paper.id, "number": paper.number}
    return Changes(title, cases=() if case is None else (case.id,), made=made)
