"""What every test may use: a clock, a real server, databases made by the migrations."""

import gc
import itertools
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM") or "offscreen"  # before any Qt

import hypothesis
import pytest
from argon2 import PasswordHasher
from coverage import Coverage

from desk.rules.moments import SHANGHAI
from desk.store import signing_in
from tests.clock import HandClock

gc.disable()  # until all is there: what is imported and collected stays
pytest_plugins = [
    "tests.compiled_once",
    "tests.made_once",
    "tests.demo_street",  # before those that import it
    "tests.databases",
    "tests.cups_server",
    "tests.sane_scanner",
    "tests.x_server",
]

# the same examples on every machine, and no failure because a machine is busy
hypothesis.settings.register_profile("hall", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("hall")
_homes = itertools.count(1)


# Tracing costs a fifth of a test; one engine of these shows whether every line of rules and actions
# is covered.
MEASURED = {"rules", "actions", "exchange"}
UNMEASURED = "unmeasured"  # long ones that go where shorter tests have been line by line


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark of tests known that are never traced."""
    config.addinivalue_line("markers", f"{UNMEASURED}: covers nothing that others do not cover")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Trace only tests that are there to cover the rules and actions, if anything is traced."""
    tracing = Coverage.current()
    if tracing is None or _is_measured(item):
        return (yield)
    tracing.stop()
    try:
        return (yield)
    finally:
        tracing.start()


def _is_measured(item: pytest.Item) -> bool:
    folder = item.path.relative_to(Path(__file__).parent).parts[0]
    is_long = item.get_closest_marker(UNMEASURED) is not None
    return folder in MEASURED and "postgresql" not in item.name and not is_long


def pytest_collection_finish() -> None:
    """Leave what is there for the whole session out of every search for garbage."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 50)  # nine thousand tests make much that lives long


@pytest.fixture(scope="session", autouse=True)
def no_caches_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep caches of this session apart from those of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        yield


@pytest.fixture(autouse=True)
def no_settings_of_the_user(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Name folders of its own for each test: settings, drafts, databases; few tests make them."""
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(_homes))
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in [name for name in os.environ if name.startswith(("CASE_DESK_", "PG"))]:
        monkeypatch.delenv(name)


@pytest.fixture
def clock() -> HandClock:
    """Return a clock that stands at nine on an ordinary Monday in the hall."""
    return HandClock(datetime(2026, 11, 2, 9, 0, tzinfo=SHANGHAI))


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Store passwords so that they are quickly compared: being slow is their only protection."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing_in, "_HASHER", quick)
        yield
