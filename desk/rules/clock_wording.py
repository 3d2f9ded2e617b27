"""The hall's words for pauses, extensions and duty; `wording.LABELS` takes them in."""

from collections.abc import Mapping
from enum import StrEnum

from desk.rules import clock_codes as codes

CLOCK_LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    codes.PauseReason: {
        codes.PauseReason.MATERIALS: "等诉求人补充材料",
        codes.PauseReason.APPRAISAL: "等待鉴定",
        codes.PauseReason.WISHED: "诉求人要求改期",
        codes.PauseReason.PARKED: "挂账",
    },
    codes.ExtensionKind: {
        codes.ExtensionKind.EXTEND: "延期",
        codes.ExtensionKind.PARK: "挂账",
        codes.ExtensionKind.RETURN: "退回",
    },
    codes.ExtensionState: {
        codes.ExtensionState.OFFICE: "待信联办审核",
        codes.ExtensionState.LEADER: "待分管领导审批",
        codes.ExtensionState.GRANTED: "已批准",
        codes.ExtensionState.REFUSED: "未批准",
        codes.ExtensionState.WITHDRAWN: "已撤回申请",
    },
    codes.ExtensionReason: {
        codes.ExtensionReason.WORKS: "工程类",
        codes.ExtensionReason.SEASON: "季节性",
        codes.ExtensionReason.HISTORY: "历史遗留",
        codes.ExtensionReason.OWNERSHIP: "权属争议",
        codes.ExtensionReason.FUNDS: "资金未落实",
        codes.ExtensionReason.LITIGATION: "诉讼中",
        codes.ExtensionReason.DEMOLITION: "拆迁中",
        codes.ExtensionReason.MANY_SIDES: "涉及多方，需会商",
        codes.ExtensionReason.OTHER: "其他",
    },
    codes.DutyPart: {
        codes.DutyPart.WHOLE: "全天",
        codes.DutyPart.DAY: "白班",
        codes.DutyPart.NIGHT: "夜班",
    },
    codes.RuleSet: {
        codes.RuleSet.DISTRICT: "首问首办",
        codes.RuleSet.PETITION: "信访工作条例",
        codes.RuleSet.MEDIATION: "人民调解",
        codes.RuleSet.CONFIRMATION: "司法确认",
        codes.RuleSet.SHENZHEN: "深圳（30 分钟、2 小时分拨）",
        codes.RuleSet.SHANGHAI: "上海（1、5、3 个工作日）",
        codes.RuleSet.OWN: "本厅自定",
    },
}
