"""A table under a second name is the same to every thread, also when all come to it at once."""

import ast
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from sqlalchemy import select

import desk
from desk.store.aliases import alias_of
from desk.store.models import Case

HOUSE = Path(desk.__file__).parent
THREADS, TIMES = 8, 25


def asked_at_once(other):
    """Return what several threads ask of an alias when they come to it at the same moment."""
    start = Barrier(THREADS)

    def ask(_at):
        start.wait()
        return str(select(other.id).where(other.merged_into_id == Case.id))

    with ThreadPoolExecutor(THREADS) as threads:
        return set(threads.map(ask, range(THREADS)))


def test_every_thread_asks_the_alias_and_never_the_table():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        said = [asked_at_once(alias_of(Case)) for _ in range(TIMES)]

    for queries in said:
        assert len(queries) == 1
        assert "cases_1.merged_into_id = cases.id" in queries.pop()


def test_an_alias_that_a_module_keeps_is_made_ready_for_threads():
    def kept(source):
        for node in ast.parse(source).body:
            if isinstance(node, ast.Assign | ast.AnnAssign):
                yield from (
                    call.func.id
                    for call in ast.walk(node)
                    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
                )

    found = {
        path.relative_to(HOUSE).as_posix()
        for path in HOUSE.rglob("*.py")
        if "aliased" in kept(path.read_text(encoding="utf-8"))
    }
    assert found == set()
