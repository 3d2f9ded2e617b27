"""`upgrade`, `found`, `demo`, `backup` and `restore`."""

import argparse
import sys
from pathlib import Path
from typing import Any

from desk.cli import REFUSED, WrongArgument, count, day, say_progress
from desk.demo.build import build_demo
from desk.exchange.organisation import read_plan, write_template
from desk.first_day import found
from desk.rules.codes import Role
from desk.settings import chosen_database
from desk.store.backup import backup, require_empty, restore
from desk.store.fitting import newest_revision
from desk.store.upgrade import upgrade


def _add_upgrade(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser("upgrade", help="建库或升级库")
    sub.set_defaults(command=run_upgrade)
    return sub


def _add_found(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser("found", help="按建厅表建立街道")
    sub.add_argument("file", type=Path, nargs="?", help="填好的建厅表")
    sub.add_argument("--template", type=Path, metavar="FILE", help="只写一份空的建厅表")
    sub.set_defaults(command=run_found)
    return sub


def _add_demo(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser("demo", help="建立虚构的青榕街道")
    sub.add_argument("--cases", type=count, required=True, help="诉求件数，可以是 0")
    sub.add_argument("--seed", type=int, default=1, help="同一种子结果相同")
    sub.add_argument("--until", type=day, help="最后一天，缺省为今天")
    sub.set_defaults(command=run_demo)
    return sub


def _add_backup(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser("backup", help="备份")
    sub.add_argument("file", type=Path, help="备份文件")
    sub.set_defaults(command=run_backup)
    return sub


def _add_restore(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser("restore", help="恢复到空库")
    sub.add_argument("file", type=Path, help="备份文件")
    sub.set_defaults(command=run_restore)
    return sub


COMMANDS = (_add_upgrade, _add_found, _add_demo, _add_backup, _add_restore)


def run_upgrade(options: argparse.Namespace) -> int:
    """Create the database or bring it to this program's schema."""
    upgrade(chosen_database(options.database))
    print(f"数据库已是最新结构（{newest_revision()}）。")
    return 0


def run_found(options: argparse.Namespace) -> int:
    """Found the street of a filled workbook in an empty database; a bad row refuses all of it."""
    if options.template is not None:
        print(f"空的建厅表已写到 {write_template(options.template)}。")
        return 0
    if options.file is None:
        raise WrongArgument("请写明填好的建厅表，或用 --template 领一份空的。")
    planned = read_plan(options.file)
    troubles = [
        *planned.missing,
        *(f"{row.sheet.value} 第 {row.row} 行 {row.name}：{row.reason}" for row in planned.refused),
    ]
    if planned.plan is None or troubles:
        print("\n".join([*troubles, "没有建立街道，请改好再来。"]), file=sys.stderr)
        return REFUSED
    url = chosen_database(options.database)
    require_empty(url)
    outlook = found(url, planned.plan)
    administrators = [s.login for s in planned.plan.staff if Role.ADMINISTRATOR in s.roles]
    print(f"“{outlook.hall or planned.plan.hall_name}”已建好。管理员工号 {administrators[0]}。")
    return 0


def run_demo(options: argparse.Namespace) -> int:
    """Fill an empty database with the fictional street."""
    build_demo(
        chosen_database(options.database),
        cases=options.cases,
        seed=options.seed,
        until=options.until,
        progress=say_progress("写入诉求"),
    )
    print(f"演示街道“青榕街道”已建好，诉求 {options.cases} 件。工号 1001 等，密码 qingrong1。")
    return 0


def run_backup(options: argparse.Namespace) -> int:
    """Write a verified copy of the database."""
    report = backup(chosen_database(options.database), options.file)
    print(f"已备份到 {report.file}，{report.size} 字节，校验通过。")
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Restore a copy into an empty database."""
    report = restore(options.file, chosen_database(options.database))
    rows = sum(report.contents.rows.values())
    print(f"已恢复：{report.contents.street or '（没有街道）'}，共 {rows} 行，校验通过。")
    return 0
