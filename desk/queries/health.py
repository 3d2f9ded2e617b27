"""What `check` looks at (体检): constraints, numbers, the history chain, clocks, papers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text

from desk.rules.deadlines import limits_of
from desk.store.blobs import read_blob
from desk.store.chain import GENESIS, digest_of, link_hash
from desk.store.database import Reader
from desk.store.hall_rules import hall_calendar, rule_of
from desk.store.models import (
    Case,
    ChainHead,
    Clock,
    ClockPause,
    Counter,
    Event,
    EventCase,
    Paper,
    PaperProof,
    TimeRuleRow,
)

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be."""

    part: str
    sentence: str


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """A paper with the hash it had when it was first rendered."""

    id: int
    code: str
    number: str
    row: dict[str, object]
    layout: str
    sha256: str
    font_set: str


def constraint_findings(reader: Reader) -> list[Finding]:
    """Return broken pages and references of a SQLite file; PostgreSQL keeps its own."""
    if reader.session.get_bind().dialect.name != "sqlite":
        return []
    answer = reader.session.scalars(text("PRAGMA integrity_check")).all()
    found = [Finding("约束", f"数据库文件损坏：{line}") for line in answer if line != "ok"]
    broken = reader.session.execute(text("PRAGMA foreign_key_check")).all()
    return found + [Finding("约束", f"{row[0]} 表有一行指向不存在的记录。") for row in broken]


def number_findings(reader: Reader) -> list[Finding]:
    """Return case numbers that are missing, or counters that do not fit them."""
    rows = reader.session.execute(
        select(Case.year, func.count(Case.id), func.max(Case.seq)).group_by(Case.year)
    ).all()
    counters = {
        row.year: row.last
        for row in reader.session.execute(
            select(Counter.year, Counter.last).where(Counter.kind == "case")
        )
    }
    found = []
    for year, count, last in rows:
        if count != last:
            found.append(Finding("编号", f"{year} 年应有 {last} 个编号，实有 {count} 个。"))
        if counters.get(year) != last:
            found.append(Finding("编号", f"{year} 年的计数是 {counters.get(year)}，应为 {last}。"))
    return found


def chain_findings(reader: Reader) -> list[Finding]:
    """Return where the history chain is broken: changed, lost or added lines."""
    found: list[Finding] = []
    for street, place, head in reader.session.execute(
        select(ChainHead.street_id, ChainHead.place, ChainHead.hash)
    ).all():
        found += _chain_of(reader, street, place, head)
    unlinked = reader.session.scalar(
        select(func.count(Case.id)).where(
            ~select(EventCase.event_id)
            .where(EventCase.case_id == Case.id, EventCase.version == Case.version)
            .exists()
        )
    )
    if unlinked:
        found.append(Finding("历史", f"{unlinked} 件的最后一次改动没有留痕。"))
    return found


def _chain_of(reader: Reader, street: int, last: int, head: str) -> Iterator[Finding]:
    previous, expected = GENESIS, 0
    query = select(Event).where(Event.street_id == street).order_by(Event.place)
    lines = reader.session.scalars(query.execution_options(yield_per=_BATCH))
    for line in lines:
        expected += 1
        if line.place != expected:
            lines.close()
            yield Finding("历史", f"第 {expected} 条留痕不见了。")
            return
        if line.salt and line.digest != digest_of(
            line.salt, line.kind, line.title, line.payload, line.result
        ):
            yield Finding("历史", f"第 {line.place} 条留痕的内容被改过。")
        wanted = link_hash(
            previous,
            line.place,
            line.id,
            line.command,
            (line.made_by, line.sent_by, line.session_user),
            (line.happened_at, line.recorded_at),
            line.digest,
        )
        if line.previous_hash != previous or line.hash != wanted:
            lines.close()
            yield Finding("历史", f"第 {line.place} 条留痕与前一条接不上。")
            return
        previous = line.hash
    if (expected, previous) != (last, head):
        yield Finding("历史", f"留痕应有 {last} 条，实有 {expected} 条。")


def clock_findings(reader: Reader) -> list[Finding]:
    """Return clocks whose stored due differs from a fresh computation by their rule."""
    rules = {row.id: rule_of(row) for row in reader.session.scalars(select(TimeRuleRow))}
    calendar = hall_calendar(reader.session, reader.person.street_id, reader.now.date())
    pauses = _pauses(reader)
    found = []
    query = select(
        Clock.id, Clock.kind, Clock.rule_id, Clock.started_at, Clock.due_at, Case.number
    ).join(Case, Case.id == Clock.case_id)
    for row in reader.session.execute(query.execution_options(yield_per=_BATCH)):
        fresh = limits_of(rules[row.rule_id], row.started_at, calendar, pauses.get(row.id, ()))
        if fresh.due_at != row.due_at:
            found.append(Finding("时限", f"{row.number} 的一个时限与重新计算不一致。"))
    return found


def _pauses(reader: Reader) -> dict[int, tuple[tuple[datetime, datetime], ...]]:
    found: dict[int, tuple[tuple[datetime, datetime], ...]] = {}
    for pause in reader.session.scalars(select(ClockPause).where(ClockPause.until_at.is_not(None))):
        if pause.until_at is not None:
            span = (pause.from_at, pause.until_at)
            found[pause.clock_id] = (*found.get(pause.clock_id, ()), span)
    return found


def stored_papers(reader: Reader) -> list[StoredPaper]:
    """Return every paper that was rendered, to be rendered again and compared."""
    rows = reader.session.execute(
        select(
            Paper.id,
            Paper.code,
            Paper.number,
            Paper.row,
            Paper.layout_sha256,
            PaperProof.sha256,
            PaperProof.font_set,
        )
        .join(PaperProof, PaperProof.paper_id == Paper.id)
        .order_by(Paper.id)
    )
    layouts: dict[str, str] = {}
    found = []
    for row in rows:
        kept = row.layout_sha256
        if kept not in layouts:
            layouts[kept] = read_blob(reader.session, kept).decode()
        found.append(
            StoredPaper(
                row.id, row.code, row.number, row.row, layouts[kept], row.sha256, row.font_set
            )
        )
    return found
