"""The hall's words for the codes of cases led by a leader and of meetings (包案、会商)."""

from collections.abc import Mapping
from enum import StrEnum

from desk.rules import leader_case_codes as codes

LEADER_CASE_LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    codes.TeamRole: {
        codes.TeamRole.LEADER: "包案领导",
        codes.TeamRole.DELEGATE: "党代表、人大代表",
        codes.TeamRole.YOUNG: "年轻干部",
        codes.TeamRole.BUSINESS: "业务人员",
        codes.TeamRole.GRID: "网格员",
        codes.TeamRole.ADVISER: "指导员",
    },
    codes.LeaderOutcome: {
        codes.LeaderOutcome.RESOLVED: "已化解",
        codes.LeaderOutcome.PARTLY: "部分化解",
        codes.LeaderOutcome.ELSEWHERE: "未化解，转法定途径",
    },
    codes.Checklist: {
        codes.Checklist.PLEDGES: "五包",
        codes.Checklist.QUESTIONS: "三问",
    },
    codes.CheckOccasion: {
        codes.CheckOccasion.LEADER_CASE: "包案",
        codes.CheckOccasion.FINISHING: "办理完毕",
        codes.CheckOccasion.PARKING: "挂账",
        codes.CheckOccasion.EXCLUDING: "剔除",
    },
    codes.CheckAnswer: {
        codes.CheckAnswer.YES: "是",
        codes.CheckAnswer.PARTLY: "部分",
        codes.CheckAnswer.NO: "否",
    },
    codes.MeetingKind: {
        codes.MeetingKind.CONSULTATION: "专题会商",
        codes.MeetingKind.ON_SITE: "现场会商",
        codes.MeetingKind.DELIBERATION: "议事协商会",
    },
}
