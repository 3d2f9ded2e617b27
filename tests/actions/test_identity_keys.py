"""A hall begins to encrypt: what waited is sealed, a desk without the key cannot begin."""

import pytest

from desk.actions.identity_keys import PutSheetAway, UseIdentityKey
from desk.actions.intake import Appellant
from desk.queries.identity_keys import identity_key_state
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store.identity_keys import known_key, new_key
from tests.actions.work import LI, XU
from tests.small_hall import COMMAND_LINE


def test_what_waited_for_a_key_is_sealed_when_the_hall_begins(own_work):
    work = own_work
    him = Appellant(name="陈桂芳", id_number="440900199003071238")
    work.register(LI, appellant=him)

    def state():
        return work.desk(COMMAND_LINE).read(identity_key_state)

    key = known_key(state().key_id) or new_key()  # one file begins with its first number
    assert state().waiting == int(work.is_postgresql)
    assert ("等着加密" in state().sentence) is work.is_postgresql
    with pytest.raises(NotAllowed):
        work.ask(LI, UseIdentityKey, key_id=key.id)
    with pytest.raises(RuleBroken, match="恢复码"):
        work.ask(COMMAND_LINE, UseIdentityKey, key_id="0" * 16)

    for sealed in (int(work.is_postgresql), 0):
        made = work.ask(COMMAND_LINE, UseIdentityKey, key_id=key.id).made
        assert made["sealed"] == sealed

    assert (state().key_id, state().is_here) == (key.id, True)
    assert (state().sealed, state().waiting) == (1, 0)
    assert "本机已装好" in state().sentence


def test_who_put_the_recovery_sheet_away_is_remembered(own_work):
    work, key = own_work, new_key()
    work.ask(COMMAND_LINE, UseIdentityKey, key_id=key.id)

    def state():
        return work.desk(COMMAND_LINE).read(identity_key_state)

    assert "还没有打印并封存" in state().sheet_sentence
    with pytest.raises(NotAllowed):
        work.ask(LI, PutSheetAway, key_id=key.id)
    with pytest.raises(RuleBroken, match="不是这把密钥"):
        work.ask(XU, PutSheetAway, key_id="0" * 16)

    work.ask(XU, PutSheetAway, key_id=key.id)

    assert state().sheet_sentence == f"恢复单已打印并封存（2026 年 11 月 2 日 {XU}）。"
