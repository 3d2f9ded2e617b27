"""The conditions under which rows may be read and written (行权限的条件): SQL said once.

They are SQL about the table's own columns and the functions of `pg_functions.py`, each in a
sub-select of its own, so that PostgreSQL asks it once per query and not once per row. Words in
capitals with an underscore in front stand for what `WORDS` says; `row_rights.py` uses them.
"""

from dataclasses import dataclass
from types import MappingProxyType

from desk.rules.codes import Role
from desk.rules.deeds import HALL_DEEDS, WORKING_ROLES, Deed
from desk.store.contact_rights import CONTACT, OPEN

R = Role
NOBODY: frozenset[Role] = frozenset()
WORKERS = WORKING_ROLES
FRONT = WORKERS | {R.OUTSIDER}  # whoever takes in appeals
ALL = frozenset(R)
ADMIN = HALL_DEEDS[Deed.ADMINISTER]
EXPORTERS = HALL_DEEDS[Deed.EXPORT]
LIMITS = HALL_DEEDS[Deed.KEEP_LIMITS]
LIBRARIANS = HALL_DEEDS[Deed.EDIT_LIBRARY]
TOPICS = HALL_DEEDS[Deed.KEEP_TOPICS]
FINDERS = HALL_DEEDS[Deed.RECORD_FINDING]
TREATERS = HALL_DEEDS[Deed.TREAT_FINDING]
STEERERS = HALL_DEEDS[Deed.STEER]
ANSWERERS = HALL_DEEDS[Deed.ANSWER_LETTER]

BOOKERS = HALL_DEEDS[Deed.KEEP_APPOINTMENTS]

