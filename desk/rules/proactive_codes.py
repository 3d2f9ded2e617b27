"""Codes of proactive work (主动治理、意见征集、三张清单; DOMAIN.md 002-25, 003-10, 000-5, 9.5).

Like `codes.py`: values never change once released; labels live in `proactive_wording.py`.
"""

from enum import StrEnum


class PlanState(StrEnum):
    """How far the plan of a topic has come (治理方案)."""

    RUNNING = "running"  # 治理中
    FINISHED = "finished"  # 待复看
    CONFIRMED = "confirmed"  # 已见效


class GatheringKind(StrEnum):
    """At what kind of meeting opinions were gathered (意见征集的形式)."""

    ASSEMBLY = "assembly"  # 居民代表会议
    COURTYARD = "courtyard"  # 院落（楼栋）议事会
    FORUM = "forum"  # 座谈会
    PAPER = "paper"  # 书面征求意见
    ONLINE = "online"  # 网上征集
    OTHER = "other"


class AnswerWay(StrEnum):
    """Whether an opinion was answered at once or is to be answered later (004-3)."""

    ON_SPOT = "on_spot"  # 现场答复
    LIMITED = "limited"  # 限时答复


class DemandState(StrEnum):
    """What has become of a demand (需求)."""

    OPEN = "open"  # 待对接
    MATCHED = "matched"  # 已对接项目
    WHISTLED = "whistled"  # 已吹哨
    MET = "met"  # 已解决
    DROPPED = "dropped"  # 已撤回


class ResourceKind(StrEnum):
    """What somebody offers (资源)."""

    SITE = "site"  # 场地
    PEOPLE = "people"  # 人员力量
    FUNDS = "funds"  # 资金
    GOODS = "goods"  # 物资
    SERVICE = "service"  # 服务
    SKILL = "skill"  # 专业技术


class ResourceState(StrEnum):
    """Whether an offer still stands."""

    OFFERED = "offered"  # 可用
    ENDED = "ended"  # 已停用


class ProjectState(StrEnum):
    """How far a joint project has come (共驻共建项目)."""

    RUNNING = "running"  # 进行中
    DONE = "done"  # 已完成
    DROPPED = "dropped"  # 未成


class OpinionState(StrEnum):
    """Where an opinion stands today; it is worked out, never stored."""

    ON_SPOT = "on_spot"  # 现场已答复
    WAITING = "waiting"  # 待答复
    LATE = "late"  # 答复超期
    IN_TIME = "in_time"  # 按时答复
    ANSWERED_LATE = "answered_late"  # 超期答复
    CASE = "case"  # 已转诉求件
    WITHDRAWN = "withdrawn"  # 录错撤下
