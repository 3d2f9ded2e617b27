"""The checks beside an opinion say what agrees with the case and what blocks a signature."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk.rules.codes import HandlingResult
from desk.rules.matters import OpinionItem
from desk.rules.opinion_checks import (
    OpinionFacts,
    Spent,
    Verdict,
    may_be_signed,
    opinion_checks,
)

GOOD = OpinionFacts(
    case_number="青榕首〔2026〕00361号",
    received_on=date(2026, 11, 17),
    appellant="林晓燕",
    title="关于林晓燕反映物业费公示不全问题的处理意见书",
    acceptance="2026年11月17日，您通过12345反映物业费公示不全。",
    findings="经核实，第三季度明细确未张贴。",
    decision="物业服务企业已补贴明细。",
    next_measures="罗梅负责，2027年1月15日前复查。",
    answers=(True,),
    issuer="青榕街道办事处",
    inner_units=frozenset({"城建办"}),
    names=frozenset({"罗梅"}),
    contact=Spent(timedelta(minutes=7)),
    verification=Spent(timedelta(minutes=26)),
)


def verdicts(**changes):
    return {c.text: c.verdict for c in opinion_checks(replace(GOOD, **changes))}


def test_an_opinion_that_agrees_with_its_case_has_nothing_but_ticks():
    checks = opinion_checks(GOOD)

    assert {c.verdict for c in checks} == {Verdict.FINE}
    assert [c.text for c in checks] == [
        "姓名、编号、日期一致",
        "诉求事项已有答复",
        "落款为街道办事处",
        "后续措施有责任人、有日期",
        "联系 7 分、核实 26 分",
    ]


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"title": "关于林小燕反映问题的处理意见书"}, "标题里没有诉求人姓名"),
        ({"findings": "并入青榕首〔2026〕00316号办理"}, "文中编号是 青榕首〔2026〕00316号"),
        ({"acceptance": "2026年11月7日，您反映"}, "受理日期写的是 2026年11月7日"),
        ({"next_measures": "尽快完成整改。"}, "第四节没有写责任人"),
        ({"next_measures": "罗梅督促整改。"}, "第四节没有写完成日期"),
        ({"next_measures": "", "is_finished": False}, "没有写后续措施"),
    ],
)
def test_what_differs_is_named_and_may_still_be_signed(changes, text):
    assert verdicts(**changes)[text] is Verdict.DOUBT
    assert may_be_signed(opinion_checks(replace(GOOD, **changes)))


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"decision": " "}, "第三节没有处理意见"),
        ({"answers": (True, False), "decision": "(一)已办。(二)"}, "第二项事项没有答复"),
        ({"answers": (True, True), "decision": "(一)已办。"}, "第二项事项没有答复"),
        ({"issuer": "城建办"}, "落款是“城建办”"),
        ({"issuer": "青榕街道党政综合办"}, "落款是“青榕街道党政综合办”"),
    ],
)
def test_a_missing_answer_or_a_wrong_letterhead_blocks_the_signature(changes, text):
    assert verdicts(**changes)[text] is Verdict.BLOCKED
    assert not may_be_signed(opinion_checks(replace(GOOD, **changes)))


def test_several_matters_are_counted_in_words():
    assert "两项事项都有答复" in verdicts(answers=(True, True), decision="(一)已办。（二）已答。")


def test_a_late_step_is_said_with_its_lateness():
    late = Spent(timedelta(minutes=42), timedelta(minutes=12))
    (check,) = [c for c in opinion_checks(replace(GOOD, verification=late)) if "核实" in c.text]

    assert (check.verdict, check.detail) == (Verdict.DOUBT, "核实超 12 分")


def test_an_anonymous_case_needs_no_name_and_no_call():
    checks = verdicts(appellant="", contact=None, verification=None, next_measures="")

    assert list(checks) == ["姓名、编号、日期一致", "诉求事项已有答复", "落款为街道办事处"]


def test_beyond_the_tenth_matter_no_mark_is_asked_for():
    marked = "".join(f"（{sign}）已办。" for sign in "一二三四五六七八九十")

    found = verdicts(answers=(True,) * 11, decision=marked)

    assert found["11项事项都有答复"] is Verdict.FINE


SOLVED = HandlingResult.SOLVED
LAMP = OpinionItem(1, 1, "路灯不亮", SOLVED, "已换灯头。")


def test_an_opinion_written_matter_by_matter_is_looked_at_one_by_one():
    lift = OpinionItem(2, 3, "电梯停运", SOLVED, "已修好。")

    assert verdicts(items=(LAMP, lift), answers=())["两项事项都有答复"] is Verdict.FINE
    assert verdicts(items=(lift,), answers=())["诉求事项已有答复"] is Verdict.FINE


@pytest.mark.parametrize(
    ("gaps", "text"),
    [
        (((SOLVED, " "),), "事项 2“电梯停运”没有答复"),
        (((None, "已修好。"),), "事项 2“电梯停运”没有办理结果"),
        (((SOLVED, ""), (None, "")), "事项 2“电梯停运”没有答复，另有 1 项未答复"),
    ],
)
def test_a_matter_without_an_answer_blocks_the_signature_and_is_named(gaps, text):
    items = [OpinionItem(at, at, "电梯停运", *gap) for at, gap in enumerate(gaps, start=2)]

    assert verdicts(items=(LAMP, *items))[text] is Verdict.BLOCKED
