"""Code tables of people's mediation and its rooms (人民调解码表, DOMAIN.md 2.13, 5.3, 6.5, 6.6).

Like `codes.py`: values never change once released; labels live in `mediation_wording.py`.
"""

from enum import StrEnum


class MediationStatus(StrEnum):
    """Where a mediation stands (DOMAIN.md 6.5)."""

    APPLIED = "applied"  # 待受理审查
    ACCEPTED = "accepted"  # 已受理,待排期
    SCHEDULED = "scheduled"  # 已排期
    MEDIATING = "mediating"  # 调解中
    SETTLED = "settled"  # 达成协议,履行跟踪
    FOLLOW_UP = "follow_up"  # 待回访
    CLOSED = "closed"  # 待归档
    ARCHIVED = "archived"  # 已归档
    NOT_SETTLED = "not_settled"  # 未达成
    ENDED = "ended"  # 终止
    WITHDRAWN = "withdrawn"  # 当事人撤回
    HANDED_OVER = "handed_over"  # 移交
    REFUSED = "refused"  # 不予受理


class DisputeKind(StrEnum):
    """Kinds of disputes in the fixed order of the statistics (DOMAIN.md 5.3)."""

    FAMILY = "family"  # 婚姻家庭
    NEIGHBOURS = "neighbours"  # 邻里
    HOUSING = "housing"  # 房屋宅基地
    CONTRACT = "contract"  # 合同
    BUSINESS = "business"  # 生产经营
    DAMAGES = "damages"  # 损害赔偿
    FORESTS = "forests"  # 山林土地
    LAND_TAKING = "land_taking"  # 征地拆迁
    POLLUTION = "pollution"  # 环境污染
    LABOUR = "labour"  # 劳动争议
    CONSUMER = "consumer"  # 消费
    MEDICAL = "medical"  # 医疗
    TRAFFIC = "traffic"  # 道路交通事故
    PROPERTY = "property"  # 物业
    OTHER = "other"  # 其他
    TOURISM = "tourism"  # 旅游
    INTELLECTUAL = "intellectual"  # 知识产权
    INTERNET = "internet"  # 互联网


class MediationSource(StrEnum):
    """How a dispute came to the committee."""

    APPLIED = "applied"  # 当事人申请
    PROACTIVE = "proactive"  # 主动调解
    ENTRUSTED = "entrusted"  # 委托移送


class EntrustedBy(StrEnum):
    """Who handed a dispute over to the committee."""

    COURT = "court"  # 法院
    POLICE = "police"  # 公安
    PETITION = "petition"  # 信访
    PROSECUTION = "prosecution"  # 检察
    OTHER = "other"  # 其他


class Difficulty(StrEnum):
    """How hard a dispute is (以案定补常用四档)."""

    SIMPLE = "simple"  # 简易
    ORDINARY = "ordinary"  # 一般
    HARD = "hard"  # 疑难
    MAJOR = "major"  # 重大


class PartySide(StrEnum):
    """On which side somebody stands."""

    APPLICANT = "applicant"  # 申请人
    RESPONDENT = "respondent"  # 被申请人
    THIRD = "third"  # 第三人


class PartyKind(StrEnum):
    """Whether a party is a person or an organisation."""

    PERSON = "person"  # 自然人
    ORGANISATION = "organisation"  # 法人或其他组织


class CompanionRole(StrEnum):
    """Who comes along with a party."""

    AGENT = "agent"  # 委托代理人
    GUARDIAN = "guardian"  # 法定代理人、监护人
    INTERPRETER = "interpreter"  # 翻译、手语
    RELATIVE = "relative"  # 陪同亲友
    SOCIAL_WORKER = "social_worker"  # 社工


class HelperRole(StrEnum):
    """Who helps with a mediation by invitation (邀请协助调解)."""

    NEIGHBOUR = "neighbour"  # 邻里圈成员
    GOVERNANCE_WORKER = "governance_worker"  # 社会治理工作师
    EXPERT = "expert"  # 专业人员
    RECORDER = "recorder"  # 记录人
    CO_MEDIATOR = "co_mediator"  # 共同调解员


class AgreementKind(StrEnum):
    """How an agreement was made."""

    WRITTEN = "written"  # 书面协议
    ORAL = "oral"  # 口头协议


class Performance(StrEnum):
    """How far an agreement has been kept (履行)."""

    AT_ONCE = "at_once"  # 即时履行
    INSTALMENTS = "instalments"  # 分期中
    PERFORMED = "performed"  # 已履行
    PARTLY = "partly"  # 部分履行
    NOT_PERFORMED = "not_performed"  # 未履行


class PlanInterval(StrEnum):
    """How far apart equal instalments are (分期间隔)."""

    MONTH = "month"  # 每月
    WEEK = "week"  # 每周


