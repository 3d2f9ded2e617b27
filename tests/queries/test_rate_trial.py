"""Rules are tried out on a month before they count; points and requests are listed (考评规则)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from desk.actions.assessing import AskAssessment, DecideAssessment
from desk.actions.bonus_points import GivePoints, WithdrawPoints
from desk.actions.followup import RecordFollowUp
from desk.actions.rate_rules import SetRateRules
from desk.queries.bonus_points import points_desk
from desk.queries.exclusions import month_requests
from desk.queries.rate_figures import period_report
from desk.queries.rate_trial import rate_trial, rule_sets
from desk.rules.assessment_codes import ExclusionReason, RequestKind, RequestState
from desk.rules.codes import Discontent, NextStep, Resolution, Satisfaction
from desk.rules.errors import RuleBroken
from desk.rules.rate_rules import SEED, plain_rules
from tests.actions.conftest import own_work, shared_hall
from tests.actions.work import SUN, WANG, WU, ZHAO, ZHENG, ZHOU, S

__all__ = ["own_work", "shared_hall"]

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
NEXT = replace(SEED, name="2027 年度", valid_from=DECEMBER, fairly=Decimal(1), decimals=1)


def rated(work, satisfaction, **more):
    case = work.to(S.FOLLOW_UP, **more)
    said = {"resolution": Resolution.YES, "satisfaction": satisfaction}
    if satisfaction is Satisfaction.DISSATISFIED:
        said["discontent"] = Discontent.NOT_SOLVED
    work.clock.forward(minutes=1)
    said |= {"is_reached": True, "was_contacted": True, "next_step": NextStep.CLOSE}
    work.ask(WU, RecordFollowUp, case, **said)
    return case


def trial(work, rules=NEXT, who=WANG):
    query = partial(rate_trial, month=date(2026, 11, 20), value=plain_rules(rules))
    return work.desk(who).read(query)


def test_a_month_is_told_both_ways_and_stays_as_it_was(own_work):
    work = own_work
    rated(work, Satisfaction.FAIRLY)
    rated(work, Satisfaction.SATISFIED, lead="综合行政执法队", handler=SUN)
    work.clock.set("2026-12-02 09:00")
    found = trial(work)
    assert found.differences == ("基本满意的系数：0.6 → 1", "小数位数：2 → 1")
    assert (found.month, found.before_name) == (NOVEMBER, SEED.name)
    said = [one["satisfaction_rate"] for one in (found.total.before, found.total.after)]
    assert said == ["80.00", "100.0"]
    rows = {row.name: (row.before["rank"], row.after["rank"]) for row in found.rows}
    assert rows == {"城建办": (2, 1), "执法队": (1, 1)}
    assert all(row.after["tied"] for row in found.rows)

    work.ask(ZHOU, SetRateRules, value=plain_rules(NEXT))
    month = partial(period_report, first=NOVEMBER, last=date(2026, 11, 30))
    assert work.desk(WANG).read(month)["total"]["satisfaction_rate"] == "80.00"
    sets = work.desk(WANG).read(rule_sets)
    newest, seed = sets.sets
    assert (newest.rules.name, newest.set_by, newest.is_now) == ("2027 年度", ZHOU, True)
    assert (seed.until, seed.set_by, seed.is_now) == (NOVEMBER, "", False)
    assert sets.this_month == DECEMBER


def test_rules_that_make_no_sense_are_not_tried_out(own_work):
    with pytest.raises(RuleBroken) as refused:
        trial(own_work, replace(NEXT, partly=Decimal(2)))
    assert refused.value.field == "partly"


def test_points_are_listed_with_what_became_of_them(own_work):
    work = own_work
    facts = {
        "unit": work.unit("城建办"),
        "month": "2026-11",
        "hundredths": 20,
        "reason": "专题经验获通报表扬",
        "evidence": "市中心通报第 7 期",
        "approved_by": work.staff(WANG),
    }
    first = work.ask(ZHOU, GivePoints, **facts).made["points"]
    work.ask(ZHENG, GivePoints, **(facts | {"hundredths": -100}))
    work.ask(ZHENG, WithdrawPoints, points=first, note="通报更正")
    found = work.desk(WANG).read(points_desk)
    assert [(row.unit, row.hundredths, row.withdrawn_by) for row in found.rows] == [
        ("城建办", -100, ""),
        ("城建办", 20, ZHENG),
    ]
    assert {one.words for one in found.leaders} == {ZHENG, WANG}
    assert "城建办" in {name for _, name in found.units}


def test_the_requests_of_a_month_are_listed_with_the_figures_before_and_after(own_work):
    work = own_work
    kept = rated(work, Satisfaction.SATISFIED)
    gone = rated(work, Satisfaction.DISSATISFIED)
    for case in (gone, kept):
        work.clock.forward(minutes=1)
        asked = {"kind": RequestKind.EXCLUDE, "reasons": (ExclusionReason.ELSEWHERE,)}
        said = "界桩照片显示不在本辖区，已说明。"
        work.ask(ZHAO, AskAssessment, case, facts=said, head_name="方岩", **asked)
    for who in (ZHENG, WANG, ZHOU):
        work.clock.forward(minutes=1)
        work.ask(who, DecideAssessment, gone, is_passed=True)
    found = work.desk(ZHENG).read(partial(month_requests, month=date(2026, 11, 9)))
    assert [(row.case_id, row.state, row.why) for row in found.rows] == [
        (gone, RequestState.GRANTED, "非本辖区"),
        (kept, RequestState.AREA, "非本辖区"),
    ]
    before, after = found.figures.without["total"], found.figures.report["total"]
    assert (before["satisfaction_rate"], after["satisfaction_rate"]) == ("50.00", "100.00")
    assert (found.figures.excluded, found.figures.rated_again) == (1, 0)
    assert work.desk(ZHENG).read(partial(month_requests, month=DECEMBER)).rows == ()
