"""No query shows a case to whom it is kept from: every one of them is found and asked (9.4).

A query that is added later is asked too. If it takes something this test does not know, or shows
no cases, or is only a piece of others, say so in `leak_tables.py` and in the tables below.
"""

import importlib
import inspect
import itertools
import pkgutil
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import select, true
from sqlalchemy.orm import Session

import desk.queries
from desk.actions.assessing import AskAssessment
from desk.actions.attachments import AddAttachment
from desk.actions.contacts import RecordContact
from desk.actions.dispatching import ReturnDispatch
from desk.actions.extensions import AskExtension, DecideExtension, ReviewExtension
from desk.actions.finding_links import LinkFinding
from desk.actions.intake import Appellant
from desk.actions.keeping import KeepItem
from desk.actions.leader_cases import RaiseLeaderCase
from desk.actions.leader_desk import MarkKeyCase
from desk.actions.leader_steps import RecordStep
from desk.actions.meetings import HoldMeeting
from desk.actions.notice_mile import SealNotice
from desk.actions.notices import IssueNotice
from desk.actions.pauses import PauseClocks
from desk.actions.repeat_verdicts import SayNoRepeat
from desk.actions.sending import Sending
from desk.actions.set_aside import MergeCase, WithdrawCase
from desk.actions.supervising import Supervise
from desk.actions.topics import OpenTopic
from desk.actions.urging import Urge
from desk.actions.visits import Building, Door, EnterVisit, PlanVisit
from desk.queries.archives import AskedShelf
from desk.queries.case_board import BoardFilter, Tag
from desk.queries.figure_cases import Figure
from desk.queries.overview import MorningLine
from desk.queries.person_page import Asked
from desk.queries.repeat_probe import AskedRepeat
from desk.rules.assessment_codes import (
    BulletinKind,
    ExclusionReason,
    LetterKind,
    RequestKind,
    SupervisionGround,
    UrgingWay,
)
from desk.rules.clock_codes import ExtensionKind, ExtensionReason, PauseReason
from desk.rules.codes import (
    ConfirmWay,
    ContactResult,
    ContactWay,
    Exit,
    KeptKind,
    Purpose,
    ReturnReason,
    Role,
    Urgency,
)
from desk.rules.early_action_codes import QuestionnaireKind
from desk.rules.errors import DeskError
from desk.rules.leader_case_codes import MeetingKind
from desk.rules.rate_groups import GroupBy
from desk.rules.rate_rules import SEED, plain_rules
from desk.rules.rights import KEEPERS_OF_SECRETS
from desk.store.database import Database
from desk.store.ids import new_id
from desk.store.models import (
    Assignment,
    Attachment,
    DispatchProposal,
    EarlyAction,
    GatheredOpinion,
    Matter,
    Opinion,
    Paper,
    VisitEntry,
)
from tests.actions.conftest import shared_hall
from tests.actions.work import DETAILS, QIN, STEPS, SUN, ZHAO, ZHENG, ZHOU, S, Work
from tests.queries.leak_gatherings import gather
from tests.queries.leak_receptions import receive
from tests.queries.leak_tables import NO_CASES, PIECES
from tests.small_hall import COMMAND_LINE

__all__ = ["shared_hall"]

# By these words a kept case would be known wherever it is told.
MARKS = {
    "about_him": ("绝密甲事", "穆子虚", "13800000077"),
    "about_his_unit": ("绝密乙事", "乌有章", "13800000078"),
    "secret": ("绝密丙事", "亡是功", "13800000079"),
}
EVERY = tuple(S)
UI = Path(desk.queries.__file__).parent.parent / "ui"

