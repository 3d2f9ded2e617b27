"""Who may read and write the rows of each table on the shared database (行权限, HOUSE.md 0.1–0.3).

Every clerk's computer holds a login, so the database itself keeps the rules: `policies.py` renders
this table as grants to the group roles and as policies on the rows. One line per table; a test
fails when a table has none. Whoever maintains the database (`desk_owner`) is bound by none of it.

The conditions are SQL about the table's own columns and the functions of `pg_functions.py`, each
in a sub-select of its own, so that PostgreSQL asks it once per query and not once per row. Words
in capitals with an underscore in front stand for what `WORDS` says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from desk.rules.codes import Role
from desk.rules.deeds import HALL_DEEDS, WORKING_ROLES, Deed
from desk.store.contact_rights import CONTACT, OPEN
from desk.store.whistle_functions import (
    ARRIVAL,
    BY_CALLER,
    BY_CALLER_OR_UNIT,
    OF_WHISTLE,
    OWN_WHISTLE,
    REMOVED_ARRIVAL,
    WHISTLE,
)

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
# who is addressed writes what it did, and nothing else; the rest is for those who steer
_BOOKERS = ", ".join(f"'{role.value}'" for role in sorted(BOOKERS))
_STEERS = ", ".join(f"'{role.value}'" for role in sorted(STEERERS))
TASK = f"""
_STREET AND ((SELECT my_roles()) && ARRAY[{_STEERS}]
  OR unit_id = ANY ((SELECT my_units())::bigint[]))
