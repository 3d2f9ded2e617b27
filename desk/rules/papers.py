"""The papers of the hall by form code (EXCHANGE.md 4): title, and whether it is served."""

from collections.abc import Mapping
from types import MappingProxyType

PAPER_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "intake-sheet": "首问首办登记表",
        "receipt": "受理回执",
        "dispatch-slip": "交办单",
        "opinion-notice": "群众诉求处理意见书",
        "opinion-sheet": "处理意见书（平台填报版）",
        "followup-record": "群众诉求办理情况回访登记表",
    }
)

# Sealed and delivered to the appellant before the follow-up (DOMAIN.md 9.3).
SERVED = frozenset({"opinion-notice"})
