"""Bulletins are issued as they read, replaced by new versions, and shown outside without people."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from desk.actions.bulletins import IssueBulletin, IssuePublicBulletin, KeepDayPicture
from desk.actions.followup import RecordFollowUp
from desk.queries.bulletin_draft import bulletin_draft
from desk.queries.bulletins import bulletin_differences, bulletin_file, issued_bulletins
from desk.queries.figure_cases import Figure, figure_cases
from desk.queries.missing_pictures import due_pictures
from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_changes import ChangeKind
from desk.rules.codes import (
    CaseStatus,
    Discontent,
    NextStep,
    PaperState,
    Purpose,
    Resolution,
    Satisfaction,
)
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.measures import Measure
from desk.rules.moments import day_of
from desk.store.models import Bulletin, Paper
from tests.actions.work import FENG, LI, WANG, WU, ZHAO, ZHENG, ZHOU, Work

D = BulletinKind.DAILY


@pytest.fixture
def work(hall, clock):
    return Work(hall, clock)


def draft(work, who=ZHOU, kind=D, on=None):
    """Return what somebody would issue for today."""
    day = on or day_of(work.clock())
    return work.desk(who).read(partial(bulletin_draft, kind=kind, on=day))


def issue(work, who=ZHOU, *, one=None, replaces=None, said=None, kind=D):
    """Issue today's bulletin as it reads, and return what was made."""
    found = one or draft(work, who, kind)
    words = found.sentences if said is None else said
    work.clock.forward(minutes=1)
    return work.ask(
        who,
        IssueBulletin,
        figures=found.facts,
        sections=tuple(words),
        texts=tuple("\n".join(lines) for lines in words.values()),
        replaces=replaces,
    ).made


def file(work, bulletin, who=ZHOU):
    return work.desk(who).read(partial(bulletin_file, bulletin=bulletin))


def since(work, bulletin, who=ZHOU):
    return work.desk(who).read(partial(bulletin_differences, bulletin=bulletin))


def rate(work, case, satisfaction=Satisfaction.SATISFIED, resolution=Resolution.YES):
    """Ask the appellant, who says this."""
    bad = satisfaction is Satisfaction.DISSATISFIED
    work.ask(
        WU,
        RecordFollowUp,
        case,
        is_reached=True,
        was_contacted=True,
        resolution=resolution,
        satisfaction=satisfaction,
        discontent=Discontent.NOT_SOLVED if bad else None,
        next_step=NextStep.AGAIN if bad else NextStep.CLOSE,
    )


def row_of(work, bulletin):
    with Session(work.hall.engine) as session:
        return session.get_one(Bulletin, bulletin)


def papers(work, code):
    with Session(work.hall.engine) as session:
        query = select(Paper).where(Paper.code == code).order_by(Paper.revision)
        return list(session.scalars(query))


def test_a_bulletin_is_kept_with_its_figures_words_and_paper(work):
    case = work.to(CaseStatus.FOLLOW_UP)
    rate(work, case)
    made = issue(work, said={"overview": ["今天受理 1 件。", "已经办好。"]})
    kept = file(work, made["bulletin"])

    assert made["number"].endswith("号")
    assert kept.figures["total"]["received"] == 1
    assert kept.sentences == {"overview": ["今天受理 1 件。", "已经办好。"]}
    assert kept.paper["overview"] == ["今天受理 1 件。", "已经办好。"]
    assert kept.row.issued_by == ZHOU
    assert kept.row.number == kept.paper["number"] == made["number"]


def test_every_figure_of_a_bulletin_leads_to_its_cases(work):
    rate(work, work.to(CaseStatus.FOLLOW_UP), Satisfaction.DISSATISFIED, Resolution.NO)
    rate(work, work.to(CaseStatus.FOLLOW_UP))
    work.register()
    facts = draft(work).facts
    today = day_of(work.clock())

    for key in ("received", "visited", "double_yes", "double_no", "overdue", "repeats"):
        asked = Figure(today, today, Measure(key))
        cases = work.desk(ZHOU).read(partial(figure_cases, figure=asked))
        assert len(cases) == facts["total"][key], key
    assert [one["why"] for one in facts["double_no"]["cases"]] == ["双否"]
    assert facts["total"]["double_no"] == 1


