"""The printed folder: what lies on one desk, the longest there first, for who prints folders."""

import pytest

from desk.actions.sign_folder import IssueSignFolder
from desk.rules.codes import CaseStatus, Role
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import Paper
from tests.actions.test_signing import Signing
from tests.actions.work import FENG, SUN, WANG, ZHAO, ZHENG, ZHOU

S = CaseStatus


@pytest.fixture
def work(hall, clock):
    """A hall of the test's own in which 郑伟 answers for 城建办."""
    return Signing(hall, clock)


def row_of(work, paper):
    with work.hall.engine.connect() as connection:
        table = Paper.__table__
        return connection.execute(table.select().where(table.c.id == paper)).one()


def test_the_cover_lists_what_lies_on_the_leaders_desk(work):
    first = work.waiting()
    work.clock.forward(days=1)
    second = work.waiting()
    work.sign(ZHENG, work.waiting())
    work.waiting(lead="综合行政执法队", handler=SUN)

    changes = work.ask(FENG, IssueSignFolder, leader=work.staff(ZHENG))

    assert changes.title == "打印签批夹 郑伟 2 份"
    assert changes.made["opinions"] == [first, second]
    paper = row_of(work, changes.made["paper"])
    assert paper.code == "sign-folder"
    assert paper.row["leader"] == "郑伟"
    assert [line["number"] for line in paper.row["cases"]] == [
        work.case(case).number for case in (first, second)
    ]
    assert [line["left"] for line in paper.row["cases"]] == ["2 天", "3 天"]


def test_what_any_leader_may_sign_has_a_folder_of_its_own(work):
    case = work.waiting(lead="综合行政执法队", handler=SUN)

    changes = work.ask(ZHOU, IssueSignFolder, leader=None, role=Role.LEADER)

    assert changes.made["opinions"] == [case]
    assert row_of(work, changes.made["paper"]).row["leader"] == "任一分管领导"


def test_an_empty_desk_needs_no_folder(work):
    for leader, role in ((work.staff(WANG), Role.CHIEF), (None, Role.CHIEF)):
        with pytest.raises(RuleBroken, match="不用印签批夹"):
            work.ask(FENG, IssueSignFolder, leader=leader, role=role)
    with pytest.raises(RuleBroken, match="找不到这位领导"):
        work.ask(FENG, IssueSignFolder, leader=5)


@pytest.mark.parametrize("name", [ZHAO, ZHENG])
def test_only_the_office_and_the_dispatchers_print_folders(work, name):
    work.waiting()

    with pytest.raises(NotAllowed):
        work.ask(name, IssueSignFolder, leader=work.staff(ZHENG))
