"""What the log is about, in words, and what of it is looked at first (留痕的分类)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class TrailGroup(StrEnum):
    """Parts of the log that the auditor looks at one by one, the most sensitive first."""

    LOOKS = "looks"
    RIGHTS = "rights"
    RULES = "rules"
    ALL = "all"


GROUP_WORDS: Mapping[TrailGroup, str] = MappingProxyType(
    {
        TrailGroup.LOOKS: "查看和导出",
        TrailGroup.RIGHTS: "人员和权限",
        TrailGroup.RULES: "规则和设置",
        TrailGroup.ALL: "全部",
    }
)

# The first word of a line's kind → what it is about.
SUBJECTS: Mapping[str, str] = MappingProxyType(
    {
        "agent": "委托代办",
        "appointment": "预约",
        "archive": "档案",
        "assessment": "考核申请",
        "attachment": "附件",
        "booking": "调解室",
        "brief": "早报",
        "bulletin": "通报",
        "calendar": "日历",
        "calls": "回电单",
        "case": "诉求",
        "category": "类别",
        "chain": "留痕链",
        "clocks": "时限",
        "demand": "需求清单",
        "deputy": "代理",
        "directory": "事项目录",
        "early_action": "未诉先办",
        "erasure": "依法删除",
        "export": "导出",
        "extension": "延期挂账",
        "figure": "统计",
        "filter": "常用筛选",
        "gathering": "意见征集",
        "grid": "网格",
        "honour": "年度荣誉",
        "item": "保管物",
        "layout": "版式",
        "leader_area": "包片",
        "leader_case": "领导包案",
        "ledger": "台账",
        "letterhead": "抬头",
        "letter": "表扬书、提醒函",
        "library": "口径库",
        "matter": "事项",
        "mediation": "调解",
        "mediator": "调解员",
        "meeting": "会商、议事会",
        "notice": "文书",
        "opinion": "意见书",
        "paper": "文书",
        "parked": "挂账",
        "person": "一人一档",
        "place": "小区",
        "plan": "治理方案",
        "platform": "平台格式",
        "points": "加分扣分",
        "private": "个人信息",
        "questionnaire": "走访问卷",
        "project": "共建项目",
        "rate_rules": "考评规则",
        "residents": "常住人口",
        "reception": "接访",
        "resource": "资源清单",
        "review_task": "研判会任务",
        "room": "房间",
        "rooms": "调解室",
        "roster": "值班",
        "row": "停用",
        "rule_set": "时限制度",
        "seal": "用印",
        "setting": "设置",
        "shift": "交接班",
        "sign_folder": "签批夹",
        "staff": "人员",
        "street": "街道",
        "supervision": "督办",
        "talk": "约谈",
        "team": "队伍",
        "time_rule": "时限",
        "topic": "专题",
        "trail": "留痕",
        "unit": "单位",
        "urging": "催办",
        "whistle": "吹哨",
        "visit": "走访",
    }
)
# kinds, or subjects with a dot and nothing behind it
_OF: Mapping[TrailGroup, frozenset[str]] = MappingProxyType(
    {
        TrailGroup.LOOKS: frozenset(
            {
                "person.",
                "private.",
                "export.",
                "erasure.",
                "trail.",
                "ledger.exported",
                "ledger.export_asked",
                "ledger.export_decided",
                "attachment.taken_out",
                "mediation.looked",
                "mediation.asked_for",
                "brief.issued",
                "calls.listed",
            }
        ),
        TrailGroup.RIGHTS: frozenset({"staff.", "deputy.", "chain.", "street."}),
        TrailGroup.RULES: frozenset(
            {
                "setting.",
                "rate_rules.",
                "points.",
                "time_rule.",
                "rule_set.",
                "layout.",
                "letterhead.",
                "calendar.",
                "unit.",
                "leader_area.",
                "residents.",
                "row.",
            }
        ),
        TrailGroup.ALL: frozenset(),
    }
)
# what tells that somebody saw who an appellant is, or how to reach him
LOOKED = frozenset({"person.looked", "private.looked", "private.revealed"})


def subject_words(kind: str) -> str:
    """Say what a line is about; a kind that a later version wrote is said as it is."""
    subject = kind.partition(".")[0]
    return SUBJECTS.get(subject, subject)


def kinds_of(group: TrailGroup) -> tuple[frozenset[str], frozenset[str]]:
    """Return the kinds of a group, and the beginnings of further ones; nothing for all."""
    members = _OF[group]
    beginnings = frozenset(one for one in members if one.endswith("."))
    return members - beginnings, beginnings


def is_of_group(kind: str, group: TrailGroup) -> bool:
    """Return whether a line belongs to a group."""
    kinds, beginnings = kinds_of(group)
    whole = not (kinds or beginnings)
    return whole or kind in kinds or kind.startswith(tuple(beginnings))
