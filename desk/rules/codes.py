"""Code tables of the hall (码表, DOMAIN.md 5): every choice that is stored as a code.

Values are lower-case ASCII and never change once released; labels live in `wording.py`.
"""

from enum import StrEnum


class Urgency(StrEnum):
    """Levels by which an appeal is handled (DOMAIN.md 002-2)."""

    URGENT = "urgent"  # 紧急
    FAST = "fast"  # 快处
    ROUTINE = "routine"  # 常态


class Exit(StrEnum):
    """The four exits of an intake (DOMAIN.md 9.1)."""

    ON_SPOT = "on_spot"  # 现场答复
    OWN_UNIT = "own_unit"  # 本部门首办自办
    TRANSFER = "transfer"  # 受理转办
    GUIDANCE = "guidance"  # 引导对接


class CaseStatus(StrEnum):
    """Where a case stands (DOMAIN.md 6.1 with 9.3)."""

    RECEIVED = "received"  # 已受理,待分拨
    DISPATCHED = "dispatched"  # 待签收
    ACCEPTED = "accepted"  # 待联系、核实
    HANDLING = "handling"  # 办理中
    OPINION = "opinion"  # 待填意见书
    SIGNING = "signing"  # 待审签
    SEALING = "sealing"  # 待盖章
    DELIVERING = "delivering"  # 待送达
    FOLLOW_UP = "follow_up"  # 待回访
    CLOSED = "closed"  # 已办结,待归档
    ARCHIVED = "archived"  # 已归档
    GUIDED = "guided"  # 已引导对接
    PARKED = "parked"  # 挂账
    MERGED = "merged"  # 已并入主件
    WITHDRAWN = "withdrawn"  # 诉求人撤回


class Channel(StrEnum):
    """How an appeal reached the hall (来源渠道, DOMAIN.md 5.4)."""

    VISIT = "visit"  # 来厅
    CALL = "call"  # 来电
    LETTER = "letter"  # 来信
    HOTLINE = "hotline"  # 12345
    PLATFORM = "platform"  # 小程序/民诉平台
    LEADER_DAY = "leader_day"  # 领导接访
    GRID = "grid"  # 社区网格
    PETITION = "petition"  # 信访平台
    QR_CODE = "qr_code"  # 扫码
    DUTY_ROOM = "duty_room"  # 值班电话
    MEDIA = "media"  # 媒体舆情
    ASSIGNED = "assigned"  # 上级交办
    EARLY_ACTION = "early_action"  # 未诉先办
    OTHER = "other"  # 其他


class SourceLevel(StrEnum):
    """Which level handed the appeal down (来源级别, DOMAIN.md 001-1)."""

    CITY = "city"  # 市级直派
    DISTRICT = "district"  # 区级转派
    STREET = "street"  # 街道自收
    COMMUNITY = "community"  # 社区上报


class Purpose(StrEnum):
    """What the appellant wants (诉求目的, DOMAIN.md 5.1)."""

    INQUIRY = "inquiry"  # 咨询
    HELP = "help"  # 求助
    COMPLAINT = "complaint"  # 投诉
    REPORT = "report"  # 举报
    SUGGESTION = "suggestion"  # 建议
    CLAIM = "claim"  # 申诉求决
    MEDIATION = "mediation"  # 调解申请
    THANKS = "thanks"  # 感谢
    OTHER = "other"  # 其他


class UnitKind(StrEnum):
    """Kinds of units in the organisation tree (DOMAIN.md 003-3)."""

    STREET = "street"  # 街道
    COORDINATION = "coordination"  # 信联办
    SECTION = "section"  # 职责科室
    ENFORCEMENT = "enforcement"  # 执法队
    COMMUNITY = "community"  # 社区
    GRID = "grid"  # 网格
    INSPECTION = "inspection"  # 纪工委
    STUDIO = "studio"  # 个人调解室
    COMMITTEE = "committee"  # 人民调解委员会
    OUTSIDE = "outside"  # 街道以外的单位


class Role(StrEnum):
    """What a member of staff may do (DOMAIN.md 5.5, 9.4); the rights table is `rights.py`."""

    CLERK = "clerk"  # 窗口
    DISPATCHER = "dispatcher"  # 信联办分拨
    HANDLER = "handler"  # 承办人
    COMMUNITY = "community"  # 社区、网格
    FOLLOW_UP = "follow_up"  # 回访员
    LEADER = "leader"  # 分管领导
    CHIEF = "chief"  # 主要领导
    OFFICE = "office"  # 党政办(用印、送达)
    MEDIATOR = "mediator"  # 调解员
    SECRETARY = "secretary"  # 调解秘书
    DIRECTOR = "director"  # 调委会主任
    INSPECTOR = "inspector"  # 纪工委
    ARCHIVIST = "archivist"  # 档案员
    AUDITOR = "auditor"  # 审计
    ADMINISTRATOR = "administrator"  # 管理员
    OUTSIDER = "outsider"  # 驻场第三方


