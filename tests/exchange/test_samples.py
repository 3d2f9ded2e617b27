"""Both sample ledgers, each dirty cell of them (EXCHANGE.md 2)."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from desk.exchange.ledgers import read_ledger
from desk.rules.codes import DispatchMode, Resolution, Satisfaction, Urgency
from desk.rules.moments import SHANGHAI
from tests.exchange.ledger_files import APPEALS, TICKETS


@pytest.fixture(scope="module")
def appeals():
    return read_ledger(APPEALS)


@pytest.fixture(scope="module")
def tickets():
    return read_ledger(TICKETS)


def row(reading, number):
    return next(row for row in reading.rows if row.row_number == number)


def test_all_480_appeals_are_taken_without_a_word(appeals):
    assert (appeals.kind, len(appeals.rows)) == ("诉求台账", 480)
    assert (appeals.refused, appeals.hints) == ((), ())


def test_the_appeals_keep_their_figures(appeals):
    assert Counter(r.urgency for r in appeals.rows) == {
        Urgency.ROUTINE: 275,
        Urgency.FAST: 191,
        Urgency.URGENT: 14,
    }
    assert Counter(r.satisfaction for r in appeals.rows) == {
        Satisfaction.SATISFIED: 405,
        Satisfaction.NOT_RATED: 32,
        Satisfaction.FAIRLY: 29,
        Satisfaction.DISSATISFIED: 14,
    }
    assert Counter(r.resolution for r in appeals.rows) == {
        Resolution.YES: 422,
        None: 32,
        Resolution.NO: 15,
        Resolution.PARTLY: 11,
    }
    assert Counter(r.was_contacted for r in appeals.rows) == {True: 445, None: 32, False: 3}
    assert sum(not r.counts_in_rates for r in appeals.rows) == 54
    assert sum(r.is_complex for r in appeals.rows) == 45
    assert sum(r.is_national for r in appeals.rows) == 4
    double = [r for r in appeals.rows if r.dispatch_mode is DispatchMode.DOUBLE]
    assert len(double) == 153
    assert all(len(r.support_units) == 1 for r in double)


def test_rare_characters_of_the_appeals_are_kept(appeals):
    names = Counter(r.appellant for r in appeals.rows)
    for name in ("䶮晓东", "张㛃", "买买提·吐尔逊", "刘𣗋", "陈𫖯", "曹喆", "赵祎晗"):
        assert names[name] > 0


def test_all_320_tickets_are_readable(tickets):
    assert (tickets.kind, len(tickets.rows), tickets.refused) == ("12345工单", 320, ())


def test_full_width_and_prefixed_telephone_numbers_are_made_uniform(tickets):
    assert row(tickets, 7).phone == "13800000012"
    assert row(tickets, 11).phone == "13800000033"


def test_a_date_with_slashes_and_one_as_a_bare_number_are_read(tickets):
    day = datetime(2026, 8, 3, tzinfo=SHANGHAI)
    assert row(tickets, 16).handled_at == day + timedelta(hours=9, minutes=5)
    assert row(tickets, 23).handled_at == day + timedelta(hours=12)


def test_a_hidden_character_and_a_missing_caller_are_read(tickets):
    assert row(tickets, 35).appellant == "张三丰"
    assert row(tickets, 79).appellant == ""


def test_a_formula_and_markup_stay_text(tickets):
    assert row(tickets, 42).details == '=HYPERLINK("http://x","看")'
    assert row(tickets, 132).title == '<b>标题</b> & "引号"'


def test_a_short_name_a_stray_word_and_a_long_text_are_read(tickets):
    assert row(tickets, 54).community == "榕东"
    assert row(tickets, 63).resolution is Resolution.YES
    assert len(row(tickets, 90).details) == 1170
    assert row(tickets, 122).community == "不存在的社区"


def test_the_repeated_ticket_is_the_same_in_every_field(tickets):
    first, second = row(tickets, 101), row(tickets, 102)
    assert replace(first, row_number=102) == second
    assert len({r.outside_number for r in tickets.rows}) == 319


def test_a_ticket_without_a_level_is_routine_and_marked(tickets):
    assert {r.urgency for r in tickets.rows} == {Urgency.ROUTINE}
    assert all("待定级" in r.tags for r in tickets.rows)


def test_every_change_of_the_tickets_is_said(tickets):
    assert [hint.split("：")[0] for hint in tickets.hints] == [
        "第 7 行 来电人电话/账号",
        "第 11 行 来电人电话/账号",
        "第 16 行 办结时间",
        "第 35 行 来电人",
        "第 42 行 主要内容",
    ]
