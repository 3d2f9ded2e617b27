"""When residents may be rung (夜间不打, DOMAIN.md 9.2), and how a number is read aloud."""

import re
from datetime import datetime

from desk.rules.codes import Urgency
from desk.rules.moments import in_shanghai

# Seeds; a hall sets its own under “quiet_hours” and “followup_attempts”.
FOLLOWUP_ATTEMPTS = 3  # at different times of day, before a case is closed unrated (DOMAIN.md 4.1)
QUIET_HOURS = (22, 8)  # from ten in the evening to eight in the morning


def may_ring(now: datetime, urgency: Urgency, quiet: tuple[int, int] = QUIET_HOURS) -> bool:
    """Return whether an appellant may be rung now; for an urgent case always."""
    if urgency is Urgency.URGENT:
        return True
    hour, (begins, ends) = in_shanghai(now).hour, quiet
    is_quiet = begins <= hour < ends if begins < ends else hour >= begins or hour < ends
    return not is_quiet


def spaced_number(phone: str) -> str:
    """Return a number in groups that can be dialled while reading: 138 0000 0031."""
    if re.fullmatch(r"1\d{10}", phone):
        return f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    return phone
