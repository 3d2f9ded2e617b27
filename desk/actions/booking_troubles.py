"""What to say to whoever makes bookings impossible that stand (回避、改作息以后要动的排期)."""

from desk.rules.booking_rights import knows_mediation
from desk.rules.booking_troubles import BookingTrouble, say_troubled
from desk.store.booking_facts import mediator_of_case
from desk.store.booking_troubles import bookings_in_trouble
from desk.store.models import Booking, Mediation
from desk.store.transaction import Transaction


def say_tied(tx: Transaction, mediator_id: int) -> str:
    """Return which bookings ahead need another mediator than this one; empty where none does."""
    tx.session.flush()
    mine = Booking.mediator_id == mediator_id
    found = [
        one
        for one in bookings_in_trouble(tx.session, tx.street_id, tx.now, mine)
        if one.trouble is BookingTrouble.TIE
    ]
    if not found:
        return ""
    numbers = {
        one.id: one.number
        for one in found
        if knows_mediation(
            tx.person,
            mediator_of_case(tx.session, tx.session.get_one(Mediation, one.mediation_id)),
        )
    }
    return (
        f"已排好的 {len(found)} 场要换调解员：{say_troubled(found, numbers)}。"
        "请到调解室排期里逐场改派；改好以前，那里一直标着“须换调解员”。"
    )


def say_out_of_hours(tx: Transaction) -> str:
    """Return which bookings ahead lie outside opening hours now; empty where none does.

    To be called after `rewrite_open_spans`; the sentence goes into the answer as `then`.
    """
    found = [
        one
        for one in bookings_in_trouble(tx.session, tx.street_id, tx.now)
        if one.trouble is BookingTrouble.HOURS
    ]
    if not found:
        return ""
    return (
        f"已排好的 {len(found)} 场落在开放时间之外：{say_troubled(found, {})}。"
        "请通知排期的同事逐场改期；改好以前，排期表上一直标着“须改期”。"
    )
