"""Going through a list of the hall (五包、三问): what was said is kept, line by line.

A list is a hint. Whoever says nothing to a line is not held up; what was said is never overwritten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk.rules.leader_case_codes import CheckAnswer, Checklist, CheckOccasion
from desk.rules.leader_cases import SaidOfLine
from desk.rules.text_gate import Field
from desk.store.gate import words
from desk.store.ids import new_id
from desk.store.models import Case, CheckLine
from desk.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class CheckSaid:
    """What was said to one line of a list.

    Attributes:
        line: the line as it was on screen.
    """

    line: str = words("核查项")
    answer: CheckAnswer | None = None
    responsible: str = words("责任人", longest=100, default="")
    note: str = words("进展、说明", Field.BODY, longest=500, default="")
    on_day: date | None = None

    def as_said(self) -> SaidOfLine:
        """Return it as the rules know it."""
        return SaidOfLine(self.line, self.answer, self.responsible, self.note, self.on_day)


def keep_answers(
    tx: Transaction,
    case: Case,
    occasion: CheckOccasion,
    said: Sequence[CheckSaid],
    *,
    checklist: Checklist = Checklist.QUESTIONS,
    leader_case: int | None = None,
) -> int:
    """Keep what was said to the lines of a list; return to how many of them."""
    told = [one for one in said if one.as_said().says_something]
    for one in told:
        tx.session.add(
            CheckLine(
                id=new_id(),
                street_id=tx.street_id,
                case_id=case.id,
                leader_case_id=leader_case,
                checklist=checklist,
                occasion=occasion,
                words=one.line,
                answer=one.answer,
                responsible=one.responsible or None,
                note=one.note or None,
                on_day=one.on_day or tx.today,
                said_by=tx.person.staff_id,
                said_at=tx.now,
            )
        )
    return len(told)
