"""Reading the State Council's yearly notice of holidays (放假安排的通知), in its own words.

Nothing is guessed: a weekday that does not fit its date, a count of days that does not come out,
and a sentence about days off that cannot be read are refused, each with the words in question.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, pairwise
from typing import Any

from desk.rules.errors import RuleBroken
from desk.rules.holiday_years import FESTIVALS, NEW_YEAR, NamedDay, YearDays
from desk.rules.opening_hours import WEEKDAYS

_FESTIVAL = "|".join((*FESTIVALS, "清明", "端午", "中秋", "国庆"))
_YEAR = re.compile(rf"([0-9]{{4}})年(?:部分节假日|(?:{_FESTIVAL}))")
_NUMBER = re.compile(r"国办发[^0-9]{0,4}[〔\[(][0-9]{4}[〕\])][0-9]+号")
_NUMERAL = "[一二三四五六七八九十]{1,3}、"
_SECTION = re.compile(rf"(?:^|(?<=[。\n]))(?:{_NUMERAL}|(?=(?:{_FESTIVAL})[^。:\n0-9]{{0,12}}:))")
_DATE = r"(?:([0-9]{4})年)?(?:([0-9]{1,2})月)?([0-9]{1,2})日(?:\(([^()]*)\))?"
_ONE = re.compile(rf"{_DATE}(?:(?:至|-|—|到){_DATE})?")
_ANY = r"(?:[0-9]{4}年)?(?:[0-9]{1,2}月)?[0-9]{1,2}日(?:\([^()]*\))?"
_SAID = re.compile(
    rf"({_ANY}(?:(?:至|-|—|到|、|,|和|及){_ANY}){{0,20}})(放假(?:调休)?|起正常上班|上班)"
)
_LONGER = re.compile(rf"延长(?:[0-9]{{4}}年)?({_FESTIVAL})假期至({_ANY})")
_COUNT = re.compile(r"(?:共|放假)([0-9]{1,2})天")
_SIGNED = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")
_ABOUT_DAYS_OFF = re.compile(r"放假|上班|连休|补休|调休")
_DAY = re.compile(r"[0-9]日")
_FULL = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节", "国庆": "国庆节"}
_SATURDAY, _DECEMBER, _LONGEST_HEAD = 5, 12, 30
_ONE_DAY, _LONGEST = timedelta(days=1), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Festival:
    """What a notice says about one festival, or two that fall together.

    Attributes:
        extends: only its last day is new (延长假期至…).
        said: the sentences it was read from.
    """

    name: str
    rest: tuple[date, ...]
    worked: tuple[date, ...]
    said: str
    extends: bool = False

    @property
    def names(self) -> frozenset[str]:
        """The festivals that it is about."""
        return _festivals_in(self.name) or frozenset({self.name})


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it was understood.

    Attributes:
        unused: sentences with a date that say nothing about days off; for people to look over.
    """

    year: int
    source: str
    festivals: tuple[Festival, ...]
    unused: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it speaks of every festival of the year; else it corrects some of them."""
        named = frozenset(chain.from_iterable(one.names for one in self.festivals))
        return named >= set(FESTIVALS)


def read_notice(text: str) -> Notice:
    """Return what the words of a notice say.

    Raises:
        RuleBroken: a date and its weekday, or a count, do not agree; a sentence cannot be read;
            or nothing in it is about days off. Beside the field `text`.
    """
    plain = _plain(text)
    year = _YEAR.search(plain)
    if year is None:
        raise _broken("没看出是哪一年的放假通知，请连标题一起粘贴。")
    marks = [found.start() for found in _SECTION.finditer(plain)]
    about = _festivals_in(plain[: marks[0]] if marks else plain)
    reading = _Reading(int(year[1]), next(iter(about)) if len(about) == 1 else "", [])
    festivals: list[Festival] = []
    for section in (plain[a:b] for a, b in pairwise([*(marks or [0]), len(plain)])):
        found = reading.festival(section)
        if found is not None:
            festivals = [one for one in festivals if not one.names & found.names]
            festivals.append(found)
    if not festivals:
        raise _broken("这段文字里没有读出放假的日子，请粘贴放假通知的正文。")
    _require_apart(festivals)
    number = _NUMBER.search(plain)
    source = f"关于{year[1]}年部分节假日安排的通知"
    if number is not None:
        source = f"{number[0]} {source}"
    return Notice(int(year[1]), source, tuple(festivals), tuple(reading.unused))


def days_of(notice: Notice, known: YearDays | None) -> YearDays:
    """Return the days of the year as they are with this notice.

    Args:
        known: the year as it was known before; needed by a notice that only corrects it.

    Raises:
        RuleBroken: it corrects a year that is not known.
    """
    rest: list[NamedDay] = []
    worked: list[NamedDay] = []
    if not notice.is_whole:
        if known is None:
            names = "、".join(one.name for one in notice.festivals)
            raise _broken(
                f"这份通知只说了{names}，{notice.year} 年其余的节假日还不知道。"
                "请先导入全年的放假通知，再导入这一份。"
            )
        gone = [one.names for one in notice.festivals if not one.extends]
        replaced = frozenset(chain.from_iterable(gone))
        rest = [day for day in known.rest if not _is_of(day, replaced)]
        worked = [day for day in known.worked if not _is_of(day, replaced)]
    for festival in notice.festivals:
        days = _longer(festival, rest) if festival.extends else festival.rest
        worked = [day for day in worked if day.day not in days]
        rest += [NamedDay(day, festival.name) for day in days]
        worked += [NamedDay(day, festival.name) for day in festival.worked]
    return YearDays(notice.year, tuple(sorted(rest)), tuple(sorted(worked)))


@dataclass(slots=True)
class _Reading:
    """What is known while the sections of one notice are read."""

    year: int
    about: str  # the one festival of which its title speaks
    unused: list[str]

    def festival(self, section: str) -> Festival | None:
        """Return what a section says; None if it is about something else."""
        name, words = self._headed(section)
        rest: list[date] = []
        worked: list[date] = []
        said = []
        for sentence in filter(None, re.split(r"[。;\n]", words)):
            longer = _LONGER.search(sentence)
            if longer is not None:
                return self._longer(longer, sentence)
            off, on = self._sentence(sentence, name)
            if off or on:
                said.append(sentence)
            rest += off
            worked += on
        if said and not (name or self.about):
            raise _broken(f"“{said[0]}”没有说是哪个节日，请连标题一起粘贴。")
        if not rest and _festivals_in(name):
            raise _broken(f"“{section.strip()}”没有读出放假的日子，请对照原文检查这一条。")
        if not said:
            return None
        return Festival(name or self.about, tuple(rest), tuple(worked), "。".join(said))

    def _headed(self, section: str) -> tuple[str, str]:
        """Return the festival a section is headed by, if any, and its words."""
        words = re.sub(f"^{_NUMERAL}", "", section)
        name, colon, rest = words.partition(":")
        if colon and not _DAY.search(name) and len(name) <= _LONGEST_HEAD:
            return name, rest
        return "", words

    def _sentence(self, sentence: str, name: str) -> tuple[list[date], list[date]]:
        rest: list[date] = []
        worked: list[date] = []
        for found in _SAID.finditer(sentence):
            days = list(self._days(found[1], name))
            if found[2].startswith("放假"):
                rest += days
            elif found[2] != "起正常上班":
                worked += _weekend_only(days, found[0])
        if "连休" in sentence:
            rest = _with_weekends(rest)
        left = _SAID.sub("", sentence)
        if _DAY.search(left):
            if _ABOUT_DAYS_OFF.search(sentence):
                raise _broken(f"“{sentence}”没有读懂，请对照原文检查这一句。")
            if not _SIGNED.fullmatch(sentence):
                self.unused.append(sentence)
        _require_count(sentence, rest)
        return rest, worked

    def _longer(self, found: re.Match[str], sentence: str) -> Festival:
        last = next(self._days(found[2], found[1]))
        for day in _SAID.finditer(sentence):
            list(self._days(day[1], found[1]))  # the weekdays of all dates are checked
        return Festival(_FULL.get(found[1], found[1]), (last,), (), sentence, extends=True)

    def _days(self, words: str, name: str) -> Iterator[date]:
        before: date | None = None
        for found in _ONE.finditer(words):
            groups = found.groups()
            first = before = self._date(groups[:4], before, name, found[0])
            if groups[6] is not None:
                before = self._date(groups[4:], first, name, found[0])
                if not first < before <= first + _LONGEST:
                    raise _broken(f"“{found[0]}”的先后不对，请核对原文。")
            yield from (first + n * _ONE_DAY for n in range((before - first).days + 1))

    def _date(self, parts: Sequence[Any], before: date | None, name: str, words: str) -> date:
        year, month, day, weekday = parts
        if month is None and before is None:
            raise _broken(f"“{words}”没有写月份，请核对原文。")
        number = int(month or (before or date.min).month)
        known = self.year - (number == _DECEMBER and NEW_YEAR in name)
        try:
            found = date(int(year) if year else known, number, int(day))
        except ValueError as fault:
            raise _broken(f"“{words}”不是一个日子，请核对原文。") from fault
        _require_weekday(found, weekday or "", words)
        return found


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).replace("\r", "\n")
    return re.sub(r"\n+", "\n", re.sub(r"[^\S\n]", "", folded)).strip()


def _festivals_in(words: str) -> frozenset[str]:
    return frozenset(_FULL.get(name, name) for name in re.findall(_FESTIVAL, words))


def _require_weekday(day: date, bracket: str, words: str) -> None:
    said = re.search(r"(?:周|星期)([一二三四五六日天])", bracket)
    really = WEEKDAYS[day.weekday()]
    if said is not None and said[1].replace("天", "日") != really:
        raise _broken(
            f"“{words}”里写的星期不对：{day.year} 年 {day.month} 月 {day.day} 日是星期{really}。"
            "请核对原文，改好再读。"
        )


def _weekend_only(days: list[date], words: str) -> list[date]:
    for day in days:
        if day.weekday() < _SATURDAY:
            raise _broken(
                f"“{words}”：{day.month} 月 {day.day} 日是星期{WEEKDAYS[day.weekday()]}，"
                "本来就上班。请核对原文。"
            )
    return days


def _with_weekends(days: list[date]) -> list[date]:
    """Return days off with the weekend that touches them (与周末连休)."""
    found = set(days)
    for day in days:
        for step in (_ONE_DAY, -_ONE_DAY):
            beside = day + step
            while beside.weekday() >= _SATURDAY:
                found.add(beside)
                beside += step
    return sorted(found)


def _require_count(sentence: str, rest: list[date]) -> None:
    said = _COUNT.search(sentence)
    if said is not None and rest and int(said[1]) != len(rest):
        raise _broken(
            f"“{sentence}”写的是 {said[1]} 天，按日期数是 {len(rest)} 天。请核对原文，改好再读。"
        )


def _require_apart(festivals: Sequence[Festival]) -> None:
    """Refuse a day that is off for two festivals, or off and worked."""
    seen: set[date] = set()
    for day in chain.from_iterable((*one.rest, *one.worked) for one in festivals):
        if day in seen:
            raise _broken(f"{day.month} 月 {day.day} 日在通知里出现了两次，请核对原文。")
        seen.add(day)


def _is_of(day: NamedDay, festivals: frozenset[str]) -> bool:
    """Whether a known day is one of these festivals' days.

    Raises:
        RuleBroken: it is so for one festival, and for another it is not.
    """
    names = _festivals_in(day.name) or {day.name}
    if names & festivals and not names <= festivals:
        raise _broken(f"已知的安排里{day.name}是连在一起的，请导入改过以后的全年通知。")
    return bool(names & festivals)


def _longer(festival: Festival, rest: Sequence[NamedDay]) -> tuple[date, ...]:
    (last,) = festival.rest
    known = [day.day for day in rest if festival.name in day.name]
    if not known or not known[-1] < last <= known[-1] + _LONGEST:
        raise _broken(f"“{festival.said}”与已知的{festival.name}假期接不上，请核对原文。")
    return tuple(known[-1] + n * _ONE_DAY for n in range(1, (last - known[-1]).days + 1))


def _broken(sentence: str) -> RuleBroken:
    return RuleBroken(sentence, field="text")
