"""The whistles of a period in figures (吹哨报到统计), by the day on which they were raised."""

from datetime import date
from typing import Any

from sqlalchemy import select

from desk.rules.moments import end_of, start_of
from desk.rules.whistle_figures import CountedWhistle, report_of
from desk.rules.whistle_settings import LEVELS
from desk.rules.whistling import COUNTED, Response
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import UnitVersion, Whistle, WhistleUnit
from desk.store.models.hall import today_rows
from desk.store.whistle_sight import whistle_seen_by


def whistle_figures(reader: Reader, first: date, last: date) -> dict[str, Any]:
    """Return the figures of the whistles that the reader sees, as EXCHANGE.md 3.3 writes them.

    Only those whose units were called: not what waits for its review, went back, or was taken
    back.
    """
    rows = reader.session.execute(
        select(Whistle.id, Whistle.level, Whistle.result)
        .where(
            whistle_seen_by(reader.person),
            Whistle.state.in_(sorted(COUNTED)),
            Whistle.raised_at >= start_of(first),
            Whistle.raised_at < end_of(last),
        )
        .order_by(Whistle.raised_at, Whistle.id)
    ).all()
    versions = reader.session.execute(
        select(UnitVersion.unit_id, UnitVersion.short_name).where(today_rows(UnitVersion, last))
    )
    names = {row.unit_id: row.short_name for row in versions}
    responses: dict[int, list[tuple[str, Response]]] = {}
    called = reader.session.execute(
        select(
            WhistleUnit.whistle_id,
            WhistleUnit.unit_id,
            WhistleUnit.required_at,
            WhistleUnit.arrived_at,
        ).where(
            WhistleUnit.whistle_id.in_([row.id for row in rows]),
            WhistleUnit.called_at.is_not(None),
            WhistleUnit.withdrawn_at.is_(None),
        )
    )
    for whistle, unit, required, arrived in called:
        found = responses.setdefault(whistle, [])
        found.append((names.get(unit, "（已撤销的单位）"), Response(required, arrived)))
    levels = setting(reader.session, reader.person.street_id, LEVELS, last)
    counted = (
        CountedWhistle(row.level, row.result, tuple(responses.get(row.id, ()))) for row in rows
    )
    return report_of(first, last, counted, levels).as_json()
