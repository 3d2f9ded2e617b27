"""A case goes silent, its unit is urged and then supervised, reports, and the matter is closed."""

import re
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from desk.actions.closing import AddNote
from desk.actions.leader_areas import SetLeaderArea
from desk.actions.supervising import (
    DecideSupervision,
    ReportSupervision,
    Supervise,
    TakeSupervision,
)
from desk.actions.urging import ExplainUrging, Urge
from desk.queries.silence import silent_cases
from desk.rules.assessment_codes import (
    SupervisionGround,
    SupervisionSource,
    SupervisionState,
    UrgingWay,
)
from desk.rules.codes import PaperState
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.trail import subject_words
from desk.store.models import Event, Paper, Supervision, Urging
from tests.actions.work import CHEN, LI, QIN, SUN, WANG, XU, ZHAO, ZHENG, ZHOU, S

G, State, W = SupervisionGround, SupervisionState, UrgingWay
TO_DO = "更换进线并复测，当面向诉求人说明。"


def supervise(work, case, who=ZHOU, **more):
    facts = {
        "unit": work.unit("城建办"),
        "grounds": (G.SILENT,),
        "requirement": TO_DO,
        "due_at": work.clock() + timedelta(days=3),
    }
    work.clock.forward(minutes=1)
    return work.ask(who, Supervise, case, **(facts | more))


def urge(work, case, way=W.PHONE, who=ZHOU, **more):
    facts = {"unit": work.unit("城建办"), "way": way, "note": "请今天到场。"}
    if way is W.WRITTEN:
        facts["explain_by"] = work.clock() + timedelta(days=2)
    work.clock.forward(minutes=1)
    return work.ask(who, Urge, case, **(facts | more))


def step(work, case, who, request, **more):
    work.clock.forward(minutes=1)
    row = work.all(Supervision, case)[-1]
    return work.ask(who, request, case, supervision=row.id, **more)


def explain(work, case, who=ZHAO, which=-1, **more):
    work.clock.forward(minutes=1)
    facts = {"explanation": "等电力公司停电，周三办完。"} | more
    return work.ask(who, ExplainUrging, case, urging=work.all(Urging, case)[which].id, **facts)


def papers_of(work, case, code="supervision-notice"):
    with Session(work.hall.engine) as session:
        papers = select(Paper).where(Paper.case_id == case, Paper.code == code)
        return list(session.scalars(papers.order_by(Paper.id)))


def silent(work, who=QIN, days=3):
    return [one.row.case_id for one in work.desk(who).read(partial(silent_cases, days=days))]


def test_from_silence_to_a_closed_supervision_everything_is_in_the_history(own_work):
    work = own_work
    case = work.to(S.HANDLING)
    assert silent(work) == []
    work.clock.forward(days=3, minutes=1)
    assert silent(work) == [case]

    assert urge(work, case).title == "电话催办：城建办"
    work.clock.forward(days=1)
    assert urge(work, case, W.WRITTEN).title == "催办通知书：城建办"
    assert silent(work) == [case]  # to urge is no move
    work.clock.forward(days=2, hours=1)
    assert supervise(work, case).title == "发督办单给城建办"
    assert silent(work) == [case]
    assert step(work, case, ZHAO, TakeSupervision).title == "签收督办"
    assert silent(work) == []
    assert step(work, case, ZHAO, ReportSupervision, report="已换线。").title == "反馈督办结果"
    assert step(work, case, ZHOU, DecideSupervision, outcome=State.CLOSED).title == "督办销号"

    row = work.all(Supervision, case)[-1]
    assert row.state is State.CLOSED
    assert (row.taken_by, row.reported_by) == (work.staff(ZHAO),) * 2
    assert row.ended_by == work.staff(ZHOU)
    with Session(work.hall.engine) as session:
        kinds = list(session.scalars(select(Event.kind).order_by(Event.id)))[-6:]
    assert kinds == [
        "urging.made",
        "urging.made",
        "supervision.issued",
        "supervision.taken",
        "supervision.reported",
        "supervision.decided",
    ]
    assert {subject_words(kind) for kind in kinds} == {"催办", "督办"}


