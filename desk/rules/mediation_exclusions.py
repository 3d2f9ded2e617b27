"""What is not for people's mediation (不适用调解的五种情形, DOMAIN.md 2.13), asked each time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Exclusion(StrEnum):
    """One of the five; values are kept as they were ticked."""

    JURISDICTION = "jurisdiction"  # 专属管辖
    ADMINISTRATIVE = "administrative"  # 行政争议
    IN_COURT = "in_court"  # 涉法涉诉未终结
    REFUSED = "refused"  # 一方拒绝
    CRIMINAL = "criminal"  # 刑事


@dataclass(frozen=True, slots=True)
class ExclusionWords:
    """What a clerk asks, and what he is told where it applies.

    Attributes:
        guidance: where the people can go instead.
    """

    name: str
    sentence: str
    guidance: str


EXCLUSIONS: Mapping[Exclusion, ExclusionWords] = MappingProxyType(
    {
        Exclusion.JURISDICTION: ExclusionWords(
            "专属管辖",
            "法律规定由专门机关管辖处理的，或者禁止采用民间调解的，不能受理。",
            "请到有管辖权的人民法院或主管机关办理。",
        ),
        Exclusion.ADMINISTRATIVE: ExclusionWords(
            "行政争议",
            "与行政机关之间的争议不属于民间纠纷，不能受理。",
            "可以申请行政复议，或向人民法院提起行政诉讼。",
        ),
        Exclusion.IN_COURT: ExclusionWords(
            "诉讼、仲裁未终结",
            "法院、仲裁机构已经受理还没有终结的，不能受理；法院委托调解的除外。",
            "请先向受理的法院或仲裁机构了解进展。",
        ),
        Exclusion.REFUSED: ExclusionWords(
            "一方拒绝调解",
            "一方明确拒绝调解的，不能受理。",
            "可以向人民法院起诉，或向有关部门反映。",
        ),
        Exclusion.CRIMINAL: ExclusionWords(
            "涉嫌刑事犯罪",
            "涉嫌刑事犯罪的，不能受理。",
            "请向公安机关报案。",
        ),
    }
)


def ticked(exclusions: Collection[Exclusion]) -> dict[str, bool]:
    """Return all five as they were answered, as they are kept."""
    return {one.value: one in exclusions for one in Exclusion}


def guidance_for(exclusions: Collection[Exclusion]) -> str:
    """Return where the people can go instead, in words."""
    return "".join(EXCLUSIONS[one].guidance for one in Exclusion if one in exclusions)
