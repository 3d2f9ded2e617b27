"""Walks: planned by building, on a sheet without names, typed back in once; findings come of it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.visits import Building, CancelVisit, Door, EnterVisit, PlanVisit
from desk.forms.row_keys import keys
from desk.rules.early_action_codes import (
    DiscoverWay,
    QuestionnaireKind,
    VisitConcern,
    VisitResult,
    VisitState,
)
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.store.models import EarlyAction, Paper, Visit, VisitEntry
from tests.actions.work import CHEN, LI, LIANG, ZHOU

TODAY = date(2026, 11, 2)
TEN = QuestionnaireKind.TEN_QUESTIONS


def plan(work, who=CHEN, households="101-202", **more):
    buildings = (Building(work.hall.place("青榕花园"), households),)
    said = {
        "kind": TEN,
        "community": work.hall.unit("榕东社区"),
        "planned_on": TODAY,
        "buildings": buildings,
    }
    return work.ask(who, PlanVisit, **(said | more)).made


def entries(work, visit):
    with Session(work.hall.engine) as session:
        rows = select(VisitEntry).where(VisitEntry.visit_id == visit).order_by(VisitEntry.seq)
        return session.scalars(rows).all()


def kept(work, visit):
    with Session(work.hall.engine) as session:
        return session.get_one(Visit, visit)


def go_on(work, visit, request, who=CHEN, **said):
    return work.ask(who, request, visit=visit, seen=kept(work, visit).version, **said)


def enter(work, visit, *doors, who=CHEN, **more):
    said = {"visited_on": TODAY, "walkers": "陈静、何平", "doors": doors}
    return go_on(work, visit, EnterVisit, who, **(said | more))


def test_the_sheet_has_doors_by_building_questions_and_no_names(work):
    made = plan(work)

    with Session(work.hall.engine) as session:
        paper = session.get_one(Paper, made["paper"])
    assert set(paper.row) == keys("visit-sheet")
    assert paper.row["kind"] == "入户十问"
    assert paper.row["doors"] == [
        {"building": "青榕花园", "household": "101"},
        {"building": "青榕花园", "household": "102"},
        {"building": "青榕花园", "household": "201"},
        {"building": "青榕花园", "household": "202"},
    ]
    assert len(paper.row["questions"]) == 10
    assert paper.row["questions"][5]["answers"] == "1 没有　2 有"
    assert [one["mark"] for one in paper.row["concerns"]] == [
        "1 生病卧床",
        "2 突发事件",
        "3 不满情绪",
        "4 矛盾纠纷",
    ]
    few = plan(work, kind=QuestionnaireKind.VISIT, grid=work.hall.unit("榕东第1网格"))
    with Session(work.hall.engine) as session:
        row = session.get_one(Paper, few["paper"]).row
    assert (row["doors"], len(row["few_doors"]), row["households"]) == ([], 4, "4")


def test_a_walk_needs_doors_of_its_own_community(work):
    with pytest.raises(RuleBroken, match="不在这个社区"):
        plan(work, buildings=(Building(work.hall.place("码头新村"), "101"),))
    with pytest.raises(RuleBroken, match="从列表里选楼栋"):
        plan(work, buildings=(Building(5, "101"),))
    with pytest.raises(RuleBroken, match="现在是 0 户"):
        plan(work, households="")
    with pytest.raises(RuleBroken, match="不在您的社区"):
        plan(work, LIANG)
    with pytest.raises(NotAllowed):
        plan(work, LI)
    plan(work, ZHOU)


def test_what_was_said_at_the_doors_is_typed_in_and_becomes_findings(work):
    visit = plan(work)["visit"]
    first, second, third, _ = entries(work, visit)
    electric = work.hall.category("楼道漏电")

    made = enter(
        work,
        visit,
        Door(entry=first.id, result=VisitResult.MET, answers=(1, 2, 2)),
        Door(
            entry=second.id,
            result=VisitResult.MET,
            answers=(1,) * 10,
            concern=VisitConcern.ILL,
            remark="卧床老人家门口电线裸露",
            category=electric,
        ),
        Door(entry=third.id, result=VisitResult.ABSENT),
        Door(
            place=work.hall.place("青榕花园"),
            household="门岗",
            result=VisitResult.MET,
            remark="路灯不亮",
        ),
    )

    assert made.title.endswith("见到 3 户，发现 1 条")
    done = kept(work, visit)
    assert (done.state, done.visited_on, done.walkers) == (VisitState.DONE, TODAY, "陈静、何平")
    rows = entries(work, visit)
    assert [row.household for row in rows][-1] == "门岗"
    assert (rows[0].answers, rows[2].answers) == ([1, 2, 2], [])
    with Session(work.hall.engine) as session:
        found = session.get_one(EarlyAction, rows[1].early_action_id)
    assert (found.way, found.concern, found.visit_id, found.address, found.unit_id) == (
        DiscoverWay.VISIT,
        VisitConcern.ILL,
        visit,
        "青榕花园 102",
        work.hall.unit("城建办"),
    )
    again = enter(
        work, visit, Door(entry=second.id, result=VisitResult.MET, remark="已改", category=electric)
    )
    assert again.made["early_actions"] == []  # corrected, and not found twice
    assert kept(work, visit).version == 3


def test_a_finding_without_a_unit_in_its_category_stays_with_the_community(work):
    visit = plan(work, households="301")["visit"]
    (door,) = entries(work, visit)
    group = work.hall.category("物业与小区")
    made = enter(work, visit, Door(entry=door.id, remark="想装电梯", category=group)).made
    with Session(work.hall.engine) as session:
        found = session.get_one(EarlyAction, made["early_actions"][0])
    assert found.unit_id == work.hall.unit("榕东社区")


def test_a_sheet_is_typed_in_as_it_stands(work):
    visit = plan(work)["visit"]
    first = entries(work, visit)[0]
    for wrong, words in (
        ({"visited_on": TODAY + timedelta(days=1)}, "日子还没有到"),
        ({"walkers": " "}, "请写走访人"),
        ({"doors": (Door(entry=5),)}, "不在这张表上"),
        ({"doors": (Door(household="9"),)}, "表上没有的户"),
        ({"doors": (Door(place=5, household="9"),)}, "请从列表里选楼栋"),
        ({"doors": (Door(entry=first.id, answers=(1,) * 11),)}, "这张表只有 10 问"),
        ({"doors": (Door(entry=first.id, answers=(9,)),)}, "没有第 9 个答案"),
        ({"doors": (Door(entry=first.id, category=5, remark="电线"),)}, "类别已不在表里"),
        (
            {"doors": (Door(entry=first.id, category=work.hall.category("楼道漏电")),)},
            "请写一句看到了什么",
        ),
    ):
        with pytest.raises(RuleBroken, match=words):
            enter(work, visit, **wrong)
    with pytest.raises(StaleCase, match="刚有人录过"):
        work.ask(CHEN, EnterVisit, visit=visit, seen=9, visited_on=TODAY, walkers="陈静", doors=())
    with pytest.raises(RuleBroken, match=r"不在您的社区|找不到这次走访"):
        enter(work, visit, who=LIANG)
    with pytest.raises(NotAllowed):
        enter(work, visit, who=LI)
    with pytest.raises(RuleBroken, match="找不到这次走访"):
        work.ask(CHEN, CancelVisit, visit=5, seen=1, reason="下雨")


def test_a_walk_that_was_not_made_is_cancelled_with_a_reason(work):
    visit = plan(work)["visit"]
    with pytest.raises(RuleBroken, match="为什么取消"):
        go_on(work, visit, CancelVisit, reason="")
    go_on(work, visit, CancelVisit, reason="台风")
    assert kept(work, visit).state is VisitState.CANCELLED
    with pytest.raises(RuleBroken, match="已录入或已取消"):
        go_on(work, visit, CancelVisit, reason="再来")
    with pytest.raises(RuleBroken, match="已取消"):
        enter(work, visit)
