"""The database as one member of staff sees it: read, and carry out requests."""

import hashlib
import secrets
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Engine, Uuid, cast, event, func, select, text
from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    InternalError,
    OperationalError,
    ProgrammingError,
)
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import ConnectionPoolEntry

from desk.rules.errors import DatabaseAway, DeskError, NotAllowed, ProgramTooOld, StaleCase
from desk.rules.late_uploads import is_late_upload, late_words
from desk.rules.rights import NOT_YOURS, Person
from desk.rules.versions import Fit
from desk.store.base import JsonText
from desk.store.chain import GENESIS, digest_of, link_hash
from desk.store.engine import WRITES
from desk.store.file_statistics import keep_statistics
from desk.store.gate import cleaned
from desk.store.identities import watch_sessions
from desk.store.ids import new_id
from desk.store.listening import Listening, Tell
from desk.store.looked_up import keep_rows
from desk.store.models import ChainHead, Event
from desk.store.patience import patient
from desk.store.presence import Sign, keep_sign
from desk.store.requests import ACTIONS, Changes, Request
from desk.store.rows_told import note_rows, rows_told
from desk.store.server_time import Clock, server_now
from desk.store.stopping import NoLongerWanted, Stop
from desk.store.telling import is_shown
from desk.store.transaction import Transaction

__all__ = [
    "Changes",
    "Database",
    "NoLongerWanted",
    "Reader",
    "Request",
    "Stop",
    "is_shown",
    "patient",
]

watch_sessions()  # identity numbers are sealed as they are saved, whoever saves them

Answer = TypeVar("Answer")
_TITLE_ROOM = 200
# the second is what a server says to a desk that was silent for too long within a transaction
_LOOKS_UP = text("SELECT set_config('plan_cache_mode', 'force_generic_plan', true)")
_LOST = (OperationalError, InternalError)
# subjects of history lines that everybody of the street may read
OF_THE_HALL = frozenset(
    [
        "booking",
        "calendar",
        "category",
        "chain",
        "deputy",
        "directory",
        "layout",
        "leader_area",
        "letterhead",
        "library",
        "place",
        "residents",
        "room",
        "rooms",
        "roster",
        "row",
        "rule_set",
        "setting",
        "staff",
        "street",
        "team",
        "time_rule",
        "unit",
    ]
)


@dataclass(frozen=True, slots=True)
class Reader:
    """All that a query may use: the session, who asks, and the server's time."""

    session: Session
    person: Person
    now: datetime

    def looks_up(self) -> None:
        """Let a server plan each statement of this read once, whatever key it is asked for next.

        A case is found by its id, and so is all that belongs to it: no plan is better for one id
        than for another. Planning it all anew for the first ten times takes three times as long
        as asking.
        """
        if self.session.get_bind().dialect.name == "postgresql":
            self.session.execute(_LOOKS_UP)


