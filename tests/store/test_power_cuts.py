"""The power fails while somebody saves: nothing that was said to be saved is gone (断电)."""

import pytest

from benchmarks.power_cuts import (
    AS_IT_IS,
    NO_ORDER,
    NORMAL,
    OFF,
    TRUSTING,
    DeskJournal,
    HallFile,
    cut,
)


@pytest.mark.parametrize("way", [AS_IT_IS, NO_ORDER], ids=["in order", "in no order"])
def test_what_a_desk_kept_while_the_server_was_away_outlives_the_power(way):
    toll = cut(DeskJournal, way, 60, most_steps=200)
    assert (toll.cuts, toll.lost, toll.damaged) == (60, 0, 0)
    assert toll.promised > 150


def test_what_was_saved_in_the_hall_s_own_file_outlives_the_power():
    toll = cut(HallFile, NO_ORDER, 20, most_steps=600, lives=10)
    assert (toll.cuts, toll.lost, toll.damaged) == (20, 0, 0)
    assert toll.promised > 15
    assert toll.unborn > 0  # the power failed while the file was being made, too


@pytest.mark.parametrize("way", [NORMAL, OFF, TRUSTING], ids=["normal", "off", "trusting"])
def test_the_disk_does_lose_what_the_program_does_not_insist_on(way):
    assert cut(DeskJournal, way, 60, most_steps=200).lost > 0
