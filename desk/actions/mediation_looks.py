"""Reading a mediation that is not one's own (写理由查阅调解卷), by its file or by its number.

Leaders find the head of a file and say why they look into it; everybody else of the hall knows of
no mediation, and asks for one by its exact number. A number that nothing has, and a file that is
kept from the asker, get the same answer (DOMAIN.md 9.4).
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select

from desk.actions.intake_checks import has_words
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.identity import normalise_name
from desk.rules.mediation_rights import MediationDeed, may_mediate
from desk.rules.rights import require_hall
from desk.store.booking_facts import people_of
from desk.store.gate import words
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.mediation_access import look_at_mediation, mediation_stand
from desk.store.mediation_numbers import mediation_with_number
from desk.store.models import (
    Mediation,
    MediationCompanion,
    MediationLook,
    Mediator,
    MediatorTie,
)
from desk.store.person_keys import kept_key
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

_WHY = "请写明查看的理由，查看会留痕。"
_KEEP_OUT = "这件调解您应当回避，不能查看。如有疑问，请找调委会主任。"
_UNKNOWN = (
    "没有这个编号，或者这一卷不归您查阅。请照卷面或文书上的编号写全，如有疑问请找调委会主任。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtMediation(Request):
    """Look at the content of a mediation that is not one's own, for a while."""

    mediation: int
    reason: str = words("查看的理由")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForMediation(Request):
    """Ask for a mediation by its exact number, and look at it for a while (按编号查阅).

    Attributes:
        number: of the file, of one of its papers, of the archive, or of the old ledger.

    Made: {"mediation": which one it is}.
    """

    number: str = words("卷号或文号", longest=60)
    reason: str = words("查阅的理由")


@action(LookAtMediation, "mediation.looked")
def look_with_reason(tx: Transaction, request: LookAtMediation) -> Changes:
    """Let somebody read the content for a while; who, when and why stays in the file (9.4).

    Raises:
        NotAllowed: the asker may not know that there is one, or must keep out of it.
        RuleBroken: no reason was given.
    """
    mediation = look_at_mediation(tx, request.mediation, MediationDeed.LOOK)
    said = _look(tx, mediation.id, request.reason)
    if _must_keep_out(tx, mediation):
        raise NotAllowed(_KEEP_OUT)
    return said


@action(AskForMediation, "mediation.asked_for")
def ask_by_number(tx: Transaction, request: AskForMediation) -> Changes:
    """Let somebody of the hall read the mediation that has this number, for a while.

    Raises:
        NotAllowed: the asker is not of the hall's own staff.
        RuleBroken: number or reason is missing, nothing has this number, or it is kept from him.
    """
    require_hall(Deed.ASK_MEDIATION, tx.person)
    if not has_words(request.number):
        raise RuleBroken("请写卷号或文号，例如 青榕人调字〔2026〕第12号。", field="number")
    if not has_words(request.reason):
        raise RuleBroken(_WHY, field="reason")
    found = mediation_with_number(tx, request.number)
    if found is None:
        raise RuleBroken(_UNKNOWN, field="number")
    said = _look(tx, found, request.reason)
    mediation = tx.session.get(Mediation, found)
    if mediation is None or not _may_look(tx, mediation):
        raise RuleBroken(_UNKNOWN, field="number")
    return said


def _may_look(tx: Transaction, mediation: Mediation) -> bool:
    stand = mediation_stand(tx.session, mediation)
    may = may_mediate(MediationDeed.LOOK, stand, tx.person, tx.now)
    return may and not _must_keep_out(tx, mediation)


def _must_keep_out(tx: Transaction, mediation: Mediation) -> bool:
    """Return whether the asker is in the dispute himself, or tied to somebody who is (回避)."""
    people, me = people_of(tx.session, mediation.id), tx.person
    along = tx.session.scalars(
        select(MediationCompanion.name).where(
            MediationCompanion.mediation_id == mediation.id, MediationCompanion.left_on.is_(None)
        )
    )
    if normalise_name(me.name) in people.names | frozenset(along):
        return True
    ties = tx.session.scalars(
        select(MediatorTie)
        .join(Mediator, Mediator.id == MediatorTie.mediator_id)
        .where(
            MediatorTie.street_id == tx.street_id,
            Mediator.staff_id == me.staff_id,
            or_(MediatorTie.valid_to.is_(None), MediatorTie.valid_to > tx.today),
        )
    )
    return any(
        kept_key(tx.session, tx.street_id, tie.person_key) in people.keys
        or normalise_name(tie.name) in people.names
        for tie in ties
    )


def _look(tx: Transaction, mediation: int, reason: str) -> Changes:
    """Let the asker in; what he must keep out of shows itself then only, and takes it all back."""
    if not has_words(reason):
        raise RuleBroken(_WHY, field="reason")
    minutes = int(setting(tx.session, tx.street_id, "mediation_look_minutes", tx.today))
    tx.add(
        MediationLook(
            id=new_id(),
            street_id=tx.street_id,
            mediation_id=mediation,
            staff_id=tx.person.staff_id,
            reason=reason,
            looked_at=tx.now,
            until=tx.now + timedelta(minutes=minutes),
        )
    )
    return Changes("写理由查看调解卷", made={"mediation": mediation})
