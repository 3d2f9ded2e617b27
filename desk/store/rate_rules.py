"""The rules of assessment that a hall has set (考评规则), in the order in which they came."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.rules.rate_rules import RulesByMonth, rules_by_month
from desk.store.models import RateRuleSet


def hall_rate_rules(session: Session, street_id: int) -> RulesByMonth:
    """Return every set of rules of a street; before the first one, our seed counts."""
    values = session.scalars(
        select(RateRuleSet.value)
        .where(RateRuleSet.street_id == street_id)
        .order_by(RateRuleSet.valid_from)
    )
    return rules_by_month(list(values))
