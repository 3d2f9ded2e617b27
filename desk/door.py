"""The door of the hall (开门): everything that happens with a database before somebody is in.

Importing this module brings in SQLAlchemy, so only background work does it (PERFORMANCE.md 7).
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desk.actions.staffing import ChangePassword
from desk.clock import machine_now
from desk.outbox.away_pass import AwayDatabase, keep_pass, open_pass
from desk.outbox.journal import journal_name
from desk.queries.start import Start, start
from desk.rules.errors import NotAllowed
from desk.settings import data_folder
from desk.store.backup import backup
from desk.store.database import Database
from desk.store.engine import make_engine, sqlite_path
from desk.store.fitting import newest_revision, revision_of
from desk.store.patience import SILENCE
from desk.store.signing_in import sign_in
from desk.store.upgrade import upgrade
from desk.wrong_passwords import count_wrong, forget_wrong, require_no_wait


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody has come in.

    Attributes:
        is_away: without the server: he may register and do nothing else.
    """

    database: Database
    start: Start
    is_away: bool = False


def enter(url: str, login: str, password: str) -> Entered:
    """Sign in and return the database with what the window needs to know.

    Raises:
        NotAllowed: login or password are wrong, or were so too often just now.
        DatabaseAway, WrongVersion: see there.
    """
    require_no_wait(url, login, machine_now())
    try:
        database = sign_in(url, login, password, silence=SILENCE)
    except NotAllowed:
        count_wrong(url, login, machine_now())
        raise
    forget_wrong(url, login)
    try:
        return Entered(database, database.read(start))
    except Exception:
        database.close()
        raise


def enter_away(url: str, login: str, password: str) -> Entered:
    """Come in without the server, to register only, as the last good sign-in allows.

    Raises:
        NotAllowed: the password is another one, or was wrong too often just now.
        DatabaseAway: nobody of this login has signed in here of late.
    """
    require_no_wait(url, login, machine_now())
    try:
        kept = open_pass(passes_file(url), login, password, machine_now())
    except NotAllowed:
        count_wrong(url, login, machine_now())
        raise
    return Entered(AwayDatabase(url, login, kept), kept.start, is_away=True)


def keep_for_away(entered: Entered, url: str, login: str, password: str) -> None:
    """Leave on this workstation what is needed to register while the server is away."""
    if sqlite_path(url) is not None or entered.is_away:
        return
    with suppress(OSError):  # a full disk is told of where it matters
        keep_pass(passes_file(url), entered.database, entered.start, login.strip(), password)


def passes_file(url: str) -> Path:
    """Return where this workstation keeps who may register while the server is away."""
    return (data_folder() / "outbox" / journal_name(url)).with_suffix(".passes")


def change_password(entered: Entered, old: str, new: str) -> Entered:
    """Replace the password that somebody else has set by one's own, and come in with it.

    Raises:
        NotAllowed: it is too short, or the same as before.
    """
    database = entered.database
    database.carry_out(
        ChangePassword(
            made_by=database.person.staff_id, happened_at=database.now(), old=old, new=new
        )
    )
    url = database.engine.url
    if url.get_backend_name() == "sqlite":
        return entered
    database.close()  # the server lets nobody in again with the old one
    return enter(url.render_as_string(hide_password=False), url.username or "", new)


def make_ready(url: str, file: Path) -> None:
    """Make or upgrade the one file of this workstation; what is upgraded is copied before."""
    if not file.exists():
        upgrade(url)
        return
    engine = make_engine(url)
    try:
        found = revision_of(engine)
    finally:
        engine.dispose()
    if found is not None:
        with suppress(FileExistsError):
            backup(url, file.parent / "backups" / f"before-{newest_revision()}.db")
    upgrade(url)
