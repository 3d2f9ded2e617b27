"""The handbook says of every mechanism of the field where it lives, or why it does not."""

from tests.house.sources import text_of

ROWS = {"002": 25, "001": 14, "000": 8, "003": 11, "004": 6}
TABLE = "resources/handbook/mechanisms.md"


def missing(wanted: list[str], table: str) -> list[str]:
    """Return the mechanisms and sections that the table does not name."""
    return [code for code in wanted if f"（{code}）" not in table]


def wanted() -> list[str]:
    """Return every mechanism of DOMAIN.md 1.1–1.5, and the parts of its section 九."""
    rows = [f"{place}-{row}" for place, last in ROWS.items() for row in range(1, last + 1)]
    return [*rows, *(f"9.{part}" for part in range(1, 7))]


def test_every_mechanism_stands_in_the_table_of_the_handbook():
    assert missing(wanted(), text_of(TABLE)) == []


def test_a_mechanism_that_was_forgotten_is_found():
    assert missing(["002-1", "002-2"], "| 首问首办（002-1） | 受理 |") == ["002-2"]