def test_a_period_is_issued_once_and_then_replaced(work):
    work.register()
    first = issue(work)
    with pytest.raises(RuleBroken, match="已经印发"):
        issue(work)
    second = issue(work, WANG, replaces=first["bulletin"])

    assert second["number"] == first["number"]
    assert row_of(work, first["bulletin"]).replaced_by_id == second["bulletin"]
    assert [(one.revision, one.state) for one in papers(work, "bulletin")] == [
        (1, PaperState.VOID),
        (2, PaperState.ISSUED),
    ]
    with pytest.raises(RuleBroken, match="已经印发"):  # the first one is no longer in force
        issue(work, replaces=first["bulletin"])
    rows = work.desk(ZHAO).read(issued_bulletins)
    assert [(row.number, row.replaced_by is None) for row in rows] == [
        (first["number"], True),
        (first["number"], False),
    ]


def test_what_cannot_be_replaced_is_refused(work):
    with pytest.raises(RuleBroken, match="已经换过"):
        issue(work, replaces=5)


def test_who_may_not_issue_is_refused(work):
    one = draft(work)
    for who in (ZHAO, LI):
        with pytest.raises(NotAllowed):
            issue(work, who, one=one)
    for who, request in ((LI, IssuePublicBulletin), (ZHAO, KeepDayPicture)):
        more = {"bulletin": 1} if request is IssuePublicBulletin else {}
        more = more or {"day": day_of(work.clock()), "picture": {}}
        with pytest.raises(NotAllowed):
            work.ask(who, request, **more)
    assert issue(work, FENG)["number"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"to": "2026-11-30"}, "起止日期不对"),
        ({"kind": "yearly"}, "不完整"),
        ({"from": "2099-01-01"}, "还没有开始"),
    ],
)
def test_what_is_no_bulletin_is_refused(work, wrong, sentence):
    one = draft(work)
    one.facts.update(wrong)
    with pytest.raises(RuleBroken, match=sentence):
        issue(work, one=one)


def test_something_must_be_said(work):
    with pytest.raises(RuleBroken, match="一句话也没有"):
        issue(work, said={"overview": [" "]})


def test_a_bulletin_never_changes_whoever_tries(work):
    made = issue(work)
    for column, value in (("figures", "{}"), ("sentences", "{}"), ("number", "x")):
        with Session(work.hall.engine) as session, pytest.raises(DatabaseError):
            session.execute(
                text(f"UPDATE bulletins SET {column} = :value WHERE id = :id"),
                {"value": value, "id": made["bulletin"]},
            )
    with Session(work.hall.engine) as session, pytest.raises(DatabaseError):
        session.execute(text("DELETE FROM bulletins"))


def test_what_changes_later_shows_as_a_difference_and_leads_to_the_cases(work):
    one, other = work.to(CaseStatus.FOLLOW_UP), work.to(CaseStatus.FOLLOW_UP)
    rate(work, one, Satisfaction.DISSATISFIED, Resolution.NO)
    made = issue(work)
    assert since(work, made["bulletin"]).changes == ()

    work.clock.forward(minutes=5)
    rate(work, other)
    late = work.register()
    found = since(work, made["bulletin"])

    assert {change.kind: change.cases for change in found.changes} == {
        ChangeKind.ADDED: (late,),
        ChangeKind.RATED: (other,),
    }
    assert found.sees_as_much
    assert "受理 2 → 3" in found.figures
    assert found.cases[other].unit == "城建办"
    assert file(work, made["bulletin"]).figures["total"]["received"] == 2
    assert since(work, made["bulletin"], WANG).sees_as_much
    work.register(purpose=Purpose.REPORT)
    assert not since(work, made["bulletin"], WANG).sees_as_much  # he alone counts the report
    assert since(work, made["bulletin"], FENG).sees_as_much
    assert since(work, 5) is None


