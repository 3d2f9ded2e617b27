"""Codes of assessment and steering (考评、剔除、督办、表扬提醒、通报; DOMAIN.md 2.6–2.12)."""

from enum import StrEnum


class ResponseBy(StrEnum):
    """By what a case counts as responded to (响应判据, DOMAIN.md 4.1)."""

    ASKED = "asked"  # 回访时诉求人说联系过
    IN_TIME = "in_time"  # 系统记录在联系时限内联系（1030 达标）


class NotRated(StrEnum):
    """What an appellant counts as who could not be reached or would not say (未接通、拒评)."""

    LEFT_OUT = "left_out"  # 不进分母
    DISSATISFIED = "dissatisfied"  # 按未联系、未解决、不满意计


class RequestKind(StrEnum):
    """What a request about the assessment of a case asks for."""

    EXCLUDE = "exclude"  # 剔除 / 不纳入考核
    RATE_AGAIN = "rate_again"  # 差评申诉


class RequestState(StrEnum):
    """On whose desk such a request lies, or how it ended (DOMAIN.md 2.9)."""

    UNIT = "unit"  # 待部门负责人
    AREA = "area"  # 待分管（包片）领导
    CHIEF = "chief"  # 待主要领导把关签批
    OFFICE = "office"  # 待信联办复核
    GRANTED = "granted"  # 已批准
    REFUSED = "refused"  # 未批准
    WITHDRAWN = "withdrawn"  # 已撤回申请
    REVOKED = "revoked"  # 批准后恢复计入


class ExclusionReason(StrEnum):
    """Why a case should not count (剔除理由, DOMAIN.md 2.9)."""

    UNREASONABLE = "unreasonable"  # 不合理诉求
    ELSEWHERE = "elsewhere"  # 非本辖区
    IN_COURT = "in_court"  # 已进入司法程序
    REPEAT = "repeat"  # 重复件
    WITHDRAWN = "withdrawn"  # 诉求人撤诉
    POLICY = "policy"  # 政策限制无法解决
    FORCE_MAJEURE = "force_majeure"  # 不可抗力
    FALSE = "false"  # 恶意、虚假
    BEYOND_POLICY = "beyond_policy"  # 已按政策答复，诉求人期望超出
    HISTORY = "history"  # 历史遗留，已报区挂账


class SupervisionSource(StrEnum):
    """Who supervises (督办来源): the street itself, or an office above it (DOMAIN.md 9.5)."""

    STREET = "street"  # 街道督办
    DISTRICT = "district"  # 区督办
    CITY = "city"  # 市督办


class SupervisionGround(StrEnum):
    """On what grounds a matter is supervised (督办依据, DOMAIN.md 2.6)."""

    OVERDUE = "overdue"  # 超期
    DOUBLE_NO = "double_no"  # 双否
    INSTRUCTED = "instructed"  # 领导批示
    PUBLIC = "public"  # 舆情
    REPEAT = "repeat"  # 重复件
    SILENT = "silent"  # 多日没有动静
    NOT_DOUBLE_YES = "not_double_yes"  # 非双是未剔除
    ABOVE = "above"  # 上级督办


class SupervisionState(StrEnum):
    """Where a supervised matter stands."""

    ISSUED = "issued"  # 待签收
    TAKEN = "taken"  # 整改中
    REPORTED = "reported"  # 待销号
    CLOSED = "closed"  # 已销号
    REVOKED = "revoked"  # 已撤销


class UrgingWay(StrEnum):
    """How somebody was urged (催办方式, DOMAIN.md 2.6)."""

    PHONE = "phone"  # 电话催办
    SYSTEM = "system"  # 系统催办
    WRITTEN = "written"  # 催办通知书
    CIRCULAR = "circular"  # 书面通报


class LetterKind(StrEnum):
    """The two letters to a unit (DOMAIN.md 2.12)."""

    COMMENDATION = "commendation"  # 表扬书
    REMINDER = "reminder"  # 提醒函


class ReminderProblem(StrEnum):
    """What a reminder is about (提醒函的问题, DOMAIN.md 2.12)."""

    OVERDUE = "overdue"  # 超期
    NOT_CONTACTED = "not_contacted"  # 未联系
    FALSE_ANSWER = "false_answer"  # 虚假答复
    DOUBLE_NO = "double_no"  # 双否
    BAD_RATING = "bad_rating"  # 差评
    UNFOUNDED_RETURN = "unfounded_return"  # 退单无理由


class LetterState(StrEnum):
    """Where a letter stands; a commendation ends when it is delivered."""

    ISSUED = "issued"  # 待送达
    DELIVERED = "delivered"  # 已送达
    RECTIFIED = "rectified"  # 已整改反馈
    REVOKED = "revoked"  # 已撤销


class TalkDecision(StrEnum):
    """What people decided on a candidate for a talk (约谈)."""

    TALK = "talk"  # 约谈
    NO_TALK = "no_talk"  # 不约谈
    HELD = "held"  # 已约谈


class BulletinKind(StrEnum):
    """The three bulletins (EXCHANGE.md 1)."""

    DAILY = "daily"  # 日通报
    WEEKLY = "weekly"  # 周分析
    MONTHLY = "monthly"  # 月研判


class HonourKind(StrEnum):
    """Honours of the year (DOMAIN.md 001-10): units by figures, persons named by people only."""

    UNIT = "unit"  # 先进办件集体
    PERSON = "person"  # 最美办件人
