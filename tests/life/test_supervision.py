"""督办、催办 in the windows: issued, signed for, reported, sent back, closed; urged, explained."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.assessment_codes import SupervisionState, UrgingWay
from desk.rules.deeds import Deed
from desk.store.models import Supervision, Urging

TO_DO = "更换进线并复测，当面向诉求人说明。"


def rows(life, table, case):
    """Return what is stored about a case, the oldest first."""
    with Session(life.hall.engine) as session:
        return list(session.scalars(select(table).where(table.case_id == case).order_by(table.id)))


def issued(clerk_of, case, who="周航"):
    """Issue a supervision to the unit that leads the case, by the keyboard."""
    clerk = clerk_of(who, case).opens(Deed.SUPERVISE)
    clerk.fills(grounds=["领导批示"], requirement=TO_DO).done()


def test_a_case_is_supervised_from_above_and_closed_when_enough_was_done(life, clerk_of):
    case = life.at("handling")
    clerk = clerk_of("周航", case).opens(Deed.SUPERVISE)
    clerk.refused("grounds", "请至少勾一条督办依据。")
    clerk.fills(grounds=["领导批示"])
    clerk.refused("requirement", "请写明督办要求，承办单位才知道做到什么程度。")
    clerk.fills(requirement=TO_DO, due_at="昨天 09:00")
    clerk.refused("due_at", "督办的新时限要晚于现在，请改成以后的日期。")
    clerk.fills(source=3, due_at="明天 18:00")
    clerk.refused("outside_number", "上级下发的督办件请填来文编号；没有编号的写“无”。")
    clerk.fills(outside_number="市督〔2026〕12号").done()
    assert not clerk_of("秦岚", case).may(Deed.DECIDE_SUPERVISION)
    again = clerk_of("秦岚", case).opens(Deed.SUPERVISE)
    again.fills(grounds=["舆情"], requirement=TO_DO)
    again.refused("unit", "这个单位已有一件没销号的督办。请先办完那一件，或撤销后重发。")

    clerk_of("赵强", case).opens(Deed.TAKE_SUPERVISION).done()
    unit = clerk_of("赵强", case).opens(Deed.REPORT_SUPERVISION)
    unit.refused("report", "请写明整改到什么程度、诉求人怎么说。")
    unit.fills(report="已换进线，复测合格。").done()
    office = clerk_of("周航", case).opens(Deed.DECIDE_SUPERVISION).fills(outcome=2)
    office.refused("note", "请写明理由，承办单位会看到。")
    office.fills(note="没有诉求人的话").done()
    unit = clerk_of("赵强", case).opens(Deed.REPORT_SUPERVISION)
    unit.fills(report="已换进线，诉求人签字。").done()
    clerk_of("周航", case).opens(Deed.DECIDE_SUPERVISION).fills(outcome=1).done()

    (row,) = rows(life, Supervision, case)
    assert row.state is SupervisionState.CLOSED
    assert row.outside_number == "市督〔2026〕12号"


def test_what_was_issued_by_mistake_is_dropped_and_nobody_else_may(life, clerk_of):
    case = life.at("handling")
    issued(clerk_of, case)
    for who in ("赵强", "李敏"):
        assert not clerk_of(who, case).may(Deed.SUPERVISE)
        assert not clerk_of(who, case).may(Deed.DECIDE_SUPERVISION)
    assert not clerk_of("李敏", case).may(Deed.TAKE_SUPERVISION)
    clerk_of("周航", case).opens(Deed.DECIDE_SUPERVISION).fills(outcome=1, note="发错了").done()
    (row,) = rows(life, Supervision, case)
    assert row.state is SupervisionState.REVOKED
    assert not clerk_of("赵强", case).may(Deed.TAKE_SUPERVISION)


def test_a_unit_is_urged_step_by_step_and_explains_itself(life, clerk_of):
    case = life.at("handling")
    clerk = clerk_of("周航", case).opens(Deed.URGE)
    clerk.refused("note", "请写明催办了什么，承办单位才知道先做哪一步。")
    clerk.fills(note="赵强接，今天到场。").done()
    clerk = clerk_of("周航", case).opens(Deed.URGE)
    clerk.fills(way=4, note="两次催办没有回音。")
    sooner = "书面通报要等催办通知书到期仍没有说明才用。请先发催办通知书，或打电话催办。"
    clerk.refused("way", sooner)
    clerk.fills(way=3, explain_by="")
    clerk.refused("explain_by", "催办通知书请写明什么时候以前说明，要晚于现在。")
    clerk.fills(explain_by="明天 18:00").done()
    unit = clerk_of("赵强", case).opens(Deed.EXPLAIN_URGING)
    unit.refused("explanation", "请写明原因，以及什么时候办完。")
    unit.fills(explanation="等停电通知，周三办完。").done()
    phone, notice = rows(life, Urging, case)
    assert (phone.way, notice.way) == (UrgingWay.PHONE, UrgingWay.WRITTEN)
    assert notice.explanation == "等停电通知，周三办完。"
