"""What everybody at 体检 reads of the server's copies and drills."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import insert

from desk.queries.bulletin_facts import bulletin_facts
from desk.queries.upkeep import upkeep_verdicts
from desk.rules.assessment_codes import BulletinKind
from desk.rules.codes import UpkeepKind
from desk.rules.moments import day_of
from desk.store.engine import make_engine
from desk.store.models import UpkeepRun
from tests.small_hall import SmallHall


@pytest.fixture
def postgres_hall(postgres_hall_url, clock):
    """Return the small hall on the server alone: only there are such lines."""
    engine = make_engine(postgres_hall_url)
    yield SmallHall.copied(engine, clock)
    engine.dispose()


def write(hall, kind, back, *, is_good=True, number=1):
    """Write a line as the server's scripts do, with all rights."""
    line = {
        "id": number,
        "kind": kind,
        "happened_at": hall.clock() - back,
        "is_good": is_good,
        "file": "hall.dump",
        "size": 1,
        "sentence": "备份已校验，70 张表。",
    }
    with hall.engine.begin() as connection:
        connection.execute(insert(UpkeepRun).values(line))


def test_a_single_file_has_no_server_that_copies_it(sqlite_hall):
    assert sqlite_hall.sign_in("许诺").read(upkeep_verdicts) == []


def test_the_last_copy_and_the_missing_drill_are_told(postgres_hall):
    hall = postgres_hall
    write(hall, UpkeepKind.BACKUP, timedelta(days=30), is_good=False)
    write(hall, UpkeepKind.BACKUP, timedelta(hours=6), number=2)
    backup, drill = hall.sign_in("许诺").read(upkeep_verdicts)
    assert backup.is_good
    assert "70 张表" in backup.sentence
    assert not drill.is_good
    assert drill.sentence == "还没有做过恢复演练。"
    of_the_month = partial(bulletin_facts, kind=BulletinKind.MONTHLY, on=day_of(hall.clock()))
    said = hall.sign_in("郑伟").read(of_the_month)["upkeep"]
    assert said == [backup.sentence, f"{drill.sentence}{drill.step}"]
