"""Mediators (调解员), and whose disputes they may not take (回避名单)."""

from dataclasses import dataclass

from sqlalchemy import func, select

from desk.actions.booking_troubles import say_tied
from desk.actions.dated_rows import change_in_place, require_free
from desk.rules.bookings import LIVE_BOOKINGS
from desk.rules.codes import Role
from desk.rules.deeds import Deed
from desk.rules.duty_hours import read_duty
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.mediation_codes import DisputeKind, TieKind
from desk.rules.rights import require_hall
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Booking, Mediator, MediatorTie, Staff
from desk.store.models.hall import today_rows
from desk.store.person_keys import key_ties, keys_of
from desk.store.requests import Changes, Request, action
from desk.store.transaction import Transaction

_KEEPERS = frozenset({Role.SECRETARY, Role.DIRECTOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMediator(Request):
    """Add a mediator, or change one.

    Attributes:
        staff: his account, where he is of the staff.
        languages: words as they are said: 粤语、手语.
        duty: “周一至周五 09:00-12:00；周六 …”; nothing means the hall's opening hours.
    """

    mediator: int | None = None
    staff: int | None = None
    name: str = words("调解员姓名")
    phone: str = words("电话", longest=40, default="")
    skills: tuple[DisputeKind, ...] = ()
    languages: tuple[str, ...] = ()
    duty: str = words("当班时间", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndMediator(Request):
    """Offer a mediator no more from today."""

    mediator: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMediatorTie(Request):
    """Write down somebody whose disputes a mediator may not take.

    Made: {"tie": id, "then": which bookings need another mediator now}.

    Attributes:
        id_number, phone: only a key of them is kept, by which a party is known again.
    """

    mediator: int
    kind: TieKind
    name: str = words("姓名或名称")
    id_number: str = words("证件号", longest=40, default="")
    phone: str = words("电话", longest=40, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndMediatorTie(Request):
    """Say that a tie is no longer there from today."""

    tie: int


@action(SetMediator, "mediator.set")
def set_mediator(tx: Transaction, request: SetMediator) -> Changes:
    """Write a mediator down; he keeps his id, for bookings and mediations hold it.

    Raises:
        RuleBroken: his name is empty or taken, his hours cannot be read, his account is not
            known or another mediator's, or it changes while bookings hold its time.
    """
    require_hall(Deed.KEEP_MEDIATORS, tx.person)
    others = Mediator.id.is_distinct_from(request.mediator)
    require_free(tx, Mediator, (Mediator.name == request.name) & others, "调解员", request.name)
    if request.staff is not None:
        tx.own(Staff, request.staff, "请从列表里选一位同事。", field="staff")
        taken = select(Mediator.name).where(
            Mediator.staff_id == request.staff, others, today_rows(Mediator, tx.today)
        )
        name = tx.session.scalar(taken)
        if name is not None:
            raise RuleBroken(f"这位同事已经是调解员“{name}”。", field="staff")
    facts = {
        "staff_id": request.staff,
        "name": request.name,
        "phone": request.phone or None,
        "skills": list(request.skills),
        "languages": [word for word in request.languages if word],
        "duty": read_duty(request.duty),
    }
    if request.mediator is None:
        row = Mediator(id=new_id(), street_id=tx.street_id, valid_from=tx.today, **facts)
        tx.add(row)
        return Changes(f"增加调解员 {request.name}", made={"mediator": row.id})
    mediator = _mediator(tx, request.mediator)
    if mediator.staff_id != request.staff:
        _require_unbooked(tx, mediator)
    change_in_place(tx, mediator, facts)
    return Changes(f"更改调解员 {request.name}", made={"mediator": mediator.id})


@action(EndMediator, "mediator.ended")
def end_mediator(tx: Transaction, request: EndMediator) -> Changes:
    """Offer a mediator no more; what he has in hand goes on until it is given to another.

    Raises:
        RuleBroken: he is not there.
    """
    require_hall(Deed.KEEP_MEDIATORS, tx.person)
    mediator = _mediator(tx, request.mediator)
    tx.watch(mediator)
    mediator.valid_to = tx.today
    return Changes(f"停用调解员 {mediator.name}")


@action(SetMediatorTie, "mediator.tied")
def set_mediator_tie(tx: Transaction, request: SetMediatorTie) -> Changes:
    """Write a tie down; who it is about is in no title of the history.

    What is booked with the mediator against it is not cancelled: the answer says which it is.

    Raises:
        NotAllowed: somebody else's ties, and the asker keeps no such list.
        RuleBroken: there is no name, or the mediator is not known.
    """
    require_hall(Deed.KEEP_TIES, tx.person)
    mediator = _mediator(tx, request.mediator)
    _require_keeper(tx, mediator)
    if not request.name:
        raise RuleBroken("请写明要回避的是谁。", field="name")
    key_ties(tx.session, tx.street_id)
    known = {"id_number": request.id_number, "phone": request.phone}
    keys = keys_of(tx.session, tx.street_id, **known)
    row = MediatorTie(
        id=new_id(),
        street_id=tx.street_id,
        mediator_id=mediator.id,
        kind=request.kind,
        name=request.name,
        person_key=next(iter(keys), None),
    )
    tx.add(row)
    made = {"tie": row.id, "then": say_tied(tx, mediator.id)}
    return Changes(f"登记调解员 {mediator.name} 的一项回避", made=made)


@action(EndMediatorTie, "mediator.untied")
def end_mediator_tie(tx: Transaction, request: EndMediatorTie) -> Changes:
    """End a tie; the row stays.

    Raises:
        NotAllowed: somebody else's ties, and the asker keeps no such list.
        RuleBroken: it is not there.
    """
    require_hall(Deed.KEEP_TIES, tx.person)
    tie = tx.own(MediatorTie, request.tie, "找不到这一项回避，请刷新后再试。")
    mediator = tx.session.get_one(Mediator, tie.mediator_id)
    _require_keeper(tx, mediator)
    tie.valid_to = tx.today
    return Changes(f"结束调解员 {mediator.name} 的一项回避")


def _mediator(tx: Transaction, mediator_id: int) -> Mediator:
    return tx.own(Mediator, mediator_id, "请从列表里选一位调解员。", field="mediator")


def _require_unbooked(tx: Transaction, mediator: Mediator) -> None:
    mine = select(func.count(Booking.id)).where(
        Booking.mediator_id == mediator.id,
        Booking.status.in_(LIVE_BOOKINGS),
        Booking.ends_at > tx.now,
    )
    count = tx.session.scalar(mine)
    if count:
        raise RuleBroken(
            f"他还有 {count} 场已排好的，按现在的账号占着时间。请先改派或等这几场结束，再换账号。",
            field="staff",
        )


def _require_keeper(tx: Transaction, mediator: Mediator) -> None:
    person = tx.person
    if person.is_built_in or person.roles & _KEEPERS or mediator.staff_id == person.staff_id:
        return
    raise NotAllowed("回避名单只有秘书、调委会主任和调解员本人能看、能改。")
