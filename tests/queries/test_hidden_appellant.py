"""Who asked to be hidden is hidden: no query names him to those whose work he is not (9.4).

Every query is found and asked as in `test_no_leaks`; here the case itself may well be told.
"""

from dataclasses import replace
from functools import partial

import pytest

from desk.actions.closing import CorrectCase, RevealPrivate
from desk.actions.intake import Appellant
from desk.actions.recusal import RecordAccused
from desk.queries.papers import stored_paper
from desk.queries.repeat_probe import AskedRepeat
from desk.queries.repeats import repeat_candidates, repeats_of_case
from desk.queries.search import find
from desk.queries.visitors import visitor
from desk.rules.codes import Role
from desk.rules.errors import NotAllowed
from desk.rules.rights import OVERSEERS
from tests.actions.conftest import shared_hall
from tests.actions.work import LI, QIN, SUN, ZHOU, S, Work
from tests.queries.test_no_leaks import ASKED, MARKS, Kept, answers, bring, says, told
from tests.small_hall import COMMAND_LINE

__all__ = ["shared_hall"]

HIDDEN = "hidden"
CONTENT, NAME, PHONE, SITE = "不怕知道的事", "穆子虚", "13800000076", "榕荫里九栋"
READS = OVERSEERS - {Role.FOLLOW_UP}
# Where he is somebody's work: who signs, seals and delivers his letter, and who rings him back.
LETTER = frozenset({Role.LEADER, Role.CHIEF, Role.OFFICE, Role.DISPATCHER})
CALL = frozenset({Role.DISPATCHER})
AT_WORK = {
    "draft_opinion_notice": LETTER,
    "paper_to_print": LETTER,
    "stored_paper": LETTER,
    "case_file": CALL,
    "dispatch_sheet": CALL,
    "file_by_number": CALL,
    "followup_card": CALL,
}


class Hidden(Kept):
    """Cases at every status whose appellant asked to be hidden, and who only reads them."""

    def __init__(self, work):
        self.work = work
        self.reader = replace(work.hall.person(QIN), roles=READS)
        MARKS[HIDDEN] = (CONTENT, NAME, PHONE)
        try:
            self.cases = {HIDDEN: [self._bring(status) for status in S]}
        finally:
            self.known = MARKS.pop(HIDDEN)
        self.numbers = {case: work.case(case).number for case in self.cases[HIDDEN]}

    def _bring(self, status):
        case = bring(self.work, status, HIDDEN, hides_appellant=True)
        if status is S.HANDLING:
            correct = {"address": SITE, "reason": "问清了门牌"}
            self.work.ask(COMMAND_LINE, CorrectCase, case, **correct)
        return case

    def arguments(self, kind):
        """Return what each parameter of a query is tried with."""
        MARKS[HIDDEN] = self.known
        try:
            return super().arguments(kind)
        finally:
            del MARKS[HIDDEN]


@pytest.fixture(scope="module")
def hidden(shared_hall):
    """A hall in which somebody asked to be hidden, with his case at every status."""
    shared_hall.clock.set("2026-11-02 09:00")
    return Hidden(Work(shared_hall, shared_hall.clock))


@pytest.mark.parametrize("name", ASKED)
def test_no_query_names_who_asked_to_be_hidden(hidden, name):
    person = replace(hidden.reader, roles=READS - AT_WORK.get(name, frozenset()))
    found = set()
    for given, answer in answers(hidden, HIDDEN, name, person):
        asked = "".join(word for word in given.values() if isinstance(word, str))
        texts = [one for one in told(answer) if isinstance(one, str)]
        for word in (NAME, PHONE, PHONE[-4:], f"{CONTENT}七栋", SITE, NAME[0] + "*"):
            if word not in asked:
                found |= {word for text in texts if says(text, word)}
    assert found == set()


def own_case(work, **more):
    """Take a case in at 李敏's window about somebody who asked to be hidden."""
    appellant = Appellant(name=NAME, phone=PHONE, address=SITE)
    return work.register(LI, appellant=appellant, hides_appellant=True, **more)


def found(work, who, text):
    """Return the ids of the cases that somebody finds by a text."""
    return {hit.id for hit in work.desk(who).read(partial(find, text=text)).cases}


@pytest.fixture
def work(shared_hall):
    """The hall on the next morning."""
    shared_hall.clock.set("2026-11-03 09:00")
    return Work(shared_hall, shared_hall.clock)


def test_by_name_and_number_he_is_found_by_those_alone_whose_work_he_is(work):
    case = own_case(work)

    for text in (NAME, PHONE, SITE):
        assert case in found(work, LI, text)
        assert case not in found(work, ZHOU, text)
    assert case in found(work, ZHOU, work.case(case).number)
    assert case in found(work, ZHOU, "扶手发麻")


def test_what_becomes_a_report_is_no_longer_found_by_whose_it_is(work):
    appellant = Appellant(name="仇无名", phone="13800000075")
    case = work.register(LI, appellant=appellant)
    assert case in found(work, QIN, "仇无名")

    work.ask(QIN, RecordAccused, case, staff=work.staff(SUN), as_report=True, reason="来信说明")

    assert case not in found(work, QIN, "仇无名")
    assert work.case(case).appellant_shown == "要求保密"
    assert case in found(work, LI, "仇无名")


def test_his_telephone_brings_others_his_visits_as_a_figure_only(work):
    case = own_case(work)

    for who, is_told in ((LI, True), (ZHOU, False)):
        desk = work.desk(who)
        him = desk.read(partial(visitor, phone=PHONE))
        assert him.times > 0
        assert (case in {visit.id for visit in him.visits}) is is_told
        sought = AskedRepeat(phone=PHONE, category=work.case(case).category_id)
        found = desk.read(partial(repeat_candidates, sought=sought))
        assert bool(found) is is_told


def test_that_two_cases_are_of_him_is_told_to_nobody_else(work):
    case, other = own_case(work, place=None), own_case(work, place=None)

    def tied(who):
        found = work.desk(who).read(partial(repeats_of_case, case_id=case))
        return {one.visit.id for one in found if "同一电话" in one.words}

    assert other in tied(LI)
    assert other not in tied(ZHOU)


def test_a_paper_that_names_him_asks_for_a_reason(work):
    case = own_case(work)
    (sheet,) = work.papers(case, "intake-sheet")
    read = partial(stored_paper, paper_id=sheet.id)
    with pytest.raises(NotAllowed, match="写明理由"):
        work.desk(ZHOU).read(read)

    work.ask(ZHOU, RevealPrivate, case, reason="核对登记表")

    assert work.desk(ZHOU).read(read).row["appellant"] == NAME
