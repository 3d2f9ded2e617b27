"""A key that others may know is changed: every number anew, in small steps, readable all along."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.identity_keys import RenewIdentityKey, ResealNumbers, UseIdentityKey
from desk.actions.intake import Appellant
from desk.queries.identity_keys import identity_key_state
from desk.queries.search import find
from desk.rules.errors import NotAllowed, RuleBroken
from desk.store import identity_keys
from desk.store.identity_keys import key_folder, new_key
from desk.store.models import IdentityNumber
from desk.store.person_keys import kept_key, keys_of
from tests.actions.work import LI, XU
from tests.small_hall import COMMAND_LINE

NUMBERS = ("440900199003071238", "440900198805052213", "440900197702021114")


@pytest.fixture
def work(own_work):
    """Return a hall with three numbers under its first key."""
    own_work.first = new_key()
    own_work.ask(COMMAND_LINE, UseIdentityKey, key_id=own_work.first.id)
    own_work.cases = [
        own_work.register(LI, appellant=Appellant(name="陈桂芳", id_number=one)) for one in NUMBERS
    ]
    return own_work


def state(work):
    return work.desk(COMMAND_LINE).read(identity_key_state)


def sealed(work):
    with Session(work.hall.engine) as session:
        rows = session.scalars(select(IdentityNumber)).all()
        return {row.owner_id: (row.key_id, row.cipher, row.blind_index) for row in rows}


def are_found(work):
    desk = work.desk(LI)
    return [[one.id for one in desk.read(lambda r, n=n: find(r, n)).cases] for n in NUMBERS] == [
        [case] for case in work.cases
    ]


def forget(monkeypatch, key):
    monkeypatch.setattr(identity_keys, "_KNOWN", {})
    (key_folder() / f"{key.id}.key").unlink()


def reseal(work, **more):
    return work.ask(COMMAND_LINE, ResealNumbers, **more).made


def test_every_number_is_encrypted_anew_and_read_all_along(work, monkeypatch):
    before, key = sealed(work), new_key()
    made = work.ask(COMMAND_LINE, RenewIdentityKey, key_id=key.id)
    assert made.title == f"换证件号密钥：{work.first.id[:8]} 换成 {key.id[:8]}"
    assert (state(work).key_id, state(work).earlier, state(work).left) == (
        key.id, (work.first.id,), 3)  # fmt: skip
    assert are_found(work)

    step = reseal(work, most=2)
    assert (step["done"], step["left"]) == (2, 1)
    assert "1 个还在旧密钥下" in state(work).sentence
    assert are_found(work)  # two under the new key, one under the old one

    assert reseal(work, after=step["last"]) == {"done": 1, "left": 0, "unreadable": 0}
    after = sealed(work)
    assert {one[0] for one in after.values()} == {key.id}
    assert all(set(after[owner]).isdisjoint(before[owner]) for owner in before)
    forget(monkeypatch, work.first)
    assert are_found(work)
    assert work.first.id[:8] in state(work).sentence  # papers of then need it


def test_a_number_that_no_key_opens_stays_and_is_counted(work):
    with Session(work.hall.engine) as session, session.begin():
        rows = session.scalars(select(IdentityNumber).order_by(IdentityNumber.owner_id)).all()
        rows[0].cipher = rows[1].cipher  # of another place
    work.ask(COMMAND_LINE, RenewIdentityKey, key_id=new_key().id)

    assert reseal(work) == {"done": 2, "left": 0, "unreadable": 1}
    assert state(work).left == 1


def test_whoever_was_expected_somewhere_is_known_again_under_the_new_key(work):
    street, phone = work.hall.street_id, "13800000031"
    with Session(work.hall.engine) as session:
        (before,) = keys_of(session, street, phone=phone)
    work.ask(COMMAND_LINE, RenewIdentityKey, key_id=new_key().id)
    with Session(work.hall.engine) as session:
        (now,) = keys_of(session, street, phone=phone)
        assert now != before
        assert kept_key(session, street, before) == now


def test_who_may_change_the_key_and_to_which(work, monkeypatch):
    refused = [(LI, NotAllowed, "。")] + [(XU, NotAllowed, "--renew")] * work.is_postgresql
    for who, error, words in refused:
        with pytest.raises(error, match=words):
            work.ask(who, RenewIdentityKey, key_id=new_key().id)
        with pytest.raises(error, match=words):
            work.ask(who, ResealNumbers)
    for key_id, words in ((work.first.id, "新密钥"), ("0" * 16, "恢复码")):
        with pytest.raises(RuleBroken, match=words):
            work.ask(COMMAND_LINE, RenewIdentityKey, key_id=key_id)
    with pytest.raises(RuleBroken, match="没有改动"):
        work.ask(COMMAND_LINE, UseIdentityKey, key_id=new_key().id)
    key = new_key()
    forget(monkeypatch, work.first)
    with pytest.raises(RuleBroken, match="那一张恢复单"):
        work.ask(COMMAND_LINE, RenewIdentityKey, key_id=key.id)


def test_a_hall_without_a_key_has_none_to_change(own_work):
    with pytest.raises(RuleBroken, match="先启用"):
        own_work.ask(COMMAND_LINE, RenewIdentityKey, key_id=new_key().id)
    if own_work.is_postgresql:  # one file begins with its key when it is first asked for
        with pytest.raises(RuleBroken, match="没有要换的"):
            reseal(own_work)
    else:
        assert reseal(own_work)["done"] == 0