# News of a case that is kept from somebody have its id and nothing else: its page must go. Whose
# clocks come out otherwise is told by id, so that they can be written.
BY_ID = frozenset({"count_part", "news"})
OWN_WORDS = {
    "board_words": {"wanted": [BoardFilter()]},
    "statistics_charts": {"by": [GroupBy.UNIT]},
    "statistics_page": {"by": [GroupBy.UNIT]},
    "news": {"after": [0]},
    "bulletin_draft": {"kind": list(BulletinKind), "on": [date(2026, 11, 2)]},
    "bulletin_facts": {"kind": list(BulletinKind), "on": [date(2026, 11, 2)]},
    "bulletin_file": {"bulletin": [0]},
    "bulletin_differences": {"bulletin": [0]},
    "issued_for": {"kind": list(BulletinKind)},
    "platform_forms": {"is_import": [True, False]},
    "topics_named": {"text": ["绝密", "jm"]},
    "letter_choices": {"kind": list(LetterKind)},
    "letter_draft": {"kind": list(LetterKind)},
    "letter_file": {"letter_id": [0]},
    "talk_candidates": {"month": ["2026-11"]},
    "talk_board": {"month": ["2026-11"]},
    "honour_board": {"year": [2026]},
    "whistle_file": {"whistle_id": [0]},
    "whistle_options": {"below": [None]},
    "whistles_numbered": {"text": ["绝密", "12"]},
    "list_hits": {"text": ["绝密", "丙事"]},
    "appointments_named": {"text": ["穆子虚", "0078"]},
    "whistles_of_place": {"place_id": [0]},
    "evaluations": {"month": ["2026-11"]},
}
# Asked by `case-desk check` on the machine itself, by whoever holds the whole database anyway.
OF_THE_MACHINE = frozenset(
    {"desk.queries.health", "desk.queries.clock_health", "desk.queries.number_health"}
)
# Mediations and their rooms are asked in `test_no_mediation_leaks.py`.
OF_MEDIATION = re.compile(r"desk\.queries\.(mediation|room|caucus|dossier|record|sitting)")


def queries():
    """Return every query there is, by name."""
    found = {}
    for module in pkgutil.iter_modules(desk.queries.__path__, "desk.queries."):
        for name, one in vars(importlib.import_module(module.name)).items():
            own = inspect.isfunction(one) and one.__module__ == module.name
            if own and not name.startswith("_") and "reader" in inspect.signature(one).parameters:
                found[name] = one
    return found


QUERIES = queries()
ASKED = sorted(
    name
    for name, one in QUERIES.items()
    if name not in PIECES
    and one.__module__ not in OF_THE_MACHINE
    and not OF_MEDIATION.match(one.__module__)
)


def bring(work, status, kind, **more):
    """Bring a new case about somebody to a status; the command line alone may always act."""
    mark, name, phone = MARKS[kind]
    facts = {
        "details": f"{mark}。{DETAILS}",
        "appellant": Appellant(name=name, phone=phone, address=f"{mark}七栋"),
        "place": work.hall.place("青榕花园"),
        "grid": work.hall.unit("榕东第1网格"),
        "first_unit": work.unit("信联办"),
    }
    ends = {S.GUIDED: Exit.GUIDANCE}
    case = work.register(
        COMMAND_LINE,
        exit=ends.get(status, Exit.TRANSFER),
        answer=mark,
        guided_to=mark,
        **(facts | more),
    )
    if status in (S.RECEIVED, S.GUIDED):
        if status is S.RECEIVED:
            _propose(work, case, mark)
        return case
    reached = [step[0] for step in STEPS]
    last = reached.index(status if status in reached else S.HANDLING)
    for _, _, request, facts in STEPS[: last + 1]:
        work.clock.forward(minutes=1)
        given = dict(facts)
        if "urgency" in facts:
            given["lead"] = work.unit("城建办")
        if "is_ready" in facts:
            given |= work.opinion_words(case)
        work.ask(COMMAND_LINE, request, case, **given)
    beside = BESIDE.get(status)
    if beside is not None:
        beside(work, case, mark)
    if status is S.MERGED:
        main = bring(work, S.HANDLING, kind, **more)
        work.ask(COMMAND_LINE, MergeCase, case, into=main, reason=mark)
    return case


