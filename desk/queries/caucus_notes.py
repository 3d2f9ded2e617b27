"""Caucus notes (背靠背笔记): for their writer and this case's mediator, behind the second lock."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from desk.rules.errors import NotAllowed
from desk.rules.mediation_rights import NO_SUCH_MEDIATION, may_read_content
from desk.store.database import Reader
from desk.store.mediation_access import mediation_stand
from desk.store.models import CaucusNote, Mediation, MediationParty, Staff
from desk.store.second_lock import SecondKey, second_key

__all__ = ["CaucusNoteView", "SecondKey", "caucus_notes", "open_second_lock"]


@dataclass(frozen=True, slots=True)
class CaucusNoteView:
    """One note: with whom somebody talked alone, and what was said."""

    id: int
    party: str
    text: str
    written_by: str
    written_at: datetime


def open_second_lock(reader: Reader, password: str) -> SecondKey:
    """Return the key to the notes for a few minutes.

    Raises:
        NotAllowed: this is not the asker's own password.
    """
    return second_key(reader.session, reader.person, password, reader.now)


def caucus_notes(reader: Reader, mediation_id: int, key: SecondKey) -> tuple[CaucusNoteView, ...]:
    """Return the notes that the asker may read, the newest first.

    Raises:
        NotAllowed: the second lock is shut, or the content does not belong to the asker.
    """
    if not key.opens_for(reader.person, reader.now):
        raise NotAllowed("背靠背笔记已锁上，请再输一次您的登录密码。", field="password")
    mediation = reader.session.get(Mediation, mediation_id)
    stand = None if mediation is None else mediation_stand(reader.session, mediation)
    if stand is None or not may_read_content(stand, reader.person, reader.now):
        raise NotAllowed(NO_SUCH_MEDIATION)
    mine = CaucusNote.written_by == reader.person.staff_id
    if stand.mediator_staff_id == reader.person.staff_id:
        mine = or_(mine, CaucusNote.mediation_id == mediation_id)
    rows = reader.session.execute(
        select(
            CaucusNote.id,
            MediationParty.name,
            CaucusNote.text,
            Staff.name,
            CaucusNote.written_at,
        )
        .join(MediationParty, MediationParty.id == CaucusNote.party_id)
        .join(Staff, Staff.id == CaucusNote.written_by)
        .where(
            CaucusNote.mediation_id == mediation_id,
            CaucusNote.street_id == reader.person.street_id,
            mine,
        )
        .order_by(CaucusNote.written_at.desc(), CaucusNote.id.desc())
    )
    return tuple(CaucusNoteView(*row) for row in rows)
