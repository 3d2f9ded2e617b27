"""The layout of a case file: head, clocks, three columns or two and a panel, action bar."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.case_file import CaseFile
from desk.queries.case_reaching import say_contacts
from desk.rules.clock_faces import ClockFace
from desk.rules.wording import sentence_of
from desk.ui.case.assessment_panels import assessment_hint
from desk.ui.case.deeds import PANELS
from desk.ui.case.extension_panels import pending_hint
from desk.ui.case.facts_card import FactsCard
from desk.ui.case.heading import CaseHeading
from desk.ui.case.notice_line import NoticeLine
from desk.ui.case.others_line import OthersLine
from desk.ui.case.panel_host import PanelHost
from desk.ui.case.papers_card import PapersColumn
from desk.ui.case.pause_panels import pause_hint
from desk.ui.case.reception_panels import reception_hint
from desk.ui.case.rounds_band import RoundsBand
from desk.ui.case.steps_card import StepsCard
from desk.ui.desk import Desk
from desk.ui.leading.words import leading_hint
from desk.ui.steering.case_strip import CaseStripBand
from desk.ui.steering.words import steering_hint
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionBar
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.clocks_strip import ClocksStrip

_FACTS, _STEPS, _PAPERS = 37, 45, 33  # shares of the width
_PANEL, _WIDE_PANEL = 50, 78
_NARROW = 1000  # below it, as at 150 %, every panel is a drawer over the steps


class CasePage(QWidget):
    """What a case file looks like; it knows widgets and places, not what may be done.

    Args:
        host: the screen inside which the keys work.
    """

    def __init__(self, desk: Desk, host: QWidget) -> None:
        super().__init__(host)
        self.heading, self.rounds = CaseHeading(), RoundsBand()
        self.others = OthersLine({deed.value: panel.title for deed, panel in PANELS.items()})
        self.strip = ClocksStrip(host)
        self.held = CaseStripBand(desk)
        self.notice = NoticeLine()
        self.still = text_label("", "label", wraps=True)  # why the case stands still
        self.still.hide()
        self.facts, self.steps = FactsCard(), StepsCard()
        self.papers = PapersColumn(desk)
        self.host = PanelHost(desk)
        self.bar = ActionBar(host)
        self._build()
        self.strip.explain_asked.connect(self._on_explain_asked)
        self.host.opened.connect(self._on_panel_opened)

    def show_case(
        self, file: CaseFile, *, may_correct: bool, may_reveal: bool, may_link: bool
    ) -> None:
        """Show this state of the case."""
        self.heading.show_case(file)
        self.rounds.show_case(file)
        now = file.read_at
        hints = (
            pending_hint(file, now),
            pause_hint(file, now),
            assessment_hint(file),
            steering_hint(file, now),
            leading_hint(file, now),
            reception_hint(file, now),
        )
        key = f"重点件：{sentence_of(file.key_reason)}" if file.key_reason else ""
        self.still.setText("　".join(filter(None, (key, *hints))))
        self.still.setVisible(bool(self.still.text()))
        self.steps.set_contacts(say_contacts(file.contacts))
        self.facts.show_case(file, may_correct=may_correct, may_reveal=may_reveal)
        self.papers.show_case(file, may_link=may_link)
        self.held.show_case(file)

    def close_layer(self) -> bool:
        """Put the uppermost layer away; return whether there was one."""
        return self.host.close_layer() or self.notice.close_layer()

    def next_pane(self) -> None:
        """Go from the facts to the steps, to the panel or papers, to the actions, and round."""
        go_to_next_pane((self.facts, self.steps, self.host, self.papers, self.bar))

    def _build(self) -> None:
        sizes = tokens().sizes
        columns = QHBoxLayout()
        columns.setSpacing(sizes.gutter)
        columns.addWidget(self.facts, _FACTS)
        columns.addWidget(self.steps, _STEPS)
        columns.addWidget(self.papers, _PAPERS)
        columns.addWidget(self.host, _PANEL)
        self._columns = columns
        for pane in (self.facts, self.steps, self.papers, self.host):
            pane.setMinimumWidth(200)
        work = QVBoxLayout()
        work.setContentsMargins(sizes.margin, 10, sizes.margin, 8)
        work.setSpacing(10)
        work.addWidget(self.heading)
        work.addWidget(self.others)
        work.addWidget(self.rounds)
        work.addWidget(self.still)
        work.addWidget(self.strip)
        work.addWidget(self.held)
        work.addWidget(self.notice)
        work.addLayout(columns, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(work, 1)
        column.addWidget(self.bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give an open panel its place anew."""
        super().resizeEvent(event)
        self._on_panel_opened(self.host.panel)

    def _on_panel_opened(self, panel: object) -> None:
        """Give a panel the place of the papers; a wide one that of the steps too."""
        is_open = panel is not None
        is_wide = self.host.wants_room or (is_open and self.width() < _NARROW)
        self.papers.setVisible(not is_open)
        self.steps.setVisible(not is_wide)
        self._columns.setStretch(3, _WIDE_PANEL if is_wide else _PANEL)

    def _on_explain_asked(self, face: ClockFace) -> None:
        self.notice.say(face.sentence)


def open_more(bar: ActionBar) -> None:
    """Unfold the actions that found no room in the bar (Alt+↓)."""
    for button in bar.findChildren(KeyButton):
        if button.text() == "更多" and button.isVisible():
            button.click()


def go_to_next_pane(panes: Sequence[QWidget]) -> None:
    """Put the keyboard into the pane after the one that has it (Ctrl+Tab)."""
    shown = [pane for pane in panes if pane.isVisible()]
    here = next((at for at, pane in enumerate(shown) if _has_focus(pane)), -1)
    for step in range(1, len(shown) + 1):
        first = _first_stop(shown[(here + step) % len(shown)])
        if first is not None:
            first.setFocus()
            return


def _has_focus(pane: QWidget) -> bool:
    focused: QWidget | None = pane.window().focusWidget()
    return focused is not None and (focused is pane or pane.isAncestorOf(focused))


def _first_stop(pane: QWidget) -> QWidget | None:
    for child in pane.findChildren(QWidget):
        if child.isVisible() and child.isEnabled() and child.focusPolicy().value & 1:
            return child
    return None
