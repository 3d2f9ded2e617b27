"""Outside staff (驻场第三方): made with an end, see what they took in, and are gone on that day."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from desk.actions.founding import StaffPlan
from desk.actions.ledger_export import ExportLedger
from desk.actions.staffing import AddStaff, ChangeStaff, EndStaff
from desk.queries.administration import staff_register
from desk.rules.codes import Role
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.moments import in_shanghai
from desk.store.models import Case
from desk.store.sight import seen_by
from tests.actions.work import LI, XU
from tests.small_hall import PASSWORD

NAME = "外聘甲"
OUTSIDE = (Role.OUTSIDER,)


@pytest.fixture
def outsider(own_work):
    """Return a hall in which somebody from outside takes in appeals for thirty days."""
    work = own_work
    end = in_shanghai(work.clock()).date() + timedelta(days=30)
    plan = StaffPlan("8001", NAME, "信联办", OUTSIDE, PASSWORD, valid_to=end)
    work.ask(XU, AddStaff, staff=plan, unit=work.unit("信联办"))
    work.hall.read_people()
    return work


def seen(work, name):
    """Return the cases that somebody's database shows him, by the program's own condition."""
    return set(
        work.desk(name).read(
            lambda r: r.session.scalars(select(Case.id).where(seen_by(r.person))).all()
        )
    )


def test_the_register_shows_until_when_they_are_there(outsider):
    records = outsider.desk(XU).read(staff_register).records
    (record,) = [one for one in records if one.values["姓名"] == NAME]
    assert record.values["有效期至"] == "2026-12-02"
    assert record.note == "有效期至 2026-12-02"


def test_they_see_what_they_took_in_and_nothing_of_their_unit(outsider):
    theirs, other = outsider.register(NAME), outsider.register(LI)
    assert seen(outsider, NAME) == {theirs}
    assert {theirs, other} <= seen(outsider, "周航")


def test_they_export_nothing(outsider):
    day = in_shanghai(outsider.clock()).date()
    with pytest.raises(NotAllowed):
        outsider.ask(
            NAME, ExportLedger, kind="诉求台账", first_day=day, last_day=day,
            reason="试试", rows=0, content_hash="",
        )  # fmt: skip


def test_their_end_must_be_written_and_can_be_put_off(outsider):
    facts = {"staff": outsider.hall.person(NAME).staff_id, "name": NAME, "roles": OUTSIDE}
    facts["unit"] = outsider.unit("信联办")
    with pytest.raises(RuleBroken) as refused:
        outsider.ask(XU, ChangeStaff, **facts)
    assert refused.value.field == "valid_to"
    later = in_shanghai(outsider.clock()).date() + timedelta(days=60)
    outsider.ask(XU, ChangeStaff, **facts, valid_to=later)
    records = outsider.desk(XU).read(staff_register).records
    assert f"有效期至 {later}" in {one.note for one in records}


def test_who_leaves_on_a_later_day_stays_until_then(own_work):
    later = in_shanghai(own_work.clock()).date() + timedelta(days=9)
    own_work.ask(XU, EndStaff, staff=own_work.staff(LI), valid_to=later)
    assert own_work.register(LI)
    records = own_work.desk(XU).read(staff_register).records
    assert f"有效期至 {later}" in {one.note for one in records}
