"""What the window needs to know of the hall and of whoever has just signed in (登录之后)."""

from dataclasses import dataclass, field

from sqlalchemy import select

from desk.rules.login_rules import PasswordRules, days_left_words, runs_out_on
from desk.rules.moments import day_of
from desk.store.database import Reader
from desk.store.hall_rules import setting
from desk.store.models import StaffSecret, Street, UnitVersion
from desk.store.models.hall import today_rows
from desk.store.passwords import password_rules

_SET_BY_OTHERS = "您现在的密码是管理员设的，换好就进入。"
_RAN_OUT = "您的密码到期了，换好就进入。"
_SHORTEST, _LONGEST = 1, 10  # 等保二级:不超过十分钟


@dataclass(frozen=True, slots=True)
class Start:
    """The hall, and the person in it.

    Attributes:
        must_change: why the password must be changed now: somebody else has set it, or it ran
            out; nothing while it is good.
        password_rules: what a new password must be like.
        password_words: how many days the password has left, once there are few.
        lock_minutes: after how long without a key or a move of the mouse the screen is locked.
    """

    street: str
    hall: str
    is_demo: bool
    unit: str
    must_change: str
    lock_minutes: int
    password_rules: PasswordRules = field(default_factory=PasswordRules)
    password_words: str = ""


def start(reader: Reader) -> Start:
    """Return what the window shows around all screens."""
    person, today = reader.person, day_of(reader.now)
    street = reader.session.execute(
        select(Street.name, Street.hall_name, Street.is_demo).where(Street.id == person.street_id)
    ).one()
    unit = reader.session.scalar(
        select(UnitVersion.short_name).where(
            UnitVersion.unit_id == person.home_unit_id, today_rows(UnitVersion, today)
        )
    )
    secret = reader.session.execute(
        select(StaffSecret.must_change, StaffSecret.changed_at).where(
            StaffSecret.staff_id == person.staff_id
        )
    ).first()
    rules = password_rules(reader.session, person.street_id, today)
    runs_out = None if secret is None else runs_out_on(day_of(secret.changed_at), rules)
    must_change = _SET_BY_OTHERS if secret is not None and secret.must_change else ""
    if not must_change and runs_out is not None and runs_out <= today:
        must_change = _RAN_OUT
    minutes = setting(reader.session, person.street_id, "lock_minutes", today)
    return Start(
        street=street.name,
        hall=street.hall_name,
        is_demo=street.is_demo,
        unit=unit or "",
        must_change="" if street.is_demo else must_change,
        password_rules=rules,
        password_words="" if street.is_demo else days_left_words(runs_out, today),
        lock_minutes=min(max(int(minutes), _SHORTEST), _LONGEST),
    )
