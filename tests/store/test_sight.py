"""What a list shows is what the rules let one open: SQL and rules agree case by case."""

import random
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.codes import Exit, Purpose, Role
from desk.rules.rights import may_see
from desk.store.models import Case
from desk.store.sight import seen_by
from desk.store.transaction import stand_of
from tests.actions.work import LI, S
from tests.small_hall import COMMAND_LINE, STAFF, UNITS

CASES = 60


def random_cases(work, dice):
    units = [unit.name for unit in UNITS]
    people = [staff.name for staff in STAFF]
    for _ in range(CASES):
        accused_unit = dice.choice([None, None, *units[3:]])
        accused_staff = dice.choice([None, None, *people])
        case = work.register(
            exit=Exit.TRANSFER,
            first_unit=work.unit(dice.choice(units)),
            purpose=dice.choice([Purpose.HELP, Purpose.HELP, Purpose.REPORT]),
            community=work.unit(dice.choice(["榕东社区", "南塘社区"])),
            accused_unit=work.unit(accused_unit) if accused_unit else None,
            accused_staff=work.staff(accused_staff) if accused_staff else None,
            first_responder=work.staff(dice.choice(people)),
            first_responder_reason="代为登记",
        )
        if dice.random() < 0.4:
            lead = dice.choice(["城建办", "综合行政执法队", "纪工委"])
            if lead != accused_unit:
                work.to(S.DISPATCHED, case, lead=lead) if _may_dispatch(work, case) else None


def _may_dispatch(work, case):
    return may_see(work.stand(case), work.hall.person("周航"))


def people(work, dice):
    known = [work.hall.person(staff.name) for staff in STAFF]
    mixed = [replace(person, roles=frozenset(dice.sample(sorted(Role), 2))) for person in known]
    moved = [replace(person, unit_ids=frozenset()) for person in known[:3]]
    return [*known, *mixed, *moved, work.hall.person(COMMAND_LINE)]


def test_lists_show_exactly_what_the_rules_let_one_open(work):
    dice = random.Random(20261102)  # noqa: S311 - the same hall in every run
    random_cases(work, dice)

    with Session(work.hall.engine) as session:
        stands = {case.id: stand_of(session, case) for case in session.scalars(select(Case))}
        assert len(stands) == CASES
        sizes = set()
        for person in people(work, dice):
            listed = set(session.scalars(select(Case.id).where(seen_by(person))))
            opened = {case for case, stand in stands.items() if may_see(stand, person)}
            assert listed == opened, person.name
            sizes.add(len(listed))
    assert len(sizes) > 5


@pytest.mark.parametrize("name", [LI, COMMAND_LINE])
def test_nobody_sees_another_streets_cases(work, name):
    work.register()
    foreign = replace(work.hall.person(name), street_id=1)

    with Session(work.hall.engine) as session:
        assert session.scalars(select(Case.id).where(seen_by(foreign))).all() == []
