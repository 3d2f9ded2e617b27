"""Attachments of some of the demo's newest cases: photos of before and after, a call on record."""

import wave
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from types import MappingProxyType

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from desk.actions.attachments import AddAttachment
from desk.demo.scenes import scene
from desk.rules.codes import AttachmentKind, CaseStatus
from desk.store.database import Database
from desk.store.models import Case

PICTURED = 6  # cases in hand, and as many that are done, have photos
_SEEN = frozenset({CaseStatus.ACCEPTED, CaseStatus.HANDLING})
_DONE = frozenset(
    {
        CaseStatus.OPINION,
        CaseStatus.SIGNING,
        CaseStatus.SEALING,
        CaseStatus.DELIVERING,
        CaseStatus.FOLLOW_UP,
    }
)
# Which words of an appeal tell what its photos show.
_TOLD_BY: Mapping[str, str] = MappingProxyType(
    {"电": "配电箱", "消防通道": "消防通道", "路": "路面"}
)
_CALL_SECONDS, _RATE = 20, 8000


def add_photos(database: Database) -> None:
    """Add photos to some of the newest cases in hand and done, as their handlers would."""
    with Session(database.engine) as session:
        cases = [case for group in (_SEEN, _DONE) for case in session.scalars(_newest(group))]
    for case in cases:
        for name, content, kind in _files(case):
            database.carry_out(
                AddAttachment(
                    made_by=case.handler_id or database.person.staff_id,
                    happened_at=database.now(),
                    case=case.id,
                    seen=case.version,
                    name=name,
                    content=content,
                    kind=kind,
                )
            )


def _newest(statuses: frozenset[CaseStatus]) -> Select[Case]:
    told = or_(*(Case.details.contains(word) for word in _TOLD_BY))
    return (
        select(Case)
        .where(told, Case.status.in_(statuses), Case.handler_id.is_not(None))
        .order_by(Case.received_at.desc(), Case.seq.desc())
        .limit(PICTURED)
    )


def _files(case: Case) -> Iterator[tuple[str, bytes, AttachmentKind | None]]:
    shown = next(what for word, what in _TOLD_BY.items() if word in case.details)
    yield f"{shown} 处理前.jpg", _photo(shown, is_done=False), AttachmentKind.BEFORE
    if case.status in _DONE:
        yield f"{shown} 处理后.jpg", _photo(shown, is_done=True), AttachmentKind.AFTER
        yield "首次联系通话.wav", _call(), None


@cache
def _photo(shown: str, *, is_done: bool) -> bytes:
    return scene(shown, is_done=is_done)


@cache
def _call() -> bytes:
    kept = BytesIO()
    with wave.open(kept, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(1)
        made.setframerate(_RATE)
        made.writeframes(b"\x80" * (_RATE * _CALL_SECONDS))
    return kept.getvalue()
