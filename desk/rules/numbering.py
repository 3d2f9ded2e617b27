"""Numbers of cases and papers (编号、文号): how they are written and read back.

Numbers run by kind and year, restart each year, and a void one is never used again. How they
look is data of the hall; `seed_formats` only fills a new database.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from desk.rules.errors import RuleBroken
from desk.rules.identity import DASHES, fold_width
from desk.rules.moments import in_shanghai

# A template is filled by hand instead of str.format, which would let it reach into objects.
_PLACE = re.compile(r"\{(year|seq)(?::0([1-9]))?\}")
_BRACKETS = str.maketrans("﹝﹞[]()【】", "〔〕〔〕〔〕〔〕")
_FULL = re.compile(r"([^0-9〔]*)〔([0-9]{4})〕第?([0-9]{1,8})号?")
_YEAR_AND_NUMBER = re.compile(r"(20[0-9]{2})[-/.年第]+([0-9]{1,8})号?")
_NUMBER = re.compile(r"第?([0-9]{1,8})号?")


class NumberKind(StrEnum):
    """Kinds of numbers, each with its own run per year."""

    CASE = "case"  # 首问首办
    ACCEPTANCE = "acceptance"  # 受理(引导)告知书
    DISPATCH = "dispatch"  # 交办单
    OPINION = "opinion"  # 处理意见书
    FOLLOW_UP = "follow_up"  # 回访登记表
    ARCHIVE = "archive"  # 归档号
    HANDOVER = "handover"  # 交接班表
    SEAL_REGISTER = "seal_register"  # 用印登记
    LIST = "list"  # 签批夹目录、回电单、早报
    SUPERVISION = "supervision"  # 督办单
    WHISTLE = "whistle"  # 吹哨单
    COMMENDATION = "commendation"  # 表扬书
    REMINDER = "reminder"  # 提醒函
    BULLETIN = "bulletin"  # 通报
    LEADER_CASE = "leader_case"  # 领导包案登记表
    MEETING = "meeting"  # 会商、议事纪要
    MEDIATION = "mediation"  # 人民调解卷
    RECEPTION = "reception"  # 接访登记表
    EARLY_ACTION = "early_action"  # 未诉先办


_SEEDS: dict[NumberKind, str] = {
    NumberKind.CASE: "首〔{year}〕{seq:05}号",
    NumberKind.ACCEPTANCE: "诉告〔{year}〕{seq}号",
    NumberKind.DISPATCH: "交〔{year}〕{seq:04}号",
    NumberKind.OPINION: "诉意〔{year}〕{seq}号",
    NumberKind.FOLLOW_UP: "访〔{year}〕{seq:04}号",
    NumberKind.ARCHIVE: "档〔{year}〕{seq:04}号",
    NumberKind.HANDOVER: "交班〔{year}〕{seq}号",
    NumberKind.SEAL_REGISTER: "印〔{year}〕{seq}号",
    NumberKind.LIST: "单〔{year}〕{seq}号",
    NumberKind.SUPERVISION: "督〔{year}〕{seq}号",
    NumberKind.WHISTLE: "哨〔{year}〕第{seq}号",
    NumberKind.COMMENDATION: "表〔{year}〕{seq}号",
    NumberKind.REMINDER: "提〔{year}〕{seq}号",
    NumberKind.BULLETIN: "通报〔{year}〕{seq}号",
    NumberKind.LEADER_CASE: "包〔{year}〕{seq}号",
    NumberKind.MEETING: "会〔{year}〕{seq}号",
    NumberKind.MEDIATION: "人调字〔{year}〕第{seq}号",
    NumberKind.RECEPTION: "接〔{year}〕{seq}号",
    NumberKind.EARLY_ACTION: "先〔{year}〕{seq:04}号",
}


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How the numbers of one kind are written: “青榕首〔{year}〕{seq:05}号”.

    Raises:
        RuleBroken: the template does not name year and number exactly once each.
    """

    template: str
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places = [place[1] for place in _PLACE.finditer(self.template)]
        rest = _PLACE.sub("", self.template)
        if sorted(places) != ["seq", "year"] or re.search(r"[{}0-9]", rest):
            raise RuleBroken(
                "编号样式里须各有一处 {year} 和 {seq}（五位写作 {seq:05}），别处不写数字和花括号。",
                field="template",
            )
        groups = {"year": "(?P<year>[0-9]{4})", "seq": "(?P<seq>[0-9]{1,9})"}
        parts = re.split(r"(\{[^}]*\})", tidy_number(self.template))
        pattern = "".join(
            groups[place[1]] if (place := _PLACE.fullmatch(part)) else re.escape(part)
            for part in parts
        )
        object.__setattr__(self, "_pattern", re.compile(pattern))

    def write(self, year: int, seq: int) -> str:
        """Return the number as it stands on paper."""
        values = {"year": year, "seq": seq}
        return _PLACE.sub(lambda place: f"{values[place[1]]:0{place[2] or 1}}", self.template)

    def read(self, text: str) -> tuple[int, int] | None:
        """Return (year, seq) of a number written this way, or None."""
        found = self._pattern.fullmatch(tidy_number(text))
        return (int(found["year"]), int(found["seq"])) if found else None


class AskedNumber(NamedTuple):
    """What somebody typed or scanned to find a number; without a year, any year is meant."""

    year: int | None
    seq: int
    letters: str = ""


def seed_formats(letters: str) -> dict[NumberKind, NumberFormat]:
    """Return the formats for a new street whose letters (机关代字) are e.g. “青榕”."""
    return {kind: NumberFormat(letters + rest) for kind, rest in _SEEDS.items()}


def number_year(received_at: datetime) -> int:
    """Return the year whose run a number belongs to: Shanghai's year of reception."""
    return in_shanghai(received_at).year


def read_number(text: str) -> AskedNumber | None:
    """Return what is meant by “青榕首〔2026〕00412号”, “2026-412”, “00412” or “412”."""
    tidy = tidy_number(text)
    if full := _FULL.fullmatch(tidy):
        return AskedNumber(int(full[2]), int(full[3]), full[1])
    if dated := _YEAR_AND_NUMBER.fullmatch(tidy):
        return AskedNumber(int(dated[1]), int(dated[2]))
    if bare := _NUMBER.fullmatch(tidy):
        return AskedNumber(None, int(bare[1]))
    return None


def tidy_number(text: str) -> str:
    """Return a number in one width, with our brackets and dashes, without spaces."""
    return "".join(fold_width(text).translate(DASHES).translate(_BRACKETS).split())
