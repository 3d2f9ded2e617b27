"""The pictures that made themselves at 23:00 (23 时快照): what each day came to, and its cases."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desk.queries.bulletins import BulletinFile, BulletinRow, bulletin_file
from desk.rules.leader_queues import QUEUE_WORDS, LeaderQueue
from desk.rules.moments import in_shanghai
from desk.ui.bulletins.pane import BulletinPane
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.cards import Card, text_label
from desk.ui.work_list import WorkList, WorkRow

_FIGURES = (
    ("received", "当天受理"),
    ("ended", "当天办结"),
    ("open", "在办"),
    ("overdue", "超过时限未办结"),
)
_LATE = 23


class PicturePane(BulletinPane):
    """The days at the left, the figures of one and its cases beside them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "23 时快照", parent)
        self.figures = text_label("", "reading", wraps=True)
        self.cases = WorkList("当时要盯的件", desk.now)
        one = Card("当天")
        one.body.addWidget(self.figures)
        one.body.addStretch(1)
        held = Card("当时要盯的件")
        held.body.addWidget(self.cases, 1)
        self.lay_out(((one, 40), (held, 50)), 26)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self.cases.setFocus())
        self.cases.opened.connect(self.case_wanted)
        self.cases.chosen.connect(lambda _case: self.offered.emit())
        self.cases.passed.connect(self.cases.go_on)

    def show_bulletins(self, rows: Sequence[BulletinRow]) -> None:
        """Show the days that have a picture."""
        mine = [row for row in rows if row.is_picture]
        self.head.set_note(f"{len(mine)} 天")
        self.list.set_rows([_line(row) for row in mine])

    def items(self) -> list[ActionItem]:
        """Return what may be done with the chosen case."""
        if self.cases.current_id() is None:
            return []
        return [ActionItem("打开案件卷", GlobalKey.OPEN_FILE, self.cases.open_current, "case")]

    def _on_chosen(self, bulletin: int | None) -> None:
        self.figures.setText("")
        self.cases.set_rows([])
        if bulletin is not None:
            query = partial(bulletin_file, bulletin=bulletin)
            self.desk.ask(query, owner=self, done=self._show_file)

    def _show_file(self, file: BulletinFile | None) -> None:
        if file is None or file.row.id != self.list.current_id():
            return
        figures = file.figures
        said = [f"{words} {figures[key]} 件" for key, words in _FIGURES]
        said.append(_say_taken(file.row, figures))
        self.figures.setText("\n".join(said))
        rows: list[WorkRow] = []
        for queue in LeaderQueue:
            held = figures["queues"][queue.value]
            if held["cases"]:
                rows.append(WorkRow(None, QUEUE_WORDS[queue], note=str(held["count"])))
                rows += [
                    WorkRow(one["id"], one["number"], left=one["unit"]) for one in held["cases"]
                ]
        self.cases.set_rows(rows)


def _line(row: BulletinRow) -> WorkRow:
    taken = in_shanghai(row.made_at)
    left = f"{taken:%H:%M} 留存" if taken.date() == row.first else f"{taken:%m-%d %H:%M} 补留"
    return WorkRow(row.id, f"{row.first:%Y-%m-%d}", left=left)


def _say_taken(row: BulletinRow, figures: Mapping[str, Any]) -> str:
    """Say when the picture was taken; one that was taken later says what that means."""
    taken = in_shanghai(datetime.fromisoformat(figures["taken_at"]))
    if taken.date() == row.first and taken.hour >= _LATE:
        return f"{taken:%H:%M} 自动留存，以后不再变。"
    return (
        f"当晚 23 时没有电脑开着，{taken.month} 月 {taken.day} 日 {taken:%H:%M} 补留："
        "当天受理、办结按日期算，在办、超期和要盯的件是补留时的样子。"
    )