STREET = "_STREET"
MINE = "_STREET AND staff_id = (SELECT my_staff())"
OF_ITS_CASE = "EXISTS (SELECT 1 FROM cases c WHERE c.id = case_id)"
OF_CASE = "_STREET AND EXISTS (SELECT 1 FROM cases c WHERE c.id = case_id)"
MINE_OR_OF_CASE = (
    "_STREET AND (staff_id = (SELECT my_staff()) "
    "OR EXISTS (SELECT 1 FROM cases c WHERE c.id = case_id))"
)
OF_UNIT = "_STREET AND ((SELECT oversees()) OR unit_id = ANY ((SELECT my_units())::bigint[]))"
# `store.sight.letter_seen_by`: a letter names its cases, so it is kept from whom one is kept from
OF_LETTER = (  # made of the words above alone
    f"{OF_UNIT} AND named_cases = "  # noqa: S608
    "(SELECT count(*) FROM letter_cases n WHERE n.letter_id = letters.id)"
)
# who is addressed writes what it did, and nothing else; the rest is for those who steer
_BOOKERS = ", ".join(f"'{role.value}'" for role in sorted(BOOKERS))
_STEERS = ", ".join(f"'{role.value}'" for role in sorted(STEERERS))
TASK = f"""
_STREET AND ((SELECT my_roles()) && ARRAY[{_STEERS}]
  OR unit_id = ANY ((SELECT my_units())::bigint[]))
"""
LETTER = f"""
_STREET AND ((SELECT my_roles()) && ARRAY[{_STEERS}]
  OR (unit_id = ANY ((SELECT my_units())::bigint[]) AND state IN ('delivered', 'rectified')))
"""
OF_A_CASE_IF_ANY = (
    "_STREET AND (case_id IS NULL OR EXISTS (SELECT 1 FROM cases c WHERE c.id = case_id))"
)
# who is of a community: below, in, or above (a grid's community); `rules.early_actions`
_HERE = "community_id = ANY ((SELECT my_recused_units())::bigint[])"
_WORKING = ", ".join(f"'{role.value}'" for role in sorted(WORKERS))
# what is found is told to all who work here, unless it became a case that is kept from them
FINDING = f"{OF_A_CASE_IF_ANY} AND (SELECT my_seeing_roles()) && ARRAY[{_WORKING}]"
FINDING_WORK = f"""
{FINDING} AND ((SELECT oversees()) OR recorded_by = (SELECT my_staff()) OR {_HERE}
  OR unit_id = ANY ((SELECT my_units())::bigint[]))
"""
# what was said at the doors stays with the community and the hall's own desks
VISIT = f"_STREET AND ((SELECT oversees()) OR {_HERE})"
# what was said at a door goes with the finding that came of it
OF_VISIT = """
_STREET AND EXISTS (SELECT 1 FROM visits v WHERE v.id = visit_id)
AND (early_action_id IS NULL OR EXISTS (SELECT 1 FROM early_actions e WHERE e.id = early_action_id))
"""
# `store.sealing`: whom an old case is about is read only by who has just said why
UNSEALED = f"({OPEN} OR c.id = ANY ((SELECT my_looks())::bigint[]))"
OF_UNSEALED = "EXISTS (SELECT 1 FROM cases c WHERE c.id = case_id AND _UNSEALED)"
OF_NAMED = "EXISTS (SELECT 1 FROM cases c WHERE c.id = case_id AND _NAMED)"
OF_PAPER = "_STREET AND EXISTS (SELECT 1 FROM papers p WHERE p.id = paper_id)"
# what was said in a mediation, and everybody by name (DOMAIN.md 9.4)
CONTENT = (
    "((SELECT directs_mediations()) OR mediation_id = ANY ((SELECT my_mediations())::bigint[])) "
    "AND mediation_id <> ALL ((SELECT my_kept_mediations())::bigint[])"
)
# what this very transaction has written; numbers of transactions begin anew with a new server, so
# it must have been written just now, too
OF_NOW = (
    "written_in = (SELECT my_transaction()) "
    "AND changed_at > (SELECT desk_now() - interval '1 hour')"
)
# who may look for a reason reads, and writes nothing (9.4)
WORKED = (
    "(SELECT directs_mediations()) OR is_in_hand(mediation_id) "
    "OR mediation_id = ANY ((SELECT my_working_mediations())::bigint[])"
)
WORDS = MappingProxyType(
    {
        "_STREET": "street_id = (SELECT my_street())",
        "_CONTACT": CONTACT,
        "_CONTENT": f"({CONTENT})",
        "_NAMED": OPEN,
        "_UNSEALED": UNSEALED,
        "_OF_NOW": f"({OF_NOW})",
        "_WORKED": f"({WORKED})",
    }
)
OF_MEDIATION = "_STREET AND _CONTENT"
# `store.sight.seen_by` says the same of a signed-in person
CASE = """
street_id = (SELECT my_street()) AND (_OF_NOW
  OR (accused_staff_id IS NULL OR accused_staff_id <> (SELECT my_staff()))
  AND (accused_unit_id IS NULL
    OR accused_unit_id <> ALL ((SELECT my_recused_units())::bigint[]))
  AND ((NOT is_secret AND (SELECT oversees())) OR (is_secret AND (SELECT keeps_secrets()))
    OR first_responder_id = (SELECT my_staff()) OR recorder_id = (SELECT my_staff())
    OR seen_by && (SELECT my_units())::bigint[]))
"""
# `store.mediation_sight.known_to`
MEDIATION = """
_STREET AND (_OF_NOW
  OR id <> ALL ((SELECT my_kept_mediations())::bigint[])
  AND ((SELECT knows_outcomes()) OR id = ANY ((SELECT my_mediations())::bigint[])))
"""
# `store.paper_sight.paper_seen_by`; the rest of it stands in `paper_functions`
PAPER = """
_STREET AND CASE
WHEN case_id IS NOT NULL THEN EXISTS (SELECT 1 FROM cases c WHERE c.id = case_id)
WHEN mediation_id IS NOT NULL THEN _CONTENT
ELSE reads_hall_paper(id, code, letter_id, issued_by) END
"""
# whoever sees a case reads who looked into it, though that made no new version of it
EVENT = """
_STREET AND (is_of_hall OR sent_by = (SELECT my_staff()) OR made_by = (SELECT my_staff())
  OR (SELECT audits())
  OR EXISTS (SELECT 1 FROM event_cases e WHERE e.event_id = events.id)
  OR EXISTS (SELECT 1 FROM event_mediations e WHERE e.event_id = events.id)
  OR (kind IN ('private.revealed', 'attachment.taken_out', 'brief.issued')
    AND EXISTS (SELECT 1 FROM cases c WHERE c.id = ANY (ids_in(events.result)))))
"""
# `queries.topics.topic_seen_by`: whoever sees one of its cases, or answers for it
TOPIC = """
_STREET AND (opened_by = (SELECT my_staff()) OR lead_unit_id = ANY ((SELECT my_units())::bigint[])
  OR EXISTS (SELECT 1 FROM topic_cases t WHERE t.topic_id = topics.id)
  OR EXISTS (SELECT 1 FROM plan_units p WHERE p.topic_id = topics.id
    AND p.unit_id = ANY ((SELECT my_units())::bigint[])))
"""
OF_TOPIC = "_STREET AND EXISTS (SELECT 1 FROM topics t WHERE t.id = topic_id)"
# whose measure it is reports it; the rest of a plan is for those who keep topics
_KEEPS_TOPICS = ", ".join(f"'{role.value}'" for role in sorted(TOPICS))
MEASURE = f"""
{OF_TOPIC} AND ((SELECT my_roles()) && ARRAY[{_KEEPS_TOPICS}]
  OR unit_id = ANY ((SELECT my_units())::bigint[]))
"""
# whoever held the meeting, and whoever is to answer; as soon as it is a case, if he sees that
GATHERED = """
_STREET AND (case_id IS NULL OR EXISTS (SELECT 1 FROM cases c WHERE c.id = case_id))
  AND ((SELECT oversees()) OR host_unit_id = ANY ((SELECT my_units())::bigint[])
    OR unit_id = ANY ((SELECT my_units())::bigint[]))
"""
GATHERING = """
_STREET AND ((SELECT oversees()) OR unit_id = ANY ((SELECT my_units())::bigint[])
  OR EXISTS (SELECT 1 FROM gathered_opinions g WHERE g.gathering_id = gatherings.id))
"""
# `queries.appointments.appointment_seen_by`: the counter's desks, and the leader of that day; as
# soon as it is a case, those who see the case
APPOINTMENT = f"""
_STREET AND (accused_staff_id IS NULL OR accused_staff_id <> (SELECT my_staff()))
  AND (accused_unit_id IS NULL OR accused_unit_id <> ALL ((SELECT my_recused_units())::bigint[]))
  AND (case_id IS NULL OR {OF_ITS_CASE})
  AND ((SELECT my_roles()) && ARRAY[{_BOOKERS}]
    OR reception_day_id = ANY ((SELECT my_reception_days())::bigint[]))
"""
BYTES = "reads_bytes({0}.sha256)"


