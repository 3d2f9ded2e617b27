"""The sentences of a bulletin say what its figures bear out, and nothing else."""

import pytest

from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_advice import CALM
from desk.rules.bulletin_phrases import against, counted, numbers, points
from desk.rules.bulletin_words import SECTIONS, Section, public_sentences, sentences
from tests.bulletin_specimen import case, facts, row, task, total, unit

NO_CASES = {"count": 0, "cases": []}
NOBODY = {"visited": 0, "response_rate": None, "resolution_rate": None, "satisfaction_rate": None,
          "score": None, "double_yes": 0, "not_double_yes": 0, "double_no": 0}  # fmt: skip
NOTHING_SUPERVISED = {"issued": 0, "closed": 0, "open": 0, "late": 0, "cases": []}


def said(section: Section, kind: str = "weekly", **more) -> list[str]:
    return sentences(facts(kind, **more)).get(section.value, [])


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (5, 4, "比上周增加 1 件（25.00%）"),
        (3, 4, "比上周减少 1 件（25.00%）"),
        (4, 4, "与上周持平"),
        (0, 4, "比上周减少 4 件（100.00%）"),
        (4, 0, "上周没有"),
        (0, 0, ""),
        ("少于 3", 4, ""),
        (4, "少于 3", ""),
    ],
)
def test_a_count_is_held_against_an_older_one(now, then, words):
    assert against(now, then, "上周") == words


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        ("91.20", "90.00", "比上周提高 1.20 个百分点"),
        ("90.00", "91.20", "比上周下降 1.20 个百分点"),
        ("90.00", "90.00", "与上周持平"),
        (None, "90.00", ""),
        ("90.00", None, ""),
    ],
)
def test_a_rate_is_held_against_an_older_one(now, then, words):
    assert points(now, then, "上周") == words


def test_phrases_name_what_there_is():
    assert counted("受理群众诉求", 1) == "受理群众诉求 1 件"
    assert counted("受理群众诉求", 0) == "没有受理群众诉求"
    assert numbers([case("1号", "")], 1) == "1号（城建办）"
    assert numbers([case("1号", ""), case("2号", "")], 1) == "1号（城建办）等"


def test_the_overview_tells_receptions_levels_and_rates():
    assert said(Section.OVERVIEW) == [
        "2026 年 11 月 2 日至 11 月 8 日受理群众诉求 50 件，比上周增加 10 件（25.00%）。",
        "来源：市级直派 30 件、区级转派 12 件、街道自收 8 件。",
        "其中 40 件已有回访评价：响应率 97.50%、解决率 90.00%、满意率 91.20%，综合得分 92.67 分。",
        "响应率与上周持平，解决率与上周持平，满意率比上周提高 1.20 个百分点。",
        "双是 34 件，非双是 6 件，其中双否 2 件。",
    ]


def test_last_year_is_told_only_where_there_was_something():
    words = said(Section.OVERVIEW, "monthly", year_ago=total(received=50))
    assert (
        words[0] == "2026 年 11 月受理群众诉求 50 件，比上月增加 10 件（25.00%），与去年同期持平。"
    )


def test_a_day_without_anything_is_told_in_one_sentence():
    empty = total(received=0, by_level={}, **NOBODY)
    words = said(Section.OVERVIEW, "daily", total=empty, before=total(received=0, **NOBODY))
    assert words == ["2026 年 11 月 2 日没有受理群众诉求。"]


def test_rates_that_are_not_there_are_not_made_up():
    words = said(Section.OVERVIEW, total=total(**NOBODY), before=total(**NOBODY))
    assert words[-1] == "本周受理的还没有取得回访评价，三率暂不计算。"
    few = total(**(NOBODY | {"visited": "少于 3"}))
    assert said(Section.OVERVIEW, total=few)[-1] == "取得回访评价的件还少，三率不单列。"
    first = said(Section.OVERVIEW, total=total(double_no=0), before=total(**NOBODY))
    assert first[-2].startswith("其中 40 件")
    assert first[-1] == "双是 34 件，非双是 6 件，没有双否件。"


