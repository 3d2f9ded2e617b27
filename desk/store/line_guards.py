"""Triggers of the shared database: nothing changes in silence, no number is lost (留痕与编号).

A row that somebody changes is kept only if the same transaction also writes a line of the log, by
whichever program; so whoever works on the database with a tool of his own is named there, with
the server's time. A number that was taken must be used, and only a number that was taken.
"""

from collections.abc import Iterator

from desk.rules.codes import Role
from desk.rules.lifecycle import FIRST_STATUS
from desk.rules.mediation_rights import MEDIATION_STEPS
from desk.rules.rights import TWO_PEOPLE
from desk.store.base import Base
from desk.store.contact_rights import LOOK_AT_CASE

# what may be sent later by whoever signs in first at that desk: it keeps who said it (decision 4)
MAY_BE_SENT_BY_ANOTHER = (
    "case.registered",
    "case.followed_up",
    "case.contacted",
    "case.noted",
)
# The log itself, what is written by triggers alone, presence, and pieces of what has a line.
UNTOLD = frozenset(
    [
        "blob_chunks",
        "chain_anchors",
        "chain_heads",
        "counters",
        "event_cases",
        "event_mediations",
        "events",
        "open_cases",
        "rate_days",
        "rate_marks",
        "schema_info",
        "upkeep_runs",
    ]
)
_HEAD = """
CREATE OR REPLACE FUNCTION {0}() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF is_owner() THEN RETURN NEW; END IF;
  {1}
  RETURN NEW;
END $$
"""
_REFUSE = "RAISE EXCEPTION USING MESSAGE = '{0}', ERRCODE = '23514'"
# whoever wrote a line in this transaction has moved the head of his street's chain
_HAS_LINE = """
EXISTS (SELECT FROM chain_heads h
  WHERE h.street_id = my_street() AND h.xmin = pg_current_xact_id()::xid)
"""
_NOW = "{0}.xmin = pg_current_xact_id()::xid"


def _unless(condition: str, sentence: str) -> str:
    return f"IF NOT coalesce(({condition.strip()}), false) THEN {_REFUSE.format(sentence)}; END IF;"


