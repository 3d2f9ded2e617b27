"""Taking an appeal in: four exits, what each needs, and what is on record afterwards."""

from datetime import timedelta

import pytest

from desk.actions.intake import Appellant, MaterialFacts, RegisterCase, summary_of
from desk.rules.codes import (
    AssignmentStatus,
    Channel,
    ClockKind,
    ContactWay,
    Exit,
    GuideWay,
    HandlingResult,
    Purpose,
    Resolution,
    Satisfaction,
    Urgency,
)
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.store.ids import new_id
from desk.store.models import (
    Assignment,
    CaseSearch,
    CaseUnit,
    Clock,
    Contact,
    Material,
    Matter,
    OutsideNumber,
    PrivateFacts,
    Round,
)
from tests.actions.work import CHEN, GAO, LI, LIANG, XU, ZHAO, ZHOU, S


def test_an_appeal_for_the_dispatchers_waits_for_them(work):
    case = work.case(work.register(exit=Exit.TRANSFER))

    assert case.status is S.RECEIVED
    assert case.lead_unit_id is None
    assert case.first_responder_name == LI
    assert case.appellant_shown == "陈**"
    assert case.is_anonymous is False
    assert case.summary == "七栋楼道漏电，手背碰到扶手发麻"
    assert case.next_clock is ClockKind.CONTACT
    assert [row.number for row in work.all(Round, case.id)] == [1]
    assert [row.content for row in work.all(Matter, case.id)] == [case.summary]
    assert work.all(PrivateFacts, case.id)[0].phone == "13800000023"
    assert {row.unit_id for row in work.all(CaseUnit, case.id)} == {work.unit("信联办")}
    assert "13800000023" in work.all(CaseSearch, case.id)[0].doc


def test_the_answer_names_the_case_and_its_number(work):
    request = work.intake()

    changes = work.desk(LI).carry_out(request)

    assert changes.touches(request.case)
    assert changes.made == {"case": request.case, "number": work.case(request.case).number}
    assert changes.title == "首问受理，受理转办"


def test_an_answer_on_the_spot_closes_the_case_at_once(work):
    case = work.case(
        work.register(
            exit=Exit.ON_SPOT,
            channel=Channel.VISIT,
            answer="已说明办理居住证要带的材料。",
            satisfaction=Satisfaction.SATISFIED,
        )
    )

    assert case.status is S.CLOSED
    assert case.result is HandlingResult.SOLVED
    assert case.closed_at == case.received_at
    assert (case.was_contacted, case.resolution) == (True, Resolution.YES)
    assert case.satisfaction is Satisfaction.SATISFIED
    assert work.all(Clock, case.id) == []


def test_an_answer_on_the_spot_without_a_rating_is_not_counted_as_rated(work):
    case = work.case(work.register(exit=Exit.ON_SPOT, answer="已说明。"))

    assert (case.was_contacted, case.resolution, case.satisfaction) == (None, None, None)


def test_a_guided_appeal_is_finished_and_not_rated(work):
    case = work.case(
        work.register(
            exit=Exit.GUIDANCE,
            answer="不属街道职责，已解释。",
            guided_to="区人社局窗口 13800000090",
            guide_way=GuideWay.ACCOMPANIED,
            has_arrived=True,
        )
    )

    assert case.status is S.GUIDED
    assert case.counts_in_rates is False
    assert case.guide_way is GuideWay.ACCOMPANIED
    assert case.has_arrived is True
    assert work.all(Clock, case.id) == []


def test_a_unit_may_handle_what_it_took_in_itself(work):
    case = work.case(
        work.register(
            CHEN, exit=Exit.OWN_UNIT, first_unit=work.unit("榕东社区"), channel=Channel.CALL
        )
    )

    assert case.status is S.ACCEPTED
    assert case.lead_unit_id == work.unit("榕东社区")
    assert case.handler_id == work.staff(CHEN)
    part = work.all(Assignment, case.id)[0]
    assert part.status is AssignmentStatus.ACCEPTED
    assert work.clock_of(case.id, ClockKind.DISPATCH) is None
    assert work.clock_of(case.id, ClockKind.HANDLE) is not None


