"""Asking whether guided people arrived (引导对接，到了没有), on the start page itself.

Whose day has come stands above the rest of the list; one key opens the answer beside it.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.arrivals import ArrivalRow, Arrivals
from desk.queries.case_file import CaseFile
from desk.rules.deeds import Deed
from desk.ui.case.deeds import PANELS, ways_now
from desk.ui.case.panel_host import PanelHost
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.looks import note_look
from desk.ui.theme import tokens
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.work_list import WorkRow

_DEEDS = (Deed.CHECK_ARRIVAL, Deed.TAKE_IN)
_DUE, _LATER, _AWAY = "引导对接，该问到了没有", "引导对接，过几天再问", "引导对接，没有到达"


class ArrivalWork(QWidget):
    """The right-hand side of a desk: the open panel, or else the cards that stand there.

    Signals:
        told: an answer was written down; carries the sentence.
        panel_changed: a panel opened or was put away.
    """

    told = Signal(str)
    panel_changed = Signal()

    def __init__(self, desk: Desk, cards: QWidget) -> None:
        super().__init__()
        self._desk, self._cards = desk, cards
        self._file: CaseFile | None = None
        self.host = PanelHost(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens().sizes.gutter)
        column.addWidget(self.host, 1)
        column.addWidget(cards, 1)
        self.host.opened.connect(self._on_panel)
        self.host.done.connect(lambda _panel, changes: self.told.emit(f"{changes.title}，已记下。"))
        KeyShortcut(GlobalKey.FINISH, self.host).pressed.connect(self.host.submit)

    def items(self) -> list[ActionItem]:
        """Offer to write down the answer, or to take the appeal in after all."""
        if self._file is None:
            return []
        ways = {way.deed: way for way in ways_now(self._file, self._desk.person)}
        return [
            ActionItem(ways[deed].label, ways[deed].key, opens, ways[deed].icon)
            for deed, opens in zip(_DEEDS, (self.ask, self.take_in), strict=True)
            if deed in ways
        ]

    def ask(self) -> None:
        """Ask whether he arrived; name and number on the panel are a look at them."""
        self._open(Deed.CHECK_ARRIVAL)

    def take_in(self) -> None:
        """Ask why the appeal is taken in after all."""
        self._open(Deed.TAKE_IN)

    def show_file(self, file: CaseFile | None) -> None:
        """Work on another case; a panel of the last one is put away, its words are kept."""
        panel = self.host.panel
        self._file = file
        if panel is not None and (file is None or panel.file.id != file.id):
            self.host.close_panel()
        elif panel is not None and file is not None:
            panel.take_file(file)
            self.host.hide_contact(file)

    def _open(self, deed: Deed) -> None:
        file = self._file
        if file is None:
            return
        self.host.open(PANELS[deed], file)
        if deed is Deed.CHECK_ARRIVAL and file.contact_data is not None:
            note_look(self._desk, file.id, "问引导对接到了没有")

    def _on_panel(self, panel: object) -> None:
        self._cards.setVisible(panel is None)
        self.panel_changed.emit()


def due_rows(found: Arrivals, today: date) -> list[WorkRow]:
    """Return the lines of whom to ask about today, under their heading."""
    return _group(_DUE, found.due, today)


def other_rows(found: Arrivals, today: date) -> list[WorkRow]:
    """Return the lines of whom to ask about later, and of who did not arrive."""
    return [*_group(_LATER, found.later, today), *_group(_AWAY, found.away, today)]


def _group(words: str, rows: Sequence[ArrivalRow], today: date) -> list[WorkRow]:
    if not rows:
        return []
    return [WorkRow(None, words, note=str(len(rows))), *_lines(rows, today)]


def _lines(rows: Iterable[ArrivalRow], today: date) -> list[WorkRow]:
    return [
        WorkRow(row.case_id, row.summary, left=f"{row.seq:05}　{_when(row, today)}{row.guided_to}")
        for row in rows
    ]


def _when(row: ArrivalRow, today: date) -> str:
    if row.stays_away:
        return ""
    if row.ask_on == today:
        return "今天问　"
    return f"应在 {row.ask_on:%m-%d} 问　" if row.ask_on < today else f"{row.ask_on:%m-%d} 前问　"
