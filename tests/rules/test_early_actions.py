"""Findings, doors and questions: what may follow what, how numbers and lines are read."""

from dataclasses import replace
from datetime import date

import pytest

from desk.rules.codes import Role
from desk.rules.early_action_codes import DiscoverWay, EarlyActionState, VisitConcern
from desk.rules.early_action_report import CountedFindings, early_action_report
from desk.rules.early_actions import (
    CONCERN_HINTS,
    MOVES,
    FindingStand,
    may_treat,
    recheck_day,
    require_found_in,
    require_treat,
)
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.households import MOST, households_of
from desk.rules.questionnaires import (
    SEEDS,
    question_of,
    questions_of,
    read_questions,
    show_questions,
    telling_answers,
)
from desk.rules.rights import Person

GRID, COMMUNITY, OTHER, UNIT = 11, 1, 2, 7
WORKER = Person(
    staff_id=5,
    name="网格员",
    street_id=1,
    unit_ids=frozenset({GRID}),
    units_above=frozenset({COMMUNITY}),
    roles=frozenset({Role.COMMUNITY}),
    home_unit_id=GRID,
)
HERE = FindingStand(COMMUNITY, UNIT, 9)


def test_a_grid_s_worker_deals_with_what_is_in_his_community():
    assert may_treat(HERE, WORKER)
    require_found_in(COMMUNITY, WORKER)
    assert not may_treat(replace(HERE, community_id=OTHER), WORKER)
    assert may_treat(replace(HERE, community_id=OTHER, recorded_by=5), WORKER)
    assert may_treat(replace(HERE, community_id=OTHER, unit_id=GRID), WORKER)
    with pytest.raises(RuleBroken, match="不在您的社区"):
        require_found_in(OTHER, WORKER)
    with pytest.raises(NotAllowed):
        require_treat(HERE, replace(WORKER, roles=frozenset({Role.CLERK})))
    machine = replace(WORKER, is_built_in=True, roles=frozenset(), unit_ids=frozenset())
    require_treat(replace(HERE, community_id=OTHER), machine)
    require_found_in(OTHER, machine)


def test_every_state_can_be_left_and_every_situation_has_a_hint():
    assert set(MOVES) == set(EarlyActionState)
    assert all(MOVES.values())
    assert set(CONCERN_HINTS) == set(VisitConcern)
    assert recheck_day(date(2026, 12, 28), 7) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("said", "doors"),
    [
        ("101-203", "101 102 103 201 202 203"),
        ("1单元101-102，2单元101", "1单元101 1单元102 2单元101"),
        ("2-301、2-101-102", "2-301 2-101 2-102"),
        ("A座1201～1302室", "A座1201 A座1202 A座1301 A座1302"),
        ("3-5 08-10", "3 4 5 08 09 10"),
        ("101，101\n102", "101 102"),
        ("１０１", "101"),
        ("", ""),
    ],
)
def test_doors_are_written_as_people_write_them(said, doors):
    assert " ".join(households_of(said)) == doors


@pytest.mark.parametrize("said", ["门岗", "204-101", "5-3", "102-201", "9" * 21])
def test_doors_that_cannot_be_meant_are_refused_with_an_example(said):
    with pytest.raises(RuleBroken, match=r"请写成 101-604"):
        households_of(said)


def test_a_building_has_an_end():
    assert len(households_of("101-4010")) == MOST
    with pytest.raises(RuleBroken, match="一栋最多 400 户"):
        households_of("101-4110")


def test_questions_are_edited_line_by_line():
    for questions in SEEDS.values():
        assert read_questions(show_questions(questions)) == questions
        assert questions_of([one.as_json() for one in questions]) == questions
    (one,) = read_questions("消防: 楼道堆了东西吗？ | 没有 / 有＊")
    assert (one.area, one.text, one.answers, one.telling) == (
        "消防",
        "楼道堆了东西吗？",
        ("没有", "有"),
        {2},
    )
    assert telling_answers((one, one, one), (2, 1)) == ("消防 有",)
    assert question_of({"area": "a", "text": "b", "answers": ["c", "d"]}).telling == frozenset()


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("\n ", "至少写一问"),
        ("\n".join(["消防：好吗？｜好/坏"] * 11), "最多 10 问"),
        ("消防 好吗", "第 1 行看不懂"),
        ("消防：好吗？｜好/坏\n：好吗？｜好/坏", "第 2 行看不懂"),
        ("消防：好吗？｜好", "答案要有 2 到 9 个"),
        ("消防：好吗？｜好/*", "答案要有 2 到 9 个"),
        (f"消防：{'好' * 61}｜好/坏", "第 1 行太长"),
        (f"消防：好吗？｜好/{'坏' * 13}", "第 1 行太长"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text, refused):
    with pytest.raises(RuleBroken, match=refused):
        read_questions(text)


def test_the_report_of_no_findings_has_no_rate():
    report = early_action_report((), first=date(2026, 11, 2), last=date(2026, 11, 8))
    assert (report["found"], report["resolution_rate"], report["weekly_mean"]) == (0, None, "0.00")
    assert [row["key"] for row in report["by_way"]] == [
        "走访",
        "巡查",
        "网格",
        "舆情",
        "领导接访",
        "数据聚集",
    ]
    assert report["by_community"] == []


def test_rates_are_rounded_half_up_and_lines_come_by_their_count():
    def counted(way, community, found, resolved):
        return CountedFindings(way, community, "消防", found, resolved, 0, 0)

    report = early_action_report(
        (
            counted(DiscoverWay.VISIT, "榕东", 2, 1),
            counted(DiscoverWay.GRID, "南塘", 6, 5),
            counted(DiscoverWay.GRID, "榕东", 1, 0),
        ),
        first=date(2026, 11, 1),
        last=date(2026, 11, 8),
    )
    assert (report["resolution_rate"], report["weekly_mean"]) == ("66.67", "7.88")
    assert [(row["key"], row["count"], row["share"]) for row in report["by_community"]] == [
        ("南塘", 6, "66.67"),
        ("榕东", 3, "33.33"),
    ]
    assert report["by_way"][2]["resolution_rate"] == "71.43"
