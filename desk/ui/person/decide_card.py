"""Saying that two cases are of the same person, or are not (认人), with a reason."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.queries.person_page import PersonCase
from desk.rules.same_person import Group
from desk.ui.keys import ListKey
from desk.ui.person.rows import say_case
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState, TextLine

_WHY = "怎么看出来的"
_HINTS = {
    True: "认定“是同一人”：例如当面核对了证件、本人说明换了号码；写完按 Enter",
    False: "认定“不是同一人”：例如本人说是家人用的电话、证件对不上；写完按 Enter",
}
_QUESTION = "{}：{}。是同一个人吗？合到一起的随时可以撤回。"
_CERTAIN = "{}：{}，已经算在这个人名下。如果不是他，请写明理由分开。"


class DecideCard(Card):
    """What matched in the chosen case, a reason, and two verbs.

    Signals:
        decided: carries the case's id, whether it is the same person, and why.
    """

    decided = Signal(object, bool, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("是不是同一个人", parent=parent)
        self._case: PersonCase | None = None
        self._wanted: bool | None = None
        self._said = text_label("", "reading", wraps=True)
        self.reason = CheckedField(_WHY)
        self.same = KeyButton("是同一人", ListKey.SAME_PERSON, parent=self)
        self.other = KeyButton("不是同一人", ListKey.OTHER_PERSON, parent=self)
        buttons = QHBoxLayout()
        buttons.addWidget(self.same, 1)
        buttons.addWidget(self.other, 1)
        self.body.addWidget(self._said)
        self.body.addLayout(buttons)
        self.body.addWidget(self.reason)
        self.same.clicked.connect(lambda: self.begin(is_same=True))
        self.other.clicked.connect(lambda: self.begin(is_same=False))
        if isinstance(self.reason.edit, TextLine):
            self.reason.edit.entered.connect(self._on_entered)
        self.show_case(None, is_anchor=False)

    def show_case(self, case: PersonCase | None, *, is_anchor: bool) -> None:
        """Ask about this case; the one that the page is named by needs no question."""
        if case is not None and self._case is not None and case.id == self._case.id:
            self._case = case
            return
        self._case = None if is_anchor else case
        self._wanted = None
        self.setVisible(self._case is not None)
        self.reason.hide()
        self.reason.set_text("")
        if self._case is not None:
            certain = self._case.group is Group.SAME
            sentence = _CERTAIN if certain else _QUESTION
            self._said.setText(sentence.format(say_case(self._case), self._case.words))
            self.same.setVisible(not certain)
            self.other.setVisible(self._case.group is not Group.OTHER)

    def begin(self, *, is_same: bool) -> None:
        """Ask for the reason; what was written for the other answer stays."""
        button = self.same if is_same else self.other
        if self._case is None or button.isHidden():
            return
        self._wanted = is_same
        said = "是同一人" if is_same else "不是同一人"
        self.reason.edit.setAccessibleName(f"{said}，{_WHY}")
        self.reason.set_hint(_HINTS[is_same])
        self.reason.show()
        self.reason.edit.setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why it was not kept; what was written stays."""
        self.reason.edit.setFocus()  # Enter went on to the next field
        self.reason.set_state(FieldState(Check.BAD, sentence))

    def _on_entered(self) -> None:
        if self._case is not None and self._wanted is not None:
            self.decided.emit(self._case.id, self._wanted, self.reason.text())
