"""The auditor reads who did what; everybody reads what is about himself; nobody else reads both."""

from datetime import date
from functools import partial

import pytest

from desk.actions.looking import LookAtContact
from desk.actions.staffing import ResetPassword
from desk.actions.trail import IssueTrailList
from desk.queries.trail import AskedTrail, audited_day, audited_lines, audited_people, own_trail
from desk.rules.errors import NotAllowed
from desk.rules.trail import TrailGroup
from tests.actions.conftest import shared_hall, work
from tests.actions.looks import SECRET_WORDS, looked
from tests.actions.work import GAO, LI, QIN, XU, ZHAO, ZHENG

__all__ = ["looked", "shared_hall", "work"]


def audited(work, **asked):
    return work.desk(GAO).read(partial(audited_lines, asked=AskedTrail(**asked))).lines


def told(lines):
    return [(line.who, line.subject, line.title) for line in lines]


LOOKS = [
    (QIN, "个人信息", "查看诉求人信息"),
    (LI, "个人信息", "查看联系方式（案件卷）"),
]


def test_the_auditor_reads_who_looked_first(work, looked):
    number = work.case(looked).number

    lines = audited(work, group=TrailGroup.LOOKS, number=number)

    assert told(lines) == LOOKS
    assert {line.number for line in lines} == {number}
    assert lines[1].desk == "窗口 1"
    assert [line.sent_by for line in lines] == ["", ""]


def test_lines_are_found_by_person_day_and_number(work, looked):
    today = work.clock().date()
    seq = work.case(looked).number.partition("〕")[2]

    assert told(audited(work, number=seq))[:2] == LOOKS
    assert {line.who for line in audited(work, person=work.staff(QIN))} == {QIN}
    assert told(audited(work, first=today, last=today, group=TrailGroup.LOOKS))[:2] == LOOKS
    assert audited(work, last=date(2025, 1, 1)) == ()
    assert audited(work, number="没有这个编号") == ()
    assert len(audited(work)) > len(audited(work, group=TrailGroup.LOOKS))
    first_line = audited(work, group=TrailGroup.RIGHTS)[-1]
    assert (first_line.place, first_line.subject) == (1, "街道")


def test_the_auditor_reads_no_word_of_what_a_case_says(work, looked):
    said = str(audited(work)) + str(work.desk(GAO).read(own_trail))

    assert SECRET_WORDS not in said
    assert work.case(looked).details == SECRET_WORDS


def test_the_day_is_counted_by_group(work, looked):
    work.clock.forward(days=3)
    empty = work.desk(GAO).read(audited_day)
    work.ask(LI, LookAtContact, case=looked, where="回访")
    found = work.desk(GAO).read(audited_day)

    assert set(empty.counts.values()) == {0}
    assert found.day == work.clock().date()
    assert (found.counts[TrailGroup.LOOKS], found.counts[TrailGroup.ALL]) == (1, 1)
    people = dict(work.desk(GAO).read(audited_people))
    assert people[work.staff(QIN)].startswith(QIN)


@pytest.mark.parametrize("who", [LI, ZHENG, QIN, XU])
def test_nobody_but_the_auditor_reads_the_log(work, who):
    for query in (partial(audited_lines, asked=AskedTrail()), audited_people, audited_day):
        with pytest.raises(NotAllowed):
            work.desk(who).read(query)
    with pytest.raises(NotAllowed):
        work.ask(who, IssueTrailList)


def test_everybody_reads_what_is_about_himself(work, looked):
    work.ask(XU, ResetPassword, staff=work.staff(LI), password="another-2026")

    lines = work.desk(LI).read(own_trail).lines

    about_me = [(line.who, line.title) for line in lines]
    assert (XU, f"重设 {LI} 的密码") in about_me
    assert [line for line in told(lines) if line in LOOKS][:2] == LOOKS  # he recorded the case
    assert work.desk(GAO).read(own_trail).lines == ()
    others = {line.who for line in work.desk(ZHAO).read(own_trail).lines}
    assert others <= {ZHAO}
    assert work.case(looked).number in {line.number for line in lines}
