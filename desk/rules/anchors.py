"""What was noted of the chain outside the database, compared with it (留痕锚点).

An anchor says which line was the last of the log at a moment, and its hash. Whoever can change
the database can write the whole chain anew; an anchor on paper or on another desk he cannot reach.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of

_SHOWN = 16  # hex digits that a person reads out: nobody finds another line with the same ones
_WRITTEN = re.compile(r"(\d{1,18})\s*(?:条|[:：,，\s])\s*([0-9a-f][0-9a-f\s-]*)\Z")
_HOW = "锚点写作“第 120 条 1a2b-3c4d-5e6f-7a8b”或“120:1a2b3c4d5e6f7a8b”，请照纸上再输一次。"
NEXT_STEP = (
    "请照常工作，不要动数据库；今天就告诉主要领导和纪工委，先备份一份，再用以前的备份和纸上的锚点核对。"
    "如果刚从备份恢复过，请主要领导在“留痕”页写明情况。"
)

# kinds of lines that say that the words of others were erased lawfully (依法删除)
ERASED = frozenset({"private.erased"})


class AnchorPlace(StrEnum):
    """Where an anchor was kept."""

    DATABASE = "database"  # 本库
    DESK = "desk"  # 本机
    PAPER = "paper"  # 纸上


_WHERE = {AnchorPlace.DATABASE: "库里", AnchorPlace.DESK: "这台电脑", AnchorPlace.PAPER: "纸上"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """Which line was the last at a moment, and its hash, whole or its first digits.

    Attributes:
        day: the day that it stands for; unknown of what was typed in from paper.
        written_at: when it was noted; unknown of what was typed in from paper.
    """

    place: int
    hash: str
    kept: AnchorPlace
    day: date | None = None
    written_at: datetime | None = None

    def fits(self, found: str) -> bool:
        """Return whether a line with this hash is the one that was noted."""
        return bool(self.hash) and found.startswith(self.hash)


@dataclass(frozen=True, slots=True)
class Link:
    """A line as the chain knows it now."""

    hash: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a leader said about a chain that did not fit, and up to when it counts."""

    said_at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Misfit:
    """One place of keeping whose anchors do not fit; the first that does not, the last that does.

    Attributes:
        explained: who has said why, if everything that does not fit is older than that.
    """

    wrong: Anchor
    before: Anchor | None
    found: str | None
    explained: Explanation | None = None

    @property
    def sentence(self) -> str:
        """Say what does not fit, since which line, between which days."""
        said = f"{_WHERE[self.wrong.kept]}记的{_day_words(self.wrong.day)}锚点是"
        found = f"库里这一条现在是 {short_hash(self.found)}" if self.found else "库里没有这一条"
        return f"{said}{say_anchor(self.wrong)}，{found}。{self._between()}{self._why()}"

    def _between(self) -> str:
        if self.before is None:
            return f"第 {self.wrong.place} 条和它以前的留痕有改动。"
        days = [_said(one.day) for one in (self.before, self.wrong) if one.day is not None]
        when = f"，在 {'与 '.join(days)}之间" if len(days) > 1 else ""
        first, last = self.before.place + 1, self.wrong.place
        lines = f"第 {first} 条至第 {last} 条" if first < last else f"第 {last} 条"
        return f"第 {self.before.place} 条以前对得上；改动发生在{lines}{when}。"

    def _why(self) -> str:
        if self.explained is None:
            return ""
        return f"{self.explained.by}已说明：{self.explained.reason}"


def short_hash(whole: str) -> str:
    """Return the first digits of a hash in groups, as it is printed and read out."""
    return "-".join(whole[at : at + 4] for at in range(0, min(_SHOWN, len(whole)), 4))


def say_anchor(anchor: Anchor) -> str:
    """Say an anchor as it stands on paper: “第 120 条 1a2b-3c4d-5e6f-7a8b”."""
    return f"第 {anchor.place} 条 {short_hash(anchor.hash)}"


def read_anchor(text: str) -> Anchor:
    """Return the anchor that somebody typed in from paper.

    Raises:
        RuleBroken: it cannot be read, or has too few digits.
    """
    found = _WRITTEN.search(text.strip().lower().replace("—", "-").replace("－", "-"))
    digits = re.sub(r"[\s-]", "", found[2]) if found else ""
    if found is None or not _SHOWN <= len(digits) <= 64:  # noqa: PLR2004 - a whole SHA-256
        raise RuleBroken(_HOW, field="anchor")
    return Anchor(int(found[1]), digits, AnchorPlace.PAPER)


def misfits(
    anchors: Iterable[Anchor],
    links: Mapping[int, Link],
    explanations: Iterable[Explanation] = (),
) -> list[Misfit]:
    """Return for each place of keeping the first anchor that does not fit, if there is one.

    What was noted before a leader explained it is told with his words, and apart from what does
    not fit since.

    Args:
        links: the lines with the anchors' numbers, as far as they exist.
    """
    known = sorted(anchors, key=lambda one: (one.place, one.written_at is None, one.day or _NEVER))
    newest = max(explanations, key=lambda one: one.said_at, default=None)
    good = [one for one in known if _fits(one, links)]
    found: list[Misfit] = []
    told: set[tuple[AnchorPlace, bool]] = set()
    for wrong in known:
        is_old = _is_explained(wrong, newest)
        if _fits(wrong, links) or (wrong.kept, is_old) in told:
            continue
        told.add((wrong.kept, is_old))
        before = max(
            (one for one in good if one.place < wrong.place), key=lambda o: o.place, default=None
        )
        link = links.get(wrong.place)
        found.append(Misfit(wrong, before, link.hash if link else None, newest if is_old else None))
    return found


_NEVER = date.max


def _fits(anchor: Anchor, links: Mapping[int, Link]) -> bool:
    link = links.get(anchor.place)
    return link is not None and anchor.fits(link.hash)


def _is_explained(anchor: Anchor, newest: Explanation | None) -> bool:
    at = anchor.written_at
    return newest is not None and at is not None and at <= newest.said_at


def _day_words(day: date | None) -> str:
    return f" {_said(day)}的" if day is not None else ""


def _said(day: date) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def day_words(moment: datetime) -> str:
    """Say the day of a line."""
    return _said(day_of(moment))
