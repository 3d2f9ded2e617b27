"""The figures of `rates` as somebody with a table and DOMAIN.md 4.1–4.3 would count them.

Nothing of the program is used: rows come from the tables themselves or from a ledger's sheet, and
every rate is a quotient of whole numbers, rounded half up. The hall's first rules count: 基本满意
is worth 0.6, 部分解决 nothing, the score is 30/35/35, each whole point below the base costs 0.1.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta, timezone

from openpyxl import load_workbook
from sqlalchemy import text

CHINA = timezone(timedelta(hours=8))
LIMITS = ("dispatch", "contact", "verify", "handle", "opinion")
LEVELS = {
    "city": "市级直派",
    "district": "区级转派",
    "street": "街道自收",
    "community": "社区上报",
}
CHANNELS = {
    "visit": "来厅",
    "call": "来电",
    "letter": "来信",
    "hotline": "12345",
    "platform": "小程序/民诉平台",
    "leader_day": "领导接访",
    "grid": "社区网格",
    "petition": "信访平台",
    "qr_code": "扫码",
    "duty_room": "值班电话",
    "media": "媒体舆情",
    "assigned": "上级交办",
    "early_action": "未诉先办",
    "other": "其他",
}
NOT_NAMED = "未注明"


def half_up(part, whole, places=2):
    """Return part / whole with so many decimals, both whole numbers and not negative."""
    units = (2 * part * 10**places + whole) // (2 * whole)
    return f"{units // 10**places}.{units % 10**places:0{places}}"


def percent(part, whole):
    return half_up(part * 100, whole) if whole else None


def worth(group):
    """Return ten times what the ratings of a group are worth: 10 each, 6 for 基本满意."""
    said = [case["satisfaction"] for case in group if is_rated(case)]
    return 10 * said.count("satisfied") + 6 * said.count("fairly")


def is_rated(case):
    return case["assessed"] and case["satisfaction"] in ("satisfied", "fairly", "dissatisfied")


def counts(group):
    rated = [case for case in group if is_rated(case)]
    said = [case["satisfaction"] for case in rated]
    return {
        "received": len(group),
        "assessed": sum(case["assessed"] for case in group),
        "visited": len(rated),
        "responded": sum(case["contacted"] is True for case in rated),
        "resolved": sum(case["resolution"] in ("yes", "explained") for case in rated),
        "partly_resolved": sum(case["resolution"] == "partly" for case in rated),
        "satisfied": said.count("satisfied"),
        "fairly_satisfied": said.count("fairly"),
        "dissatisfied": said.count("dissatisfied"),
    }


def rates(group):
    found = counts(group)
    n = found["visited"]
    score = 300 * found["responded"] + 350 * found["resolved"] + 35 * worth(group)
    return {
        "response_rate": percent(found["responded"], n),
        "resolution_rate": percent(found["resolved"], n),
        "satisfaction_rate": percent(worth(group), 10 * n),
        "score": half_up(score, 10 * n) if n else None,
    }


def per_people(count, people):
    return half_up(count * 10_000, people) if people else None


def months_of(first, last):
    at, found = first.replace(day=1), []
    while at <= last:
        found.append(at)
        at = (at + timedelta(days=31)).replace(day=1)
    return found


def total(cases, first, last):
    rated = [case for case in cases if is_rated(case)]
    city = [case for case in cases if case["level"] == LEVELS["city"]]
    pairs = [(case["resolution"], case["satisfaction"]) for case in rated]
    yes = sum(a in ("yes", "explained") and b in ("satisfied", "fairly") for a, b in pairs)
    on_time = {}
    for limit in LIMITS:
        ran = [case["on_time"][limit] for case in cases if limit in case["on_time"]]
        on_time[limit] = percent(sum(ran), len(ran))
    by_level = {}
    for level in LEVELS.values():
        count = sum(case["level"] == level for case in cases)
        by_level[level] = {"count": count, "share": percent(count, len(cases))}
    taken = [case["on_time"]["accept"] for case in cases if "accept" in case["on_time"]]
    appeals = [won for case in cases for won in case.get("appeals", ())]
    return {
        **counts(cases),
        **rates(cases),
        **(
            {
                "shares": {
                    "accepted": percent(sum(taken), len(taken)),
                    "appeals_won": percent(sum(appeals), len(appeals)),
                }
            }
            if any("appeals" in case for case in cases)
            else {}
        ),
        "by_level": by_level,
        "assessed_share_of_city": percent(sum(case["assessed"] for case in city), len(city)),
        "daily_mean": half_up(len(cases), (last - first).days + 1),
        "monthly_mean": half_up(len(cases), len(months_of(first, last))),
        "double_yes": yes,
        "not_double_yes": len(rated) - yes,
        "double_no": pairs.count(("no", "dissatisfied")),
        "on_time": on_time,
        "repeats": sum(case["repeat"] for case in cases),
        "national": sum(case["national"] for case in cases),
        "overdue": sum(case["overdue"] for case in cases),
    }


def rows_of(cases, by, people=None):
    groups = defaultdict(list)
    for case in cases:
        for key in dict.fromkeys(case["units"] if by == "unit" else [case[by]]):
            groups[key or NOT_NAMED].append(case)
    weight = sum(counts(group)["visited"] for group in groups.values())
    base = sum(map(worth, groups.values()))
    rows = []
    for key, group in groups.items():
        n = counts(group)["visited"]
        # the gap in whole percentage points: base/(10 weight) − worth/(10 n)
        gap = 100 * (base * n - worth(group) * weight) // (10 * weight * n) if n else 0
        lost = half_up(max(gap, 0), 10)
        found = counts(group) | rates(group)
        del found["partly_resolved"], found["dissatisfied"]
        if people is not None:
            found["per_10000_people"] = per_people(len(group), people.get(key))
        rows.append({"key": key, **found, "deduction": lost})
    scores = [float(row["score"]) for row in rows if row["score"] is not None]
    for row in rows:
        own = None if row["score"] is None else float(row["score"])
        row["rank"] = None if own is None else 1 + sum(other > own for other in scores)
        row["tied"] = scores.count(own) > 1
    return sorted(rows, key=lambda row: (row["rank"] is None, row["rank"] or 0, row["key"]))


def mean(values):
    """Return the mean of exact quotients (part, whole), those of nothing left out."""
    known = [(part, whole) for part, whole in values if whole]
    if not known:
        return None
    denominator = 1
    for _, whole in known:
        denominator *= whole
    numerator = sum(part * (denominator // whole) for part, whole in known)
    return half_up(100 * numerator, denominator * len(known))


def report(cases, first, last, by="unit", people=None):
    """Return the report that EXCHANGE.md 3.1 promises, without the name of its rules.

    Args:
        people: how many live where, by the name of the row; “” is the whole street.
    """
    cases = [case for case in cases if first <= case["day"] <= last]
    months = [
        [case for case in cases if case["day"].replace(day=1) == month]
        for month in months_of(first, last)
    ]
    monthly, rated = [], [counts(group) for group in months]
    for month, group in zip(months_of(first, last), months, strict=True):
        found = rates(group)
        del found["score"]
        monthly.append({"month": f"{month:%Y-%m}", **found})
    return {
        "from": str(first),
        "to": str(last),
        "total": total(cases, first, last)
        | ({} if people is None else {"per_10000_people": per_people(len(cases), people[""])}),
        "monthly": monthly,
        "mean_of_months": {
            "response_rate": mean([(one["responded"], one["visited"]) for one in rated]),
            "resolution_rate": mean([(one["resolved"], one["visited"]) for one in rated]),
            "satisfaction_rate": mean(
                [(worth(g), 10 * one["visited"]) for g, one in zip(months, rated, strict=True)]
            ),
        },
        "rows": rows_of(cases, by, people),
    }


def agreed(found, wanted):
    """Return of a report all that EXCHANGE.md promises of it, in the shape of what is wanted."""
    if isinstance(wanted, dict):
        return {key: agreed(found[key], value) for key, value in wanted.items()}
    if isinstance(wanted, list):
        return [agreed(a, b) for a, b in zip(found, wanted, strict=True)]
    return found


_CASES = """
SELECT id, received_at, lead_unit_id, first_unit_id, community_id, category_id, channel,
  source_level, counts_in_rates, was_contacted, resolution, satisfaction, repeat_of_id,
  repeat_of_number, is_national_survey, is_overdue, uploaded_at FROM cases
