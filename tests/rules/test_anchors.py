"""Anchors are read from paper as people write them, and say since when something does not fit."""

from datetime import UTC, date, datetime

import pytest

from desk.rules.anchors import (
    Anchor,
    AnchorPlace,
    Explanation,
    Link,
    day_words,
    misfits,
    read_anchor,
    say_anchor,
    short_hash,
)
from desk.rules.errors import RuleBroken

AT = datetime(2026, 11, 3, 1, tzinfo=UTC)
A, B = "1a2b3c4d5e6f7a8b" * 4, "ffff" * 16


def desk(place, digits, day=3):
    at = AT.replace(day=day)
    return Anchor(place, digits, AnchorPlace.DESK, at.date(), at)


def links(**hashes):
    return {int(place[1:]): Link(digits, AT) for place, digits in hashes.items()}


def test_an_anchor_is_short_enough_to_be_read_out():
    assert short_hash(A) == "1a2b-3c4d-5e6f-7a8b"
    assert say_anchor(desk(120, A)) == "第 120 条 1a2b-3c4d-5e6f-7a8b"
    assert day_words(AT.replace(hour=17)) == "2026 年 11 月 4 日"  # the hall's day, not London's


@pytest.mark.parametrize(
    "written",
    [
        "第 120 条 1a2b-3c4d-5e6f-7a8b",
        "120:1a2b3c4d5e6f7a8b",
        " 120：1A2B－3C4D—5E6F 7A8B ",
        "留痕 第120条 1a2b-3c4d-5e6f-7a8b",
        f"120 {A}",
    ],
)
def test_what_stands_on_paper_is_read(written):
    read = read_anchor(written)

    assert (read.place, read.kept, read.day) == (120, AnchorPlace.PAPER, None)
    assert read.fits(A)
    assert not read.fits(B)


@pytest.mark.parametrize("written", ["", "120", "120:1a2b", "第 120 条", "1a2b-3c4d", f"1:{A}0"])
def test_what_cannot_be_an_anchor_is_told(written):
    with pytest.raises(RuleBroken, match="请照纸上再输一次") as refused:
        read_anchor(written)
    assert refused.value.field == "anchor"


def test_anchors_that_fit_have_nothing_to_say():
    assert misfits([desk(4, A), desk(7, B)], links(_4=A, _7=B)) == []


def test_the_first_anchor_that_does_not_fit_says_between_which_lines_and_days():
    known = [desk(4, A, 2), desk(7, A, 3), desk(10, A, 4)]

    (found,) = misfits(known, links(_4=A, _7=B, _10=A))

    assert found.sentence == (
        "这台电脑记的 2026 年 11 月 3 日的锚点是第 7 条 1a2b-3c4d-5e6f-7a8b，"
        "库里这一条现在是 ffff-ffff-ffff-ffff。第 4 条以前对得上；"
        "改动发生在第 5 条至第 7 条，在 2026 年 11 月 2 日与 2026 年 11 月 3 日之间。"
    )


def test_one_line_alone_and_unknown_days_are_said_so():
    paper = Anchor(5, A, AnchorPlace.PAPER)

    (found,) = misfits([desk(4, A), paper], links(_4=A))
    assert found.sentence.endswith("库里没有这一条。第 4 条以前对得上；改动发生在第 5 条。")

    (found,) = misfits([paper], {})
    assert found.sentence.startswith("纸上记的锚点是第 5 条 ")
    assert found.sentence.endswith("第 5 条和它以前的留痕有改动。")


def test_what_a_leader_explained_is_told_with_his_words_and_apart_from_what_came_later():
    explained = Explanation(AT, "郑伟", "从备份恢复。")
    typed = Anchor(9, A, AnchorPlace.PAPER)

    found = misfits([desk(7, A, 3), desk(8, A, 4), typed], {}, [explained])

    assert [(one.wrong.place, one.explained) for one in found] == [
        (7, explained),
        (8, None),
        (9, None),
    ]
    assert found[0].sentence.endswith("郑伟已说明：从备份恢复。")
    assert found[0].wrong.day == date(2026, 11, 3)
