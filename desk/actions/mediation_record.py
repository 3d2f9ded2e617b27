"""The record of a sitting (调解笔录), saved at pauses, and inquiries outside (调查记录).

Record and agreement draft are saved beside each other, perhaps from two desks: each looks only at
its own last saving, so that neither makes the other stale.
"""

from dataclasses import dataclass
from datetime import datetime

from desk.actions.mediation_sessions import running_session
from desk.rules.errors import RuleBroken, StaleCase
from desk.rules.mediation_rights import MediationDeed
from desk.rules.moments import in_shanghai
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.mediation_access import open_mediation
from desk.store.models import MediationInquiry, Staff
from desk.store.requests import Changes, MediationRequest, Request, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBlock:
    """What one person said: who, the words, and when it was begun."""

    who: str = words("说话人")
    text: str = words("笔录", Field.BODY)
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRecord(Request):
    """Save the record of a sitting as it is now.

    Attributes:
        saved_at: when it had been saved as far as the writer knows; not the mediation's version.

    Made: {"saved_at": when it is saved now}.
    """

    mediation: int
    session: int
    saved_at: datetime
    blocks: tuple[RecordBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordInquiry(MediationRequest):
    """Write down an inquiry outside the sittings (调查记录). Made: {"inquiry": id}."""

    asked_at: datetime
    place: str = words("地点")
    present: str = words("参加人", default="")
    asked: str = words("被调查人")
    text: str = words("调查记录", Field.BODY)
    inquirer: str = words("调查人", default="")
    recorder: str = words("记录人", default="")


@action(SaveRecord, "mediation.record_saved")
def save_record(tx: Transaction, request: SaveRecord) -> Changes:
    """Keep the record; the history says that it was written, never what was said.

    Raises:
        StaleCase: somebody else saved it meanwhile; says who, and when.
        RuleBroken: the sitting is over.
    """
    mediation = open_mediation(tx, request.mediation, None, MediationDeed.HOLD_SESSION)
    row = running_session(tx, mediation, request.session)
    require_same_saving(tx, row.saved_at, row.saved_by, request.saved_at, "笔录")
    row.blocks = [
        {"who": block.who, "text": block.text, "at": block.at.isoformat()}
        for block in request.blocks
        if block.text
    ]
    row.saved_at, row.saved_by = tx.now, tx.person.staff_id
    return Changes(
        f"写入第 {row.seq} 次笔录",
        mediations=(mediation.id,),
        made={"saved_at": tx.now.isoformat()},
    )


@action(RecordInquiry, "mediation.inquired")
def record_inquiry(tx: Transaction, request: RecordInquiry) -> Changes:
    """Keep an inquiry; it only adds, so nobody's open form becomes stale by it.

    Raises:
        RuleBroken: nothing was asked of anybody, or it lies in the future.
    """
    mediation = open_mediation(tx, request.mediation, None, MediationDeed.INQUIRE)
    for field, written, sentence in (
        ("asked", request.asked, "请写向谁调查。"),
        ("place", request.place, "请写在哪里调查。"),
        ("text", request.text, "请写下问了什么、怎么答的。"),
    ):
        if not written:
            raise RuleBroken(sentence, field=field)
    if request.asked_at > tx.now:
        raise RuleBroken("调查时间还没有到，请核对。", field="asked_at")
    row = MediationInquiry(
        id=new_id(),
        street_id=tx.street_id,
        mediation_id=mediation.id,
        asked_at=request.asked_at,
        place=request.place,
        present=request.present,
        asked=request.asked,
        text=request.text,
        inquirer=request.inquirer or tx.person.name,
        recorder=request.recorder or tx.person.name,
    )
    tx.add(row)
    return Changes("写入调查记录", mediations=(mediation.id,), made={"inquiry": row.id})


def require_same_saving(
    tx: Transaction, saved_at: datetime, saved_by: int, seen: datetime | None, what: str
) -> None:
    """Raise StaleCase if somebody saved what its writer has not seen."""
    if saved_at == seen:
        return
    staff = tx.session.get_one(Staff, saved_by)
    at = f"{in_shanghai(saved_at):%H:%M}"
    raise StaleCase(
        f"{what}刚由{staff.name}在 {at} 存过。您写的内容还在，请看过后再存。",
        changes=((f"{at} {staff.name}", f"{what}已保存"),),
    )
