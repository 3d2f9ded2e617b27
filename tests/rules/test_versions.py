"""A program and its database shake hands: same, one newer, too new, or still to be upgraded."""

import pytest

from desk.rules.errors import WrongVersion
from desk.rules.versions import Fit, fit_of

MINE, NEXT, LATER = "20261122m_upkeep", "20270301a_next", "20270601a_later"


def test_the_same_version_needs_no_word():
    assert fit_of(MINE, MINE, MINE) == Fit("", may_write=True)


def test_a_newer_database_that_still_knows_this_program_is_used_with_a_banner():
    fit = fit_of(MINE, NEXT, MINE)
    assert fit.may_write
    assert "请今天下班前升级" in fit.banner


def test_a_database_that_no_longer_knows_this_program_is_only_looked_at():
    fit = fit_of(MINE, LATER, NEXT)
    assert not fit.may_write
    assert "登记先存在本机" in fit.banner


def test_a_newer_database_that_does_not_say_whom_it_takes_is_not_opened():
    with pytest.raises(WrongVersion, match="数据库比本程序新"):
        fit_of(MINE, NEXT, None)


@pytest.mark.parametrize(("found", "words"), [(None, "还没有建好"), (MINE, "比本程序旧")])
def test_a_database_that_must_be_upgraded_first_is_not_opened(found, words):
    with pytest.raises(WrongVersion, match=words):
        fit_of(NEXT, found, MINE)


def test_an_upgrade_that_was_not_finished_lets_nobody_in():
    with pytest.raises(WrongVersion, match="正在升级"):
        fit_of(MINE, MINE, None)