"""
_APPEALS = """
SELECT case_id, max(CASE WHEN state = 'granted' THEN 1 ELSE 0 END) AS won
FROM assessment_requests
WHERE kind = 'rate_again' AND state IN ('granted', 'refused', 'revoked') GROUP BY case_id
"""
_PEOPLE = "SELECT unit_id, residents, valid_from, valid_to FROM resident_counts"
_NAMES = "SELECT unit_id, short_name, valid_from FROM unit_versions ORDER BY valid_from"
_TOPS = (
    "SELECT c.id, t.name FROM categories c JOIN categories t ON t.id = coalesce(c.parent_id, c.id)"
)
_HELPERS = """
SELECT case_id, unit_id FROM assignments
WHERE role = 'support' AND status NOT IN ('returned', 'replaced')
"""
_CLOCKS = """
SELECT k.case_id, k.kind, k.due_at, k.stopped_at, k.paused_since FROM clocks k
LEFT JOIN assignments a ON a.id = k.assignment_id
WHERE k.round_no = 1 AND k.is_applicable AND k.set_aside_at IS NULL
AND (a.id IS NULL OR a.role = 'lead')
"""


def people_of(session, day):
    """Return how many people live where on a day, by the name that the unit has then."""
    names = defaultdict(list)
    for unit, name, start in session.execute(text(_NAMES)):
        names[unit].append((day_itself(start), name))
    found = {}
    for row in session.execute(text(_PEOPLE)):
        ends = day_itself(row.valid_to)
        if day_itself(row.valid_from) <= day and (ends is None or day < ends):
            own = [name for start, name in names[row.unit_id] if start <= day]
            found[own[-1] if own else ""] = row.residents
    return found


def of_tables(session, now):
    """Return every case as the tables tell it."""
    names, helpers = defaultdict(list), defaultdict(list)
    for unit, name, start in session.execute(text(_NAMES)):
        names[unit].append((day_itself(start), name))
    for case, unit in session.execute(text(_HELPERS)):
        helpers[case].append(unit)
    tops = dict(session.execute(text(_TOPS)).all())

    def called(unit, day):
        known = [name for start, name in names[unit] if start <= day]
        return known[-1] if known else names[unit][0][1] if names[unit] else ""

    rows = session.execute(text(_CASES)).all()
    uploaded = {row.id: moment(row.uploaded_at) for row in rows}
    on_time = limits_kept(session, uploaded, now)
    appeals = {row.case_id: [bool(row.won)] for row in session.execute(text(_APPEALS))}
    found = []
    for row in rows:
        day = moment(row.received_at).astimezone(CHINA).date()
        units = [row.lead_unit_id or row.first_unit_id, *helpers[row.id]]
        found.append(
            {
                "day": day,
                "units": [called(unit, day) for unit in units],
                "community": called(row.community_id, day),
                "category": tops[row.category_id],
                "channel": CHANNELS[row.channel],
                "level": LEVELS[row.source_level],
                "assessed": bool(row.counts_in_rates),
                "contacted": None if row.was_contacted is None else bool(row.was_contacted),
                "resolution": row.resolution,
                "satisfaction": row.satisfaction,
                "on_time": on_time[row.id],
                "repeat": bool(row.repeat_of_id or row.repeat_of_number),
                "national": bool(row.is_national_survey),
                "overdue": bool(row.is_overdue),
                "appeals": appeals.get(row.id, []),
            }
        )
    return found


def limits_kept(session, uploaded, now):
    """Return of each case which limits were kept; what still runs within its limit says nothing."""
    late = defaultdict(dict)
    for row in session.execute(text(_CLOCKS)):
        due, stopped = moment(row.due_at), moment(row.stopped_at)
        stands = moment(row.paused_since) or now
        if uploaded[row.case_id] is not None and due <= uploaded[row.case_id]:
            continue
        if stopped is None and due >= stands:
            continue
        was_late = stopped is None or stopped > due
        late[row.case_id][row.kind] = late[row.case_id].get(row.kind, False) or was_late
    return defaultdict(
        dict,
        {case: {kind: not was for kind, was in kinds.items()} for case, kinds in late.items()},
    )


def moment(value):
    """Return a moment as either engine writes it."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def day_itself(value):
    return date.fromisoformat(value) if isinstance(value, str) else value