def _propose(work, case, mark):
    plan = Sending(lead=work.unit("城建办"), urgency=Urgency.FAST, instruction=mark)
    with Session(work.hall.engine) as session, session.begin():
        session.add(
            DispatchProposal(
                id=new_id(),
                street_id=work.hall.street_id,
                case_id=case,
                proposed_by=work.staff(COMMAND_LINE),
                proposed_at=work.clock(),
                row=plan.as_row(),
            )
        )


def _withdraw(work, case, mark):
    way = ConfirmWay.WRITTEN
    work.ask(COMMAND_LINE, WithdrawCase, case, reason=mark, way=way)


def _hand_back(work, case, mark):
    facts = {"reason": ReturnReason.NOT_OURS, "note": mark}
    work.ask(COMMAND_LINE, ReturnDispatch, case, **facts)


def _promise(work, case, mark):
    at = work.clock.forward(minutes=1)
    facts = {"result": ContactResult.REACHED, "note": mark, "over_reason": mark}
    work.ask(COMMAND_LINE, RecordContact, case, call_back_at=at, **facts)
    keep = KeepItem(**work.hall.by(COMMAND_LINE), kind=KeptKind.KEY, name=mark, case=case)
    work.desk(COMMAND_LINE).carry_out(keep)
    work.ask(COMMAND_LINE, MarkKeyCase, case, reason=mark)
    _lead(work, case, mark)
    pdf = f"%PDF-1.7\n% {mark}\n%%EOF\n".encode()
    work.ask(COMMAND_LINE, AddAttachment, case, name=f"{mark}.pdf", content=pdf)


def _lead(work, case, mark):
    """Let a leader lead it, with a plan and minutes."""
    now = work.clock()
    led = {"leader": work.staff(ZHENG), "started_on": now.date(), "planned_until": now.date()}
    work.ask(COMMAND_LINE, RaiseLeaderCase, case, reason=mark, **led)
    step = {"action": mark, "result": mark, "done_on": now.date()}
    work.ask(COMMAND_LINE, RecordStep, case, **step)
    said = dict.fromkeys(("title", "place", "chair", "attendees", "minutes"), mark)
    held = {"kind": MeetingKind.CONSULTATION, "held_at": now}
    work.ask(COMMAND_LINE, HoldMeeting, case, **said, **held)


def _ask_for_time(work, case, mark, **more):
    facts = {"kind": ExtensionKind.EXTEND, "reason": ExtensionReason.WORKS, "explanation": mark}
    told = {"told_way": ContactWay.PHONE, "told_at": work.clock(), "told_note": mark}
    facts |= {"until": work.clock() + timedelta(days=9)}
    work.ask(COMMAND_LINE, AskExtension, case, **(facts | told | more))


def _park(work, case, mark):
    days = {"until": None, "review_on": date(2026, 12, 1)}
    _ask_for_time(work, case, mark, kind=ExtensionKind.PARK, **days)
    work.ask(COMMAND_LINE, ReviewExtension, case, is_passed=True, note=mark)
    work.ask(COMMAND_LINE, DecideExtension, case, is_granted=True, note=mark)


def _leave_out(work, case, mark):
    asked = {"kind": RequestKind.EXCLUDE, "reasons": (ExclusionReason.ELSEWHERE,)}
    facts = f"{mark}，界桩照片显示不在本辖区。"
    work.ask(COMMAND_LINE, AskAssessment, case, facts=facts, head_name="方岩", **asked)


def _pause(work, case, mark):
    told = {"told_way": ContactWay.PHONE, "told_at": work.clock()}
    facts = {"reason": PauseReason.MATERIALS, "note": mark} | told
    work.ask(COMMAND_LINE, PauseClocks, case, **facts)


