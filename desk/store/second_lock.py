"""The second lock (二次验证): one's own password again before caucus notes are shown (9.4)."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from desk.rules.errors import NotAllowed
from desk.rules.moments import in_shanghai
from desk.rules.rights import Person
from desk.store.hall_rules import setting
from desk.store.models import StaffSecret
from desk.store.signing_in import password_matches


@dataclass(frozen=True, slots=True)
class SecondKey:
    """An opened second lock: whose it is, and until when it stays open."""

    staff_id: int
    until: datetime

    def opens_for(self, person: Person, now: datetime) -> bool:
        """Return whether the lock is open for this person now."""
        return self.staff_id == person.staff_id and now < self.until


def second_key(session: Session, person: Person, password: str, now: datetime) -> SecondKey:
    """Return the key that the person's own password gives for a few minutes.

    Raises:
        NotAllowed: the password is wrong.
    """
    if not is_own_password(session, person, password):
        raise NotAllowed("密码不对，请再输一次您的登录密码。", field="password")
    today = in_shanghai(now).date()
    minutes = int(setting(session, person.street_id, "caucus_minutes", today))
    return SecondKey(person.staff_id, now + timedelta(minutes=minutes))


def is_own_password(session: Session, person: Person, password: str) -> bool:
    """Compare with what the person signed in with: the server's password, or our verifier."""
    bind = session.get_bind()
    known = bind.url.password if isinstance(bind, Engine) else None
    if known is not None:
        return hmac.compare_digest(str(known).encode(), password.encode(errors="replace"))
    secret = session.get(StaffSecret, person.staff_id)
    return secret is not None and password_matches(secret.verifier, password)
