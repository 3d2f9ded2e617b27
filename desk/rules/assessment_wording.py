"""The hall's words for the codes of assessment and steering (考评、督办)."""

from collections.abc import Mapping
from enum import StrEnum

from desk.rules import assessment_codes as codes

ASSESSMENT_LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    codes.ResponseBy: {
        codes.ResponseBy.ASKED: "回访口径",
        codes.ResponseBy.IN_TIME: "1030 口径",
    },
    codes.NotRated: {
        codes.NotRated.LEFT_OUT: "不进分母",
        codes.NotRated.DISSATISFIED: "按不满意计",
    },
    codes.RequestKind: {
        codes.RequestKind.EXCLUDE: "剔除申请",
        codes.RequestKind.RATE_AGAIN: "差评申诉",
    },
    codes.RequestState: {
        codes.RequestState.UNIT: "待部门负责人",
        codes.RequestState.AREA: "待分管领导",
        codes.RequestState.CHIEF: "待主要领导",
        codes.RequestState.OFFICE: "待信联办复核",
        codes.RequestState.GRANTED: "已批准",
        codes.RequestState.REFUSED: "未批准",
        codes.RequestState.WITHDRAWN: "已撤回申请",
        codes.RequestState.REVOKED: "已恢复计入",
    },
    codes.ExclusionReason: {
        codes.ExclusionReason.UNREASONABLE: "不合理诉求",
        codes.ExclusionReason.ELSEWHERE: "非本辖区",
        codes.ExclusionReason.IN_COURT: "已进入司法程序",
        codes.ExclusionReason.REPEAT: "重复件",
        codes.ExclusionReason.WITHDRAWN: "诉求人撤诉",
        codes.ExclusionReason.POLICY: "政策限制无法解决",
        codes.ExclusionReason.FORCE_MAJEURE: "不可抗力",
        codes.ExclusionReason.FALSE: "恶意或虚假",
        codes.ExclusionReason.BEYOND_POLICY: "已按政策答复，期望超出",
        codes.ExclusionReason.HISTORY: "历史遗留，已报区挂账",
    },
    codes.SupervisionSource: {
        codes.SupervisionSource.STREET: "街道督办",
        codes.SupervisionSource.DISTRICT: "区督办",
        codes.SupervisionSource.CITY: "市督办",
    },
    codes.SupervisionGround: {
        codes.SupervisionGround.OVERDUE: "超期",
        codes.SupervisionGround.DOUBLE_NO: "双否",
        codes.SupervisionGround.INSTRUCTED: "领导批示",
        codes.SupervisionGround.PUBLIC: "舆情",
        codes.SupervisionGround.REPEAT: "重复件",
        codes.SupervisionGround.SILENT: "多日没有动静",
        codes.SupervisionGround.NOT_DOUBLE_YES: "非双是未剔除",
        codes.SupervisionGround.ABOVE: "上级督办",
    },
    codes.SupervisionState: {
        codes.SupervisionState.ISSUED: "待签收",
        codes.SupervisionState.TAKEN: "整改中",
        codes.SupervisionState.REPORTED: "待销号",
        codes.SupervisionState.CLOSED: "已销号",
        codes.SupervisionState.REVOKED: "已撤销",
    },
    codes.UrgingWay: {
        codes.UrgingWay.PHONE: "电话催办",
        codes.UrgingWay.SYSTEM: "系统催办",
        codes.UrgingWay.WRITTEN: "催办通知书",
        codes.UrgingWay.CIRCULAR: "书面通报",
    },
    codes.LetterKind: {
        codes.LetterKind.COMMENDATION: "表扬书",
        codes.LetterKind.REMINDER: "提醒函",
    },
    codes.ReminderProblem: {
        codes.ReminderProblem.OVERDUE: "超期",
        codes.ReminderProblem.NOT_CONTACTED: "未联系",
        codes.ReminderProblem.FALSE_ANSWER: "虚假答复",
        codes.ReminderProblem.DOUBLE_NO: "双否",
        codes.ReminderProblem.BAD_RATING: "差评",
        codes.ReminderProblem.UNFOUNDED_RETURN: "退单无理由",
    },
    codes.LetterState: {
        codes.LetterState.ISSUED: "待送达",
        codes.LetterState.DELIVERED: "已送达",
        codes.LetterState.RECTIFIED: "已整改反馈",
        codes.LetterState.REVOKED: "已撤销",
    },
    codes.TalkDecision: {
        codes.TalkDecision.TALK: "约谈",
        codes.TalkDecision.NO_TALK: "不约谈",
        codes.TalkDecision.HELD: "已约谈",
    },
    codes.BulletinKind: {
        codes.BulletinKind.DAILY: "日通报",
        codes.BulletinKind.WEEKLY: "周分析",
        codes.BulletinKind.MONTHLY: "月研判",
    },
    codes.HonourKind: {
        codes.HonourKind.UNIT: "先进办件集体",
        codes.HonourKind.PERSON: "最美办件人",
    },
}
