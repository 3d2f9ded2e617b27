"""Whether the log is what it was (留痕链核对): line by line, and against what was noted outside.

The lines are read as a stream, so a log of any length needs no more memory than a short one. The
whole log is read by the auditor, and by whoever maintains the database; all others only compare
the hashes of single lines with what their desk noted.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, Text, cast, func, select, text, type_coerce

from desk.queries.chain_walk import ChainWalk
from desk.queries.health import Finding
from desk.rules.anchors import Anchor, AnchorPlace, Explanation, Link, Misfit, misfits
from desk.rules.deeds import Deed
from desk.rules.errors import NotAllowed
from desk.rules.rights import may_in_hall
from desk.store.chain import GENESIS
from desk.store.database import Reader
from desk.store.models import (
    Case,
    ChainAnchor,
    ChainHead,
    Event,
    EventCase,
    EventMediation,
    Mediation,
    Staff,
)

EXPLAINED = "chain.explained"
_PART = "历史"
_BATCH = 2_000
_DAYS = 31  # of the database's own anchors that every sign-in looks at
_SERVER_LINKS = text(
    "SELECT place, hash, recorded_at FROM chain_links(:street, CAST(:places AS bigint[]))"
)
_UTC_TEXT = 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'


@dataclass(frozen=True, slots=True)
class ChainState:
    """Where the chain stands, and what somebody's own notes say about it."""

    head: Anchor | None
    misfits: tuple[Misfit, ...] = ()

    @property
    def is_broken(self) -> bool:
        """Whether something does not fit that nobody has explained."""
        return any(one.explained is None for one in self.misfits)


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a reading of the whole chain found: how many lines, anchors, and what is wrong."""

    lines: int
    anchors: int
    findings: tuple[Finding, ...]
    head: Anchor | None


def may_read_all(reader: Reader) -> bool:
    """Return whether the asker reads the whole log: the auditor, and who maintains it."""
    return may_in_hall(Deed.AUDIT, reader.person)


def chain_head(reader: Reader, street: int | None = None) -> Anchor | None:
    """Return where a street's chain stands now; None before its first line."""
    head = reader.session.get(ChainHead, street or reader.person.street_id)
    if head is None:
        return None
    return Anchor(head.place, head.hash, AnchorPlace.DATABASE, written_at=reader.now)


def chain_state(reader: Reader, noted: Sequence[Anchor] = ()) -> ChainState:
    """Compare single lines with what was noted outside: cheap, done at each sign-in."""
    street = reader.person.street_id
    head = chain_head(reader, street)
    if head is None:
        return ChainState(None)
    known = [head, *_own_anchors(reader, street, newest=_DAYS), *noted]
    links = _links(reader, {one.place for one in known})
    return ChainState(head, tuple(misfits(known, links, explanations(reader, street))))


def chain_findings(reader: Reader, noted: Sequence[Anchor] = ()) -> list[Finding]:
    """Return where the log is broken, as far as the asker may read it."""
    if not may_read_all(reader):
        return [Finding(_PART, one.sentence) for one in chain_state(reader, noted).misfits]
    found: list[Finding] = []
    own = reader.person.street_id
    streets = reader.session.scalars(select(ChainHead.street_id).order_by(ChainHead.street_id))
    for street in streets.all():
        found += chain_report(reader, street, noted if street == own else ()).findings
    return found


def chain_report(
    reader: Reader, street: int | None = None, noted: Sequence[Anchor] = ()
) -> ChainReport:
    """Read the whole log, and compare it with every anchor: of the database, and those noted.

    Raises:
        NotAllowed: the asker does not read the whole log.
    """
    if not may_read_all(reader):
        raise NotAllowed("整条留痕链由审计核对。请找本单位的审计人员。")
    street = street or reader.person.street_id
    head = chain_head(reader, street)
    known = [*_own_anchors(reader, street), *noted]
    walk = ChainWalk({one.place for one in known})
    for line in _lines(reader, street):
        walk.take(line)
    walk.end(*((head.place, head.hash) if head else (0, GENESIS)))
    wrong = [one.sentence for one in misfits(known, walk.links, explanations(reader, street))]
    findings = tuple(
        Finding(_PART, one) for one in (*walk.sentences, *wrong, *_unlinked(reader, street))
    )
    return ChainReport(walk.count, len(known), findings, head)


