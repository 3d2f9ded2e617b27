"""Every column that could hold personal data says what becomes of it, and why (去留表)."""

from sqlalchemy import Enum, LargeBinary, String, Text

import desk.store.models  # noqa: F401 - fills the tables
from desk.rules.personal_data import NOT_PERSONAL, PERSONAL, Fate, fate_of
from desk.store.base import Base, JsonText, UtcTime
from desk.store.frozen_rows import FrozenRow

# Codes and figures that say something about a person all the same.
ABOUT_PEOPLE = {"sex", "birth_year"}


def holds_words(column):
    """Return whether a column may hold words, whole rows or bytes."""
    if isinstance(column.type, UtcTime | Enum):
        return column.name in ABOUT_PEOPLE
    return (
        isinstance(column.type, String | Text | JsonText | FrozenRow | LargeBinary)
        or column.name in ABOUT_PEOPLE
    )


def columns():
    return {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if holds_words(column)
    }


def told():
    said = [
        (table, name)
        for table, rules in PERSONAL.items()
        for rule in rules
        for name in rule.columns
    ]
    said += [(table, name) for table, names in NOT_PERSONAL.items() for name in names.split()]
    return said


def test_every_column_with_words_has_its_line_in_the_table_of_personal_data():
    missing = columns() - set(told())
    assert not missing, f"rules/personal_data.py: erase, mask or retain? {sorted(missing)}"


def test_no_line_is_about_a_column_that_is_not_there_or_said_twice():
    said = told()
    assert set(said) <= columns(), sorted(set(said) - columns())
    assert len(said) == len(set(said))


def test_who_the_appellant_is_never_outlives_his_file():
    for table in ("private_facts", "identity_numbers", "case_search", "mediation_parties"):
        for rule in PERSONAL[table]:
            assert rule.fate is Fate.ERASE, table
    assert fate_of("events", "payload").fate is Fate.ERASE
    assert fate_of("cases", "number") is None


def test_every_rule_says_why():
    assert all(rule.why for rules in PERSONAL.values() for rule in rules)
