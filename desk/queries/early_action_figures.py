"""The statistics of findings of a period (未诉先办统计, EXCHANGE.md 3.4)."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, func, or_, select

from desk.rules.early_action_codes import EarlyActionState
from desk.rules.early_action_report import CountedFindings, early_action_report
from desk.rules.early_actions import SOLVED
from desk.rules.moments import end_of, start_of
from desk.store.database import Reader
from desk.store.models import Category, EarlyAction
from desk.store.patience import takes_long
from desk.store.unit_names import unit_name
from desk.store.visit_sight import finding_seen_by


@takes_long
def early_action_figures(reader: Reader, first: date, last: date) -> dict[str, Any]:
    """Return the figures of what was found from `first` to `last`, as far as the reader may see."""
    return early_action_report(counted_findings(reader, first, last), first=first, last=last)


def counted_findings(reader: Reader, first: date, last: date) -> list[CountedFindings]:
    """Return how many findings are alike; what was taken back counts nowhere."""
    turned = or_(
        EarlyAction.case_id.is_not(None),
        EarlyAction.whistle_id.is_not(None),
        EarlyAction.topic_id.is_not(None),
    )
    rows = reader.session.execute(
        select(
            EarlyAction.way,
            EarlyAction.community_id,
            EarlyAction.category_id,
            func.count(),
            _sum(EarlyAction.state.in_(sorted(SOLVED))),
            _sum(EarlyAction.state == EarlyActionState.CONFIRMED),
            _sum(turned),
        )
        .where(
            finding_seen_by(reader.person),
            EarlyAction.state != EarlyActionState.VOID,
            EarlyAction.found_at >= start_of(first),
            EarlyAction.found_at < end_of(last),
        )
        .group_by(EarlyAction.way, EarlyAction.community_id, EarlyAction.category_id)
    ).all()
    tops = _tops(reader)
    return [
        CountedFindings(
            way, unit_name(reader.session, community, last), tops.get(category, ""), *numbers
        )
        for way, community, category, *numbers in rows
    ]


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0).cast(Integer)


def _tops(reader: Reader) -> dict[int, str]:
    """Return for each category the name of its first level."""
    rows = reader.session.execute(
        select(Category.id, Category.parent_id, Category.name).where(
            Category.street_id == reader.person.street_id
        )
    ).all()
    above = {row.id: (row.parent_id, row.name) for row in rows}

    def top(category: int) -> str:
        parent, name = above[category]
        return name if parent is None else top(parent)

    return {category: top(category) for category in above}