def test_the_paper_is_issued_anew_with_each_step_under_its_number(work):
    case = work.to(S.HANDLING)
    supervise(work, case, grounds=(G.OVERDUE, G.PUBLIC), copied_to="分管领导郑伟")
    step(work, case, ZHAO, TakeSupervision)
    step(work, case, ZHAO, ReportSupervision, report="已换线，诉求人签字。")
    step(work, case, ZHOU, DecideSupervision, outcome=State.CLOSED, note="照片齐")
    *void, last = papers_of(work, case)
    (number,) = {paper.number for paper in (*void, last)}
    assert re.fullmatch("青榕督〔2026〕[1-9][0-9]*号", number)
    assert {paper.state for paper in void} == {PaperState.VOID}
    assert last.revision == 4
    row = last.row
    assert (row["unit"], row["source"], row["matter"]) == ("城建办", "街道督办", row["matter"])
    assert row["grounds"] == ["超期", "舆情"]
    assert row["requirement"] == TO_DO
    assert row["copied_to"] == "分管领导郑伟"
    assert row["original_due"] == "11月3日 09:00"
    assert row["over_by"] is None
    assert row["due_at"] == "11月5日 09:04"
    assert row["taken"].startswith("赵强 2026-11-02 ")
    assert row["report"] == "已换线，诉求人签字。"
    assert row["ended"] == "已销号，周航 2026-11-02。照片齐"


def test_how_late_a_case_was_stands_on_the_paper_of_its_supervision(work):
    case = work.to(S.HANDLING)
    work.clock.set("2026-11-04 10:00")
    supervise(work, case)
    assert papers_of(work, case)[-1].row["over_by"] == "25 时 01 分"
    done = work.to(S.FOLLOW_UP)
    supervise(work, done)
    assert papers_of(work, done)[-1].row["over_by"] is None
    taken_in = work.register()
    supervise(work, taken_in, unit=work.unit("信联办"))
    assert papers_of(work, taken_in)[-1].row["original_due"] is not None


def test_what_comes_from_above_has_its_own_number_and_ground(work):
    case = work.to(S.HANDLING)
    city = {"source": SupervisionSource.CITY, "grounds": ()}
    with pytest.raises(RuleBroken, match="来文编号") as refused:
        supervise(work, case, **city)
    assert refused.value.field == "outside_number"
    assert supervise(work, case, outside_number="市督〔2026〕12号", **city).title == (
        "登记市督办，交城建办"
    )
    row = work.all(Supervision, case)[-1]
    assert (row.grounds, row.outside_number) == (["above"], "市督〔2026〕12号")
    assert papers_of(work, case)[-1].row["outside_number"] == "市督〔2026〕12号"


def test_a_report_that_is_not_enough_goes_back_and_what_was_wrong_is_dropped(work):
    case = work.to(S.HANDLING)
    supervise(work, case)
    step(work, case, ZHAO, TakeSupervision)
    step(work, case, ZHAO, ReportSupervision, report="已换线。")
    with pytest.raises(RuleBroken, match="写明理由"):
        step(work, case, ZHOU, DecideSupervision, outcome=State.TAKEN)
    back = step(work, case, ZHOU, DecideSupervision, outcome=State.TAKEN, note="没有照片")
    assert back.title == "督办反馈退回再办"
    row = work.all(Supervision, case)[-1]
    assert (row.state, row.ended_at, row.end_note) == (State.TAKEN, None, "没有照片")
    work.clock.forward(days=4)
    late = step(work, case, ZHAO, ReportSupervision, report="照片已附。")
    assert late.title == "反馈督办结果，已超督办时限"
    step(work, case, WANG, DecideSupervision, outcome=State.CLOSED)

    supervise(work, case)  # anew, now that the first is closed
    dropped = step(work, case, ZHOU, DecideSupervision, outcome=State.REVOKED, note="发错了")
    assert dropped.title == "撤销督办"
    assert papers_of(work, case)[-1].row["ended"] == "已撤销，周航 2026-11-06。发错了"


