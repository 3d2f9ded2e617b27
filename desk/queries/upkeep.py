"""What the server's scripts last did for the database (备份、恢复演练), for 体检 and the month."""

from sqlalchemy import select

from desk.rules.codes import UpkeepKind
from desk.rules.upkeep import Run, Verdict, verdict
from desk.store.database import Reader
from desk.store.models import UpkeepRun


def upkeep_verdicts(reader: Reader) -> list[Verdict]:
    """Return how copies and drills of a shared database stand; a single file has none."""
    if reader.session.get_bind().dialect.name == "sqlite":
        return []
    return [verdict(kind, _last_run(reader, kind), reader.now) for kind in UpkeepKind]


def _last_run(reader: Reader, kind: UpkeepKind) -> Run | None:
    """Return the last copy or drill, whatever became of it."""
    row = reader.session.execute(
        select(UpkeepRun.kind, UpkeepRun.happened_at, UpkeepRun.is_good, UpkeepRun.sentence)
        .where(UpkeepRun.kind == kind)
        .order_by(UpkeepRun.happened_at.desc(), UpkeepRun.id.desc())
        .limit(1)
    ).first()
    return None if row is None else Run(*row)
