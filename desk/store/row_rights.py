"""Who may read and write the rows of each table on the shared database (行权限, HOUSE.md 0.1–0.3).

Every clerk's computer holds a login, so the database itself keeps the rules: `policies.py` renders
this table as grants to the group roles and as policies on the rows. One line per table; a test
fails when a table has none. Whoever maintains the database (`desk_owner`) is bound by none of it.

The conditions themselves are in `row_conditions.py`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from desk.rules.codes import Role
from desk.rules.deeds import HALL_DEEDS, Deed
from desk.store.grid_functions import EVALUATION, GRID_POST, OF_LED
from desk.store.leader_rights import DIRECTORS, MEETING, RECORDERS, TEAM
from desk.store.row_conditions import (
    ADDED,
    ADMIN,
    ALL,
    ANSWERERS,
    APPOINTMENT,
    BETWEEN_TWO,
    BOOKERS,
    BYTES,
    CASE,
    CHANGING,
    ERASES,
    EVENT,
    EXPORTERS,
    EXPORTS,
    FINDERS,
    FINDING,
    FINDING_WORK,
    FRONT,
    GATHERED,
    GATHERING,
    LETTER,
    LIBRARIANS,
    LIMITS,
    MEASURE,
    MEDIATING,
    MEDIATION,
    MINE,
    MINE_OR_OF_CASE,
    NOBODY,
    OF_A_CASE_IF_ANY,
    OF_CASE,
    OF_ITS_CASE,
    OF_LETTER,
    OF_MEDIATION,
    OF_NAMED,
    OF_OTHERS,
    OF_PAPER,
    OF_TOPIC,
    OF_UNIT,
    OF_UNSEALED,
    OF_VISIT,
    PAPER,
    SEEN_OR_IN_HAND,
    STEERERS,
    STREET,
    TASK,
    TOPIC,
    TOPICS,
    TREATERS,
    VISIT,
    WORK,
    WORKERS,
    RowRight,
    kept_by,
)
from desk.store.whistle_functions import (
    ARRIVAL,
    BY_CALLER,
    BY_CALLER_OR_UNIT,
    OF_WHISTLE,
    OWN_WHISTLE,
    WHISTLE,
)

ROW_RIGHTS: Mapping[str, RowRight] = MappingProxyType(
    {
        # the hall itself
        "streets": RowRight("id = (SELECT my_street())", NOBODY, ADMIN),
        "units": kept_by(ADMIN),
        "unit_versions": kept_by(ADMIN),
        "staff": kept_by(ADMIN),
        "staff_roles": kept_by(ADMIN, checked=OF_OTHERS.format("staff_id")),
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
        "platform_forms": kept_by(LIBRARIANS),
        "teams": kept_by(ADMIN),
        "deputies": kept_by(ADMIN, checked=OF_OTHERS.format("deputy_id")),
        "leader_areas": kept_by(ADMIN),
        "duty_posts": kept_by(HALL_DEEDS[Deed.KEEP_POSTS] | HALL_DEEDS[Deed.KEEP_ROSTER]),
        "duty_shifts": kept_by(HALL_DEEDS[Deed.KEEP_POSTS] | WORKERS),
        "rooms": kept_by(ADMIN),
        "mediators": kept_by(HALL_DEEDS[Deed.KEEP_MEDIATORS]),
        "mediator_ties": kept_by(HALL_DEEDS[Deed.KEEP_TIES] | ADMIN),
        # cases
        "cases": RowRight(CASE, FRONT, ALL, write=STREET),
        "private_facts": RowRight("_STREET AND _CONTACT", FRONT, FRONT, write=SEEN_OR_IN_HAND),
        "case_units": RowRight(OF_CASE, FRONT, write=SEEN_OR_IN_HAND),
        "matters": CHANGING,
        "outside_numbers": CHANGING,
        "case_aliases": ADDED,
        "repeat_verdicts": CHANGING,
        "case_search": RowRight("false", NOBODY),  # written and asked by functions
        "rounds": CHANGING,
        "assignments": CHANGING,
        "clocks": CHANGING,
        "clock_pauses": RowRight(
            "_STREET AND EXISTS (SELECT 1 FROM clocks c WHERE c.id = clock_id)", WORKERS, WORKERS
        ),
        "contacts": CHANGING,
        "dispatch_proposals": CHANGING,
        "opinions": CHANGING,
        "sign_steps": CHANGING,
        "follow_ups": CHANGING,
        "follow_up_matters": RowRight(
            "_STREET AND EXISTS (SELECT 1 FROM follow_ups f WHERE f.id = follow_up_id)",
            WORKERS,
            WORKERS,
        ),
        "extension_requests": CHANGING,
        "materials": CHANGING,
        "attachments": CHANGING,
        "kept_items": RowRight(OF_A_CASE_IF_ANY, WORKERS, WORKERS),
        "seal_uses": RowRight(OF_A_CASE_IF_ANY, WORKERS),
        "handovers": RowRight(f"_STREET AND ({BETWEEN_TWO} OR {ERASES})", WORKERS, WORKERS),
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
        # grids: an evaluation is for whom it is about and the community's secretary alone
        "grid_posts": RowRight(
            STREET,
            HALL_DEEDS[Deed.KEEP_GRIDS],
            HALL_DEEDS[Deed.KEEP_GRIDS],
            write=GRID_POST,
            touch=GRID_POST,
        ),
        "grid_lists": kept_by(HALL_DEEDS[Deed.KEEP_GRID_LISTS], deletes=True),
        "grid_evaluations": RowRight(EVALUATION, HALL_DEEDS[Deed.EVALUATE_GRID], write=OF_LED),
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
        # cases led by a leader: each step is written by who is in the team, nothing is removed
        "leader_cases": RowRight(OF_CASE, DIRECTORS, DIRECTORS),
        "team_members": RowRight(OF_CASE, DIRECTORS, WORKERS),  # 回避 ends it, whoever records it
        "leader_steps": RowRight(OF_CASE, TEAM, TEAM),
        "check_lines": RowRight(OF_CASE, WORKERS),
        "meetings": RowRight(MEETING, RECORDERS, RECORDERS),
        "letters": RowRight(OF_LETTER, STEERERS, STEERERS | ANSWERERS, write=LETTER),
        "letter_cases": RowRight(OF_CASE, STEERERS),
        "unit_talks": RowRight(OF_UNIT, STEERERS, STEERERS),
        "review_tasks": RowRight(STREET, STEERERS, WORKERS, write=TASK, touch=TASK),
        # whistles: their own conditions stand in `whistle_functions`
        "whistles": RowRight(WHISTLE, WORKERS, WORKERS, write=OWN_WHISTLE, touch=OWN_WHISTLE),
        "whistle_cases": RowRight(OF_CASE, WORKERS),
        "whistle_units": RowRight(
            OF_WHISTLE,
            WORKERS,
            WORKERS,
            write=BY_CALLER,
            touch=BY_CALLER_OR_UNIT,
            change=BY_CALLER_OR_UNIT,
        ),
        "whistle_arrivals": RowRight(OF_WHISTLE, WORKERS, WORKERS, write=ARRIVAL, touch=ARRIVAL),
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
        "reception_days": RowRight(STREET, FRONT, BOOKERS),
        "appointments": RowRight(APPOINTMENT, BOOKERS, FRONT, write=STREET),
        "reception_cases": RowRight(OF_CASE, FRONT, WORKERS, write=SEEN_OR_IN_HAND),
        "case_agents": RowRight("_STREET AND _CONTACT", FRONT, FRONT, write=SEEN_OR_IN_HAND),
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
        "export_requests": RowRight(f"_STREET AND {EXPORTS}", EXPORTERS, EXPORTERS),
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
        "papers": RowRight(PAPER, FRONT | {Role.AUDITOR}, FRONT),
        "paper_proofs": RowRight(OF_PAPER, ALL, ALL),
        "print_log": RowRight(OF_PAPER, ALL),
        "deliveries": RowRight(OF_PAPER, WORKERS, WORKERS),
        "blobs": RowRight(BYTES.format("blobs"), ALL, write=STREET),
        "blob_chunks": RowRight(BYTES.format("blob_chunks"), ALL, write=STREET),
        # mediation
        "mediations": RowRight(MEDIATION, WORKERS, WORKERS, write=STREET),
        "mediation_contents": MEDIATING,
        "mediation_parties": MEDIATING,
        "mediation_companions": MEDIATING,
        "mediation_helpers": MEDIATING,
        "mediation_files": MEDIATING,
        "mediation_inquiries": MEDIATING,
        "mediation_sessions": MEDIATING,
        "mediation_agreements": MEDIATING,
        "mediation_followups": MEDIATING,
        "judicial_confirmations": MEDIATING,
        "instalments": RowRight(OF_MEDIATION, WORKERS, WORKERS, WORKERS, write=WORK),
        "caucus_notes": RowRight(OF_MEDIATION, write=WORK),
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
