"""Signing in: 工号 and password become a `Database` (HOUSE.md decision 8).

On PostgreSQL the password is that of the clerk's own login role; on SQLite a verifier in
`staff_secrets`. The command line acts as the built-in staff on SQLite and, on PostgreSQL, as the
staff member whose login is the role of the URL (else as the built-in staff).
"""

from datetime import date

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Engine, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from desk.rules.errors import NotAllowed
from desk.rules.moments import in_shanghai
from desk.store.database import Database, sorted_out
from desk.store.engine import make_engine
from desk.store.fitting import require_current
from desk.store.models import Staff, StaffSecret, Street
from desk.store.patience import SILENCE
from desk.store.people import person_of
from desk.store.server_time import Clock, server_now

BUILT_IN_LOGIN = "command-line"
SHORTEST_PASSWORD = 8
_HASHER = PasswordHasher()
_NO_STREET = "数据库里还没有街道。请先打开程序建立街道，或用“main.py demo --cases 0”建立演示街道。"
_REFUSALS = ("password authentication", "no password supplied", "认证失败")
_WRONG = "工号或密码不对，请再输一次。忘了密码请找管理员重设。"


def password_verifier(password: str) -> str:
    """Return the argon2 verifier of a password.

    Raises:
        NotAllowed: the password is too short, or holds half characters.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise NotAllowed(f"密码至少 {SHORTEST_PASSWORD} 位，请再长一些。", field="password")
    try:
        return _HASHER.hash(password)
    except UnicodeEncodeError:
        raise NotAllowed("密码里有残缺的字符，请换一个。", field="password") from None


def password_matches(verifier: str, password: str) -> bool:
    """Return whether a password fits its verifier."""
    try:
        return _HASHER.verify(verifier, password)
    except (VerifyMismatchError, UnicodeEncodeError):
        return False


def has_street(url: str) -> bool:
    """Return whether the database already belongs to a street."""
    engine = make_engine(url)
    try:
        require_current(engine)
        with Session(engine) as session:
            return session.scalar(select(Street.id).limit(1)) is not None
    except DBAPIError as error:
        raise sorted_out(error) from error
    finally:
        engine.dispose()


def sign_in(
    url: str,
    login: str,
    password: str,
    *,
    clock: Clock | None = None,
    silence: float | None = None,
) -> Database:
    """Return the database as the member of staff sees it.

    Args:
        silence: after how many seconds a silent server is given up; never, if not given.

    Raises:
        NotAllowed: login or password are wrong, or the member of staff has left.
        DatabaseAway, WrongVersion: see there.
    """
    parsed = make_url(url)
    shared = parsed.get_backend_name() == "postgresql"
    address = parsed.set(username=login, password=password) if shared else parsed
    engine = make_engine(address, silence=silence)
    try:
        fit = require_current(engine)
        with Session(engine) as session:
            today = in_shanghai(server_now(session, clock)).date()
            staff = _staff(session, login, today)
            if not shared:
                _check_password(session, staff, password)
            database = Database(engine, person_of(session, staff, today), clock=clock)
            database.fit = fit
            return database
    except DBAPIError as error:
        engine.dispose()
        if _is_password_refused(error):
            raise NotAllowed(_WRONG, field="password") from error
        raise sorted_out(error) from error
    except Exception:
        engine.dispose()
        raise


def kept_verifier(password: str) -> str:
    """Return the verifier of a password that somebody has just signed in with, however short."""
    return _HASHER.hash(password)


def server_answers(url: URL) -> bool:
    """Return whether the server can be reached; that it lets nobody in is an answer too."""
    engine = make_engine(url, silence=SILENCE)
    try:
        with engine.connect():
            return True
    except DBAPIError as error:
        return _is_password_refused(error)
    finally:
        engine.dispose()


def sign_in_built_in(url: str, *, clock: Clock | None = None) -> Database:
    """Return the database for the command line."""
    engine = make_engine(url)
    try:
        require_current(engine)
        with Session(engine) as session:
            today = in_shanghai(server_now(session, clock)).date()
            login = _role_of(engine, session)
            staff = session.scalar(select(Staff).where(Staff.login == login)) or session.scalar(
                select(Staff).where(Staff.is_built_in)
            )
            if staff is None:
                raise NotAllowed(_NO_STREET)  # noqa: TRY301 - the engine is closed below
            return Database(engine, person_of(session, staff, today), clock=clock)
    except DBAPIError as error:
        engine.dispose()
        raise sorted_out(error) from error
    except Exception:
        engine.dispose()
        raise


def _role_of(engine: Engine, session: Session) -> str:
    if engine.dialect.name == "sqlite":
        return BUILT_IN_LOGIN
    return str(session.scalar(text("SELECT session_user")))


def _staff(session: Session, login: str, today: date) -> Staff:
    staff = session.scalar(
        select(Staff).where(Staff.login == login.strip(), Staff.is_built_in.is_(False))
    )
    if staff is None or (staff.valid_to is not None and staff.valid_to <= today):
        raise NotAllowed(_WRONG, field="login")
    return staff


def _is_password_refused(error: DBAPIError) -> bool:
    """Return whether the server itself refused; before sign-in libpq gives words and no code."""
    words = str(error.orig).lower()
    return any(mark in words for mark in _REFUSALS)


def _check_password(session: Session, staff: Staff, password: str) -> None:
    secret = session.get(StaffSecret, staff.id)
    if secret is not None and password_matches(secret.verifier, password):
        return
    raise NotAllowed(_WRONG, field="password")
