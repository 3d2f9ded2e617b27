"""Points for a unit and a month are given with evidence, and withdrawn in the open (加分、扣分)."""

import pytest
from sqlalchemy.orm import Session

from desk.actions.bonus_points import GivePoints, WithdrawPoints
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.models import BonusPoint
from tests.actions.work import LI, WANG, XU, ZHAO, ZHENG, ZHOU


def give(work, who=ZHOU, **more):
    facts = {
        "unit": work.unit("城建办"),
        "month": "2026-11",
        "hundredths": 20,
        "reason": "专题经验获通报表扬",
        "evidence": "市中心通报第 7 期",
        "approved_by": work.staff(WANG),
    }
    return work.ask(who, GivePoints, **(facts | more))


def row_of(work, changes):
    with Session(work.hall.engine) as session:
        return session.get(BonusPoint, changes.made["points"])


def test_points_say_for_whom_why_and_who_approved_them(work):
    changes = give(work)
    assert changes.title == "加分 +0.20 分（城建办，2026-11）"
    row = row_of(work, changes)
    assert row.reason == "专题经验获通报表扬（依据：市中心通报第 7 期）"
    assert (row.hundredths, row.approved_by) == (20, work.staff(WANG))
    assert give(work, ZHENG, hundredths=-100).title == "扣分 -1.00 分（城建办，2026-11）"


def test_points_are_withdrawn_once_with_a_reason_and_stay_on_the_list(work):
    changes = give(work)
    points = changes.made["points"]
    with pytest.raises(RuleBroken, match="为什么撤销"):
        work.ask(ZHOU, WithdrawPoints, points=points, note=" ")
    taken = work.ask(ZHENG, WithdrawPoints, points=points, note="通报更正")
    assert taken.title == "撤销加分 +0.20 分（城建办，2026-11）"
    row = row_of(work, changes)
    assert (row.hundredths, row.withdrawn_by) == (20, work.staff(ZHENG))
    for gone in (points, 1):
        with pytest.raises(RuleBroken, match="已经撤销"):
            work.ask(ZHOU, WithdrawPoints, points=gone, note="再撤")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"month": "2026-12"}, "month"),
        ({"hundredths": 0}, "points"),
        ({"unit": 1}, "unit"),
        ({"evidence": "有"}, "evidence"),
    ],
)
def test_points_that_cannot_be_are_refused_beside_their_field(work, changed, field):
    with pytest.raises(RuleBroken) as refused:
        give(work, **changed)
    assert refused.value.field == field


def test_a_leader_approves_and_nobody_else(work):
    with pytest.raises(RuleBroken, match="批准的领导"):
        give(work, approved_by=work.staff(ZHAO))


@pytest.mark.parametrize("who", [LI, XU, ZHAO])
def test_only_who_keeps_the_rules_gives_points(work, who):
    with pytest.raises(NotAllowed):
        give(work, who)
