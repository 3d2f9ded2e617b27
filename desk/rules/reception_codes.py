"""Codes of appointments and leaders' reception days (预约与接访, DOMAIN.md 004-2, 002-16, 9.3)."""

from enum import StrEnum


class VisitMode(StrEnum):
    """How somebody came to the counter (来访方式)."""

    ON_SITE = "on_site"  # 现场
    APPOINTMENT = "appointment"  # 预约
    AGENT = "agent"  # 委托代办


class AppointmentWay(StrEnum):
    """How an appointment was asked for (预约方式)."""

    PHONE = "phone"  # 电话
    COUNTER = "counter"  # 窗口
    ONLINE = "online"  # 网上


class AppointmentState(StrEnum):
    """What has become of an appointment; no word of it blames anybody."""

    BOOKED = "booked"  # 已约
    CAME = "came"  # 已到
    NOT_COME = "not_come"  # 未到
    CANCELLED = "cancelled"  # 已取消


class ReceptionOrigin(StrEnum):
    """How a case came before a leader on his reception day (接访件来源)."""

    APPOINTMENT = "appointment"  # 预约
    TAKEN_IN = "taken_in"  # 当天来访
    BROUGHT = "brought"  # 信联办提请


class ReceptionOutcome(StrEnum):
    """What a leader decided on a case (接访处理)."""

    ANSWERED = "answered"  # 当场答复
    ASSIGNED = "assigned"  # 交单位办理
    MEETING = "meeting"  # 开会商定
    ON_SITE = "on_site"  # 到现场看
    EXPLAINED = "explained"  # 说明政策


class AgentRelation(StrEnum):
    """What an agent is to whom he acts for (与委托人关系)."""

    FAMILY = "family"  # 亲属
    NEIGHBOUR = "neighbour"  # 邻居、朋友
    COMMUNITY = "community"  # 社区工作者
    LAWYER = "lawyer"  # 律师、法律工作者
    OTHER = "other"  # 其他


class AgentPower(StrEnum):
    """What an agent may do (委托事项)."""

    SPEAK = "speak"  # 代为反映
    HAND_IN = "hand_in"  # 代交材料
    CONFIRM = "confirm"  # 代为确认意见
    RECEIVE = "receive"  # 代收文书
