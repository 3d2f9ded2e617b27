"""Under whose name papers go out on a day (抬头、代字)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.errors import RuleBroken
from desk.store.looked_up import once
from desk.store.models import Letterhead
from desk.store.models.hall import today_rows


def letterhead_of(
    session: Session, street_id: int, today: date, body: str = "street"
) -> Letterhead:
    """Return the letterhead of the street or of its mediation committee, as valid today.

    Raises:
        RuleBroken: none has been set up.
    """
    query = select(Letterhead).where(
        Letterhead.street_id == street_id, Letterhead.body == body, today_rows(Letterhead, today)
    )
    key = ("letterhead", street_id, body, today)
    head = once(session, key, lambda: session.scalar(query), of=(Letterhead,))
    if head is None:
        raise RuleBroken("还没有设置抬头和代字，请管理员在“管理—抬头”里补上后再试。")
    return head
