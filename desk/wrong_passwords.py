"""How often a wrong password was given at this desk (输错密码), and how long it waits for the next.

The count lies in a small file of the workstation, so that opening the program again does not begin
anew. It slows down whoever guesses at a desk; on a shared server `auth_delay` slows down everybody
else, and on one file whoever has the file needs no password (RELIABILITY.md 2.6).
"""

import hashlib
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desk.rules.errors import NotAllowed
from desk.rules.login_rules import FREE_TRIES, wait_after
from desk.rules.moments import in_shanghai
from desk.settings import data_folder

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_WAIT = (
    "工号 {login} 的密码已连续输错 {count} 次，请 {until:%H:%M:%S} 后再试。忘了密码请找管理员重设。"
)


def require_no_wait(url: str, login: str, now: datetime) -> None:
    """Raise NotAllowed while the wait after wrong passwords is not over."""
    count, last = _known(url, login)
    until = last + timedelta(seconds=wait_after(count, FREE_TRIES))
    if last <= now < until:  # a clock that was set back begins no longer wait
        words = _WAIT.format(login=login, count=count, until=in_shanghai(until))
        raise NotAllowed(words, field="password")


def count_wrong(url: str, login: str, now: datetime) -> None:
    """Remember one more wrong password."""
    kept = _read()
    count, _last = _known(url, login)
    kept[_key(url, login)] = [count + 1, now.isoformat()]
    _write(kept)


def forget_wrong(url: str, login: str) -> None:
    """Begin anew after the right password."""
    kept = _read()
    if kept.pop(_key(url, login), None) is not None:
        _write(kept)


def _known(url: str, login: str) -> tuple[int, datetime]:
    try:
        count, last = _read()[_key(url, login)]
        return int(count), datetime.fromisoformat(str(last))
    except (KeyError, TypeError, ValueError):
        return 0, _LONG_AGO


def _key(url: str, login: str) -> str:
    return hashlib.sha256(f"{url}|{login}".encode()).hexdigest()[:16]


def _file() -> Path:
    return data_folder() / "wrong-passwords.json"


def _read() -> dict[str, list[int | str]]:
    try:
        stored = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _write(kept: dict[str, list[int | str]]) -> None:
    with suppress(OSError):  # a full disk keeps nobody out
        _file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _file().write_text(json.dumps(kept), encoding="utf-8")
