"""How parties of a mediation are named where others can read it (张某), or not at all (不公开)."""

from collections.abc import Sequence

from desk.rules.identity import mask_name
from desk.rules.mediation_codes import PartyKind

PRIVATE = "不公开"
_NAMED = 2


def some_name(name: str, kind: PartyKind = PartyKind.PERSON) -> str:
    """Return a party's name as boards show it: 张某, 欧阳某; an organisation is 某单位."""
    if kind is PartyKind.ORGANISATION:
        return "某单位"
    surname = mask_name(name).partition("*")[0]
    return f"{surname}某" if surname else "某人"


def some_names(parties: Sequence[tuple[str, PartyKind]], *, is_private: bool) -> str:
    """Return the parties as boards show them: “张某、李某等 3 方”, or 不公开."""
    if is_private:
        return PRIVATE
    shown = "、".join(some_name(name, kind) for name, kind in parties[:_NAMED])
    return f"{shown}等 {len(parties)} 方" if len(parties) > _NAMED else shown
