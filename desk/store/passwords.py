"""Passwords as the hall wants them (密码): good enough, changed in time, not one of the last."""

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desk.rules.errors import NotAllowed
from desk.rules.login_rules import PasswordRules, weakness
from desk.store.hall_rules import setting
from desk.store.ids import new_id
from desk.store.models import OldPassword, Staff
from desk.store.signing_in import password_matches, password_verifier
from desk.store.transaction import Transaction

_MOST_KEPT = 24
_USED = "这个密码您最近用过，请换一个。"


def password_rules(session: Session, street_id: int, on: date) -> PasswordRules:
    """Return the hall's rules for passwords on a day."""
    names = {"shortest": "password_shortest", "kinds": "password_kinds"}
    names |= {"valid_days": "password_days", "kept": "password_kept"}
    read = {name: int(setting(session, street_id, key, on)) for name, key in names.items()}
    return PasswordRules(**read)


def require_good_password(
    tx: Transaction, staff: Staff, password: str, field: str
) -> PasswordRules:
    """Return the hall's rules after a new password was measured by them.

    Raises:
        NotAllowed: it is too short, too simple, or made of what everybody knows of the person.
    """
    rules = password_rules(tx.session, tx.street_id, tx.today)
    if trouble := weakness(password, rules, (staff.login, staff.name, staff.phone or "")):
        raise NotAllowed(trouble, field=field)
    return rules


def require_new_password(tx: Transaction, staff: Staff, password: str, kept: int) -> None:
    """Remember one's own new password, unless one had it lately.

    Raises:
        NotAllowed: it is one of the last ones.
    """
    old = tx.session.execute(
        select(OldPassword.id, OldPassword.verifier)
        .where(OldPassword.staff_id == staff.id)
        .order_by(OldPassword.changed_at.desc(), OldPassword.id.desc())
    ).all()
    if any(password_matches(row.verifier, password) for row in old[:kept]):
        raise NotAllowed(_USED, field="new")
    forgotten = [row.id for row in old[_MOST_KEPT:]]
    tx.session.execute(delete(OldPassword).where(OldPassword.id.in_(forgotten)))
    tx.add(
        OldPassword(
            id=new_id(),
            street_id=tx.street_id,
            staff_id=staff.id,
            verifier=password_verifier(password),
            changed_at=tx.now,
        )
    )
