"""Taking appeals in when the server is away at eight in the morning (离线登记).

The last good sign-in leaves on this workstation, per login, an argon2 verifier of the password and
the lists that the form needs. With them a clerk may register and do nothing else, for as many days
as the hall allows; when the server answers again, the password is asked for once more.
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy.engine import make_url

from desk.outbox.codec import read_value, write_value
from desk.queries.intake import IntakeHall, intake_hall
from desk.queries.start import Start
from desk.queries.suggestions import word_use
from desk.rules.deeds import Deed
from desk.rules.errors import DatabaseAway, NotAllowed
from desk.rules.hall_settings import AWAY_DAYS
from desk.rules.moments import day_of
from desk.rules.rights import Person, may_in_hall
from desk.rules.suggestions import WordUse
from desk.store.database import Answer, Changes, Database, Reader, Request
from desk.store.engine import make_engine
from desk.store.hall_rules import setting
from desk.store.signing_in import kept_verifier, password_matches, server_answers
from desk.store.stopping import Stop

_AWAY = "连不上服务器，现在只能登记：存在本机，联网后自动上传。"
_NOTHING_KEPT = (
    "连不上服务器。这台电脑上没有这个工号可用的离线登记凭据："
    "要先联网登录过，且没有过期。请换一台登录过的电脑，或先用纸质登记表。"
)
_WRONG = "工号或密码不对，请再输一次。连不上服务器时，用上次联网登录的密码。"
_BACKWARDS = timedelta(days=1)  # a clock set back further than this is not believed


@dataclass(frozen=True, slots=True)
class AwayPass:
    """What a good sign-in leaves behind for one login."""

    verifier: str
    person: Person
    start: Start
    hall: IntakeHall
    given_at: datetime
    good_until: datetime


def keep_pass(file: Path, database: Database, start: Start, login: str, password: str) -> None:
    """Leave what this login needs to register while the server is away; others stay as they are.

    Nothing is left for somebody who takes no appeals in, nor where the hall allows no days.
    """
    now, days, hall = database.read(_needed)
    passes = _read(file)
    passes.pop(login, None)
    if days > 0 and may_in_hall(Deed.REGISTER, database.person):
        made = AwayPass(
            kept_verifier(password), database.person, start, hall, now, now + timedelta(days=days)
        )
        passes[login] = json.loads(write_value(made))
    _write(file, passes)


def open_pass(file: Path, login: str, password: str, now: datetime) -> AwayPass:
    """Return what the last good sign-in of this login has left.

    Raises:
        DatabaseAway: nothing is left, or it has run out.
        NotAllowed: the password is another one.
    """
    found = _read(file).get(login.strip())
    if found is None:
        raise DatabaseAway(_NOTHING_KEPT)
    kept = read_value(AwayPass, json.dumps(found))
    if not kept.given_at - _BACKWARDS <= now < kept.good_until:
        raise DatabaseAway(_NOTHING_KEPT)
    if not password_matches(kept.verifier, password):
        raise NotAllowed(_WRONG, field="password")
    return kept


class AwayDatabase(Database):
    """The database as somebody sees it who came in without the server: the form's lists alone."""

    def __init__(self, url: str, login: str, kept: AwayPass) -> None:
        super().__init__(make_engine(make_url(url).set(username=login)), kept.person)
        self._answers: Mapping[Any, Any] = {intake_hall: kept.hall, word_use: WordUse()}

    def read(self, query: Callable[[Reader], Answer], *, stop: Stop | None = None) -> Answer:
        """Return one of the lists; there is nothing to wait for, so nothing to stop.

        Raises:
            DatabaseAway: it is something else.
        """
        if stop is not None:
            stop.require_wanted()
        if query not in self._answers:
            self._refuse()
        found: Answer = self._answers[query]
        return found

    def carry_out(self, request: Request) -> Changes:
        """Do nothing: what may wait is in the journal already.

        Raises:
            DatabaseAway: always.
        """
        del request
        self._refuse()

    def now(self) -> datetime:
        """Return no time: there is only this machine's.

        Raises:
            DatabaseAway: always.
        """
        self._refuse()

    def answers(self) -> bool:
        """Return whether the server can be reached again."""
        return server_answers(self.engine.url)

    def _refuse(self) -> NoReturn:
        raise DatabaseAway(_AWAY)


def _needed(reader: Reader) -> tuple[datetime, int, IntakeHall]:
    days = setting(reader.session, reader.person.street_id, AWAY_DAYS, day_of(reader.now))
    return reader.now, int(days), intake_hall(reader)


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(file: Path, passes: dict[str, Any]) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = file.with_suffix(".tmp")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(json.dumps(passes))
    beside.replace(file)