def _steer(work, case, mark):
    unit, at = work.unit("城建办"), work.clock() + timedelta(days=1)
    asked = {"unit": unit, "requirement": mark, "due_at": at, "copied_to": mark}
    work.ask(COMMAND_LINE, Supervise, case, grounds=(SupervisionGround.PUBLIC,), **asked)
    urged = {"unit": unit, "way": UrgingWay.WRITTEN, "note": mark, "explain_by": at}
    work.ask(COMMAND_LINE, Urge, case, **urged)
    _find(work, case, mark)


def _find(work, case, mark):
    """Let somebody hear of it at a door before the case was there."""
    buildings = (Building(work.hall.place("青榕花园"), "101"),)
    facts = {"kind": QuestionnaireKind.VISIT, "community": work.unit("榕东社区")}
    day = work.clock().date()
    plan = {"planned_on": day, "buildings": buildings} | facts
    visit = work.ask(COMMAND_LINE, PlanVisit, **plan).made["visit"]
    with Session(work.hall.engine) as session:
        entry = session.scalar(select(VisitEntry.id).where(VisitEntry.visit_id == visit))
    door = Door(entry=entry, remark=mark, category=work.hall.category("楼道漏电"))
    typed = {"visited_on": day, "walkers": "陈静", "doors": (door,)}
    made = work.ask(COMMAND_LINE, EnterVisit, visit=visit, seen=1, **typed).made
    (finding,) = made["early_actions"]
    work.ask(COMMAND_LINE, LinkFinding, finding=finding, seen=1, case=case)
    gather(work, case, mark)


def _tell_of_acceptance(work, case, _mark):
    work.ask(COMMAND_LINE, IssueNotice, case, code="acceptance-notice")


def _tell_where_to_go(work, case, mark):
    notice = work.ask(COMMAND_LINE, IssueNotice, case, code="guidance-notice").made["paper"]
    work.ask(COMMAND_LINE, SealNotice, case, paper=notice, approved_by=mark)


# what is done besides to the case that stands there
BESIDE = {
    S.RECEIVED: _tell_of_acceptance,
    S.GUIDED: _tell_where_to_go,
    S.WITHDRAWN: _withdraw,
    S.DISPATCHED: _hand_back,
    S.ACCEPTED: _ask_for_time,
    S.HANDLING: _promise,
    S.OPINION: _pause,
    S.PARKED: _park,
    S.CLOSED: _leave_out,
    S.SIGNING: _steer,
}


HANGING_ON = (Paper, Attachment, Opinion, Assignment, Matter, EarlyAction, GatheredOpinion)


