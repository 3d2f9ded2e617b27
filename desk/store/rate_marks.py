"""Keeps the sums of which the figures are made in step with the cases (三率汇总).

Whenever a line of the log is written about a case, the database itself takes the case out of the
sums of its day and puts it in as it now is: an excluded or corrected case moves the figures at
once, and no program can write another sum. Counted is only what no longer changes by itself – a
case that has ended and on which no limit of the first round runs – and what everybody who oversees
the hall may see; of all others `rate_marks` says that they are counted on asking
(`queries.rate_figures`).
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from enum import StrEnum

from sqlalchemy import Connection, text

from desk.rules.assessment_codes import RequestKind, RequestState
from desk.rules.assessment_requests import APPEAL_DECIDED
from desk.rules.calling import FACE_TO_FACE
from desk.rules.codes import (
    AssignmentRole,
    AssignmentStatus,
    Channel,
    ContactResult,
    Exit,
    Resolution,
    Satisfaction,
)
from desk.rules.measures import LIMITS
from desk.rules.three_rates import RATED
from desk.rules.verdicts import AGREED, CONTENT
from desk.store.contact_rights import replaced
from desk.store.models.case import CLOSED_FOR_BOARDS
from desk.store.models.rates import Rated

COUNTED = tuple(Rated.__annotations__)
GONE = (AssignmentStatus.RETURNED, AssignmentStatus.REPLACED)


class Grouping(StrEnum):
    """By what the sums of a day are kept apart."""

    ALL = "all"
    UNIT = "unit"
    COMMUNITY = "community"
    CATEGORY = "category"
    CHANNEL = "channel"
    LEVEL = "level"
    GRID = "grid"
    FIRST = "first"  # the first responder's unit
    SUPPORT = "support"  # each supporting unit
    HOUR = "hour"  # weekday and hour: “1-09”, Sunday being 0
    CELL = "cell"  # community and topmost category: “7/12”


def _texts(codes: Collection[StrEnum] | Collection[str]) -> str:
    return ", ".join(f"'{code}'" for code in sorted(map(str, codes)))


def _flag(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


_VISITED = f"c.counts_in_rates AND c.satisfaction IN ({_texts(RATED)})"
_AGREED = f"coalesce(c.resolution IN ({_texts(AGREED)}), false)"
_YES = f"{_AGREED} AND c.satisfaction IN ({_texts(CONTENT)})"
_NO = f"c.resolution = '{Resolution.NO}' AND c.satisfaction = '{Satisfaction.DISSATISFIED}'"
# `queries.rates._on_time` says the same: limits of the first round, of the case or the lead unit;
# read once for all that is counted of them, so that little is planned when a case ends
_COUNTS = ", ".join(
    f"sum(CASE WHEN k.kind = '{clock}' THEN 1 ELSE 0 END) AS ran_{clock}, "
    f"sum(CASE WHEN k.kind = '{clock}' AND k.stopped_at > k.due_at THEN 1 ELSE 0 END) "
    f"AS late_{clock}"
    for clock in LIMITS
)
_LIMITS = """
LEFT JOIN (SELECT k.case_id, sum(CASE WHEN k.stopped_at IS NULL THEN 1 ELSE 0 END) AS running,
  _COUNTS FROM clocks k JOIN cases u ON u.id = k.case_id
  LEFT JOIN assignments a ON a.id = k.assignment_id
  WHERE _OF_CLOCKS AND k.is_applicable AND k.set_aside_at IS NULL AND k.round_no = 1
  AND k.kind IN (_KINDS) AND (u.uploaded_at IS NULL OR k.due_at > u.uploaded_at)
  AND (a.id IS NULL OR a.role = '_LEAD')
  GROUP BY k.case_id) l ON l.case_id = c.id
