"""Categories and units are suggested from how the latest cases were filed (建议)."""

from desk.rules.codes import Purpose
from desk.rules.likeness import features
from desk.rules.suggestions import Suggester, learnt, quoted
from desk.rules.topics import may_be_in_topic, topic_name

NOISE, SMOKE, LIFT = 1, 2, 3
NAMES = {NOISE: ("噪声",), SMOKE: ("油烟",), LIFT: ("电梯",)}
FILED = [
    (SMOKE, "烧烤店排烟管对着窗"),
    (SMOKE, "烧烤店排烟管太低"),
    (SMOKE, "烧烤店排烟管又坏了"),
    (NOISE, "夜里打桩睡不着"),
    (NOISE, "打桩机响到天亮"),
    (NOISE, "烧烤店夜里喧哗"),
]


def suggester(filed=FILED):
    return Suggester(NAMES, learnt((label, features(text)) for label, text in filed))


def test_words_that_mostly_stood_under_one_category_speak_for_it_with_their_count():
    first, *_ = suggester().suggest("烧烤店的排烟管漏油")
    assert first.label == SMOKE
    assert first.here == 3
    assert first.here <= first.with_words <= 4
    assert set("".join(first.words)) <= set("烧烤店的排烟管漏油")


def test_a_word_that_stands_everywhere_weighs_but_is_no_reason():
    filed = [(NOISE, f"{what}没有") for what in ("水泵", "风机", "配电房")]
    first, *_ = suggester([*FILED, *filed]).suggest("没有")
    assert (first.label, first.words, first.here) == (NOISE, (), 0)


def test_the_name_of_a_category_speaks_for_it_without_any_history():
    (first, *_) = Suggester(NAMES, learnt([])).suggest("电梯停了")
    assert (first.label, first.words, first.here) == (LIFT, ("电梯",), 0)


def test_half_a_name_speaks_a_little():
    names = {4: ("殡葬用品",), 5: ("业委会",)}
    first, *_ = Suggester(names, learnt([])).suggest("殡葬车进不来")
    assert first.label == 4


def test_without_a_clue_nothing_is_suggested():
    assert suggester().suggest("您好") == []
    assert Suggester.shares([]) == {}


def test_the_shares_of_what_is_suggested_add_up_to_one():
    one = suggester()
    shares = one.shares(one.suggest("烧烤店夜里打桩"))
    assert abs(sum(shares.values()) - 1) < 1e-9
    assert shares[NOISE] > shares.get(LIFT, 0)


def test_reasons_name_words_in_quotes():
    assert quoted(["噪声", "烧烤"]) == "“噪声”“烧烤”"


def test_a_topic_is_named_by_place_and_matter_and_holds_no_report():
    assert topic_name("书院路", "噪声") == "书院路 噪声"
    assert topic_name("", "早市") == "早市"
    assert may_be_in_topic(is_secret=False, purpose=Purpose.COMPLAINT)
    assert not may_be_in_topic(is_secret=True, purpose=Purpose.REPORT)
    assert not may_be_in_topic(is_secret=False, purpose=Purpose.MEDIATION)