@dataclass(frozen=True, slots=True)
class RowRight:
    """Who reads which rows of a table, and which roles' groups may write them.

    Attributes:
        read: the condition under which a row may be read; changed rows must fulfil it too.
        write: the condition on new rows, where it is another one.
        touch: the condition on rows that may be changed or removed, where not all that are read.
        change: the condition that rows fulfil afterwards, where it is not the one on new rows.
    """

    read: str
    insert: frozenset[Role] = WORKERS
    update: frozenset[Role] = NOBODY
    delete: frozenset[Role] = NOBODY
    write: str | None = None
    touch: str | None = None
    change: str | None = None

    @property
    def checked(self) -> str:
        """Return the condition that every new row must fulfil."""
        return self.read if self.write is None else self.write


def kept_by(
    roles: frozenset[Role], *, deletes: bool = False, checked: str | None = None
) -> RowRight:
    """Return the right on a table of the hall that all read and some roles keep."""
    return RowRight(STREET, roles, roles, roles if deletes else NOBODY, checked)


# nobody gives himself rights: who keeps the machine looks at no content (DOMAIN.md 5.5)
OF_OTHERS = "_STREET AND {0} <> (SELECT my_staff())"


def _one_of(roles: frozenset[Role]) -> str:
    listed = ", ".join(sorted(f"'{role.value}'" for role in roles))
    return f"(SELECT my_roles() && ARRAY[{listed}])"


# what a board was searched for may be a name
EXPORTS = _one_of(EXPORTERS)
# a shift is handed over between two; whoever erases a file takes it out of there, too
BETWEEN_TWO = "from_id = (SELECT my_staff()) OR to_id = (SELECT my_staff())"
ERASES = _one_of(HALL_DEEDS[Deed.ERASE])
WORK = "_STREET AND _WORKED"
MEDIATING = RowRight(OF_MEDIATION, WORKERS, WORKERS, write=WORK)
# a case just taken in has no unit yet; else whoever writes himself into one must see it before
SEEN_OR_IN_HAND = f"_STREET AND ({OF_ITS_CASE} OR is_in_hand(case_id))"
# a clerk may take in what he will not see afterwards (for somebody else, a report, 回避)
CHANGING = RowRight(OF_CASE, FRONT, FRONT, write=SEEN_OR_IN_HAND)
ADDED = RowRight(OF_CASE, FRONT, write=SEEN_OR_IN_HAND)
