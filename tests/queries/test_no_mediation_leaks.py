"""No query tells of a mediation whom it is kept from: names, telephones, facts, numbers (9.4).

Every query there is, is asked: those of cases too, for a mediation may come from a case.
"""

import inspect
import itertools
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.actions.bookings import BookRoom
from desk.actions.mediation_looks import AskForMediation, LookAtMediation
from desk.actions.mediation_opening import RefuseMediation
from desk.actions.mediation_papers import IssueMediationPaper
from desk.actions.mediation_parties import CompanionFacts
from desk.actions.mediation_people import EndInvitation, InviteHelper
from desk.actions.rooms import SetRoom
from desk.queries.archives import AskedShelf
from desk.queries.case_board import BoardFilter
from desk.queries.figure_cases import Figure
from desk.queries.mediation_file import mediation_file
from desk.queries.mediation_list import mediation_list, mediations_of_case
from desk.queries.person_page import Asked
from desk.queries.repeats import AskedRepeat
from desk.rules.codes import CaseStatus
from desk.rules.mediation_codes import CompanionRole, HelperRole, RoomKind
from desk.rules.rate_rules import SEED, plain_rules
from desk.store.models import Event, Mediation, MediationParty, Paper
from tests.actions.conftest import shared_hall
from tests.actions.mediating import APPLICANT, GU, MENG, QIAN, RESPONDENT, Mediating
from tests.actions.work import CHEN, HE, LI, QIN, ZHENG, ZHOU, Work
from tests.queries.leak_tables import PIECES
from tests.queries.test_no_leaks import (
    OF_MEDIATION,
    OF_THE_MACHINE,
    OWN_WORDS,
    QUERIES,
    said_to,
    told,
)

__all__ = ["shared_hall"]

WORDS = ("绝密丁事", "穆天子", "13800000081", "乌有生", "13800000082", "昆仑山", "西王母")
# Pieces that are told a mediation which their asker may read.
OF_A_FILE = frozenset(
    {
        "agreement_of",
        "bookings_of",
        "content_of",
        "files_of",
        "helpers_of",
        "instalments_of",
        "linked_case_of",
        "open_confirmation_of",
        "mediation_steps",
        "papers_of_mediation",
        "sittings_of",
        "booking_rows",
    }
)
# What no person of this test may know by name, but may know that it is there.
SEERS = (ZHENG, ZHOU)
UNCONCERNED = (LI, CHEN, QIN, HE)
ASKED = sorted(
    name
    for name, one in QUERIES.items()
    if name not in PIECES | OF_A_FILE and one.__module__ not in OF_THE_MACHINE
)
# Asked with what only their own tests can make: a wish for a room, a password, a board's columns.
OWN = OWN_WORDS | {"month_view": {"month": [11]}}
ELSEWHERE = frozenset({"wish", "password", "stages", "whose", "sha256", "key", "role", "line"})


