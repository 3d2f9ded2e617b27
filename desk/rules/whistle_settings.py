"""What a hall sets for itself about whistles (吹哨的设置): levels, and how soon to be there."""

from desk.rules.errors import RuleBroken
from desk.rules.setting_kinds import HallSetting, read_words, whole
from desk.rules.whistling import ARROW

LEVELS, MINUTES, EMERGENCY_MINUTES = (
    "whistle_levels",
    "whistle_minutes",
    "whistle_emergency_minutes",
)
_LONGEST = 40
_ARROWS = ("->", "=>", "—>", "➜", "到")


def read_levels(text: str) -> list[str]:
    """Return levels of whistles: “社区→街道、街道→区”.

    Raises:
        RuleBroken: one of them does not say from where to where.
    """
    levels = [tidy_level(word) for word in read_words(text)]
    for level in levels:
        low, arrow, high = level.partition(ARROW)
        if not (low and arrow and high) or ARROW in high or len(level) > _LONGEST:
            raise RuleBroken(
                f"“{level}”请写成“社区{ARROW}街道”，前面是谁吹哨，后面是谁报到。", field="value"
            )
    return list(dict.fromkeys(levels))


def tidy_level(text: str) -> str:
    """Return a level as the hall writes it, however its arrow was typed."""
    tidy = "".join(text.split())
    for arrow in _ARROWS:
        if ARROW not in tidy:
            tidy = tidy.replace(arrow, ARROW, 1)
    return tidy


WHISTLE_SETTINGS = (
    HallSetting(
        LEVELS,
        "吹哨级别",
        "写成 网格→社区、社区→街道、街道→区，几级之间用“、”隔开；可以加“区→市”。",
        ["网格→社区", "社区→街道", "街道→区"],
        read_levels,
        "、".join,
    ),
    HallSetting(
        MINUTES,
        "吹哨缺省几分钟内到场",
        "5 到 2880 分钟；吹哨时每个单位可以另写。",
        60,
        whole(5, 2880, "到场时间（分钟）"),
    ),
    HallSetting(
        EMERGENCY_MINUTES,
        "应急处置的吹哨缺省几分钟内到场",
        "5 到 720 分钟；吹哨时每个单位可以另写。",
        30,
        whole(5, 720, "到场时间（分钟）"),
    ),
)
