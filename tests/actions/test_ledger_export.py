"""Taking a ledger out: alone up to some rows, above that with a second person, once."""

from datetime import date

import pytest

from desk.actions.ledger_export import ON_BOARD, AskExport, DecideExport, ExportLedger
from desk.queries.ledger_exports import asked_exports, export_size
from desk.rules.errors import NotAllowed, RuleBroken
from tests.actions.work import LI, QIN, ZHENG, ZHOU
from tests.small_hall import COMMAND_LINE

JUNE = {"kind": "诉求台账", "first_day": date(2026, 6, 1), "last_day": date(2026, 6, 30)}
MANY = 501


def take_out(work, who, rows=MANY, **more):
    facts = {**JUNE, "reason": "半年总结", "rows": rows, "content_hash": "0" * 64} | more
    return work.ask(who, ExportLedger, **facts)


def ask(work, who=ZHOU, rows=MANY, **more):
    facts = {**JUNE, "reason": "半年总结", "rows": rows, "is_full": True} | more
    return work.ask(who, AskExport, **facts).made["export_request"]


def newest(work, who=ZHOU):
    return work.desk(who).read(asked_exports)[0]


def test_up_to_five_hundred_rows_a_day_go_out_with_a_reason_alone(work):
    work.clock.set("2026-10-12 09:00")  # a day of its own: what went out on it counts
    with pytest.raises(RuleBroken, match="不超过 500 件"):
        ask(work, rows=500)
    assert take_out(work, ZHOU, rows=497).title == "导出诉求台账 497 件"
    assert take_out(work, ZHOU, rows=3, is_full=False).title == "导出诉求台账 3 件（遮盖）"


def test_the_limit_is_not_walked_around_in_pieces(work):
    work.clock.set("2026-10-14 09:00")
    take_out(work, ZHOU, rows=300)
    take_out(work, ZHENG, rows=300)  # everybody has a limit of his own
    with pytest.raises(RuleBroken, match="超过今天一个人还能导出的 200 件"):
        take_out(work, ZHOU, rows=201)
    asked = ask(work, rows=201)
    work.ask(ZHENG, DecideExport, export_request=asked, is_granted=True)
    take_out(work, ZHOU, rows=201)
    take_out(work, ZHOU, rows=200)  # what somebody approved does not count
    work.clock.forward(days=1)
    take_out(work, ZHOU, rows=500)


def test_a_board_goes_out_with_no_more_rows_than_were_approved(work):
    board = {"kind": ON_BOARD, "is_full": False}
    asked = ask(work, rows=600, **board)
    work.ask(ZHENG, DecideExport, export_request=asked, is_granted=True)
    with pytest.raises(RuleBroken, match="先批准"):
        take_out(work, ZHOU, rows=601, **board)
    assert take_out(work, ZHOU, rows=599, **board).title == "导出看板所列诉求 599 件（遮盖）"


def test_a_board_goes_out_only_as_it_was_narrowed_when_it_was_approved(work):
    lamps = "全街道的在办件；检索“路灯”"
    board = {"kind": ON_BOARD, "is_full": False, "rows": 600}
    asked = ask(work, **board, narrowed_to=lamps)
    assert newest(work, ZHENG).narrowed_to == lamps
    assert work.clock.forward(minutes=20)
    work.ask(ZHENG, DecideExport, export_request=asked, is_granted=True)  # holds from now on
    for other in ("全街道的在办件", ""):
        with pytest.raises(RuleBroken, match="先批准"):
            take_out(work, ZHOU, **board, narrowed_to=other)
    take_out(work, ZHOU, **board, narrowed_to=lamps)


def test_more_rows_wait_for_a_second_person_who_is_named(work):
    with pytest.raises(RuleBroken, match="另一位有导出权限的人先批准") as refused:
        take_out(work, ZHOU)
    assert ZHENG in str(refused.value)
    assert QIN in str(refused.value)
    assert ZHOU not in str(refused.value)


def test_what_was_approved_goes_out_once(work):
    asked = ask(work)
    assert newest(work, ZHENG).waits
    assert newest(work, ZHENG).state(work.clock()) == "等另一位批准"
    with pytest.raises(RuleBroken, match="另一位同事批准"):
        work.ask(ZHOU, DecideExport, export_request=asked, is_granted=True)

    work.ask(ZHENG, DecideExport, export_request=asked, is_granted=True)
    assert newest(work).state(work.clock()) == "已批准，可以导出一次"
    take_out(work, ZHOU)

    assert newest(work).state(work.clock()) == "已导出"
    with pytest.raises(RuleBroken, match="先批准"):
        take_out(work, ZHOU)
    with pytest.raises(RuleBroken, match="已经处理过"):
        work.ask(QIN, DecideExport, export_request=asked, is_granted=False, note="晚了")


def test_an_approval_is_for_these_days_this_person_and_a_while_only(work):
    asked = ask(work, is_full=False)
    work.ask(ZHENG, DecideExport, export_request=asked, is_granted=True)

    for who, more in (
        (ZHENG, {"is_full": False}),
        (ZHOU, {"last_day": date(2026, 7, 1), "is_full": False}),
        (ZHOU, {"is_full": True}),
    ):
        with pytest.raises(RuleBroken, match="先批准"):
            take_out(work, who, **more)
    work.clock.forward(hours=25)
    assert newest(work).state(work.clock()) == "已过期"
    with pytest.raises(RuleBroken, match="先批准"):
        take_out(work, ZHOU, is_full=False)


def test_a_refusal_says_why(work):
    asked = ask(work)
    with pytest.raises(RuleBroken, match="写一句为什么") as refused:
        work.ask(ZHENG, DecideExport, export_request=asked, is_granted=False)
    assert refused.value.field == "note"

    work.ask(ZHENG, DecideExport, export_request=asked, is_granted=False, note="只要六月上半月")

    answer = newest(work)
    assert (answer.state(work.clock()), answer.note) == ("未批准", "只要六月上半月")
    assert (answer.who, answer.decided_by, answer.is_mine) == (ZHOU, ZHENG, True)


def test_who_may_not_export_neither_asks_nor_decides_nor_knows(work):
    asked = ask(work)

    with pytest.raises(NotAllowed):
        ask(work, LI)
    with pytest.raises(NotAllowed):
        work.ask(LI, DecideExport, export_request=asked, is_granted=True)
    assert work.desk(LI).read(asked_exports) == ()
    with pytest.raises(RuleBroken, match="找不到这份申请"):
        work.ask(ZHENG, DecideExport, export_request=1, is_granted=True)


@pytest.mark.parametrize(
    ("more", "field"), [({"reason": " "}, "reason"), ({"last_day": date(2026, 5, 1)}, "first_day")]
)
def test_a_request_needs_a_reason_and_days_in_their_order(work, more, field):
    with pytest.raises(RuleBroken) as refused:
        ask(work, **more)
    assert refused.value.field == field


def test_the_command_line_takes_out_what_it_is_told_to_and_it_is_written_down(work):
    assert take_out(work, COMMAND_LINE, rows=9000).title == "导出诉求台账 9000 件"


def test_one_sees_beforehand_how_much_a_period_has(work):
    work.clock.set("2026-10-19 09:00")
    work.register(LI)
    today = work.clock().date()
    size = work.desk(ZHOU).read(lambda reader: export_size(reader, today, today))
    assert size.rows >= 1
    assert size.alone == 500
