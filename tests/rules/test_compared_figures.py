"""A period beside the one before and a year ago: changes in words, arrows, ranks then."""

from datetime import date

from desk.rules.codes import ClockKind, Resolution, Satisfaction
from desk.rules.compared_figures import ComparedFigure, compared, with_arrows
from desk.rules.rate_rules import SEED, RulesByMonth
from desk.rules.rates_report import figures_of, rates_report, whole_of
from tests.rules.rated_cases import cases, rated

RULES = RulesByMonth()
JUNE = {"first": date(2026, 6, 1), "last": date(2026, 6, 30)}
BAD = {"satisfaction": Satisfaction.DISSATISFIED, "resolution": Resolution.NO}


def side(group):
    return whole_of(figures_of(group), RULES), SEED


def figures(now, before, year_ago):
    return {one.name: one for one in compared(side(now), side(before), side(year_ago))}


def test_counts_are_compared_as_a_share_of_the_older_figure():
    found = figures(cases(9), cases(8), cases(12))["received"]
    assert (found.since_before, found.since_year_ago) == ("+12.50%", "-25.00%")
    assert (found.arrow, found.title, found.say(found.now)) == ("↑", "受理", "9")


def test_against_nothing_there_is_nothing_to_say():
    found = figures([*cases(2), *cases(1, **BAD)], [], cases(3))
    assert found["double_no"].since_year_ago == "—"
    assert found["satisfaction_rate"].since_before == "—"
    assert found["satisfaction_rate"].arrow == ""
    assert found["satisfaction_rate"].say(found["satisfaction_rate"].before) == "—"
    assert found["received"].arrow == "↑"


def test_rates_are_compared_exactly_and_told_rounded():
    found = figures([*cases(2), rated(**BAD)], cases(3), cases(3))["satisfaction_rate"]
    assert found.say(found.now) == "66.67%"
    assert found.say(found.now, 0) == "67%"
    assert (found.since_before, found.arrow) == ("-33.33 点", "↓")


def test_limits_and_scores_are_compared_too():
    late = cases(2, on_time={ClockKind.HANDLE: False})
    found = figures(late, [*late, *cases(2, on_time={ClockKind.HANDLE: True})], [])
    on_time = found["on_time_handle"]
    assert (on_time.title, on_time.say(on_time.before), on_time.arrow) == (
        "办理按时率",
        "50.00%",
        "↓",
    )
    assert (found["score"].say(found["score"].now), found["score"].arrow) == ("100.00", "→")
    assert found["score"].since_before == "0.00 分"
    assert found["on_time_verify"].now is None


def test_a_figure_that_stood_still_says_so():
    same = ComparedFigure("received", "受理", 3, 3, 3)
    assert (same.since_before, same.arrow) == ("0.00%", "→")


def test_each_row_knows_its_rank_of_the_period_before():
    then = rates_report([*cases(2, units=("甲",)), rated(units=("乙",), **BAD)], **JUNE)["rows"]
    group = [rated(units=("甲",), **BAD), *cases(2, units=("乙",)), rated(units=("丙",))]
    rows = {row["key"]: row for row in with_arrows(rates_report(group, **JUNE)["rows"], then)}
    assert [(rows[key]["rank_before"], rows[key]["arrow"]) for key in "甲乙丙"] == [
        (1, "↓"),
        (2, "↑"),
        (None, ""),
    ]
