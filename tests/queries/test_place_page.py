"""One place across years, and how neighbours were helped there (一地一档)."""

from functools import partial

import pytest

from desk.actions.intake import Appellant
from desk.actions.topics import OpenTopic
from desk.queries.place_page import neighbours_of, place_page
from desk.rules.codes import Purpose
from tests.actions.conftest import shared_hall
from tests.actions.work import CHEN, LI, LIANG, ZHOU, S, Work

__all__ = ["shared_hall"]

PLACE, CATEGORY = "青榕花园", "楼道漏电"


@pytest.fixture(scope="module")
def work(shared_hall):
    """Three appeals of one estate and one of another, in two months; one of them is solved."""
    shared_hall.clock.set("2026-10-20 09:00")
    work = Work(shared_hall, shared_hall.clock)
    him = Appellant(name="解珍", phone="13800000081", address="青榕花园 7 栋 401")
    facts = {"place": shared_hall.place(PLACE), "category": shared_hall.category(CATEGORY)}
    work.solved = work.to(S.CLOSED, appellant=him, **facts)
    shared_hall.clock.set("2026-11-02 09:00")
    work.open = work.register(LI, appellant=him, **facts)
    work.register(LI, appellant=him, **facts, purpose=Purpose.REPORT)
    work.register(LI, **(facts | {"place": shared_hall.place("码头新村")}))
    return work


def page(work, who, place=PLACE, category=None):
    asked = {"place": work.hall.place(place), "category": category}
    return work.desk(who).read(partial(place_page, **asked))


def test_a_place_is_counted_by_month_and_category_without_its_reports(work):
    found = page(work, LI)
    (line,) = found.lines
    assert (line.name, line.months[-2:], line.total, line.still_open) == (CATEGORY, (1, 1), 2, 1)
    assert (found.total, found.still_open, found.years) == (2, 1, ((2026, 2),))
    assert [case.id for case in found.open] == [work.open]
    assert (found.name, found.community, found.category) == (PLACE, "榕东", CATEGORY)


def test_who_sees_no_case_of_it_has_the_figures_alone(work):
    found = page(work, LIANG)
    assert (found.total, found.still_open, found.open) == (2, 1, ())
    assert [one.case for one in found.neighbours] == [None]


def test_neighbours_learn_how_it_was_solved_and_nobodys_name(work):
    ask = partial(
        neighbours_of, place=work.hall.place(PLACE), category=work.hall.category(CATEGORY)
    )
    (told,) = work.desk(LI).read(ask)
    assert (told.case, told.unit, told.days) == (work.solved, "城建办", 1)
    assert told.answer
    assert told.measures == "" or "线路" in told.measures
    assert "解珍" not in told.answer + told.measures
    (unseen,) = work.desk(LIANG).read(ask)
    assert (unseen.case, unseen.answer) == (None, told.answer)
    assert work.desk(CHEN).read(partial(ask, category=work.hall.category("占道经营"))) == ()


def test_what_comes_most_often_stands_first_and_no_place_has_no_page(work):
    assert work.desk(LI).read(partial(place_page, place=1)) is None
    for name in ("占道经营", "占道经营", "街面秩序"):
        place, category = work.hall.place("码头新村"), work.hall.category(name)
        work.register(LI, place=place, category=category)
    found = page(work, LI, "码头新村")
    assert [(line.name, line.total) for line in found.lines] == [
        ("占道经营", 2),
        (CATEGORY, 1),
        ("街面秩序", 1),
    ]
    assert found.category == "占道经营"
    assert found.neighbours == ()


def test_what_came_often_within_a_month_is_said_and_leads_to_its_topic_where_one_is_known(work):
    place, category = work.hall.place("码头新村"), work.hall.category("占道经营")
    said = (("占道经营", 30, 3, None),)
    cases = [work.register(LI, place=place, category=category)]
    assert _clusters(work, LI) == said
    request = OpenTopic(
        **work.hall.by(ZHOU), name="码头的摊", cases=tuple(cases), place=place, category=category
    )
    topic = work.desk(ZHOU).carry_out(request).made["topic"]
    assert _clusters(work, LI) == (("占道经营", 30, 3, topic),)
    assert _clusters(work, LIANG) == said  # who sees none of its cases does not hear of the topic

    work.clock.forward(days=31)
    assert _clusters(work, LI) == (("占道经营", 30, 0, topic),)
    assert _clusters(work, LIANG) == ()


def _clusters(work, who):
    found = page(work, who, "码头新村").clusters
    return tuple((one.name, one.days, one.count, one.topic) for one in found)
