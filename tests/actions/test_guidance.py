"""引导对接: where people are sent, whether they arrive, and taken in after all if not."""

from datetime import date

import pytest

from desk.actions.administration import SetSetting
from desk.actions.closing import AddNote
from desk.actions.directory import RetireServiceItem, SetServiceItem
from desk.actions.guidance import CheckArrival, TakeIn
from desk.queries.arrivals import Arrivals, arrivals
from desk.queries.desk_today import counter_day
from desk.queries.lookups import directory
from desk.rules.arrivals import Arrival, ArrivalAnswer, arrival_words
from desk.rules.codes import CaseStatus, ClockKind, Exit, GuideWay
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.notice_settings import ARRIVAL_DAYS
from tests.actions.work import CHEN, FENG, LI, XU, ZHAO, ZHOU
from tests.small_hall import COMMAND_LINE


def guided(work, **more):
    facts = {
        "exit": Exit.GUIDANCE,
        "answer": "劳动争议由仲裁院受理，已说明。",
        "guided_to": "区劳动人事争议仲裁院",
        "guide_person": "立案窗口",
        "guide_phone": "13800000072",
        "guide_way": GuideWay.CALLED,
    }
    return work.register(**(facts | more))


def sent_on(work, who=LI):
    return work.desk(who).read(arrivals)


def item(work, name="居住证办理", **more):
    facts = {"name": name, "office": "派出所户籍窗口", "phone": "13800000071"}
    return work.ask(ZHOU, SetServiceItem, **(facts | more)).made["item"]


def test_whoever_arrived_is_noted_as_arrived(work):
    case = guided(work)
    work.ask(LI, CheckArrival, case, answer=ArrivalAnswer.ARRIVED)
    row = work.case(case)
    assert row.has_arrived is True
    assert row.arrival_checked_at is not None
    assert (row.guide_person, row.guide_phone) == ("立案窗口", "13800000072")


def test_who_did_not_arrive_is_not_left_alone(work):
    case = guided(work)
    with pytest.raises(RuleBroken, match="接下来怎么办") as refused:
        work.ask(LI, CheckArrival, case, answer=ArrivalAnswer.NOT_ARRIVED)
    assert refused.value.field == "note"
    away = {"answer": ArrivalAnswer.NOT_ARRIVED, "note": "本人不去了，说自己再想想。"}
    work.ask(LI, CheckArrival, case, **away)
    assert work.case(case).has_arrived is False
    (row,) = sent_on(work).away
    assert (row.case_id, row.stays_away) == (case, True)
    work.ask(LI, TakeIn, case, reason="又来了，请街道协调。")
    assert sent_on(work) == Arrivals()


def test_who_is_not_known_to_have_arrived_is_asked_about_on_his_day(own_work):
    work = own_work  # Monday; three working days are the hall's seed
    case = guided(work, has_arrived=False)  # 还没到 at the intake says nothing yet
    assert [row.ask_on for row in sent_on(work).later] == [date(2026, 11, 5)]
    work.clock.set("2026-11-05 08:30")
    (row,) = sent_on(work).due
    assert (row.case_id, row.guided_to, row.asked_at) == (case, "区劳动人事争议仲裁院", None)
    assert work.desk(LI).read(counter_day).sent_on == sent_on(work)


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        (ArrivalAnswer.NOT_YET, "引导对接 还没去，再问"),
        (ArrivalAnswer.UNREACHED, "引导对接 没联系上，再问"),
    ],
)
def test_what_is_no_answer_yet_is_asked_again(own_work, answer, title):
    work = own_work
    work.ask(XU, SetSetting, key=ARRIVAL_DAYS, value=1)
    case = guided(work)
    work.clock.set("2026-11-06 09:00")  # Friday
    assert len(sent_on(work).due) == 1

    assert work.ask(LI, CheckArrival, case, answer=answer).title == title

    (row,) = sent_on(work).later
    assert (row.ask_on, row.asked_at) == (date(2026, 11, 9), work.clock())
    assert work.case(case).has_arrived is None
    work.clock.set("2026-11-09 09:00")
    assert len(sent_on(work).due) == 1
    work.ask(LI, CheckArrival, case, answer=ArrivalAnswer.ARRIVED)
    assert sent_on(work) == Arrivals()


