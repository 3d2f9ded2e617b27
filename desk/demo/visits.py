"""Invented residents who bring a second appeal in the same visit (再开一件)."""

from dataclasses import replace
from datetime import timedelta

from desk.demo.life import Life
from desk.demo.sample import Appeal
from desk.rules.codes import Channel
from desk.rules.moments import day_of

_LATER = timedelta(minutes=6)


def in_same_visit(appeal: Appeal, before: Life | None) -> bool:
    """Return whether two walk-ins, one right after the other, are told as one visit."""
    return (
        before is not None
        and appeal.channel is before.appeal.channel is Channel.VISIT
        and before.same_visit is None
        and day_of(appeal.received_at) == day_of(before.appeal.received_at)
    )


def brought_by_same(appeal: Appeal, before: Life) -> Appeal:
    """Return the appeal as the person brings it who has just brought another one."""
    first = before.appeal
    return replace(
        appeal,
        received_at=min(appeal.received_at, first.received_at + _LATER),
        name=first.name,
        sex=first.sex,
        phone=first.phone,
        address=first.address,
    )
