"""Which tables have rows of a case at all (一件有哪些记录): what is empty is not asked for.

Most cases were never supervised, led, whistled for or taken to a leader. One question instead of a
score of them: each costs the server, whose policies it asks, and the window as much as a full one.
"""

from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, literal, select, union_all

from desk.store import models
from desk.store.database import Reader
from desk.store.looked_up import once

_OFTEN_EMPTY: tuple[Any, ...] = (
    models.AssessmentRequest,
    models.Attachment,
    models.CheckLine,
    models.EarlyAction,
    models.ExtensionRequest,
    models.LeaderCase,
    models.Mediation,
    models.Meeting,
    models.ReceptionCase,
    models.Supervision,
    models.TopicCase,
    models.Urging,
    models.WhistleCase,
)


def has_rows(reader: Reader, model: Any, case_id: int) -> bool:
    """Return whether a table has rows of a case that the reader may see.

    It is looked up for all such tables at once, and once in one reading.
    """

    def ask() -> frozenset[str]:
        return frozenset(reader.session.scalars(_asked(), {"case": case_id}))

    there = once(reader.session, ("rows of a case", case_id), ask, of=_OFTEN_EMPTY)
    return model.__tablename__ in there


@cache
def _asked() -> CompoundSelect[str]:
    case = bindparam("case", type_=models.EarlyAction.case_id.type)
    return union_all(
        *(
            select(literal(model.__tablename__, literal_execute=True)).where(
                select(model.case_id).where(model.case_id == case).exists()
            )
            for model in _OFTEN_EMPTY
        )
    )
