"""The sums of the figures are those of a plain count, whatever has happened to the cases."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from desk.actions.assessing import AskAssessment, CountAgain, DecideAssessment
from desk.actions.closing import AddNote
from desk.actions.followup import RecordFollowUp
from desk.actions.guidance import TakeIn
from desk.actions.handling import AcceptAssignment
from desk.actions.rate_rules import SetRateRules
from desk.actions.set_aside import LinkRepeat, MergeCase, UnmergeCase
from desk.actions.support import ReportSupport
from desk.queries.rate_figures import beside_of, period_report
from desk.queries.rates import rated_cases
from desk.rules.assessment_codes import ExclusionReason, NotRated, RequestKind, ResponseBy
from desk.rules.codes import (
    CaseStatus,
    Exit,
    GuideWay,
    HandlingResult,
    NextStep,
    Purpose,
    Resolution,
    Satisfaction,
)
from desk.rules.rate_groups import GroupBy
from desk.rules.rate_rules import SEED, plain_rules
from desk.rules.rates_report import figures_of, report_of
from desk.store import rate_marks
from desk.store.models import RateDay, RateMark
from desk.store.rate_marks import recount
from desk.store.rate_rules import hall_rate_rules
from desk.store.signing_in import sign_in_built_in
from tests.actions.work import CHEN, LI, QIN, WANG, WU, ZHAO, ZHENG, ZHOU, Work
from tests.demo_street import NOW

YEAR = date(2025, 11, 21), date(2026, 11, 20)
PERIODS = (YEAR, (date(2026, 10, 15), date(2026, 11, 3)), (date(2026, 11, 20), date(2026, 11, 20)))


def both(database, period, by=GroupBy.UNIT):
    """Return the report from the sums, and from the plain count."""
    first, last = period

    def plain(reader):
        rules = hall_rate_rules(reader.session, reader.person.street_id)
        figures = figures_of(rated_cases(reader, first, last), by, rules)
        beside = beside_of(reader, period, by)
        return report_of(figures, first=first, last=last, rules=rules, beside=beside)

    return [database.read(lambda r: period_report(r, first, last, by)), database.read(plain)]


def counted(work, case):
    """Return whether a case is in the sums."""
    with Session(work.hall.engine) as session:
        return session.scalar(select(RateMark.is_counted).where(RateMark.case_id == case))


@pytest.fixture
def work(hall, clock):
    return Work(hall, clock)


@pytest.mark.parametrize("by", list(GroupBy))
def test_the_sums_of_a_demo_street_are_those_of_a_plain_count(demo_url, by):
    database = sign_in_built_in(demo_url, clock=lambda: NOW)

    for period in PERIODS:
        sums, plain = both(database, period, by)
        assert sums == plain
    assert both(database, YEAR, by)[0]["total"]["received"] > 200
    assert database.read(lambda r: r.session.scalar(select(func.count(RateMark.case_id)).where(
        RateMark.is_counted))) > 100  # fmt: skip
    database.close()


def test_rules_that_change_within_a_period_weigh_the_sums_as_they_weigh_each_case(work):
    today = work.clock().date()
    rules = replace(
        SEED,
        name="本月起",
        valid_from=today.replace(day=1),
        response_by=ResponseBy.IN_TIME,
        fairly=Decimal("0.9"),
        not_rated=NotRated.DISSATISFIED,
    )
    work.ask(ZHOU, SetRateRules, value=plain_rules(rules))
    first, later = (work.to(CaseStatus.FOLLOW_UP) for _ in range(2))
    said = {"is_reached": True, "was_contacted": False, "resolution": Resolution.YES}
    said |= {"satisfaction": Satisfaction.FAIRLY, "next_step": NextStep.CLOSE}
    work.ask(WU, RecordFollowUp, first, **said)
    for by in GroupBy:
        sums, plain = both(work.desk(WANG), (today - timedelta(days=60), today), by)
        assert sums == plain
    assert counted(work, first)
    assert not counted(work, later)
    assert sums["rules"] == "缺省 2026-01-01；本月起"
    assert (sums["total"]["satisfaction_rate"], sums["total"]["response_rate"]) == (
        "90.00",
        "100.00",  # the limit was kept, whatever he says
    )


def test_each_step_of_a_case_moves_the_figures_at_once(work):
    today = work.clock().date()
    seen = []
    for who in (WANG, ZHOU, ZHAO):  # who oversees the hall, and a unit that counts its own
        sums, plain = both(work.desk(who), (today, today))
        assert sums == plain
    case = work.to(CaseStatus.HANDLING, supports=("榕东社区",))
    work.ask(CHEN, AcceptAssignment, case)
    work.ask(CHEN, ReportSupport, case, feedback="已通知居民。", result=HandlingResult.SOLVED)
    for status in (CaseStatus.CLOSED, CaseStatus.ARCHIVED):
        work.to(status, case)
        assert counted(work, case)
        for who in (WANG, ZHAO):
            sums, plain = both(work.desk(who), (today, today))
            assert sums == plain
        seen.append(sums["total"]["satisfied"])
    assert seen == [1, 1]
    assert [row["key"] for row in sums["rows"]] == ["城建办", "榕东"]


def test_a_case_corrected_after_its_end_moves_the_figures(work):
    today = work.clock().date()
    first, again = work.to(CaseStatus.CLOSED), work.register()
    work.ask(LI, LinkRepeat, again, earlier=first)
    work.to(CaseStatus.CLOSED, again)
    assert both(work.desk(WANG), (today, today))[0]["total"]["repeats"] == 1
    other = work.register()
    work.ask(ZHOU, MergeCase, other, into=work.register(), reason="同一件事")
    assert counted(work, other)
    work.ask(ZHOU, UnmergeCase, other)
    assert not counted(work, other)

    sums, plain = both(work.desk(WANG), (today, today))

    assert sums == plain
    assert sums["total"]["received"] == 4


def test_an_excluded_case_leaves_the_figures_with_the_last_signature_and_may_come_back(work):
    today = work.clock().date()
    case = work.to(CaseStatus.ARCHIVED)
    facts = {"kind": RequestKind.EXCLUDE, "reasons": (ExclusionReason.ELSEWHERE,)}
    facts |= {"facts": "界桩照片显示不在本辖区。", "head_name": "方岩"}
    work.ask(ZHAO, AskAssessment, case, **facts)
    assessed = []
    for who, request, more in (
        (ZHENG, DecideAssessment, {"is_passed": True}),
        (WANG, DecideAssessment, {"is_passed": True}),
        (ZHOU, DecideAssessment, {"is_passed": True}),
        (WANG, CountAgain, {"note": "照片拍错了"}),
    ):
        work.ask(who, request, case, **more)
        sums, plain = both(work.desk(WANG), (today, today))
        assert sums == plain
        assessed.append(sums["total"]["assessed"])
    assert assessed == [1, 1, 0, 1]
    assert sums["total"]["received"] == 1


def test_a_guided_case_is_assessed_from_the_moment_it_is_taken_in(work):
    today = work.clock().date()
    case = work.register(exit=Exit.GUIDANCE, answer="由仲裁院受理。", guided_to="仲裁院",
                         guide_person="窗口", guide_phone="13800000072",
                         guide_way=GuideWay.CALLED)  # fmt: skip
    assert both(work.desk(WANG), (today, today))[0]["total"]["assessed"] == 0

    work.ask(ZHOU, TakeIn, case, reason="对方单位不接")

    sums, plain = both(work.desk(WANG), (today, today))
    assert sums == plain
    assert sums["total"]["assessed"] == 1


def test_a_report_is_in_no_sum_and_counted_by_whoever_keeps_reports(work):
    today = work.clock().date()
    case = work.register(purpose=Purpose.REPORT, accused_unit=work.unit("城建办"))
    assert not counted(work, case)

    seen = []
    for who in (QIN, ZHAO):
        sums, plain = both(work.desk(who), (today, today))
        assert sums == plain
        seen.append(sums["total"]["received"])
    assert seen == [1, 0]


@pytest.mark.parametrize("together", [1, 2, 10_000])
def test_the_sums_made_anew_are_those_that_were_kept(work, monkeypatch, together):
    monkeypatch.setattr(rate_marks, "_MARKED_TOGETHER", together)
    case = work.to(CaseStatus.ARCHIVED)
    work.to(CaseStatus.CLOSED)
    work.ask(LI, AddNote, work.register(), note="再核对一次门牌。")

    kept = _sums(work)
    with work.hall.engine.begin() as connection:
        recount(connection)

    assert _sums(work) == kept
    assert counted(work, case)


def test_nobody_writes_another_sum(work):
    work.to(CaseStatus.CLOSED)
    if not work.is_postgresql:
        return
    for statement in ("UPDATE rate_days SET satisfied = 9", "DELETE FROM rate_marks"):
        with Session(work.desk(WANG).engine) as session, pytest.raises(ProgrammingError):
            session.execute(text(statement))


def _sums(work):
    columns = [column for column in RateDay.__table__.columns if column.key != "street_id"]
    with Session(work.hall.engine) as session:
        return sorted(session.execute(select(*columns).where(RateDay.received > 0)).all())
