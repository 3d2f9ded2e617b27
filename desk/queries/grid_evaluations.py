"""Monthly evaluations (月度评价): only for whom they are about and the community's secretary.

They stand in the order of grids and posts, never by what somebody scored (DOMAIN.md 9.4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from desk.rules.grid_codes import GridPostKind
from desk.rules.grid_lists import EvaluationItem, items_of
from desk.rules.moments import day_of
from desk.store.database import Reader
from desk.store.grid_facts import GridUnit, grid_units, items_on, led_communities, post_title
from desk.store.models import GridEvaluation, GridPost


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """One person's month.

    Attributes:
        id: of the post.
        items: what that month was judged by, or would be.
        scores: empty where nothing was said yet.
        year: the months of this year with their sums: ("2026-10", 86, 100).
    """

    id: int
    unit: str
    title: str
    name: str
    month: str
    items: tuple[EvaluationItem, ...]
    scores: tuple[int, ...]
    remark: str
    year: tuple[tuple[str, int, int], ...]
    is_mine: bool
    may_write: bool
    version: int = 0


def evaluations(reader: Reader, month: str) -> tuple[EvaluationLine, ...]:
    """Return a month's evaluations: one's own, and for a secretary those of the community."""
    session, me, today = reader.session, reader.person.staff_id, day_of(reader.now)
    led = led_communities(session, me, today)
    first = date.fromisoformat(f"{month}-01")
    known = grid_units(session, reader.person.street_id, today)
    posts = session.scalars(
        select(GridPost)
        .where(
            GridPost.street_id == reader.person.street_id,
            or_(GridPost.staff_id == me, GridPost.community_id.in_(led)),
            GridPost.kind != GridPostKind.SECRETARY,
            GridPost.valid_from < _next_month(first),
            or_(GridPost.valid_to.is_(None), GridPost.valid_to > first),
        )
        .order_by(GridPost.unit_id, GridPost.position, GridPost.id)
    ).all()
    said = _said(reader, [post.id for post in posts], led, month[:4])
    items = items_on(session, reader.person.street_id, min(_next_month(first), today))
    return tuple(
        _evaluation(
            post,
            said.get(post.id, {}),
            known.get(post.unit_id),
            month=month,
            items=items,
            is_mine=post.staff_id == me,
            may_write=post.community_id in led and post.staff_id != me,
        )
        for post in posts
    )


def _evaluation(  # noqa: PLR0913 - what one line is made of
    post: GridPost,
    said: Mapping[str, GridEvaluation],
    unit: GridUnit | None,
    *,
    month: str,
    items: tuple[EvaluationItem, ...],
    is_mine: bool,
    may_write: bool,
) -> EvaluationLine:
    row = said.get(month)
    return EvaluationLine(
        id=post.id,
        unit=unit.name if unit is not None else "",
        title=post_title(post),
        name=post.name,
        month=month,
        items=items_of(row.items) if row is not None else items,
        scores=tuple(row.scores) if row is not None else (),
        remark=(row.remark or "") if row is not None else "",
        year=tuple(
            (one.month, sum(one.scores), sum(item.most for item in items_of(one.items)))
            for _month, one in sorted(said.items())
        ),
        is_mine=is_mine,
        may_write=may_write,
    )


def _said(
    reader: Reader, posts: list[int], led: frozenset[int], year: str
) -> dict[int, dict[str, GridEvaluation]]:
    """Return the last word on each month of a year that the reader may read."""
    rows = reader.session.scalars(
        select(GridEvaluation)
        .where(
            GridEvaluation.post_id.in_(posts),
            GridEvaluation.month.like(f"{year}-%"),
            evaluation_seen_by(reader.person.staff_id, led),
        )
        .order_by(GridEvaluation.revision)
    )
    found: dict[int, dict[str, GridEvaluation]] = {}
    for row in rows:
        found.setdefault(row.post_id, {})[row.month] = row
    return found


def evaluation_seen_by(staff_id: int, led: frozenset[int]) -> ColumnElement[bool]:
    """Return the condition on evaluations; `store.grid_functions.EVALUATION` says the same."""
    return or_(GridEvaluation.staff_id == staff_id, GridEvaluation.community_id.in_(led))


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
