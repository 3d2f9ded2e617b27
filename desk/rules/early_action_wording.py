"""The hall's words for the codes of acting before the complaint (未诉先办、走访)."""

from collections.abc import Mapping
from enum import StrEnum

from desk.rules import early_action_codes as codes

EARLY_ACTION_LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    codes.DiscoverWay: {
        codes.DiscoverWay.VISIT: "走访",
        codes.DiscoverWay.PATROL: "巡查",
        codes.DiscoverWay.GRID: "网格",
        codes.DiscoverWay.MEDIA: "舆情",
        codes.DiscoverWay.LEADER_DAY: "领导接访",
        codes.DiscoverWay.CLUSTER: "数据聚集",
    },
    codes.EarlyActionState: {
        codes.EarlyActionState.OPEN: "处置中",
        codes.EarlyActionState.RESOLVED: "待复看",
        codes.EarlyActionState.CONFIRMED: "已化解",
        codes.EarlyActionState.VOID: "已作废",
    },
    codes.VisitConcern: {
        codes.VisitConcern.ILL: "生病卧床",
        codes.VisitConcern.INCIDENT: "突发事件",
        codes.VisitConcern.DISCONTENT: "不满情绪",
        codes.VisitConcern.DISPUTE: "矛盾纠纷",
    },
    codes.VisitResult: {
        codes.VisitResult.MET: "见到",
        codes.VisitResult.ABSENT: "不在家",
        codes.VisitResult.REFUSED: "不便接待",
    },
    codes.VisitState: {
        codes.VisitState.PLANNED: "待录入",
        codes.VisitState.DONE: "已录入",
        codes.VisitState.CANCELLED: "已取消",
    },
    codes.QuestionnaireKind: {
        codes.QuestionnaireKind.VISIT: "走访表",
        codes.QuestionnaireKind.TEN_QUESTIONS: "入户十问",
    },
}
