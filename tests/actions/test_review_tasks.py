"""What the monthly review decides becomes a task, and its unit reports it done."""

from datetime import timedelta
from functools import partial

import pytest

from desk.actions.review_tasks import AddReviewTask, ReopenReviewTask, ReportReviewTask
from desk.queries.bulletin_facts import bulletin_facts
from desk.queries.review_tasks import review_tasks
from desk.rules.assessment_codes import BulletinKind
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.moments import day_of
from tests.actions.work import CHEN, QIN, SUN, WANG, ZHAO, ZHOU, Work

TEXT = "逐栋排查楼道线路，列出更换计划。"


@pytest.fixture
def work(hall, clock):
    return Work(hall, clock)


def add(work, who=WANG, **more):
    today = day_of(work.clock())
    facts = {
        "text": TEXT,
        "unit": work.unit("城建办"),
        "decided_on": today,
        "due_on": today + timedelta(days=10),
    }
    work.clock.forward(minutes=1)
    return work.ask(who, AddReviewTask, **(facts | more)).made["task"]


def tasks(work, who=ZHAO):
    return work.desk(who).read(review_tasks)


def test_a_task_is_set_seen_by_its_unit_and_reported(work):
    task = add(work)
    (one,) = tasks(work)
    assert (one.text, one.unit, one.may_report, one.is_late) == (TEXT, "城建办", True, False)
    assert not tasks(work, SUN)[0].may_report
    assert tasks(work, QIN)[0].may_report

    work.ask(ZHAO, ReportReviewTask, task=task, note="已排查 12 栋。")
    (one,) = tasks(work)
    assert (one.done_on, one.done_note, one.done_by) == (
        day_of(work.clock()),
        "已排查 12 栋。",
        ZHAO,
    )
    assert not one.may_report


def test_a_report_may_be_taken_back_by_who_steers(work):
    task = add(work)
    with pytest.raises(RuleBroken, match="还没有报完成"):
        work.ask(ZHOU, ReopenReviewTask, task=task)
    work.ask(ZHAO, ReportReviewTask, task=task, note="已排查。")
    with pytest.raises(RuleBroken, match="已经报过"):
        work.ask(ZHAO, ReportReviewTask, task=task, note="再报。")
    with pytest.raises(NotAllowed):
        work.ask(ZHAO, ReopenReviewTask, task=task)
    work.ask(ZHOU, ReopenReviewTask, task=task)
    assert tasks(work)[0].done_on is None


def test_another_unit_reports_nothing(work):
    task = add(work)
    for who in (SUN, CHEN):
        with pytest.raises(NotAllowed, match="别的单位"):
            work.ask(who, ReportReviewTask, task=task, note="做了。")
    work.ask(ZHOU, ReportReviewTask, task=task, note="代报。")
    with pytest.raises(RuleBroken, match="找不到"):
        work.ask(ZHOU, ReportReviewTask, task=5, note="做了。")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": " "}, "text"),
        ({"unit": 5}, "unit"),
        ({"decided_on": 1}, "decided_on"),
        ({"due_on": -1}, "due_on"),
    ],
)
def test_a_task_says_what_who_and_when(work, wrong, field):
    today = day_of(work.clock())
    given = {
        key: today + timedelta(days=value) if key.endswith("_on") else value
        for key, value in wrong.items()
    }
    with pytest.raises(RuleBroken) as caught:
        add(work, **given)
    assert caught.value.field == field


def test_a_report_says_what_was_done(work):
    task = add(work)
    with pytest.raises(RuleBroken) as caught:
        work.ask(ZHAO, ReportReviewTask, task=task, note=" ")
    assert caught.value.field == "note"
    with pytest.raises(NotAllowed):
        add(work, ZHAO)


def test_open_tasks_stand_in_the_next_bulletin(work):
    today = day_of(work.clock())
    add(work, due_on=today)
    add(work, due_on=today + timedelta(days=20), text="下月的事。")
    work.clock.forward(days=2)
    later = day_of(work.clock())

    def told(kind):
        facts = work.desk(ZHOU).read(partial(bulletin_facts, kind=kind, on=later))
        return [(one["text"], one["is_late"]) for one in facts["tasks"]]

    assert told(BulletinKind.DAILY) == [(TEXT, True)]
    assert told(BulletinKind.MONTHLY) == [(TEXT, True), ("下月的事。", False)]
