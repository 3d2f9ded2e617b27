"""A bulletin before it is issued (通报草稿): facts, sentences by rule, and the paper they make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desk.queries.bulletin_facts import bulletin_facts
from desk.queries.bulletins import BulletinRow, issued_for
from desk.rules.assessment_codes import BulletinKind
from desk.rules.bulletin_paper import bulletin_row
from desk.rules.bulletin_words import sentences
from desk.rules.moments import day_of
from desk.rules.papers import BULLETIN
from desk.store.database import Reader
from desk.store.hall_paper_rows import NO_CASE, hall_paper_row
from desk.store.paper_source import Writing
from desk.store.patience import takes_long

NOT_ISSUED = "（未印发）"


@dataclass(frozen=True, slots=True)
class BulletinDraft:
    """What may be issued for a day, a week or a month.

    Attributes:
        issued: the bulletin in force for the same days, which it would replace.
        row: the paper, bearing no number.
    """

    facts: dict[str, Any]
    sentences: dict[str, list[str]]
    row: dict[str, Any]
    issued: BulletinRow | None


@takes_long
def bulletin_draft(reader: Reader, kind: BulletinKind, on: date) -> BulletinDraft:
    """Return the draft for the period in which `on` lies.

    Raises:
        RuleBroken: it has not begun yet, or the hall has no letterhead.
    """
    facts = bulletin_facts(reader, kind, on)
    said = sentences(facts)
    issued = issued_for(reader, kind, date.fromisoformat(facts["from"]))
    return BulletinDraft(facts, said, paper_of(reader, facts, said), issued)


def paper_of(
    reader: Reader,
    facts: Mapping[str, Any],
    said: Mapping[str, Sequence[str]],
    number: str = NOT_ISSUED,
) -> dict[str, Any]:
    """Return the row of a bulletin's paper, to be looked at or printed without being issued."""
    person = reader.person
    writing = Writing(reader.session, person.street_id, day_of(reader.now), person.name)
    row = bulletin_row(facts, said)
    return hall_paper_row(writing, BULLETIN, row, number=number, paper_id=NO_CASE)
