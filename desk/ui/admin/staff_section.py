"""Members of staff (人员): the register, and a new first password for whoever forgot his."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desk.actions.staffing import ResetPassword
from desk.rules.errors import DeskError
from desk.ui.admin.register_section import RegisterSection
from desk.ui.admin.specs import RegisterSpec
from desk.ui.desk import Desk
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import rule
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState


class StaffSection(RegisterSection):
    """The register of staff with the reset of passwords below the form."""

    def __init__(self, desk: Desk, spec: RegisterSpec, parent: QWidget | None = None) -> None:
        super().__init__(desk, spec, parent)
        self.password = CheckedField("重设密码", hint="当面告诉本人；第一次登录后必须更改。")
        if isinstance(self.password.edit, QLineEdit):
            self.password.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.reset = KeyButton("重设", icon="lock")
        self._part = QWidget()
        row = QHBoxLayout(self._part)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.password, 1)
        row.addWidget(self.reset)
        row.addStretch(1)
        self.lines.body.addSpacing(8)
        self.lines.body.addWidget(rule())
        self.lines.body.addWidget(self._part)
        self.lines.chosen.connect(lambda _id: self._offer(is_known=True))
        self.lines.fresh_wanted.connect(lambda: self._offer(is_known=False))
        self.reset.clicked.connect(self._on_reset)

    def _offer(self, *, is_known: bool) -> None:
        self._part.setVisible(is_known)
        self.password.set_text("")

    def _on_reset(self) -> None:
        record = self.record()
        if record is None:
            return
        request = ResetPassword(**self.desk.by_me(), staff=record.id, password=self.password.text())
        self.desk.act(
            request,
            owner=self,
            done=lambda changes: self._on_reset_done(changes.title),
            failed=self._on_reset_refused,
        )

    def _on_reset_done(self, title: str) -> None:
        self.password.set_text("")
        self.said.emit(f"已{title}，第一次登录后要更改。")

    def _on_reset_refused(self, error: DeskError) -> None:
        self.password.set_state(FieldState(Check.BAD, str(error)))
        self.password.setFocus()
