"""The plain model of what waits (6.1 #11, #12; 4.5): requests for time, parking, pauses."""

from tests.actions.life_case import AskModel
from tests.actions.life_people import UNIT


def _fits_ask(hall, case, _who, _at, *, clock="handle", is_told):
    return case.pending() is None and bool(case.running(clock))


def _fits_park(hall, case, _who, _at, is_told):
    return case.pending() is None and case.status == "handling"


def _fits_tell(hall, case, *_):
    return case.pending() is not None


def _fits_review(hall, case, _who, _at, is_passed):
    return case.pending() is not None and case.pending().state == "office"


def _fits_grant(hall, case, _who, _at, is_granted):
    ask = case.pending()
    if ask is None or ask.state != "leader":
        return False
    if not is_granted:
        return True
    able = case.status == "handling" if ask.kind == "park" else bool(case.running(ask.clock))
    return ask.is_told and able


def _fits_pause(hall, case, _who, _at, reason):
    stands = any(one.pause for one in case.running())
    return not stands and bool(case.pausable(reason))


def _fits_resume(hall, case, *_):
    return any(one.pause for one in case.running())


def _told(case, who, at):
    """He is told on the telephone, which is a contact like any other (9.2)."""
    case.attempt(who, UNIT[who], at)


def _ask_more(hall, case, who, at, clock, is_told):
    if is_told:
        _told(case, who, at)
    case.asks.append(AskModel("extend", clock, case.round, is_told=is_told))


def _ask_park(hall, case, who, at, is_told):
    if is_told:
        _told(case, who, at)
    case.asks.append(AskModel("park", "handle", case.round, is_told=is_told))


def _tell(hall, case, who, at):
    _told(case, who, at)
    case.pending().is_told = True


def _drop(hall, case, *_):
    case.pending().state = "withdrawn"


def _review(hall, case, _who, _at, is_passed):
    case.pending().state = "leader" if is_passed else "refused"


def _grant(hall, case, _who, _at, is_granted):
    ask = case.pending()
    ask.state = "granted" if is_granted else "refused"
    if is_granted and ask.kind == "park":
        case.status = "parked"
        for one in case.pausable("parked"):
            one.pause = "parked"


def _come_back(case):
    case.status = "handling"
    case.wake()
    case.end_parking()


def _look_again(hall, case, _who, _at, stays):
    if not stays:
        _come_back(case)


def _unpark(hall, case, *_):
    _come_back(case)


def _pause(hall, case, who, at, reason):
    _told(case, who, at)
    for one in case.pausable(reason):
        one.pause = reason


def _resume(hall, case, *_):
    case.wake()


WAITS_FIT = {
    "ask_more": _fits_ask,
    "ask_park": _fits_park,
    "drop_ask": _fits_tell,
    "grant": _fits_grant,
    "pause": _fits_pause,
    "resume": _fits_resume,
    "review": _fits_review,
    "tell": _fits_tell,
}
WAITS = {
    "ask_more": _ask_more,
    "ask_park": _ask_park,
    "drop_ask": _drop,
    "grant": _grant,
    "look_again": _look_again,
    "pause": _pause,
    "resume": _resume,
    "review": _review,
    "tell": _tell,
    "unpark": _unpark,
}