def test_the_public_version_names_no_case_and_hides_small_counts(work):
    rate(work, work.to(CaseStatus.FOLLOW_UP), Satisfaction.DISSATISFIED, Resolution.NO)
    made = issue(work)
    public = work.ask(ZHOU, IssuePublicBulletin, bulletin=made["bulletin"]).made
    paper = file(work, made["bulletin"]).public_paper

    assert public["number"] == made["number"]
    assert paper.keys().isdisjoint({"cases", "tasks", "troubles", "steering", "advice"})
    assert paper["figures"][0]["now"] == "少于 3"
    assert paper["least"] == 3
    again = work.ask(ZHOU, IssuePublicBulletin, bulletin=made["bulletin"]).made
    assert [one.state for one in papers(work, "public-bulletin")] == [
        PaperState.VOID,
        PaperState.ISSUED,
    ]
    second = issue(work, replaces=made["bulletin"])
    assert papers(work, "public-bulletin")[1].id == again["paper"]
    assert papers(work, "public-bulletin")[1].state is PaperState.VOID
    with pytest.raises(RuleBroken, match="现行的"):
        work.ask(ZHOU, IssuePublicBulletin, bulletin=made["bulletin"])
    assert file(work, second["bulletin"]).public_paper is None
    with pytest.raises(RuleBroken, match="找不到"):
        work.ask(ZHOU, IssuePublicBulletin, bulletin=5)


def test_the_picture_of_a_day_is_kept_exactly_once(work):
    work.register()
    today = day_of(work.clock())
    work.clock.set(f"{today} 23:00")
    due = work.desk(ZHENG).read(due_pictures)

    assert [one.day for one in due] == [today]
    assert due[0].picture["received"] == 1
    keep = {"day": today, "picture": due[0].picture}
    work.ask(ZHENG, KeepDayPicture, **keep)
    with pytest.raises(RuleBroken, match="已经有了"):
        work.ask(ZHOU, KeepDayPicture, **keep)
    assert work.desk(ZHOU).read(due_pictures) == ()
    assert work.desk(ZHAO).read(due_pictures) == ()
    rows = work.desk(ZHOU).read(issued_bulletins)
    assert [(row.is_picture, row.number, row.issued_by) for row in rows] == [(True, None, "")]
    with pytest.raises(RuleBroken, match="还没有到"):
        work.ask(ZHOU, KeepDayPicture, day=today + timedelta(days=3), picture={})
    assert since(work, rows[0].id) is None
    with pytest.raises(RuleBroken, match="现行的"):
        work.ask(ZHOU, IssuePublicBulletin, bulletin=rows[0].id)


def test_before_the_first_case_no_picture_is_due(work):
    assert work.desk(ZHOU).read(due_pictures) == ()


def test_reports_and_cases_about_ones_own_people_are_counted_and_never_named(work):
    secret = work.register(purpose=Purpose.REPORT)
    about = work.register(accused_unit=work.unit("城建办"))
    plain = work.register()
    work.clock.forward(days=3)
    on = day_of(work.clock()) - timedelta(days=3)
    facts = draft(work, WANG, on=on).facts

    assert facts["total"]["received"] == 3
    assert facts["with_reports"]
    assert {one["id"] for one in facts["overdue"]["cases"]} == {plain}
    assert facts["overdue"]["count"] == 1
    assert str(secret) not in str(facts)
    assert str(about) not in str(facts)


def test_the_month_tells_for_how_long_nobody_was_discontent(work):
    rate(work, work.to(CaseStatus.FOLLOW_UP), Satisfaction.DISSATISFIED, Resolution.NO)
    for day in ("2026-12-07 09:00", "2027-01-11 09:00"):
        work.clock.set(day)
        rate(work, work.to(CaseStatus.FOLLOW_UP))
    work.clock.set("2027-02-03 09:00")
    january = day_of(work.clock()) - timedelta(days=20)
    facts = draft(work, kind=BulletinKind.MONTHLY, on=january).facts

    assert (facts["streak"]["no_bad_last"], facts["streak"]["no_bad_first"]) == (2, 2)
    assert "零差评连续 2 个月" in facts["streak"]["words"]
    assert [one["key"] for one in facts["goals"]] == [
        *("response_rate", "resolution_rate", "satisfaction_rate", "national", "repeats")
    ]
    assert [one["label"] for one in facts["trend"]][-3:] == ["11 月", "12 月", "1 月"]
