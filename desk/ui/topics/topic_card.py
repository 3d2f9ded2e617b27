"""One topic, or what may be one (这一专题): why, week by week, where, and its cases."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from PySide6.QtWidgets import QWidget

from desk.queries.clusters import Proposal
from desk.queries.topics import TopicFile, TopicLine
from desk.rules.moments import say_moment
from desk.rules.topics import STATE_WORDS, TopicState
from desk.rules.wording import label
from desk.ui.topics.week_chart import WeekChart
from desk.ui.widgets.cards import Card, text_label
from desk.ui.work_list import WorkList, WorkRow

_MOST_PLACES = 5


class TopicCard(Card):
    """The reason or the note on top, then the weeks, then the cases to walk through."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("专题", parent=parent)
        self._now = now
        self.why = text_label("", "reading", wraps=True)
        self.chart = WeekChart()
        self._places = text_label("", "label", wraps=True)
        self.cases = WorkList("这里的诉求，最近的在上", now)
        self.body.addWidget(self.why)
        self.body.addWidget(self.chart)
        self.body.addWidget(self._places)
        self.body.addWidget(self.cases, 1)

    def show_proposal(self, one: Proposal, lines: Sequence[TopicLine], today: date) -> None:
        """Show what may be a topic; who asks for the contrary is named as such."""
        self._head(one.name, f"{len(one.cases)} 件")
        self.why.setText(f"{one.reason}。")
        first = today - timedelta(weeks=len(one.weeks), days=-1)
        names = [f"{first + timedelta(weeks=at):%m-%d}" for at in range(len(one.weeks))]
        self.chart.show_weeks(list(zip(names, one.weeks, strict=True)))
        self._places.setText("每周件数，写的是一周的第一天；右边是最近 7 天。")
        opposite = set(one.opposite)
        self._show_cases(
            ("同类诉求", [line for line in lines if line.case not in opposite]),
            ("诉求相反，不算同一方", [line for line in lines if line.case in opposite]),
        )

    def show_file(self, file: TopicFile) -> None:
        """Show a topic."""
        main = [line for line in file.cases if not line.is_opposite]
        self._head(file.name, f"{STATE_WORDS[file.state]} · {len(main)} 件")
        self.why.setText(_told(file, self._now()))
        self.chart.show_weeks([(f"{monday:%m-%d}", count) for monday, count in file.weeks])
        places = "，".join(f"{name} {count} 件" for name, count in file.places[:_MOST_PLACES])
        self._places.setText(f"地点：{places}。" if places else "这些件没有填小区、地点。")
        self._show_cases(
            ("列入的诉求", main),
            ("诉求相反，不算同一方", [line for line in file.cases if line.is_opposite]),
            ("已移出", list(file.removed)),
        )

    def _head(self, name: str, note: str) -> None:
        assert self.head is not None  # noqa: S101 - made above
        self.head.set_text(name)
        self.head.set_note(note)

    def _show_cases(self, *piles: tuple[str, list[TopicLine]]) -> None:
        filled = [(words, lines) for words, lines in piles if lines]
        rows: list[WorkRow] = []
        for at, (words, lines) in enumerate(filled):
            if at or len(filled) > 1:
                rows.append(WorkRow(None, words, note=str(len(lines))))
            rows += [self._row(line) for line in lines]
        self.cases.set_rows(rows)

    def _row(self, line: TopicLine) -> WorkRow:
        at = say_moment(line.received_at, seen_at=self._now())
        parts = (f"{line.seq:05}", at, line.place, label(line.status), line.unit, line.removed)
        return WorkRow(line.case, line.summary, left="　".join(part for part in parts if part))


def _told(file: TopicFile, now: datetime) -> str:
    said = [f"{say_moment(file.opened_at, seen_at=now)} {file.opened_by}开。"]
    if file.lead:
        said.append(f"牵头单位：{file.lead}。")
    if file.note:
        said.append(file.note)
    if file.state is TopicState.CLOSED and file.closed_at is not None:
        ended = say_moment(file.closed_at, seen_at=now)
        said.append(f"{ended} {file.closed_by}结：{file.closing_note}")
    return "\n".join(said)
