"""Talks are decided and recorded by people, promises followed; honours are named, never ranked."""

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from desk.actions.administration import ChangeUnit, SetSetting
from desk.actions.followup import RecordFollowUp
from desk.actions.honours import GiveHonour, IssueHonourList, NameHonour, WithdrawHonour
from desk.actions.talks import DecideTalk, KeepPromise, RecordTalk
from desk.forms import render
from desk.forms.row_keys import entry_keys, keys
from desk.queries.honours import honour_board
from desk.queries.talks import month_days, talk_board, talk_candidates
from desk.rules.assessment_codes import HonourKind, TalkDecision
from desk.rules.codes import Discontent, NextStep, PaperState, Resolution, Satisfaction
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Honour, Paper, UnitTalk
from tests.actions.work import LI, QIN, SUN, WU, XU, ZHAO, ZHENG, ZHOU, S

TALK, NO_TALK, HELD = TalkDecision
REASON = "连夜协调供电抢修，守到天亮。"


def decide(work, who=ZHENG, unit="城建办", **more):
    facts = {"month": "2026-10", "decision": TALK, "why": "当月 64 件，9 个单位中排第 8"} | more
    return work.ask(who, DecideTalk, unit=work.unit(unit), **facts)


def record(work, talk, **more):
    facts = {
        "held_at": work.clock(),
        "place": "三楼会议室",
        "talked_by": "秦岚",
        "attended": "秦岚、方岩",
        "minutes": "通报十月数字。",
        "promised": "补齐两名电工",
        "due_on": date(2026, 11, 20),
    }
    work.clock.forward(minutes=1)
    return work.ask(QIN, RecordTalk, talk=talk, **(facts | more))


def talk_of(work, talk):
    with Session(work.hall.engine) as session:
        return session.get(UnitTalk, talk)


def papers_of(work, number):
    with Session(work.hall.engine) as session:
        return list(session.scalars(select(Paper).where(Paper.number == number).order_by(Paper.id)))


def rate(work, case, satisfaction):
    is_bad = satisfaction is Satisfaction.DISSATISFIED
    more = {"discontent": Discontent.NOT_SOLVED, "next_step": NextStep.AGAIN} if is_bad else {}
    work.ask(
        WU,
        RecordFollowUp,
        case,
        is_reached=True,
        was_contacted=True,
        resolution=Resolution.NO if is_bad else Resolution.YES,
        satisfaction=satisfaction,
        **({"next_step": NextStep.CLOSE} | more),
    )


def test_the_rule_names_who_had_many_and_came_last_and_people_decide(own_work):
    work = own_work
    work.ask(XU, SetSetting, key="talk_rule", value={"cases": 1, "last": 1})
    for lead, handler, said in (
        ("城建办", ZHAO, Satisfaction.DISSATISFIED),
        ("综合行政执法队", SUN, Satisfaction.SATISFIED),
    ):
        rate(work, work.to(S.FOLLOW_UP, lead=lead, handler=handler), said)
    renamed = {"name": "城市建设科", "short_name": "城建科", "phone": "", "opening_hours": ""}
    work.ask(
        XU,
        ChangeUnit,
        unit=work.unit("城建办"),
        parent=work.unit("青榕街道"),
        is_always_open=False,
        valid_from=date(2026, 11, 20),
        **renamed,
    )
    work.clock.set("2026-12-01 09:00")
    board = work.desk(ZHENG).read(talk_board)
    (one,) = board.named
    assert (board.month, board.rule) == ("2026-11", "1 件、后 1 名")
    assert (one.unit, one.id) == ("城建科", -one.unit_id)
    assert one.why.startswith("当月 1 件，2 个单位中排第 2")
    assert one.figures == ("受理 1 件，有评价 1 件，响应率 100.00%，解决率 0.00%，满意率 0.00%")
    said = decide(work, month=one.month, why=one.why, figures=one.figures)
    assert said.title == "2026-11 城建科：约谈"
    before = work.desk(ZHENG).read(lambda reader: talk_board(reader, "2026-10"))
    assert (before.month, before.rule, before.named) == ("2026-10", "10 件、后 3 名", ())
    after = work.desk(QIN).read(talk_board)
    assert after.named == ()
    assert [(talk.unit, talk.waits) for talk in after.talks] == [("城建科", True)]
    with pytest.raises(NotAllowed):
        work.desk(WU).read(lambda reader: talk_candidates(reader, "2026-11"))


