"""The hall's words for the codes of proactive work (主动治理、意见征集、三张清单)."""

from collections.abc import Mapping
from enum import StrEnum

from desk.rules import proactive_codes as codes

PROACTIVE_LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    codes.PlanState: {
        codes.PlanState.RUNNING: "治理中",
        codes.PlanState.FINISHED: "待复看",
        codes.PlanState.CONFIRMED: "已见效",
    },
    codes.GatheringKind: {
        codes.GatheringKind.ASSEMBLY: "居民代表会议",
        codes.GatheringKind.COURTYARD: "院落议事会",
        codes.GatheringKind.FORUM: "座谈会",
        codes.GatheringKind.PAPER: "书面征求意见",
        codes.GatheringKind.ONLINE: "网上征集",
        codes.GatheringKind.OTHER: "其他形式",
    },
    codes.AnswerWay: {
        codes.AnswerWay.ON_SPOT: "现场答复",
        codes.AnswerWay.LIMITED: "限时答复",
    },
    codes.OpinionState: {
        codes.OpinionState.ON_SPOT: "现场已答复",
        codes.OpinionState.WAITING: "待答复",
        codes.OpinionState.LATE: "答复超期",
        codes.OpinionState.IN_TIME: "按时答复",
        codes.OpinionState.ANSWERED_LATE: "超期答复",
        codes.OpinionState.CASE: "已转诉求件",
        codes.OpinionState.WITHDRAWN: "录错撤下",
    },
    codes.DemandState: {
        codes.DemandState.OPEN: "待对接",
        codes.DemandState.MATCHED: "已对接项目",
        codes.DemandState.WHISTLED: "已吹哨",
        codes.DemandState.MET: "已解决",
        codes.DemandState.DROPPED: "已撤回",
    },
    codes.ResourceKind: {
        codes.ResourceKind.SITE: "场地",
        codes.ResourceKind.PEOPLE: "人员力量",
        codes.ResourceKind.FUNDS: "资金",
        codes.ResourceKind.GOODS: "物资",
        codes.ResourceKind.SERVICE: "服务",
        codes.ResourceKind.SKILL: "专业技术",
    },
    codes.ResourceState: {
        codes.ResourceState.OFFERED: "可用",
        codes.ResourceState.ENDED: "已停用",
    },
    codes.ProjectState: {
        codes.ProjectState.RUNNING: "进行中",
        codes.ProjectState.DONE: "已完成",
        codes.ProjectState.DROPPED: "未成",
    },
}