class Kept:
    """Cases at every status that are kept from somebody, and who does see them."""

    topics: dict = {}  # noqa: RUF012 - of each kind of case that may be in one
    appointments: dict = {}  # noqa: RUF012 - of each kind of case that was received by a leader
    post = 0

    def __init__(self, work):
        self.work = work
        everything = frozenset(Role)
        person = work.hall.person
        self.readers = {
            "about_him": replace(person(ZHOU), roles=everything),
            "about_his_unit": replace(person(ZHAO), roles=everything),
            "secret": replace(person(SUN), roles=everything - KEEPERS_OF_SECRETS),
        }
        self.unconcerned = [
            person(COMMAND_LINE),
            replace(person(QIN), roles=everything),
            replace(person(ZHAO), roles=everything),
        ]
        facts = {
            "about_him": {"accused_staff": work.staff(ZHOU)},
            "about_his_unit": {"accused_unit": work.unit("城建办")},
            "secret": {"purpose": Purpose.REPORT},
        }
        self.cases = {}
        for kind, more in facts.items():
            every = [S.RECEIVED, S.GUIDED] if kind == "about_his_unit" else EVERY
            self.cases[kind] = [bring(work, status, kind, **more) for status in every]
            first, second, *_ = self.cases[kind]
            work.ask(COMMAND_LINE, SayNoRepeat, first, other=second)
        self.topics = {
            kind: work.ask(
                COMMAND_LINE, OpenTopic, name=MARKS[kind][0], cases=tuple(self.cases[kind])
            ).made["topic"]
            for kind in ("about_him", "about_his_unit")  # reports are never in one
        }
        self.post, self.appointments = receive(work, self.cases, MARKS)
        self.numbers = {
            case: work.case(case).number for cases in self.cases.values() for case in cases
        }

    def secrets(self, kind):
        """Return all by which a kept case could be told: ids, numbers, words."""
        cases = self.cases[kind]
        ids = set(cases).union(*(self._ids(table, cases) for table in HANGING_ON))
        phone = MARKS[kind][2]
        return ids, [*MARKS[kind], phone[-4:], *(self.numbers[case] for case in cases)]

    def arguments(self, kind):
        """Return what each parameter of a query is tried with."""
        cases = self.cases[kind]
        rows = {table: self._ids(table, cases) for table in (Paper, Attachment, Opinion)}
        papers = [paper for case in cases for paper in self.work.all(Paper, case)]
        first, (mark, name, phone) = cases[0], MARKS[kind]
        return {
            "case_id": cases,
            "appointment": self.appointments.get(kind, [0]),
            "post": [self.post],
            "paper_id": rows[Paper],
            "finding_id": self._ids(EarlyAction, cases),
            "visit_id": self._ids(EarlyAction, cases, EarlyAction.visit_id),
            "attachment_id": rows[Attachment],
            "code": ["intake-sheet", "opinion-notice", "dispatch-slip"],
            "number": sorted({paper.number for paper in papers} | {self.numbers[first]}),
            "written": [self.numbers[first], str(self.work.case(first).seq)],
            "text": [mark, name, phone, self.numbers[first]],
            "words": ["", mark],
            "name": [name],
            "phone": [phone],
            "place": [self.work.hall.place("青榕花园")],
            "category": [self.work.hall.category("楼道漏电")],
            "wanted": [
                BoardFilter(statuses=frozenset(S)),
                BoardFilter(with_tag=Tag.REPEAT),
                BoardFilter(statuses=frozenset(S), words=mark),
            ],
            "stages": [tuple(frozenset({status}) for status in S)],
            "statuses": [frozenset(S)],
            "whose": [true()],
            "asked": [AskedShelf(), AskedShelf(words=mark)],
            "sought": [AskedRepeat(phone=phone, name=name, text=f"{mark}。{DETAILS}")],
            "since": [0],
            "days": [-1],
            "first": [date(2026, 1, 1)],
            "last": [date(2026, 12, 31)],
            "line": list(MorningLine),
            "figure": [Figure(date(2026, 1, 1), date(2026, 12, 31))],
            "owner_id": [None],
            "day": [date(2026, 11, 2)],
            "month": [date(2026, 11, 1)],
            "value": [plain_rules(SEED)],
            "about": [
                Asked(phone=phone),
                Asked(phone=phone[:7]),
                Asked(name=name, place=self.work.hall.place("青榕花园"), address=f"{mark}七栋"),
                *(Asked(case=case) for case in cases),
            ],
            "role": [Role.LEADER],
            "topic_id": [self.topics.get(kind, 0)],
            "cases": [tuple(cases)],
            "without": [0],
            "unit": [self.work.hall.unit(name) for name in ("榕东社区", "榕东第1网格")],
        }

    def _ids(self, table, cases, column=None):
        with Session(self.work.hall.engine) as session:
            column = table.id if column is None else column
            query = select(column).where(table.case_id.in_(cases))
            return session.scalars(query).all()


@pytest.fixture(scope="module")
def kept(shared_hall):
    """Cases at every status, kept from somebody for each of the reasons there are."""
    shared_hall.clock.set("2026-11-02 09:00")
    return Kept(Work(shared_hall, shared_hall.clock))


@cache
def known_of(kept, kind):
    """Return what each parameter of a query is tried with; who only asks does not change that."""
    return kept.arguments(kind)


