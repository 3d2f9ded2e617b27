"""Nothing but masks leaves the queries where an appellant is not the reader's work (遮盖).

Every query is found and asked as in `test_no_leaks`; the case itself may be told, who he is and
how to reach him may not (RELIABILITY.md 3, HOUSE.md decision 19).
"""

from dataclasses import replace
from functools import partial

import pytest

from desk.actions.closing import RevealPrivate
from desk.actions.intake import Appellant
from desk.queries.case_file import case_file
from desk.rules.codes import IdKind, Role
from tests.actions.conftest import shared_hall
from tests.actions.work import QIN, ZHOU, S, Work
from tests.queries.test_hidden_appellant import CALL, LETTER, READS
from tests.queries.test_no_leaks import ASKED, MARKS, Kept, answers, bring, says, told
from tests.small_hall import COMMAND_LINE

__all__ = ["shared_hall"]

SHOWN = "shown"
CONTENT, NAME, PHONE, OTHER = "谁都可以知道的事", "缪无双", "13800000071", "13800000072"
ADDRESS, SITE, GUARDIAN, ID = "榕荫里六栋", "榕荫里七栋", "缪长者", "440900199003071238"
PRIVATE = (NAME, PHONE, OTHER, ADDRESS, SITE, GUARDIAN, ID, PHONE[-4:] + "号")


class Shown(Kept):
    """Cases at every status whose appellant is an ordinary one, and who only oversees them."""

    def __init__(self, work):
        self.work = work
        self.reader = replace(work.hall.person(QIN), roles=READS)
        MARKS[SHOWN] = (CONTENT, NAME, PHONE)
        try:
            self.cases = {SHOWN: [self._bring(status) for status in S]}
        finally:
            self.known = MARKS.pop(SHOWN)
        self.numbers = {case: work.case(case).number for case in self.cases[SHOWN]}

    def _bring(self, status):
        him = Appellant(
            name=NAME,
            phone=PHONE,
            other_phone=OTHER,
            address=ADDRESS,
            site=SITE,
            guardian=GUARDIAN,
            id_kind=IdKind.ID_CARD,
            id_number=ID,
        )
        return bring(self.work, status, SHOWN, appellant=him)

    def arguments(self, kind):
        """Return what each parameter of a query is tried with."""
        MARKS[SHOWN] = self.known
        try:
            return super().arguments(kind)
        finally:
            del MARKS[SHOWN]


@pytest.fixture(scope="module")
def shown(shared_hall):
    """A hall with an ordinary appellant's case at every status."""
    shared_hall.clock.set("2026-11-02 09:00")
    return Shown(Work(shared_hall, shared_hall.clock))


# Where his letter is somebody's work, or his file is: the desks that sign, seal, deliver, file.
FILES = LETTER | CALL | {Role.ARCHIVIST}
WORKING = dict.fromkeys(
    (
        "case_file",
        "dispatch_sheet",
        "followup_card",
        "opinion_versions",
        "sign_sheet",
    ),
    LETTER | CALL,
) | dict.fromkeys(("draft_opinion_notice", "paper_to_print", "stored_paper"), FILES)
# Whoever types a whole telephone number at the counter has its owner there, or on the line.
AT_THE_COUNTER = frozenset({"visitor"})


@pytest.mark.parametrize("name", sorted(set(ASKED) - AT_THE_COUNTER))
def test_no_query_tells_more_than_a_mask(shown, name):
    person = replace(shown.reader, roles=shown.reader.roles - WORKING.get(name, frozenset()))
    found = set()
    for given, answer in answers(shown, SHOWN, name, person):
        asked = "".join(word for word in given.values() if isinstance(word, str))
        texts = [one for one in told(answer) if isinstance(one, str)]
        for word in PRIVATE:
            if word not in asked:
                found |= {word for text in texts if says(text, word)}
    assert found == set()


def test_whose_work_it_is_reads_it_all_and_others_for_a_reason(shown):
    work = shown.work
    case = shown.cases[SHOWN][0]
    read = partial(case_file, case_id=case)
    assert work.desk(ZHOU).read(read).contact_data is None

    work.ask(ZHOU, RevealPrivate, case, reason="核对地址")

    assert work.desk(ZHOU).read(read).contact_data.phone == PHONE
    assert work.desk(COMMAND_LINE).read(read).contact_data.phone == PHONE
    assert work.desk(QIN).read(read).contact_data is None
