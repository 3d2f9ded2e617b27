"""引导对接: where people are sent, whether they arrive, and taken in after all if not."""

import pytest

from desk.actions.closing import AddNote
from desk.actions.directory import RetireServiceItem, SetServiceItem
from desk.actions.guidance import CheckArrival, TakeIn
from desk.queries.lookups import directory
from desk.rules.codes import CaseStatus, ClockKind, Exit, GuideWay
from desk.rules.errors import NotAllowed, RuleBroken
from tests.actions.work import CHEN, LI, XU, ZHAO, ZHOU


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


def item(work, name="居住证办理", **more):
    facts = {"name": name, "office": "派出所户籍窗口", "phone": "13800000071"}
    return work.ask(ZHOU, SetServiceItem, **(facts | more)).made["item"]


def test_whoever_arrived_is_noted_as_arrived(work):
    case = guided(work)
    work.ask(LI, CheckArrival, case, has_arrived=True)
    row = work.case(case)
    assert row.has_arrived is True
    assert row.arrival_checked_at is not None
    assert (row.guide_person, row.guide_phone) == ("立案窗口", "13800000072")


def test_who_did_not_arrive_is_not_left_alone(work):
    case = guided(work)
    with pytest.raises(RuleBroken, match="接下来怎么办") as refused:
        work.ask(LI, CheckArrival, case, has_arrived=False)
    assert refused.value.field == "note"
    work.ask(LI, CheckArrival, case, has_arrived=False, note="明早再打一次电话。")
    assert work.case(case).has_arrived is False


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
