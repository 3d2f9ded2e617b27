"""Each month is counted by its own rules, also where a period spans several (按当月规则)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from desk.rules.assessment_codes import NotRated, ResponseBy
from desk.rules.codes import ClockKind, Satisfaction
from desk.rules.rate_rules import SEED, RulesByMonth
from desk.rules.rates_report import figures_of, rates_report, report_of
from tests.rules.rated_cases import cases, rated

JULY = replace(
    SEED,
    name="2026 下半年",
    valid_from=date(2026, 7, 1),
    fairly=Decimal("0.8"),
    satisfaction=Decimal(70),
    response=Decimal(0),
    resolution=Decimal(30),
)
RULES = RulesByMonth((SEED, JULY))
PERIOD = {"first": date(2026, 6, 1), "last": date(2026, 7, 31)}
IN_JUNE, IN_JULY = {"received_on": date(2026, 6, 30)}, {"received_on": date(2026, 7, 1)}
FAIRLY = {"satisfaction": Satisfaction.FAIRLY}


def report(group, rules=RULES, **more):
    return rates_report(group, **(PERIOD | more), rules=rules)


def test_a_fairly_content_appellant_is_worth_what_his_month_says():
    found = report([rated(**FAIRLY, **IN_JUNE), rated(**FAIRLY, **IN_JULY)])
    assert found["rules"] == "缺省 2026-01-01；2026 下半年"
    assert [month["satisfaction_rate"] for month in found["monthly"]] == ["60.00", "80.00"]
    assert found["total"]["satisfaction_rate"] == "70.00"
    assert found["mean_of_months"]["satisfaction_rate"] == "70.00"
    assert found["rows"][0]["satisfaction_rate"] == "70.00"
    assert found["total"]["score"] == "79.00"  # 30 × 100 + 70 × 70, by the rules of the last day


def test_a_past_month_comes_out_as_it_did_before_the_rules_changed():
    june = {"first": date(2026, 6, 1), "last": date(2026, 6, 30)}
    group = [*cases(3, **IN_JUNE), rated(**FAIRLY, **IN_JUNE), rated(**FAIRLY, **IN_JULY)]
    assert report(group, **june) == report(group, RulesByMonth((SEED,)), **june)


def test_figures_of_two_halves_add_up_to_those_of_the_whole():
    june, july = cases(3, **IN_JUNE, **FAIRLY), cases(5, **IN_JULY)
    halves = figures_of(june, rules=RULES) + figures_of(july, rules=RULES)
    assert report_of(halves, **PERIOD, rules=RULES) == report([*june, *july])


def test_responded_to_is_what_the_hall_says_it_is():
    group = [
        rated(was_contacted=True, on_time={ClockKind.CONTACT: False}),
        rated(was_contacted=False, on_time={ClockKind.CONTACT: True}),
        rated(was_contacted=True, on_time={ClockKind.CONTACT: True}),
        rated(was_contacted=True),  # no limit ran: his word counts
        rated(was_contacted=None),
    ]
    asked, in_time = (
        report(group, RulesByMonth((replace(SEED, response_by=by),)))["total"]
        for by in (ResponseBy.ASKED, ResponseBy.IN_TIME)
    )
    assert (asked["responded"], asked["response_rate"]) == (3, "60.00")
    assert (in_time["responded"], in_time["response_rate"]) == (3, "60.00")
    alone = report(group[:1], RulesByMonth((replace(SEED, response_by=ResponseBy.IN_TIME),)))
    assert alone["total"]["response_rate"] == "0.00"


def test_who_could_not_be_reached_is_left_out_or_counts_as_discontent():
    group = [rated(), rated(satisfaction=Satisfaction.NOT_RATED, resolution=None)]
    left_out = report(group)["total"]
    hard = report(group, RulesByMonth((replace(SEED, not_rated=NotRated.DISSATISFIED),)))["total"]
    assert left_out["satisfaction_rate"] == "100.00"
    assert (hard["satisfaction_rate"], hard["response_rate"]) == ("50.00", "50.00")
    assert hard["visited"] == left_out["visited"] == 1


def test_a_hall_that_does_not_rank_shows_rates_and_no_places():
    group = [rated(units=("城建办",)), rated(units=("执法队",), **FAIRLY)]
    rows = report(group, RulesByMonth((replace(SEED, ranks=False),)))["rows"]
    assert [(row["key"], row["rank"], row["tied"]) for row in rows] == [
        ("城建办", None, False),
        ("执法队", None, False),
    ]
    assert [row["rank"] for row in report(group)["rows"]] == [1, 2]