"""
_REACHED = f"FROM contacts t WHERE t.case_id = c.id AND t.result = '{ContactResult.REACHED}'"
# `queries.rates.was_handled`, `was_met` and `was_answered` say the same
_HANDLED = f"c.result IS NOT NULL AND c.exit <> '{Exit.GUIDANCE}'"
_ASKED_AFTERWARDS = """
SELECT 1 FROM follow_ups f WHERE f.case_id = t.case_id
AND f.happened_at = t.happened_at AND f.staff_id = t.staff_id
""".strip()
_MET = (
    f"EXISTS (SELECT 1 {_REACHED} AND t.way IN ({_texts(FACE_TO_FACE)}) "
    f"AND NOT EXISTS ({_ASKED_AFTERWARDS}))"
)
_ANSWERED = "c.result IS NOT NULL OR c.answer IS NOT NULL OR c.satisfaction IS NOT NULL"


_APPEAL = (  # made of the words above alone
    "EXISTS (SELECT 1 FROM assessment_requests q WHERE q.case_id = c.id "  # noqa: S608
    f"AND q.kind = '{RequestKind.RATE_AGAIN}' AND q.state IN ({{0}}))"
)
_IN_TIME = """
CASE WHEN l.ran_contact > 0 THEN l.late_contact = 0 ELSE c.was_contacted IS TRUE END
""".strip()
_VALUES = {
    "assessed": "c.counts_in_rates",
    "visited": _VISITED,
    "responded": f"{_VISITED} AND c.was_contacted IS TRUE",
    "resolved": f"{_VISITED} AND {_AGREED}",
    "partly_resolved": f"{_VISITED} AND c.resolution = '{Resolution.PARTLY}'",
    "satisfied": f"{_VISITED} AND c.satisfaction = '{Satisfaction.SATISFIED}'",
    "fairly_satisfied": f"{_VISITED} AND c.satisfaction = '{Satisfaction.FAIRLY}'",
    "dissatisfied": f"{_VISITED} AND c.satisfaction = '{Satisfaction.DISSATISFIED}'",
    "double_yes": f"{_VISITED} AND {_YES}",
    "double_no": f"{_VISITED} AND {_NO}",
    "in_time": f"{_VISITED} AND {_IN_TIME}",
    "not_rated": f"c.counts_in_rates AND c.satisfaction = '{Satisfaction.NOT_RATED}'",
    "repeats": "c.repeat_of_id IS NOT NULL OR c.repeat_of_number IS NOT NULL",
    "national": "c.is_national_survey",
    "overdue": "c.is_overdue",
    "early": f"c.channel = '{Channel.EARLY_ACTION}'",
    "returned": "c.return_count > 0",
    "redone": "c.round_no > 1",
    "handled": _HANDLED,
    "met": f"{_HANDLED} AND {_MET}",
    "contacted": f"{_ANSWERED} OR EXISTS (SELECT 1 {_REACHED})",
    "answered": _ANSWERED,
    "called_back": "c.satisfaction IS NOT NULL",
    "appealed": _APPEAL.format(_texts(APPEAL_DECIDED)),
    "appeals_won": _APPEAL.format(f"'{RequestState.GRANTED}'"),
    **{f"ran_{clock}": f"l.ran_{clock} > 0" for clock in LIMITS},
    **{f"kept_{clock}": f"l.ran_{clock} > 0 AND l.late_{clock} = 0" for clock in LIMITS},
}
_ENDED = f"c.status IN ({_texts(CLOSED_FOR_BOARDS)})"
_IS_COUNTED = f"""
{_ENDED} AND NOT c.is_secret AND c.accused_unit_id IS NULL AND c.accused_staff_id IS NULL
AND coalesce(l.running, 0) = 0
"""
_MARKS = """
SELECT 'all:' AS m
UNION SELECT 'unit:' || coalesce(c.lead_unit_id, c.first_unit_id)
UNION SELECT 'unit:' || s.unit_id _HELPERS
UNION SELECT 'community:' || coalesce(c.community_id, 0)
UNION SELECT 'category:' || c.category_id
UNION SELECT 'channel:' || c.channel
UNION SELECT 'level:' || coalesce(c.source_level, '')
UNION SELECT 'grid:' || coalesce(c.grid_id, 0)
UNION SELECT 'first:' || c.first_unit_id
UNION SELECT 'support:' || s.unit_id _HELPERS
UNION SELECT 'hour:' || _HOUR
UNION SELECT 'cell:' || coalesce(c.community_id, 0) || '/' || coalesce(g.parent_id, g.id)
  FROM categories g WHERE g.id = c.category_id
