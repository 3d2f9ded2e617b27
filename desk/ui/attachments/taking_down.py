"""Taking down an attachment that was added by mistake (撤下附件): asked twice, with a reason."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.actions.attachments import WithdrawAttachment
from desk.queries.attachments import AttachmentView
from desk.queries.case_file import CaseFile
from desk.rules.errors import DeskError
from desk.rules.moments import day_of
from desk.rules.rights import may_take_down
from desk.ui.case.deed_panel import OnCase
from desk.ui.case.form_parts import bad
from desk.ui.desk import Desk
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.checked_field import CheckedField, FieldState

_HINT = "撤下后谁也看不到，办理过程里留一行；遮挡的副本一起撤下。"


class TakingDown(QWidget):
    """A quiet button; pressed once it asks why, pressed again it takes the attachment down.

    Signals:
        taken_down: the attachment is gone; carries the sentence to say.
    """

    taken_down = Signal(str)

    def __init__(self, desk: Desk, file: CaseFile) -> None:
        super().__init__()
        self._desk, self._file = desk, file
        self._view: AttachmentView | None = None
        say_state(self, ground="clear")
        self.reason = CheckedField("撤下的理由")
        self.reason.set_hint(_HINT)
        self.button = KeyButton("加错了，撤下…", kind=ButtonKind.QUIET)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.reason)
        column.addWidget(self.button)
        self.button.clicked.connect(self.ask)

    def show_view(self, view: AttachmentView) -> None:
        """Offer it for another attachment, if the person may take that one down."""
        if self._view is None or self._view.id != view.id:
            self._view = view
            self.reason.set_text("")
            self._open(is_open=False)
        person, now = self._desk.person, self._file.read_at
        is_today = day_of(view.added_at) == day_of(max(now, view.added_at))
        self.setVisible(
            may_take_down(self._file.stand, person, added_by=view.adder_id, is_today=is_today)
        )

    def ask(self) -> None:
        """Ask why first, then take it down."""
        if self._view is None:
            return
        if self.reason.isHidden():
            self._open(is_open=True)
            self.reason.setFocus()
            return
        head = OnCase(**self._desk.by_me(), case=self._file.id, seen=self._file.version)
        request = WithdrawAttachment(
            **head, attachment=self._view.id, reason=self.reason.text().strip()
        )
        name = self._view.name
        self._desk.act(
            request,
            owner=self,
            done=lambda _changes: self.taken_down.emit(f"已撤下“{name}”，办理过程里留了记录。"),
            failed=self._on_refused,
        )

    def _open(self, *, is_open: bool) -> None:
        self.reason.setVisible(is_open)
        self.reason.set_state(FieldState())
        words = "撤下这个附件" if is_open else "加错了，撤下…"
        self.button.setText(words)
        self.button.setAccessibleName(words)

    def _on_refused(self, error: DeskError) -> None:
        self.reason.set_state(bad(str(error)))
        self.reason.setFocus()
