"""What the program needs is pinned with hashes, named by no index, and explained in the README."""

import re
import tomllib

import pytest

from tests.house.sources import ROOT, text_of

RUNTIME = "requirements.lock"
DEVELOPMENT = "requirements-dev.lock"
LOCKS = [RUNTIME, DEVELOPMENT, "requirements-bundle.lock", "scripts/bundle/older-glibc.lock"]


def pins_of(lock: str) -> dict[str, str]:
    """Return the version of each package in a lock."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))


def lock_troubles(lock: str) -> list[str]:
    """Return the lines of a lock that are not a pin with hashes."""
    joined = lock.replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line and not line.lstrip().startswith("#")]
    pin = re.compile(r"[a-z0-9-]+==\S+( ; [^#\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    return [line[:60] for line in lines if not pin.fullmatch(line)]


def plain_name(requirement: str) -> str:
    """Return the name of a requirement as the locks spell it."""
    name = re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def project() -> dict:
    """Return the project's own description."""
    return tomllib.loads(text_of("pyproject.toml"))["project"]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_is_nothing_but_pins_with_hashes(name):
    lock = text_of(name)
    assert lock_troubles(lock) == []
    assert "://" not in lock


def test_both_locks_pin_the_same_versions():
    pins = pins_of(text_of(DEVELOPMENT))
    assert {n: v for n, v in pins_of(text_of(RUNTIME)).items() if pins.get(n) != v} == {}


def test_the_locks_hold_all_that_the_project_asks_for():
    asked = {plain_name(one) for one in project()["dependencies"]}
    wanted_too = {plain_name(one) for one in project()["optional-dependencies"]["dev"]}
    assert asked - pins_of(text_of(RUNTIME)).keys() == set()
    assert wanted_too - pins_of(text_of(DEVELOPMENT)).keys() == set()


def test_the_release_of_qt_that_kills_the_process_is_excluded():
    (asked,) = [one for one in project()["dependencies"] if one.startswith("PySide6")]
    assert asked == "PySide6-Essentials>=6.8,<6.12"
    assert pins_of(text_of(RUNTIME))["pyside6-essentials"] < "6.12"


def test_the_readme_explains_every_dependency():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = [row.lower() for row in readme.splitlines() if row.startswith("|")]
    names = {re.split(r"[\[<>=]", one)[0].lower() for one in project()["dependencies"]}
    assert {name for name in names if not any(name in row for row in rows)} == set()


@pytest.mark.parametrize(
    "line",
    ["six==1.17.0", "six>=1 --hash=sha256:" + "0" * 64, "--index" + "-url example", "-e ."],
)
def test_a_line_without_pin_or_hash_is_found(line):
    assert lock_troubles(line)
