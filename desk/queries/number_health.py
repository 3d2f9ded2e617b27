"""Whether every number that was taken is used (编号核对): cases, mediations and papers.

A number is taken in the transaction that uses it; on the shared database only together with a line
of the log. One that is used nowhere was burnt: by whom is found between its neighbours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import func, select

from desk.queries.health import Finding
from desk.rules.moments import in_shanghai
from desk.rules.numbering import NumberFormat, NumberKind, seed_formats
from desk.store.database import Reader
from desk.store.models import (
    Case,
    Counter,
    Event,
    Letterhead,
    Mediation,
    Paper,
    Setting,
    Staff,
    Whistle,
)
from desk.store.patience import takes_long

_PART = "编号"
_MOST = 20  # of one kind and year that are named one by one
_PAPERS: Mapping[NumberKind, str] = MappingProxyType(
    {
        NumberKind.ACCEPTANCE: "告知书",
        NumberKind.DISPATCH: "交办单",
        NumberKind.OPINION: "处理意见书",
        NumberKind.FOLLOW_UP: "回访登记表",
        NumberKind.ARCHIVE: "归档号",
        NumberKind.HANDOVER: "交接班表",
        NumberKind.SEAL_REGISTER: "用印登记",
        NumberKind.LIST: "目录、清单",
        NumberKind.SUPERVISION: "督办单",
        NumberKind.WHISTLE: "吹哨单",
        NumberKind.COMMENDATION: "表扬书",
        NumberKind.REMINDER: "提醒函",
    }
)


@dataclass(frozen=True, slots=True)
class _Run:
    """The numbers of one kind and year in one street, each with when it was taken, if known."""

    street: int
    year: int
    what: str
    last: int
    taken: Mapping[int, datetime | None]


@takes_long
def number_findings(reader: Reader) -> list[Finding]:
    """Return numbers that are missing, with the line that burnt them, and wrong counters."""
    return [
        *_row_findings(reader, Case, NumberKind.CASE, ""),
        *_row_findings(reader, Mediation, NumberKind.MEDIATION, "调解"),
        *(found for run in _paper_runs(reader) for found in _gaps(reader, run)),
    ]


def _row_findings(
    reader: Reader, table: type[Case | Mediation], kind: NumberKind, what: str
) -> Iterator[Finding]:
    rows = reader.session.execute(
        select(table.street_id, table.year, func.count(table.id), func.max(table.seq))
        .group_by(table.street_id, table.year)
        .order_by(table.street_id, table.year)
    ).all()
    counters = {
        (row.street_id, row.year): row.last
        for row in reader.session.execute(select(Counter).where(Counter.kind == kind.value))
        .scalars()
        .all()
    }
    for street, year, count, last in rows:
        counted = counters.get((street, year))
        if count != last:
            yield Finding(_PART, f"{year} 年{what}应有 {last} 个编号，实有 {count} 个。")
        if counted != last:
            yield Finding(_PART, f"{year} 年{what}的计数是 {counted}，应为 {last}。")
        if count != last or (counted or 0) > last:
            taken = _taken_rows(reader, table, street, year)
            yield from _gaps(reader, _Run(street, year, what, max(last, counted or 0), taken))


def _taken_rows(
    reader: Reader, table: type[Case | Mediation], street: int, year: int
) -> dict[int, datetime | None]:
    moment = Case.recorded_at if table is Case else Mediation.registered_at
    found = reader.session.execute(
        select(table.seq, moment).where(table.street_id == street, table.year == year)
    )
    return dict(found.all())


def _paper_runs(reader: Reader) -> Iterator[_Run]:
    """Yield the numbers of papers, however the hall has written them since the street began.

    Only whoever sees every paper can tell that one is missing.
    """
    if not (reader.person.is_built_in or reader.session.get_bind().dialect.name == "sqlite"):
        return
    kinds = [kind.value for kind in _PAPERS]
    counters = reader.session.scalars(
        select(Counter)
        .where(Counter.kind.in_(kinds))
        .order_by(Counter.street_id, Counter.year, Counter.kind)
    ).all()
    for street in sorted({counter.street_id for counter in counters}):
        written = _written_numbers(reader, street)
        for counter in (one for one in counters if one.street_id == street):
            kind = NumberKind(counter.kind)
            formats = _formats(reader, street, kind)
            taken = {
                seq: written[words]
                for seq in range(1, counter.last + 1)
                for words in (one.write(counter.year, seq) for one in formats)
                if words in written
            }
            yield _Run(street, counter.year, _PAPERS[kind], counter.last, taken)


def _written_numbers(reader: Reader, street: int) -> dict[str, datetime | None]:
    """Return every number that stands on a paper, with when, or on a file that was archived."""
    papers = select(Paper.number, func.min(Paper.issued_at)).where(Paper.street_id == street)
    files = select(Case.archive_number).where(
        Case.street_id == street, Case.archive_number.is_not(None)
    )
    found: dict[str, datetime | None] = {str(one): None for one in reader.session.scalars(files)}
    whistles = select(Whistle.number, Whistle.raised_at).where(Whistle.street_id == street)
    found |= dict(reader.session.execute(whistles).all())
    return found | dict(reader.session.execute(papers.group_by(Paper.number)).all())


def _formats(reader: Reader, street: int, kind: NumberKind) -> list[NumberFormat]:
    own = reader.session.scalars(
        select(Setting.value).where(
            Setting.street_id == street, Setting.key == f"number_format.{kind.value}"
        )
    ).all()
    letters = reader.session.scalars(
        select(Letterhead.prefix).where(Letterhead.street_id == street).distinct()
    ).all()
    return [
        *(NumberFormat(str(template)) for template in own),
        *(seed_formats(prefix)[kind] for prefix in letters),
    ]


def _gaps(reader: Reader, run: _Run) -> Iterator[Finding]:
    missing = [seq for seq in range(1, run.last + 1) if seq not in run.taken]
    for seq in missing[:_MOST]:
        yield Finding(_PART, f"{run.year} 年{run.what}缺第 {seq} 号，{_burnt(reader, run, seq)}")
    if len(missing) > _MOST:
        rest = len(missing) - _MOST
        yield Finding(_PART, f"{run.year} 年{run.what}另外还缺 {rest} 个编号。")


def _burnt(reader: Reader, run: _Run, seq: int) -> str:
    """Return which line of the log a number was burnt with, as far as its neighbours tell."""
    before = [at for one, at in run.taken.items() if at is not None and one < seq]
    after = [at for one, at in run.taken.items() if at is not None and one > seq]
    query = (
        select(Event.place, Event.recorded_at, Event.title, Staff.name)
        .join(Staff, Staff.id == Event.sent_by)
        .where(Event.street_id == run.street)
        .order_by(Event.place)
    )
    if before:
        query = query.where(Event.recorded_at > max(before))
    if after:
        query = query.where(Event.recorded_at < min(after))
    lines = reader.session.execute(query).all()
    if not lines:
        return "留痕里没有取它的那一条。"
    if len(lines) == 1:
        one = lines[0]
        at = in_shanghai(one.recorded_at)
        return f"随留痕第 {one.place} 条取走（{at:%Y-%m-%d %H:%M} {one.name} {one.title}）。"
    return f"在留痕第 {lines[0].place} 条到第 {lines[-1].place} 条之间取走。"
