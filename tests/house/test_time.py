"""Rules and actions are told what time it is; only a few places look at a clock (HOUSE.md 7.3)."""

import ast

import pytest

from tests.house.sources import calls, python_files, text_of, tree_of

# Where the program meets the machine's clock; everything else is handed a moment or a clock.
CLOCKS = {
    "desk/clock.py",
    "desk/store/ids.py",
    "desk/demo/build.py",
}
# Workbooks know wall time only; there, and nowhere else, a moment may stand without its zone.
WALL_TIME = {"desk/exchange/cells.py", "desk/exchange/write_workbook.py"}
LOOKS_AT_THE_CLOCK = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "QDateTime.currentDateTime",
    "QDateTime.currentDateTimeUtc",
    "QDate.currentDate",
    "QTime.currentTime",
}


def clock_troubles(tree: ast.AST) -> list[str]:
    """Return where a module looks at the clock, or takes the zone off a moment."""
    troubles = []
    for line, name, call in calls(tree):
        if ".".join(name.split(".")[-2:]) in LOOKS_AT_THE_CLOCK:
            troubles.append(f"{line}: {name}")
        zone = next((word.value for word in call.keywords if word.arg == "tzinfo"), True)
        if name.endswith(".replace") and isinstance(zone, ast.Constant) and zone.value is None:
            troubles.append(f"{line}: a moment loses its zone")
    return troubles


def test_only_a_few_places_look_at_the_clock():
    modules = [n for n in python_files("desk/", "main.py") if n not in CLOCKS | WALL_TIME]
    assert modules
    assert {n: found for n in modules if (found := clock_troubles(tree_of(n)))} == {}


def test_every_place_named_as_a_clock_still_is_one():
    assert [name for name in CLOCKS if not clock_troubles(tree_of(name))] == []


def test_nobody_talks_the_linter_out_of_zones():
    excuse = "noqa: " + "DTZ"
    modules = [n for n in python_files() if n not in WALL_TIME and not n.startswith("tests/")]
    assert [name for name in modules if excuse in text_of(name)] == []


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)",
        "datetime.datetime.now(UTC)",
        "date.today()",
        "time.time()",
        "moment.replace(tzinfo=None)",
        "QDateTime.currentDateTime()",
    ],
)
def test_a_look_at_the_clock_is_found(line):
    assert clock_troubles(ast.parse(line))


def test_a_given_clock_is_no_trouble():
    assert clock_troubles(ast.parse("clock().replace(tzinfo=SHANGHAI, minute=0)")) == []