def test_each_step_has_its_order(work):
    case = work.to(S.HANDLING)
    supervise(work, case)
    with pytest.raises(RuleBroken, match="现在是“待签收”，不能转为“待销号”"):
        step(work, case, ZHAO, ReportSupervision, report="已换线。")
    step(work, case, ZHAO, TakeSupervision)
    with pytest.raises(RuleBroken, match="现在是“整改中”，不能转为“整改中”"):
        step(work, case, ZHAO, TakeSupervision)
    with pytest.raises(RuleBroken, match="整改到什么程度"):
        step(work, case, ZHAO, ReportSupervision, report=" ")
    with pytest.raises(RuleBroken, match="不能转为“已销号”"):
        step(work, case, ZHOU, DecideSupervision, outcome=State.CLOSED)


def test_a_supervision_goes_to_who_had_the_case_with_a_reason_and_time(work):
    case = work.to(S.HANDLING)
    for more, words, field in (
        ({"grounds": ()}, "督办依据", "grounds"),
        ({"requirement": " "}, "督办要求", "requirement"),
        ({"due_at": work.clock()}, "晚于现在", "due_at"),
        ({"unit": work.unit("综合行政执法队")}, "办过此件的单位", "unit"),
    ):
        with pytest.raises(RuleBroken, match=words) as refused:
            supervise(work, case, **more)
        assert refused.value.field == field
    supervise(work, case)
    with pytest.raises(RuleBroken, match="已有一件没销号"):
        supervise(work, case)
    supervise(work, case, unit=work.unit("信联办"))


def test_only_the_unit_answers_and_only_who_issued_it_or_leads_ends_it(own_work):
    work = own_work
    case = work.to(S.HANDLING, supports=("综合行政执法队",))
    supervise(work, case, QIN)
    with pytest.raises(NotAllowed, match="发给别的单位"):
        step(work, case, SUN, TakeSupervision)
    step(work, case, ZHAO, TakeSupervision)
    with pytest.raises(NotAllowed, match="发给别的单位"):
        step(work, case, SUN, ReportSupervision, report="已换线。")
    step(work, case, ZHAO, ReportSupervision, report="已换线。")
    with pytest.raises(NotAllowed, match="不能自己销号"):
        step(work, case, ZHOU, DecideSupervision, outcome=State.CLOSED)
    with pytest.raises(NotAllowed):
        step(work, case, ZHAO, DecideSupervision, outcome=State.CLOSED)
    for who in (LI, ZHAO):
        with pytest.raises(NotAllowed):
            supervise(work, case, who, unit=work.unit("综合行政执法队"))
    step(work, case, ZHENG, DecideSupervision, outcome=State.CLOSED)
    with pytest.raises(NotAllowed):
        supervise(work, case, CHEN)


def test_a_row_of_another_case_is_not_found(work):
    case, other = work.to(S.HANDLING), work.to(S.HANDLING)
    supervise(work, other)
    urge(work, other)
    row, asked = work.all(Supervision, other)[-1], work.all(Urging, other)[-1]
    with pytest.raises(RuleBroken, match="找不到这件督办"):
        work.ask(ZHAO, TakeSupervision, case, supervision=row.id)
    with pytest.raises(RuleBroken, match="找不到这次催办"):
        work.ask(ZHAO, ExplainUrging, case, urging=asked.id, explanation="下周。")


