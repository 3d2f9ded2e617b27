"""`identity-key` (证件号密钥): make it, bring it to another desk, write it on paper."""

import argparse
from typing import Any

from desk.actions.identity_keys import RenewIdentityKey, ResealNumbers, UseIdentityKey
from desk.queries.identity_keys import identity_key_state
from desk.rules.errors import RuleBroken
from desk.settings import chosen_database
from desk.store.database import Database
from desk.store.identity_keys import HallKey, keep_key, key_from_code, known_key, new_key
from desk.store.signing_in import sign_in_built_in

_SHEET = """证件号密钥恢复单
密钥编号：{id}
恢复码：
{lines}
每台电脑装一次：main.py identity-key --enter "恢复码"
请打印两份，封好后由主要领导和管机器的同事各存一份，不要拍照，不要存进电脑。
换过密钥的，以前的恢复单也要留着：那时的文书和备份要用。
所有电脑和恢复单都丢失时，已登记的证件号码读不出来；诉求本身和其他内容不受影响。"""
_PER_LINE = 35


def _add_key(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser("identity-key", help="证件号密钥")
    what = sub.add_mutually_exclusive_group()
    what.add_argument("--new", action="store_true", help="生成并启用一把新密钥，显示恢复单")
    what.add_argument("--enter", metavar="恢复码", help="把恢复单上的密钥装到本机")
    what.add_argument("--renew", action="store_true", help="密钥泄露了：换一把，全部重新加密")
    what.add_argument("--sheet", action="store_true", help="再显示一次恢复单")
    sub.set_defaults(command=run_key)
    return sub


COMMANDS = (_add_key,)


def run_key(options: argparse.Namespace) -> int:
    """Make, bring or show the key; without an option say how things stand."""
    database = sign_in_built_in(chosen_database(options.database))
    try:
        if options.new:
            _use(database, new_key())
        elif options.enter:
            _use(database, keep_key(key_from_code(options.enter)))
        elif options.renew:
            _renew(database)
        state = database.read(identity_key_state)
    finally:
        database.close()
    if options.new or options.renew or options.sheet:
        key = known_key(state.key_id)
        if key is None:
            raise RuleBroken("本机没有证件号密钥，不能显示恢复单。请先用 --enter 或 --new。")
        print(_sheet(key))
    print(state.sentence)
    return 0


def _renew(database: Database) -> None:
    """Change the key and encrypt everything anew; what was broken off is gone on with."""
    if not database.read(identity_key_state).left:
        request = RenewIdentityKey(**_by_me(database), key_id=new_key().id)
        print(f"{database.carry_out(request).title}。")
    after: int | None = 0
    while after is not None:
        made = database.carry_out(ResealNumbers(**_by_me(database), after=after)).made
        after = made.get("last")
        closed = f"，{made['unreadable']} 个打不开、没有动" if made["unreadable"] else ""
        print(f"重新加密 {made['done']} 个，还有 {made['left']} 个{closed}。")


def _by_me(database: Database) -> dict[str, Any]:
    return {"made_by": database.person.staff_id, "happened_at": database.now()}


def _use(database: Database, key: HallKey) -> None:
    """Begin with a key; one that is entered must be the hall's, or was, where it has one."""
    made_by = database.person.staff_id
    database.carry_out(UseIdentityKey(made_by=made_by, happened_at=database.now(), key_id=key.id))


def _sheet(key: HallKey) -> str:
    code = key.recovery_code()
    lines = [code[at : at + _PER_LINE] for at in range(0, len(code), _PER_LINE)]
    return _SHEET.format(id=key.id, lines="\n".join(f"  {line.strip('-')}" for line in lines))
