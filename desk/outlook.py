"""What is seen of a hall from outside (门外): which one it is, or that there is none yet.

The first page waits for this, so no table and no action is imported for it: what signing in needs
is read while the clerk types his password (PERFORMANCE.md 7).
"""

from dataclasses import dataclass
from importlib import import_module

from sqlalchemy import Engine, text

from desk.rules.errors import DatabaseAway, DeskError
from desk.store.engine import make_engine, sqlite_path
from desk.store.fitting import newest_revision, require_current, revision_of

_HALL = text("SELECT name, hall_name, is_demo FROM streets")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can be seen from outside: which hall it is, or that there is none yet."""

    url: str
    street: str = ""
    hall: str = ""
    is_founded: bool = True
    is_demo: bool = False


def look(url: str) -> Outlook:
    """Open the database, making or upgrading our own file, and return which hall it is.

    Raises:
        WrongVersion: a shared database and this program do not fit together.
        DatabaseAway: it cannot be opened.
    """
    file = sqlite_path(url)
    engine = make_engine(url)
    try:
        if file is not None and not (file.exists() and _is_newest(engine)):
            import_module("desk.door").make_ready(url, file)
        require_current(engine)
        with engine.connect() as connection:
            found = connection.execute(_HALL).first()
    except DeskError:
        raise
    except Exception as error:
        if file is None:
            return Outlook(url)  # a shared database answers only to those who sign in
        raise DatabaseAway(
            "数据库文件打不开。请检查文件是否完好、能否写入；需要时用“管理”里的备份恢复。"
        ) from error
    finally:
        engine.dispose()
    if found is None:
        return Outlook(url, is_founded=False)
    return Outlook(url, str(found.name), str(found.hall_name), is_demo=bool(found.is_demo))


def _is_newest(engine: Engine) -> bool:
    """Return whether a file needs no upgrade; a newer one says itself what may be done with it."""
    return (revision_of(engine) or "") >= newest_revision()