def test_a_notice_leaves_a_paper_and_a_circular_comes_after_it(work):
    case = work.to(S.HANDLING)
    unit, leader = work.unit("城建办"), work.staff(ZHENG)
    work.ask(XU, SetLeaderArea, leader=leader, unit=unit, valid_from=work.clock().date())
    work.clock.set("2026-11-04 10:00")
    with pytest.raises(RuleBroken, match="先发催办通知书"):
        urge(work, case, W.CIRCULAR)
    with pytest.raises(RuleBroken, match="什么时候以前说明"):
        urge(work, case, W.WRITTEN, explain_by=None)
    urge(work, case, W.WRITTEN)
    (slip,) = papers_of(work, case, "urging-slip")
    row = slip.row
    assert (row["title"], row["unit"]) == ("催办通知书", "城建办")
    assert row["due_at"] == "11月3日 09:00"
    assert row["over_by"] == "25 时 03 分"
    assert row["words"] == "请今天到场。"
    assert row["explain_by"] == "11月6日 10:02"
    assert row["copied_to"] == "分管领导郑伟、督查组"

    work.clock.forward(days=3)
    assert urge(work, case, W.CIRCULAR).title == "书面通报：城建办"
    row = papers_of(work, case, "urging-slip")[-1].row
    assert (row["title"], row["copied_to"]) == ("书面通报", "各部门、各社区")
    assert row["explain_by"] is None


def test_whoever_is_urged_explains_once_and_is_told_to_nobody(work):
    case = work.to(S.HANDLING)
    urge(work, case, W.WRITTEN)
    with pytest.raises(RuleBroken, match="原因"):
        explain(work, case, explanation=" ")
    assert explain(work, case).title == "说明催办"
    with pytest.raises(RuleBroken, match="已经说明过"):
        explain(work, case)
    work.clock.forward(days=3)
    with pytest.raises(RuleBroken, match="先发催办通知书"):
        urge(work, case, W.CIRCULAR)
    urge(work, case, W.WRITTEN)
    work.clock.forward(days=3)
    assert explain(work, case).title == "说明催办（已过说明期限）"


def test_only_who_has_the_case_is_urged_and_only_he_explains(own_work):
    work = own_work
    case = work.to(S.HANDLING, supports=("综合行政执法队",))
    with pytest.raises(RuleBroken, match="只能催办过此件的单位"):
        urge(work, case, unit=work.unit("榕东社区"))
    with pytest.raises(RuleBroken, match="催办了什么"):
        urge(work, case, note=" ")
    urge(work, case)
    with pytest.raises(NotAllowed, match="别的单位"):
        explain(work, case, SUN)
    with pytest.raises(NotAllowed):
        urge(work, case, who=ZHAO)
    assert explain(work, case).title == "说明催办"  # also of what was said on the telephone


def test_a_move_of_the_unit_ends_the_silence_and_one_of_who_steers_does_not(work):
    case = work.to(S.HANDLING)
    work.clock.forward(days=4)
    urge(work, case)
    assert case in silent(work, days=4)
    work.ask(ZHAO, AddNote, case, note="已约好明天。")
    assert case not in silent(work, days=1)


def refused(work, statement, **values):
    """Return the sentence with which the database refuses a statement, whoever writes it."""
    with pytest.raises(DatabaseError) as error, work.hall.engine.begin() as connection:
        connection.execute(text(statement), values)
    return str(error.value.orig)


def test_the_database_itself_keeps_what_was_asked_and_its_order(work):
    case = work.to(S.HANDLING)
    supervise(work, case)
    urge(work, case, W.WRITTEN)
    explain(work, case)
    row, asked = work.all(Supervision, case)[-1], work.all(Urging, case)[-1]

    jump = "UPDATE supervisions SET state = 'closed' WHERE id = :id"
    assert "状态流转不允许" in refused(work, jump, id=row.id)
    other = "UPDATE supervisions SET unit_id = :unit WHERE id = :id"
    assert "登记后不能更改" in refused(work, other, id=row.id, unit=work.unit("综合行政执法队"))
    for table, one in (("supervisions", row), ("urgings", asked)):
        gone = f"DELETE FROM {table} WHERE id = :id"
        assert "记录不能删除" in refused(work, gone, id=one.id)
    again = "UPDATE urgings SET explained_at = :at WHERE id = :id"
    at = "2026-11-09 00:00:00.000000+00:00"
    assert "已经说明过" in refused(work, again, id=asked.id, at=at)
