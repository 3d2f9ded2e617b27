"""Whoever approves an export reads in words what the board was narrowed to."""

import pytest

from desk.queries.board_words import board_words
from desk.queries.case_board import BoardFilter, Tag, Whose
from desk.rules.codes import CaseStatus, Urgency
from tests.actions.work import Work


@pytest.fixture
def work(sqlite_hall):
    return Work(sqlite_hall, sqlite_hall.clock)


def said(work, **parts):
    return work.desk("周航").read(lambda reader: board_words(reader, BoardFilter(**parts)))


def test_every_part_of_the_filter_is_said(work):
    whole = {
        "urgency": Urgency.URGENT,
        "community": work.unit("榕东社区"),
        "category": work.hall.category("楼道漏电"),
        "lead_unit": work.unit("城建办"),
        "with_tag": Tag.REPEAT,
        "words": " 电梯 停 ",
    }
    assert said(work, **whole) == (
        "全街道的在办件；级别：紧急；社区：榕东；类别：楼道漏电；承办：城建办；标签：重复件；"
        "检索“电梯 停”"
    )
    assert said(work, without_tag=Tag.NATIONAL) == "全街道的在办件；不含：国满件"
    for part, words in (
        ({"whose": Whose.MINE, "only_overdue": True}, "申请人本人的超期件"),
        ({"whose": Whose.UNIT, "only_due_soon": True}, "申请人本单位的将到期件"),
        ({"only_today": True}, "全街道的今日新收的在办件"),
        ({"statuses": frozenset({CaseStatus.CLOSED})}, "全街道的已办结待归档件"),
        ({"category": 1}, "全街道的在办件；类别：（已停用）"),
    ):
        assert said(work, **part) == words


def test_a_number_that_was_searched_for_is_masked(work):
    assert said(work, words="陈 13800000023") == "全街道的在办件；检索“陈 138****0023”"
