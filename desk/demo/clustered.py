"""What many neighbours bring in one week of every month (聚集): noise at night, a morning market.

The market divides them: most want it gone, some want it back (DOMAIN.md 001-12).
"""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk.demo.sample import Appeal

_MONTH = 30
_DAYS = frozenset({0, 1, 2, 3, 4, 5, 9})  # before the last day, and again every month
_NOISE = (
    "{where}楼下烧烤店的音箱响到半夜，老人睡不着。请处理夜间噪声。",
    "{where}对面大排档天天喝酒划拳到凌晨，孩子要上学。希望管一管噪声。",
    "烧烤档把桌子摆到{where}楼下，音乐声很大，晚上十二点还不散。",
    "{where}夜里噪声太大，是楼下烧烤店的客人，打过电话还是一样。",
    "住在{where}，烧烤摊的音响和喧哗声每晚都有，请尽快解决。",
    "{where}烧烤店抽风机和音箱一起响，关了窗还听得见。",
    "{where}楼下夜宵店的噪声又开始了，请上门看看。",
)
_MARKET = (
    "{where}的早市把路口占满，车和行人都过不去。请取缔早市。",
    "早市的摊贩一早就吆喝，{where}的住户没法休息，要求取缔早市。",
    "{where}路边早市收摊后满地菜叶，请取缔早市或换个地方。",
    "听说要取缔早市，{where}的老人买菜不方便，希望保留早市。",
    "{where}早市占了消防通道，要求取缔早市。",
    "{where}早市的三轮车堵住小区门口，请取缔早市。",
    "{where}的早市越摆越长，行人走到马路上，要求取缔早市。",
)


class Clusters:
    """Turns the first two appeals of some days into what the neighbours speak of."""

    def __init__(self, until: date) -> None:
        self._until = until
        self._day: date | None = None
        self._of_day = 0

    def turned(self, appeal: "Appeal") -> "Appeal":
        """Return the appeal as it is, or as one of a cluster."""
        day = appeal.received_at.date()
        self._of_day = self._of_day + 1 if day == self._day else 0
        self._day = day
        ago = (self._until - day).days % _MONTH
        if ago not in _DAYS or self._of_day > 1:
            return appeal
        at = sorted(_DAYS).index(ago)
        if self._of_day == 0:
            place, texts = ("书院", "书院路"), _NOISE
            kind = ("噪声", "社会生活噪声")
        else:
            place, texts = ("码头", "渡口街"), _MARKET
            kind = ("街面秩序", "占道经营")
        community, estate = place
        where = f"{estate} {3 + 2 * at} 栋"
        return replace(
            appeal,
            community=f"{community}社区",
            estate=estate,
            address=f"{where} 1 单元 {2 + at}01",
            top_category=kind[0],
            category=kind[1],
            details=texts[at].format(where=where),
        )
