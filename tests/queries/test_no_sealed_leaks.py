"""No query tells whom a case under seal is about, nor finds it by him (封存, 个保法第四十七条).

Every query there is, as `test_no_leaks.py` finds and asks them: once about somebody whose cases are
under seal and once about somebody who never came. Whoever asks must not be able to tell them apart.
"""

import inspect
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, true
from sqlalchemy.orm import Session

from desk.actions.administration import SetSetting
from desk.actions.intake import Appellant
from desk.actions.people import SayWhoIsSame
from desk.queries.archives import AskedShelf
from desk.queries.case_board import BoardFilter
from desk.queries.figure_cases import Figure
from desk.queries.overview import MorningLine
from desk.queries.person_page import Asked
from desk.queries.repeat_probe import AskedRepeat
from desk.rules.codes import Exit, IdKind, Role
from desk.rules.rate_rules import SEED, plain_rules
from desk.store.models import Attachment, Opinion, Paper
from tests.actions.conftest import shared_hall
from tests.actions.work import HE, LI, XU, S, Work
from tests.queries.test_no_leaks import ASKED, QUERIES, asked_at, says, told

__all__ = ["shared_hall"]

NUMBER = "440900199003071238"
HIM = Appellant(
    name="缪无双",
    phone="13800000071",
    address="榕荫里六栋六零六",
    id_kind=IdKind.ID_CARD,
    id_number=NUMBER,
)
NOBODY = Appellant(
    name="乌有章", phone="13900000078", address="桥东巷九号", id_number="440900198805052213"
)
WORDS = (HIM.name, HIM.phone, HIM.phone[-4:], HIM.address, NUMBER)
ABOUT = "楼顶水箱盖子被风吹跑了，一直没有人来盖。"
SEEN_BY = (LI, HE)  # who took it in, and what only the keeper of the archive may ask
# queries to which one says whom one means
PERSONAL = frozenset({"text", "words", "name", "phone", "about", "wanted", "asked", "sought"})
FINDS_HIM = {"find", "visitor", "namesakes", "likely_visitor", "person_page", "repeat_candidates"}


class Sealed:
    """Two ended cases of one man, under seal from the day on which they ended."""

    def __init__(self, work):
        self.work = work
        facts = {
            "appellant": HIM,
            "details": ABOUT,
            "summary": ABOUT,
            "place": work.hall.place("青榕花园"),
        }
        archived = work.to(S.ARCHIVED, **facts)
        self.cases = [
            archived,
            work.register(LI, exit=Exit.GUIDANCE, guided_to="水务", answer="找水务", **facts),
        ]
        first, second = self.cases
        work.ask(LI, SayWhoIsSame, first, other=second, is_same=True, reason="核对过证件")
        work.clock.forward(minutes=1)

    def seal(self, years):
        self.work.ask(XU, SetSetting, key="restrict_after_years", value=years)

    def about(self, who):
        """Return what each query is asked about somebody, and never of a case by its id."""
        place = self.work.hall.place("青榕花园")
        category = self.work.hall.category("楼道漏电")
        sought = AskedRepeat(
            phone=who.phone, name=who.name, address=who.address, place=place, text=ABOUT
        )
        return {
            "text": [who.name, who.phone, who.address, who.id_number],
            "words": [who.name, who.phone, who.address],
            "name": [who.name],
            "phone": [who.phone],
            "place": [place],
            "category": [category],
            "about": [
                Asked(phone=who.phone),
                Asked(phone=who.phone[:9]),
                Asked(name=who.name, place=place),
                Asked(id_number=who.id_number),
            ],
            "wanted": [BoardFilter(statuses=frozenset(S), words=who.name)],
            "asked": [AskedShelf(words=who.name)],
            "sought": [sought, replace(sought, phone=""), replace(sought, id_number=who.id_number)],
        }

    def everything(self):
        """Return what each query is asked, the two cases by their ids as well."""
        with Session(self.work.hall.engine) as session:
            ids = {
                table: list(session.scalars(select(table.id).where(table.case_id.in_(self.cases))))
                for table in (Paper, Attachment, Opinion)
            }
        case = self.work.case(self.cases[0])
        return self.about(HIM) | {
            "case_id": self.cases,
            "paper_id": ids[Paper],
            "attachment_id": ids[Attachment],
            **{key: [0] for key in ("appointment", "post", "finding_id", "visit_id")},
            "unit": [self.work.unit("榕东第1网格")],
            "code": ["intake-sheet", "dispatch-slip"],
            "number": [case.number],
            "written": [case.number],
            "about": [Asked(case=one) for one in self.cases],
            "wanted": [BoardFilter(statuses=frozenset(S))],
            "stages": [tuple(frozenset({status}) for status in S)],
            "statuses": [frozenset(S)],
            "whose": [true()],
            "asked": [AskedShelf()],
            "since": [0],
            "days": [-1],
            "first": [self.work.clock().date().replace(month=1, day=1)],
            "last": [self.work.clock().date().replace(month=12, day=31)],
            "line": list(MorningLine),
            "figure": [Figure(date(2026, 1, 1), date(2026, 12, 31))],
            "owner_id": [None],
            "day": [self.work.clock().date()],
            "month": [self.work.clock().date()],
            "value": [plain_rules(SEED)],
            "role": [Role.LEADER],
            "topic_id": [0],
            "cases": [tuple(self.cases)],
            "without": [0],
        }