def _texts(values: Iterator[str]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


_NO_LINE = "没有留痕的改动不能保存"
_USED = """
CASE NEW.kind
WHEN 'case' THEN EXISTS (SELECT FROM cases c WHERE c.street_id = NEW.street_id
  AND c.year = NEW.year AND c.seq = NEW.last)
WHEN 'mediation' THEN EXISTS (SELECT FROM mediations m WHERE m.street_id = NEW.street_id
  AND m.year = NEW.year AND m.seq = NEW.last)
ELSE true END
"""
_TAKEN = f"""
EXISTS (SELECT FROM counters c WHERE c.street_id = NEW.street_id AND c.kind = '{{0}}'
  AND c.year = NEW.year AND c.last = NEW.seq AND {_NOW.format("c")})
"""
_FIRST = f"""
my_roles() && ARRAY['{Role.DISPATCHER.value}']
OR (NOT NEW.is_imported AND NEW.status IN ({_texts(s.value for s in FIRST_STATUS.values())}))
"""
# who may do anything to a mediation without a part in it: `rules.mediation_rights`
_KEEPERS = _texts(role.value for role in {r for step in MEDIATION_STEPS for r in step.roles})
_WORKS_ON = f"""
my_roles() && ARRAY[{_KEEPERS}] OR NEW.id = ANY (my_working_mediations())
OR (OLD.is_imported AND my_roles() && ARRAY['{Role.DISPATCHER.value}'])
"""
_LONGEST_LOOK = "240 minutes"  # `rules.hall_settings`: mediation_look_minutes
_LOOK = f"""
trim(NEW.reason) <> '' AND NEW.looked_at BETWEEN desk_now() - interval '10 minutes'
  AND desk_now() + interval '10 minutes'
AND NEW.until <= desk_now() + interval '{_LONGEST_LOOK}'
AND NEW.mediation_id <> ALL (my_kept_mediations())
AND EXISTS (SELECT FROM mediations m
  WHERE m.id = NEW.mediation_id AND m.street_id = NEW.street_id)
"""
_OWN_ROW = """
NEW.id <> my_staff() OR NEW.unit_id = OLD.unit_id
"""
_ONE_OF_TWO = f"""
NEW.role NOT IN ({_texts(role.value for role in TWO_PEOPLE)}) OR NOT EXISTS (
  SELECT FROM staff_roles r WHERE r.staff_id = NEW.staff_id AND r.id <> NEW.id
  AND r.role <> NEW.role AND r.role IN ({_texts(role.value for role in TWO_PEOPLE)})
  AND (r.valid_to IS NULL OR NEW.valid_from < r.valid_to)
  AND (NEW.valid_to IS NULL OR r.valid_from < NEW.valid_to))
"""
_SAID = f"""
NEW.made_by = NEW.sent_by OR (NEW.kind IN ({_texts(iter(MAY_BE_SENT_BY_ANOTHER))})
  AND EXISTS (SELECT FROM staff s WHERE s.id = NEW.made_by AND s.street_id = NEW.street_id))
"""
# what needs two people (抹除、多条导出): nobody asks or decides in another's name, or for himself
_ASKED = "NEW.asked_by = my_staff() AND NEW.is_granted IS NULL AND NEW.decided_by IS NULL"
_DECIDED = """
ROW(NEW.asked_by, {0}) IS NOT DISTINCT FROM ROW(OLD.asked_by, {1})
AND (ROW(NEW.is_granted, NEW.decided_by) IS NOT DISTINCT FROM ROW(OLD.is_granted, OLD.decided_by)
  OR (OLD.is_granted IS NULL AND NEW.decided_by = my_staff() AND OLD.asked_by <> my_staff()))
"""
# whoever decides says how long it holds; what was used is used up
_ONCE = """
(OLD.is_granted IS NULL OR NEW.expires_at IS NOT DISTINCT FROM OLD.expires_at)
AND (OLD.used_at IS NULL OR NEW.used_at IS NOT DISTINCT FROM OLD.used_at)
"""
_TWO = "这一步要由另一个人决定"


def _decided(*columns: str) -> str:
    rows = (", ".join(f"{row}.{name}" for name in columns) for row in ("NEW", "OLD"))
    return _unless(_DECIDED.format(*rows), _TWO)


# function → (when, table, what it does)
_GUARDS = {
    "case_first": (
        "INSERT",
        "cases",
        _unless(_TAKEN.format("case"), "编号只能由数据库依次给出")
        + _unless(_FIRST, "登记时只能从头开始")
        + _unless("NEW.recorded_at <= desk_now() + interval '10 minutes'", "登记时间不能晚于现在"),
    ),
    "mediation_first": (
        "INSERT",
        "mediations",
        _unless(_TAKEN.format("mediation"), "编号只能由数据库依次给出"),
    ),
    "mediation_hand": ("UPDATE", "mediations", _unless(_WORKS_ON, "这件调解不归您办理")),
    "look": ("INSERT", "mediation_looks", _unless(_LOOK, "查看要写理由，并且有期限")),
    "case_look": ("INSERT", "case_looks", _unless(LOOK_AT_CASE, "查看要写理由，并且有期限")),
    "erasure_asked": ("INSERT", "erasures", _unless(_ASKED, _TWO)),
    "erasure_decided": ("UPDATE", "erasures", _decided("case_id", "mediation_id", "counts")),
    "export_asked": ("INSERT", "export_requests", _unless(_ASKED, _TWO)),
    "export_decided": (
        "UPDATE",
        "export_requests",
        _decided("kind", "first_day", "last_day", "rows", "is_full", "narrowed_to")
        + _unless(_ONCE, _TWO),
    ),
    "own_row": ("UPDATE", "staff", _unless(_OWN_ROW, "自己的单位不能自己改")),
    "two_people": (
        "INSERT OR UPDATE",
        "staff_roles",
        _unless(_ONE_OF_TWO, "管理员和审计要由两个人担任"),
    ),
    "said": ("INSERT", "events", _unless(_SAID, "这一步不能替别人办理")),
}


def line_guards() -> list[str]:
    """Return the functions and triggers."""
    return [*_at_once(), *_at_the_end()]


def _at_once() -> Iterator[str]:
    for name, (event, table, body) in _GUARDS.items():
        yield _HEAD.format(f"guard_{name}", body)
        yield (
            f"CREATE TRIGGER guard_{table}_{name} BEFORE {event} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION guard_{name}()"
        )


def _at_the_end() -> Iterator[str]:
    """Yield what is looked at when the transaction ends, for the line comes last."""
    yield _HEAD.format("guard_told", _unless(_HAS_LINE, _NO_LINE))
    used = _unless(_HAS_LINE, _NO_LINE) + _unless(_USED, "取了号就要用")
    yield _HEAD.format("guard_used", used)
    for table in Base.metadata.sorted_tables:
        if table.name not in UNTOLD:
            yield _deferred("told", table.name, "INSERT OR UPDATE OR DELETE")
    yield _deferred("used", "counters", "INSERT OR UPDATE")


def _deferred(name: str, table: str, events: str) -> str:
    return (
        f"CREATE CONSTRAINT TRIGGER guard_{table}_{name} AFTER {events} ON {table} "
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guard_{name}()"
    )
