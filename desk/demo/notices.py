"""Notices in the fictional street (受理告知书、引导告知书): at every station of their last mile."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.notice_mile import DeliverNotice, SealNotice
from desk.actions.notices import IssueNotice
from desk.demo.index import StreetIndex
from desk.demo.waiting import head_of
from desk.rules.codes import CaseStatus, DeliveryWay, Role
from desk.store.database import Database
from desk.store.models import Case

_SEAL = "诉求专用章"
_CODES = {CaseStatus.HANDLING: "acceptance-notice", CaseStatus.GUIDED: "guidance-notice"}
_EACH = 3  # one waits for its seal, one to be handed over, one for its lower part


def live_notices(database: Database, street: StreetIndex) -> None:
    """Issue notices for the newest cases; seal and deliver some of them."""
    clerk, office = (street.by_role[role][0].id for role in (Role.CLERK, Role.OFFICE))
    chief = street.by_role[Role.LEADER][0].name
    for status, code in _CODES.items():
        for at, case in enumerate(_newest(database, status)):
            made = database.carry_out(IssueNotice(**head_of(database, case, clerk), code=code)).made
            paper = made["paper"]
            if at > 0:
                facts = {"paper": paper, "seal": _SEAL, "approved_by": chief}
                database.carry_out(SealNotice(**head_of(database, case, office), **facts))
            if at > 1:
                way = {"paper": paper, "way": DeliveryWay.MAIL, "tracking": f"EMS-{case.seq:08}"}
                database.carry_out(DeliverNotice(**head_of(database, case, clerk), **way))


def _newest(database: Database, status: CaseStatus) -> list[Any]:
    with Session(database.engine) as session:
        return list(
            session.execute(
                select(Case.id, Case.seq)
                .where(Case.status == status, Case.is_secret.is_(False))
                .order_by(Case.received_at.desc(), Case.id.desc())
                .limit(_EACH)
            )
        )
