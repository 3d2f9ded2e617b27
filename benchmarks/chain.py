"""How fast the whole log is checked: every line's words, its link, and every anchor.

Run: python -m benchmarks.chain [--lines 1000000] [--database URL]; without an address it makes a
demo street on a file and writes lines behind its log until there are enough.
"""

import argparse
import resource
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from desk.demo.build import build_demo
from desk.queries.chain_health import chain_report, chain_state
from desk.store.base import canonical_json
from desk.store.chain import digest_of_texts, link_hash
from desk.store.database import Database
from desk.store.ids import new_id
from desk.store.models import ChainHead, Event
from desk.store.requests import Request
from desk.store.signing_in import sign_in_built_in
from desk.store.upgrade import upgrade

PART = 500  # one transaction; the server looks at its head once per line
PER_DAY = 2_000


def main() -> None:
    """Print lines per second and the memory it took."""
    options = argparse.ArgumentParser()
    options.add_argument("--lines", type=int, default=200_000)
    options.add_argument("--database", default="")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.database or f"sqlite:///{Path(folder) / 'chain.db'}"
        upgrade(url)
        build_demo(url, cases=50)
        database = sign_in_built_in(url)
        lengthen(database, given.lines)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start, busy = time.perf_counter(), time.process_time()
        report = database.read(chain_report)
        spent, busy = time.perf_counter() - start, time.process_time() - busy
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        print(
            f"{report.lines} lines, {report.anchors} anchors: {spent:.1f} s, "
            f"{report.lines / spent:,.0f} lines/s "
            f"({report.lines / busy:,.0f} per second of this process), {more:.0f} MB more memory, "
            f"{len(report.findings)} findings"
        )
        start = time.perf_counter()
        database.read(chain_state)
        print(f"at sign-in: {(time.perf_counter() - start) * 1000:.1f} ms")
        database.close()


def lengthen(database: Database, lines: int) -> None:
    """Write lines like those of a case behind the log, a day's work at a time."""
    shared = database.engine.dialect.name == "postgresql"
    with Session(database.engine) as session:
        newest = session.scalars(select(Event).order_by(Event.place.desc()).limit(1)).one()
        place, previous, at = newest.place, newest.hash, newest.recorded_at
        session.expunge(newest)
    payload = {
        "detail": "联系过，约好上门。" * 6,
        "before": {"cases.status": "accepted"},
        "after": {},
    }
    texts = canonical_json(payload), canonical_json(newest.result)
    about = ("case.contacted", newest.title, newest.desk_name, False)
    people = (newest.made_by, newest.sent_by, "")
    while place < lines:
        rows = []
        for _ in range(min(PART, lines - place)):
            place += 1
            if place % PER_DAY == 0:
                at += timedelta(days=1)
            salt = f"{place:032x}"
            digest = digest_of_texts(salt, about, *texts)
            line_id, command = new_id(), Request(made_by=0, happened_at=at).command
            mine = link_hash(previous, place, line_id, command, people, (at, at), digest)
            rows.append(
                {
                    "id": line_id,
                    "street_id": newest.street_id,
                    "command": command,
                    "kind": about[0],
                    "title": about[1],
                    "is_of_hall": False,
                    "made_by": people[0],
                    "sent_by": people[1],
                    "desk_name": about[2],
                    "happened_at": at,
                    "recorded_at": at,
                    "payload": payload,
                    "result": newest.result,
                    "salt": salt,
                    "digest": digest,
                    "session_user": "",
                    "place": place,
                    "previous_hash": previous,
                    "hash": mine,
                }
            )
            previous = mine
        with database.engine.begin() as connection:
            connection.execute(insert(Event), rows)
            if not shared:  # the server's trigger moves the head itself
                connection.execute(update(ChainHead).values(place=place, hash=previous))


if __name__ == "__main__":
    main()
