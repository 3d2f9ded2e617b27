"""What exclusions and appeals changed: the same month with and without what was granted."""

from desk.actions.assessing import CountAgain
from desk.queries.assessed_before import before_and_after
from desk.queries.rate_figures import period_report
from desk.rules.rate_groups import GroupBy
from tests.actions.conftest import shared_hall, work
from tests.actions.test_assessing import appeal, ask, decide, rated_badly
from tests.actions.work import WANG, ZHAO, ZHENG, ZHOU, S

__all__ = ["shared_hall", "work"]


def grant(work, case, *desks):
    for desk in desks:
        decide(work, case, desk)


def both(work, by=GroupBy.UNIT, who=WANG):
    """Return the report of the month, and what it would have been."""
    today = work.clock().date()
    days = today.replace(day=1), today
    found = work.desk(who).read(lambda r: before_and_after(r, *days, by))
    assert found.report == work.desk(who).read(lambda r: period_report(r, *days, by))
    return found


def rates(report):
    total = report["total"]
    return total["received"], total["assessed"], total["satisfaction_rate"], total["score"]


def test_a_month_is_told_with_and_without_what_was_granted(work):
    nothing = both(work)
    assert nothing.report == nothing.without
    assert (nothing.excluded, nothing.rated_again) == (0, 0)

    excluded, back = work.to(S.ARCHIVED), work.to(S.ARCHIVED)
    for case in (excluded, back):
        ask(work, case)
        grant(work, case, ZHENG, WANG, ZHOU)
    work.ask(WANG, CountAgain, back, note="照片拍错了")
    appealed = rated_badly(work)
    rated_badly(work)
    waiting = work.to(S.ARCHIVED)
    ask(work, waiting)
    appeal(work, appealed)
    assert both(work).rated_again == 0  # asked for, not granted yet
    grant(work, appealed, ZHENG, ZHOU)

    found = both(work)
    assert (found.excluded, found.rated_again) == (1, 1)
    # without: 3 content, 2 discontent; with: 2 content, 1 fairly so, 1 discontent
    assert rates(found.without) == (5, 5, "60.00", "72.00")
    assert rates(found.report) == (5, 4, "65.00", "79.00")
    assert [row["key"] for row in found.without["rows"]] == ["城建办"]
    for by in (GroupBy.COMMUNITY, GroupBy.CELL, GroupBy.DAY):
        assert rates(both(work, by).without) == rates(found.without)
    own = both(work, who=ZHAO)
    assert rates(own.without) == rates(found.without)