class Kept:
    """Mediations at several statuses, one of them from a case that everybody sees."""

    def __init__(self, work):
        self.work, self.mediating = work, Mediating(work)
        mark, name, phone, other, number, address, agent = WORDS
        along = CompanionFacts(role=CompanionRole.AGENT, name=agent)
        facts = {
            "title": mark,
            "facts": mark,
            "note": mark,
            "requests": (mark,),
            "parties": (
                replace(APPLICANT, name=name, phone=phone, address=address, companions=(along,)),
                replace(RESPONDENT, name=other, phone=number, address=address),
            ),
        }
        self.case = work.register(community=work.unit("榕东社区"))
        seen = work.case(self.case).version
        go = self.mediating
        from_case = go.staffed(go.open(LI, case=self.case, case_seen=seen, **facts))
        refused = go.open(**facts)
        go.ask(MENG, RefuseMediation, refused, reason=mark, guidance=mark)
        hidden = go.staffed(go.open(is_private=True, **facts))
        self.applied = go.open(**facts)
        self.mediations = [from_case, refused, hidden, self.applied]
        for one in (from_case, hidden):
            for code in ("mediation-application", "mediation-rights"):
                go.ask(MENG, IssueMediationPaper, one, code=code)
        self._book(from_case)

    def _book(self, mediation):
        go, start = self.mediating, self.work.clock() + timedelta(hours=1)
        facts = {"name": "第一调解室", "kind": RoomKind.MEDIATION, "capacity": 8}
        room = go.ask("许诺", SetRoom, **facts).made["room"]
        row = {"room": room, "starts_at": start, "ends_at": start + timedelta(hours=1)}
        go.ask(MENG, BookRoom, mediation, attendees=4, **row)

    def secrets(self):
        """Return all by which a mediation could be told: ids, and numbers as written."""
        with Session(self.work.hall.engine) as session:
            parties = session.scalars(select(MediationParty.id)).all()
            numbers = session.scalars(select(Mediation.number)).all()
        return {*self.mediations, *parties}, numbers

    def arguments(self):
        """Return what each parameter of a query is tried with."""
        with Session(self.work.hall.engine) as session:
            papers = session.scalars(select(Paper.id)).all()
        mark, name, phone = WORDS[:3]
        return {
            "mediation_id": self.mediations,
            "booking_id": [0],
            "mediator_id": [self.mediating.mediator()],
            "case_id": [self.case],
            "paper_id": papers,
            "attachment_id": [0],
            **{key: [0] for key in ("appointment", "post", "finding_id", "visit_id")},
            "unit": [self.work.unit("榕东第1网格")],
            "code": ["mediation-acceptance", "intake-sheet"],
            "number": self.secrets()[1],
            "written": self.secrets()[1],
            "text": [mark, name, phone],
            "words": ["", mark],
            "name": [name],
            "phone": [phone],
            "about": [Asked(phone=phone), Asked(phone=phone[:7]), Asked(case=self.case)],
            "place": [self.work.hall.place("青榕花园")],
            "category": [self.work.hall.category("楼道漏电")],
            "wanted": [BoardFilter(statuses=frozenset(CaseStatus))],
            "statuses": [frozenset(CaseStatus)],
            "asked": [AskedShelf()],
            "since": [0],
            "after": [0],
            "days": [-1],
            "day": [date(2026, 11, 2)],
            "year": [2026],
            "month": [date(2026, 11, 1)],
            "figure": [Figure(date(2026, 1, 1), date(2026, 12, 31))],
            "value": [plain_rules(SEED)],
            "first": [date(2026, 1, 1)],
            "last": [date(2026, 12, 31)],
            "owner_id": [None],
            "sought": [AskedRepeat(phone=phone, name=name, text=mark)],
            "topic_id": [0],
            "cases": [(self.case,)],
            "without": [0],
        }


@pytest.fixture(scope="module")
def kept(shared_hall):
    """Mediations of people whose names occur nowhere else."""
    shared_hall.clock.set("2026-11-02 09:00")
    return Kept(Work(shared_hall, shared_hall.clock))


@cache
def known_of(kept):
    """Return what each parameter of a query is tried with; who only asks does not change that."""
    return kept.arguments()


@cache
def secrets_of(kept):
    """Return all by which a mediation could be told."""
    return kept.secrets()


def answers(kept, name, who):
    """Ask a query in every way it can be asked here, all in one read."""
    query, known = QUERIES[name], known_of(kept) | OWN.get(name, {})
    if name not in ("news", "case_news"):
        known = {key: values for key, values in known.items() if key != "after"}
    needed = [
        parameter.name
        for parameter in inspect.signature(query).parameters.values()
        if parameter.name != "reader"
        and parameter.kind is not parameter.VAR_POSITIONAL
        and (parameter.default is parameter.empty or parameter.name in known)
    ]
    if ELSEWHERE & set(needed):
        return []
    unknown = [parameter for parameter in needed if parameter not in known]
    assert not unknown, f"{name}: say in this test what to ask for as {unknown}"
    ways = list(itertools.product(*(known[parameter] for parameter in needed)))

    def ask(reader):
        return [said_to(reader, query, dict(zip(needed, way, strict=True))) for way in ways]

    asked = ["".join(str(word) for word in way) for way in ways]
    return list(zip(asked, kept.work.desk(who).read(ask), strict=True))


def leaks(kept, name, who, *, words, ids=frozenset()):
    """Return what a query tells somebody, apart from what he asked for himself."""
    found = set()
    for asked, answer in answers(kept, name, who):
        for one in told(answer):
            if isinstance(one, str):
                found |= {word for word in words if word in one and word not in asked}
            elif one in ids and str(one) not in asked and name != "news":
                found.add(one)
    return found


@pytest.mark.parametrize("name", ASKED)
def test_nobody_unconcerned_learns_that_there_is_a_mediation(kept, name):
    ids, numbers = secrets_of(kept)
    for who in UNCONCERNED:
        assert leaks(kept, name, who, words=(*WORDS, *numbers), ids=ids) == set(), who


