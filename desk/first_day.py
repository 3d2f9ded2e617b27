"""The first day of a hall (建厅): founded, filled from a copy, or the fictional street to try out.

Apart from `desk.door`, so that nobody who signs in waits for what only the first day needs.
"""

import atexit
import shutil
import tempfile
from pathlib import Path

from desk.actions.first_texts import first_texts
from desk.actions.founding import FoundStreet, StreetPlan
from desk.actions.identity_keys import UseIdentityKey
from desk.demo.build import build_demo
from desk.outlook import Outlook, look
from desk.rules.rights import Person
from desk.store.backup import restore
from desk.store.database import Database
from desk.store.engine import make_engine
from desk.store.identity_keys import new_key
from desk.store.ids import new_id

DEMO_CASES = 160


def found(url: str, plan: StreetPlan) -> Outlook:
    """Found the street in the empty database and return it as seen from outside.

    Raises:
        RuleBroken: the plan does not hold together; nothing was written.
    """
    engine = make_engine(url)
    founder = Person(
        staff_id=new_id(),
        name="命令行",
        street_id=new_id(),
        unit_ids=frozenset(),
        roles=frozenset(),
        home_unit_id=0,
        is_built_in=True,
    )
    database = Database(engine, founder)
    try:
        database.carry_out(
            FoundStreet(made_by=founder.staff_id, happened_at=database.now(), plan=plan)
        )
        if engine.dialect.name == "sqlite":  # on a shared server the IT person makes the key
            me, now = founder.staff_id, database.now()
            database.carry_out(UseIdentityKey(made_by=me, happened_at=now, key_id=new_key().id))
        for text in first_texts(founder.staff_id, database.now()):
            database.carry_out(text)
    finally:
        database.close()
    return look(url)


def restore_copy(url: str, file: Path) -> Outlook:
    """Fill the empty database from a copy and return it as seen from outside."""
    restore(file, url)
    return look(url)


def look_at_demo() -> Outlook:
    """Fill a throw-away database with the fictional street and return it as seen from outside."""
    folder = Path(tempfile.mkdtemp(prefix="case-desk-demo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    url = f"sqlite:///{(folder / 'demo.db').as_posix()}"
    build_demo(url, cases=DEMO_CASES)
    return look(url)