"""
_HELPERS = f"""
FROM assignments s WHERE s.case_id = c.id AND s.role = '{AssignmentRole.SUPPORT}'
AND s.status NOT IN ({_texts(GONE)})
"""
_HOURS = {
    "sqlite": "strftime('%w-%H', c.received_at, '+8 hours')",
    "postgresql": (
        "extract(dow FROM c.received_at AT TIME ZONE 'Asia/Shanghai')::int || "
        "to_char(c.received_at AT TIME ZONE 'Asia/Shanghai', '-HH24')"
    ),
}
_DAYS = {
    "sqlite": "date(c.received_at, '+8 hours')",
    "postgresql": "(c.received_at AT TIME ZONE 'Asia/Shanghai')::date",
}
_LISTS = {
    "sqlite": "(SELECT json_group_array(m) FROM (_MARKS))",
    "postgresql": "(SELECT json_agg(m ORDER BY m)::text FROM (_MARKS) one)",
}
# each mark of a row of `rate_marks` r: what stands before and behind its colon
_EACH = {
    "sqlite": (
        "json_each(r.marks) m",
        "substr(m.value, 1, instr(m.value, ':') - 1)",
        "substr(m.value, instr(m.value, ':') + 1)",
    ),
    "postgresql": (
        "json_array_elements_text(r.marks::json) m",
        "split_part(m, ':', 1)",
        "split_part(m, ':', 2)",
    ),
}
_COLUMNS = ", ".join(COUNTED)
_MARKED_TOGETHER = 10_000
_PARTS = """
SELECT min(id), max(id)
FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM cases) numbered
GROUP BY place / :together ORDER BY 1
"""
_MARK = """
INSERT INTO rate_marks (case_id, street_id, day, is_counted, marks, _COLUMNS)
SELECT c.id, c.street_id, _DAY, _IS_COUNTED, CASE WHEN _IS_COUNTED THEN _LIST ELSE '[]' END, _VALUES
FROM cases c _LIMITS WHERE _WHICH
"""
_SUM = """
INSERT INTO rate_days (street_id, grouping, day, name, received, _COLUMNS)
SELECT r.street_id, _GROUPING, r.day, _NAME, _ALL FROM rate_marks r, _EACH
WHERE r.is_counted AND _WHICH _GROUPED
ON CONFLICT (street_id, grouping, day, name) DO UPDATE SET _SUMS
"""
_SUMS = ", ".join(
    f"{column} = rate_days.{column} + excluded.{column}" for column in ("received", *COUNTED)
)


def mark(dialect: str, which: str) -> str:
    """Return what writes how some cases `c` stand in the sums."""
    return replaced(
        _MARK,
        {
            "_COLUMNS": _COLUMNS,
            "_DAY": _DAYS[dialect],
            "_IS_COUNTED": f"({_IS_COUNTED.strip()})",
            "_LIST": _LISTS[dialect],
            "_MARKS": _MARKS,
            "_HELPERS": _HELPERS,
            "_HOUR": _HOURS[dialect],
            # what is open is in no sum: nothing is looked up for it at every save
            "_VALUES": ", ".join(_flag(f"{_ENDED} AND ({_VALUES[name]})") for name in COUNTED),
            "_LIMITS": _LIMITS,
            "_COUNTS": _COUNTS,
            "_KINDS": _texts(LIMITS),
            "_LEAD": AssignmentRole.LEAD,
            "_OF_CLOCKS": which.replace("c.id", "k.case_id"),
            "_WHICH": which,
        },
    )


def add_up(dialect: str, which: str, sign: str = "") -> str:
    """Return what puts marked cases `r` into the sums of their days, or takes them out of them.

    Args:
        sign: a minus takes them out.
    """
    each, grouping, name = _EACH[dialect]
    return replaced(
        _SUM,
        {
            "_COLUMNS": _COLUMNS,
            "_GROUPING": grouping,
            "_NAME": name,
            "_ALL": ", ".join(f"{sign}{column}" for column in ("1", *(f"r.{c}" for c in COUNTED))),
            "_EACH": each,
            "_WHICH": which,
            "_GROUPED": "",
            "_SUMS": _SUMS,
        },
    )


def _all_at_once(dialect: str) -> str:
    """Return what adds up every marked case."""
    each, grouping, name = _EACH[dialect]
    return replaced(
        _SUM,
        {
            "_COLUMNS": _COLUMNS,
            "_GROUPING": f"{grouping} AS g",
            "_NAME": f"{name} AS n",
            "_ALL": ", ".join(("count(*)", *(f"sum(r.{column})" for column in COUNTED))),
            "_EACH": each,
            "_WHICH": "true",
            "_GROUPED": "GROUP BY r.street_id, g, r.day, n",
            "_SUMS": _SUMS,
        },
    )


def recount(connection: Connection) -> None:
    """Mark all cases and add them up anew: for an upgrade, and for a copy made without triggers."""
    dialect = connection.dialect.name
    parts = [mark(dialect, f"c.id BETWEEN {one} AND {last}") for one, last in _parts(connection)]
    for statement in (
        "DELETE FROM rate_days",
        "DELETE FROM rate_marks",
        *parts,
        _all_at_once(dialect),
    ):
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def _parts(connection: Connection) -> list[tuple[int, int]]:
    """Return the first and last numbers of cases marked together: few enough to stay in memory."""
    numbered = connection.execute(text(_PARTS), {"together": _MARKED_TOGETHER})
    return [(first, last) for first, last in numbered]


@contextmanager
def uncounted(connection: Connection) -> Iterator[None]:
    """Let many rows be written without moving the sums; `recount` belongs behind the last of them.

    Who writes else waits until the transaction ends, and finds the triggers in their places.
    """
    if connection.dialect.name == "postgresql":
        before = [f"ALTER TABLE event_cases DISABLE TRIGGER {_TRIGGER}"]
        after = [  # no trigger is moved while others of its table still wait
            "SET CONSTRAINTS ALL IMMEDIATE",
            f"ALTER TABLE event_cases ENABLE TRIGGER {_TRIGGER}",
        ]
    else:
        before = [f"DROP TRIGGER {_ON_FILE}{name}" for name in ("rate", "open")]
        after = list(sqlite_rate_guards())
    for statement in before:
        connection.exec_driver_sql(statement)
    yield
    for statement in after:
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def are_counted(connection: Connection) -> bool:
    """Return whether the sums were made since this version keeps them."""
    marked = "SELECT (SELECT count(*) FROM rate_marks) = (SELECT count(*) FROM cases)"
    return bool(connection.scalar(text(marked)))


# What is open and was in no sum is in none: all that is kept of it is its day, so that no save of
# an open case looks anything up, and the server plans nothing of the rest.
_OPEN = """
INSERT INTO rate_marks (case_id, street_id, day, is_counted, marks, _COLUMNS)
SELECT c.id, c.street_id, _DAY, false, '[]', _NOTHING FROM cases c WHERE c.id = NEW.case_id
ON CONFLICT (case_id) DO NOTHING
"""
_WAS_COUNTED = "EXISTS (SELECT 1 FROM rate_marks r WHERE r.case_id = NEW.case_id AND r.is_counted)"
_RATE = """
CREATE OR REPLACE FUNCTION guard_rate() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE is_touched boolean;
BEGIN
  SELECT _ENDED OR _WAS_COUNTED INTO is_touched
    FROM cases c WHERE c.id = NEW.case_id AND c.version = NEW.version;
  IF is_touched THEN
    _OUT;
    DELETE FROM rate_marks r WHERE r.case_id = NEW.case_id;
    _ANEW;
    _IN;
  ELSIF NOT is_touched THEN
    _KEPT;
  END IF;
  RETURN NULL;
