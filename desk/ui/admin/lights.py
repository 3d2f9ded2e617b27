"""The lights of 体检: what is looked at on this machine, and whether the holidays are known."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desk.exchange import safe_copies
from desk.forms.fonts import hall_fonts
from desk.forms.printer import has_cups, printers
from desk.queries.health import Finding
from desk.queries.identity_keys import KeyState
from desk.rules.machine_clock import machine_clock_words
from desk.rules.moments import day_of
from desk.rules.upkeep import Verdict
from desk.rules.wording import label
from desk.settings import data_folder, load_settings
from desk.ui.theme import RESOURCES

_ROOM = 1024 * 1024 * 1024
_NEEDED_FONTS = ("NotoSansSC-Regular.ttf", "FandolFang-Regular.ttf", "NotoSerifSC-Regular.ttf")
_OLD_COPY = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Light:
    """One light: `ok`, `warn` or `bad`, what was seen, and the one next step."""

    name: str
    state: str
    sentence: str
    step: str = ""


def machine_lights(url: str, server_now: datetime, machine_now: datetime) -> list[Light]:
    """Return the lights about this machine; runs in the background."""
    own_file = url.startswith("sqlite")  # a shared database is copied where it is
    return [
        _clock(server_now, machine_now),
        *([_copies(url, server_now)] if own_file else []),
        _disk(),
        _fonts(),
        _printer(),
    ]


def findings_light(name: str, found: list[Finding], good: str) -> Light:
    """Return the light for one part of the database."""
    if not found:
        return Light(name, "ok", good)
    more = f"（共 {len(found)} 处）" if len(found) > 1 else ""
    return Light(
        name,
        "bad",
        f"{found[0].sentence}{more}",
        "先到“备份与恢复”备份一份，再把这一页告诉管机器的同事；命令 check 能列出全部。",
    )


def upkeep_light(found: Verdict) -> Light:
    """Return the light for the copies or the restore drills of the server."""
    state = "ok" if found.is_good else "bad"
    return Light(label(found.kind), state, found.sentence, found.step)


def key_light(found: KeyState) -> Light:
    """Return the light for the key of identity numbers and its recovery sheet."""
    step = "到“管理 · 证件号密钥”办。"
    if found.key_id is not None and not found.is_here:
        return Light("证件号密钥", "warn", "本机没有装证件号密钥，读不出证件号码。", step)
    if found.key_id is not None and found.put_away_at is None:
        return Light("证件号密钥", "warn", found.sheet_sentence, step)
    return Light("证件号密钥", "ok", found.sheet_sentence)


def _clock(server_now: datetime, machine_now: datetime) -> Light:
    words = machine_clock_words(machine_now - server_now)
    if words:
        return Light("时钟", "warn", words, "请打开系统的“自动设置时间”。")
    return Light("时钟", "ok", "本机时钟准确。")


def _copies(url: str, now: datetime) -> Light:
    found = safe_copies.copies(url)
    if not found:
        return Light("备份", "bad", "还没有备份。", "到“备份与恢复”按“现在备份”。")
    newest = found[0]
    if day_of(now) - newest.day > _OLD_COPY:
        words = f"最近一份是 {newest.day.month} 月 {newest.day.day} 日的。"
        return Light("备份", "warn", words, "到“备份与恢复”按“现在备份”。")
    return Light("备份", "ok", f"共 {len(found)} 份，最近一份 {newest.file.name}。")


def _disk() -> Light:
    folder = data_folder()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < _ROOM:
        return Light(
            "磁盘", "bad", f"只剩 {free // (1024 * 1024)} MB。", "请清出空间，至少留 1 GB。"
        )
    return Light("磁盘", "ok", f"还有 {free / _ROOM:.0f} GB。")


def _fonts() -> Light:
    missing = [name for name in _NEEDED_FONTS if not (RESOURCES / "fonts" / name).is_file()]
    if missing:
        return Light("字体", "bad", f"少了 {'、'.join(missing)}。", "请重新安装程序。")
    own = hall_fonts(data_folder() / "fonts")
    words = f"自带字体齐全，本厅字体 {len(own)} 种。" if own else "自带字体齐全，生僻字都能印。"
    return Light("字体", "ok", words)


def _printer() -> Light:
    if not has_cups():
        return Light(
            "打印机",
            "warn",
            "没有找到系统的打印命令。",
            "预览和存 PDF 不受影响；请装好打印机驱动。",
        )
    known = [printer.name for printer in printers()]
    chosen = load_settings().printer
    if not known:
        return Light("打印机", "warn", "系统里还没有打印机。", "请在系统设置里添加打印机。")
    if chosen and chosen not in known:
        return Light(
            "打印机", "warn", f"上次用的“{chosen}”不在了。", "打印时另选一台，会自动记住。"
        )
    return Light("打印机", "ok", f"可用 {len(known)} 台：{'、'.join(known[:3])}。")


def year_light(missing: int | None) -> Light:
    """Return the light for the holidays of this year and, from November on, of the next."""
    if missing is None:
        return Light("节假日", "ok", "节假日与调休都有。")
    return Light(
        "节假日",
        "warn",
        f"没有 {missing} 年的节假日表，工作日时限按周末推算并给出提示。",
        "到“工作日历”导入放假通知。",
    )


def crash_count(folder: Path | None = None) -> int:
    """Return how many faults of the program the log of this workstation holds."""
    file = (folder or data_folder() / "logs") / "desk.log"
    try:
        return file.read_text(encoding="utf-8").count(" ERROR desk ")
    except OSError:
        return 0
