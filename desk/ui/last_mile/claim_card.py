"""Whose scan is it (认领扫描件): the number of the case, then which of its papers."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desk.queries.case_file import CaseFile
from desk.queries.last_mile import file_by_number
from desk.rules.deeds import Deed
from desk.rules.rights import may
from desk.ui.case.form_parts import bad
from desk.ui.case.panel_host import PanelHost
from desk.ui.case.paper_panels import ScanBackPanel
from desk.ui.desk import Desk
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import CheckedField, FieldState

_NOBODY = "找不到这个编号的件，请核对。"
_NOT_MINE = "这一件的签字件不归您扫回，请找党政办或信联办。"
_NO_PAPER = "这一件还没有文书，扫描件可以作为附件收下。"


class ClaimCard(Card):
    """Asks for the case; its paper is then chosen in the same panel as on the case itself.

    Signals:
        claimed: the scan was filed; carries its path.
    """

    claimed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("是哪一件的", parent=parent)
        self._desk = desk
        self._path: Path | None = None
        self.number = CheckedField("诉求编号", hint="编号或流水号，如 00412，写好按 Enter。")
        self.search = KeyButton("找这一件", parent=self)
        self.host = PanelHost(desk)
        self._found = text_label("", "label", wraps=True)
        box = QWidget()
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.number)
        column.addWidget(self.search, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._found)
        self.body.addWidget(box)
        self.body.addWidget(self.host, 1)
        self.body.addStretch()
        self.search.clicked.connect(self.look_up)
        self.host.done.connect(self._on_done)

    def show_scan(self, path: Path | None) -> None:
        """Ask for another scan; what was asked for the last one is put away."""
        if path != self._path:
            self._path = path
            self.host.close_panel()
            self.number.set_text("")
            self._say("")
        self.setEnabled(path is not None)

    def begin(self) -> None:
        """Put the keyboard into the number."""
        self.number.setFocus()

    def look_up(self) -> None:
        """Look for the case that was written."""
        written = self.number.text().strip()
        if not written:
            self._refuse("请先写诉求编号。")
            return
        self._desk.ask(partial(file_by_number, written=written), owner=self, done=self._on_found)

    def _on_found(self, file: CaseFile | None) -> None:
        if file is None:
            self._refuse(_NOBODY)
        elif not may(Deed.SCAN_BACK, file.stand, self._desk.person):
            self._refuse(_NOT_MINE)
        elif not file.papers:
            self._refuse(_NO_PAPER)
        elif self._path is not None:
            self.number.set_state(FieldState())
            self._say(f"{file.number}　{file.summary}")
            panel = self.host.open(ScanBackPanel, file)
            assert isinstance(panel, ScanBackPanel)  # noqa: S101 - it was just made
            panel.take_path(self._path)

    def _refuse(self, sentence: str) -> None:
        self.host.close_panel()
        self._say("")
        self.number.set_state(bad(sentence))
        self.number.setFocus()

    def _say(self, words: str) -> None:
        self._found.setText(words)
        self._found.setVisible(bool(words))

    def _on_done(self, _panel: Any, _changes: Any) -> None:
        if self._path is not None:
            self.claimed.emit(self._path)
