"""The hall's words for the codes of appointments and reception days (预约与接访)."""

from collections.abc import Mapping
from enum import StrEnum

from desk.rules import reception_codes as codes

RECEPTION_LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    codes.VisitMode: {
        codes.VisitMode.ON_SITE: "现场",
        codes.VisitMode.APPOINTMENT: "预约",
        codes.VisitMode.AGENT: "委托代办",
    },
    codes.AppointmentWay: {
        codes.AppointmentWay.PHONE: "电话",
        codes.AppointmentWay.COUNTER: "窗口",
        codes.AppointmentWay.ONLINE: "网上",
    },
    codes.AppointmentState: {
        codes.AppointmentState.BOOKED: "已约",
        codes.AppointmentState.CAME: "已到",
        codes.AppointmentState.NOT_COME: "没有来",
        codes.AppointmentState.CANCELLED: "已取消",
    },
    codes.ReceptionOrigin: {
        codes.ReceptionOrigin.APPOINTMENT: "预约",
        codes.ReceptionOrigin.TAKEN_IN: "当天来访",
        codes.ReceptionOrigin.BROUGHT: "信联办提请",
    },
    codes.ReceptionOutcome: {
        codes.ReceptionOutcome.ANSWERED: "当场答复",
        codes.ReceptionOutcome.ASSIGNED: "交单位办理",
        codes.ReceptionOutcome.MEETING: "开会商定",
        codes.ReceptionOutcome.ON_SITE: "到现场看",
        codes.ReceptionOutcome.EXPLAINED: "说明政策",
    },
    codes.AgentRelation: {
        codes.AgentRelation.FAMILY: "亲属",
        codes.AgentRelation.NEIGHBOUR: "邻居、朋友",
        codes.AgentRelation.COMMUNITY: "社区工作者",
        codes.AgentRelation.LAWYER: "法律工作者",
        codes.AgentRelation.OTHER: "其他",
    },
    codes.AgentPower: {
        codes.AgentPower.SPEAK: "代为反映",
        codes.AgentPower.HAND_IN: "代交材料",
        codes.AgentPower.CONFIRM: "代为确认意见",
        codes.AgentPower.RECEIVE: "代收文书",
    },
}