def test_a_month_ends_with_its_last_day():
    assert month_days("2026-12") == (date(2026, 12, 1), date(2026, 12, 31))
    assert month_days("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))


def test_a_decision_is_made_once_for_a_month_and_can_be_changed(work):
    with pytest.raises(RuleBroken, match="不约谈请写明理由"):
        decide(work, month="2026-01", decision=NO_TALK)
    talk = decide(work, month="2026-01", decision=NO_TALK, reason="已换负责人").made["talk"]
    with pytest.raises(RuleBroken, match="已记为“不约谈”"):
        decide(work, month="2026-01", decision=NO_TALK, reason="再记一次")
    assert decide(work, month="2026-01").made["talk"] == talk
    assert talk_of(work, talk).decision is TALK


def test_a_talk_is_recorded_on_paper_and_a_correction_is_its_next_revision(work):
    talk = decide(work, month="2026-02", figures="受理 64 件").made["talk"]
    said = record(work, talk)
    number = said.made["number"]
    (paper,) = papers_of(work, number)
    assert paper.row["month"] == "2026年2月"
    assert paper.row["figures"] == "受理 64 件"
    assert paper.row["promised"] == "补齐两名电工（2026-11-20 前落实）"
    assert set(paper.row) <= keys("interview-record")
    assert render("interview-record", paper.row).pages == 1

    record(work, talk, promised="", due_on=None)
    first, second = papers_of(work, number)
    assert (first.state, second.revision) == (PaperState.VOID, 2)
    assert second.row["promised"] is None
    assert talk_of(work, talk).decision is HELD
    with pytest.raises(RuleBroken, match="已记为“已约谈”"):
        decide(work, month="2026-02", decision=NO_TALK, reason="不谈了")


def test_what_was_promised_is_open_until_somebody_says_how_it_was_kept(work):
    talk = decide(work, month="2026-03").made["talk"]
    record(work, talk, due_on=date(2026, 11, 2))

    def shown():
        talks = work.desk(ZHAO).read(talk_board).talks
        return next(one for one in talks if one.id == talk)

    assert (shown().waits, shown().is_late) == (True, False)
    work.clock.forward(minutes=2 * 24 * 60)
    assert shown().is_late
    with pytest.raises(RuleBroken, match="落实的情况"):
        work.ask(QIN, KeepPromise, talk=talk, kept_on=date(2026, 11, 3), note=" ")
    with pytest.raises(RuleBroken, match="还没有到"):
        work.ask(QIN, KeepPromise, talk=talk, kept_on=date(2026, 12, 3), note="到岗")
    work.ask(QIN, KeepPromise, talk=talk, kept_on=date(2026, 11, 3), note="两名电工已到岗")
    assert (shown().waits, shown().is_late, shown().kept_note) == (False, False, "两名电工已到岗")


def test_only_those_who_steer_decide_and_a_unit_sees_only_talks_with_itself(work):
    for who in (LI, ZHAO, WU):
        with pytest.raises(NotAllowed):
            decide(work, who, month="2026-04")
    talk = decide(work, month="2026-04").made["talk"]
    none = decide(work, month="2026-05", decision=NO_TALK, reason="已改进").made["talk"]
    mine = work.desk(ZHAO).read(talk_board)
    assert not mine.may_steer
    assert talk in {one.id for one in mine.talks}
    assert none not in {one.id for one in mine.talks}
    assert talk not in {one.id for one in work.desk(SUN).read(talk_board).talks}
    with pytest.raises(RuleBroken, match="找不到这次约谈"):
        record(work, talk + 1)


def named(work, kind=HonourKind.PERSON, who=LI, **more):
    facts = {"year": 2026, "unit": work.unit("城建办"), "person": "刘建", "reason": REASON}
    if kind is HonourKind.UNIT:
        facts["person"] = ""
    return work.ask(who, NameHonour, kind=kind, **(facts | more)).made["honour"]


def test_an_honour_is_named_by_anybody_given_by_leaders_and_listed_without_ranks(work):
    unit, person = named(work, HonourKind.UNIT), named(work)
    with pytest.raises(RuleBroken, match="先授予再打印"):
        work.ask(ZHOU, IssueHonourList, year=2026)
    with pytest.raises(NotAllowed):
        work.ask(ZHAO, GiveHonour, honour=person)
    for honour in (person, unit):
        work.ask(ZHENG, GiveHonour, honour=honour)
    with pytest.raises(RuleBroken, match="已授予过"):
        work.ask(ZHENG, GiveHonour, honour=person)

    number = work.ask(ZHOU, IssueHonourList, year=2026).made["number"]
    (paper,) = papers_of(work, number)
    assert [(one["honour"], one["person"]) for one in paper.row["honours"]] == [
        ("先进办件集体", None),
        ("最美办件人", "刘建"),
    ]
    assert set(paper.row) <= keys("honour-list")
    assert {"n", *paper.row["honours"][0]} == entry_keys("honour-list", "honours")
    assert render("honour-list", paper.row).pages == 1

    said = work.ask(ZHENG, WithdrawHonour, honour=person, note="事迹不实")
    assert "刘建" not in said.title  # the line of the log is read by more than the list
    with Session(work.hall.engine) as session:
        row = session.get(Honour, person)
    assert (row.withdraw_note, row.withdrawn_by) == ("事迹不实", work.staff(ZHENG))
    with pytest.raises(RuleBroken, match="找不到这项提名"):
        work.ask(ZHENG, GiveHonour, honour=person + 1)


def test_units_stand_beside_their_year_and_no_person_has_figures(work):
    work.to(S.CLOSED)
    honour = named(work)
    board = work.desk(ZHENG).read(lambda reader: honour_board(reader, 2026))
    assert {one.unit for one in board.figures} <= {name for _unit, name in board.units}
    assert any(one.unit == "城建办" and "响应率" in one.figures for one in board.figures)
    assert next(one for one in board.names if one.id == honour).named_by == LI
    mine = work.desk(LI).read(lambda reader: honour_board(reader, 2026))
    assert mine.figures == ()


FOREIGN = (
    ("UPDATE unit_talks SET why = 'x' WHERE id = :talk", "登记后不能更改"),
    ("UPDATE unit_talks SET decision = 'no_talk' WHERE id = :talk", "状态流转不允许"),
    ("DELETE FROM unit_talks WHERE id = :talk", "记录不能删除"),
    ("UPDATE honours SET person = 'x' WHERE id = :honour", "登记后不能更改"),
    ("UPDATE honours SET withdraw_note = 'x' WHERE id = :honour", "登记后不能更改"),
    ("DELETE FROM honours WHERE id = :honour", "记录不能删除"),
)


def test_foreign_sql_changes_nothing_that_was_said(work):
    talk = decide(work, month="2026-06").made["talk"]
    record(work, talk)
    honour = named(work)
    work.ask(ZHENG, WithdrawHonour, honour=honour, note="事迹不实")
    for statement, sentence in FOREIGN:
        with work.hall.engine.connect() as connection, connection.begin() as attempt:
            with pytest.raises(DatabaseError, match=sentence):
                connection.execute(text(statement), {"talk": talk, "honour": honour})
            attempt.rollback()
