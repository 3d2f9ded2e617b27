"""Who has a case open is known while it is open, to whoever may see the case, then forgotten."""

from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.actions.recusal import RecordAccused
from desk.queries.open_cases import Other, others_at
from desk.rules.deeds import Deed
from desk.store.models import Event, OpenCase


@pytest.fixture
def sit(hall, clock):
    """Let somebody open a case at a desk of his own, and ask who else is there."""

    class At:
        def __init__(self, who, case):
            self.database, self.case = hall.sign_in(who), case

        def sign(self, writing=""):
            self.database.touch_presence(self.case, writing)
            return self

        def leave(self):
            self.database.touch_presence(None)

        def others(self):
            return self.database.read(partial(others_at, case_id=self.case))

    return At


def rows(hall):
    with Session(hall.engine) as session:
        return list(session.scalars(select(OpenCase)))


def lines(hall):
    with Session(hall.engine) as session:
        return session.scalar(select(func.count(Event.id)))


def test_colleagues_at_one_case_know_of_each_other_and_of_what_is_written(work, sit, clock):
    case = work.register()
    before = lines(work.hall)
    li, zhou = sit("李敏", case).sign(), sit("周航", case).sign()
    opened = clock()
    clock.forward(seconds=10)
    zhou.sign(Deed.NOTE)

    assert li.others() == (Other("周航", opened, Deed.NOTE),)
    assert zhou.others() == (Other("李敏", opened, ""),)
    assert lines(work.hall) == before  # no line of the history says who looked when


def test_whoever_leaves_or_falls_silent_is_there_no_more_and_nothing_is_kept(work, sit, clock):
    case = work.register()
    li, zhou, again = sit("李敏", case).sign(), sit("周航", case).sign(), sit("周航", case).sign()
    assert [one.name for one in li.others()] == ["周航"]  # two desks, one colleague
    zhou.leave()
    assert [one.name for one in li.others()] == ["周航"]
    clock.forward(seconds=30)
    assert li.others() == ()
    assert again.sign().others() == ()
    li.sign()
    li.leave()
    again.leave()
    assert rows(work.hall) == []


def test_another_case_is_counted_from_when_it_was_opened(work, sit, clock):
    first, second = work.register(), work.register()
    li, zhou = sit("李敏", second), sit("周航", first).sign()
    clock.forward(seconds=20)
    zhou.case = second
    zhou.sign()
    assert li.others() == (Other("周航", clock(), ""),)


def test_whoever_may_not_see_the_case_is_not_told_who_has_it_open(work, sit):
    case = work.register()
    sit("李敏", case).sign()
    outsider = sit("孙浩", case)
    assert outsider.others() == ()
    accused = work.staff("周航")
    zhou = sit("周航", case)
    assert zhou.others() != ()
    work.ask("李敏", RecordAccused, case, staff=accused, reason="来电说明")
    assert zhou.others() == ()
