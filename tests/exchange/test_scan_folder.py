"""The watched folder: nothing is taken too early, nothing is lost, nothing is written over."""

from datetime import date

import pytest

from desk.exchange.scan_folder import (
    arrived,
    command_of,
    leave_to_people,
    left_over,
    put_away,
    read_file,
    settled,
)
from desk.rules.errors import RuleBroken

DAY = date(2026, 11, 2)


def lay(folder, name, content=b"scan"):
    file = folder / name
    file.write_bytes(content)
    return file


def test_only_finished_scans_are_seen(tmp_path):
    for name in ("one.pdf", "two.TIF", ".hidden.pdf", "~half.jpg", "notes.txt", "three.pdf.part"):
        lay(tmp_path, name)
    (tmp_path / "folder.pdf").mkdir()

    assert {file.path.name for file in arrived(tmp_path)} == {"one.pdf", "two.TIF"}


def test_a_scan_that_still_grows_is_left_alone(tmp_path):
    growing, empty = lay(tmp_path, "growing.pdf"), lay(tmp_path, "empty.pdf", b"")
    still = lay(tmp_path, "still.pdf")
    first = arrived(tmp_path)
    growing.write_bytes(b"scan and more")

    second = arrived(tmp_path)

    assert [file.path for file in settled(first, second)] == [still]
    assert growing in {file.path for file in settled(second, arrived(tmp_path))}
    assert empty not in {file.path for file in settled(second, arrived(tmp_path))}


def test_a_filed_scan_lies_in_the_folder_of_its_day_and_never_over_another(tmp_path):
    first = put_away(lay(tmp_path, "a.pdf", b"one"), tmp_path, DAY)
    second = put_away(lay(tmp_path, "a.pdf", b"two"), tmp_path, DAY)

    assert first == tmp_path / "已归档" / "2026-11-02" / "a.pdf"
    assert second is not None
    assert second.name == "a（2）.pdf"
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
    assert arrived(tmp_path) == frozenset()


def test_what_nobody_can_tell_waits_with_its_reason(tmp_path):
    moved = leave_to_people(lay(tmp_path, "a.pdf"), tmp_path, "没有二维码。")

    (left,) = left_over(tmp_path)
    assert (left.path, left.reason) == (moved, "没有二维码。")
    assert moved is not None
    put_away(moved, tmp_path, DAY)
    assert left_over(tmp_path) == ()
    assert list((tmp_path / "待人工").iterdir()) == []


def test_another_desk_may_be_quicker(tmp_path):
    file = lay(tmp_path, "a.pdf")
    file.unlink()

    assert put_away(file, tmp_path, DAY) is None
    assert leave_to_people(file, tmp_path, "没有二维码。") is None
    assert left_over(tmp_path) == ()


def test_a_scan_without_a_written_reason_is_still_listed(tmp_path):
    (tmp_path / "待人工").mkdir()
    lay(tmp_path / "待人工", "a.pdf")

    (left,) = left_over(tmp_path)

    assert left.reason == ""


def test_a_folder_that_cannot_be_used_is_said_in_a_sentence(tmp_path):
    file = lay(tmp_path, "a.pdf")
    (tmp_path / "已归档").write_bytes(b"in the way")

    with pytest.raises(RuleBroken, match="扫描件没有丢"):
        put_away(file, tmp_path, DAY)
    assert file.exists()
    with pytest.raises(RuleBroken, match="打不开"):
        arrived(tmp_path / "nowhere")
    with pytest.raises(RuleBroken, match="读不出来"):
        read_file(tmp_path / "nowhere.pdf")
    assert read_file(file) == b"scan"
    assert left_over(tmp_path / "nowhere") == ()


def test_the_same_scan_of_the_same_paper_is_the_same_command():
    assert command_of(b"scan", 1) == command_of(b"scan", 1)
    assert len({command_of(b"scan", 1), command_of(b"scan", 2), command_of(b"other", 1)}) == 3