@pytest.mark.parametrize("name", ASKED)
def test_leaders_learn_how_many_there_are_but_not_whose(kept, name):
    for who in SEERS:
        assert leaks(kept, name, who, words=WORDS) == set(), who


def file_of(kept, who, mediation):
    return kept.work.desk(who).read(lambda reader: mediation_file(reader, mediation))


def test_who_has_a_part_reads_all_of_it_and_leaders_read_the_head(kept):
    one = kept.mediations[0]
    for who in (QIAN, MENG, GU):
        body = file_of(kept, who, one).body
        assert [party.name for party in body.parties] == ["穆天子", "乌有生"]
        assert body.content.facts == "绝密丁事"
        assert body.steps[-1].title == "登记申请"
    head = file_of(kept, ZHENG, one)
    assert head.body is None
    assert head.head.mediator == "钱惠"
    assert file_of(kept, LI, one) is None


def test_the_case_it_came_from_is_named_to_whoever_sees_that_case(kept):
    assert file_of(kept, MENG, kept.mediations[0]).body.case.id == kept.case
    line = kept.work.desk(MENG).read(lambda reader: mediations_of_case(reader, kept.case))
    assert [one.id for one in line] == [kept.mediations[0]]
    assert kept.work.desk(CHEN).read(lambda reader: mediations_of_case(reader, kept.case)) == ()


def test_the_list_names_people_as_zhang_mou_and_hides_what_is_private(kept):
    rows = {row.id: row for row in kept.work.desk(MENG).read(mediation_list)}
    from_case, _refused, hidden, applied = (rows[one] for one in kept.mediations)
    assert (from_case.parties, hidden.parties) == ("穆某、乌某", "不公开")
    assert (from_case.is_mine, applied.is_mine, applied.to_examine) == (True, False, True)
    assert applied.lacks == "等 2 方同意"
    seen = {row.id: row for row in kept.work.desk(ZHENG).read(mediation_list)}
    assert {(row.title, row.parties, row.to_examine) for row in seen.values()} == {("", "", False)}
    assert kept.work.desk(LI).read(mediation_list) == ()


def test_a_reason_opens_the_file_for_half_an_hour_and_an_invitation_until_it_ends(kept):
    one, go = kept.mediations[2], kept.mediating
    go.ask(ZHENG, LookAtMediation, one, reason="了解进展")
    assert file_of(kept, ZHENG, one).body.steps[0].detail == "了解进展"
    kept.work.clock.forward(minutes=31)
    assert file_of(kept, ZHENG, one).body is None
    staff = kept.work.staff(CHEN)
    helper = go.ask(MENG, InviteHelper, one, role=HelperRole.NEIGHBOUR, staff=staff)
    assert file_of(kept, CHEN, one).body.helpers[0].name == "陈静"
    go.ask(MENG, EndInvitation, one, helper=helper.made["helper"])
    assert file_of(kept, CHEN, one) is None


@pytest.mark.parametrize("who", [QIN, HE])
def test_only_who_asks_by_the_number_reads_it_and_only_for_a_while(kept, who):
    one, go = kept.mediations[2], kept.mediating
    number = go.row(one).number
    go.ask(who, AskForMediation, number=number, reason="归档前核对")
    assert file_of(kept, who, one).body.content.facts == "绝密丁事"
    assert [row.id for row in kept.work.desk(who).read(mediation_list)] == [one]
    kept.work.clock.forward(minutes=30)
    assert file_of(kept, who, one) is None
    for name in ASKED:
        ids, numbers = secrets_of(kept)
        found = leaks(kept, name, who, words=(*WORDS, *numbers), ids=ids)
        assert found == set(), name


def test_no_title_of_the_history_says_whose_mediation_it_is(kept):
    with Session(kept.work.hall.engine) as session:
        titles = "".join(session.scalars(select(Event.title)))
    assert not [word for word in WORDS if word in titles]


def test_queries_of_mediations_are_asked_here_alone():
    assert [name for name in ASKED if OF_MEDIATION.match(QUERIES[name].__module__)]
    assert set(QUERIES) >= OF_A_FILE


@pytest.mark.parametrize("name", ["mediation_file", "stored_paper"])
def test_the_same_queries_do_tell_those_to_whom_it_belongs(kept, name):
    assert {"穆天子", "13800000081"} <= leaks(kept, name, MENG, words=WORDS)
