"""Codes of whistles (吹哨报到; DOMAIN.md 002-14, 2.7)."""

from enum import StrEnum


class WhistleKind(StrEnum):
    """Why units are called together (吹哨类型)."""

    KEY = "key"  # 重点难点
    ENFORCEMENT = "enforcement"  # 综合执法
    EMERGENCY = "emergency"  # 应急处置


class WhistleState(StrEnum):
    """Where a whistle stands; who has come is counted for each called unit on its own."""

    RAISED = "raised"  # 待审核
    RETURNED = "returned"  # 已退回
    CALLED = "called"  # 已吹哨
    SETTLED = "settled"  # 待评价
    RATED = "rated"  # 待归档
    FILED = "filed"  # 已归档
    WITHDRAWN = "withdrawn"  # 已撤销


class WhistleResult(StrEnum):
    """What came of it (处置结果)."""

    RESOLVED = "resolved"  # 化解
    PARTLY = "partly"  # 部分化解
    UNRESOLVED = "unresolved"  # 未化解（提级）


class WhistleStage(StrEnum):
    """The columns of the coordinator's board; two of them are one state."""

    REVIEW = "review"  # 待审核
    ARRIVAL = "arrival"  # 待报到
    ON_SITE = "on_site"  # 现场处置
    RATING = "rating"  # 待评价
    FILING = "filing"  # 待归档
