"""Codes are lower-case ASCII and stay what they are once released."""

import inspect
from enum import StrEnum

import pytest

from desk.rules import codes
from desk.rules.codes import CaseStatus, ClockKind, Exit, Role, Urgency

TABLES = [
    table
    for _, table in inspect.getmembers(codes, inspect.isclass)
    if issubclass(table, StrEnum) and table is not StrEnum
]
# Stored in every hall's database: a change here needs a migration, not a new list.
RELEASED = {
    Urgency: "urgent fast routine",
    Exit: "on_spot own_unit transfer guidance",
    CaseStatus: (
        "received dispatched accepted handling opinion signing sealing delivering follow_up "
        "closed archived guided parked merged withdrawn"
    ),
    ClockKind: "dispatch accept contact verify handle opinion follow_up",
    Role: (
        "clerk dispatcher handler community follow_up leader chief office mediator secretary "
        "inspector archivist auditor administrator outsider"
    ),
}


@pytest.mark.parametrize("table", TABLES)
def test_codes_are_short_lower_case_ascii_named_like_their_members(table):
    for code in table:
        assert code.value == code.name.lower()
        assert code.value.isascii()
        assert len(code.value) <= 24


@pytest.mark.parametrize("table", RELEASED)
def test_released_codes_stay(table):
    assert set(RELEASED[table].split()) <= {code.value for code in table}