class Database:
    """The shared database as one member of staff sees it: PostgreSQL, or one SQLite file."""

    def __init__(self, engine: Engine, person: Person, *, clock: Clock | None = None) -> None:
        self.engine = engine
        self.person = person
        self.fit = Fit()
        self._clock = clock
        self._sitting = new_id()  # by which other desks are told apart from this one
        self._reading = engine.execution_options(postgresql_readonly=True)
        self._writer = engine.execution_options(**{WRITES: True})

    def read(self, query: Callable[[Reader], Answer], *, stop: Stop | None = None) -> Answer:
        """Return what `query` reads; nothing it does is kept.

        Args:
            stop: with it another thread ends the read.

        Raises:
            DatabaseAway: the database cannot be reached or is busy.
            NoLongerWanted: the read was stopped.
        """
        try:
            with Session(self._reading) as session, stop.watch(session) if stop else nullcontext():
                answer = query(Reader(session, self.person, self._now(session)))
                session.expunge_all()
                session.commit()  # after a rollback the driver prepares each statement anew
                return answer
        except _LOST as error:
            if stop is not None:
                stop.require_wanted()
            raise sorted_out(error) from error

    def carry_out(self, request: Request) -> Changes:
        """Carry out a request; a request that was carried out before gets its first answer.

        Raises:
            RuleBroken: the hall's rules do not allow it; nothing was changed.
            StaleCase: somebody changed the case meanwhile; nothing was changed.
            DatabaseAway: the database cannot be reached or is busy.
            ProgramTooOld: the database takes no more commands of this program.
        """
        if not self.fit.may_write:
            raise ProgramTooOld(self.fit.banner)
        try:
            return self._past_others(cleaned(request))
        except IntegrityError:
            with Session(self.engine) as session:  # the same command arrived twice at once
                if (known := _answer(session, request)) is not None:
                    return known
            raise
        except StaleDataError as error:
            raise StaleCase("此件刚被更新。您写的内容还在，请看过最新情况后再存。") from error
        except _LOST as error:
            raise sorted_out(error) from error

    def listen(self, tell: Tell) -> Callable[[], None]:
        """Hear at once that somebody wrote; `tell` is called in a thread. Return what ends it."""
        listening = Listening(self.engine, self.person.street_id, tell)
        listening.start()
        return listening.stop

    def touch_presence(self, case: int | None, writing: str = "") -> None:
        """Note which case this desk shows: the one thing that is written without a request.

        Args:
            case: None: none any more.
            writing: the deed that is being written there, or nothing.

        Raises:
            DatabaseAway: the database cannot be reached or is busy.
        """
        try:
            with Session(self._writer) as session, session.begin():
                sign = Sign(self._sitting, case, writing)
                keep_sign(session, self.person, self._now(session), sign)
        except _LOST as error:
            raise sorted_out(error) from error
        except ProgrammingError as error:  # the server keeps the rights itself
            if getattr(error.orig, "sqlstate", "") == _NO_RIGHT:
                raise NotAllowed(NOT_YOURS) from error
            raise

    def now(self) -> datetime:
        """Return the server's time.

        Raises:
            DatabaseAway: it does not answer.
        """
        try:
            with Session(self.engine) as session:
                return self._now(session)
        except _LOST as error:
            raise sorted_out(error) from error

    def close(self) -> None:
        """Drop the connections, those in use as soon as they are not; a read opens new ones."""
        keep_statistics(self.engine)
        # what is in use now comes back to a pool that nobody looks into any more; listened to
        # before the others are dropped, for one may come back just in between
        event.listen(self.engine.pool, "checkin", _drop_returned)
        self.engine.dispose()

    def _past_others(self, request: Request) -> Changes:
        """Carry out a request, once more where somebody held for too long what it needs.

        By then the server has let go of what a desk held whose cable was pulled out. What may wait
        is not tried again: it is kept at the desk, and told as saved.
        """
        try:
            return self._in_one_transaction(request)
        except OperationalError as error:
            if ACTIONS[type(request)].may_wait or not in_the_way(error):
                raise
        return self._in_one_transaction(request)

    def _in_one_transaction(self, request: Request) -> Changes:
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            if (known := _answer(session, request)) is not None:
                return known
            keep_rows(session)
            note_rows(session)
            registered = ACTIONS[type(request)]
            tx = Transaction(session, self.person, self._now(session))
            changes = _late(request, registered.carry_out(tx, request), tx.now)
            session.flush()  # versions are known now; the history line comes last
            line = _history_line(tx, request, changes.kind or registered.kind, changes)
            session.add(line)
            session.flush()
            session.add_all(tx.links(line))
            return changes

    def _now(self, session: Session) -> datetime:
        return server_now(session, self._clock)


