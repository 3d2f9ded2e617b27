"""Codes of the grids (网格的码表, DOMAIN.md 003-7, 004-5, 5.5)."""

from enum import StrEnum


class GridPostKind(StrEnum):
    """What somebody is in a grid or a community (社区角色)."""

    SECRETARY = "secretary"  # 社区书记
    WORKER = "worker"  # 网格员
    PARTY_MEMBER = "party_member"  # 联户党员
    BUILDING_HEAD = "building_head"  # 楼栋长
    NEIGHBOUR = "neighbour"  # 邻里圈成员
    OTHER = "other"  # 其他


class GridListKind(StrEnum):
    """The lists that a hall writes for its grids itself."""

    DUTIES = "duties"  # 职责
    EVALUATION = "evaluation"  # 月度评价项目


class SignSize(StrEnum):
    """How large a contact sign is (连心牌)."""

    A4 = "a4"
    A5 = "a5"  # two on a sheet
    A6 = "a6"  # four on a sheet


class SignFor(StrEnum):
    """What a contact sign hangs at."""

    BUILDINGS = "buildings"  # 小区、楼栋
    GRIDS = "grids"  # 网格
