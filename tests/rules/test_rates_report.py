import json
from datetime import date

import pytest

from desk.rules.codes import ClockKind, Resolution, Satisfaction, SourceLevel
from desk.rules.errors import RuleBroken
from desk.rules.rate_groups import GroupBy
from desk.rules.rate_rules import RateRules, RulesByMonth
from desk.rules.rates_report import figures_of, rates_report, report_of
from desk.rules.three_rates import RatedCase
from tests.rules.rated_cases import DAY, cases, rated

JUNE = {"first": date(2026, 6, 1), "last": date(2026, 6, 30)}
KEYS_OF_TOTAL = {
    "received", "by_level", "assessed", "assessed_share_of_city", "daily_mean", "monthly_mean",
    "visited", "responded", "resolved", "partly_resolved", "satisfied", "fairly_satisfied",
    "dissatisfied", "response_rate", "resolution_rate", "satisfaction_rate", "score",
    "double_yes", "not_double_yes", "double_no", "on_time", "repeats", "national", "overdue",
}  # fmt: skip
KEYS_OF_ROW = {
    "key", "received", "assessed", "responded", "resolved", "satisfied", "fairly_satisfied",
    "response_rate", "resolution_rate", "satisfaction_rate", "score", "rank", "tied", "deduction",
}  # fmt: skip


def test_the_report_has_every_agreed_key_and_is_plain_json():
    report = rates_report(cases(2), **JUNE)
    assert json.loads(json.dumps(report)) == report
    assert set(report) == {"from", "to", "rules", "total", "monthly", "mean_of_months", "rows"}
    assert (report["from"], report["to"]) == ("2026-06-01", "2026-06-30")
    assert report["rules"] == "缺省 2026-01-01"
    assert set(report["total"]) >= KEYS_OF_TOTAL
    assert set(report["rows"][0]) >= KEYS_OF_ROW
    assert set(report["total"]["on_time"]) == {"dispatch", "contact", "verify", "handle", "opinion"}
    rate_keys = {"response_rate", "resolution_rate", "satisfaction_rate"}
    assert set(report["mean_of_months"]) == rate_keys
    assert set(report["monthly"][0]) == {"month"} | rate_keys


def test_a_period_without_cases_has_counts_of_zero_and_no_rates():
    report = rates_report([], **JUNE)
    total = report["total"]
    assert total["received"] == 0
    assert total["response_rate"] is None
    assert total["score"] is None
    assert total["on_time"]["handle"] is None
    assert total["assessed_share_of_city"] is None
    assert total["by_level"]["市级直派"] == {"count": 0, "share": None}
    assert total["daily_mean"] == "0.00"
    assert report["monthly"] == [
        {
            "month": "2026-06",
            "response_rate": None,
            "resolution_rate": None,
            "satisfaction_rate": None,
        }
    ]
    assert report["mean_of_months"]["response_rate"] is None
    assert report["rows"] == []


def test_a_case_belongs_to_the_day_it_was_received_on():
    days = (date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1))
    report = rates_report([rated(received_on=day) for day in days], **JUNE)
    assert report["total"]["received"] == 2
    assert report["total"]["daily_mean"] == "0.07"
    assert report["total"]["monthly_mean"] == "2.00"


def test_total_and_mean_of_months_are_different_figures():
    group = [
        *cases(9, received_on=date(2026, 4, 3)),
        *cases(1, received_on=date(2026, 4, 3), was_contacted=False),
        *cases(1, received_on=date(2026, 6, 3), was_contacted=False),
    ]
    report = rates_report(group, first=date(2026, 4, 1), last=date(2026, 6, 30))
    assert report["total"]["response_rate"] == "81.82"  # 9 / 11
    assert [month["response_rate"] for month in report["monthly"]] == ["90.00", None, "0.00"]
    assert report["mean_of_months"]["response_rate"] == "45.00"
    assert report["total"]["monthly_mean"] == "3.67"


def test_months_run_over_new_year():
    report = rates_report([], first=date(2025, 11, 30), last=date(2026, 1, 1))
    assert [month["month"] for month in report["monthly"]] == ["2025-11", "2025-12", "2026-01"]


