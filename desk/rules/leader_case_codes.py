"""Codes of cases led by a leader and of meetings (提级、领导包案、会商; DOMAIN.md 2.10, 002-20)."""

from enum import StrEnum


class TeamRole(StrEnum):
    """As what somebody is in the team of a case (专班, the 1+1+2+N pattern)."""

    LEADER = "leader"  # 包案领导
    DELEGATE = "delegate"  # 党代表、人大代表
    YOUNG = "young"  # 年轻干部
    BUSINESS = "business"  # 业务人员
    GRID = "grid"  # 网格员
    ADVISER = "adviser"  # 指导员


class LeaderOutcome(StrEnum):
    """How a case that a leader led came out (化解结论)."""

    RESOLVED = "resolved"  # 已化解
    PARTLY = "partly"  # 部分化解
    ELSEWHERE = "elsewhere"  # 未化解，转入法定途径


class Checklist(StrEnum):
    """A list of the hall that is gone through line by line (五包三问)."""

    PLEDGES = "pledges"  # 五包
    QUESTIONS = "questions"  # 三问


class CheckOccasion(StrEnum):
    """When somebody went through such a list (DOMAIN.md 9.5)."""

    LEADER_CASE = "leader_case"  # 包案
    FINISHING = "finishing"  # 办结
    PARKING = "parking"  # 挂账
    EXCLUDING = "excluding"  # 剔除


class CheckAnswer(StrEnum):
    """What was said to one line."""

    YES = "yes"  # 是
    PARTLY = "partly"  # 部分
    NO = "no"  # 否


class MeetingKind(StrEnum):
    """What kind of meeting was held (会商、议事协商)."""

    CONSULTATION = "consultation"  # 专题会商
    ON_SITE = "on_site"  # 现场会商
    DELIBERATION = "deliberation"  # 议事协商会