@pytest.fixture(scope="module")
def sealed(shared_hall):
    """Two cases under seal, by people who may all see them."""
    shared_hall.clock.set("2026-11-02 09:00")
    one = Sealed(Work(shared_hall, shared_hall.clock))
    one.seal(0)
    return one


def by_person(known):
    """Return the queries that take whom one means, and nothing that is not known here."""
    for name in ASKED:
        parameters = inspect.signature(QUERIES[name]).parameters.values()
        needed = {one.name for one in parameters if one.default is one.empty} - {"reader"}
        if needed <= set(known) and PERSONAL & {one.name for one in parameters}:
            yield name


def told_about(sealed, desk, name, who):
    """Return all that a query tells when asked about somebody, without what was typed."""
    facts = (who.name, who.phone, who.phone[:9], who.address, who.id_number)
    answers = []
    for _, answer in asked_at(desk, name, sealed.about(who)):
        one = repr(sorted(map(str, told(answer))))
        for typed in facts:
            one = one.replace(typed, "…")
        answers.append(one)
    return answers


def who_is_told_apart(sealed, people):
    """Return the queries that answer otherwise about him than about somebody who never came."""
    found = {}
    for who in people:
        desk = sealed.work.desk(who)
        for name in by_person(sealed.about(HIM)):
            his = told_about(sealed, desk, name, HIM)
            if his != told_about(sealed, desk, name, NOBODY):
                found.setdefault(name, []).append(who)
    return found


def names_him(desk, name, known):
    """Return by which words a query names him; None where this person may not ask it at all."""
    said, refused = set(), True
    for given, answer in asked_at(desk, name, known):
        refused = refused and isinstance(answer, str)
        texts = [one for one in told(answer) if isinstance(one, str)]
        unasked = [word for word in WORDS if word not in str(given)]
        said |= {word for word in unasked if any(says(text, word) for text in texts)}
    return None if refused else said


def test_no_query_says_whom_it_is_about(sealed):
    known, desks = sealed.everything(), [sealed.work.desk(who) for who in SEEN_BY]
    found = {}
    for name in ASKED:
        answers = (names_him(desk, name, known) for desk in desks)
        found[name] = next((said for said in answers if said is not None), set())
    assert {name: said for name, said in found.items() if said} == {}


def test_he_is_as_if_he_had_never_come(sealed):
    assert who_is_told_apart(sealed, SEEN_BY) == {}


def test_without_the_seal_the_same_queries_know_him(sealed):
    sealed.seal(30)
    apart = who_is_told_apart(sealed, (LI,))
    sealed.seal(0)
    assert set(apart) >= FINDS_HIM
