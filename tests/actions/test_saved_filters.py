"""Filters of the boards under a name: one's own are changed, those of others only used."""

import pytest

from desk.actions.saved_filters import BeginWithFilter, PutFilterFirst, RemoveFilter, SaveFilter
from desk.queries.saved_filters import named_filters
from desk.rules.errors import NotAllowed, RuleBroken
from desk.rules.saved_filters import MOST_OWN
from tests.actions.work import FENG, LI, SUN, WU, ZHAO, ZHENG, ZHOU

URGENT = {"urgency": "urgent"}


def save(work, who, name, **more):
    facts = {"name": name, "chosen": URGENT} | more
    return work.ask(who, SaveFilter, **facts).made["filter"]


def offered(work, who):
    return work.desk(who).read(named_filters)


def names(work, who):
    return [(one.name, one.whose) for one in offered(work, who).filters]


def test_one_sees_ones_own_and_what_colleagues_share(work):
    save(work, ZHOU, "紧急")
    save(work, ZHOU, "大家的", is_shared=True)
    save(work, LI, "李的")
    assert names(work, ZHOU) == [("紧急", ""), ("大家的", "")]
    assert names(work, LI) == [("李的", ""), ("大家的", "周航")]


def test_ones_own_is_changed_moved_removed_and_brought_back(work):
    first, second = save(work, WU, "甲"), save(work, WU, "乙")
    save(work, WU, "丙", filter=first, chosen={"words": "电梯"}, is_shared=True)
    work.ask(WU, PutFilterFirst, filter=second)
    assert [(one.name, one.chosen) for one in offered(work, WU).filters if one.is_own] == [
        ("乙", URGENT),
        ("丙", {"words": "电梯"}),
    ]
    work.ask(WU, RemoveFilter, filter=second)
    assert ("乙", "") not in names(work, WU)
    work.ask(WU, RemoveFilter, filter=second, brings_back=True)
    assert names(work, WU)[0] == ("乙", "")


def test_everybody_begins_with_a_filter_of_his_own_choice(work):
    shared = save(work, FENG, "共用", is_shared=True)
    work.ask(ZHAO, BeginWithFilter, filter=shared)
    assert offered(work, ZHAO).get(shared) == next(
        one for one in offered(work, ZHAO).filters if one.id == offered(work, ZHAO).default
    )
    assert offered(work, FENG).default is None
    work.ask(FENG, RemoveFilter, filter=shared)
    assert offered(work, ZHAO).default is None  # what is not offered begins nothing
    work.ask(ZHAO, BeginWithFilter, filter=None)
    assert offered(work, ZHAO).default is None


def test_another_ones_filter_is_neither_changed_nor_begun_with(work):
    private, shared = save(work, ZHENG, "私"), save(work, ZHENG, "公", is_shared=True)
    for request, more in (
        (SaveFilter, {"name": "改", "chosen": URGENT}),
        (RemoveFilter, {}),
        (PutFilterFirst, {}),
    ):
        with pytest.raises(NotAllowed, match="同事存的"):
            work.ask(SUN, request, filter=shared, **more)
    with pytest.raises(RuleBroken, match="找不到"):
        work.ask(SUN, BeginWithFilter, filter=private)
    work.ask(ZHENG, RemoveFilter, filter=shared)
    with pytest.raises(RuleBroken, match="找不到"):
        work.ask(SUN, BeginWithFilter, filter=shared)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "起个名字"),
        ({"name": "甲" * 41}, "最多 40 字"),
        ({"chosen": {}}, "没有任何筛选条件"),
        ({"chosen": {"colour": "red"}}, "不认识的条件：colour"),
        ({"filter": 1}, "找不到"),
    ],
)
def test_a_filter_that_cannot_be_used_is_refused(work, wrong, said):
    with pytest.raises(RuleBroken, match=said):
        save(work, SUN, **({"name": "好"} | wrong))


def test_nobody_keeps_more_than_he_can_find_again(work):
    own = sum(one.is_own for one in offered(work, ZHAO).filters)
    for number in range(MOST_OWN - own):
        save(work, ZHAO, f"第 {number}")
    with pytest.raises(RuleBroken, match="最多存 30 个"):
        save(work, ZHAO, "再来一个")
