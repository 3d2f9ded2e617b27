"""What a workstation needs before it opens in the morning: fonts, paper, database, clock."""

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from desk.clock import machine_now
from desk.forms import render
from desk.rules.errors import DeskError
from desk.rules.letter_parts import in_parts
from desk.rules.machine_clock import machine_clock_words
from desk.rules.moments import in_shanghai
from desk.rules.pinyin import initials
from desk.rules.working_days import built_in_calendar, missing_year_warning
from desk.store.engine import make_engine, sqlite_path
from desk.store.fitting import require_current
from desk.store.server_time import server_now
from desk.store.upgrade import upgrade

_RARE = "𠮷㛃𬱖𫖯"
_RECEIPT = {
    "number": "自检〔2026〕1号",
    "serial": "自检",
    "qr": "CD1:0:receipt:0",
    "office": "自检",
    "seal_place": False,
    "filled_by": None,
    "checked_by": None,
    "filled_on": None,
    "received_at": "2026-01-05T09:05",
    "appellant": f"张{_RARE}",
    "channel": "来厅",
    "category": "其他",
    "matters": ["自检"],
    "materials": [],
    "first_responder": "自检",
    "lead_unit": "信联办",
    "unit_phone": None,
    "promised_by": None,
    "ask_how": "自检",
}


@dataclass(frozen=True, slots=True)
class Light:
    """One part of the self test: green, or a sentence with the next step."""

    name: str
    is_green: bool
    sentence: str
    is_needed: bool = True


def lights(url: str) -> Iterator[Light]:
    """Yield one light for each part."""
    yield _fonts()
    yield _tables()
    yield _printing()
    yield _new_database()
    yield _chosen_database(url)
    yield _calendar()


def _fonts() -> Light:
    paper = render("receipt", _RECEIPT)
    if paper.missing:
        return Light(
            "字体", is_green=False, sentence=f"缺字形：{''.join(paper.missing)}。请重新安装程序。"
        )
    return Light("字体", is_green=True, sentence=f"生僻字 {_RARE} 都能印，文书 {paper.pages} 页。")


def _tables() -> Light:
    """Read the tables of letters by which people are found; what is handed out must have them."""
    try:
        found = initials("单于") and in_parts("喆")
    except OSError:
        found = ()
    if not found:
        return Light("字表", is_green=False, sentence="拼音或部件表不全。请重新安装程序。")
    return Light("字表", is_green=True, sentence="拼音和部件表都在。")


def _printing() -> Light:
    found = sys.platform == "win32" or shutil.which("lp") is not None
    sentence = (
        "打印命令可用。"
        if found
        else "没有找到打印命令 lp,请安装 cups-client;预览和存 PDF 不受影响。"
    )
    return Light("打印", is_green=found, sentence=sentence, is_needed=False)


def _new_database() -> Light:
    with tempfile.TemporaryDirectory() as folder:
        upgrade(f"sqlite:///{(Path(folder) / 'self-test.db').as_posix()}")
    return Light("建库", is_green=True, sentence=f"SQLite {sqlite3.sqlite_version}，可以建库。")


def _chosen_database(url: str) -> Light:
    file = sqlite_path(url)
    if file is not None and not file.exists():
        return Light("数据库", is_green=True, sentence="还没有建库，首次打开程序时自动建立。")
    engine = make_engine(url)
    try:
        require_current(engine)
        with Session(engine) as session:
            trouble = machine_clock_words(machine_now() - server_now(session))
    except DeskError as error:
        return Light("数据库", is_green=False, sentence=str(error))
    finally:
        engine.dispose()
    if trouble:
        return Light("数据库", is_green=False, sentence=f"能连上。{trouble}", is_needed=False)
    return Light("数据库", is_green=True, sentence="能连上，结构是最新的。")


def _calendar() -> Light:
    year = in_shanghai(machine_now()).year
    if year in built_in_calendar().years:
        return Light("时钟与日历", is_green=True, sentence=f"{year} 年的节假日表已有。")
    return Light("时钟与日历", is_green=False, sentence=missing_year_warning(year), is_needed=False)
