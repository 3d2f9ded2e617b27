"""What goes wrong reaches the clerk as one sentence."""

import pytest

from desk.rules.errors import (
    DatabaseAway,
    DeskError,
    NotAllowed,
    RuleBroken,
    StaleCase,
    WrongVersion,
)


@pytest.mark.parametrize("kind", [RuleBroken, NotAllowed, StaleCase, DatabaseAway, WrongVersion])
def test_every_error_is_its_sentence(kind):
    error = kind("请刷新后再试。")

    assert isinstance(error, DeskError)
    assert str(error) == "请刷新后再试。"


def test_a_broken_rule_may_name_its_field():
    assert RuleBroken("请填电话。", field="phone").field == "phone"
    assert RuleBroken("请稍候。").field is None
    assert NotAllowed("密码不对。", field="password").field == "password"


def test_a_stale_case_names_what_differs():
    assert StaleCase("刚有变化。").changes == ()
    assert StaleCase("刚有变化。", changes=(("09:00 周航", "分拨"),)).changes[0][1] == "分拨"