@pytest.mark.parametrize(
    ("channel", "way", "note"),
    [
        (Channel.VISIT, ContactWay.FACE, "受理时当面谈话"),
        (Channel.LEADER_DAY, ContactWay.FACE, "受理时当面谈话"),
        (Channel.CALL, ContactWay.PHONE, "受理时已通话"),
    ],
)
def test_talking_to_the_appellant_counts_as_the_first_contact(work, channel, way, note):
    case = work.register(channel=channel)

    contact = work.all(Contact, case)[0]
    assert (contact.way, contact.note) == (way, note)
    clock = work.clock_of(case, ClockKind.CONTACT)
    assert clock.stopped_at == work.case(case).received_at


def test_nobody_is_asked_to_call_an_appellant_without_a_telephone(work):
    case = work.register(channel=Channel.LETTER, appellant=Appellant())

    assert work.clock_of(case, ClockKind.CONTACT).is_applicable is False
    assert work.case(case).appellant_shown == "匿名"
    assert work.case(case).is_anonymous is True
    assert work.case(case).next_clock is ClockKind.VERIFY


def test_everything_that_was_said_is_kept(work):
    case = work.register(
        matters=("楼道漏电", "", "电梯停运"),
        materials=(MaterialFacts("照片", 3), MaterialFacts("购房合同", is_original=True)),
        platform="民意速办",
        outside_number="QR-0001",
        needs=("轮椅",),
        place=work.hall.place("青榕花园"),
        community=work.unit("榕东社区"),
        grid=work.unit("榕东第1网格"),
        summary="漏电",
        occurred="上周四晚上",
        litigation="没有",
        note="家里有老人",
    )

    found = work.case(case)
    assert [(m.seq, m.content) for m in work.all(Matter, case)] == [
        (1, "楼道漏电"),
        (2, "电梯停运"),
    ]
    assert [(m.name, m.copies, m.is_original) for m in work.all(Material, case)] == [
        ("照片", 3, False),
        ("购房合同", 1, True),
    ]
    outside = work.all(OutsideNumber, case)[0]
    assert (outside.platform, outside.number) == ("民意速办", "QR-0001")
    assert (found.summary, found.needs, found.note) == ("漏电", ["轮椅"], "家里有老人")
    assert found.occurred == "上周四晚上"
    assert work.papers(case, "intake-sheet")[0].row["occurred_at"] == "上周四晚上"
    assert {row.unit_id for row in work.all(CaseUnit, case)} == {
        work.unit(name) for name in ("信联办", "榕东社区", "榕东第1网格")
    }


def test_an_outside_number_without_a_platform_belongs_to_its_channel(work):
    case = work.register(outside_number="H-77")

    assert work.all(OutsideNumber, case)[0].platform == label(Channel.HOTLINE)


def test_the_same_outside_number_is_not_taken_in_twice(work):
    work.register(platform="信访平台", outside_number="X-1")

    with pytest.raises(RuleBroken, match="已登记过") as refused:
        work.register(platform="信访平台", outside_number="X-1")

    assert refused.value.field == "outside_number"
    work.register(platform="民意速办", outside_number="X-1")


def test_numbers_follow_each_other_without_gaps_even_after_a_refusal(work):
    first = work.case(work.register())
    with pytest.raises(RuleBroken):
        work.register(details="  ")
    second = work.case(work.register())

    assert second.seq == first.seq + 1
    assert second.number.endswith(f"{second.seq:05}号")


def test_the_number_belongs_to_the_year_in_which_the_appeal_was_made(work):
    new_year = work.clock.set("2027-01-01 00:20")
    case = work.case(work.register(happened_at=new_year - timedelta(minutes=40)))

    assert case.year == 2026
    assert case.is_backfilled is True


def test_an_appeal_entered_within_half_an_hour_is_no_late_entry(work):
    case = work.register(happened_at=work.clock() - timedelta(minutes=30))

    assert work.case(case).is_backfilled is False


def test_somebody_else_may_have_been_the_first_responder(work):
    case = work.register(
        first_responder=work.staff(CHEN), first_responder_reason="接访会补录", exit=Exit.TRANSFER
    )

    found = work.case(case)
    assert found.first_responder_name == CHEN
    assert found.recorder_id == work.staff(LI)


