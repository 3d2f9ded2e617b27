"""The layout of the record desk (笔录台): head, speakers, record left, agreement right.

A panel – who is there, a talk apart, the outcome – takes the place of the agreement.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desk.queries.record_desk import RecordView
from desk.rules.mediation_codes import CompanionRole, PartySide
from desk.rules.moments import in_shanghai
from desk.rules.wording import label
from desk.ui.case.notice_line import NoticeLine
from desk.ui.desk import Desk
from desk.ui.mediation.agreement_pane import AgreementPane
from desk.ui.mediation.deed_panel import MediationHost
from desk.ui.mediation.record_blocks import RecordPane, Speaker
from desk.ui.mediation.speakers import SPEAKER_KEYS, SpeakerRow
from desk.ui.theme import say_state, tokens
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.conflict_view import Conflict, ConflictView, Keep

_RECORD, _SIDE = 58, 42
_NARROW = 1000  # below it, as at 150 %, a panel takes the place of the record


class RecordPage(QWidget):
    """What the record desk looks like; it knows places, not what may be done.

    Args:
        host: the screen inside which the keys work.
    """

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__()
        self.record, self.draft = RecordPane(), AgreementPane()
        self.speakers, self.notice = SpeakerRow(host), NoticeLine()
        self.host, self.bar = MediationHost(desk), ActionBar(host)
        self._title, self._where = text_label("", "title"), text_label("", "hint")
        self._saved = text_label("", "hint")
        self._sheet: ConflictView | None = None
        self._build()
        self.host.opened.connect(lambda _panel: self._show_side())

    def show_sitting(self, record: RecordView) -> None:
        """Show which sitting this is, and who speaks."""
        self._title.setText(f"第 {record.seq} 次调解")
        since = f"{in_shanghai(record.started_at):%H:%M}"
        where = f"{record.reason}　{record.place}　{since} 开始　主持 {record.mediator}"
        self._where.setText(f"{where}　记录 {record.recorder}")
        self.speakers.show_speakers(speakers_of(record))

    def show_saved(self, words: str) -> None:
        """Say at the right of the head how far the record is saved."""
        self._saved.setText(words)

    def saved_words(self) -> str:
        """Return what is said about saving."""
        return self._saved.text()

    def ask_which(self, sentence: str, conflict: Conflict, chosen: Callable[[Any], None]) -> None:
        """Show two versions of the draft side by side; then tell which lines to keep."""
        self._drop_sheet()

        def resolved(decisions: dict[str, Keep]) -> None:
            self._drop_sheet()
            chosen(decisions)

        self._sheet = ConflictView(sentence, conflict)
        self._sheet.resolved.connect(resolved)
        self._sheet.postponed.connect(self._drop_sheet)
        self._side.addWidget(self._sheet)
        self._show_side()
        self._sheet.start()

    def close_layer(self) -> bool:
        """Put the uppermost layer away; return whether there was one."""
        if self._sheet is not None:
            self._drop_sheet()
            return True
        return self.host.close_layer() or self.notice.close_layer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a panel its place anew."""
        super().resizeEvent(event)
        self._show_side()

    def _build(self) -> None:
        say_state(self, ground="window")
        sizes = tokens().sizes
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._where)
        head.addStretch()
        head.addWidget(self._saved)
        self._left = Card()
        self._left.setAccessibleName("笔录")
        self._left.body.addWidget(self.record, 1)
        right = QWidget()
        self._side = QStackedLayout(right)
        self._side.addWidget(self.draft)
        self._side.addWidget(self.host)
        panes = QHBoxLayout()
        panes.setSpacing(sizes.gutter)
        panes.addWidget(self._left, _RECORD)
        panes.addWidget(right, _SIDE)
        work = QVBoxLayout()
        work.setContentsMargins(sizes.margin, 10, sizes.margin, 8)
        work.setSpacing(10)
        work.addLayout(head)
        work.addWidget(self.speakers)
        work.addWidget(self.notice)
        work.addLayout(panes, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(work, 1)
        column.addWidget(self.bar)

    def _show_side(self) -> None:
        panel = self.host if self.host.panel is not None else self.draft
        shown = self._sheet or panel
        self._side.setCurrentWidget(shown)
        is_wide = shown is self._sheet or self.width() < _NARROW
        has_room = shown is self.draft or not is_wide
        for part in (self._left, self.speakers):
            part.setVisible(has_room)

    def _drop_sheet(self) -> None:
        if self._sheet is None:
            return
        gone, self._sheet = self._sheet, None
        self._side.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        self._show_side()


def speakers_of(record: RecordView) -> list[Speaker]:
    """Return who may be written down as speaking: mediator, those present, the invited."""
    people = [Speaker(record.mediator, "调解员")]
    people += [Speaker(one.name, _role(one.role)) for one in record.present if one.left_at is None]
    people += [Speaker(name, "应邀") for name in record.invited]
    if len(people) < len(SPEAKER_KEYS):
        people.append(Speaker("（情况）", "说明"))
    return people


def _role(code: str) -> str:
    known = {str(side): label(side) for side in (*PartySide, *CompanionRole)}
    return known.get(code, "")