def test_a_period_that_is_not_over_says_so():
    assert said(Section.OVERVIEW, is_over=False)[1] == (
        "本周还没有结束，数字截至 12 月 1 日 08:30，与以前同样天数相比。"
    )
    assert said(Section.OVERVIEW, "daily", is_over=False)[1] == (
        "当天还没有结束，数字截至 12 月 1 日 08:30。"
    )


def test_units_are_ranked_in_the_month_alone():
    assert said(Section.UNITS) == ["承办较多的单位：城建办 22 件、执法队 18 件、榕东社区 9 件。"]
    units = [
        unit("城建办", 22, "93.10", rank=1, tied=True),
        unit("执法队", 18, "93.10", rank=1, tied=True, deduction="0.30"),
        unit("规建办", 0, None),
    ]
    assert said(Section.UNITS, "monthly", units=units)[1:] == [
        "综合得分前 3 名：城建办 93.10 分（并列）、执法队 93.10 分（并列）。",
        "执法队满意率低于全街道加权平均，按规则扣 0.30 分。",
    ]
    assert len(said(Section.UNITS, "monthly", units=units, ranks=False)) == 1
    assert said(Section.UNITS, units=[]) == []


def test_hot_spots_name_places_and_what_rose():
    assert said(Section.HOT) == [
        "来件较多的社区：榕东社区 20 件、南塘社区 9 件。",
        "来件较多的类别：噪声 16 件、物业与小区 12 件。",
        "来件较多的小区、地点：青榕里 8 件。",
        "“噪声”比上周增加 6 件（60.00%），上升最多。",
        "可能的类案：青榕里 7 天内 4 户反映噪声。",
    ]
    nothing = {"communities": [], "places": [], "clusters": []}
    assert said(Section.HOT, categories=[row("噪声", 4, 3)], **nothing) == [
        "来件较多的类别：噪声 4 件。"
    ]
    hidden = [row("噪声", "少于 3", 1), row("停车", 4, 0)]
    assert len(said(Section.HOT, categories=hidden, **nothing)) == 1


def test_troubles_tell_what_is_late_now_and_what_is_double_no():
    late = "00401号（城建办）、00388号（城建办）"
    assert said(Section.TROUBLES) == [
        "本周受理的有 5 件超过时限。",
        f"截至 12 月 1 日 08:30，全街道还有 2 件超过时限没有办结：{late}。",
        "本周受理的有双否 2 件：00401号（城建办）、00390号（城建办），请承办单位二次办理后再回访。",
    ]
    calm = {"total": total(overdue=0), "overdue": NO_CASES, "double_no": NO_CASES}
    assert said(Section.TROUBLES, **calm) == [
        "本周受理的没有超过时限的。",
        "截至 12 月 1 日 08:30，全街道没有超过时限未办结的件。",
    ]
    secret = {"count": 1, "cases": []}
    words = said(Section.TROUBLES, total=total(received=0), overdue=secret, double_no=secret)
    assert words == [
        "截至 12 月 1 日 08:30，全街道还有 1 件超过时限没有办结。",
        "本周受理的有双否 1 件，请承办单位二次办理后再回访。",
    ]


def test_what_was_solved_is_told_whenever_it_came_in():
    assert said(Section.SOLVED) == [
        "本周办结 45 件，其中 6 件是以前受理的，诉求人认可已解决 38 件。",
        "办结较多的类别：噪声 20 件。",
    ]
    done = {"closed": 1, "from_before": 0, "resolved": 0, "by_category": []}
    assert said(Section.SOLVED, solved=done) == ["本周办结 1 件。"]
    assert said(Section.SOLVED, solved=done | {"closed": 0}) == ["本周没有办结的件。"]


