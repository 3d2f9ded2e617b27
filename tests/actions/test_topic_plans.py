"""A topic gets a plan, its units do it, and a second look says whether it worked (主动治理)."""

from datetime import date

import pytest

from desk.actions.plan_measures import AddMeasure, DropMeasure, ReopenMeasure, ReportMeasure
from desk.actions.topic_plans import ChangePlan, FinishPlan, LookAgain, MakePlan, PlanFacts
from desk.actions.topics import OpenTopic
from desk.queries.topic_plans import plan_board, plan_file
from desk.queries.topics import topics
from desk.rules.codes import Channel, Purpose
from desk.rules.effect import change_words, effect_words
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.proactive_codes import PlanState
from tests.actions.work import CHEN, LIANG, SUN, WANG, ZHAO, ZHENG, ZHOU

START, END = date(2026, 11, 2), date(2026, 11, 20)


@pytest.fixture
def topic(work):
    return opened(work)


def opened(work, name="青榕花园早市占道", **about):
    """Open a topic about a case that asks for what the topic collects by."""
    asked = {"name": name, "cases": (work.register(),), **about}
    return work.ask(ZHOU, OpenTopic, **asked).made["topic"]


def facts(work, **more):
    said = {
        "goal": "划出经营区，定时收市",
        "units": (work.unit("城建办"),),
        "starts_on": START,
        "ends_on": END,
        "place": work.hall.place("青榕花园"),
        "category": work.hall.category("占道经营"),
        "funds": "1.2万",
        "funds_from": "社区党组织服务群众经费",
    }
    return PlanFacts(**(said | more))


def planned(work, topic, **more):
    return work.ask(ZHOU, MakePlan, topic=topic, facts=facts(work, **more)).made["plan"]


def read(work, who, topic):
    return work.desk(who).read(lambda reader: plan_file(reader, topic))


def measure(work, plan, **more):
    said = {"text": "划线并设早市牌", "unit": work.unit("综合行政执法队"), "due_on": END}
    return work.ask(ZHOU, AddMeasure, plan=plan, **(said | more)).made["measure"]


def test_a_plan_is_made_done_by_its_units_and_confirmed_by_a_second_look(work, topic):
    assert read(work, SUN, topic) is None
    new = read(work, ZHOU, topic)
    assert (new.plan_id, new.cases) == (0, 1)
    plan = planned(work, topic)
    row = measure(work, plan, person="孙浩")
    other = measure(work, plan, text="劝导流动摊贩", unit=work.unit("城建办"))
    measure(work, plan, text="多写了一项")
    wrong = read(work, ZHOU, topic).measures[-1].id
    work.ask(ZHOU, DropMeasure, measure=wrong)

    # the unit of a measure knows of the topic, reports its own and nobody else's
    assert "青榕花园早市占道" in {one.name for one in work.desk(SUN).read(topics)}
    with pytest.raises(NotAllowed, match="由别的单位办"):
        work.ask(SUN, ReportMeasure, measure=other, done_on=START, result="替他报")
    said = {"measure": row, "done_on": START, "result": "线已划好", "spent": "8,600.50"}
    assert work.ask(SUN, ReportMeasure, **said).title == "治理措施完成，支出 8,600.50 元"
    with pytest.raises(RuleBroken, match="已经报过完成"):
        work.ask(SUN, ReportMeasure, **said)
    work.ask(ZHOU, ReopenMeasure, measure=row)
    with pytest.raises(RuleBroken, match="不用退回"):
        work.ask(SUN, ReopenMeasure, measure=row)
    work.ask(SUN, ReportMeasure, **said)
    with pytest.raises(RuleBroken, match="已经完成，不能去掉"):
        work.ask(ZHOU, DropMeasure, measure=row)
    with pytest.raises(RuleBroken, match="找不到这项措施"):
        work.ask(ZHOU, DropMeasure, measure=wrong)

    file = read(work, SUN, topic)
    assert (file.units, file.planned_fen, file.spent_fen) == (
        ("城建办", "执法队"),
        1_200_000,
        860_050,
    )
    assert [one.may_report for one in file.measures] == [False, True]  # what is done stands below
    assert (file.may_keep, file.counted) == (False, "青榕花园 占道经营诉求")
    line = next(one for one in work.desk(ZHAO).read(plan_board) if one.topic == topic)
    assert (line.done, line.measures, line.waits_on) == (1, 2, END)

    work.clock.set("2026-11-10 09:00")
    done = {"finished_on": date(2026, 11, 9), "note": "收市后有人清扫"}
    said = work.ask(ZHOU, FinishPlan, plan=plan, seen=1, **done)
    assert said.title == "治理完成，12-09 复看"
    with pytest.raises(RuleBroken, match="先记一次复看"):
        work.ask(ZHAO, ReportMeasure, measure=other, done_on=START, result="劝过了")
    work.clock.set("2026-12-10 09:00")
    look = {"looked_on": date(2026, 12, 10), "note": "早上又摆出来了"}
    work.ask(ZHENG, LookAgain, plan=plan, seen=2, is_solved=False, **look)
    assert read(work, ZHOU, topic).state is PlanState.RUNNING
    work.ask(ZHOU, FinishPlan, plan=plan, seen=3, **done)
    look["note"] = "三个早上都没有人占道"
    work.ask(WANG, LookAgain, plan=plan, seen=4, is_solved=True, **look)
    file = read(work, ZHOU, topic)
    assert (file.state, file.look_due_on) == (PlanState.CONFIRMED, None)
    assert [(one.is_solved, one.looked_by) for one in file.looks] == [(True, WANG), (False, ZHENG)]


