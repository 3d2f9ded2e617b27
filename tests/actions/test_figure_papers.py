"""The cases behind a figure on paper: as they are now, for whoever may see them, nobody named."""

import pytest
from sqlalchemy.orm import Session

from desk.actions.figure_papers import IssueFigureList
from desk.rules.codes import CaseStatus
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Paper
from tests.actions.work import SUN, ZHAO, ZHENG

SCOPE = "2026-11-01 至 2026-11-30：受理"


def row_of(work, made):
    with Session(work.hall.engine) as session:
        return session.get_one(Paper, made["paper"]).row


def test_a_list_says_number_unit_title_and_what_people_said(work):
    closed = work.to(CaseStatus.CLOSED, community=work.unit("榕东社区"))
    fresh = work.register()

    made = work.ask(ZHENG, IssueFigureList, scope=SCOPE, cases=(fresh, closed)).made

    row = row_of(work, made)
    first, second = row["lines"]
    assert (row["scope"], row["total"]) == (SCOPE, 2)
    assert first["case_number"] == work.case(fresh).number
    assert (first["community"], first["rated"]) == (None, None)
    assert second | {"subject": ""} == {
        "case_number": work.case(closed).number,
        "received_on": "2026-11-02",
        "unit": "城建办",
        "community": "榕东",
        "subject": "",
        "state": "已办结",
        "rated": "双是",
    }
    assert "陈桂芳" not in str(row)


def test_nobody_prints_what_he_may_not_see(work):
    case = work.to(CaseStatus.DISPATCHED)

    with pytest.raises(NotAllowed, match="重新打开清单"):
        work.ask(SUN, IssueFigureList, scope=SCOPE, cases=(case,))
    assert work.ask(ZHAO, IssueFigureList, scope=SCOPE, cases=(case,)).made["number"]


def test_neither_nothing_nor_far_too_much_is_printed(work, monkeypatch):
    case = work.register()
    monkeypatch.setattr("desk.actions.figure_papers.MOST", 1)

    with pytest.raises(RuleBroken, match="没有件"):
        work.ask(ZHENG, IssueFigureList, scope=SCOPE, cases=())
    with pytest.raises(RuleBroken, match="分几次打印"):
        work.ask(ZHENG, IssueFigureList, scope=SCOPE, cases=(case, case))
