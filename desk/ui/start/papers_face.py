"""The desks of the last mile (用印送达、归档): what waits, in the order in which it falls due."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtWidgets import QWidget

from desk.queries.archives import EndedCase, ended_cases
from desk.queries.case_file import CaseFile
from desk.queries.last_mile import OfficeDay, WaitingPaper, office_day
from desk.rules.codes import CaseStatus
from desk.rules.completeness import missing_for_archive
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.start.handler_face import work_row
from desk.ui.start.list_face import ListFace
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.cards import text_label
from desk.ui.work_list import WorkRow


class PapersFace(ListFace):
    """Papers to seal and to deliver (党政办)."""

    name, title = "用印送达", "用印与送达"
    list_name = "等着盖章、送达"
    empty = "没有要盖章、要送达的文书。签发后会自动出现在这里。"

    def load(self) -> None:
        """Read what waits."""
        self.desk.ask(office_day, owner=self, done=self._show_waiting)

    def items(self) -> list[ActionItem]:
        """Offer the page on which many are done at once."""
        goes, key = partial(self.place_wanted.emit, "last_mile"), GlobalKey.LAST_MILE
        return [ActionItem("去文书页成批办", key, goes, is_main=True, is_bound=False)]

    def _show_waiting(self, day: OfficeDay) -> None:
        found: list[WorkRow] = []
        count = 0
        for status, cases, notices in (
            (CaseStatus.SEALING, day.sealing, day.to_seal),
            (CaseStatus.DELIVERING, day.delivering, day.to_deliver),
        ):
            inside = [*map(work_row, cases), *_notice_rows(notices)]
            count += len(inside)
            if inside:
                found += [WorkRow(None, label(status), note=str(len(inside))), *inside]
        self.head.set_note(f"{count} 件")
        self.badge_changed.emit(count)
        self.show_rows(found)


def _notice_rows(notices: Iterable[WaitingPaper]) -> list[WorkRow]:
    """Return the lines of notices, one for each case."""
    by_case = {row.case_id: row for row in notices}
    return [
        WorkRow(case, row.summary, left=f"{row.seq:05}　{row.title}")
        for case, row in by_case.items()
    ]


class ArchiveFace(ListFace):
    """Cases that can be archived, and what the others still lack (档案员)."""

    name, title = "归档", "归档"
    list_name = "等着归档的"
    empty = "没有要归档的件。办结后会自动出现在这里。"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.missing = text_label("", "reading", wraps=True)
        self.brief.below.addWidget(self.missing)

    def load(self) -> None:
        """Read what has ended."""
        self.desk.ask(ended_cases, owner=self, done=self._show_ended)

    def items(self) -> list[ActionItem]:
        """Offer the page on which many are archived at once."""
        goes, key = partial(self.place_wanted.emit, "archives"), GlobalKey.ARCHIVES
        return [ActionItem("去档案页归档", key, goes, is_main=True, is_bound=False)]

    def on_file(self, file: CaseFile) -> None:
        """Say of the case that was read what it still lacks."""
        super().on_file(file)
        missing = missing_for_archive(file.archive)
        said = (*missing.hard, *(f"{sentence}（不影响归档）" for sentence in missing.soft))
        head = "还差什么才能归档：" if said else "材料齐了，可以归档。"
        self.missing.setText("\n".join((head, *(f"· {sentence}" for sentence in said))))

    def _show_ended(self, rows: tuple[EndedCase, ...]) -> None:
        found: list[WorkRow] = []
        for words, is_ready in (("可以归档", True), ("还差材料", False)):
            inside = [row for row in rows if row.missing.is_ready is is_ready]
            if inside:
                found.append(WorkRow(None, words, note=str(len(inside))))
                found += [_ended_row(row) for row in inside]
        self.head.set_note(f"{len(rows)} 件")
        self.badge_changed.emit(len(rows))
        self.show_rows(found)


def _ended_row(row: EndedCase) -> WorkRow:
    left = "　".join((f"{row.seq:05}", label(row.status), row.unit))
    return WorkRow(row.case_id, row.summary, left=left)
