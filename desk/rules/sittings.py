"""What a sitting needs before it may begin (会次的开始条件, DOMAIN.md 6.5 M2 → M3).

Every party that is there has been told its rights and has signed so, and has been asked whether
it wants another mediator; who asks for one gets one first.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """What a party that is present signed and answered.

    Attributes:
        wants_other: whether it asks for another mediator (申请回避); None = not asked yet.
        against: the mediator whom it does not want.
    """

    has_signed: bool = False
    wants_other: bool | None = None
    against: int | None = None


def why_not_begin(present: Mapping[str, Asked], mediator: int | None) -> tuple[str, str]:
    """Return the name of the field at fault and a sentence, or two empty words.

    Args:
        present: what each party that came signed and answered, by its name.
        mediator: who is to mediate.
    """
    if mediator is None:
        return "mediator", "还没有指定调解员，请先指定，再开始会次。"
    if not present:
        return "attended", "请先勾选到场的当事人，再开始会次。"
    unsigned = [name for name, asked in present.items() if not asked.has_signed]
    if unsigned:
        return (
            "rights",
            f"{'、'.join(unsigned)} 还没有在权利义务告知书上签名，请先告知并请签名。",
        )
    unasked = [name for name, asked in present.items() if asked.wants_other is None]
    if unasked:
        return "recusal", f"还没有问 {'、'.join(unasked)} 是否申请调解员回避，请先询问。"
    refusing = [
        name for name, asked in present.items() if asked.wants_other and asked.against == mediator
    ]
    if refusing:
        return (
            "recusal",
            f"{'、'.join(refusing)} 申请调解员回避，请先更换调解员，再开始会次。填好的内容都还在。",
        )
    return "", ""
