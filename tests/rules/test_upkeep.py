"""Copies and drills of the server: none, too old, failed, and as it should be."""

from datetime import datetime, timedelta

import pytest

from desk.rules.codes import UpkeepKind
from desk.rules.moments import SHANGHAI
from desk.rules.upkeep import Run, verdict

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=SHANGHAI)
BACKUP, DRILL = UpkeepKind


def run(kind, back, *, is_good=True, sentence="备份已校验。"):
    return Run(kind, NOW - back, is_good, sentence)


def test_without_a_copy_the_light_is_red_and_says_what_to_run():
    found = verdict(BACKUP, None, NOW)
    assert (found.is_good, found.sentence) == (False, "还没有做过备份。")
    assert "backup-nightly.sh" in found.step


def test_last_nights_copy_is_as_it_should_be():
    found = verdict(BACKUP, run(BACKUP, timedelta(hours=6)), NOW)
    assert (found.is_good, found.step) == (True, "")
    assert found.sentence == "最近一次备份在 11 月 22 日 03:00：备份已校验。"


@pytest.mark.parametrize(("kind", "days"), [(BACKUP, 2), (DRILL, 40)])
def test_what_is_too_old_is_red(kind, days):
    just = verdict(kind, run(kind, timedelta(days=days)), NOW)
    late = verdict(kind, run(kind, timedelta(days=days, seconds=1)), NOW)
    assert (just.is_good, late.is_good) == (True, False)
    assert late.sentence.startswith(f"已有 {days} 天没有")


def test_a_failure_is_told_in_its_own_words():
    found = verdict(DRILL, run(DRILL, timedelta(), is_good=False, sentence="校验值不对。"), NOW)
    assert not found.is_good
    assert found.sentence == "11 月 22 日 09:00 的恢复演练没有成功：校验值不对。"
    assert "restore-drill.sh" in found.step
