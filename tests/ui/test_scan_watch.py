"""Scans find their cases by themselves; what cannot be told waits for somebody, none is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desk.rules.codes import PaperState
from desk.ui.last_mile.scan_watch import ScanWatch, filed_in_words, scan_watch_of
from tests.exchange.scanner import as_file, blank, printed
from tests.ui.scan_desk import Watching, scan_of

ROOT = Path(__file__).parents[2]


@pytest.fixture
def watching(qtbot, desk_of, tmp_path):
    """冯丽's desk with a folder for scans."""
    return Watching(qtbot, desk_of("冯丽"), tmp_path)


def state(life, case, code="opinion-notice"):
    return life.papers(case)[code].state


def test_a_scan_is_filed_by_its_code_and_put_away(life, watching):
    case = life.at("follow_up")
    watching.lay("扫描 001.jpg", scan_of(life, case))

    watching.look()

    assert state(life, case) is PaperState.SCANNED
    assert watching.filed() == ["扫描 001.jpg"]
    assert watching.said == ["1 份扫描件已归到 00001。"]
    assert list(watching.folder.glob("*.jpg")) == []


def test_one_look_is_not_enough(life, watching):
    case = life.at("follow_up")
    watching.lay("a.jpg", scan_of(life, case))

    watching.look(times=1)

    assert state(life, case) is PaperState.DELIVERED
    assert watching.filed() == []


def test_one_scan_of_several_papers_goes_to_all_of_them(life, watching):
    cases = [life.at("follow_up"), life.at("delivering")]
    watching.lay("both.pdf", scan_of(life, *cases))

    watching.look()

    assert state(life, cases[0]) is PaperState.SCANNED
    assert state(life, cases[1]) is PaperState.TO_DELIVER  # on its way, but the scan is here
    assert life.papers(cases[1])["opinion-notice"].scan_sha256
    assert watching.said == ["2 份扫描件已归到 00001、00002。"]


def test_the_same_file_twice_stays_one(life, watching):
    case = life.at("follow_up")
    scan = scan_of(life, case)
    watching.lay("a.jpg", scan)
    watching.look()
    lines = len(life.lines("paper.scanned_back"))
    watching.lay("a.jpg", scan)

    watching.look()

    assert len(life.lines("paper.scanned_back")) == lines == 1
    assert watching.filed() == ["a.jpg", "a（2）.jpg"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (as_file([blank()]), "没有认出文书的二维码"),
        (b"%PDF-1.7 switched off", "这个 PDF 打不开"),
        (printed("opinion-notice", 12, 34), "找不到这一件"),
    ],
)
def test_what_cannot_be_filed_waits_for_somebody_with_the_reason(life, watching, content, why):
    watching.lay("a.pdf", content)

    watching.look()

    assert why in watching.left()["a.pdf"]
    assert (watching.folder / "待人工" / "a.pdf").read_bytes() == content
    assert watching.filed() == []


def test_what_this_desk_may_not_file_waits_too(qtbot, life, desk_of, tmp_path):
    case = life.at("follow_up")
    leader = Watching(qtbot, desk_of("赵强"), tmp_path)
    leader.lay("a.pdf", printed("receipt", case, life.papers(case)["opinion-sheet"].id + 1))

    leader.look()

    assert "找不到这份文书" in leader.left()["a.pdf"]


def test_a_folder_that_is_gone_is_said_once(watching):
    watching.watch.folder = watching.folder / "网络盘"

    watching.look(times=3)

    assert len(watching.said) == 1
    assert "扫描件文件夹" in watching.said[0]


def test_what_cannot_be_moved_is_filed_once_and_said(life, watching):
    case = life.at("follow_up")
    (watching.folder / "已归档").write_bytes(b"in the way")
    watching.lay("a.jpg", scan_of(life, case))

    watching.look(times=4)

    assert state(life, case) is PaperState.SCANNED
    assert len(life.lines("paper.scanned_back")) == 1
    assert (watching.folder / "a.jpg").exists()
    assert sum("扫描件没有丢" in said for said in watching.said) == 1


def test_the_folder_of_this_machine_is_watched_by_whoever_files_scans(qtbot, desk_of, tmp_path):
    desk = desk_of("冯丽")
    watch = scan_watch_of(desk)
    assert isinstance(watch, ScanWatch)
    assert scan_watch_of(desk) is watch

    watch.watch(str(tmp_path))
    assert watch.folder == tmp_path
    with qtbot.waitSignal(watch.left_changed):
        (tmp_path / "a.pdf").write_bytes(as_file([blank()]))
    watch.watch("")
    assert watch.folder is None
    assert watch.left == ()


def test_many_cases_are_named_by_the_first_three():
    assert filed_in_words(["00412", "00412"]) == "2 份扫描件已归到 00412。"
    assert filed_in_words(["1", "2", "3", "4"]) == "4 份扫描件已归到 1、2、3…。"


_WATCHER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desk.store.engine import make_engine
from desk.ui.desk import Desk
from desk.ui.tasks import Tasks
from tests.clock import HandClock
from tests.databases import FOUNDED_AT
from tests.small_hall import SmallHall
from tests.ui.scan_desk import ScanWatch

app = QCoreApplication(sys.argv)
hall = SmallHall(make_engine(sys.argv[1]), HandClock(FOUNDED_AT))
desk = Desk(hall.sign_in("冯丽"), Tasks())
watch = ScanWatch(desk)
at = int(sys.argv[3])
seen = []

def kill_in_the_middle(changes, _who):
    seen.append(changes)
    if len(seen) == at:
        print("killed here", flush=True)
        import os, signal
        os.kill(os.getpid(), signal.SIGKILL)

desk.changed.connect(kill_in_the_middle)
watch.watch(sys.argv[2])
app.exec()
"""


@pytest.mark.parametrize("at", [1, 3])
def test_a_desk_killed_in_the_middle_loses_nothing_and_files_nothing_twice(
    qtbot, life, desk_of, tmp_path, at
):
    cases = [life.at("follow_up") for _ in range(4)]
    folder = tmp_path / "scans"
    folder.mkdir()
    scans = [scan_of(life, *cases[:2]), scan_of(life, cases[2]), scan_of(life, cases[3])]
    for name, scan in zip(("1.pdf", "2.jpg", "3.jpg"), scans, strict=True):
        (folder / name).write_bytes(scan)
    url = life.hall.engine.url.render_as_string(hide_password=False)
    killed = subprocess.run(
        [sys.executable, "-c", _WATCHER, url, str(folder), str(at)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert killed.returncode == -9, killed.stderr

    after = Watching(qtbot, desk_of("冯丽"), folder)
    after.look(times=3)

    assert [state(life, case) for case in cases] == [PaperState.SCANNED] * 4
    assert len(life.lines("paper.scanned_back")) == 4
    kept = [path for path in (folder / "已归档").rglob("*") if path.is_file()]
    assert sorted(path.read_bytes() for path in kept if path.stat().st_size) == sorted(scans)
    assert after.left() == {}
