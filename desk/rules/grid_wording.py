"""The hall's words for the codes of the grids (网格)."""

from collections.abc import Mapping
from enum import StrEnum

from desk.rules.grid_codes import GridListKind, GridPostKind, SignFor, SignSize

GRID_LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    GridPostKind: {
        GridPostKind.SECRETARY: "社区书记",
        GridPostKind.WORKER: "网格员",
        GridPostKind.PARTY_MEMBER: "联户党员",
        GridPostKind.BUILDING_HEAD: "楼栋长",
        GridPostKind.NEIGHBOUR: "邻里圈成员",
        GridPostKind.OTHER: "其他",
    },
    GridListKind: {
        GridListKind.DUTIES: "网格职责",
        GridListKind.EVALUATION: "月度评价项目",
    },
    SignSize: {
        SignSize.A4: "A4，一张一块",
        SignSize.A5: "A5，一张两块",
        SignSize.A6: "A6，一张四块",
    },
    SignFor: {
        SignFor.BUILDINGS: "小区、楼栋",
        SignFor.GRIDS: "网格",
    },
}
