"""Facts of a bulletin as `queries.bulletin_facts` reads them, for tests of words and paper."""

from typing import Any

from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_figures import differences, goals, picked
from desk.rules.bulletin_periods import TITLES

DAYS = {
    "daily": ("2026-11-02", "2026-11-02"),
    "weekly": ("2026-11-02", "2026-11-08"),
    "monthly": ("2026-11-01", "2026-11-30"),
}
LEVELS = {"市级直派": 30, "区级转派": 12, "街道自收": 8, "社区上报": 0}


def total(**more: Any) -> dict[str, Any]:
    """Return a report's total."""
    plain = {
        "received": 50,
        "by_level": {name: {"count": n, "share": "0.00"} for name, n in LEVELS.items()},
        "visited": 40,
        "response_rate": "97.50",
        "resolution_rate": "90.00",
        "satisfaction_rate": "91.20",
        "score": "92.67",
        "double_yes": 34,
        "not_double_yes": 6,
        "double_no": 2,
        "on_time": {"dispatch": "100.00", "contact": "95.00", "verify": "92.00",
                    "handle": "88.00", "opinion": None},
        "overdue": 5,
        "repeats": 3,
        "national": 1,
    }  # fmt: skip
    return plain | more


def row(key: str, received: int, before: int) -> dict[str, Any]:
    """Return a community, a category or a place."""
    return {"key": key, "received": received, "before": before}


def unit(key: str, received: int, score: str | None, **more: Any) -> dict[str, Any]:
    """Return a unit."""
    plain = {
        "key": key,
        "received": received,
        "visited": received - 2,
        "response_rate": "98.00",
        "resolution_rate": "90.00",
        "satisfaction_rate": "91.00",
        "score": score,
        "rank": None,
        "tied": False,
        "deduction": "0.00",
        "went": None,
    }
    return plain | more


def case(number: str, why: str, **more: Any) -> dict[str, Any]:
    """Return a case that is named."""
    plain = {
        "id": 7,
        "number": number,
        "unit": "城建办",
        "category": "房屋与城建",
        "community": "榕东社区",
        "why": why,
    }
    return plain | more


def task(**more: Any) -> dict[str, Any]:
    """Return a decision of the review."""
    plain = {
        "text": "牵头逐栋排查青榕里楼道线路，列出更换计划。",
        "unit": "城建办",
        "decided_on": "2026-10-30",
        "due_on": "2026-11-20",
        "done_on": None,
        "is_done": False,
        "is_late": False,
    }
    return plain | more


def facts(kind: str = "weekly", **more: Any) -> dict[str, Any]:
    """Return the facts of a bulletin; `total`, `before` and `year_ago` may be given as totals."""
    now = more.pop("total", total())
    before = picked(more.pop("before", total(received=40, satisfaction_rate="90.00", repeats=4)))
    year_ago = picked(
        more.pop("year_ago", total(received=0, visited=0, response_rate=None, score=None,
                                   resolution_rate=None, satisfaction_rate=None))
    )  # fmt: skip
    first, last = DAYS[kind]
    is_monthly = kind == "monthly"
    ranked = {"rank": 1, "tied": True, "went": "up"} if is_monthly else {}
    plain = {
        "kind": kind,
        "title": TITLES[BulletinKind(kind)],
        "street": "青榕街道",
        "from": first,
        "to": last,
        "counted_to": last,
        "is_over": True,
        "made": "2026-12-01T08:30:00+08:00",
        "made_at": "12 月 1 日 08:30",
        "with_reports": True,
        "rules": "缺省 2026-01-01",
        "ranks": is_monthly,
        "total": now,
        "before": before,
        "year_ago": year_ago,
        "changes": differences(picked(now), before, year_ago),
        "units": [
            unit("城建办", 22, "93.10", **ranked),
            unit("执法队", 18, "93.10", **ranked),
            unit("榕东社区", 9, None),
        ],
        "communities": [row("榕东社区", 20, 15), row("南塘社区", 9, 9)],
        "categories": [row("噪声", 16, 10), row("物业与小区", 12, 14)],
        "places": [row("青榕里", 8, 4)],
        "clusters": [
            {"name": "青榕里 噪声", "reason": "青榕里 7 天内 4 户反映噪声",
             "count": 5, "cases": [1, 2, 3]}
        ],
        "trend": [
            {"label": f"{month} 月", "received": received, "satisfaction_rate": rate}
            for month, received, rate in (
                (5, 31, None), (6, 44, "88.10"), (7, 52, "89.40"), (8, 61, "88.75"),
                (9, 47, "90.20"), (10, 40, "90.00"), (11, 50, "91.20"),
            )
        ],
        "overdue": {"count": 2, "cases": [case("00401号", "办理超 2 天 5 时"),
                                          case("00388号", "意见书超 1 天")]},
        "double_no": {"count": 2, "cases": [case("00401号", "双否"), case("00390号", "双否")]},
        "solved": {"closed": 45, "from_before": 6, "resolved": 38,
                   "by_category": [row("噪声", 20, 0)]},
        "supervisions": {"issued": 2, "closed": 1, "open": 3, "late": 1,
                         "cases": [case("00350号", "督办，限 11 月 20 日")]},
        "tasks": [task(), task(is_done=True, done_on="2026-11-06")],
        "goals": goals(picked(now), before, year_ago) if is_monthly else [],
        "streak": {"words": "零超期连续 2 个月" if is_monthly else ""},
        "upkeep": ["最近一次恢复演练在 11 月 1 日 04:30：恢复演练通过：70 张表，用时 41 秒。"]
        if is_monthly
        else [],
    }  # fmt: skip
    return plain | more
