"""What a hall may set for itself: words in, values out, and a sentence for what cannot be read."""

import re

import pytest

from desk.rules.errors import RuleBroken
from desk.rules.hall_settings import SETTINGS


@pytest.mark.parametrize("one", SETTINGS.values(), ids=lambda one: one.key)
def test_what_is_shown_can_be_saved_again_unchanged(one):
    assert one.read(one.show(one.seed)) == one.seed


@pytest.mark.parametrize("one", SETTINGS.values(), ids=lambda one: one.key)
def test_every_setting_is_explained_in_chinese(one):
    assert re.search(r"[一-鿿]", one.label)
    assert one.hint.endswith("。")


@pytest.mark.parametrize(
    ("key", "words", "value"),
    [
        ("undo_seconds", " 0 ", 0),
        ("chief_dispatch", "开", True),
        ("opinion_number", "党政办给号", "office"),
        ("seals", "公章，专用章", ["公章", "专用章"]),
        ("quiet_hours", "21-7", [21, 7]),
    ],
)
def test_words_stand_for_values(key, words, value):
    assert SETTINGS[key].read(words) == value


@pytest.mark.parametrize(
    ("key", "words", "sentence"),
    [
        ("undo_seconds", "301", "0 到 300"),
        ("calls_per_day", "三", "整数"),
        ("chief_dispatch", "也许", "“开”或“关”"),
        ("opinion_number", "随便", "党政办给号"),
        ("seals", " 、 ", "至少写一项"),
        ("mediation_retention", " ", "不能空着"),
        ("quiet_hours", "晚上", "22-8"),
        ("quiet_hours", "22-8-9", "22-8"),
        ("quiet_hours", "22-24", "0 到 23"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_the_field(key, words, sentence):
    with pytest.raises(RuleBroken, match=sentence) as refused:
        SETTINGS[key].read(words)
    assert refused.value.field == "value"


def test_a_value_nobody_knows_is_shown_as_it_stands():
    assert SETTINGS["opinion_number"].show("elsewhere") == "elsewhere"
