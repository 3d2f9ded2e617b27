"""Codes of acting before the complaint (未诉先办、走访): what is stored as a code."""

from enum import StrEnum


class DiscoverWay(StrEnum):
    """How something was found before anybody complained (发现方式, DOMAIN.md 002-15)."""

    VISIT = "visit"  # 走访
    PATROL = "patrol"  # 巡查
    GRID = "grid"  # 网格
    MEDIA = "media"  # 舆情
    LEADER_DAY = "leader_day"  # 领导接访
    CLUSTER = "cluster"  # 数据聚集


class EarlyActionState(StrEnum):
    """Where a finding stands."""

    OPEN = "open"  # 处置中
    RESOLVED = "resolved"  # 待复看
    CONFIRMED = "confirmed"  # 已化解
    VOID = "void"  # 已作废


class VisitConcern(StrEnum):
    """The four situations that a walk looks out for (四种情况, DOMAIN.md 003-7)."""

    ILL = "ill"  # 生病卧床
    INCIDENT = "incident"  # 突发事件
    DISCONTENT = "discontent"  # 不满情绪
    DISPUTE = "dispute"  # 矛盾纠纷


class VisitResult(StrEnum):
    """Whether anybody was met at a door."""

    MET = "met"  # 见到
    ABSENT = "absent"  # 不在家
    REFUSED = "refused"  # 不便接待


class VisitState(StrEnum):
    """Where a walk stands."""

    PLANNED = "planned"  # 待录入
    DONE = "done"  # 已录入
    CANCELLED = "cancelled"  # 已取消


class QuestionnaireKind(StrEnum):
    """What is asked at the door (走访问卷, DOMAIN.md 000-4)."""

    VISIT = "visit"  # 走访
    TEN_QUESTIONS = "ten_questions"  # 入户十问
