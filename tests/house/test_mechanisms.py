"""The handbook says of every mechanism of the field where it lives, or why it does not."""

import re
from pathlib import Path

from tests.house.sources import text_of

DOMAIN = Path(__file__).resolve().parents[3] / "shared" / "DOMAIN.md"
TABLE = "resources/handbook/mechanisms.md"


def missing(wanted: list[str], table: str) -> list[str]:
    """Return the mechanisms and sections that the table does not name."""
    return [code for code in wanted if f"（{code}）" not in table]


def wanted() -> list[str]:
    """Return every mechanism of DOMAIN.md 1.1–1.5, and the parts of its section 九."""
    text = DOMAIN.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (00\d-\d+) \|", text, re.MULTILINE)
    return rows + re.findall(r"^## (9\.\d)", text, re.MULTILINE)


def test_every_mechanism_stands_in_the_table_of_the_handbook():
    codes = wanted()
    assert len(codes) > 60
    assert missing(codes, text_of(TABLE)) == []


def test_a_mechanism_that_was_forgotten_is_found():
    assert missing(["002-1", "002-2"], "| 首问首办（002-1） | 受理 |") == ["002-2"]
