"""Notes of private talks with one side (背靠背笔记): behind a second lock.

Readable by their writer and this case's mediator, who give their own password again
(`queries/caucus_notes.py`). Never in the record, the search, exports or differences (9.4): the
history says only that a note was written.
"""

from dataclasses import dataclass

from desk.actions.mediation_sessions import parties_of, running_session
from desk.rules.errors import RuleBroken
from desk.rules.mediation_rights import MediationDeed
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.mediation_access import open_mediation
from desk.store.models import CaucusNote
from desk.store.requests import Changes, MediationRequest, action
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteCaucusNote(MediationRequest):
    """Keep a note of a talk with one side alone; it only adds."""

    party: int
    session: int | None = None
    text: str = words("背靠背笔记", Field.BODY, repr=False)


@action(WriteCaucusNote, "mediation.caucus_noted")
def write_caucus_note(tx: Transaction, request: WriteCaucusNote) -> Changes:
    """Keep the note, and nothing of it anywhere else.

    Raises:
        RuleBroken: it is empty, or is about nobody of this mediation.
    """
    mediation = open_mediation(tx, request.mediation, None, MediationDeed.CAUCUS)
    if not request.text:
        raise RuleBroken("请写下这一方单独说了什么。", field="text")
    if request.party not in parties_of(tx, mediation):
        raise RuleBroken("请选是和哪一方谈的。", field="party")
    if request.session is not None:
        running_session(tx, mediation, request.session)
    row = CaucusNote(
        id=new_id(),
        street_id=tx.street_id,
        mediation_id=mediation.id,
        session_id=request.session,
        party_id=request.party,
        text=request.text,
        written_by=tx.person.staff_id,
        written_at=tx.now,
    )
    tx.add(row)
    return Changes("写入背靠背笔记", mediations=(mediation.id,), made={"note": row.id})
