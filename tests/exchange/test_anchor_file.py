"""A desk notes for itself where the chain stood, once per sign-in at which it had moved."""

from datetime import timedelta

import pytest

from desk.exchange.anchor_file import AnchorFile, look_and_note
from desk.rules.anchors import AnchorPlace
from tests.actions.conftest import shared_hall  # noqa: F401 - the fixture
from tests.actions.work import LI, ZHAO, Work

URL = "postgresql://1001@10.0.0.8:5432/hall"


@pytest.fixture
def file(tmp_path):
    return AnchorFile.of(tmp_path, URL, 7)


def test_the_file_is_that_of_the_database_and_the_street_whoever_signs_in(tmp_path, file):
    same = AnchorFile.of(tmp_path, URL.replace("1001", "2001"), 7)
    others = [
        AnchorFile.of(tmp_path, URL.replace("hall", "other"), 7),
        AnchorFile.of(tmp_path, URL, 8),
    ]

    assert same == file
    assert len({one.path for one in [file, *others]}) == 3


def test_a_desk_notes_the_chain_and_notices_that_it_was_written_anew(shared_hall, file):  # noqa: F811
    work = Work(shared_hall, shared_hall.clock)
    work.register()
    look = lambda reader: look_and_note(reader, file)  # noqa: E731 - a query

    first = work.desk(LI).read(look)
    again = work.desk(ZHAO).read(look)
    work.register()
    work.clock.forward(days=1)
    work.desk(ZHAO).read(look)

    assert first.head.place == again.head.place
    noted = file.read()
    assert [one.place for one in noted] == [first.head.place, first.head.place + 1]
    assert {one.kept for one in noted} == {AnchorPlace.DESK}
    assert noted[1].day - noted[0].day == timedelta(days=1)

    with file.path.open("a") as lines:
        lines.write('half a li\n{"place": 1}\n')
    file.path.write_text(file.path.read_text().replace(noted[0].hash, "0" * 64))
    state = work.desk(LI).read(look)
    assert state.is_broken
    assert state.misfits[0].sentence.startswith("这台电脑记的")
    assert len(file.read()) == 2


def test_a_disk_that_takes_no_note_holds_nobody_up(shared_hall, tmp_path):  # noqa: F811
    blocked = tmp_path / "anchors"
    blocked.write_text("a file where the folder should be")
    work = Work(shared_hall, shared_hall.clock)

    state = work.desk(LI).read(
        lambda reader: look_and_note(reader, AnchorFile.of(tmp_path, URL, 7))
    )

    assert not state.is_broken
    assert state.head is not None
