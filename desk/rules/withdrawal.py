"""An appellant takes his appeal back (诉求人撤回): who confirmed it, how and when (6.1 #21)."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from desk.rules.codes import ConfirmWay
from desk.rules.errors import RuleBroken


class Withdrawer(StrEnum):
    """Who said that the appeal is taken back."""

    APPELLANT = "appellant"  # 诉求人本人
    GUARDIAN = "guardian"  # 监护人
    AGENT = "agent"  # 委托的人
    REPRESENTATIVE = "representative"  # 几个人推选的代表


WITHDRAWAL_LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = MappingProxyType(
    {
        Withdrawer: {
            Withdrawer.APPELLANT: "诉求人本人",
            Withdrawer.GUARDIAN: "监护人",
            Withdrawer.AGENT: "委托代理人",
            Withdrawer.REPRESENTATIVE: "推选的代表",
        }
    }
)


def require_confirmation(way: ConfirmWay, note: str) -> None:
    """Refuse a word by telephone of which nobody could say later what was said.

    What was signed or written lies in the file itself.

    Raises:
        RuleBroken: who rang and what was said is missing.
    """
    if way is ConfirmWay.PHONE and not note.strip():
        raise RuleBroken("电话确认的，请写明谁打的、诉求人是怎么说的。", field="note")


def require_moment(confirmed_at: datetime, received_at: datetime, now: datetime) -> None:
    """Refuse a confirmation from before the appeal or from the future, to the minute.

    Raises:
        RuleBroken: says which of the two.
    """
    if confirmed_at > now:
        raise RuleBroken("确认的时间还没到，请核对日期和钟点。", field="confirmed_at")
    if confirmed_at < received_at.replace(second=0, microsecond=0):
        raise RuleBroken("确认的时间早于受理的时间，请核对日期和钟点。", field="confirmed_at")
