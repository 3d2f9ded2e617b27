"""`rates` (三率), the other statistics of a period, and `due` (算时限)."""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from desk.cli import WrongArgument, day
from desk.queries.early_action_figures import early_action_figures
from desk.queries.mediation_figures import mediation_figures
from desk.queries.rate_figures import period_report
from desk.queries.whistle_figures import whistle_figures
from desk.rules.calendar_files import read_calendar
from desk.rules.codes import SpanUnit
from desk.rules.errors import RuleBroken
from desk.rules.identity import fold_width
from desk.rules.moments import from_wall, in_shanghai
from desk.rules.rate_groups import EXCHANGED, GroupBy
from desk.rules.spans import due, parse_span
from desk.rules.working_days import Calendar, built_in_calendar
from desk.settings import chosen_database
from desk.store.database import Reader
from desk.store.signing_in import sign_in_built_in

Found = TypeVar("Found")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?")


def _add_period(subcommands: Any, name: str, title: str) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser(name, help=title)
    sub.add_argument("--from", dest="first", type=day, required=True, metavar="D")
    sub.add_argument("--to", dest="last", type=day, required=True, metavar="D")
    sub.add_argument("--json", action="store_true", help="以 JSON 输出")
    return sub


def _add_rates(subcommands: Any) -> argparse.ArgumentParser:
    sub = _add_period(subcommands, "rates", "三率及排名")
    sub.add_argument(
        "--by", default=GroupBy.UNIT.value, choices=[group.value for group in EXCHANGED]
    )
    sub.set_defaults(command=run_rates)
    return sub


def _add_mediations(subcommands: Any) -> argparse.ArgumentParser:
    sub = _add_period(subcommands, "mediation-statistics", "人民调解统计")
    sub.set_defaults(command=run_mediation_statistics)
    return sub


def _add_early_actions(subcommands: Any) -> argparse.ArgumentParser:
    sub = _add_period(subcommands, "early-action-statistics", "未诉先办统计")
    sub.set_defaults(command=run_early_action_statistics)
    return sub


def _add_whistles(subcommands: Any) -> argparse.ArgumentParser:
    sub = _add_period(subcommands, "whistle-statistics", "吹哨报到统计")
    sub.set_defaults(command=run_whistle_statistics)
    return sub


def _add_due(subcommands: Any) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = subcommands.add_parser("due", help="时限计算")
    sub.add_argument("start", metavar="START", help="起点，如 2026-09-24T10:00")
    sub.add_argument("span", metavar="SPAN", help="90m、5h、5wh、210wm、3wd、60d，负数向前推算")
    sub.add_argument(
        "--calendar", type=Path, metavar="FILE.json", help="日历文件，缺省用内置的法定节假日"
    )
    sub.add_argument(
        "--pause", action="append", default=[], metavar="START/END", help="暂停，可以写多次"
    )
    sub.add_argument("--rollover", action="store_true", help="自然日的末日为休息日时顺延")
    sub.add_argument("--json", action="store_true", help="以 JSON 输出")
    sub.set_defaults(command=run_due)
    # Without this, argparse takes “-3wd” for an option it does not know.
    sub._negative_number_matcher = re.compile(r"^-\d")  # noqa: SLF001
    return sub


COMMANDS = (_add_rates, _add_mediations, _add_early_actions, _add_whistles, _add_due)


def run_rates(options: argparse.Namespace) -> int:
    """Print the three rates of a period."""
    report = _read(options, partial(period_report, by=GroupBy(options.by)))
    if options.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return 0
    total = report["total"]
    print(
        f"{report['from']} 至 {report['to']}，受理 {total['received']} 件，规则：{report['rules']}"
    )
    for name, key in (
        ("响应率", "response_rate"),
        ("解决率", "resolution_rate"),
        ("满意率", "satisfaction_rate"),
    ):
        print(f"{name} {_percent(total[key])}")
    for row in report["rows"]:
        print(f"{_place(row)}\t{row['key']}\t受理 {row['received']}\t满意率 "
              f"{_percent(row['satisfaction_rate'])}")  # fmt: skip
    return 0


def _place(row: dict[str, Any]) -> str:
    """Say a rank; a hall may rank nobody, and where nobody was asked there is nothing to rank."""
    if row["score"] is None:
        return "无评价"
    tied = "（并列）" if row["tied"] else ""
    return f"第 {row['rank']} 名{tied}" if row["rank"] else "不排名"


def run_mediation_statistics(options: argparse.Namespace) -> int:
    """Print how many mediations there were in a period, of which kinds, and how they ended."""
    return _tell(options, mediation_figures, _mediation_words)