@cache
def secrets_of(kept, kind):
    """Return all by which a kept case could be told."""
    return kept.secrets(kind)


def answers(kept, kind, name, person):
    """Ask a query in every way it can be asked; a refusal is an answer too."""
    desk = Database(kept.work.hall.engine, person, clock=kept.work.clock)
    return asked_at(desk, name, known_of(kept, kind))


def asked_at(desk, name, known):
    """Ask a query at a desk in every way it can be asked with what is known, all in one read."""
    query, known = QUERIES[name], known | OWN_WORDS.get(name, {})
    needed = [
        parameter.name
        for parameter in inspect.signature(query).parameters.values()
        if parameter.name != "reader"
        and parameter.kind is not parameter.VAR_POSITIONAL
        and (parameter.default is parameter.empty or parameter.name in known)
    ]
    unknown = [parameter for parameter in needed if parameter not in known]
    assert not unknown, f"{name}: say in this test what to ask for as {unknown}"
    values = itertools.product(*(known[parameter] for parameter in needed))
    ways = [dict(zip(needed, one, strict=True)) for one in values]
    return desk.read(lambda reader: [(given, said_to(reader, query, given)) for given in ways])


def said_to(reader, query, given):
    """Ask a query in one way."""
    try:
        return query(reader, **given)
    except (DeskError, ValueError) as refused:  # not this kind of case, or not this person
        return str(refused)


def told(answer):
    """Yield every number and word in an answer, however deep."""
    if is_dataclass(answer):
        answer = [getattr(answer, one.name) for one in fields(answer)]
    if isinstance(answer, Mapping):
        answer = [*answer.keys(), *answer.values()]
    if isinstance(answer, bytes):
        yield answer.decode(errors="ignore")
    elif isinstance(answer, str | int):
        yield answer
    elif isinstance(answer, list | tuple | set | frozenset):
        for one in answer:
            yield from told(one)


def says(text, word):
    """Return whether a text says a word; four digits within a hash or an id are no telephone."""
    if len(word) == len("0079") and word.isdecimal():
        return re.search(rf"(?<![0-9a-f]){word}(?![0-9a-f])", text) is not None
    return word in text


def leaks(kept, kind, name, person):
    """Return what a query tells somebody of the cases that are kept from the one of this kind."""
    ids, words = secrets_of(kept, kind)
    found = set()
    for given, answer in answers(kept, kind, name, person):
        asked = "".join(word for word in given.values() if isinstance(word, str))
        for one in told(answer):
            if isinstance(one, str):  # what was asked for may be repeated in the answer
                found |= {word for word in words if says(one, word) and word not in asked}
            elif one in ids and name not in BY_ID:
                found.add(one)
    return found


@pytest.mark.parametrize("name", ASKED)
def test_no_query_shows_a_case_to_whom_it_is_kept_from(kept, name):
    for kind, person in kept.readers.items():
        assert leaks(kept, kind, name, person) == set(), kind


@pytest.mark.parametrize("name", sorted(set(ASKED) - NO_CASES))
def test_the_same_query_does_show_cases_to_others(kept, name):
    assert any(
        leaks(kept, kind, name, person)
        for kind in ("about_him", "secret")
        for person in kept.unconcerned
    ), f"{name} shows no case at all here: is it one of NO_CASES?"


def test_pieces_of_queries_are_used_by_queries_alone():
    pattern = re.compile(r"from desk\.queries\.\w+ import (?:\(([^)]*)\)|([^\n]*))")
    for path in sorted(UI.rglob("*.py")):
        for several, single in pattern.findall(path.read_text(encoding="utf-8")):
            names = {name.strip() for name in (several or single).split(",")}
            assert not names & PIECES, path.name


def test_the_tables_of_this_test_name_only_what_there_is():
    assert set(QUERIES) >= PIECES | NO_CASES
