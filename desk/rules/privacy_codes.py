"""Codes of personal data (个人信息): whose identity number it is, why something is erased."""

from enum import StrEnum


class IdentityOwner(StrEnum):
    """Whose identity number a row keeps."""

    APPELLANT = "appellant"  # 诉求人
    PARTY = "party"  # 调解当事人
    COMPANION = "companion"  # 代理人、监护人


class ErasureGround(StrEnum):
    """Why the personal data of a case may be erased (个保法第四十七条)."""

    EXPIRED = "expired"  # 保管期满
    WISH = "wish"  # 诉求人要求删除