class SignWay(StrEnum):
    """How a party signed the agreement (人民调解法第三十三条)."""

    SIGNATURE = "signature"  # 签名
    STAMP = "stamp"  # 盖章
    FINGERPRINT = "fingerprint"  # 按指印


class SessionEnd(StrEnum):
    """How a sitting ended, where it ended without an outcome (会次结束)."""

    CONTINUE = "continue"  # 另约再调
    ADJOURN = "adjourn"  # 中止


class EndReason(StrEnum):
    """Why a mediation ended without an agreement."""

    REFUSES = "refuses"  # 一方拒绝继续
    UNSUITABLE = "unsuitable"  # 不适宜调解
    VANISHED = "vanished"  # 下落不明
    TIME_OUT = "time_out"  # 超期未成
    NO_SHOWS = "no_shows"  # 多次未到场
    IN_COURT = "in_court"  # 已起诉、申请仲裁


class ConfirmationKind(StrEnum):
    """What the parties want the court to confirm (司法确认, DOMAIN.md 9.4)."""

    MONEY = "money"  # 给付金钱或实物
    CONDUCT = "conduct"  # 行为义务
    SUPPORT = "support"  # 赡养费、抚养费
    FAMILY_PROPERTY = "family_property"  # 家庭财产约定
    STATUS = "status"  # 确认或解除身份关系
    TITLE = "title"  # 物权、知识产权确权
    NOT_CIVIL = "not_civil"  # 不属法院受理范围
    OTHER_PROCEDURE = "other_procedure"  # 适用特别、公示催告、破产程序


class ConfirmationResult(StrEnum):
    """What the court answered."""

    CONFIRMED = "confirmed"  # 确认有效
    REJECTED = "rejected"  # 驳回
    WITHDRAWN = "withdrawn"  # 撤回申请


class MediationFileKind(StrEnum):
    """What a file in the dossier is (2.13 必备性清单)."""

    IDENTITY = "identity"  # 当事人身份证明
    POWER = "power"  # 授权委托书
    EVIDENCE = "evidence"  # 证据材料
    RIGHTS = "rights"  # 权利义务告知书(签字件)
    RECORD = "record"  # 调解笔录(签字件)
    AGREEMENT = "agreement"  # 调解协议书(签字件)
    PERFORMANCE = "performance"  # 履行凭证
    CONFIRMATION = "confirmation"  # 司法确认材料
    OTHER = "other"  # 其他


class LedgerOutcome(StrEnum):
    """How a ledger says that a mediation ended (EXCHANGE.md 2.2)."""

    AGREED = "agreed"  # 达成协议
    NOT_AGREED = "not_agreed"  # 未达成
    ENDED = "ended"  # 终止
    GOING_ON = "going_on"  # 调解中


class RoomKind(StrEnum):
    """What a room is for (DOMAIN.md 6.6)."""

    MEDIATION = "mediation"  # 调解室
    CAUCUS = "caucus"  # 背靠背间
    RECEPTION = "reception"  # 领导接访室
    CONSULTATION = "consultation"  # 个案会商室
    COUNSELLING = "counselling"  # 心理室
    REMOTE = "remote"  # 远程调解室


class TieKind(StrEnum):
    """Why a mediator may not take a party's dispute (回避)."""

    RELATIVE = "relative"  # 亲属
    COLLEAGUE = "colleague"  # 同事
    INTEREST = "interest"  # 利害关系


class BookingPurpose(StrEnum):
    """What a room is booked for."""

    MEDIATION = "mediation"  # 调解
    RECEPTION = "reception"  # 领导接访
    CONSULTATION = "consultation"  # 会商
    COUNSELLING = "counselling"  # 心理疏导
    OTHER = "other"  # 其他


class BookingStatus(StrEnum):
    """Where a booking stands; only provisional, confirmed and running ones hold their slots."""

    PROVISIONAL = "provisional"  # 预占
    CONFIRMED = "confirmed"  # 已确认
    RUNNING = "running"  # 进行中
    HELD = "held"  # 已结束
    NO_SHOW = "no_show"  # 爽约
    CANCELLED = "cancelled"  # 已取消
    EXPIRED = "expired"  # 预占到时释放
    MOVED = "moved"  # 已改期


class RepeatRule(StrEnum):
    """How a series of bookings goes on (周期预订)."""

    DAILY = "daily"  # 每天
    WEEKLY = "weekly"  # 每几周的这些天
    MONTHLY_DAY = "monthly_day"  # 每月某日
    MONTHLY_WEEKDAY = "monthly_weekday"  # 每月第几个周几


class HolidayWay(StrEnum):
    """What happens to an occurrence that falls on a day off."""

    SKIP = "skip"  # 跳过
    SHIFT = "shift"  # 顺延到下一个工作日
    KEEP = "keep"  # 保留