def test_the_effect_counts_the_same_kind_of_complaints_before_and_after(own_work):
    work = own_work
    about = {"place": work.hall.place("青榕花园"), "category": work.hall.category("占道经营")}
    first = {"starts_on": date(2026, 11, 4)}
    work.clock.set("2026-11-03 09:00")
    market = opened(work, **about)
    work.register(**about)
    work.register(**about, details="早市的喇叭太吵")
    work.register(**about, channel=Channel.EARLY_ACTION)  # found by ourselves: no complaint
    plan = planned(work, market, **first)
    word = opened(work, "喇叭", word="喇叭")
    planned(work, word, **first, place=None, category=None, word="喇叭")
    listed = opened(work, "列入的")
    planned(work, listed, **first, place=None, category=None)
    assert read(work, ZHOU, market).effect.before == 2
    assert [read(work, ZHOU, one).effect.before for one in (word, listed)] == [1, 1]
    assert read(work, ZHOU, word).counted == "说到“喇叭”的诉求"
    assert read(work, ZHOU, listed).counted == "列入本专题的诉求"

    work.clock.set("2026-11-20 09:00")
    work.ask(ZHOU, FinishPlan, plan=plan, seen=1, finished_on=date(2026, 11, 19), note="收市了")
    work.clock.set("2026-11-25 09:00")
    work.register(**about)
    work.register(**about, purpose=Purpose.REPORT)  # never in a topic or its figures
    half = read(work, ZHENG, market).effect
    assert (half.after, half.passed, change_words(half)) == (1, 5, "—")
    work.clock.set("2026-12-20 09:00")
    whole = read(work, ZHOU, market).effect
    assert effect_words(whole) == "此类诉求下降 50%：治理前 30 天 2 件，治理后 30 天 1 件。"


def test_a_plan_says_what_is_missing_and_nobody_writes_over_a_colleague(work, topic):
    for more, sentence in (
        ({"goal": " "}, "怎么治理、达到什么样"),
        ({"units": ()}, "至少选一个责任单位"),
        ({"units": (5,)}, "从列表里选责任单位"),
        ({"ends_on": date(2026, 11, 1)}, "早于开始"),
        ({"place": 5}, "选一个地点"),
        ({"category": 5}, "选一个类别"),
        ({"funds": "很多"}, "看不懂"),
    ):
        with pytest.raises(RuleBroken, match=sentence):
            planned(work, topic, **more)
    with pytest.raises(NotAllowed):
        work.ask(CHEN, MakePlan, topic=topic, facts=facts(work))
    plan = planned(work, topic, funds="")
    with pytest.raises(RuleBroken, match="已经有治理方案"):
        planned(work, topic)
    for more, sentence in (
        ({"text": ""}, "写明要做什么"),
        ({"unit": 5}, "选一个单位"),
        ({"due_on": date(2026, 11, 1)}, "早于方案开始"),
    ):
        with pytest.raises(RuleBroken, match=sentence):
            measure(work, plan, **more)
    row = measure(work, plan)
    for more, sentence in (
        ({"result": " "}, "做了什么"),
        ({"done_on": date(2026, 11, 3)}, "开始以后、今天以前"),
    ):
        said = {"measure": row, "done_on": START, "result": "好了"} | more
        with pytest.raises(RuleBroken, match=sentence):
            work.ask(SUN, ReportMeasure, **said)

    # units that are taken out know no more of it; the newest version wins nothing over a colleague
    units = (work.unit("榕东社区"), work.unit("城建办"))
    work.ask(ZHENG, ChangePlan, plan=plan, seen=1, facts=facts(work, units=units))
    assert read(work, SUN, topic) is None
    with pytest.raises(RuleBroken, match="找不到这项措施"):
        work.ask(SUN, ReportMeasure, measure=row, done_on=START, result="好了")
    assert read(work, CHEN, topic) is not None
    assert read(work, LIANG, topic) is None
    with pytest.raises(StaleCase):
        work.ask(ZHOU, ChangePlan, plan=plan, seen=1, facts=facts(work))


def test_a_plan_is_finished_once_and_looked_at_only_after_that(work, topic):
    plan = planned(work, topic)
    look = {"looked_on": START, "is_solved": True, "note": "好了"}
    with pytest.raises(RuleBroken, match="还没有报完成"):
        work.ask(ZHOU, LookAgain, plan=plan, seen=1, **look)
    for more, sentence in (
        ({"note": ""}, "怎么治理的"),
        ({"finished_on": date(2026, 11, 3)}, "开始以后、今天以前"),
    ):
        said = {"finished_on": START, "note": "完成"} | more
        with pytest.raises(RuleBroken, match=sentence):
            work.ask(ZHOU, FinishPlan, plan=plan, seen=1, **said)
    work.ask(ZHOU, FinishPlan, plan=plan, seen=1, finished_on=START, note="完成")
    with pytest.raises(RuleBroken, match="已经报过完成"):
        work.ask(ZHOU, FinishPlan, plan=plan, seen=2, finished_on=START, note="完成")
    with pytest.raises(RuleBroken, match="先记一次复看"):
        work.ask(ZHOU, ChangePlan, plan=plan, seen=2, facts=facts(work))
    with pytest.raises(RuleBroken, match="先记一次复看"):
        measure(work, plan)
    for more, sentence in (
        ({"note": ""}, "看到了什么"),
        ({"looked_on": date(2026, 11, 3)}, "完成以后、今天以前"),
    ):
        with pytest.raises(RuleBroken, match=sentence):
            work.ask(ZHOU, LookAgain, plan=plan, seen=2, **(look | more))
