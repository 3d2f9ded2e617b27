"""A whole database in plain words (全库文本): the same on both engines where the same was done.

Ids become the name of their table and how manieth they are; what is drawn at random or hashed over
ids is left out.
"""

import re
from uuid import UUID

from sqlalchemy import select

from desk.store.base import Base

LEFT_OUT = {
    "command",
    "content_hash",
    "digest",
    "hash",
    "previous_hash",
    "salt",
    "session_user",
    "verifier",
    "version",  # goes up with every flush, and how many a deed takes is the driver's own affair
}
UNTOLD = {"staff_secrets", "old_passwords", "chain_heads", "identity_keys"}
_ID = re.compile(r"\d{15,19}")
_PERSON = re.compile(r"(person:|person_key=')[^'\s]+")  # by a key that each hall draws for itself
_SERIAL = re.compile(r"号-\d{8}\b")  # the end of a paper's id


def whole_dump(engine):
    """Return what every table holds, as a list of lines by table."""
    with engine.connect() as connection:
        found = {
            table: connection.execute(select(table)).mappings().all()
            for table in Base.metadata.sorted_tables
            if table.name not in UNTOLD
        }
    names = {}
    for table, rows in found.items():
        key = list(table.primary_key)
        if len(key) == 1 and isinstance(rows[0][key[0]] if rows else "", int):
            ids = sorted(row[key[0]] for row in rows if row[key[0]] not in names)
            names |= {number: f"{table.name}:{at}" for at, number in enumerate(ids, 1)}
    return {table.name: sorted(_line(row, names) for row in rows) for table, rows in found.items()}


def _line(row, names):
    told = {name: _told(value, names) for name, value in row.items() if name not in LEFT_OUT}
    return _PERSON.sub(r"\1…", " ".join(f"{name}={value}" for name, value in told.items()))


def _told(value, names):
    if isinstance(value, UUID):
        return "uuid"
    named = _ID.sub(lambda found: names.get(int(found[0]), found[0]), repr(value))
    return _SERIAL.sub("号", named)
