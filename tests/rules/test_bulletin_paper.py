"""A bulletin on paper and outside: the same figures, and no more than may be told."""

import json

import pytest

from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_paper import (
    bulletin_row,
    public_row,
    require_facts,
    require_sentences,
    sections_of,
)
from desk.rules.bulletin_public import public_facts, told
from desk.rules.bulletin_tables import tables
from desk.rules.bulletin_words import public_sentences, sentences
from desk.rules.errors import RuleBroken
from tests.bulletin_specimen import case, facts, row, task, total, unit


def table(key, **more):
    found = {one.key: one for one in tables(facts(more.pop("kind", "monthly"), **more))}
    return found[key].lines if key in found else ()


def test_the_tables_of_a_month_are_all_there_and_those_of_a_day_only_where_they_say_something():
    assert [one.key for one in tables(facts("monthly"))] == [
        *("figures", "units", "hot", "cases", "goals", "tasks")
    ]
    nobody = {"count": 0, "cases": []}
    day = facts("daily", overdue=nobody, double_no=nobody, supervisions=nobody, tasks=[])
    assert [one.key for one in tables(day)] == ["figures", "hot"]


def test_figures_stand_beside_what_they_are_held_against():
    first = table("figures")[0]
    assert first == {
        "name": "受理",
        "now": "50",
        "before": "40",
        "against_before": "+25.00%",
        "year_ago": "0",
        "against_year_ago": "—",
    }


def test_units_show_their_place_where_they_are_ranked():
    units = [
        unit("城建办", 22, "93.10", rank=1, tied=True, went="up"),
        unit("榕东社区", 9, None, response_rate=None),
        unit("执法队", 9, "90.00", rank=2),
    ]
    assert [line["rank"] for line in table("units", units=units)] == ["1 并列 ↑", "", "2"]
    assert table("units", units=units)[1]["score"] == "—"
    assert table("units", units=units)[1]["response_rate"] == "—"
    columns = {one.key: one.columns for one in tables(facts("weekly"))}
    assert "rank" not in columns["units"]
    assert {one.key: one.columns for one in tables(facts("monthly"))}["units"]["rank"] == "名次"


def test_a_case_with_several_troubles_is_listed_once():
    assert table("cases")[0] == {
        "number": "00401号",
        "unit": "城建办",
        "category": "房屋与城建",
        "community": "榕东社区",
        "why": "办理超 2 天 5 时、双否",
    }
    assert [line["number"] for line in table("cases")] == [
        *("00401号", "00388号", "00390号", "00350号")
    ]


def test_goals_say_whether_they_were_met():
    year_ago = total(received=60, repeats=4)
    lines = {
        line["name"]: (line["went"], line["met"]) for line in table("goals", year_ago=year_ago)
    }
    assert lines["重复件"] == ("降", "达到")
    assert lines["国满件"] == ("平", "未达到")
    unknown = total(received=60, response_rate=None)
    lines = {line["name"]: (line["went"], line["met"]) for line in table("goals", year_ago=unknown)}
    assert lines["响应率"] == ("—", "—")


def test_tasks_say_how_they_stand():
    tasks = [task(), task(is_late=True), task(is_done=True, done_on="2026-11-06")]
    assert [line["state"] for line in table("tasks", tasks=tasks)] == [
        *("办理中", "过期未完成", "11 月 6 日完成")
    ]


def test_hot_spots_without_a_case_are_left_out():
    assert table("hot", communities=[row("榕东社区", 0, 3)], categories=[], places=[]) == ()


@pytest.mark.parametrize("kind", list(BulletinKind))
def test_the_paper_says_all_of_it(kind):
    one = facts(kind.value)
    made = bulletin_row(one, sentences(one))

    assert made["overview"] == sentences(one)["overview"]
    assert made["figures"]
    assert bool(made["ranked_units"]) is (kind is BulletinKind.MONTHLY)
    assert bool(made["plain_units"]) is (kind is BulletinKind.WEEKLY)
    assert json.loads(json.dumps(made)) == made


def test_a_long_list_of_cases_ends_on_paper_with_how_many_more_there_are():
    cases = [case(f"{number:05}号", "办理超 1 天") for number in range(12)]
    one = facts("daily", overdue={"count": 12, "cases": cases}, double_no={"count": 0, "cases": []})
    made = bulletin_row(one, {})

    assert len(made["cases"]) == 10
    assert made["more_cases"] == 3  # with the one that is supervised
    assert bulletin_row(facts("daily"), {})["more_cases"] is None


def test_what_is_no_bulletin_is_refused():
    require_facts(facts("daily"))
    for wrong in ({}, facts("daily") | {"kind": "yearly"}):
        with pytest.raises(RuleBroken, match="不完整"):
            require_facts(wrong)
    require_sentences(BulletinKind.DAILY, {"overview": ["没有。"]})
    with pytest.raises(RuleBroken, match="不完整"):
        require_sentences(BulletinKind.DAILY, {"advice": ["做。"]})
    with pytest.raises(RuleBroken, match="一句话也没有"):
        require_sentences(BulletinKind.DAILY, {"overview": ["  "]})


def test_edited_sentences_are_lines():
    assert sections_of(("overview", "hot"), ("一句。\n\n 二句。 ", " \n")) == {
        "overview": ["一句。", "二句。"]
    }


def test_a_small_count_is_not_told_outside():
    assert [told(count, 3) for count in (0, 1, 2, 3)] == [0, "少于 3", "少于 3", 3]
    assert told(1, 0) == 1


def test_outside_there_is_no_case_no_supervision_and_no_task():
    outside = public_facts(facts("monthly"), 3)
    row = public_row(outside, public_sentences(outside), 3)
    paper = json.dumps(row, ensure_ascii=False)

    assert row["least"] == 3
    assert public_row(outside, {}, 0)["least"] is None
    assert "号" not in paper
    for word in ("督办", "研判会", "双否 2", "类案", "扣"):
        assert word not in paper
    assert outside["total"]["double_no"] == "少于 3"
    assert "少于 3" in paper


def test_rates_of_few_ratings_are_not_told_outside():
    small = facts("monthly", total=total(visited=2), units=[unit("城建办", 4, "93.10")])
    outside = public_facts(small, 3)

    assert outside["total"]["satisfaction_rate"] is None
    assert outside["units"][0]["score"] is None
    assert outside["communities"][0] == row("榕东社区", 20, 15) | {"deduction": "0.00"}
    assert public_sentences(outside)["overview"][-1] == "取得回访评价的件还少，三率不单列。"


def test_what_a_total_would_give_away_is_left_out_outside():
    one = facts(
        "monthly",
        total=total(double_yes=38, not_double_yes=2),
        communities=[row("榕东社区", 20, 15), row("南塘社区", 9, 2), row("北堤社区", 1, 9)],
        solved={"closed": 45, "from_before": 43, "resolved": 38, "by_category": []},
    )
    outside = public_facts(one, 3)

    assert [row["key"] for row in outside["communities"]] == ["榕东社区"]
    assert outside["communities"][0]["before"] == 15
    assert (outside["total"]["double_yes"], outside["total"]["not_double_yes"]) == ("—", "—")
    said = "".join(public_sentences(outside)["overview"])
    assert "双是" not in said
    assert "以前受理的" not in "".join(public_sentences(outside)["solved"])
    assert public_facts(one, 0)["communities"][2]["received"] == 1


def test_a_case_number_stands_nowhere_but_in_the_lists():
    one = facts("daily", overdue={"count": 1, "cases": [case("00401号", "办理超 1 天")]})
    assert "00401号" in json.dumps(bulletin_row(one, sentences(one)), ensure_ascii=False)
