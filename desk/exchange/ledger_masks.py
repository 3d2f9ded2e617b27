"""A ledger row as others may read it (遮盖的台账): surnames, tails of numbers, estates."""

from dataclasses import replace

from desk.exchange.appeal_row import AppealRow
from desk.rules.identity import mask_address, mask_phone, mask_within, shown_name, split_phones

_HIDDEN_TAG = "要求保密"


def under_seal(row: AppealRow, shown: str) -> AppealRow:
    """Return the row of a case under seal (封存): nobody is named or reached through a ledger."""
    return replace(masked(row), appellant=shown, phone="", address="")


def masked(row: AppealRow) -> AppealRow:
    """Return the row with nothing in it by which the appellant could be reached."""
    is_hidden = _HIDDEN_TAG in row.tags
    shown = shown_name(row.appellant, is_hidden=is_hidden)

    def free(text: str) -> str:
        named = text.replace(row.appellant, shown) if row.appellant else text
        return mask_within(named)

    phones = "、".join(mask_phone(phone) for phone in split_phones(row.phone))
    return replace(
        row,
        appellant=shown,
        phone="" if is_hidden else phones,
        address="" if is_hidden else mask_address(row.address),
        title=free(row.title),
        details=free(row.details),
        opinion=free(row.opinion),
        excluded_reason=free(row.excluded_reason),
        discontent=(row.discontent[0], free(row.discontent[1])),
        note=free(row.note),
    )
