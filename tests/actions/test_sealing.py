"""封存: years after a case ended, nobody reads whom it was about without saying why."""

from functools import partial

import pytest
from sqlalchemy import select, text

from desk.actions.closing import RevealPrivate
from desk.actions.intake import Appellant
from desk.actions.looking import LookAtContact
from desk.exchange.appeal_lines import appeal_rows
from desk.queries.case_file import case_file
from desk.queries.papers import stored_paper
from desk.queries.search import find
from desk.rules.errors import NotAllowed
from desk.rules.moments import day_of
from desk.store.models import CaseLook
from tests.actions.work import FENG, HE, LI, ZHENG, ZHOU, S, Work

NAME, PHONE = "缪无双", "13800000071"


@pytest.fixture(scope="module")
def sealed(shared_hall):
    """Return the hall at work and a case that ended two years ago."""
    shared_hall.clock.set("2026-11-02 09:00")
    work = Work(shared_hall, shared_hall.clock)
    him = Appellant(name=NAME, phone=PHONE, address="榕荫里六栋")
    case = work.to(S.ARCHIVED, appellant=him)
    return work, case


@pytest.fixture(autouse=True)
def two_years_later(sealed):
    sealed[0].clock.set("2028-11-02 09:00")


def read_file(work, who, case):
    return work.desk(who).read(partial(case_file, case_id=case))


def names_in_the_table(work, who):
    """Return what somebody reads with a program of his own."""
    return set(work.desk(who).read(lambda r: r.session.scalars(text(
        "SELECT name FROM private_facts WHERE name IS NOT NULL")).all()))  # fmt: skip


def test_on_the_day_before_it_is_own_work_as_ever(sealed):
    work, case = sealed
    work.clock.set("2028-11-01 09:00")
    file = read_file(work, LI, case)
    assert (file.sealed, file.contact_data.name) == ("", NAME)
    assert NAME in names_in_the_table(work, LI)


def test_whoever_handled_it_reads_it_with_a_reason_and_for_a_while(sealed):
    work, case = sealed
    file = read_file(work, LI, case)
    assert (file.sealed, file.contact_data) == ("已封存（办结满 2 年）", None)
    assert file.appellant_shown == "已封存"
    assert file.may_unseal
    with pytest.raises(NotAllowed, match="已封存"):
        work.ask(LI, LookAtContact, case, where="案件卷")
    sheet = work.papers(case, "intake-sheet")[0].id
    with pytest.raises(NotAllowed, match="已封存"):
        work.desk(LI).read(partial(stored_paper, paper_id=sheet))
    assert (NAME in names_in_the_table(work, LI)) is not work.is_postgresql

    made = work.ask(LI, RevealPrivate, case, reason="诉求人来问当年的答复")

    assert made.title == "解封查看诉求人信息"
    assert read_file(work, LI, case).contact_data.phone == PHONE
    assert NAME in names_in_the_table(work, LI)
    assert (NAME in names_in_the_table(work, HE)) is not work.is_postgresql
    assert NAME in str(work.desk(LI).read(partial(stored_paper, paper_id=sheet)).row)
    with work.hall.engine.connect() as connection:
        reasons = connection.scalars(select(CaseLook.reason).where(CaseLook.case_id == case))
        assert "诉求人来问当年的答复" in set(reasons)
    work.clock.forward(minutes=11)
    assert read_file(work, LI, case).contact_data is None


def test_others_who_see_the_case_may_not_ask(sealed):
    work, case = sealed
    assert read_file(work, HE, case).may_unseal
    assert not read_file(work, FENG, case).may_unseal
    with pytest.raises(NotAllowed, match="档案员"):
        work.ask(FENG, RevealPrivate, case, reason="看看")


def test_it_is_found_by_its_number_and_not_by_whom_it_is_about(sealed):
    work, case = sealed
    desk = work.desk(ZHOU)
    number = work.case(case).number
    (hit,) = [one for one in desk.read(partial(find, text=number)).cases if one.id == case]
    assert hit.appellant == "已封存"
    for words in (NAME, PHONE, "榕荫里六栋"):
        assert case not in {one.id for one in desk.read(partial(find, text=words)).cases}
    work.clock.set("2028-11-01 09:00")
    assert case in {one.id for one in desk.read(partial(find, text=NAME)).cases}


def test_a_ledger_that_goes_out_in_full_names_nobody_under_seal(sealed):
    work, case = sealed
    day = day_of(work.case(case).received_at)
    number = work.case(case).number

    def row(who):
        rows = work.desk(who).read(lambda reader: list(appeal_rows(reader, day, day)))
        return next(one for one in rows if one.outside_number == number)

    assert (row(ZHENG).appellant, row(ZHENG).phone, row(ZHENG).address) == ("缪**", "", "")
    work.clock.set("2028-11-01 09:00")
    assert (row(ZHENG).appellant, row(ZHENG).phone) == (NAME, PHONE)
