"""What a login may do and how good a password must be (登录与密码规则, RELIABILITY.md 2.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

# What is set for every login of a member of staff on the shared database: `ALTER ROLE … SET name
# = value`. A desk that died, or a shell left open, must hold neither rows nor connections.
LOGIN_SETTINGS: tuple[tuple[str, str], ...] = (
    ("statement_timeout", "30s"),
    ("lock_timeout", "5s"),
    # what holds no rows; whoever writes from a window holds them for three seconds at most, as
    # `store.engine` asks of each such transaction
    ("idle_in_transaction_session_timeout", "15s"),
    ("idle_session_timeout", "30min"),
)
# One desk needs three: two for its work, one that listens. Twice that, as a new sign-in may come
# before the server has noticed that the old one is gone.
CONNECTION_LIMIT = 6

WARN_DAYS = 14  # before a password runs out, so that nobody is surprised on a Monday morning
# after it ran out it still opens the page where it is changed: for who was on leave
GRACE_DAYS = 30
FREE_TRIES = 5  # wrong passwords in a row before a desk waits
_KINDS = ("大写字母", "小写字母", "数字", "符号")


@dataclass(frozen=True, slots=True)
class PasswordRules:
    """How good a password of this hall must be.

    Attributes:
        shortest: how many characters at least.
        kinds: how many of capital letters, small letters, figures and signs at least.
        valid_days: after how many days it is changed; 0 for never.
        kept: how many of the last passwords may not be taken again.
    """

    shortest: int = 8
    kinds: int = 2
    valid_days: int = 90
    kept: int = 3

    @property
    def hint(self) -> str:
        """What is said beside the field."""
        kinds = f"，{'、'.join(_KINDS)}里至少 {self.kinds} 种" if self.kinds > 1 else ""
        return f"至少 {self.shortest} 位{kinds}；不要用工号、姓名或电话。"


def weakness(password: str, rules: PasswordRules, own: Iterable[str]) -> str:
    """Return what is wrong with a new password, or nothing.

    Args:
        own: what everybody knows of the person: login, name, telephone.
    """
    if len(password) < rules.shortest:
        return f"密码至少 {rules.shortest} 位，请再长一些。"
    if _kinds_in(password) < rules.kinds:
        return f"密码要在{'、'.join(_KINDS)}里至少用 {rules.kinds} 种，请再改一改。"
    folded = password.casefold()
    if any(len(word) >= 3 and word.casefold() in folded for word in own):  # noqa: PLR2004 - shorter ones are in any password
        return "密码里不要有自己的工号、姓名或电话，请换一个。"
    if len(set(folded)) < 4:  # noqa: PLR2004 - as good as one key held down
        return "密码里不同的字符太少，请换一个。"
    return ""


def _kinds_in(password: str) -> int:
    marks = {
        "upper"
        if character.isupper()
        else "lower"
        if character.islower()
        else "figure"
        if character.isdecimal()
        else "sign"
        for character in password
    }
    return len(marks)


def runs_out_on(changed: date, rules: PasswordRules) -> date | None:
    """Return from which day on a password must be changed at sign-in."""
    return changed + timedelta(days=rules.valid_days) if rules.valid_days else None


def ends_on(changed: date, rules: PasswordRules, leaves: date | None = None) -> date | None:
    """Return from which day on the server takes a password no more.

    Args:
        leaves: until when the person may sign in at all (outside staff).
    """
    runs_out = runs_out_on(changed, rules)
    ends = None if runs_out is None else runs_out + timedelta(days=GRACE_DAYS)
    return min((day for day in (ends, leaves) if day is not None), default=None)


def days_left_words(runs_out: date | None, today: date) -> str:
    """Return what is said at sign-in while a password is about to run out."""
    if runs_out is None or not 0 < (left := (runs_out - today).days) <= WARN_DAYS:
        return ""
    return f"您的密码还有 {left} 天到期，到期那天登录时要换一个。"


def wait_after(failures: int, free: int) -> int:
    """Return how many seconds a desk waits after so many wrong passwords in a row."""
    return 0 if failures < free else min(60 * 2 ** (failures - free), 900)
