"""A community calls others together, 信联办 agrees, who comes counts, and it ends in the file."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from desk.actions.recusal import RecordAccused
from desk.actions.whistle_arrivals import Arrival, CallMore, RecordArrivals, RemoveArrival
from desk.actions.whistle_words import Call
from desk.actions.whistle_work import (
    DivideWork,
    DropDuty,
    Duty,
    FinishDuty,
    RecordConsultation,
    ReopenWhistle,
)
from desk.actions.whistles import (
    ChangeWhistle,
    FileWhistle,
    ReissueSlip,
    ReviewWhistle,
    WithdrawWhistle,
)
from desk.queries.case_file import case_file
from desk.queries.papers import stored_paper
from desk.queries.whistles import (
    whistle_board,
    whistle_file,
    whistles_numbered,
    whistles_of_case,
    whistles_of_place,
)
from desk.rules.codes import PaperState, Purpose, Satisfaction
from desk.rules.errors import NotAllowed, RuleBroken, StaleCase
from desk.rules.trail import subject_words
from desk.rules.whistle_codes import WhistleResult, WhistleStage, WhistleState
from desk.rules.whistling import WhistleStep
from desk.store.blobs import read_blob
from desk.store.models import Paper, Whistle, WhistleArrival, WhistleUnit
from tests.actions.test_early_actions import kept, record
from tests.actions.whistling import CALLED, COMMUNITY, Whistling
from tests.actions.work import CHEN, FENG, LI, LIANG, QIN, SUN, WANG, XU, ZHAO, ZHENG, ZHOU

S, R = WhistleState, WhistleResult


@pytest.fixture
def whistling(work):
    return Whistling(work)


def papers_of(work, number):
    with Session(work.hall.engine) as session:
        return list(session.scalars(select(Paper).where(Paper.number == number).order_by(Paper.id)))


def test_from_a_case_to_the_file_and_every_step_is_on_the_slip(work, whistling):
    case = work.to("dispatched", supports=(COMMUNITY,))
    whistle = whistling.raise_(cases=(case,), place=work.hall.place("青榕花园"))
    file = whistling.file(whistle)
    assert file.row.state is S.RAISED
    assert file.row.stage is WhistleStage.REVIEW
    assert file.row.number.startswith("青榕哨〔2026〕第")
    assert not work.desk(SUN).read(whistle_board)  # nobody is called before it is agreed to

    whistling.step(ZHOU, ReviewWhistle, whistle, agrees=True, note="请按时到场")
    (mine,) = work.desk(SUN).read(whistle_board)
    assert mine.waits_for_me
    assert mine.calls_me
    assert mine.facts.due_at == mine.units[0].required_at
    assert mine.stage is WhistleStage.ARRIVAL

    whistling.arrive(SUN, whistle, "综合行政执法队")
    whistling.arrive(CHEN, whistle, "城建办", name="刘建", is_from_paper=True)
    file = whistling.file(whistle)
    assert file.row.stage is WhistleStage.ON_SITE
    assert [one.is_from_paper for one in file.arrivals] == [False, True]
    assert file.row.facts is None

    words = "通道归全体业主，今日 18 时前搬离。"
    whistling.step(CHEN, RecordConsultation, whistle, words=words)
    duties = (
        Duty(
            unit=work.unit("城建办"), matter="划线装路桩", due_at=work.clock() + timedelta(days=7)
        ),
        Duty(unit=work.unit("南塘社区"), matter="一周内每日巡看"),
    )
    work.ask(CHEN, DivideWork, whistle=whistle, duties=duties)
    marking, watching = whistling.file(whistle).duties
    assert [one.id for one in work.desk(LIANG).read(whistle_board)] == [whistle]
    work.ask(LIANG, FinishDuty, duty=watching.id, note="每天看过")
    work.ask(CHEN, DropDuty, duty=marking.id)

    whistling.conclude(whistle)
    assert whistling.file(whistle, CHEN).steps[0] is WhistleStep.ARRIVE
    whistling.rate(whistle)
    whistling.step(ZHOU, FileWhistle, whistle)

    file = whistling.file(whistle)
    assert (file.row.state, file.row.result, file.steps) == (S.FILED, R.RESOLVED, ())
    assert file.cases == ((case, file.cases[0][1]),)
    papers = papers_of(work, file.row.number)
    assert [paper.state for paper in papers[:-1]] == [PaperState.VOID] * (len(papers) - 1)
    slip = papers[-1].row
    assert slip["consultation"] == words
    assert [one["name"] for one in slip["arrivals"]] == ["高勇", "刘建"]
    assert [one["matter"] for one in slip["duties"]] == ["一周内每日巡看"]
    assert (slip["result"], slip["responsive"], slip["satisfaction"]) == (
        ["化解"],
        ["是"],
        ["满意"],
    )
    assert slip["case_numbers"] == file.cases[0][1]
    steps = work.desk(ZHAO).read(lambda reader: case_file(reader, case)).steps
    titles = [step.title for step in steps]
    assert any(title.startswith("吹哨 青榕哨") for title in titles)
    assert any(title.startswith("哨单化解") for title in titles)
    shown = work.desk(ZHAO).read(partial(whistles_of_case, case_id=case))
    assert [one.id for one in shown] == [whistle]
    at_place = partial(whistles_of_place, place_id=work.hall.place("青榕花园"))
    assert whistle in [one.id for one in work.desk(ZHOU).read(at_place)]
    assert work.desk(SUN).read(partial(stored_paper, paper_id=papers[-1].id)).number
    assert subject_words("whistle.raised") == "吹哨"


def test_who_runs_whistles_needs_no_second_review_and_may_call_for_a_community(work, whistling):
    whistle = whistling.raise_(ZHENG, unit=COMMUNITY)
    assert whistling.file(whistle).row.state is S.CALLED
    with pytest.raises(NotAllowed, match="本单位的名义"):
        whistling.raise_(LIANG, unit=COMMUNITY)
    with pytest.raises(NotAllowed):
        whistling.raise_(QIN, unit="纪工委")
    with pytest.raises(NotAllowed):
        whistling.raise_(XU, unit="城建办")


def test_what_goes_back_is_changed_and_raised_again(work, whistling):
    whistle = whistling.raise_()
    with pytest.raises(RuleBroken, match="写明理由"):
        whistling.step(ZHOU, ReviewWhistle, whistle, agrees=False)
    with pytest.raises(NotAllowed, match="不归您办理"):
        whistling.step(CHEN, ReviewWhistle, whistle, agrees=True)
    whistling.step(ZHOU, ReviewWhistle, whistle, agrees=False, note="请加叫住建局")
    file = whistling.file(whistle, CHEN)
    assert (file.row.state, file.review_note) == (S.RETURNED, "请加叫住建局")
    assert file.row.stage is None
    with pytest.raises(StaleCase):
        whistling.step(CHEN, ChangeWhistle, whistle, said=whistling.said(), seen=file.version - 1)
    changed = whistling.said(units=("城建办", "区住建局"))
    whistling.step(CHEN, ChangeWhistle, whistle, said=changed)
    file = whistling.file(whistle, CHEN)
    assert file.row.state is S.RAISED
    assert [one.unit for one in file.row.units] == ["城建办", "住建局"]
    whistling.step(ZHOU, ChangeWhistle, whistle, said=whistling.said())  # whoever runs it agrees
    file = whistling.file(whistle)
    assert file.row.state is S.CALLED
    assert [one.unit for one in file.row.units] == ["城建办", "执法队"]
    with pytest.raises(RuleBroken, match="已吹哨"):
        whistling.step(CHEN, ChangeWhistle, whistle, said=whistling.said())


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"level": "街道→省"}, "吹哨级别"),
        ({"site": " "}, "到哪里报到"),
        ({"matter": " "}, "为什么吹哨"),
        ({"caller": " "}, "吹哨人"),
        ({"units": ()}, "至少叫一个单位"),
        ({"units": (*CALLED, "城建办")}, "叫了两次"),
        ({"units": (COMMUNITY,)}, "不用叫自己"),
        ({"place": 1}, "从列表里选小区"),
    ],
)
def test_a_whistle_says_where_why_and_whom(whistling, wrong, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        whistling.raise_(**wrong)


def test_a_time_that_is_over_and_strange_units_are_refused(work, whistling):
    late = Call(unit=work.unit("城建办"), required_at=work.clock() - timedelta(hours=1))
    strange = Call(unit=1, required_at=work.clock() + timedelta(hours=1))
    whistle = whistling.called()
    for call, sentence in ((late, "晚于吹哨时间"), (strange, "从列表里选单位")):
        with pytest.raises(RuleBroken, match=sentence):
            work.ask(CHEN, CallMore, whistle=whistle, units=(call,))
    said = whistling.said()
    with pytest.raises(RuleBroken, match="从列表里选单位"):
        whistling.step(
            ZHOU, ChangeWhistle, whistling.raise_(), said=type(said)(**_parts(said, strange))
        )


def _parts(said, call):
    return {name: getattr(said, name) for name in said.__slots__} | {"units": (call,)}


def test_each_unit_responds_for_itself_and_a_mistake_is_struck_out(work, whistling):
    whistle = whistling.called()
    with pytest.raises(NotAllowed, match="别的单位的报到"):
        whistling.arrive(SUN, whistle, "城建办")
    with pytest.raises(NotAllowed):
        whistling.arrive(FENG, whistle, "城建办")
    with pytest.raises(RuleBroken, match="找不到这张哨单"):
        whistling.arrive(LIANG, whistle, "城建办")
    later = work.clock() + timedelta(hours=1)
    for at, sentence in ((later, "还没有到"), (later - timedelta(days=2), "早于吹哨时间")):
        with pytest.raises(RuleBroken, match=sentence):
            whistling.arrive(SUN, whistle, "综合行政执法队", at=at)
    with pytest.raises(RuleBroken, match="到场人姓名"):
        whistling.arrive(SUN, whistle, "综合行政执法队", name=" ")
    with pytest.raises(RuleBroken, match="至少写一位"):
        whistling.arrive(SUN, whistle)
    with pytest.raises(RuleBroken, match="不在这张哨单上"):
        whistling.arrive(ZHOU, whistle, "南塘社区")

    whistling.arrive(SUN, whistle, "综合行政执法队")
    first = work.clock()
    whistling.arrive(SUN, whistle, "综合行政执法队", name="后到的人")
    unit = whistling.file(whistle).row.units[1]
    assert unit.arrived_at == first
    early, late = whistling.file(whistle).arrivals
    with pytest.raises(NotAllowed, match="划去"):
        work.ask(ZHAO, RemoveArrival, arrival=early.id)
    work.ask(SUN, RemoveArrival, arrival=early.id)
    assert whistling.file(whistle).row.units[1].arrived_at == late.arrived_at
    work.ask(CHEN, RemoveArrival, arrival=late.id)
    assert whistling.file(whistle).row.units[1].arrived_at is None
    with pytest.raises(RuleBroken, match="已经划去"):
        work.ask(CHEN, RemoveArrival, arrival=late.id)
    with pytest.raises(RuleBroken, match="找不到这条报到"):
        work.ask(CHEN, RemoveArrival, arrival=1)


def test_a_unit_outside_the_street_is_answered_for_with_a_document(work, whistling):
    whistle = whistling.called(units=("区住建局",))
    with pytest.raises(NotAllowed, match="由信联办"):
        whistling.arrive(CHEN, whistle, "区住建局", document="现场签到表")
    with pytest.raises(RuleBroken, match="凭什么登记"):
        whistling.arrive(ZHOU, whistle, "区住建局")
    proof = {"document": "复函 滨住建函〔2026〕3号", "content": b"%PDF-1.7 reply"}
    whistling.arrive(ZHOU, whistle, "区住建局", **proof)
    (came,) = whistling.file(whistle, CHEN).arrivals
    assert (came.document, came.recorded_by) == (proof["document"], ZHOU)
    with Session(work.hall.engine) as session:
        assert read_blob(session, came.sha256) == proof["content"]


def test_further_units_are_called_to_the_same_place(work, whistling):
    whistle = whistling.raise_(units=("城建办", "区住建局"))
    whistling.step(CHEN, ChangeWhistle, whistle, said=whistling.said(units=("城建办",)))
    whistling.step(ZHOU, ReviewWhistle, whistle, agrees=True)
    with pytest.raises(RuleBroken, match="已经叫过"):
        work.ask(CHEN, CallMore, whistle=whistle, units=whistling.calls(("城建办",)))
    more = whistling.calls(("区住建局", "综合行政执法队"))
    work.ask(CHEN, CallMore, whistle=whistle, units=more)
    file = whistling.file(whistle)
    assert [one.unit for one in file.row.units] == ["城建办", "住建局", "执法队"]
    assert all(one.called_at for one in file.row.units)


def test_result_and_rating_say_enough_and_what_is_not_settled_goes_back(work, whistling):
    whistle = whistling.called()
    with pytest.raises(RuleBroken, match="处置到什么程度"):
        whistling.conclude(whistle, note=" ")
    for at in (None, work.clock() - timedelta(days=3), work.clock() + timedelta(days=3)):
        with pytest.raises(RuleBroken, match="化解时间"):
            whistling.conclude(whistle, resolved_at=at)
    with pytest.raises(RuleBroken, match="会商的意见"):
        whistling.step(CHEN, RecordConsultation, whistle, words=" ")
    for duties, sentence in (
        ((), "至少写一行"),
        ((Duty(unit=work.unit("城建办"), matter=" "),), "做什么"),
        (
            (
                Duty(
                    unit=work.unit("城建办"),
                    matter="装桩",
                    due_at=work.clock() - timedelta(days=9),
                ),
            ),
            "早于吹哨时间",
        ),
    ):
        with pytest.raises(RuleBroken, match=sentence):
            work.ask(CHEN, DivideWork, whistle=whistle, duties=duties)
    with pytest.raises(RuleBroken, match="不能再办“评价”"):
        whistling.rate(whistle)
    whistling.conclude(whistle, R.PARTLY)
    assert whistling.file(whistle).resolved_at is None
    with pytest.raises(NotAllowed):
        whistling.rate(whistle, SUN)
    for bad in ({"is_responsive": False}, {"satisfaction": Satisfaction.DISSATISFIED}):
        with pytest.raises(RuleBroken, match="写明原因"):
            whistling.rate(whistle, **bad)
    whistling.rate(whistle, note="城建办来晚了", satisfaction=Satisfaction.DISSATISFIED)
    with pytest.raises(RuleBroken, match="为什么退回再办"):
        whistling.step(ZHOU, ReopenWhistle, whistle, note=" ")
    whistling.step(WANG, ReopenWhistle, whistle, note="路桩还没有装")
    file = whistling.file(whistle)
    assert (file.row.state, file.row.result, file.satisfaction) == (S.CALLED, None, None)


def test_a_part_is_done_once_and_by_whom_it_is(work, whistling):
    whistle = whistling.called()
    duties = (Duty(unit=work.unit("城建办"), matter="装路桩"),)
    work.ask(ZHOU, DivideWork, whistle=whistle, duties=duties)
    (duty,) = whistling.file(whistle).duties
    with pytest.raises(NotAllowed, match="负责的单位"):
        work.ask(SUN, FinishDuty, duty=duty.id)
    work.ask(ZHAO, FinishDuty, duty=duty.id)
    with pytest.raises(RuleBroken, match="已经登记落实"):
        work.ask(ZHAO, FinishDuty, duty=duty.id)
    with pytest.raises(RuleBroken, match="不能删去"):
        work.ask(CHEN, DropDuty, duty=duty.id)
    work.ask(ZHOU, DivideWork, whistle=whistle, duties=duties)
    other = whistling.file(whistle).duties[1]
    work.ask(CHEN, DropDuty, duty=other.id)
    with pytest.raises(RuleBroken, match="已经删去"):
        work.ask(CHEN, DropDuty, duty=other.id)
    with pytest.raises(RuleBroken, match="找不到这项分工"):
        work.ask(CHEN, DropDuty, duty=1)


def test_what_is_not_settled_is_called_one_level_up(work, whistling):
    below = whistling.called()
    up = {"unit": "信联办", "level": "街道→区", "units": ("区住建局",)}
    with pytest.raises(RuleBroken, match="未化解的哨单才提级"):
        whistling.raise_(ZHOU, more={"risen_from": below}, **up)
    whistling.conclude(below, R.UNRESOLVED)
    above = whistling.raise_(ZHOU, more={"risen_from": below}, **up)
    assert whistling.file(above).risen_from[0] == below
    assert whistling.file(below).risen_to[0] == above


def test_it_is_taken_back_with_a_reason_and_found_by_its_number(work, whistling):
    whistle = whistling.called()
    with pytest.raises(RuleBroken, match="为什么撤销"):
        whistling.step(CHEN, WithdrawWhistle, whistle, note=" ")
    with pytest.raises(NotAllowed, match="重新出"):
        work.ask(SUN, ReissueSlip, whistle=whistle)
    paper = work.ask(CHEN, ReissueSlip, whistle=whistle).made["paper"]
    assert whistling.file(whistle).paper_id == paper
    whistling.step(CHEN, WithdrawWhistle, whistle, note="店主自己搬走了")
    file = whistling.file(whistle)
    assert (file.row.state, file.withdraw_note, file.row.facts) == (
        S.WITHDRAWN,
        "店主自己搬走了",
        None,
    )
    with pytest.raises(RuleBroken, match="已经撤销"):
        work.ask(CHEN, ReissueSlip, whistle=whistle)

    def found(who, text):
        return [one.id for one in work.desk(who).read(partial(whistles_numbered, text=text))]

    number = file.row.number
    assert found(CHEN, number) == [whistle]
    assert whistle in found(CHEN, number.split("第")[1].removesuffix("号"))
    assert found(LIANG, number) == []
    assert found(CHEN, "王") == []


def test_reports_and_what_is_about_ourselves_are_not_whistled(work, whistling):
    report = work.register(purpose=Purpose.REPORT)
    about = work.to("dispatched", supports=(COMMUNITY,))
    work.ask(ZHENG, RecordAccused, about, unit=work.unit("综合行政执法队"), reason="群众说的")
    for case in (report, about):
        with pytest.raises(RuleBroken, match="不吹哨"):
            whistling.raise_(ZHENG, unit="信联办", cases=(case,))
    # what turns out later to be about a called unit is kept from it, with its slip
    later = work.to("dispatched", supports=(COMMUNITY,))
    whistle = whistling.called(cases=(later,))
    assert whistle in [one.id for one in work.desk(SUN).read(whistle_board)]
    work.ask(ZHENG, RecordAccused, later, unit=work.unit("综合行政执法队"), reason="群众说的")
    assert whistle not in [one.id for one in work.desk(SUN).read(whistle_board)]
    assert work.desk(SUN).read(partial(whistle_file, whistle_id=whistle)) is None
    assert whistle in [one.id for one in work.desk(ZHAO).read(whistle_board)]


def test_the_database_refuses_what_no_window_offers(work, whistling):
    whistle = whistling.called()
    refused = [
        update(Whistle).where(Whistle.id == whistle).values(state="filed"),
        update(Whistle).where(Whistle.id == whistle).values(number="青榕哨〔2026〕第999号"),
        update(WhistleUnit)
        .where(WhistleUnit.whistle_id == whistle)
        .values(withdrawn_at=work.clock(), withdrawn_by=work.staff(CHEN)),
    ]
    for statement in refused:
        with pytest.raises(DatabaseError), work.hall.engine.begin() as connection:
            connection.execute(statement)
    whistling.arrive(SUN, whistle, "综合行政执法队")
    earlier = update(WhistleArrival).values(arrived_at=work.clock() - timedelta(hours=5))
    with pytest.raises(DatabaseError), work.hall.engine.begin() as connection:
        connection.execute(earlier)
    assert LI  # the window may raise one, too
    with pytest.raises(RuleBroken, match="找不到这张哨单"):
        work.ask(
            LI, RecordArrivals, whistle=1, arrivals=(Arrival(unit=1, name="某", at=work.clock()),)
        )


def test_a_finding_is_whistled_for_once(work, whistling):
    (finding,) = record(work)
    whistle = whistling.raise_(more={"finding": finding})
    assert kept(work, finding).whistle_id == whistle
    with pytest.raises(RuleBroken, match="已经吹过哨"):
        whistling.raise_(more={"finding": finding})
    with pytest.raises(RuleBroken, match="找不到这件未诉先办"):
        whistling.raise_(more={"finding": 1})
