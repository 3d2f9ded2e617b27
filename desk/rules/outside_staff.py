"""Outside staff in the hall (驻场第三方): a role that exports nothing and ends by itself.

They take in appeals and see what they took in themselves; a unit's cases are not theirs, and no
deed on a case but taking it in names their role (DOMAIN.md 5.5, `deeds.py`, `row_rights.py`).
"""

from collections.abc import Collection
from datetime import date, timedelta

from desk.rules.codes import Role
from desk.rules.errors import RuleBroken

LONGEST = timedelta(days=366)


def require_terms(roles: Collection[Role], valid_to: date | None, today: date) -> None:
    """Raise RuleBroken unless outside staff are only that, and everybody's end is still to come."""
    is_outside = Role.OUTSIDER in roles
    if is_outside and len(set(roles)) > 1:
        raise RuleBroken("驻场第三方不能再兼别的岗位，请只选这一个。", field="roles")
    if is_outside and valid_to is None:
        raise RuleBroken("驻场第三方要写有效期至哪一天，到那天就不能再登录。", field="valid_to")
    if valid_to is None:
        return
    if valid_to <= today:
        raise RuleBroken("有效期要到今天以后，请重写。", field="valid_to")
    if is_outside and valid_to - today > LONGEST:
        raise RuleBroken("驻场第三方的有效期最长一年，到期前再续。", field="valid_to")
