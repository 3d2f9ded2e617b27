"""What helps to find a fault of the program (诊断包), without a word about people.

What is shown and what is written are the same texts; nothing else goes in.
"""

import platform
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from desk import __version__
from desk.rules.errors import RuleBroken
from desk.rules.log_masks import masked_log
from desk.rules.moments import in_shanghai
from desk.settings import Settings, data_folder, load_settings
from desk.store.database import Reader
from desk.store.database_facts import DatabaseFacts
from desk.store.database_facts import database_facts as _facts

_PACKAGES = (
    "case-desk",
    "PySide6_Essentials",
    "SQLAlchemy",
    "alembic",
    "psycopg",
    "openpyxl",
    "pypdfium2",
)
_SHOWN = frozenset({"theme", "large_type", "reminder_sound"})  # the others may name somebody
_LINES = 400  # of each log, the newest
_REPORTS = 5
_MEGABYTE = 2**20
_ABOUT = """案台 诊断包
{at} 在这台电脑上导出。

里面有：程序和系统的版本、本机设置（只写填没填，不写内容）、数据库各表的行数（没有内容）、\
数据库结构的版本、体检的结果、程序日志最近的部分和最近的出错报告。

里面没有：姓名、电话、证件号、住址、诉求内容、密码、服务器地址、文件夹名。日志里的汉字、长数字、\
地址、网址和文件夹都已用＊遮住。"""


@dataclass(frozen=True, slots=True)
class PackFile:
    """One text of the pack."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SeenLight:
    """How one light of 体检 stands; what it says may name somebody and stays here."""

    name: str
    state: str


def database_facts(reader: Reader) -> DatabaseFacts:
    """Return what kind of database this is and how full; numbers only."""
    return _facts(reader.session)


def pack_of(
    facts: DatabaseFacts, lights: Sequence[SeenLight], screens: Sequence[str], at: datetime
) -> tuple[PackFile, ...]:
    """Return everything that goes into the pack; reads the logs of this workstation."""
    logs = data_folder() / "logs"
    reports = sorted(logs.glob("report-*.txt"))[-_REPORTS:]
    return (
        PackFile("说明.txt", _ABOUT.format(at=f"{in_shanghai(at):%Y-%m-%d %H:%M}")),
        PackFile("版本.txt", _versions(screens)),
        PackFile("设置.txt", settings_words(load_settings())),
        PackFile("数据库.txt", _database_words(facts)),
        PackFile("体检.txt", "\n".join(f"{one.name}：{one.state}" for one in lights) or "没有查。"),
        PackFile("程序日志.txt", _tail(logs / "desk.log")),
        PackFile("崩溃记录.txt", _tail(logs / "crashes.log")),
        PackFile("出错报告.txt", "\n\n".join(map(_tail, reports)) or "没有。"),
    )


def write_pack(files: Sequence[PackFile], target: Path) -> Path:
    """Write the pack.

    Raises:
        RuleBroken: the place cannot be written to.
    """
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
            for file in files:
                pack.writestr(file.name, file.text)
    except OSError as error:
        raise RuleBroken(
            f"没有写成“{target.name}”，可能没有权限或磁盘已满。请换个地方再存。"
        ) from error
    return target


def settings_words(settings: Settings) -> str:
    """Return the settings of this workstation; of most only whether they are filled in."""
    lines = []
    for one in fields(Settings):
        value = getattr(settings, one.name)
        said = str(value) if one.name in _SHOWN else "填了" if value else "没有填"
        lines.append(f"{one.name}：{said}")
    return "\n".join(lines)


def _versions(screens: Sequence[str]) -> str:
    return "\n".join(
        (
            f"案台 {__version__}",
            *(f"{name} {_version(name)}" for name in _PACKAGES),
            f"Python {platform.python_version()}",
            f"{platform.system()} {platform.release()} {platform.machine()}",
            f"编码 {sys.getfilesystemencoding()}",
            *screens,
        )
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # run from the folder, or bundled without its notes
        return "（未知）"


def _database_words(facts: DatabaseFacts) -> str:
    missing = "、".join(facts.missing) or "没有"
    return "\n".join(
        (
            f"{facts.engine} {facts.version}，{facts.size // _MEGABYTE} MB",
            f"结构版本 {facts.revision}，程序用的 {facts.program}，还没做的升级：{missing}",
            "",
            "各表行数：",
            *(f"{name} {rows}" for name, rows in facts.rows),
        )
    )


def _tail(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return "没有。"
    return masked_log("\n".join(lines[-_LINES:])) or "没有。"