END $$
"""
_OF_CASE = ".case_id = NEW.case_id"
_ON_FILE = "guard_event_cases_"
_TRIGGER = f"{_ON_FILE}rate"


def _steps(dialect: str) -> dict[str, str]:
    this, nothing = f"r{_OF_CASE}", ", ".join("0" for _ in COUNTED)
    return {
        "_OUT": add_up(dialect, this, "-").strip(),
        "_ANEW": mark(dialect, "c.id = NEW.case_id").strip(),
        "_IN": add_up(dialect, this).strip(),
        "_KEPT": replaced(
            _OPEN, {"_COLUMNS": _COLUMNS, "_DAY": _DAYS[dialect], "_NOTHING": nothing}
        ),
        "_ENDED": _ENDED,
        "_WAS_COUNTED": _WAS_COUNTED,
    }


def rate_guards() -> Iterator[str]:
    """Yield what keeps the sums of the shared database; at the end, when all is written."""
    yield replaced(_RATE, _steps("postgresql"))
    yield (
        f"CREATE CONSTRAINT TRIGGER {_TRIGGER} AFTER INSERT ON event_cases "
        "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_rate()"
    )


def sqlite_rate_guards() -> Iterator[str]:
    """Yield the same for one file: a line of the log is written after all that it tells."""
    steps = _steps("sqlite")
    touched = replaced("(_ENDED OR _WAS_COUNTED)", steps)
    anew = (
        f"{steps['_OUT']}; DELETE FROM rate_marks WHERE case_id = NEW.case_id; "  # noqa: S608
        f"{steps['_ANEW']}; {steps['_IN']}"
    )
    for name, condition, body in (("rate", "", anew), ("open", "NOT ", steps["_KEPT"])):
        yield (
            f"CREATE TRIGGER {_ON_FILE}{name} AFTER INSERT ON event_cases "  # noqa: S608
            f"WHEN (SELECT {condition}{touched} FROM cases c "
            f"WHERE c.id = NEW.case_id AND c.version = NEW.version) BEGIN {body}; END"
        )