def explanations(reader: Reader, street: int) -> list[Explanation]:
    """Return what leaders said about a chain that did not fit (说明), oldest first."""
    rows = reader.session.execute(
        select(Event.recorded_at, Staff.name, Event.payload)
        .join(Staff, Staff.id == Event.made_by)
        .where(Event.street_id == street, Event.kind == EXPLAINED)
        .order_by(Event.recorded_at)
    )
    return [Explanation(at, by, str(payload.get("detail", ""))) for at, by, payload in rows]


def _own_anchors(reader: Reader, street: int, newest: int | None = None) -> list[Anchor]:
    rows = reader.session.scalars(
        select(ChainAnchor)
        .where(ChainAnchor.street_id == street)
        .order_by(ChainAnchor.day.desc())
        .limit(newest)
    )
    kept = AnchorPlace.DATABASE
    return [Anchor(one.place, one.hash, kept, one.day, one.written_at) for one in rows]


def _links(reader: Reader, places: Collection[int]) -> dict[int, Link]:
    """Return the lines with these numbers; the server tells their hashes to everybody."""
    session, street = reader.session, reader.person.street_id
    wanted = sorted(places)
    rows: Iterable[Any]
    if session.get_bind().dialect.name == "postgresql":
        rows = session.execute(_SERVER_LINKS, {"street": street, "places": wanted})
    else:
        rows = session.execute(
            select(Event.place, Event.hash, Event.recorded_at).where(
                Event.street_id == street, Event.place.in_(wanted)
            )
        )
    return {row.place: Link(row.hash, row.recorded_at) for row in rows}


def _lines(reader: Reader, street: int) -> Iterable[Any]:
    """Return the log as it is stored, texts unread: reading them would cost most of the time."""
    shared = reader.session.get_bind().dialect.name == "postgresql"

    def moment(column: Any) -> Any:
        utc = func.to_char(func.timezone("UTC", column), _UTC_TEXT)
        return utc if shared else type_coerce(column, String)

    query = (
        select(
            Event.place,
            Event.id,
            cast(Event.command, String).label("command"),
            Event.made_by,
            Event.sent_by,
            Event.session_user,
            moment(Event.happened_at).label("happened_at"),
            moment(Event.recorded_at).label("recorded_at"),
            Event.digest,
            Event.salt,
            Event.kind,
            Event.title,
            Event.desk_name,
            Event.is_of_hall,
            type_coerce(Event.payload, Text).label("payload"),
            type_coerce(Event.result, Text).label("result"),
            Event.previous_hash,
            Event.hash,
        )
        .where(Event.street_id == street)
        .order_by(Event.place)
    )
    return reader.session.execute(query.execution_options(yield_per=_BATCH))


def _unlinked(reader: Reader, street: int) -> list[str]:
    """Return that rows and log do not fit: a last change without a line, a link to no line."""
    cases = select(EventCase.event_id).where(
        EventCase.case_id == Case.id, EventCase.version == Case.version
    )
    mediations = select(EventMediation.event_id).where(
        EventMediation.mediation_id == Mediation.id, EventMediation.version == Mediation.version
    )
    found = []
    for table, line, what in ((Case, cases, "件"), (Mediation, mediations, "件调解")):
        mine = table.street_id == street
        count = reader.session.scalar(select(func.count(table.id)).where(~line.exists(), mine))
        if count:
            found.append(f"{count} {what}的最后一次改动没有留痕。")
    for link in (EventCase, EventMediation):
        line = select(Event.id).where(Event.id == link.event_id)
        count = reader.session.scalar(
            select(func.count(link.event_id)).where(~line.exists(), link.street_id == street)
        )
        if count:
            found.append(f"{count} 次改动指向的留痕不见了。")
    return found
