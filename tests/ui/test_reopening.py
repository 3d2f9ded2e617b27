"""An intake that waits here can be opened again: not a word of it is lost."""

from datetime import datetime
from uuid import UUID

from desk.actions.intake import Appellant, MaterialFacts, RegisterCase
from desk.rules.codes import Channel, Exit, GuideWay, IdKind, Purpose, Sex, SourceLevel
from desk.rules.moments import SHANGHAI
from desk.rules.urgency import Judgement, suggest_urgency
from desk.ui.intake.facts import register_request
from desk.ui.intake.reopening import content_of

AT = datetime(2026, 11, 2, 8, 50, tzinfo=SHANGHAI)
JUDGED = Judgement(True)


def test_the_form_sent_once_more_is_the_same_intake():
    asked = RegisterCase(
        made_by=11,
        happened_at=AT,
        command=UUID("12345678-1234-4234-8234-123456789abc"),
        case=77,
        exit=Exit.GUIDANCE,
        channel=Channel.CALL,
        details="三单元路灯不亮。\n晚上看不见路。",
        category=5,
        first_unit=6,
        appellant=Appellant(
            name="王桂兰",
            phone="13800000001",
            other_phone="13800000002",
            address="青榕花园七栋",
            site="七栋门口",
            workplace="街道小学",
            sex=Sex.FEMALE,
            id_kind=IdKind.PASSPORT,
            id_number="E00000000",
            guardian="王小明",
            representatives="李四",
            other_party="物业公司",
        ),
        request="尽快修好",
        purpose=Purpose.HELP,
        source_level=SourceLevel.STREET,
        platform="12345",
        outside_number="X-1",
        headcount=3,
        needs=("轮椅",),
        place=8,
        community=9,
        grid=10,
        first_responder=12,
        first_responder_reason="代为登记",
        judgement=JUDGED,
        urgency=suggest_urgency(JUDGED).urgency,
        hides_appellant=True,
        matters=("换灯", "查线路"),
        materials=(MaterialFacts("照片", 2), MaterialFacts("合同", 1, is_original=True)),
        occurred="昨晚",
        litigation="无",
        answer="已说明不归街道管",
        guided_to="供电所",
        guide_person="赵工",
        guide_phone="13800000003",
        service_item=4,
        guide_way=next(iter(GuideWay)),
        has_arrived=True,
        same_visit=76,
        repeat_of=75,
        note="记一笔",
    )
    again = register_request(
        content_of(asked), asked.exit, made_by=asked.made_by, home_unit=1, now=AT
    )
    assert vars_of(again) == vars_of(asked)


def vars_of(asked):
    return {n: getattr(asked, n) for n in asked.__dataclass_fields__ if n != "case"}
