"""What an erasure leaves in the file of a small hall (抹除的痕迹): none that a raw reader finds.

Freed pages are overwritten (`secure_delete`). The token index keeps what was removed until its
parts are made one, and the journal beside the file keeps old pages until it is emptied. On the
shared server the same is done by VACUUM, which the handbook's page for its keeper tells.
"""

from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

_ONE_PART = text("INSERT INTO case_index(case_index) VALUES ('optimize')")
_EMPTY = "PRAGMA wal_checkpoint(TRUNCATE)"


def forget_tokens(session: Session) -> None:
    """Make the token index one part without what was removed; seconds in a large hall."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(_ONE_PART)


def empty_journal_afterwards(session: Session) -> None:
    """Let nothing of before stay in the journal beside the file once this is committed.

    While another window reads, it stays until the next erasure or until the program is closed.
    """
    engine = session.get_bind().engine
    if engine.dialect.name == "sqlite":
        event.listen(session, "after_commit", lambda _: _empty_journal(engine), once=True)


def _empty_journal(engine: Engine) -> None:
    connection = engine.raw_connection()
    try:
        connection.cursor().execute(_EMPTY).fetchall()
    finally:
        connection.close()
