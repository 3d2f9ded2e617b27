"""All that a bulletin is written from (通报的事实), as plain data with its keys in one order.

The figures are those of `rates`; each leads to its cases by `queries.figure_cases`: a key of
`changes` is the name of a measure, a `key` of a row that of its group. What is true only at the
moment of asking (超期未办结、未销号的督办) is said with that moment.
"""

from datetime import date
from typing import Any

from sqlalchemy import select

from desk.queries.bulletin_lists import (
    Names,
    busy_places,
    decided,
    double_no,
    overdue_now,
    solved_within,
    supervised,
)
from desk.queries.bulletin_streak import street_streak
from desk.queries.clusters import proposals
from desk.queries.figure_measures import received_within
from desk.queries.rate_figures import period_report
from desk.queries.upkeep import upkeep_verdicts
from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_figures import differences, goals, picked
from desk.rules.bulletin_periods import TITLES, BulletinPeriod, bulletin_period
from desk.rules.comparing import Period, rank_trend
from desk.rules.moments import day_of, in_shanghai
from desk.rules.rate_groups import NOT_NAMED, GroupBy
from desk.store.database import Reader
from desk.store.models import Case, Street
from desk.store.patience import takes_long
from desk.store.rate_rules import hall_rate_rules
from desk.store.sight import seen_by

_TOP = 10
_STILL_NEW = 7  # days after a period in which what may be one thing is still worth a word
_UNIT_KEYS = (
    *("key", "received", "visited", "response_rate", "resolution_rate"),
    *("satisfaction_rate", "score", "rank", "tied", "deduction"),
)


@takes_long
def bulletin_facts(reader: Reader, kind: BulletinKind, on: date) -> dict[str, Any]:
    """Return the facts of the day, week or month in which `on` lies.

    Raises:
        RuleBroken: it has not begun yet.
    """
    today = day_of(reader.now)
    period = bulletin_period(kind, on, today)
    report = _report(reader, period.counted)
    now = picked(report["total"])
    before_report = _report(reader, period.before)
    before = picked(before_report["total"])
    year_ago = picked(_report(reader, period.year_ago)["total"])
    ranks = kind is BulletinKind.MONTHLY and _are_ranked(reader, period)
    return {
        **_head(reader, period),
        "rules": report["rules"],
        "ranks": ranks,
        "total": report["total"],
        "before": before,
        "year_ago": year_ago,
        "changes": differences(now, before, year_ago),
        "units": _units(report["rows"], before_report["rows"], ranks=ranks),
        **_groups(reader, period),
        "trend": _trend(reader, period, now),
        **_lists(reader, period, report["total"]),
        "goals": goals(now, before, year_ago) if kind is BulletinKind.MONTHLY else [],
        "streak": _streak(reader, period),
        "upkeep": _upkeep(reader, period),
    }


def _head(reader: Reader, period: BulletinPeriod) -> dict[str, Any]:
    wall = in_shanghai(reader.now)
    street = reader.session.get_one(Street, reader.person.street_id)
    return {
        "kind": period.kind.value,
        "title": TITLES[period.kind],
        "street": street.name,
        "from": period.whole.first.isoformat(),
        "to": period.whole.last.isoformat(),
        "counted_to": period.counted.last.isoformat(),
        "is_over": period.is_over,
        "compared": {
            "before": _days(period.before),
            "year_ago": _days(period.year_ago),
        },
        "made": reader.now.isoformat(),
        "made_at": f"{wall.month} 月 {wall.day} 日 {wall:%H:%M}",
        "with_reports": counts_reports(reader, period.counted.first, period.counted.last),
    }


def counts_reports(reader: Reader, first: date, last: date) -> bool:
    """Return whether the reader's figures of a period hold a report (举报件): others have none."""
    query = select(Case.id).where(
        seen_by(reader.person), received_within(first, last), Case.is_secret.is_(True)
    )
    return reader.session.scalar(query.limit(1)) is not None