def _mediation_words(report: Any) -> Iterator[str]:
    yield (
        f"{report['from']} 至 {report['to']}，调解 {report['total']} 件，结案 {report['closed']} 件"
    )
    yield f"达成协议 {report['succeeded']} 件，成功率 {_percent(report['success_rate'])}"
    yield (
        f"书面 {report['written']} 件，口头 {report['oral']} 件，金额 {report['amount']} 元，"
        f"已履行 {report['performed']} 件，司法确认 {report['judicial_confirmations']} 件"
    )
    for row in report["by_kind"]:
        yield f"{row['key']}\t{row['count']} 件\t{_percent(row['share'])}"


def run_early_action_statistics(options: argparse.Namespace) -> int:
    """Print what was found in a period before anybody complained, and how much of it is solved."""
    return _tell(options, early_action_figures, _early_action_words)


def _early_action_words(report: Any) -> Iterator[str]:
    yield (
        f"{report['from']} 至 {report['to']}，发现 {report['found']} 条，"
        f"化解 {report['resolved']} 条（复看确认 {report['confirmed']} 条），"
        f"化解率 {_percent(report['resolution_rate'])}，平均每周 {report['weekly_mean']} 条"
    )
    for row in (*report["by_way"], *report["by_community"], *report["by_category"]):
        yield f"{row['key']}\t{row['found']} 条\t化解率 {_percent(row['resolution_rate'])}"


def run_whistle_statistics(options: argparse.Namespace) -> int:
    """Print how many units were called in a period, who came, and what was settled."""
    return _tell(options, whistle_figures, _whistle_words)


def _whistle_words(report: Any) -> Iterator[str]:
    yield (
        f"{report['from']} 至 {report['to']}，哨单 {report['calls']} 张，"
        f"被吹哨单位 {report['called_units']} 个次，到场 {report['answered_units']} 个次"
    )
    yield (
        f"响应率 {_percent(report['response_rate'])}，"
        f"按时报到率 {_percent(report['on_time_rate'])}，"
        f"化解 {report['resolved']} 张，化解率 {_percent(report['resolution_rate'])}"
    )
    for row in (*report["by_level"], *report["by_unit"]):
        yield f"{row['key']}\t{row['calls']} 张\t响应率 {_percent(row['response_rate'])}"


def _tell(
    options: argparse.Namespace,
    query: Callable[[Reader, date, date], Any],
    words: Callable[[Any], Iterator[str]],
) -> int:
    """Print what a query finds in a period: as JSON, or in words."""
    report = _read(options, query)
    if options.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        print(*words(report), sep="\n")
    return 0


def _read(options: argparse.Namespace, query: Callable[[Reader, date, date], Found]) -> Found:
    """Return what a query finds in the period that was asked for."""
    if options.last < options.first:
        raise WrongArgument("结束日期早于开始日期，请核对。")
    database = sign_in_built_in(chosen_database(options.database))
    try:
        return database.read(lambda r: query(r, options.first, options.last))
    finally:
        database.close()


def run_due(options: argparse.Namespace) -> int:
    """Print when a limit ends; what must be said about it goes to stderr, with JSON into it."""
    try:
        span = parse_span(options.span)
        end = due(
            _moment(options.start),
            span,
            _calendar(options.calendar),
            pauses=[_pause(text) for text in options.pause],
            rollover=options.rollover,
        )
    except RuleBroken as error:
        raise WrongArgument(str(error)) from error
    at = f"{in_shanghai(end.at):%Y-%m-%dT%H:%M:%S}"
    if options.json:
        print(json.dumps({"due": at, "warnings": list(end.warnings)}, ensure_ascii=False))
    else:
        print(at)
        print(*end.warnings, sep="\n", end="\n" if end.warnings else "", file=sys.stderr)
    if options.rollover and span.unit != SpanUnit.DAY:
        print("只有自然日（如 60d）的末日会顺延，这个时限没有顺延。", file=sys.stderr)
    return 0


def _calendar(file: Path | None) -> Calendar:
    if file is None:
        return built_in_calendar()
    try:
        return read_calendar(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise WrongArgument(f"日历文件“{file.name}”读不了，请核对路径，并存成 UTF-8。") from error


def _moment(text: str) -> datetime:
    plain = fold_width(text).strip()
    try:
        if _MOMENT.fullmatch(plain):
            return from_wall(datetime.fromisoformat(plain))
    except ValueError:  # such as 30 February: said like all others
        pass
    raise RuleBroken(f"时刻“{text}”看不懂，请写成 2026-09-24T10:00；24:00 写成次日的 00:00。")


def _pause(text: str) -> tuple[datetime, datetime]:
    start, slash, end = text.partition("/")
    if not slash:
        raise RuleBroken(f"暂停“{text}”要写成 起点/终点。")
    return _moment(start), _moment(end)


def _percent(value: str | None) -> str:
    return "—" if value is None else f"{value}%"