def test_only_the_unit_that_sent_somebody_on_is_reminded(own_work):
    work = own_work
    guided(work)
    hidden = guided(work, accused_unit=work.unit("信联办"))

    assert hidden not in {row.case_id for row in sent_on(work).later}  # it is about the unit
    assert len(sent_on(work).later) == 1
    for who in (CHEN, ZHAO, FENG):
        assert sent_on(work, who) == Arrivals()
    assert len(sent_on(work, COMMAND_LINE).later) == 2  # the built-in one sees all


def test_words_of_an_arrival_say_what_is_known(work):
    at = work.clock()
    said = [
        arrival_words(Arrival(at, has, asked))
        for has, asked in ((True, at), (False, at), (False, None), (None, at))
    ]
    assert said == ["已到达", "没有到达", "还不知道是否到达", "问过，还不知道是否到达"]


def test_turned_away_elsewhere_the_appeal_is_taken_in_and_its_promises_begin(work):
    case = guided(work)
    assert work.clock_of(case, ClockKind.HANDLE) is None
    work.clock.forward(hours=5)
    with pytest.raises(RuleBroken, match="为什么改为受理"):
        work.ask(LI, TakeIn, case, reason=" ")
    work.ask(LI, TakeIn, case, reason="仲裁院答复不归其受理。")
    row = work.case(case)
    assert (row.status, row.exit, row.counts_in_rates) == (
        CaseStatus.RECEIVED,
        Exit.TRANSFER,
        True,
    )
    handle = work.clock_of(case, ClockKind.HANDLE)
    assert handle.started_at > row.received_at
    work.to(CaseStatus.HANDLING, case)


def test_only_the_desk_that_sent_somebody_on_takes_him_in(work):
    case = guided(work)
    with pytest.raises(NotAllowed):
        work.ask(CHEN, TakeIn, case, reason="换个说法")
    work.ask(LI, AddNote, case, note="诉求人下午再来。")


def test_the_directory_offers_what_it_knows(work):
    made = item(work, "落户", materials=("身份证", "", "照片"), hours="周一至周五")
    shown = next(one for one in work.desk(LI).read(directory) if one.id == made)
    assert (shown.where, shown.materials) == ("派出所户籍窗口", ("身份证", "照片"))
    ours = item(work, "低保申请", office="", unit=work.unit("城建办"), phone="")
    shown = next(one for one in work.desk(LI).read(directory) if one.id == ours)
    assert shown.where == "城建办"
    case = guided(work, service_item=made)
    assert work.case(case).service_item_id == made


def test_a_changed_matter_keeps_its_place_and_a_retired_one_is_gone(work):
    made = item(work, "居住证签注")
    work.ask(ZHOU, SetServiceItem, item=made, name="签注", office="派出所", contact="王警官")
    shown = {one.id: one for one in work.desk(LI).read(directory)}
    assert (shown[made].name, shown[made].contact) == ("签注", "王警官")
    work.ask(ZHOU, RetireServiceItem, item=made)
    assert made not in {one.id for one in work.desk(LI).read(directory)}
    with pytest.raises(RuleBroken, match="可能已停用"):
        work.ask(ZHOU, RetireServiceItem, item=made)


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"name": " "}, "name", "名称还没有写"),
        ({"office": " "}, "office", "外单位的名称"),
        ({"unit": 5}, "unit", "不在单位表里"),
    ],
)
def test_a_matter_that_helps_nobody_is_refused(work, more, field, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        item(work, **more)
    assert refused.value.field == field


def test_two_matters_of_one_name_are_refused(work):
    item(work, "社保卡补办")
    with pytest.raises(RuleBroken, match="已经有了"):
        item(work, "社保卡补办")


def test_a_matter_that_is_not_there_cannot_be_chosen_at_the_counter(work):
    with pytest.raises(RuleBroken, match="所选的事项已不在表里"):
        guided(work, service_item=7)


def test_the_directory_is_kept_by_the_dispatchers_and_the_administrator(work):
    with pytest.raises(NotAllowed):
        work.ask(ZHAO, SetServiceItem, name="某事", office="某处")
    work.ask(XU, SetServiceItem, name="某事", office="某处")