class AssignmentRole(StrEnum):
    """What a unit does on a case."""

    LEAD = "lead"  # 主办
    SUPPORT = "support"  # 协办
    GRID = "grid"  # 网格


class AssignmentStatus(StrEnum):
    """Where one unit's part stands."""

    WAITING = "waiting"  # 待签收
    ACCEPTED = "accepted"  # 已签收
    RETURNING = "returning"  # 申请退回,待信联办同意
    REPORTED = "reported"  # 已反馈
    RETURNED = "returned"  # 已退回
    REPLACED = "replaced"  # 已改派


class DispatchMode(StrEnum):
    """Direct or double dispatch (DOMAIN.md 002-5)."""

    DIRECT = "direct"  # 直派
    DOUBLE = "double"  # 双派


class ReturnReason(StrEnum):
    """Why a unit hands a case back (DOMAIN.md 2.3)."""

    NOT_OURS = "not_ours"  # 职责不符
    INCOMPLETE = "incomplete"  # 信息不全
    REPEAT = "repeat"  # 重复


class ClockKind(StrEnum):
    """The limits that run on a case, in the order of the clocks strip."""

    DISPATCH = "dispatch"  # 分拨
    ACCEPT = "accept"  # 签收
    CONTACT = "contact"  # 联系
    VERIFY = "verify"  # 核实
    HANDLE = "handle"  # 办理
    OPINION = "opinion"  # 意见书
    FOLLOW_UP = "follow_up"  # 回访
    NOTIFY = "notify"  # 受理告知（信访）
    SETTLE = "settle"  # 答复（信访）
    MEDIATE = "mediate"  # 调解；counted on the mediation itself
    CONFIRM = "confirm"  # 申请司法确认；counted on the mediation itself


class ClockEvent(StrEnum):
    """What can start or stop a clock."""

    RECEIVED = "received"  # 受理
    DISPATCHED = "dispatched"  # 分拨
    ACCEPTED = "accepted"  # 签收
    CONTACTED = "contacted"  # 首次联系
    VERIFIED = "verified"  # 核实
    HANDLED = "handled"  # 办理完毕
    SUBMITTED = "submitted"  # 意见书提交
    SIGNED = "signed"  # 审签
    DELIVERED = "delivered"  # 送达
    FOLLOWED_UP = "followed_up"  # 回访
    CLOSED = "closed"  # 办结
    NOTIFIED = "notified"  # 受理告知
    MEDIATION_ACCEPTED = "mediation_accepted"  # 调解受理
    MEDIATION_ENDED = "mediation_ended"  # 调解终结
    AGREED = "agreed"  # 协议生效
    FILED = "filed"  # 提交司法确认


class SpanUnit(StrEnum):
    """Units in which a limit is counted (DOMAIN.md 4.5)."""

    MINUTE = "minute"  # 自然分钟
    HOUR = "hour"  # 自然小时
    WORKING_MINUTE = "working_minute"  # 工作时间(分钟)
    WORKING_HOUR = "working_hour"  # 工作时间(小时)
    WORKING_DAY = "working_day"  # 工作日
    DAY = "day"  # 自然日


class ContactWay(StrEnum):
    """How the appellant was spoken to (DOMAIN.md 000-3)."""

    PHONE = "phone"  # 电话
    FACE = "face"  # 当面
    HOME = "home"  # 上门
    SITE = "site"  # 现场
    ONLINE = "online"  # 线上


class ContactResult(StrEnum):
    """How an attempt to reach the appellant ended (DOMAIN.md 002-6)."""

    REACHED = "reached"  # 接通
    NO_ANSWER = "no_answer"  # 没人接
    REFUSED = "refused"  # 拒接
    WRONG_NUMBER = "wrong_number"  # 号码错


class HandlingResult(StrEnum):
    """How handling ended (办理结果, DOMAIN.md 5.4)."""

    SOLVED = "solved"  # 已解决
    PARTLY = "partly"  # 部分解决
    MEASURES = "measures"  # 已采取措施待复查
    EXPLAINED = "explained"  # 已解释(政策不支持)
    LEGAL_WAY = "legal_way"  # 引导法定途径
    HANDED_OVER = "handed_over"  # 转其他机关
    WITHDRAWN = "withdrawn"  # 诉求人撤回
    UNFOUNDED = "unfounded"  # 不属实
    UNREACHABLE = "unreachable"  # 无法联系
    PARKED = "parked"  # 挂账
    IMPOSSIBLE = "impossible"  # 不可办


class Resolution(StrEnum):
    """The appellant's word on whether it was solved (DOMAIN.md 2.5 row 7)."""

    YES = "yes"  # 已解决
    PARTLY = "partly"  # 部分解决
    NO = "no"  # 未解决
    EXPLAINED = "explained"  # 已解释认可


