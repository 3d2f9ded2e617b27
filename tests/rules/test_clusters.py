"""What looks like one thing behind many cases: counted in people, said in words (类案)."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.rules.clusters import (
    RISING,
    WINDOWS,
    Cluster,
    Sign,
    Spotted,
    clusters,
    has_word,
    read_rise,
    read_windows,
    reason_words,
    rises,
    rising,
    show_rise,
    show_windows,
    sides,
)
from desk.rules.errors import RuleBroken
from desk.rules.likeness import features

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
NOISE, MARKET, LIFT = 1, 2, 3


def case(number, days, who=None, *, place=7, category=NOISE, text="夜里吵"):
    at = NOW - timedelta(days=days)
    return Spotted(number, at, place, category, who or f"p{number}", text, features(text))


def against(one, other):
    return ("取缔" in one.text) is not ("取缔" in other.text)


def found(cases, **dismissed):
    return clusters(cases, NOW, WINDOWS, opposed=against, **({"dismissed": {}} | dismissed))


def test_three_people_in_a_week_at_one_place_are_a_cluster_but_one_who_comes_thrice_is_not():
    (one,) = found([case(1, 1), case(2, 2), case(3, 5), case(4, 9), case(5, 1, place=None)])
    assert (one.cases, one.people, one.days, one.before) == ((1, 2, 3), 3, 7, 1.0)
    assert found([case(n, n, "p1") for n in (1, 2, 3)]) == []
    said = "书院路 7 天内 3 户反映社会生活噪声，上周 1 件"
    assert reason_words(one, "书院路", "社会生活噪声") == said


def test_what_comes_slowly_is_found_in_the_longer_window():
    (one,) = found([case(n, 4 * n) for n in range(1, 7)] + [case(9, 45)])
    said = "书院路 30 天内 6 户反映噪声，再往前 30 天 1 件"
    assert reason_words(one, "书院路", "噪声") == said


def test_who_asks_for_the_contrary_is_shown_but_not_counted():
    texts = {1: "取缔早市", 2: "取缔早市", 3: "取缔早市", 4: "保留早市"}
    (one,) = found([case(n, n, category=MARKET, text=text) for n, text in texts.items()])
    assert (one.cases, one.opposite, one.people) == ((1, 2, 3), (4,), 3)
    assert reason_words(one, "渡口街", "占道").endswith("；另有 1 件要求相反，不算在内")
    assert found([case(n, n, text=texts[n]) for n in (1, 2, 4)]) == []


def test_what_stands_against_nobody_is_on_the_larger_side():
    cases = [case(1, 1, text="取缔"), case(2, 2, text="保留"), case(3, 3, text="保留")]

    def only_two(one, other):
        return {one.case, other.case} in ({1, 2}, {1, 3})

    main, opposite = sides([*cases, case(4, 4)], only_two)
    assert [one.case for one in main] == [2, 3, 4]
    assert [one.case for one in opposite] == [1]


def test_what_was_set_aside_comes_back_when_as_many_come_anew():
    cases = [case(n, n) for n in (1, 2, 3, 5, 6)]
    sign = Sign(7, NOISE)
    assert found(cases, dismissed={sign: NOW - timedelta(days=2, hours=1)}) == []
    (one,) = found(cases, dismissed={sign: NOW - timedelta(days=4)})
    assert one.people == 5


def test_the_place_with_most_people_comes_first():
    cases = [case(n, 1) for n in (1, 2, 3)] + [case(n, 1, place=8) for n in (4, 5, 6, 7)]
    assert [one.sign.place for one in found(cases)] == [8, 7]


def weeks(category=LIFT, counts=(1, 1, 1, 1), start=100, **more):
    """Cases of the weeks before this one, the latest week first."""
    return [
        case(start + 10 * week + n, 8 + 7 * week, category=category, place=None, **more)
        for week, count in enumerate(counts)
        for n in range(count)
    ]


def steady(start=500, text="路灯不亮"):
    """Something that comes every week alike, so that weeks can be compared."""
    return [
        case(start + 20 * week + n, 1 + 7 * week, category=9, place=None, text=text)
        for week in range(6)
        for n in range(8)
    ]


def up(cases, **more):
    return rising(cases, NOW, RISING, **({"dismissed": {}} | more))


def test_a_category_that_rises_against_the_weeks_before_is_named_with_both_figures():
    cases = [case(n, 2, category=LIFT, place=n, text="困人") for n in range(1, 8)]
    (one,) = up([*cases, *weeks(text="困人"), *steady()])
    assert (one.sign, one.people, one.before) == (Sign(category=LIFT), 7, 1.0)
    assert reason_words(one, "", "电梯") == "电梯本周 7 户，前 4 周平均每周 1.0 户"
    assert up([*cases, *weeks(counts=(5, 6, 5, 6)), *steady()]) == []


def test_in_a_busy_week_nothing_stands_out_by_that_alone():
    double = [case(n, 2, category=n % 4, place=None, text="甲乙") for n in range(1, 29)]
    before = [
        case(100 + n, 8 + 7 * (n // 12), category=n % 4, place=None, text="甲乙") for n in range(48)
    ]
    assert up([*double, *before]) == []


def test_a_hall_that_has_just_begun_has_nothing_to_compare_with():
    assert up([case(n, 2, category=LIFT) for n in range(1, 9)]) == []
    assert up([]) == []


def test_what_a_cluster_says_already_is_not_said_again():
    cases = [case(n, 2, category=LIFT) for n in range(1, 8)]
    told = [Cluster(Sign(7, LIFT), tuple(range(1, 8)), (), 7, 7, 0.0)]
    assert up([*cases, *steady()], told=told) == []


def test_a_rise_that_was_set_aside_waits_until_as_many_come_anew():
    cases = [case(n, 2, category=LIFT, text="困人") for n in range(1, 8)]
    aside = {Sign(category=LIFT): NOW - timedelta(days=1)}
    assert up([*cases, *steady()], dismissed=aside) == []


def test_a_word_that_rises_under_several_categories_is_found_in_its_whole_length():
    texts = ("灯光秀太亮", "灯光秀几时停", "灯光秀堵路", "今晚灯光秀吵", "灯光秀收费", "看灯光秀")
    cases = [
        case(n, 2, category=10 + n % 5, place=None, text=text) for n, text in enumerate(texts, 1)
    ]
    (one,) = up([*cases, *steady()])
    assert one.sign.word == "灯光秀"
    said = "“灯光秀”本周 6 户提到，前 4 周平均每周 0.0 户，分在 5 个类别"
    assert reason_words(one, "", "灯光秀") == said
    assert up([*cases, *steady()], dismissed={one.sign: NOW - timedelta(days=1)}) == []


def test_a_long_phrase_is_cut_before_it_becomes_a_sentence():
    text = "国际灯光艺术嘉年华"
    cases = [case(n, 2, category=10 + n % 5, place=None, text=text) for n in range(1, 7)]
    (one,) = up([*cases, *steady()])
    assert len(one.sign.word) == 8
    assert one.sign.word in text


def test_a_word_with_many_ways_is_found_in_all_of_them():
    noisy = [case(n, 2, category=10 + n % 5, place=None, text="噪音扰民") for n in range(1, 7)]
    found_words = {one.sign.word for one in up([*noisy, *steady()])}
    assert found_words
    assert all(has_word(noisy[0], word) for word in found_words)
    assert not has_word(case(9, 1, text="路灯"), "灯光秀")


def test_rare_things_scatter_and_that_is_no_rise():
    assert rises(8, 3.0)
    assert not rises(3, 1.0)


@pytest.mark.parametrize(
    ("read", "show", "said", "value"),
    [
        (read_windows, show_windows, "7 天 3 户、30 天 6 户", [[7, 3], [30, 6]]),
        (read_rise, show_rise, "5 户、4 周", [5, 4]),
    ],
)
def test_the_thresholds_of_a_hall_are_written_in_words(read, show, said, value):
    assert read(said) == value
    assert show(value) == said


@pytest.mark.parametrize("said", ["", "7 天", "7 天 1 户", "91 天 3 户", "7 天 3 户、一月"])
def test_windows_that_make_no_sense_are_refused(said):
    with pytest.raises(RuleBroken, match="7 天 3 户、30 天 6 户"):
        read_windows(said)


@pytest.mark.parametrize("said", ["", "5 户", "1 户、4 周", "5 户、13 周"])
def test_a_rise_that_makes_no_sense_is_refused(said):
    with pytest.raises(RuleBroken, match="5 户、4 周"):
        read_rise(said)
