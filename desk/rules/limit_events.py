"""What may start and stop each limit, and what an event starts (时限的起止)."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from desk.rules.codes import ClockEvent, ClockKind
from desk.rules.deadlines import OF_MEDIATIONS, LimitedCase, TimeRule, choose_rule

E, K = ClockEvent, ClockKind

# What a hall may let each limit start with; the case must come by there before it could stop.
STARTS: Mapping[ClockKind, tuple[ClockEvent, ...]] = MappingProxyType(
    {
        K.DISPATCH: (E.RECEIVED,),
        K.ACCEPT: (E.DISPATCHED,),
        K.CONTACT: (E.RECEIVED, E.DISPATCHED, E.ACCEPTED),
        K.VERIFY: (E.RECEIVED, E.DISPATCHED, E.ACCEPTED, E.CONTACTED),
        K.HANDLE: (E.RECEIVED, E.DISPATCHED, E.ACCEPTED, E.CONTACTED, E.VERIFIED),
        K.OPINION: (E.RECEIVED, E.DISPATCHED, E.HANDLED),
        K.FOLLOW_UP: (E.SIGNED, E.DELIVERED),
        K.NOTIFY: (E.RECEIVED, E.DISPATCHED, E.ACCEPTED),
        K.SETTLE: (E.RECEIVED, E.NOTIFIED),
        K.MEDIATE: (E.MEDIATION_ACCEPTED,),
        K.CONFIRM: (E.AGREED,),
    }
)
# What it may stop with; handling cannot begin before contact and check are made.
STOPS: Mapping[ClockKind, tuple[ClockEvent, ...]] = MappingProxyType(
    {
        K.DISPATCH: (E.DISPATCHED,),
        K.ACCEPT: (E.ACCEPTED,),
        K.CONTACT: (E.CONTACTED,),
        K.VERIFY: (E.VERIFIED,),
        K.HANDLE: (E.HANDLED, E.SUBMITTED, E.SIGNED, E.DELIVERED),
        K.OPINION: (E.SUBMITTED, E.SIGNED, E.DELIVERED),
        K.FOLLOW_UP: (E.FOLLOWED_UP, E.CLOSED),
        K.NOTIFY: (E.NOTIFIED,),
        K.SETTLE: (E.DELIVERED, E.SIGNED, E.CLOSED),
        K.MEDIATE: (E.MEDIATION_ENDED,),
        K.CONFIRM: (E.FILED,),
    }
)
OF_CASES = tuple(kind for kind in ClockKind if kind not in OF_MEDIATIONS)


def started_by(
    rules: Iterable[TimeRule], event: ClockEvent, case: LimitedCase, *, on: date
) -> list[TimeRule]:
    """Return the limits that an event starts on such a case, in the order of the clocks strip."""
    known = list(rules)
    chosen = (choose_rule(known, kind, case, on=on) for kind in OF_CASES)
    return [rule for rule in chosen if rule is not None and rule.start_event is event]
