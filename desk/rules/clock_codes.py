"""Codes of pauses, extensions and duty (暂停、延期挂账、值班); `codes` holds those of the case."""

from enum import StrEnum


class PauseReason(StrEnum):
    """Why an internal limit may stand still (DOMAIN.md 4.5); a legal limit never does."""

    MATERIALS = "materials"  # 等待诉求人补充材料
    APPRAISAL = "appraisal"  # 等待鉴定
    WISHED = "wished"  # 诉求人要求改期
    PARKED = "parked"  # 挂账


class ExtensionKind(StrEnum):
    """The three uses of one form (延期/挂账/退单申请, DOMAIN.md 2.8)."""

    EXTEND = "extend"  # 延期
    PARK = "park"  # 挂账
    RETURN = "return"  # 退回


class ExtensionState(StrEnum):
    """Where such a request stands."""

    OFFICE = "office"  # 待信联办审核
    LEADER = "leader"  # 待分管领导审批
    GRANTED = "granted"  # 已批准
    REFUSED = "refused"  # 未批准
    WITHDRAWN = "withdrawn"  # 申请人撤回


class ExtensionReason(StrEnum):
    """Why more time is asked for (DOMAIN.md 2.8, 5.4 挂账原因)."""

    WORKS = "works"  # 工程类
    SEASON = "season"  # 季节性
    HISTORY = "history"  # 历史遗留
    OWNERSHIP = "ownership"  # 权属争议
    FUNDS = "funds"  # 资金未落实
    LITIGATION = "litigation"  # 诉讼中
    DEMOLITION = "demolition"  # 拆迁中
    MANY_SIDES = "many_sides"  # 涉及多方，需会商
    OTHER = "other"  # 其他


class DutyPart(StrEnum):
    """The parts of a day somebody is on duty for (值班班次)."""

    WHOLE = "whole"  # 全天
    DAY = "day"  # 白班
    NIGHT = "night"  # 夜班


class RuleSet(StrEnum):
    """Sets of limits that a hall switches on as a whole (时限制度, DOMAIN.md 4.4)."""

    DISTRICT = "district"  # 首问首办（东门）
    PETITION = "petition"  # 信访
    MEDIATION = "mediation"  # 人民调解
    CONFIRMATION = "confirmation"  # 司法确认
    SHENZHEN = "shenzhen"  # 深圳
    SHANGHAI = "shanghai"  # 上海
    OWN = "own"  # 本厅自定
