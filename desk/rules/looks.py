"""Looking at who an appellant is who is not one's own work (查看): how long, how often a day."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from types import MappingProxyType

from desk.rules.codes import Role
from desk.rules.errors import RuleBroken
from desk.rules.wording import label

REVEALED_FOR = timedelta(seconds=30)  # then hidden again; a copied number leaves the clipboard
EVERYBODY = "everybody"
SEED: Mapping[str, int] = MappingProxyType({EVERYBODY: 20})
MOST_LOOKS = 999  # a day, whatever a hall sets


def allowance(quota: Mapping[str, int], roles: Collection[Role]) -> int:
    """Return how often a day somebody may look before the inspectors are told."""
    own = [quota[role] for role in roles if role in quota]
    return max(own, default=quota.get(EVERYBODY, SEED[EVERYBODY]))


def read_quota(text: str) -> dict[str, int]:
    """Return the quota that words stand for: “20”, or “20、档案员 60”.

    Raises:
        RuleBroken: a number is missing or too large, or no role has this name.
    """
    roles = {label(role): role.value for role in Role}
    quota: dict[str, int] = {}
    for piece in filter(None, (one.strip() for one in text.replace("，", "、").split("、"))):
        name = piece.rstrip("0123456789 次")
        number = piece[len(name) :].strip(" 次")
        role = roles.get(name.strip()) if name else EVERYBODY
        if role is None:
            raise RuleBroken(f"没有“{name}”这个岗位，可以写：{'、'.join(roles)}。", field="value")
        if not number or int(number) > MOST_LOOKS:
            raise RuleBroken("请写成 20，或 20、档案员 60，每天的次数从 0 到 999。", field="value")
        quota[role] = int(number)
    if EVERYBODY not in quota:
        raise RuleBroken("请先写一个大家都适用的次数，例如 20、档案员 60。", field="value")
    return quota


def show_quota(quota: Mapping[str, int]) -> str:
    """Return a quota in words."""
    others = [f"{label(Role(role))} {count}" for role, count in quota.items() if role != EVERYBODY]
    return "、".join([str(quota.get(EVERYBODY, SEED[EVERYBODY])), *others])