_SAID = {"是": True, "否": False}
_RESOLVED = {"是": "yes", "否": "no", "部分": "partly"}
_CONTENT = {
    "满意": "satisfied",
    "基本满意": "fairly",
    "不满意": "dissatisfied",
    "未评价": "not_rated",
}
_CALLED = {"小程序": "小程序/民诉平台", "12345热线": "12345"}


def of_ledger(path):
    """Return every case as the sheet of a 诉求台账 tells it; it does not tell what was late."""
    header, *rows = load_workbook(path).active.iter_rows(values_only=True)
    found = []
    for row in rows:
        said = {name: str(value or "").strip() for name, value in zip(header, row, strict=True)}
        units = [said["主办单位"] or said["首办部门"], *said["协办单位"].split("；")]
        units = [unit for one in units for unit in one.split(";") if unit]
        found.append(
            {
                "day": date.fromisoformat(said["受理时间"][:10]),
                "units": units,
                "community": said["社区"],
                "category": said["一级分类"],
                "channel": _CALLED.get(said["来源渠道"], said["来源渠道"]),
                "level": said["来源级别"] or LEVELS["street"],
                "assessed": said["是否纳入考评"] != "否",
                "contacted": _SAID.get(said["是否联系"]),
                "resolution": _RESOLVED.get(said["是否解决"]),
                "satisfaction": _CONTENT.get(said["是否满意"]),
                "on_time": {},
                "repeat": bool(said["重复件主件编号"]),
                "national": said["国满件"] == "是",
                "overdue": False,
            }
        )
    return found
