"""`erase` (抹除): carry out what two people decided, on the machine that holds the database."""

import argparse
from typing import Any

from desk.actions.erasing import CarryOutErasure
from desk.queries.erasures import decided_erasures, erased_count
from desk.settings import chosen_database
from desk.store.signing_in import sign_in_built_in


def _add_erase(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser("erase", help="执行已同意的抹除")
    sub.add_argument("--check", action="store_true", help="只列出来，不抹除")
    sub.set_defaults(command=run_erase)
    return sub


COMMANDS = (_add_erase,)


def run_erase(options: argparse.Namespace) -> int:
    """Erase file by file; each one has its own line in the history."""
    database = sign_in_built_in(chosen_database(options.database))
    try:
        for one in database.read(decided_erasures):
            if not options.check:
                me, now = database.person.staff_id, database.now()
                database.carry_out(CarryOutErasure(made_by=me, happened_at=now, erasure=one.id))
            print(one.sentence + ("还没有抹除。" if options.check else "已抹除。"))
        print(f"按规定抹除共 {database.read(erased_count)} 件。")
    finally:
        database.close()
    return 0
