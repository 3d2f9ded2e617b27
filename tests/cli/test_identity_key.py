"""`identity-key --renew`, as it is typed after a key was lost: every number under a new key."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.identity_keys import RenewIdentityKey, UseIdentityKey
from desk.actions.intake import Appellant
from desk.queries.search import find
from desk.store.identity_keys import new_key
from desk.store.models import IdentityNumber
from tests.actions.work import LI, Work
from tests.small_hall import COMMAND_LINE

NUMBERS = ("440900199003071238", "440900198805052213")
STEPS = re.compile(
    r"(换证件号密钥：\w{8} 换成 \w{8}。\n)?重新加密 2 个，还有 0 个。\n证件号密钥恢复单\n.*",
    re.DOTALL,
)


@pytest.fixture
def work(hall, clock):
    """A hall with two numbers under its first key."""
    work = Work(hall, clock)
    work.ask(COMMAND_LINE, UseIdentityKey, key_id=new_key().id)
    for one in NUMBERS:
        work.register(LI, appellant=Appellant(name="陈桂芳", id_number=one))
    return work


def keys_in_use(work):
    with Session(work.hall.engine) as session:
        return set(session.scalars(select(IdentityNumber.key_id)))


def test_the_key_is_renewed_and_what_was_broken_off_is_gone_on_with(work, hall_url, command):
    for went_on in (False, True):
        before = keys_in_use(work)
        if went_on:  # the power failed right after the new key was begun with
            work.ask(COMMAND_LINE, RenewIdentityKey, key_id=new_key().id)
        answer = command("identity-key", "--renew", "--database", hall_url)
        assert (answer.code, answer.err) == (0, "")
        assert STEPS.fullmatch(answer.out)
        assert answer.out.startswith("换证件号密钥") is not went_on
        assert not keys_in_use(work) & before
        for number in NUMBERS:
            assert len(work.desk(LI).read(lambda reader, n=number: find(reader, n)).cases) == 1
