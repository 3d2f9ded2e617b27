"""What a SQLite file knows of how many rows there are (统计), so that it asks the right index.

Without it SQLite takes a street for one of many, and looks for one case among all of its cases;
so it does after looking at a few rows only, and is told how many a street has. At a million cases
this is the difference between five milliseconds and half a second for a search.

Small files need none, and are not written to for it.
"""

from contextlib import suppress

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

LARGE = 4000  # pages of four kilobytes: some thousand cases
_LOOKED_AT = 400  # rows of an index
# an index by street: how many rows it has, how many SQLite believes one street to have, the rest
_OF_STREETS = """
SELECT s.rowid, s.stat FROM sqlite_stat1 s
WHERE s.idx IS NOT NULL
AND (SELECT name FROM pragma_index_info(s.idx) WHERE seqno = 0) = 'street_id'
"""
_HAS_SOME = "SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'"


def keep_statistics(engine: Engine) -> None:
    """Count again in a large file what has grown much since; a few rows of each index are read.

    A file that somebody else writes to, or that may not be written, is left for another day.
    """
    pool = engine.pool
    if engine.dialect.name != "sqlite" or not isinstance(pool, QueuePool) or not pool.checkedin():
        return  # nor is a file opened for it that nobody has read
    with suppress(DBAPIError), engine.connect() as connection:
        if (connection.exec_driver_sql("PRAGMA page_count").scalar() or 0) < LARGE:
            return
        connection.exec_driver_sql(f"PRAGMA analysis_limit = {_LOOKED_AT}")
        known = connection.exec_driver_sql(_HAS_SOME).scalar()
        connection.exec_driver_sql("PRAGMA optimize" if known else "ANALYZE")
        _tell_of_streets(connection)
        connection.commit()


def _tell_of_streets(connection: Connection) -> None:
    """Write down how many rows of each index one street has: all, where there is one street."""
    streets = connection.exec_driver_sql("SELECT count(*) FROM streets").scalar() or 1
    for row, stat in connection.exec_driver_sql(_OF_STREETS).all():
        rows, believed, *rest = stat.split()
        of_street = str(max(int(believed), int(rows) // streets))
        if of_street != believed:
            told = " ".join((rows, of_street, *rest))
            wanted = "UPDATE sqlite_stat1 SET stat = ? WHERE rowid = ?"
            connection.exec_driver_sql(wanted, (told, row))
