"""What the minutes of a meeting must say (会商、议事纪要; DOMAIN.md 000-2, 001-12)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desk.rules.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing that was decided: what, whose it is, and until when."""

    text: str
    who: str = ""
    until: date | None = None

    def as_plain(self) -> dict[str, Any]:
        """Return it as it is stored and printed."""
        until = self.until.isoformat() if self.until else None
        return {"text": self.text.strip(), "who": self.who.strip(), "until": until}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Decision":
        """Return what was stored."""
        until = plain.get("until")
        return cls(
            plain["text"], plain.get("who") or "", date.fromisoformat(until) if until else None
        )

    def words(self) -> str:
        """Return it as one line: “加装声屏障（城建办，2026-11-30 前）”."""
        day = f"{self.until:%Y-%m-%d} 前" if self.until else ""
        more = "，".join(filter(None, (self.who, day)))
        return f"{self.text}（{more}）" if more else self.text


def require_meeting(
    *,
    title: str,
    held_at: datetime,
    now: datetime,
    decisions: Iterable[Decision],
    **must: str,
) -> None:
    """Raise RuleBroken unless minutes say what, when, where, who was there and what was said.

    Args:
        must: place, chair, attendees and minutes.
    """
    if not title.strip():
        raise RuleBroken("请写明议题，例如 书院小区夜间施工噪声。", field="title")
    if held_at > now:
        raise RuleBroken("会还没有开，请核对开会时间。", field="held_at")
    for name, sentence in _MUST.items():
        if not must[name].strip():
            raise RuleBroken(sentence, field=name)
    for one in decisions:
        if not one.text.strip():
            raise RuleBroken("有一条议定事项没有写内容，请写明或去掉这一行。", field="decisions")


_MUST = {
    "place": "请写明在哪里开的会。",
    "chair": "请写明谁主持。",
    "attendees": "请写明哪些人参加；居民、外单位的也写上。",
    "minutes": "请写明会上说了什么，各方意见都要有。",
}
