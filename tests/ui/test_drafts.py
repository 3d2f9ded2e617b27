"""Drafts reach the disk by themselves and come back after a crash."""

import json
import stat
from datetime import datetime

import pytest

from desk.rules.moments import SHANGHAI
from desk.ui.drafts import Drafts, draft_key

NOW = datetime(2026, 11, 23, 9, 46, 17, tzinfo=SHANGHAI)
LI, ZHAO = 1001, 2001
KEY = draft_key("intake", LI, 7)
WORDS = {"details": "七栋电梯停在三、四层之间𬭚", "place": 2**62 + 1}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "user" / "drafts"


@pytest.fixture
def open_drafts(qtbot, folder):
    """Open the drafts as a program that starts does; all are closed afterwards."""
    opened = []

    def start():
        drafts = Drafts(folder, lambda: NOW)
        opened.append(drafts)
        qtbot.waitUntil(lambda: drafts.is_loaded)
        return drafts

    yield start
    for drafts in opened:
        drafts.close()


def kept(drafts, owner=LI, kind=""):
    return {draft.key: draft.content for draft in drafts.all(owner, kind)}


def test_a_draft_is_there_for_the_program_that_starts_next(qtbot, open_drafts):
    drafts = open_drafts()
    with qtbot.waitSignal(drafts.kept) as signal:
        drafts.keep(KEY, "intake", LI, WORDS)

    assert signal.args == [NOW]
    assert kept(open_drafts()) == {KEY: WORDS}


def test_someone_who_types_on_and_on_is_kept_within_a_second(qtbot, open_drafts, folder):
    drafts = open_drafts()
    assert drafts._timer.interval() < 1000
    with qtbot.waitSignal(drafts.kept):
        for end in range(1, 200):
            drafts.keep(KEY, "intake", LI, {"details": "字" * end})

    drafts.keep(KEY, "intake", LI, {"details": "又写了一句"})
    with qtbot.waitSignal(drafts.kept):
        drafts.flush()
    (file,) = folder.iterdir()
    assert json.loads(file.read_text(encoding="utf-8"))["content"]["details"] == "又写了一句"


def test_several_drafts_are_kept_apart_and_by_owner(qtbot, open_drafts):
    drafts = open_drafts()
    drafts.keep(KEY, "intake", LI, {"details": "一"})
    drafts.keep(draft_key("intake", LI, 8), "intake", LI, {"details": "二"})
    drafts.keep(draft_key("contact", LI, 8), "contact", LI, {"note": "三"})
    drafts.keep(draft_key("intake", ZHAO, 8), "intake", ZHAO, {"details": "四"})
    drafts.close()

    again = open_drafts()
    assert sorted(d["details"] for d in kept(again, LI, "intake").values()) == ["一", "二"]
    assert list(kept(again, LI, "contact").values()) == [{"note": "三"}]
    assert list(kept(again, ZHAO).values()) == [{"details": "四"}]


def test_a_saved_form_leaves_nothing_behind(qtbot, open_drafts, folder):
    drafts = open_drafts()
    with qtbot.waitSignal(drafts.kept):
        drafts.keep(KEY, "intake", LI, WORDS)
    drafts.keep(KEY, "intake", LI, {"details": "还没写到磁盘上"})
    drafts.drop(KEY)
    drafts.close()

    assert list(folder.iterdir()) == []
    assert kept(open_drafts()) == {}


def test_a_draft_dropped_before_the_old_ones_were_read_stays_dropped(qtbot, open_drafts, folder):
    first = open_drafts()
    first.keep(KEY, "intake", LI, WORDS)
    first.close()

    drafts = Drafts(folder, lambda: NOW)
    drafts.drop(KEY)
    qtbot.waitUntil(lambda: drafts.is_loaded)
    assert kept(drafts) == {}
    drafts.close()


def test_a_damaged_file_keeps_nobody_from_the_others(qtbot, open_drafts, folder):
    drafts = open_drafts()
    drafts.keep(KEY, "intake", LI, WORDS)
    drafts.close()
    (folder / "broken.json").write_text('{"key": "half', encoding="utf-8")
    (folder / "torn.tmp").write_text("{", encoding="utf-8")

    assert kept(open_drafts()) == {KEY: WORDS}
    assert (folder / "broken.json").exists()


def test_only_the_owner_of_the_machine_account_can_read_them(qtbot, open_drafts, folder):
    drafts = open_drafts()
    drafts.keep(KEY, "intake", LI, WORDS)
    drafts.close()
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_full_disk_is_said_and_the_words_stay(qtbot, open_drafts, folder):
    drafts = open_drafts()
    folder.parent.mkdir()
    folder.write_text("in the way", encoding="utf-8")  # as good as a disk that refuses
    with qtbot.waitSignal(drafts.failed) as signal:
        drafts.keep(KEY, "intake", LI, WORDS)

    assert "内容还在" in signal.args[0]
    assert kept(drafts) == {KEY: WORDS}
