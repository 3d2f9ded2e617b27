"""Findings: many at once, solved, looked at again, turned into cases; whose they are."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.early_action_import import ImportFinding
from desk.actions.early_actions import (
    ChangeFinding,
    FindingFacts,
    RecheckFinding,
    RecordFindings,
    ResolveFinding,
    RestoreFinding,
    VoidFinding,
)
from desk.actions.finding_links import NOT_RATED, CaseFromFinding, LinkFinding
from desk.actions.questionnaires import ChangeQuestionnaire
from desk.actions.topics import OpenTopic
from desk.rules.codes import CaseStatus, Channel, ClockKind, Exit
from desk.rules.early_action_codes import (
    DiscoverWay,
    EarlyActionState,
    QuestionnaireKind,
    VisitConcern,
)
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.store.models import Case, Clock, EarlyAction, Event, EventCase, Questionnaire
from tests.actions.work import CHEN, LI, LIANG, SUN, ZHAO, ZHOU

S = EarlyActionState
MORNING = "2026-11-02 09:00"


def facts(work, **more):
    said = {
        "situation": "3 栋楼道堆了纸箱，挡住消防门",
        "category": work.hall.category("楼道漏电"),
        "community": work.hall.unit("榕东社区"),
        "unit": work.hall.unit("城建办"),
        "way": DiscoverWay.PATROL,
        "found_at": work.clock(),
        "place": work.hall.place("青榕花园"),
        "address": "青榕花园 3 栋",
        "found_by": "陈静",
    }
    return FindingFacts(**(said | more))


def record(work, who=CHEN, *findings, **more):
    made = work.ask(who, RecordFindings, findings=findings or (facts(work, **more),)).made
    return made["early_actions"]


def kept(work, finding):
    with Session(work.hall.engine) as session:
        return session.get_one(EarlyAction, finding)


def go_on(work, finding, request, who=CHEN, **said):
    return work.ask(who, request, finding=finding, seen=kept(work, finding).version, **said)


def test_one_line_is_enough_and_many_come_at_once(work):
    (one,) = record(work)
    two, three = record(
        work, CHEN, facts(work), facts(work, situation="井盖松动", is_solved=True, way="grid")
    )

    first = kept(work, one)
    assert first.number.startswith("青榕先〔2026〕")
    assert (first.state, first.found_by, first.place_id) == (
        S.OPEN,
        "陈静",
        work.hall.place("青榕花园"),
    )
    assert kept(work, three).seq == kept(work, two).seq + 1 == first.seq + 2
    put_right = kept(work, three)
    assert put_right.state is S.RESOLVED
    assert put_right.recheck_on == date(2026, 11, 9)  # a week later, as the hall has set it


def test_what_cannot_be_kept_is_refused_beside_its_field(work):
    for wrong, field in (
        ({"situation": "　"}, "situation"),
        ({"category": 5}, "category"),
        ({"community": 5}, "community"),
        ({"unit": 5}, "unit"),
        ({"grid": 5}, "grid"),
        ({"place": 5}, "place"),
        ({"found_at": work.clock() + timedelta(hours=1)}, "found_at"),
        ({"community": work.hall.unit("南塘社区")}, "community"),
    ):
        with pytest.raises(RuleBroken) as refused:
            record(work, **wrong)
        assert refused.value.field == field, wrong
    for count in (0, 201):
        with pytest.raises(RuleBroken, match="一次登记 1 到 200 条"):
            work.ask(CHEN, RecordFindings, findings=(facts(work),) * count)


def test_clerks_and_handlers_do_not_write_findings_down(work):
    for who in (LI, ZHAO):
        with pytest.raises(NotAllowed):
            record(work, who)
    record(work, ZHOU, community=work.hall.unit("南塘社区"))  # 信联办 everywhere


def test_the_unit_that_deals_with_it_says_so_and_a_second_look_confirms_it(work):
    (one,) = record(work)

    changed = go_on(
        work,
        one,
        ChangeFinding,
        who=ZHAO,
        situation="3 栋楼道堆了纸箱和旧柜子",
        category=work.hall.category("楼道漏电"),
        unit=work.hall.unit("城建办"),
        address="青榕花园 3 栋",
        concern=VisitConcern.DISCONTENT,
        measure="已约物业明天清",
    )
    assert changed.title == f"未诉先办更改 {kept(work, one).number}"
    with pytest.raises(RuleBroken, match="还没有记化解"):
        go_on(work, one, RecheckFinding, is_solved=True)
    with pytest.raises(RuleBroken, match="怎么办的"):
        go_on(work, one, ResolveFinding, who=ZHAO, measure=" ")
    early = work.clock() - timedelta(days=1)
    with pytest.raises(RuleBroken, match="化解时间应在"):
        go_on(work, one, ResolveFinding, measure="清走", resolved_at=early)
    with pytest.raises(RuleBroken, match="复看的日子不能早于"):
        go_on(work, one, ResolveFinding, measure="清走", recheck_on=date(2026, 11, 1))
    go_on(work, one, ResolveFinding, who=ZHAO, measure="已清走，贴了提示")
    with pytest.raises(RuleBroken, match="请写明复看时"):
        go_on(work, one, RecheckFinding, is_solved=False)
    go_on(work, one, RecheckFinding, is_solved=False, note="又堆上了")
    again = kept(work, one)
    assert (again.state, again.resolved_at, again.recheck_on) == (S.OPEN, None, None)
    go_on(work, one, ResolveFinding, measure="清走并上锁", recheck_on=date(2026, 11, 4))
    go_on(work, one, RecheckFinding, is_solved=True, note="门开得动")
    last = kept(work, one)
    assert (last.state, last.recheck_note, last.recheck_on) == (
        S.CONFIRMED,
        "门开得动",
        date(2026, 11, 4),
    )
    with pytest.raises(RuleBroken, match="不能转为"):
        go_on(work, one, ResolveFinding, measure="再来一次")
    with Session(work.hall.engine) as session:
        kinds = session.scalars(
            select(Event.kind).where(Event.kind.like("early_action.%")).order_by(Event.place)
        )
        assert list(kinds)[-6:] == [
            "early_action.recorded",
            "early_action.changed",
            "early_action.resolved",
            "early_action.rechecked",
            "early_action.resolved",
            "early_action.rechecked",
        ]


def test_another_community_reads_it_and_changes_nothing(work):
    (one,) = record(work)
    for who in (LIANG, SUN):
        with pytest.raises(NotAllowed, match="由所在社区、处置单位或信联办办理"):
            go_on(work, one, ResolveFinding, who=who, measure="我来")
    with pytest.raises(NotAllowed):
        go_on(work, one, ResolveFinding, who=LI, measure="窗口来")
    go_on(work, one, ResolveFinding, who=ZHOU, measure="信联办协调清走")


def test_two_people_do_not_overwrite_each_other(work):
    (one,) = record(work)
    go_on(work, one, ResolveFinding, measure="清走")
    with pytest.raises(StaleCase, match="刚被更新"):
        work.ask(CHEN, RecheckFinding, finding=one, seen=1, is_solved=True)
    with pytest.raises(RuleBroken, match="找不到这一条"):
        work.ask(CHEN, RecheckFinding, finding=7, seen=1, is_solved=True)


def test_what_was_written_by_mistake_is_taken_back_and_may_come_again(work):
    (one,) = record(work)
    with pytest.raises(RuleBroken, match="没有作废"):
        go_on(work, one, RestoreFinding)
    with pytest.raises(RuleBroken, match="为什么作废"):
        go_on(work, one, VoidFinding, reason="")
    go_on(work, one, VoidFinding, reason="记重了")
    assert (kept(work, one).state, kept(work, one).void_reason) == (S.VOID, "记重了")
    with pytest.raises(RuleBroken, match="已作废"):
        go_on(work, one, CaseFromFinding)
    go_on(work, one, RestoreFinding)
    assert (kept(work, one).state, kept(work, one).void_reason) == (S.OPEN, None)


def test_a_finding_becomes_an_ordinary_case_that_rates_nobody(work):
    (one,) = record(work, measure="已拍照")

    with pytest.raises(RuleBroken, match="受理转办或本部门自办"):
        go_on(work, one, CaseFromFinding, exit=Exit.ON_SPOT)
    made = go_on(work, one, CaseFromFinding).made

    with Session(work.hall.engine) as session:
        case = session.get_one(Case, made["case"])
        contact = session.scalar(
            select(Clock).where(Clock.case_id == case.id, Clock.kind == ClockKind.CONTACT)
        )
        title = session.scalar(
            select(Event.title)
            .join(EventCase, EventCase.event_id == Event.id)
            .where(EventCase.case_id == case.id)
        )
    number = kept(work, one).number
    assert kept(work, one).case_id == case.id
    assert (case.channel, case.status, case.is_anonymous) == (
        Channel.EARLY_ACTION,
        CaseStatus.RECEIVED,
        True,
    )
    assert (case.counts_in_rates, case.excluded_reason) == (False, NOT_RATED)
    assert case.details == "3 栋楼道堆了纸箱，挡住消防门\n地点：青榕花园 3 栋"
    assert case.note == f"由未诉先办 {number} 转来，已采取的措施：已拍照"
    assert title == f"由未诉先办 {number} 转为诉求件"
    assert not contact.is_applicable  # nobody is there to be rung
    with pytest.raises(RuleBroken, match="已转成诉求件"):
        go_on(work, one, CaseFromFinding)
    with pytest.raises(RuleBroken, match="已转出，不能作废"):
        go_on(work, one, VoidFinding, reason="记重了")
    with pytest.raises(RuleBroken, match="找不到"):  # the case is none of theirs
        go_on(work, one, ResolveFinding, who=LIANG, measure="我来")


def test_a_unit_may_go_on_with_it_itself(work):
    (one,) = record(work, address="")
    made = go_on(work, one, CaseFromFinding, exit=Exit.OWN_UNIT).made
    with Session(work.hall.engine) as session:
        case = session.get_one(Case, made["case"])
    assert case.first_unit_id == work.hall.unit("榕东社区")
    assert case.details == "3 栋楼道堆了纸箱，挡住消防门"
    (two,) = record(work, ZHOU)
    made = go_on(work, two, CaseFromFinding, who=ZHOU).made
    with Session(work.hall.engine) as session:
        assert session.get_one(Case, made["case"]).first_unit_id == work.hall.unit("信联办")


def test_a_finding_belongs_to_a_topic_or_to_a_case_that_is_there(work):
    (one,) = record(work, ZHOU)
    (two,) = record(work, ZHOU)
    case = go_on(work, one, CaseFromFinding, who=ZHOU).made["case"]
    topic = work.ask(ZHOU, OpenTopic, name="楼道堆物", cases=(case,)).made["topic"]

    linked = go_on(work, two, LinkFinding, who=ZHOU, topic=topic, case=case)

    assert linked.cases == (case,)
    assert (kept(work, two).topic_id, kept(work, two).case_id) == (topic, case)
    go_on(work, two, LinkFinding, who=ZHOU)  # out of the topic, the case stays
    assert (kept(work, two).topic_id, kept(work, two).case_id) == (None, case)
    other = go_on(work, record(work, ZHOU)[0], CaseFromFinding, who=ZHOU).made["case"]
    with pytest.raises(RuleBroken, match="不能再关联另一件"):
        go_on(work, two, LinkFinding, who=ZHOU, case=other)
    with pytest.raises(RuleBroken, match="找不到这个专题"):
        go_on(work, two, LinkFinding, who=ZHOU, topic=5)


def test_the_questions_change_from_a_day_on(own_work):
    work = own_work
    text = "消防：楼道里堆了东西吗？｜没有/有*\n政策：低保清楚吗？｜清楚/要讲*"
    with pytest.raises(NotAllowed):
        work.ask(CHEN, ChangeQuestionnaire, kind=QuestionnaireKind.VISIT, text=text)
    with pytest.raises(RuleBroken, match="第 1 行看不懂"):
        work.ask(ZHOU, ChangeQuestionnaire, kind=QuestionnaireKind.VISIT, text="好吗")
    work.ask(ZHOU, ChangeQuestionnaire, kind=QuestionnaireKind.VISIT, text=text)
    work.clock.set("2026-11-09 09:00")
    made = work.ask(
        ZHOU, ChangeQuestionnaire, kind=QuestionnaireKind.VISIT, text=text.splitlines()[0]
    )
    assert made.title == "更改走访表：1 问"
    with Session(work.hall.engine) as session:
        rows = session.scalars(select(Questionnaire).order_by(Questionnaire.valid_from)).all()
    assert [(len(row.questions), row.valid_to) for row in rows] == [
        (2, date(2026, 11, 9)),
        (1, None),
    ]


def test_a_ledger_changes_nothing_about_a_finding_of_our_own(work):
    (one,) = record(work)
    row = {"outside_number": kept(work, one).number, "content_hash": "x", "facts": facts(work)}
    with pytest.raises(NotAllowed):
        work.ask(CHEN, ImportFinding, **row)
    assert work.ask(ZHOU, ImportFinding, **row).title.endswith("相同，没有改动")
    assert kept(work, one).version == 1