def test_a_report_is_secret_and_known_only_to_the_desk_that_took_it_in(work):
    case = work.register(
        purpose=Purpose.REPORT,
        community=work.unit("榕东社区"),
        grid=work.unit("榕东第1网格"),
    )

    found = work.case(case)
    assert (found.is_secret, found.hides_appellant) == (True, True)
    assert [row.unit_id for row in work.all(CaseUnit, case)] == [work.unit("信联办")]


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"details": "　\n "}, "details", "请写下诉求内容"),
        ({"details": "\u200b\u2060"}, "details", "请写下诉求内容"),
        ({"exit": Exit.ON_SPOT}, "answer", "现场答复要写下"),
        ({"exit": Exit.GUIDANCE}, "answer", "解释了什么"),
        ({"exit": Exit.GUIDANCE, "answer": "已解释"}, "guided_to", "引导到哪里"),
        ({"headcount": 0}, "headcount", "“人数”应在 1"),
        ({"headcount": 2**40}, "headcount", "“人数”应在 1"),
        ({"appellant": Appellant(birth_year=12)}, "birth_year", "“出生年份”"),
        ({"appellant": Appellant(phone="1" * 41)}, "phone", "“电话”最多 40 字"),
        ({"platform": "台" * 61}, "platform", "“来源平台”最多 60 字"),
        ({"materials": (MaterialFacts("照片", 0),)}, "copies", "“材料份数”"),
        ({"matters": ("事",) * 100}, "matters", "最多 99 个事项"),
        ({"category": 1}, "category", "所选的类别"),
        ({"place": 1}, "place", "所选的小区"),
        ({"first_unit": 1}, "first_unit", "单位不在单位表里"),
        ({"community": 1}, "community", "单位不在单位表里"),
        ({"accused_staff": 1}, "accused_staff", "所选的被反映人员"),
        ({"accused_unit": 1}, "accused_unit", "单位不在单位表里"),
        ({"first_responder": 1}, "first_responder_reason", "首问人不是您本人"),
        (
            {"first_responder": 1, "first_responder_reason": "代为登记"},
            "first_responder",
            "所选的首问人",
        ),
        ({"repeat_of": 1}, "repeat_of", "找不到要关联的原件"),
        ({"details": "\ud800 半个字"}, "details", "残缺的字符"),
        ({"details": "字" * 20_001}, "details", "最多 20000 字"),
    ],
)
def test_an_intake_that_lacks_something_is_refused_beside_its_field(work, facts, field, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        work.register(**facts)

    assert refused.value.field == field


@pytest.mark.parametrize("ahead", [timedelta(minutes=6), timedelta(days=-365 * 40)])
def test_an_impossible_time_of_the_appeal_is_refused(work, ahead):
    with pytest.raises(RuleBroken, match="发生时间") as refused:
        work.register(happened_at=work.clock() + ahead)

    assert refused.value.field == "happened_at"


def test_a_few_minutes_between_two_clocks_are_forgiven(work):
    work.register(happened_at=work.clock() + timedelta(minutes=5))


@pytest.mark.parametrize("exit_", [Exit.ON_SPOT, Exit.OWN_UNIT])
def test_who_is_complained_about_neither_answers_nor_handles_it(work, exit_):
    facts = {"exit": exit_, "answer": "已说明。", "first_unit": work.unit("榕东社区")}

    with pytest.raises(RuleBroken, match="被反映的单位") as refused:
        work.register(CHEN, accused_unit=work.unit("榕东社区"), **facts)
    assert refused.value.field == "accused_unit"

    with pytest.raises(RuleBroken, match="被反映的人") as refused:
        work.register(CHEN, accused_staff=work.staff(CHEN), **facts)
    assert refused.value.field == "accused_staff"


def test_a_grid_does_not_handle_a_complaint_about_its_community(work):
    with pytest.raises(RuleBroken, match="被反映的单位"):
        work.register(
            CHEN,
            exit=Exit.OWN_UNIT,
            first_unit=work.unit("榕东第1网格"),
            accused_unit=work.unit("榕东社区"),
        )


def test_a_community_does_not_handle_a_complaint_about_its_grid_either(work):
    with pytest.raises(RuleBroken, match="被反映的单位"):
        work.register(
            CHEN,
            exit=Exit.OWN_UNIT,
            first_unit=work.unit("榕东社区"),
            accused_unit=work.unit("榕东第1网格"),
        )


def test_a_unit_does_not_take_on_a_complaint_about_another_by_itself(work):
    for field, accused in (
        ("accused_unit", work.unit("南塘社区")),
        ("accused_staff", work.staff(LIANG)),
    ):
        with pytest.raises(RuleBroken, match="由纪工委或领导指定谁来办") as refused:
            work.register(exit=Exit.OWN_UNIT, **{field: accused})
        assert refused.value.field == field
    with pytest.raises(RuleBroken, match="举报件不在窗口答复，也不由本单位自办") as refused:
        work.register(exit=Exit.ON_SPOT, answer="已解释。", purpose=Purpose.REPORT)
    assert refused.value.field == "purpose"
    said = work.register(
        exit=Exit.ON_SPOT, answer="已当面道歉。", accused_unit=work.unit("南塘社区")
    )
    assert work.case(said).status is S.CLOSED


@pytest.mark.parametrize("name", [XU, GAO])
def test_administrators_and_auditors_take_nothing_in(work, name):
    with pytest.raises(NotAllowed, match="您的岗位不能做这一步"):
        work.register(name)


def test_a_repeat_is_linked_to_its_earlier_case_only_by_whoever_may_see_that(work):
    secret = work.register(purpose=Purpose.REPORT)
    plain = work.register()

    case = work.register(LI, repeat_of=plain)
    assert work.case(case).repeat_of_id == plain
    with pytest.raises(RuleBroken, match="找不到要关联的原件"):
        work.register(ZHAO, first_unit=work.unit("城建办"), repeat_of=secret)


def test_the_papers_of_an_intake_carry_the_number_of_the_case(work):
    case = work.register(urgency=Urgency.URGENT)

    number = work.case(case).number
    for code in ("intake-sheet", "receipt"):
        paper = work.papers(case, code)[0]
        assert paper.number == number
        assert paper.row["number"] == number
    assert "urgency" not in work.papers(case, "receipt")[0].row


def test_a_waiting_case_keeps_its_id_from_the_desk(work):
    case = new_id()

    assert work.register(case=case) == case


def test_a_case_cannot_be_registered_twice_under_two_commands(work):
    case = work.register()

    with pytest.raises(Exception, match=r"(?i)unique"):
        work.register(case=case)


def test_the_history_says_how_and_by_whom_it_was_taken_in(work):
    line = work.history(work.register(ZHOU, channel=Channel.CALL))[0]

    assert line.title == "首问受理，受理转办"
    assert line.payload["detail"] == f"来电，首问人 {ZHOU}"
    assert f"{in_shanghai(line.happened_at):%H:%M}" == "09:00"


@pytest.mark.parametrize(
    ("details", "summary"),
    [
        ("电梯坏了。请修。", "电梯坏了"),
        ("电梯坏了！老人下不来", "电梯坏了"),
        ("\n\n第一行\n第二行", "第一行"),
        ("。。。", "。。。"),
        ("。电梯", "。电梯"),
        ("!急", "!急"),
        ("甲\t乙", "甲 乙"),
        ("\u202e倒写\u200b的字", "倒写的字"),
        ("字" * 41, "字" * 39 + "…"),
        ("字" * 40, "字" * 40),
    ],
)
def test_the_heading_of_an_appeal_is_its_first_sentence(details, summary):
    assert summary_of(details) == summary


def test_a_request_is_plain_data_that_can_be_compared():
    facts = {"made_by": 1, "happened_at": None, "command": None, "case": 2}
    facts |= {"exit": Exit.TRANSFER, "channel": Channel.CALL, "category": 1, "first_unit": 1}

    assert RegisterCase(details="甲", **facts) == RegisterCase(details="甲", **facts)
