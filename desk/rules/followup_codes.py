"""What a follow-up may propose beyond closing or a further round (处理建议, DOMAIN.md 2.5)."""

from enum import StrEnum


class FollowUpAdvice(StrEnum):
    """What whoever rang proposes after a bad word (DOMAIN.md 2.5 row 11, 4.2, 6.1 #9–#17)."""

    LIFT = "lift"  # 吹哨/包案
    PARK = "park"  # 挂账
    APPEAL = "appeal"  # 差评申诉