def _drop_returned(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.invalidate()


def _answer(session: Session, request: Request) -> Changes | None:
    known = select(Event.result).where(Event.command == request.command)
    if session.get_bind().dialect.name == "postgresql":
        known = select(func.answer_to(cast(request.command, Uuid), type_=JsonText))
    result = session.scalar(known)
    return None if result is None else Changes.from_result(result)


def _late(request: Request, changes: Changes, now: datetime) -> Changes:
    """Return the changes with a word on how long a desk had to keep them (离线补录)."""
    if request.saved_at is None or not is_late_upload(request.saved_at, now):
        return changes
    said = late_words(request.saved_at, now)
    return replace(changes, detail="\n".join(filter(None, (changes.detail, said))))


def _history_line(tx: Transaction, request: Request, kind: str, changes: Changes) -> Event:
    salt = secrets.token_hex(16)
    payload: dict[str, Any] = {"detail": changes.detail, **tx.differences()}
    if rows := rows_told(tx.session):
        payload["rows"] = rows
    result = changes.as_result()
    title = changes.title  # made of names of any length; its column has room for this many
    title = title if len(title) <= _TITLE_ROOM else f"{title[: _TITLE_ROOM - 1]}…"
    is_of_hall = kind.partition(".")[0] in OF_THE_HALL and not tx.touched
    about = (kind, title, tx.person.desk_name, is_of_hall)
    line = Event(
        id=new_id(),
        street_id=tx.street_id,
        command=request.command,
        kind=kind,
        title=title,
        is_of_hall=is_of_hall,
        made_by=request.made_by,
        sent_by=tx.person.staff_id,
        desk_name=tx.person.desk_name,
        happened_at=request.happened_at,
        recorded_at=tx.now,
        payload=payload,
        result=result,
        salt=salt,
        digest=digest_of(salt, about, payload, result),
        session_user="",
        place=0,
        previous_hash=GENESIS,
        hash=hashlib.sha256(salt.encode()).hexdigest(),
    )
    if tx.session.get_bind().dialect.name == "sqlite":
        chain_on_sqlite(tx.session, line)
    return line


def chain_on_sqlite(session: Session, line: Event) -> None:
    """Put a line at the end of its street's chain; PostgreSQL does this in a trigger."""
    head = session.get(ChainHead, line.street_id)
    if head is None:
        head = ChainHead(street_id=line.street_id, place=0, hash=GENESIS)
        session.add(head)
    line.place = head.place + 1
    line.previous_hash = head.hash
    line.hash = link_hash(
        head.hash,
        line.place,
        line.id,
        line.command,
        (line.made_by, line.sent_by, line.session_user),
        (line.happened_at, line.recorded_at),
        line.digest,
    )
    head.place, head.hash = line.place, line.hash


_NO_RIGHT = "42501"  # of PostgreSQL: insufficient privilege
_IN_THE_WAY = frozenset({"55P03", "40P01"})  # a lock was not available; two waited for each other
_AWAY = "连不上数据库。内容还在，请检查网络后再试；仍不行请联系管机器的同事。"
# What a driver says, in lower case, and what the clerk is told; the first that fits.
_SENTENCES: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("locked", "lock timeout", "deadlock"),
        "别的窗口正在保存，这一次没有存上。内容还在，请再按一次。",
    ),
    (
        ("full", "no space"),
        "磁盘已满，没有存上。内容还在，请先清出空间再按一次。",
    ),
    (
        ("unable to open", "readonly"),
        "数据库文件打不开或不能写入。请检查文件所在的文件夹和权限。",
    ),
    (
        ("not a database", "malformed"),
        "这个文件不是本程序的数据库，或已经损坏。请核对路径，或从备份恢复。",
    ),
    (
        ("permission denied", "must be owner"),
        "这个账号没有权限，没有做成。请改用有权的账号，或请管机器的同事来做。",
    ),
    (("password authentication",), "工号或密码不对，请再输一次。"),
    (
        ("does not match host name",),
        "服务器的名称和它的证书对不上，所以没有连接。请核对登录页“连接设置”里的服务器名。",
    ),
    (
        ("certificate verify failed", "root certificate"),
        "服务器的证书不是本大厅的，或已过期，所以没有连接。请联系管机器的同事核对根证书。",
    ),
    (
        ("no pg_hba.conf entry", "does not support ssl"),
        "服务器不让这台电脑这样连接。请联系管机器的同事核对允许的网段和加密设置。",
    ),
    (
        ("translate host name", "resolve host", "name or service not known"),
        "找不到服务器。请核对登录页“连接设置”里的服务器名，或检查网络。",
    ),
    (
        ("too many connections for role",),
        "这个工号已在别处登录了好几处。请先把那边锁屏或退出，再登录。",
    ),
    (
        ("session is read-only", "not read-write", "recovery mode", "read-only transaction"),
        "服务器正在切换，暂时不能保存。内容还在，请一分钟后再试。",
    ),
)


def in_the_way(error: DBAPIError) -> bool:
    """Return whether somebody else held what was needed, so that another try may go through."""
    return getattr(error.orig, "sqlstate", "") in _IN_THE_WAY


def sorted_out(error: DBAPIError) -> DeskError:
    """Return the sentence that fits a database failure."""
    words = str(error.orig).lower()
    fits = (said for marks, said in _SENTENCES if any(mark in words for mark in marks))
    return DatabaseAway(next(fits, _AWAY))


def ping(engine: Engine) -> None:
    """Raise DatabaseAway unless the database answers."""
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except OperationalError as error:
        raise sorted_out(error) from error
