"""The desks of the last mile (用印送达、归档): what waits, in the order in which it falls due."""

from collections.abc import Mapping
from functools import partial

from desk.queries.desk_today import DayRow, waiting_day
from desk.rules.codes import CaseStatus
from desk.rules.wording import label
from desk.ui.start.handler_face import work_row
from desk.ui.start.list_face import ListFace
from desk.ui.work_list import WorkRow


class PapersFace(ListFace):
    """Papers to seal and to deliver (党政办)."""

    name, title = "用印送达", "用印与送达"
    list_name = "等着盖章、送达"
    empty = "没有要盖章、要送达的文书。签发后会自动出现在这里。"
    statuses: tuple[CaseStatus, ...] = (CaseStatus.SEALING, CaseStatus.DELIVERING)

    def load(self) -> None:
        """Read what waits."""
        query = partial(waiting_day, statuses=self.statuses)
        self.desk.ask(query, owner=self, done=self._show_waiting)

    def _show_waiting(self, rows: tuple[DayRow, ...]) -> None:
        by_status: Mapping[CaseStatus, list[DayRow]] = {
            status: [row for row in rows if row.status is status] for status in self.statuses
        }
        found: list[WorkRow] = []
        for status, inside in by_status.items():
            if inside:
                found.append(WorkRow(None, label(status), note=str(len(inside))))
                found += [work_row(row) for row in inside]
        self.head.set_note(f"{len(rows)} 件")
        self.badge_changed.emit(len(rows))
        self.show_rows(found)


class ArchiveFace(PapersFace):
    """Cases that can be archived (档案员)."""

    name, title = "归档", "归档"
    list_name = "可以归档的"
    empty = "没有要归档的件。办结后会自动出现在这里。"
    statuses = (CaseStatus.CLOSED, CaseStatus.GUIDED, CaseStatus.WITHDRAWN)
