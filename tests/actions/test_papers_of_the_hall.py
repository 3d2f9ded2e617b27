"""Every list that the hall issues has exactly the keys of its form, down to its last line."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from desk.actions.call_list import IssueCallList
from desk.actions.contacts import RecordContact
from desk.actions.handover import TakeOver, WriteHandover
from desk.actions.intake import Appellant
from desk.actions.keeping import KeepItem
from desk.actions.morning_brief import IssueMorningBrief
from desk.actions.seal_register import IssueSealRegister
from desk.actions.sign_folder import IssueSignFolder
from desk.forms import render
from desk.forms.row_keys import entry_keys, keys
from desk.queries.handover import shift_desk
from desk.rules.codes import ContactResult, Exit, KeptKind, Role
from desk.rules.moments import in_shanghai
from desk.store.models import Paper
from tests.actions.work import FENG, LI, WU, ZHENG, S
from tests.forms.reading import squeezed, text_of

RARE = Appellant(name="𠮷田·阿依古丽", phone="13800000023")


def promised(work):
    """Let the window promise a call for tomorrow on a case of its own."""
    case = work.register(exit=Exit.OWN_UNIT, appellant=RARE)
    at = work.clock() + timedelta(hours=24)
    result = {"result": ContactResult.REACHED, "note": "明天上午回电", "call_back_at": at}
    work.ask(LI, RecordContact, case, **result)
    return in_shanghai(at).date()


def seal_register(work):
    work.to(S.DELIVERING)
    day = in_shanghai(work.clock()).date()
    return work.ask(FENG, IssueSealRegister, first=day, last=day)


def sign_folder(work):
    work.to(S.SIGNING, appellant=RARE)
    return work.ask(FENG, IssueSignFolder, leader=None, role=Role.LEADER)


def call_list(work):
    return work.ask(LI, IssueCallList, day=promised(work))


def handover(work):
    promised(work)
    work.ask(LI, KeepItem, kind=KeptKind.KEY, name="配电间钥匙")
    mine = work.desk(LI).read(shift_desk)
    written = work.ask(
        LI,
        WriteHandover,
        to=work.staff(WU),
        cases=tuple(case.id for case in mine.cases),
        calls=tuple(call.id for call in mine.calls),
        items=tuple(item.id for item in mine.items),
    )
    return work.ask(WU, TakeOver, handover=written.made["handover"])


def morning_brief(work):
    work.to(S.SIGNING)
    case = work.register(appellant=RARE)
    lines = {"figures": ("在办：2 件",), "ring": (case,), "reasons": ("双否",)}
    return work.ask(ZHENG, IssueMorningBrief, **lines)


@pytest.mark.parametrize(
    ("issue", "code"),
    [
        (seal_register, "seal-register"),
        (sign_folder, "sign-folder"),
        (call_list, "promised-calls"),
        (handover, "shift-handover"),
        (morning_brief, "morning-brief"),
    ],
)
def test_a_list_has_exactly_the_keys_of_its_form_and_can_be_drawn(own_work, issue, code):
    made = issue(own_work).made
    with Session(own_work.hall.engine) as session:
        paper = session.get(Paper, made["paper"])

    assert (paper.code, paper.case_id, paper.number) == (code, None, made["number"])
    assert set(paper.row) == keys(code)
    lists = {key: value for key, value in paper.row.items() if isinstance(value, list)}
    assert all(lists.values()), "every list of this paper has a line here"
    for key, entries in lists.items():
        assert set(entries[0]) == entry_keys(code, key) - {"n"}, key
    drawn = render(code, paper.row, layout=own_work.layout(paper))
    assert (drawn.pages, drawn.missing) == (1, ())
    assert squeezed(paper.number) in squeezed(text_of(drawn.pdf))
