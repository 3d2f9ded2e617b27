"""The hall's words for the codes of whistles (吹哨报到)."""

from collections.abc import Mapping
from enum import StrEnum

from desk.rules import whistle_codes as codes

WHISTLE_LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    codes.WhistleKind: {
        codes.WhistleKind.KEY: "重点难点",
        codes.WhistleKind.ENFORCEMENT: "综合执法",
        codes.WhistleKind.EMERGENCY: "应急处置",
    },
    codes.WhistleState: {
        codes.WhistleState.RAISED: "待审核",
        codes.WhistleState.RETURNED: "已退回",
        codes.WhistleState.CALLED: "已吹哨",
        codes.WhistleState.SETTLED: "待评价",
        codes.WhistleState.RATED: "待归档",
        codes.WhistleState.FILED: "已归档",
        codes.WhistleState.WITHDRAWN: "已撤销",
    },
    codes.WhistleResult: {
        codes.WhistleResult.RESOLVED: "化解",
        codes.WhistleResult.PARTLY: "部分化解",
        codes.WhistleResult.UNRESOLVED: "未化解",
    },
    codes.WhistleStage: {
        codes.WhistleStage.REVIEW: "待审核",
        codes.WhistleStage.ARRIVAL: "待报到",
        codes.WhistleStage.ON_SITE: "现场处置",
        codes.WhistleStage.RATING: "待评价",
        codes.WhistleStage.FILING: "待归档",
    },
}
