"""Search at a million cases of one street: any piece of one to many letters, by whoever asks.

Each kind of word is drawn from the texts themselves and asked as the windows ask it, by a leader
who sees all and by a community that sees its own. Beside it stands what it replaces: LIKE from the
newest to the oldest text. What the texts are made of is said in `benchmarks.residents`: a telephone
number stands in about three cases, as in life, and no two cases say the same.

Run: python -m benchmarks.search [--engine postgresql] [--cases 1000000] [--words 20]
     python -m benchmarks.search --database ADDRESS   where such a database is there already
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.engine import Connection

from benchmarks.million import multiply
from benchmarks.million_file import multiply_file
from benchmarks.server import Server, running_server
from desk.demo.build import build_demo
from desk.demo.street import DEMO_PASSWORD
from desk.queries.search import find
from desk.rules.search_text import like_pattern, search_terms
from desk.store.database import Database, Reader
from desk.store.search_index import search
from desk.store.signing_in import sign_in

BASE = 2000
MOST = 50
PEOPLE = (("1013", "分管领导"), ("1018", "社区"))
FIRST_OF_NUMBERS = "1000"  # as the residents' begin


def main() -> None:
    """Print p50 and p95 in milliseconds for each kind of word."""
    options = argparse.ArgumentParser()
    options.add_argument("--engine", choices=("postgresql", "sqlite"), default="postgresql")
    options.add_argument("--cases", type=int, default=1_000_000)
    options.add_argument("--words", type=int, default=20)
    options.add_argument("--database", help="ask this one, which is filled already")
    chosen = options.parse_args()
    with ExitStack() as whole:
        url = whole.enter_context(many_cases(chosen.engine, chosen.cases, chosen.database))
        connection = whole.enter_context(create_engine(_driven(url)).connect())
        many = connection.scalar(text("SELECT count(*) FROM cases"))
        print(f"{many:,} cases of one street; p50 / p95 in ms, newest {MOST}")
        kinds = dict(kinds_of_words(connection, random.Random(1), chosen.words))
        for login, who in PEOPLE:
            database = sign_in(_of(url, login), login, DEMO_PASSWORD)
            print(who)
            for kind, words in kinds.items():
                told(database, kind, words)
            database.close()
        beside_like(connection, kinds)


def _driven(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _of(url: str, login: str) -> str:
    """Return the address for somebody's own login."""
    address = make_url(url)
    return url if address.drivername == "sqlite" else str(address.set(username=login))


@contextmanager
def many_cases(engine: str, cases: int, database: str | None) -> Iterator[str]:
    """Yield the address of a database with so many cases: the one that is named, or a new one."""
    if database is not None:
        yield database
    elif engine == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield filled_file(Path(folder) / "million.db", cases)
    else:
        with running_server() as server:
            filled(server, cases)
            yield server.url("million", "postgres")


def filled(server: Server, cases: int) -> int:
    """Make the database and return how many cases it holds."""
    url = server.create("million")
    build_demo(url, cases=BASE)
    with server.superuser("million") as connection:
        begun = time.perf_counter()
        many = multiply(connection, cases, base=BASE, streets=1)
        connection.execute("CHECKPOINT")
        print(f"filled in {time.perf_counter() - begun:.0f} s", flush=True)
    return many


def filled_file(file: Path, cases: int) -> str:
    """Make the file of a small hall and return its address."""
    url = f"sqlite:///{file}"
    build_demo(url, cases=BASE)
    begun = time.perf_counter()
    multiply_file(file, cases, base=BASE)
    print(f"filled in {time.perf_counter() - begun:.0f} s", flush=True)
    return url


def kinds_of_words(
    connection: Connection, draw: random.Random, count: int
) -> Iterator[tuple[str, list[str]]]:
    """Yield kinds of words, each drawn from texts across all years."""
    rows = connection.execute(
        text("SELECT doc FROM case_search WHERE seek % 997 = 3 AND NOT is_kept LIMIT 20000")
    ).all()
    docs = [str(row[0]).split("\n") for row in rows]

    def pieces(length: int, *, keep: Callable[[str], bool]) -> list[str]:
        found: list[str] = []
        while len(found) < count:
            line = draw.choice(draw.choice(docs))
            if len(line) >= length and keep(line):
                start = draw.randrange(len(line) - length + 1)
                found.append(line[start : start + length])
        return found

    for length in (1, 2, 3, 4, 8):
        yield f"{length} 个汉字", pieces(length, keep=_is_said)
    numbers = pieces(11, keep=lambda line: len(line) == 11 and line.startswith(FIRST_OF_NUMBERS))
    yield "电话", numbers
    yield "电话后四位", [number[-4:] for number in numbers]
    yield "编号的一段", pieces(3, keep=str.isdigit)
    yield "拼音", pieces(3, keep=lambda line: line.isalpha() and line.isascii())
    two = pieces(2, keep=_is_said)
    yield "两个词", [f"{one} {other}" for one, other in zip(two, reversed(two), strict=True)]
    yield "没有的", [f"{letter}鼋鼍" for letter in "东南西北路灯电梯水"] + ["999888777", "zzzq"]


def _is_said(line: str) -> bool:
    return not any(letter.isascii() for letter in line)


def told(database: Database, kind: str, words: Sequence[str]) -> None:
    """Ask for each word, once to warm up and three times in earnest."""
    bare = [best(partial(database.read, partial(_ask, word=word))) for word in words]
    whole = [best(partial(database.read, partial(find, text=word))) for word in words]
    print(f"  {kind:<8} {figures(bare)}   in the box {figures(whole)}", flush=True)


def _ask(reader: Reader, word: str) -> object:
    return search(reader.session, reader.person, search_terms(word), now=reader.now, most=MOST)


def best(ask: Callable[[], object], times: int = 3) -> float:
    """Return the best of some times in milliseconds."""
    taken = []
    for _ in range(times + 1):
        begun = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - begun) * 1000)
    return min(taken[1:])


def figures(taken: list[float]) -> str:
    """Return p50 and p95."""
    ordered = sorted(taken)
    return f"{statistics.median(ordered):8.1f} / {ordered[int(0.95 * (len(ordered) - 1))]:8.1f}"


def beside_like(connection: Connection, kinds: dict[str, list[str]]) -> None:
    """Ask the same words with LIKE, without anybody's sight."""
    print("LIKE from the newest to the oldest")
    for kind, words in kinds.items():
        taken = []
        for word in words:
            patterns = [like_pattern(term.word) for term in search_terms(word)]
            where = " AND ".join(
                f"doc LIKE :p{place} ESCAPE '\\'" for place in range(len(patterns))
            )
            query = text(
                f"SELECT case_id FROM case_search WHERE {where} AND NOT is_kept "  # noqa: S608
                f"ORDER BY seek DESC LIMIT {MOST}"
            )
            begun = time.perf_counter()
            connection.execute(query, {f"p{at}": one for at, one in enumerate(patterns)}).all()
            taken.append((time.perf_counter() - begun) * 1000)
        print(f"  {kind:<8} {figures(taken)}", flush=True)


if __name__ == "__main__":
    main()