class Satisfaction(StrEnum):
    """The appellant's rating (DOMAIN.md 2.5 row 8)."""

    SATISFIED = "satisfied"  # 满意
    FAIRLY = "fairly"  # 基本满意
    DISSATISFIED = "dissatisfied"  # 不满意
    NOT_RATED = "not_rated"  # 未评价


class Verdict(StrEnum):
    """What solved and satisfied amount to together (双是矩阵, DOMAIN.md 4.2); never stored."""

    DOUBLE_YES = "double_yes"  # 双是
    NOT_DOUBLE_YES = "not_double_yes"  # 非双是
    DOUBLE_NO = "double_no"  # 双否


class FollowUpWay(StrEnum):
    """How a follow-up was made (DOMAIN.md 2.5 row 5)."""

    PHONE = "phone"  # 电话
    HOME = "home"  # 上门
    HALL = "hall"  # 来厅
    ONLINE = "online"  # 短信/平台


class FirstHeard(StrEnum):
    """When the appellant says someone got in touch (DOMAIN.md 2.5 row 6)."""

    TEN_MINUTES = "ten_minutes"  # 10分钟内
    SAME_DAY = "same_day"  # 当天
    LATER = "later"  # 次日及以后


class Discontent(StrEnum):
    """Why an appellant is dissatisfied (DOMAIN.md 2.5 row 9)."""

    NOT_CONTACTED = "not_contacted"  # 未联系
    NOT_SOLVED = "not_solved"  # 未解决
    ATTITUDE = "attitude"  # 态度
    LATE = "late"  # 超时
    UNTRUE = "untrue"  # 与事实不符
    BEYOND_POLICY = "beyond_policy"  # 期望超出政策
    OTHER = "other"  # 其他


class NextStep(StrEnum):
    """What a follow-up leads to (DOMAIN.md 2.5 row 11)."""

    CLOSE = "close"  # 办结归档
    AGAIN = "again"  # 二次办理


class DeliveryWay(StrEnum):
    """How a paper reached the appellant (DOMAIN.md 9.3)."""

    IN_PERSON = "in_person"  # 当面签收
    MAIL = "mail"  # 邮寄
    ONLINE = "online"  # 短信/平台
    REFUSED = "refused"  # 拒签(有见证人)


class GuideWay(StrEnum):
    """How an appellant was handed on (DOMAIN.md 9.1)."""

    CALLED = "called"  # 已通话
    ACCOMPANIED = "accompanied"  # 陪同
    WRITTEN = "written"  # 书面


class IdKind(StrEnum):
    """Kinds of identity papers."""

    ID_CARD = "id_card"  # 居民身份证
    RESIDENCE_PERMIT = "residence_permit"  # 港澳台居民居住证
    PASSPORT = "passport"  # 护照
    OTHER = "other"  # 其他


class Sex(StrEnum):
    """Sex as printed on an identity card."""

    FEMALE = "female"  # 女
    MALE = "male"  # 男


class PaperState(StrEnum):
    """The last mile of a paper (DOMAIN.md 9.3)."""

    ISSUED = "issued"  # 已出具
    TO_SEAL = "to_seal"  # 待盖章
    TO_DELIVER = "to_deliver"  # 待送达
    DELIVERED = "delivered"  # 已送达
    SCANNED = "scanned"  # 签字件已扫回
    VOID = "void"  # 已作废


class OpinionStatus(StrEnum):
    """Where a draft opinion stands."""

    DRAFT = "draft"  # 起草中
    SUBMITTED = "submitted"  # 待审签
    SENT_BACK = "sent_back"  # 退回修改
    SIGNED = "signed"  # 已签发


class ConfirmWay(StrEnum):
    """How an appellant confirmed that he takes his appeal back (DOMAIN.md 6.1 #21)."""

    IN_PERSON = "in_person"  # 当面签字
    PHONE = "phone"  # 电话确认
    WRITTEN = "written"  # 书面来信


class AttachmentKind(StrEnum):
    """What an attachment shows."""

    BEFORE = "before"  # 处理前
    AFTER = "after"  # 处理后
    RECORDING = "recording"  # 录音录像
    SCAN = "scan"  # 扫描件
    OTHER = "other"  # 其他材料


class LibraryKind(StrEnum):
    """Kinds of texts in the answer library (答复口径库, DOMAIN.md 9.5)."""

    STATUTE = "statute"  # 法规条文
    STANDARD = "standard"  # 答复口径
    PHRASE = "phrase"  # 常用语


class KeptKind(StrEnum):
    """What a member of staff keeps for somebody (保管, DOMAIN.md 9.5)."""

    ORIGINAL = "original"  # 原件
    KEY = "key"  # 钥匙
    OTHER = "other"  # 其他


class UpkeepKind(StrEnum):
    """What the server's scripts do for the database, and write down."""

    BACKUP = "backup"  # 备份
    DRILL = "drill"  # 恢复演练