"""
LETTER = f"""
_STREET AND ((SELECT my_roles()) && ARRAY[{_STEERS}]
  OR (unit_id = ANY ((SELECT my_units())::bigint[]) AND state = 'rectified'))
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
OF_VISIT = "_STREET AND EXISTS (SELECT 1 FROM visits v WHERE v.id = visit_id)"
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
# `store.sight.paper_seen_by`
PAPER = """
_STREET AND CASE
WHEN case_id IS NOT NULL THEN EXISTS (SELECT 1 FROM cases c WHERE c.id = case_id)
WHEN mediation_id IS NOT NULL THEN _CONTENT
WHEN code = 'whistle-slip' THEN issued_by = (SELECT my_staff())
  OR EXISTS (SELECT 1 FROM whistles w WHERE w.paper_id = papers.id)
ELSE (SELECT oversees()) OR code IN ('bulletin', 'public-bulletin')
  OR issued_by = (SELECT my_staff())
  OR issued_by = ANY ((SELECT my_colleagues())::bigint[])
  OR EXISTS (SELECT 1 FROM letters l WHERE l.paper_id = papers.id)
  OR EXISTS (SELECT 1 FROM unit_talks t WHERE t.paper_id = papers.id) END
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
# whoever held the meeting, and whoever is to answer
GATHERED = """
_STREET AND ((SELECT oversees()) OR host_unit_id = ANY ((SELECT my_units())::bigint[])
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
BYTES = """
EXISTS (SELECT 1 FROM attachments a WHERE a.sha256 = {0}.sha256)
OR EXISTS (SELECT 1 FROM mediation_files f WHERE f.sha256 = {0}.sha256)
OR EXISTS (SELECT 1 FROM papers p WHERE p.scan_sha256 = {0}.sha256)
OR EXISTS (SELECT 1 FROM whistle_arrivals a WHERE a.sha256 = {0}.sha256)
OR EXISTS (SELECT 1 FROM papers p WHERE p.layout_sha256 = {0}.sha256)
OR EXISTS (SELECT 1 FROM paper_proofs p WHERE p.blob_sha256 = {0}.sha256)
"""


@dataclass(frozen=True, slots=True)
class RowRight:
    """Who reads which rows of a table, and which roles' groups may write them.

    Attributes:
        read: the condition under which a row may be read; changed rows must fulfil it too.
        write: the condition on new rows, where it is another one.
        touch: the condition on rows that may be changed or removed, where not all that are read.
    """

    read: str
    insert: frozenset[Role] = WORKERS
    update: frozenset[Role] = NOBODY
    delete: frozenset[Role] = NOBODY
    write: str | None = None
    touch: str | None = None

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
_OF_OTHERS = "_STREET AND {0} <> (SELECT my_staff())"


def _one_of(roles: frozenset[Role]) -> str:
    listed = ", ".join(sorted(f"'{role.value}'" for role in roles))
    return f"(SELECT my_roles() && ARRAY[{listed}])"


# what a board was searched for may be a name
_EXPORTS = _one_of(EXPORTERS)
# a shift is handed over between two; whoever erases a file takes it out of there, too
_BETWEEN_TWO = "from_id = (SELECT my_staff()) OR to_id = (SELECT my_staff())"
_ERASES = _one_of(HALL_DEEDS[Deed.ERASE])
_WORK = "_STREET AND _WORKED"
_MEDIATING = RowRight(OF_MEDIATION, WORKERS, WORKERS, write=_WORK)
# a case just taken in has no unit yet; else whoever writes himself into one must see it before
_SEEN_OR_IN_HAND = f"_STREET AND ({OF_ITS_CASE} OR is_in_hand(case_id))"
# a clerk may take in what he will not see afterwards (for somebody else, a report, 回避)
_CHANGING = RowRight(OF_CASE, FRONT, FRONT, write=_SEEN_OR_IN_HAND)
_ADDED = RowRight(OF_CASE, FRONT, write=_SEEN_OR_IN_HAND)

ROW_RIGHTS: Mapping[str, RowRight] = MappingProxyType(
    {
        # the hall itself
        "streets": RowRight("id = (SELECT my_street())", NOBODY, ADMIN),
        "units": kept_by(ADMIN),
        "unit_versions": kept_by(ADMIN),
        "staff": kept_by(ADMIN),
        "staff_roles": kept_by(ADMIN, checked=_OF_OTHERS.format("staff_id")),
        "staff_secrets": RowRight(
            "_STREET AND (staff_id = (SELECT my_staff()) OR (SELECT administers()))", ADMIN, ALL
        ),
        "resident_counts": kept_by(ADMIN, deletes=True),
        "places": kept_by(ADMIN),
        "categories": kept_by(ADMIN),
        "letterheads": kept_by(ADMIN),
        "time_rules": kept_by(LIMITS, deletes=True),
        "calendar_days": kept_by(LIMITS, deletes=True),
        "calendar_notices": kept_by(LIMITS),
        "settings": kept_by(ADMIN, deletes=True),
        # the database itself: written by whoever upgrades it and by the server's scripts
        "schema_info": RowRight("true", NOBODY),
        "upkeep_runs": RowRight("true", NOBODY),
        "old_passwords": RowRight(MINE, ALL, NOBODY, ALL),
        "form_layouts": kept_by(ADMIN, deletes=True),
        "counters": RowRight(STREET, NOBODY),  # numbers come from next_number()
        "service_items": kept_by(LIBRARIANS),
        "library_texts": kept_by(LIBRARIANS),
        "teams": kept_by(ADMIN),
        "deputies": kept_by(ADMIN, checked=_OF_OTHERS.format("deputy_id")),
        "leader_areas": kept_by(ADMIN),
        "duty_posts": kept_by(HALL_DEEDS[Deed.KEEP_POSTS] | HALL_DEEDS[Deed.KEEP_ROSTER]),
        "duty_shifts": kept_by(HALL_DEEDS[Deed.KEEP_POSTS] | WORKERS),
        "rooms": kept_by(ADMIN),
        "mediators": kept_by(HALL_DEEDS[Deed.KEEP_MEDIATORS]),
        "mediator_ties": kept_by(HALL_DEEDS[Deed.KEEP_TIES] | ADMIN),
        # cases
        "cases": RowRight(CASE, FRONT, ALL, write=STREET),
        "private_facts": RowRight("_STREET AND _CONTACT", FRONT, FRONT, write=_SEEN_OR_IN_HAND),
        "case_units": RowRight(OF_CASE, FRONT, write=_SEEN_OR_IN_HAND),
        "matters": _CHANGING,
        "outside_numbers": _CHANGING,
        "case_aliases": _ADDED,
        "repeat_verdicts": _CHANGING,
        "case_search": RowRight("false", NOBODY),  # written and asked by functions
        "rounds": _CHANGING,
        "assignments": _CHANGING,
        "clocks": _CHANGING,
        "clock_pauses": RowRight(
            "_STREET AND EXISTS (SELECT 1 FROM clocks c WHERE c.id = clock_id)", WORKERS, WORKERS
        ),
        "contacts": _CHANGING,
        "dispatch_proposals": _CHANGING,
        "opinions": _CHANGING,
        "sign_steps": _CHANGING,
        "follow_ups": _CHANGING,
        "follow_up_matters": RowRight(
            "_STREET AND EXISTS (SELECT 1 FROM follow_ups f WHERE f.id = follow_up_id)",
            WORKERS,
            WORKERS,
        ),
        "extension_requests": _CHANGING,
        "materials": _CHANGING,
        "attachments": _CHANGING,
        "kept_items": RowRight(OF_A_CASE_IF_ANY, WORKERS, WORKERS),
        "seal_uses": RowRight(OF_A_CASE_IF_ANY, WORKERS),
        "handovers": RowRight(f"_STREET AND ({_BETWEEN_TWO} OR {_ERASES})", WORKERS, WORKERS),
        # sums of the figures: written by the database itself, read by who oversees the hall
        "rate_marks": RowRight(OF_CASE, NOBODY),
        "rate_days": RowRight("_STREET AND (SELECT oversees())", NOBODY),
        # topics: who sees none of its cases learns of none
        "topics": RowRight(TOPIC, TOPICS, TOPICS, write=STREET),
        "topic_cases": RowRight(OF_CASE, TOPICS, TOPICS | HALL_DEEDS[Deed.ERASE]),
        "cluster_dismissals": RowRight("_STREET AND (SELECT oversees())", TOPICS, TOPICS),
        # findings without an appellant, and walks from door to door
        "early_actions": RowRight(
            FINDING,
            FINDERS,
            TREATERS | HALL_DEEDS[Deed.ERASE],
            write=FINDING_WORK,
            touch=FINDING_WORK,
        ),
        "visits": RowRight(VISIT, FINDERS, FINDERS),
        "visit_entries": RowRight(OF_VISIT, FINDERS, FINDERS),
        "questionnaires": kept_by(HALL_DEEDS[Deed.KEEP_QUESTIONNAIRES], deletes=True),
        # plans of topics: ids of units tell who may know of a topic, and name none
        "topic_plans": RowRight(OF_TOPIC, TOPICS, TOPICS),
        "plan_units": RowRight(STREET, TOPICS, NOBODY, TOPICS),
        "plan_measures": RowRight(OF_TOPIC, TOPICS, WORKERS, touch=MEASURE),
        "plan_looks": RowRight(OF_TOPIC, TOPICS),
        # opinions of meetings, and the three lists, which are for the whole street
        "gatherings": RowRight(GATHERING, WORKERS, WORKERS, write=OF_UNIT, touch=OF_UNIT),
        "gathered_opinions": RowRight(GATHERED, WORKERS, WORKERS),
        "demands": RowRight(STREET, WORKERS, WORKERS),
        "offered_resources": RowRight(STREET, WORKERS, WORKERS, write=OF_UNIT, touch=OF_UNIT),
        "joint_projects": RowRight(STREET, WORKERS, WORKERS, write=OF_UNIT, touch=OF_UNIT),
        "project_links": RowRight(STREET, WORKERS, NOBODY, WORKERS),
        # assessment and steering: on a case for whoever sees it, on a unit for itself and above
        "assessment_requests": RowRight(OF_CASE, WORKERS, WORKERS),
        "assessment_steps": RowRight(OF_CASE, WORKERS),
        "supervisions": RowRight(OF_CASE, STEERERS, WORKERS),
        "urgings": RowRight(OF_CASE, STEERERS, WORKERS),
        "letters": RowRight(OF_UNIT, STEERERS, STEERERS | ANSWERERS, write=LETTER),
        "letter_cases": RowRight(OF_CASE, STEERERS),
        "unit_talks": RowRight(OF_UNIT, STEERERS, STEERERS),
        "review_tasks": RowRight(STREET, STEERERS, WORKERS, write=TASK, touch=TASK),
        # whistles: their own conditions stand in `whistle_functions`
        "whistles": RowRight(WHISTLE, WORKERS, WORKERS, write=OWN_WHISTLE, touch=OWN_WHISTLE),
        "whistle_cases": RowRight(OF_CASE, WORKERS),
        "whistle_units": RowRight(
            OF_WHISTLE, WORKERS, WORKERS, write=BY_CALLER_OR_UNIT, touch=BY_CALLER_OR_UNIT
        ),
        "whistle_arrivals": RowRight(
            OF_WHISTLE, WORKERS, WORKERS, write=REMOVED_ARRIVAL, touch=REMOVED_ARRIVAL
        ),
        "whistle_duties": RowRight(
            OF_WHISTLE, WORKERS, WORKERS, write=BY_CALLER_OR_UNIT, touch=BY_CALLER_OR_UNIT
        ),
        "rate_rule_sets": kept_by(HALL_DEEDS[Deed.KEEP_RATE_RULES], deletes=True),
        "bonus_points": RowRight(STREET, STEERERS, STEERERS),
        "honours": RowRight(STREET, WORKERS, STEERERS),
        "bulletins": RowRight(
            STREET, HALL_DEEDS[Deed.ISSUE_BULLETIN], HALL_DEEDS[Deed.ISSUE_BULLETIN]
        ),
        # appointments and reception days
        "reception_days": RowRight(STREET, WORKERS, BOOKERS),
        "appointments": RowRight(APPOINTMENT, BOOKERS, FRONT, write=STREET),
        "reception_cases": RowRight(OF_CASE, WORKERS, WORKERS, write=_SEEN_OR_IN_HAND),
        "case_agents": RowRight("_STREET AND _CONTACT", FRONT, FRONT, write=_SEEN_OR_IN_HAND),
        # personal data: looks, encrypted numbers, exports by two, erasures
        "case_looks": RowRight(
            f"_STREET AND (staff_id = (SELECT my_staff()) OR (SELECT audits()) OR {OF_ITS_CASE})",
            write=MINE,
        ),
        # who is the same person: of two cases that one sees both, neither under seal
        "person_links": RowRight(
            f"_STREET AND {OF_NAMED} AND {OF_NAMED.replace('case_id', 'other_case_id')}",
            HALL_DEEDS[Deed.LINK_PEOPLE],
            HALL_DEEDS[Deed.LINK_PEOPLE],
        ),
        "identity_keys": RowRight("_STREET", ADMIN, ADMIN),
        "identity_numbers": RowRight(
            f"_STREET AND CASE WHEN case_id IS NOT NULL THEN {OF_UNSEALED} ELSE _CONTENT END",
            FRONT,
            FRONT,
            FRONT,
        ),
        "export_requests": RowRight(f"_STREET AND {_EXPORTS}", EXPORTERS, EXPORTERS),
        # filters of the boards: one's own, and what colleagues share
        "saved_filters": RowRight(
            "_STREET AND (is_shared OR owner_id = (SELECT my_staff()))",
            ALL,
            ALL,
            write="_STREET AND owner_id = (SELECT my_staff())",
            touch="_STREET AND owner_id = (SELECT my_staff())",
        ),
        "filter_defaults": RowRight(MINE, ALL, ALL),
        "erasures": RowRight(
            "_STREET AND (EXISTS (SELECT 1 FROM cases c WHERE c.id = case_id) "
            "OR EXISTS (SELECT 1 FROM mediations m WHERE m.id = mediation_id))",
            HALL_DEEDS[Deed.ERASE] | HALL_DEEDS[Deed.ERASE_MEDIATION],
            HALL_DEEDS[Deed.ERASE] | HALL_DEEDS[Deed.ERASE_MEDIATION],
        ),
        # papers and bytes
        # the auditor prints what he found in the log: a paper of the hall
        "papers": RowRight(PAPER, FRONT | {R.AUDITOR}, FRONT),
        "paper_proofs": RowRight(OF_PAPER, ALL, ALL),
        "print_log": RowRight(OF_PAPER, ALL),
        "deliveries": RowRight(OF_PAPER, WORKERS, WORKERS),
        "blobs": RowRight(BYTES.format("blobs"), ALL, write=STREET),
        "blob_chunks": RowRight(BYTES.format("blob_chunks"), ALL, write=STREET),
        # mediation
        "mediations": RowRight(MEDIATION, WORKERS, WORKERS, write=STREET),
        "mediation_contents": _MEDIATING,
        "mediation_parties": _MEDIATING,
        "mediation_companions": _MEDIATING,
        "mediation_helpers": _MEDIATING,
        "mediation_files": _MEDIATING,
        "mediation_inquiries": _MEDIATING,
        "mediation_sessions": _MEDIATING,
        "mediation_agreements": _MEDIATING,
        "mediation_followups": _MEDIATING,
        "judicial_confirmations": _MEDIATING,
        "instalments": RowRight(OF_MEDIATION, WORKERS, WORKERS, WORKERS, write=_WORK),
        "caucus_notes": RowRight(OF_MEDIATION, write=_WORK),
        "mediation_looks": RowRight(
            "_STREET AND (staff_id = (SELECT my_staff()) OR _CONTENT)", write=MINE
        ),
        "bookings": RowRight(STREET, WORKERS, WORKERS),
        "booking_series": RowRight(STREET, WORKERS, WORKERS),
        "booking_slots": RowRight(STREET, WORKERS, NOBODY, WORKERS),
        "open_spans": RowRight(STREET, WORKERS | ADMIN, NOBODY, WORKERS | ADMIN),
        # the log
        "events": RowRight(EVENT, ALL, write="_STREET AND sent_by = (SELECT my_staff())"),
        "event_cases": RowRight(
            OF_CASE, FRONT, write="_STREET AND may_link(case_id, version, event_id)"
        ),
        "event_mediations": RowRight(
            "_STREET AND EXISTS (SELECT 1 FROM mediations m WHERE m.id = mediation_id)",
            write="_STREET AND may_link(mediation_id, version, event_id)",
        ),
        # who has a case open is told to whoever may see the case
        "open_cases": RowRight(MINE_OR_OF_CASE, ALL, ALL, ALL, write=MINE, touch=MINE),
        "chain_heads": RowRight(STREET, NOBODY),  # moved by the trigger that chains the lines
        "chain_anchors": RowRight(STREET, NOBODY),  # written by a trigger too
    }
)
