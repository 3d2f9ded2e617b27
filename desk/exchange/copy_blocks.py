"""A case in the words of another platform's form (回填): blocks to copy, one for each field there.

Masked unless somebody asks for it in full who may know the appellant: it is his own work, or he
has just said why he looks. Whoever shows it in full notes the look.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from sqlalchemy import select

from desk.actions.intake import summary_of
from desk.exchange.appeal_lines import appeal_row
from desk.exchange.appeal_row import AppealRow
from desk.exchange.cell_words import cell_words
from desk.exchange.directory import read_directory
from desk.exchange.ledger_map import LedgerColumn, known_maps, map_of_kind
from desk.exchange.ledger_masks import masked
from desk.queries.own_work import is_own_work, looks_now
from desk.queries.platform_forms import PlatformFormView, platform_forms
from desk.rules.errors import NotAllowed
from desk.rules.identity import mask_within
from desk.rules.platform_forms import COPIED, SEPARATORS
from desk.rules.rights import NOT_FOUND
from desk.store.contacts_told import masked_words
from desk.store.database import Reader
from desk.store.models import Case, PrivateFacts
from desk.store.sight import seen_by
from desk.store.transaction import stand_of

_NOT_YOURS = "姓名、电话不归您本职查看。请先在案件卷里写理由查看，再复制完整的。"
_FREE = ("title", "details", "opinion", "excluded_reason", "note")


@dataclass(frozen=True, slots=True)
class Block:
    """What goes into one field of the other platform."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class FilledForm:
    """One form of another platform, filled with a case."""

    id: int
    name: str
    blocks: tuple[Block, ...]

    @property
    def whole(self) -> str:
        """Return all blocks below each other, each behind its heading."""
        return "\n".join(f"{block.heading}：{block.text}" for block in self.blocks)


@dataclass(frozen=True, slots=True)
class CopyOut:
    """All forms filled with one case; `may_full` tells whether the reader may have it in full."""

    case: int
    number: str
    forms: tuple[FilledForm, ...]
    is_full: bool
    may_full: bool


def copy_out(reader: Reader, case_id: int, *, is_full: bool = False) -> CopyOut:
    """Return the hall's forms filled with a case.

    Raises:
        NotAllowed: the reader does not see the case, or wants to know whom it is about and may not.
    """
    case = reader.session.scalar(select(Case).where(Case.id == case_id, seen_by(reader.person)))
    row = appeal_row(reader, read_directory(reader), case_id)
    if case is None or row is None:
        raise NotAllowed(NOT_FOUND)
    facts = _known_facts(reader, case)
    if is_full and facts is None:
        raise NotAllowed(_NOT_YOURS)
    named = _in_full(row, facts)
    told = named if is_full else _masked(reader, case, named)
    forms = tuple(
        FilledForm(form.id, form.name, blocks_of(told, form))
        for form in platform_forms(reader, is_import=False)
    )
    return CopyOut(case.id, case.number, forms, is_full, facts is not None)


def blocks_of(row: AppealRow, form: PlatformFormView) -> tuple[Block, ...]:
    """Return what goes into the fields of a form; a title is never empty."""
    told = replace(row, title=row.title or summary_of(row.details))
    columns, between = _columns(), SEPARATORS[form.separator]
    return tuple(
        Block(
            line.heading,
            between.join(filter(None, (cell_words(told, columns[name]) for name in line.columns))),
        )
        for line in form.lines
    )


@cache
def _columns() -> Mapping[str, LedgerColumn]:
    ledger = map_of_kind("诉求台账", known_maps())
    return {column.heading: column for column in ledger.columns if column.heading in COPIED}


def _known_facts(reader: Reader, case: Case) -> PrivateFacts | None:
    """Return whom the case is about, if the reader may know (`queries.case_file` says the same)."""
    stand = stand_of(reader.session, case)
    if not is_own_work(reader, case, stand) and not looks_now(reader, case.id):
        return None
    return reader.session.get(PrivateFacts, case.id)


def _in_full(row: AppealRow, facts: PrivateFacts | None) -> AppealRow:
    """Return the row with how to reach the appellant, as far as the reader may know."""
    if facts is None:
        return replace(row, appellant="", phone="", address="")
    return replace(
        row,
        appellant=facts.name or "",
        phone="/".join(filter(None, (facts.phone, facts.other_phone))),
        address=facts.site or facts.address or "",
    )


def _masked(reader: Reader, case: Case, row: AppealRow) -> AppealRow:
    """Return the row with masks, also where the database itself keeps the name from the reader."""
    named = partial(masked_words, reader.session, reader.person, case)
    own = masked(row)
    texts: dict[str, Any] = {name: mask_within(named(getattr(own, name))) for name in _FREE}
    reason, said = own.discontent
    return replace(
        own,
        appellant=case.appellant_shown,
        discontent=(reason, mask_within(named(said))),
        **texts,
    )
