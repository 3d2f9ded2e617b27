"""What a SQLite file knows of how many rows there are (统计), so that it asks the right index.

Without it SQLite takes a street for one of many, and looks for one case among all of its cases.
Small files need none, and are not written to for it.
"""

from contextlib import suppress

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

LARGE = 4000  # pages of four kilobytes: some thousand cases
_LOOKED_AT = 400  # rows of an index
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
        connection.commit()
