"""体检 on a shared server: copies and drills have lights of their own, red with a next step."""

from datetime import datetime, timedelta

from desk.rules.codes import UpkeepKind
from desk.rules.moments import SHANGHAI
from desk.rules.upkeep import Run, verdict
from desk.ui.admin.lights import machine_lights, upkeep_light

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=SHANGHAI)


def test_a_fresh_copy_is_green_and_a_missing_drill_is_red_with_what_to_run():
    copied = Run(
        UpkeepKind.BACKUP, NOW - timedelta(hours=6), is_good=True, sentence="备份已校验，70 张表。"
    )
    green = upkeep_light(verdict(UpkeepKind.BACKUP, copied, NOW))
    red = upkeep_light(verdict(UpkeepKind.DRILL, None, NOW))
    assert (green.name, green.state, green.step) == ("备份", "ok", "")
    assert (red.name, red.state) == ("恢复演练", "bad")
    assert "restore-drill.sh" in red.step


def test_a_workstation_does_not_speak_of_its_own_copies_of_a_shared_database():
    names = {light.name for light in machine_lights("postgresql://hall-a/hall", NOW, NOW)}
    assert "备份" not in names
    assert "备份" in {light.name for light in machine_lights("sqlite:///hall.db", NOW, NOW)}
