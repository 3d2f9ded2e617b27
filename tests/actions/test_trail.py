"""Lines of the log on paper: for the auditor, and for a resident who asks who looked at him."""

import pytest
from sqlalchemy.orm import Session

from desk.actions.trail import IssueLookRecord, IssueTrailList
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.trail import TrailGroup
from desk.store.models import Paper
from tests.actions.looks import SECRET_WORDS, looked
from tests.actions.work import GAO, HE, LI, QIN, XU, ZHOU

__all__ = ["looked"]


def paper_of(work, made):
    with Session(work.hall.engine) as session:
        return session.get(Paper, made["paper"])


def test_the_auditor_prints_what_he_found(work, looked):
    number = work.case(looked).number

    made = work.ask(GAO, IssueTrailList, group=TrailGroup.LOOKS, number=number).made

    row = paper_of(work, made).row
    assert [entry["who"] for entry in row["lines"]] == [QIN, LI]
    assert row["lines"][0]["what"] == "个人信息：查看诉求人信息"
    assert row["scope"] == "查看和导出 2026-11-02 至 2026-11-02"
    with pytest.raises(RuleBroken, match="没有查到"):
        work.ask(GAO, IssueTrailList, number="没有这个编号")


def test_far_too_much_is_not_printed_at_once(work, looked, monkeypatch):
    monkeypatch.setattr("desk.actions.trail._LONGEST", 1)

    with pytest.raises(RuleBroken, match="分几次打印"):
        work.ask(GAO, IssueTrailList)
    assert looked


def test_a_resident_is_told_who_looked_at_his_data(work, looked):
    made = work.ask(ZHOU, IssueLookRecord, case=looked).made

    row = paper_of(work, made).row
    assert row["scope"] == work.case(looked).number
    assert [(one["who"], one["what"]) for one in row["lines"]] == [
        (QIN, "个人信息：查看诉求人信息"),
        (LI, "个人信息：查看联系方式（案件卷）"),
    ]
    assert SECRET_WORDS not in str(row)
    assert paper_of(work, work.ask(HE, IssueLookRecord, case=looked).made)


@pytest.mark.parametrize("who", [LI, GAO, XU])
def test_only_who_answers_residents_prints_it(work, looked, who):
    with pytest.raises(NotAllowed):
        work.ask(who, IssueLookRecord, case=looked)


def test_a_case_that_is_not_there_has_no_record(work):
    with pytest.raises(NotAllowed, match="不能查看"):
        work.ask(ZHOU, IssueLookRecord, case=7)
