"""What waits for more time and what stands still (延期挂账): why, since when, until when."""

from desk.queries.case_file import CaseFile
from desk.queries.standing_still import StandingDay, StandingRow, standing_day
from desk.rules.codes import CaseStatus
from desk.ui.start.list_face import ListFace
from desk.ui.start.standing import answers_to, request_rows, still_row, where_words
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.work_list import WorkRow


class ExtensionsFace(ListFace):
    """Requests on top, then overdue reviews, parked cases and pauses; for all who oversee."""

    name, title = "延期挂账", "延期、挂账与暂停"
    list_name = "延期、挂账与暂停"
    empty = "没有待批的延期，也没有挂账、暂停的件。"

    def load(self) -> None:
        """Read what waits and what stands still."""
        self.desk.ask(standing_day, owner=self, done=self._show_day)

    def items(self) -> list[ActionItem]:
        """Offer to answer the request of the chosen case."""
        return answers_to(self.desk, self.file, self.said.emit, self.list.open_current)

    def on_file(self, file: CaseFile) -> None:
        """Show the case; what may be answered is known now."""
        super().on_file(file)
        self.offer()

    def _show_day(self, day: StandingDay) -> None:
        now = self.desk.now()
        mine = [row for row in day.requests if row.is_mine]
        late = [row for row in day.still if row.is_late]
        calm = [row for row in day.still if not row.is_late]
        found: list[WorkRow] = []
        for words, rows in _by_place(day.requests, mine):
            found += [WorkRow(None, words, note=str(len(rows))), *request_rows(rows, now)]
        for words, rows in (
            ("该复核、停得太久的", late),
            ("挂账", [row for row in calm if row.status is CaseStatus.PARKED]),
            ("暂停", [row for row in calm if row.status is not CaseStatus.PARKED]),
        ):
            if rows:
                found.append(WorkRow(None, words, note=str(len(rows))))
                found += [still_row(row, now) for row in rows]
        self.head.set_note(f"{len(day.requests) + len(day.still)} 件")
        self.badge_changed.emit(len(mine) + len(late))
        said = f"等您批 {len(mine)} 份，该复核 {len(late)} 件，共停着 {len(day.still)} 件"
        self.subtitle_changed.emit(said)
        self.show_rows(found)


def _by_place(
    requests: tuple[StandingRow, ...], mine: list[StandingRow]
) -> list[tuple[str, list[StandingRow]]]:
    """Return the requests by where they lie, the reader's own first."""
    found = [("等您批的", mine)] if mine else []
    places: dict[str, list[StandingRow]] = {}
    for row in requests:
        if not row.is_mine:
            places.setdefault(where_words(row), []).append(row)
    return [*found, *places.items()]
