"""Logins of the shared server (数据库登录): made, changed and ended where staff come and go.

On one file nobody logs in at a server: there a verifier in `staff_secrets` is all.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desk.rules.codes import Role
from desk.store.models import Staff
from desk.store.pg_roles import group_of
from desk.store.signing_in import password_verifier


def set_login(session: Session, login: str, password: str, until: date | None) -> None:
    """Create or change a login of the server; only its verifier is sent there."""
    connection = session.connection().connection.driver_connection
    assert connection is not None  # noqa: S101 - the session is in a transaction
    verifier = connection.pgconn.encrypt_password(
        password.encode(), login.encode(), b"scram-sha-256"
    )
    session.execute(
        text("SELECT adm.set_login(:login, :verifier, CAST(:until AS timestamptz))"),
        {"login": login, "verifier": verifier.decode(), "until": until},
    )


def kept_password(session: Session, login: str, password: str, until: date | None = None) -> str:
    """Keep a password where this database keeps it; return what `staff_secrets` has of it.

    Raises:
        NotAllowed: the password is too short, or holds half characters.
    """
    verifier = password_verifier(password)
    if _is_file(session):
        return verifier
    set_login(session, login, password, until)
    return ""


def _is_file(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def is_login_taken(session: Session, login: str) -> bool:
    """Whether somebody has this login, in this street or, on a shared server, in another."""
    if _is_file(session):
        return session.scalar(select(Staff.id).where(Staff.login == login)) is not None
    return bool(session.scalar(text("SELECT is_login_taken(:login)"), {"login": login}))


def set_groups(session: Session, login: str, roles: Iterable[Role]) -> None:
    """Give a login the groups of these roles, and take all others; a file knows no logins."""
    if _is_file(session) or login == session.scalar(text("SELECT session_user")):
        return  # nobody gives himself groups
    groups = [group_of(role) for role in sorted(roles)]
    session.execute(
        text("SELECT adm.set_groups(:login, :groups)"), {"login": login, "groups": groups}
    )


def end_login(session: Session, login: str) -> None:
    """Let nobody log in under this name any more; what he did stays his."""
    if _is_file(session):
        return
    session.execute(text("SELECT adm.end_login(:login)"), {"login": login})
