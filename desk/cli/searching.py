"""`rebuild-search` (重建检索): write anew by what cases are found, while the desks go on."""

import argparse
from typing import Any

from desk.cli import say_progress
from desk.settings import chosen_database
from desk.store.search_rebuild import rebuild_search
from desk.store.signing_in import sign_in_built_in


def _add_rebuild(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser(
        "rebuild-search", help="重建检索，停下再运行会接着做"
    )
    sub.set_defaults(command=run_rebuild)
    return sub


COMMANDS = (_add_rebuild,)


def run_rebuild(options: argparse.Namespace) -> int:
    """Look at every case's text and write those that are missing or not right."""
    database = sign_in_built_in(chosen_database(options.database))
    try:
        done = rebuild_search(database.engine, say_progress("核对检索"))
    finally:
        database.close()
    print(f"已核对 {done.cases} 件，重写 {done.written} 件的检索；窗口里现在都能查到。")
    return 0
