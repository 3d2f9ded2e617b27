"""How papers stand in the queues of their last mile (文书的单子): plain functions, no widgets."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from desk.exchange.scan_folder import LeftOver
from desk.queries.last_mile import LastMile, Station, WaitingPaper
from desk.rules.moments import say_length, say_moment
from desk.rules.wording import label
from desk.ui.work_list import WorkRow

STATIONS: tuple[Station, ...] = tuple(Station)
NAMES: Mapping[Station, str] = MappingProxyType(
    {
        Station.NUMBER: "等文号",
        Station.SEAL: "待盖章",
        Station.DELIVER: "待送达",
        Station.SCAN: "已送达未扫回",
    }
)
SCANS = "扫描待认"
_KINDS = {"acceptance-notice": "受理告知", "guidance-notice": "引导告知"}
EMPTY: Mapping[Station, str] = MappingProxyType(
    {
        Station.NUMBER: "没有等文号的意见书。由党政办给号时，签发后会出现在这里。",
        Station.SEAL: "没有要盖章的文书。意见书签发、告知书出具后会自动出现在这里。",
        Station.DELIVER: "没有要送达的文书。盖章后会自动出现在这里。",
        Station.SCAN: "送达的签字件都扫回来了。",
    }
)


def view_names(mile: LastMile, scans: Sequence[LeftOver]) -> tuple[str, ...]:
    """Return the labels of the view switch with their counts."""
    stations = [f"{NAMES[station]} {len(mile.at(station))}" for station in STATIONS]
    return (*stations, f"{SCANS} {len(scans)}")


def paper_rows(
    rows: Sequence[WaitingPaper], marked: Collection[int], now: datetime
) -> list[WorkRow]:
    """Return the lines of one station."""
    return [_line(row, now, is_marked=row.key in marked) for row in rows]


def scan_rows(scans: Sequence[LeftOver]) -> list[WorkRow]:
    """Return the lines of the scans that wait for somebody; they are known by their place."""
    return [
        WorkRow(at + 1, scan.path.name, tag="扫描件", note=scan.reason)
        for at, scan in enumerate(scans)
    ]


def _line(row: WaitingPaper, now: datetime, *, is_marked: bool) -> WorkRow:
    number = f"{row.seq:05}"
    waited = say_length(max(now - row.since, timedelta()))
    note = f"{row.number}　等了 {waited}" if row.number else f"等了 {waited}"
    if row.is_back:
        note = "下联已扫回，请补记怎么送达的"
    if row.way is not None:
        note = f"{say_moment(row.since, seen_at=now)} {label(row.way)}"
    tag = f"{number} {_KINDS[row.code]}" if row.code in _KINDS else number
    return WorkRow(
        row.key,
        row.summary,
        tag=f"已选 {tag}" if is_marked else tag,
        corner=row.unit,
        note=note,
    )
