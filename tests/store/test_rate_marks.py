"""Sums of several days are moved at the same moment by two desks, in opposite order."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.codes import Exit, Resolution, Satisfaction
from desk.store.models import Case, RateDay
from desk.store.rate_marks import recount
from desk.store.requests import ACTIONS, Changes, Registered, Request
from tests.small_hall import COMMAND_LINE

ROUNDS = 12
PATIENCE = 30  # seconds after which nobody waits for the other desk any longer


@dataclass(frozen=True, slots=True, kw_only=True)
class SayAgain(Request):
    """Change what several appellants said, one case after the other, in this order."""

    cases: tuple[int, ...]
    satisfaction: Satisfaction


def say_again(tx, request):
    for one in request.cases:
        case = tx.session.get(Case, one, with_for_update=True)
        tx.touch(case)
        case.resolution, case.satisfaction = Resolution.YES, request.satisfaction
        tx.session.flush()
    return Changes("更改几件的评价")


def ended(work):
    """Return a case that has ended."""
    return work.register(exit=Exit.ON_SPOT, answer="已当面说明。")


def sums(engine):
    with Session(engine) as session:
        columns = [one for one in RateDay.__table__.columns if one.key != "street_id"]
        return sorted(session.execute(select(*columns).where(RateDay.received > 0)).all())


def test_two_desks_that_move_the_same_days_in_opposite_order_both_save_at_once(work, monkeypatch):
    monkeypatch.setitem(ACTIONS, SayAgain, Registered("case.noted", say_again))
    monday = [ended(work), ended(work)]
    work.clock.forward(days=1)
    tuesday = [ended(work), ended(work)]
    gate = Barrier(2, timeout=PATIENCE)

    def save(cases):
        desk = work.desk(COMMAND_LINE)
        for satisfaction in [Satisfaction.SATISFIED, Satisfaction.FAIRLY] * (ROUNDS // 2):
            gate.wait()
            said = {"cases": cases, "satisfaction": satisfaction}
            desk._in_one_transaction(SayAgain(**work.hall.by(COMMAND_LINE), **said))

    with ThreadPoolExecutor(2) as desks:
        one = desks.submit(save, (monday[0], tuesday[0]))
        other = desks.submit(save, (tuesday[1], monday[1]))
        one.result(PATIENCE), other.result(PATIENCE)

    kept = sums(work.hall.engine)
    assert {day.fairly_satisfied for day in kept if day.grouping == "all"} == {2}
    with work.hall.engine.begin() as connection:
        recount(connection)
    assert sums(work.hall.engine) == kept
