"""`import` and `export` of ledgers."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from desk.cli import REFUSED, day, say_progress
from desk.exchange.export_ledger import LEDGERS, export_ledger
from desk.exchange.import_ledger import import_ledger
from desk.exchange.ledger_map import known_maps
from desk.settings import chosen_database
from desk.store.signing_in import sign_in_built_in


def _add_import(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser("import", help="导入台账")
    sub.add_argument("file", type=Path, metavar="FILE.xlsx")
    kinds = [ledger.kind for ledger in known_maps()]
    sub.add_argument(
        "--as",
        dest="kind",
        metavar="台账",
        choices=kinds,
        help=f"{'、'.join(kinds)}；缺省按表头识别",
    )
    sub.add_argument("--refused", type=Path, metavar="FILE.xlsx", help="未导入的行另存到这里")
    sub.add_argument("--check", action="store_true", help="只检查，不写库")
    sub.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    sub.set_defaults(command=run_import)
    return sub


def _add_export(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser("export", help="导出台账")
    sub.add_argument("kind", metavar="台账", help="、".join(LEDGERS))
    sub.add_argument("--from", dest="first", type=day, required=True, metavar="D")
    sub.add_argument("--to", dest="last", type=day, required=True, metavar="D")
    sub.add_argument("--reason", required=True, metavar="理由")
    sub.add_argument("--output", type=Path, required=True, metavar="FILE.xlsx")
    sub.set_defaults(command=run_export)
    return sub


COMMANDS = (_add_import, _add_export)


def run_import(options: argparse.Namespace) -> int:
    """Import a ledger row by row; refused rows are named one by one."""
    database = sign_in_built_in(chosen_database(options.database))
    try:
        result = import_ledger(
            database,
            options.file,
            kind=options.kind,
            is_check=options.check,
            progress=say_progress("导入"),
        )
    finally:
        database.close()
    if options.refused and result.refused:
        result.save_refused(options.refused)
    if options.json:
        print(json.dumps(result.as_json(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(result.sentences()))
    return REFUSED if result.refused else 0


def run_export(options: argparse.Namespace) -> int:
    """Export a ledger; who, when and why is recorded."""
    database = sign_in_built_in(chosen_database(options.database))
    try:
        result = export_ledger(
            database,
            options.output,
            kind=options.kind,
            first_day=options.first,
            last_day=options.last,
            reason=options.reason,
        )
    finally:
        database.close()
    print("\n".join(result.sentences()))
    sys.stdout.flush()
    return 0
