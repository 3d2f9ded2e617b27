"""`upgrade`, `demo`, `backup` and `restore`."""

import argparse
from pathlib import Path
from typing import Any

from desk.cli import count, day, say_progress
from desk.demo.build import build_demo
from desk.settings import chosen_database
from desk.store.backup import backup, restore
from desk.store.upgrade import newest_revision, upgrade


def _add_upgrade(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser("upgrade", help="建库或升级库")
    sub.set_defaults(command=run_upgrade)
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


COMMANDS = (_add_upgrade, _add_demo, _add_backup, _add_restore)


def run_upgrade(options: argparse.Namespace) -> int:
    """Create the database or bring it to this program's schema."""
    upgrade(chosen_database(options.database))
    print(f"数据库已是最新结构（{newest_revision()}）。")
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
