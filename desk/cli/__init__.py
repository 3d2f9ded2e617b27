"""The command line (EXCHANGE.md 1): results on stdout, progress on stderr, no traceback.

Exit codes: 0 done, 1 done but some entries were refused, 2 wrong arguments, 3 no database.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module

from desk.rules.errors import DatabaseAway, DeskError, WrongVersion

REFUSED, WRONG_ARGUMENTS, NO_DATABASE = 1, 2, 3
MODULES = {  # which module each subcommand is found in, in the order in which help tells them
    "upgrade": "databases",
    "found": "databases",
    "demo": "databases",
    "backup": "databases",
    "restore": "databases",
    "import": "ledgers",
    "export": "ledgers",
    "print": "papers",
    "rates": "figures",
    "mediation-statistics": "figures",
    "early-action-statistics": "figures",
    "whistle-statistics": "figures",
    "due": "figures",
    "bulletin": "bulletins",
    "check": "checking",
    "self-test": "checking",
    "identity-key": "identity_keys",
    "erase": "erasing",
    "rebuild-search": "searching",
    "screenshots": "screenshots",
}
Command = Callable[[argparse.Namespace], int]


class WrongArgument(DeskError):
    """An argument that argparse let pass cannot be meant; the sentence says what to write."""


class _Parser(argparse.ArgumentParser):
    """An argument parser that answers in one Chinese sentence."""

    def error(self, message: str) -> "None":  # type: ignore[override]
        """Say what is wrong and leave with the code for wrong arguments."""
        print(f"参数不对：{_in_chinese(message)} 请用 --help 看用法。", file=sys.stderr)
        sys.exit(WRONG_ARGUMENTS)


def run(argv: Sequence[str]) -> int:
    """Carry out one subcommand and return the exit code."""
    options = parser(argv[0] if argv else "").parse_args(list(argv))
    command: Command = options.command
    try:
        return command(options)
    except BrokenPipeError:  # `… | head`: the reader has seen enough
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("已停下，做完的部分都已保存。", file=sys.stderr)
        return REFUSED
    except Exception as error:
        if options.debug:
            raise
        sentence, code = _refusal(error)
        print(sentence, file=sys.stderr)
        return code


def _refusal(error: Exception) -> tuple[str, int]:
    """Return what to say about a failure, and the exit code."""
    if isinstance(error, DatabaseAway | WrongVersion):
        return str(error), NO_DATABASE
    if isinstance(error, WrongArgument):
        return str(error), WRONG_ARGUMENTS
    if isinstance(error, DeskError):
        return str(error), REFUSED
    if isinstance(error, OSError):
        return f"文件打不开或写不进：{error.filename or ''}。请检查路径和权限。", REFUSED
    return "出了意料之外的错，没有做成。请加上 --debug 再试一次，把结果交给管机器的同事。", REFUSED


def parser(word: str = "") -> argparse.ArgumentParser:
    """Return the parser of all subcommands, or of those beside which `word` stands.

    Each module brings in what its commands need: seconds on an old machine, for one of them.
    """
    top = _Parser(prog="main.py", description="案台：街道群众诉求服务大厅。无子命令即打开窗口。")
    subcommands = top.add_subparsers(required=True, metavar="命令")
    for name in [MODULES[word]] if word in MODULES else dict.fromkeys(MODULES.values()):
        for add in import_module(f"desk.cli.{name}").COMMANDS:
            sub = add(subcommands)
            sub.add_argument("--database", metavar="URL", help="数据库地址")
            sub.add_argument("--debug", action="store_true", help="失败时显示技术细节")
    return top


def day(text: str) -> date:
    """Return a day written as YYYY-MM-DD; argparse reports anything else."""
    return date.fromisoformat(text)


def count(text: str) -> int:
    """Return a number of things, which may be none; argparse reports anything else."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("件数不能小于 0")
    return number


def say_progress(what: str) -> Callable[[int, int], None]:
    """Return a function that shows progress on stderr, on one line."""

    def show(done: int, whole: int) -> None:
        end = "\n" if done >= whole else ""
        print(f"\r{what} {done}/{whole}", end=end, file=sys.stderr, flush=True)

    return show


def _in_chinese(message: str) -> str:
    for english, chinese in (
        ("the following arguments are required:", "缺少"),
        ("unrecognized arguments:", "不认识"),
        ("invalid choice:", "没有这一项"),
        ("invalid int value:", "应为整数，而不是"),
        ("invalid count value:", "应为整数，而不是"),
        ("invalid day value:", "日期应写作 2026-06-01，而不是"),
        ("expected one argument", "后面要跟一个值"),
        ("argument ", ""),
        ("(choose from", "（可选"),
    ):
        message = message.replace(english, chinese)
    return message + "。"
