"""How invented residents were reached (联系、回访): visits, calls in vain, promises, matters."""

from datetime import datetime, timedelta
from typing import Any

from desk.demo.index import Someone
from desk.demo.life import Life, Step, add_contact
from desk.demo.receiving import rating_of
from desk.rules.codes import (
    ContactResult,
    ContactWay,
    FollowUpWay,
    HandlingResult,
    NextStep,
    Resolution,
)
from desk.rules.moments import in_shanghai
from desk.rules.verdicts import whole_of
from desk.rules.wording import label
from desk.store.ids import new_id

_MET, _MISSED, _PROMISED = 3, 5, 7  # one case of so many was visited, rung in vain, promised a call
_FIRST_HOUR, _LAST_HOUR = 8, 21
_WAYS = {
    FollowUpWay.PHONE: ContactWay.PHONE,
    FollowUpWay.HOME: ContactWay.HOME,
    FollowUpWay.HALL: ContactWay.FACE,
    FollowUpWay.ONLINE: ContactWay.ONLINE,
}
_VISITS = (
    (ContactWay.SITE, "约在现场，一起看了位置，说明了怎么处理。"),
    (ContactWay.HOME, "上门见面，家里老人在，讲清了办理时间。"),
    (ContactWay.FACE, "他顺路到办公室，当面说了进展。"),
)


def reaching_steps(life: Life, handler: Someone) -> list[Step]:
    """Return what was said with the resident between the first call and the end."""
    start, handled = life.appeal.received_at, life.appeal.received_at + life.appeal.handle_after
    checked = start + life.appeal.verify_after
    gap = handled - checked
    found: list[Step] = []
    if life.seq % _MISSED == 0:
        found.append(_told(life, checked + gap * 0.2, handler, ContactResult.NO_ANSWER))
    if life.seq % _MET == 0:
        way, note = _VISITS[life.seq // _MET % len(_VISITS)]
        found.append(_told(life, checked + gap * 0.4, handler, ContactResult.REACHED, way, note))
    if life.seq % _PROMISED == 0:
        at, back = checked + gap * 0.5, checked + gap * 0.8
        note = "维修队排期定了就给他回电。"
        found.append(_promise(life, at, back, handler, note))
        kept = "回电：明天上午来人，已答应在家等。"
        found.append(_told(life, back, handler, ContactResult.REACHED, ContactWay.PHONE, kept))
    return [step for step in found if _is_daytime(step.at)]


def attempts_in_vain(
    life: Life, delivered: datetime, called: datetime, caller: Someone
) -> list[Step]:
    """Return the calls back that nobody answered, at different times of day."""
    count = min(life.appeal.failed_calls, 2)
    gap = (called - delivered) / (count + 1)
    moments = [delivered + gap * part for part in range(1, count + 1)]
    return [_missed(life, at, caller) for at in moments if _is_daytime(at)]


def _is_daytime(at: datetime) -> bool:
    return _FIRST_HOUR <= in_shanghai(at).hour < _LAST_HOUR  # nobody is rung at night


def add_follow_up(life: Life, at: datetime, caller: Someone) -> None:
    """Record the call back with the resident's word on every matter."""
    appeal = life.appeal
    rating = rating_of(appeal) if appeal.is_reached else dict.fromkeys(rating_of(appeal))
    if appeal.is_reached:
        words = _words(life)
        rating["resolution"] = whole_of(words)
    row = _row(life, at, caller, is_reached=appeal.is_reached, rating=rating)
    row["next_step"] = NextStep.CLOSE  # who could not be reached in the end is closed unrated
    if appeal.is_reached:
        for matter, word in zip(life.rows["matters"], words, strict=True):
            matter["resolution"] = word
            life.add(
                "follow_up_matters", follow_up_id=row["id"], matter_id=matter["id"], resolution=word
            )
    life.case |= rating


def _words(life: Life) -> list[Resolution]:
    first = life.appeal.resolution
    explained = HandlingResult.EXPLAINED
    rest = life.rows["matters"][1:]
    return [
        first,
        *(Resolution.EXPLAINED if m["result"] is explained else Resolution.YES for m in rest),
    ]


def _row(
    life: Life, at: datetime, caller: Someone, *, is_reached: bool, rating: dict[str, Any]
) -> dict[str, Any]:
    appeal, seq = life.appeal, len(life.rows.get("follow_ups", [])) + 1
    add_contact(life, at, caller, f"第 {seq} 次回访", _WAYS[appeal.follow_up_way])
    if is_reached:
        _keep_promises(life, at)
    else:
        life.rows["contacts"][-1]["result"] = ContactResult.NO_ANSWER
    return life.add(
        "follow_ups",
        id=new_id(),
        round_no=1,
        seq=seq,
        staff_id=caller.id,
        happened_at=at,
        way=appeal.follow_up_way,
        is_reached=is_reached,
        minutes=3 if is_reached else None,
        failed_calls=appeal.failed_calls,
        first_heard=None,
        stars=[None] * 4,
        discontent_note=None,
        suggestion=appeal.suggestion if is_reached else None,
        next_step=NextStep.CLOSE if is_reached else None,
        **rating,
    )


def _missed(life: Life, at: datetime, caller: Someone) -> Step:
    nothing = dict.fromkeys(rating_of(life.appeal))

    def apply(_life: Life) -> None:
        _row(life, at, caller, is_reached=False, rating=nothing)

    return Step(at, "case.followed_up", "回访 没有联系上", caller, apply)


def _told(
    life: Life,
    at: datetime,
    who: Someone,
    result: ContactResult,
    way: ContactWay = ContactWay.PHONE,
    note: str = "",
) -> Step:
    def apply(_life: Life) -> None:
        if result is ContactResult.REACHED:
            _keep_promises(life, at)
        add_contact(life, at, who, note, way)
        life.rows["contacts"][-1]["result"] = result

    return Step(at, "case.contacted", f"联系 {label(result)}", who, apply, note)


def _keep_promises(life: Life, at: datetime) -> None:
    """Count the calls promised before as made: he has been reached."""
    for contact in life.rows.get("contacts", []):
        if contact["call_back_at"] is not None:
            contact["called_back_at"] = contact["called_back_at"] or at


def _promise(life: Life, at: datetime, back: datetime, who: Someone, note: str) -> Step:
    def apply(_life: Life) -> None:
        add_contact(life, at, who, note, ContactWay.PHONE)
        life.rows["contacts"][-1]["call_back_at"] = back - timedelta(minutes=4)

    return Step(at, "case.contacted", "联系 接通", who, apply, note)