def test_levels_and_the_share_the_city_assesses():
    group = [
        *cases(3, source_level=SourceLevel.CITY),
        *cases(1, source_level=SourceLevel.CITY, counts_in_rates=False),
        *cases(3, source_level=SourceLevel.STREET),
        *cases(1),
    ]
    total = rates_report(group, **JUNE)["total"]
    assert total["by_level"]["市级直派"] == {"count": 4, "share": "50.00"}
    assert total["by_level"]["区级转派"] == {"count": 0, "share": "0.00"}
    assert total["by_level"]["未注明"] == {"count": 1, "share": "12.50"}
    assert total["assessed"] == 7
    assert total["assessed_share_of_city"] == "75.00"


def test_clocks_that_did_not_run_are_left_out_of_on_time():
    group = [
        rated(on_time={ClockKind.HANDLE: True, ClockKind.CONTACT: False}),
        rated(on_time={ClockKind.HANDLE: False}),
        rated(on_time={ClockKind.HANDLE: True}, counts_in_rates=False),
        rated(),
    ]
    on_time = rates_report(group, **JUNE)["total"]["on_time"]
    assert (on_time["handle"], on_time["contact"], on_time["verify"]) == ("66.67", "0.00", None)


def test_repeats_national_and_overdue_cases_are_counted():
    group = [rated(is_repeat=True), rated(is_national=True, is_overdue=True), rated()]
    total = rates_report(group, **JUNE)["total"]
    assert (total["repeats"], total["national"], total["overdue"]) == (1, 1, 1)


def test_a_case_of_two_units_counts_with_both_and_once_in_the_total():
    report = rates_report([rated(units=("城建办", "榕东社区", "城建办"))], **JUNE)
    assert [(row["key"], row["received"]) for row in report["rows"]] == [
        ("城建办", 1),
        ("榕东社区", 1),
    ]
    assert report["total"]["received"] == 1


def test_rows_stand_by_rank_and_those_without_a_score_last():
    group = [
        *cases(1, units=("应急办",), resolution=Resolution.NO),
        RatedCase(received_on=DAY, units=("民政办",)),
        *cases(1, units=("城建办",)),
        *cases(1, units=("执法队",)),
        *cases(1, units=()),
    ]
    rows = rates_report(group, **JUNE)["rows"]
    assert [(row["key"], row["rank"], row["tied"]) for row in rows] == [
        ("城建办", 1, True),
        ("执法队", 1, True),
        ("未注明", 1, True),
        ("应急办", 4, False),
        ("民政办", None, False),
    ]
    assert rows[-1]["score"] is None
    assert rows[-1]["deduction"] == "0.00"


def test_rows_carry_the_deduction_of_the_worked_example():
    unhappy = {"satisfaction": Satisfaction.DISSATISFIED}
    group = [
        *cases(198, units=("甲",)),
        *cases(2, units=("甲",), **unhappy),
        *cases(97, units=("乙",)),
        *cases(3, units=("乙",), **unhappy),
        *cases(46, units=("丙",)),
        *cases(2, units=("丙",), satisfaction=Satisfaction.FAIRLY),
        *cases(2, units=("丙",), **unhappy),
    ]
    rows = rates_report(group, **JUNE)["rows"]
    assert {row["key"]: row["deduction"] for row in rows} == {
        "甲": "0.00",
        "乙": "0.00",
        "丙": "0.30",
    }


@pytest.mark.parametrize(
    ("by", "key"),
    [
        (GroupBy.COMMUNITY, "榕东社区"),
        (GroupBy.CATEGORY, "噪声"),
        (GroupBy.CHANNEL, "来厅"),
        (GroupBy.UNIT, "城建办"),
    ],
)
def test_rows_can_be_units_communities_categories_or_channels(by, key):
    case = rated(community="榕东社区", category="噪声", channel="来厅")
    rows = rates_report(
        [case], **JUNE, by=by, rules=RulesByMonth((RateRules(name="本厅 2026-07-01"),))
    )["rows"]
    assert [row["key"] for row in rows] == [key]


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(RuleBroken, match="结束日期早于开始日期"):
        rates_report([], first=date(2026, 6, 30), last=date(2026, 6, 1))


def test_figures_of_two_groups_add_up_to_those_of_both():
    city = {"source_level": SourceLevel.CITY, "on_time": {ClockKind.HANDLE: True}}
    one = [*cases(3, units=("城建办",), **city), rated(units=("执法队",), is_repeat=True)]
    other = [rated(units=("城建办",), resolution=Resolution.NO, is_overdue=True)]
    added = figures_of(one) + figures_of(other)
    assert report_of(added, **JUNE) == rates_report([*one, *other], **JUNE)