def test_three_up_two_down_and_the_streak_are_told_in_the_month():
    assert said(Section.TRENDS) == []
    words = said(Section.TRENDS, "monthly", year_ago=total(received=60, repeats=4))
    assert words[0].startswith("与去年同期相比：响应率由 97.50% 到 97.50%，持平")
    assert words[1:] == ["三升两降五项中，1 项达到。", "全街道零超期连续 2 个月。"]
    same = said(Section.TRENDS, "monthly", before=total(), streak={"words": ""})
    assert same[0].startswith("与上月相比：")
    assert same[1:] == ["三升两降五项都没有达到。"]
    assert said(Section.TRENDS, "monthly", goals=[], streak={"words": ""}) == []


def test_steering_tells_supervision_and_the_tasks_of_the_review():
    assert said(Section.STEERING) == [
        "本周新下督办 2 件，销号 1 件，现有 3 件未销号，其中 1 件过了督办时限。",
        "研判会任务 2 项，已完成 1 项，还有 1 项。",
    ]
    late = task(is_late=True, due_on="2026-11-01", text="长" * 70)
    words = said(Section.STEERING, tasks=[late], supervisions=NOTHING_SUPERVISED | {"open": 1})
    assert words == [
        "本周新下督办 0 件，销号 0 件，现有 1 件未销号。",
        "研判会任务 1 项，已完成 0 项，还有 1 项，其中 1 项已过期。",
        f"城建办：{'长' * 60}…，应于 11 月 1 日完成。",
    ]
    done = task(is_done=True, done_on="2026-11-06")
    assert said(Section.STEERING, tasks=[done], supervisions=NOTHING_SUPERVISED) == [
        "研判会任务 1 项，已完成 1 项，全部完成。"
    ]
    assert said(Section.STEERING, tasks=[], supervisions=NOTHING_SUPERVISED) == []


def test_advice_follows_the_figures_and_calm_figures_need_one_sentence():
    assert said(Section.ADVICE) == [
        "“噪声”上升较多，建议承办单位集中走访一次，找出共同的原因，能一次解决的不分件办。",
        "建议就青榕里 噪声开专题，由一个单位牵头办到底。",
        "超过时限没有办结的，建议由分管领导逐件定下办结日期，并先向诉求人说明。",
        "双否件建议由主要领导当日调度，二次办理后再回访。",
        "按时办结率 88.00%，建议各单位把快到时限的件逐件定人定时。",
    ]
    on_time = {"contact": None, "handle": "99.00"}
    calm = {
        "total": total(on_time=on_time),
        "overdue": NO_CASES,
        "double_no": NO_CASES,
        "clusters": [],
        "categories": [],
    }
    assert said(Section.ADVICE, **calm) == [CALM]
    assert said(Section.ADVICE, **calm, tasks=[task(is_late=True)]) == [
        "研判会任务有 1 项过期，建议在下次研判会上逐项说明。"
    ]


def test_the_month_tells_how_copies_and_the_drill_stand_and_outside_nobody_reads_it():
    missing = "还没有做过恢复演练。请管机器的同事在服务器上运行 restore-drill.sh，并看它说了什么。"
    assert said(Section.KEEPING, "monthly", upkeep=[missing]) == [missing]
    assert Section.KEEPING not in SECTIONS[BulletinKind.WEEKLY]
    assert Section.KEEPING.value not in public_sentences(facts("monthly"))


@pytest.mark.parametrize("kind", list(BulletinKind))
def test_each_kind_has_its_sections_and_never_a_dash(kind):
    words = sentences(facts(kind.value))
    assert list(words) == [one.value for one in SECTIONS[kind] if one.value in words]
    assert "—" not in "".join(line for lines in words.values() for line in lines)


def test_outside_only_figures_are_told():
    assert set(public_sentences(facts("monthly"))) == {"overview", "units", "hot", "solved"}