def _groups(reader: Reader, period: BulletinPeriod) -> dict[str, Any]:
    return {
        "communities": _grouped(reader, period, GroupBy.COMMUNITY),
        "categories": _grouped(reader, period, GroupBy.CATEGORY),
        "places": busy_places(reader, period.counted, period.before),
        "clusters": _clusters(reader, period),
    }


def _lists(reader: Reader, period: BulletinPeriod, total: dict[str, Any]) -> dict[str, Any]:
    names = Names(reader)
    only_due = period.kind is BulletinKind.DAILY
    return {
        "overdue": overdue_now(reader, names),
        "double_no": double_no(reader, names, period.counted, total["double_no"]),
        "solved": solved_within(reader, names, period.counted),
        "supervisions": supervised(reader, names, period.counted),
        "tasks": decided(reader, names, period.counted, only_due=only_due),
    }


def _upkeep(reader: Reader, period: BulletinPeriod) -> list[str]:
    """Say for a month how the server's copies and its restore drill stand."""
    if period.kind is not BulletinKind.MONTHLY:
        return []
    return [f"{one.sentence}{one.step}" for one in upkeep_verdicts(reader)]


def _grouped(reader: Reader, period: BulletinPeriod, by: GroupBy) -> list[dict[str, Any]]:
    now = period_report(reader, period.counted.first, period.counted.last, by)["rows"]
    older = {
        row["key"]: row["received"]
        for row in period_report(reader, period.before.first, period.before.last, by)["rows"]
    }
    rows = [
        {"key": row["key"], "received": row["received"], "before": older.get(row["key"], 0)}
        for row in now
        if row["key"] != NOT_NAMED
    ]
    return sorted(rows, key=lambda row: (-row["received"], row["key"]))[:_TOP]


def _units(
    rows: list[dict[str, Any]], older: list[dict[str, Any]], *, ranks: bool
) -> list[dict[str, Any]]:
    """Return the rows of the units; places and arrows only where units are ranked at all."""
    before = {row["key"]: row["rank"] for row in older}
    found = []
    for row in rows:
        shown = {key: row[key] for key in _UNIT_KEYS}
        went = rank_trend(row["rank"], before.get(row["key"])) if ranks else None
        shown |= {"went": went.value if went is not None else None}
        found.append(shown if ranks else shown | {"rank": None, "tied": False})
    if ranks:
        return found
    return sorted(found, key=lambda row: (-row["received"], row["key"]))


def _clusters(reader: Reader, period: BulletinPeriod) -> list[dict[str, Any]]:
    """Return what may be one thing, by place and category: words of the appellants stay inside."""
    if (day_of(reader.now) - period.whole.last).days > _STILL_NEW:
        return []
    return [
        {
            "name": one.name,
            "reason": one.reason,
            "count": len(one.cases),
            "cases": list(one.cases),
        }
        for one in proposals(reader)
        if one.sign.word is None
    ]


def _trend(reader: Reader, period: BulletinPeriod, now: dict[str, Any]) -> list[dict[str, Any]]:
    *older, last = period.run_up()
    found = [(one, picked(_report(reader, one)["total"])) for one in older] + [(last, now)]
    return [
        {
            "label": period.short_name(one),
            "received": figures["received"],
            "satisfaction_rate": figures["satisfaction_rate"],
        }
        for one, figures in found
    ]


def _streak(reader: Reader, period: BulletinPeriod) -> dict[str, Any]:
    if period.kind is not BulletinKind.MONTHLY or not period.is_over:
        return {"words": ""}
    found = street_streak(reader, period.whole.first)
    return {
        "no_bad_last": found.no_bad_last,
        "no_bad_first": found.no_bad_first,
        "no_overdue": found.no_overdue,
        "words": found.words(),
    }


def _are_ranked(reader: Reader, period: BulletinPeriod) -> bool:
    rules = hall_rate_rules(reader.session, reader.person.street_id)
    return rules.on(period.counted.last).ranks


def _report(reader: Reader, period: Period) -> dict[str, Any]:
    return period_report(reader, period.first, period.last)


def _days(period: Period) -> dict[str, str]:
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}
