"""What the lists of a change of shift say (交班清单的每一行)."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from desk.queries.handover import KeptThing, OpenCall, OpenCase, OpenSupport, Watched
from desk.rules.moments import say_due, say_moment
from desk.rules.wording import label
from desk.ui.shift.tick_list import TickLine

Wanted = Callable[[object], None]


def case_line(case: OpenCase, now: datetime, wanted: Wanted) -> TickLine:
    """Return a case in one's hands, with what is due next."""
    due = ""
    if case.next_clock is not None and case.due_at is not None:
        due = f"{label(case.next_clock)} {say_due(case.due_at, seen_at=now)} 前"
    below = " · ".join(filter(None, (label(case.status), due)))
    words = f"{case.seq:05} {case.summary}"
    return TickLine(case.id, words, below, "看一看", partial(wanted, case.id))


def support_line(part: OpenSupport, now: datetime, wanted: Wanted) -> TickLine:
    """Return a support in one's hands, with when it should have reported."""
    due = f"{say_due(part.due_at, seen_at=now)} 前反馈" if part.due_at is not None else ""
    below = " · ".join(filter(None, (label(part.status), due)))
    words = f"{part.seq:05} {part.summary}"
    return TickLine(part.id, words, below, "看一看", partial(wanted, part.case_id))


def watched_line(one: Watched) -> TickLine:
    """Return a mediation or a whistle: its number and how far it is, and nobody's name."""
    due = f"{one.due_on:%m-%d} 到期" if one.due_on is not None else ""
    return TickLine(one.id, one.number, " · ".join(filter(None, (label(one.status), due))))


def call_line(call: OpenCall, now: datetime, wanted: Wanted) -> TickLine:
    """Return a promised call: when, to whom, what about."""
    words = f"{say_due(call.at, seen_at=now)} 给 {call.who} 回电"
    below = f"{call.seq:05} {call.about}"
    return TickLine(call.id, words, below, "看一看", partial(wanted, call.case_id))


def item_line(
    item: KeptThing, now: datetime, give_back: Callable[[KeptThing], Callable[[], None]]
) -> TickLine:
    """Return a kept thing: what, for which case, since when."""
    of_case = f"{item.seq:05}" if item.seq else ""
    since = f"{say_moment(item.taken_at, seen_at=now)} 起保管"
    below = " · ".join(filter(None, (of_case, since, item.note)))
    return TickLine(item.id, f"{label(item.kind)} {item.name}", below, "交还", give_back(item))
