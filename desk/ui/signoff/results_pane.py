"""What leaders decided in the printed folder (签批夹结果), typed in row by row by the office."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk.actions.signing import SignOnPaper
from desk.queries.sign_desks import Signer
from desk.queries.sign_queue import SignRow
from desk.rules.day_words import read_day
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.moments import day_of
from desk.ui.desk import Desk
from desk.ui.drafts import draft_key, drafts_of
from desk.ui.keys import GlobalKey
from desk.ui.scroll_column import side_column
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import SectionHead, text_label
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState, TextLine
from desk.ui.widgets.choice_chips import Choice, ChoiceChips
from desk.ui.widgets.composing import KeyShortcut

_KIND = "sign-folder"
_AGREED, _BACK, _NOT_YET = "agreed", "back", ""
_CHOICES = (Choice(_AGREED, "同意"), Choice(_BACK, "退回"), Choice(_NOT_YET, "还没签"))


class ResultRow(QWidget):
    """One opinion of the folder: what was ticked, and what was written beside it.

    Signals:
        changed: something was filled in.
    """

    changed = Signal()

    def __init__(self, row: SignRow, number: int) -> None:
        super().__init__()
        self.row = row
        name = f"第 {number} 份 {row.summary}"
        self.chips = ChoiceChips(f"{name}，签批结果", _CHOICES, small=True)
        self.chips.set_value(_NOT_YET)
        self.remark = TextLine()
        self.remark.setAccessibleName(f"{name}，批注")
        self.remark.setPlaceholderText("批注，退回时必填")
        self.said = text_label("", "hint", wraps=True)
        say_state(self.said, state="bad")
        self.said.hide()
        head = QHBoxLayout()
        head.addWidget(text_label(f"{number}　{row.summary}", "strong", wraps=True), 1)
        head.addWidget(text_label(f"{row.seq:05} · {row.unit}", "caption"))
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.chips)
        below.addWidget(self.remark, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(below)
        column.addWidget(self.said)
        self.chips.chosen.connect(lambda _value: self.changed.emit())
        self.remark.textChanged.connect(lambda _text: self.changed.emit())

    def content(self) -> dict[str, str]:
        """Return what was filled in."""
        return {"word": str(self.chips.value() or ""), "remark": self.remark.text()}

    def fill(self, content: dict[str, str]) -> None:
        """Fill in what was kept."""
        self.chips.set_value(content.get("word", _NOT_YET))
        self.remark.setText(content.get("remark", ""))

    def is_decided(self) -> bool:
        """Return whether the folder says something about this one."""
        return bool(self.chips.value())

    def refuse(self, sentence: str) -> None:
        """Say why this one was not taken."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))


class ResultsPane(QFrame):
    """The grid of one leader's folder; Ctrl+Enter takes in what was decided.

    Signals:
        said: a sentence for the status line.
        put_away: the clerk is through, or wants the paper back.
    """

    said = Signal(str)
    put_away = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._drafts = desk, drafts_of(desk)
        self._key = ""
        self._waiting: list[ResultRow] = []
        self._taken = 0
        self.rows: list[ResultRow] = []
        self.head = SectionHead("签批夹结果")
        self.signer = ChoiceChips("谁签的", (), small=True)
        self.day = CheckedField("签批日期", hint="写作 11-2 或 2026-11-02；不同日期分两次录。")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.button = KeyButton("录入", GlobalKey.FINISH, kind=ButtonKind.MAIN)
        self._build()
        self.button.clicked.connect(self.submit)
        KeyShortcut(GlobalKey.FINISH, self).pressed.connect(self.submit)
        KeyShortcut(GlobalKey.OUT, self).pressed.connect(self.put_away)
        self.day.changed.connect(lambda _text: self._keep())

    def show_folder(self, whose: str, rows: Sequence[SignRow], signers: Sequence[Signer]) -> None:
        """Show a leader's folder; what was typed in and not taken yet is there again."""
        self._clear()
        self._key = draft_key(_KIND, self._desk.person.staff_id, whose)
        self.head.set_text(f"{whose}的签批夹")
        self.head.set_note(f"共 {len(rows)} 份，签了几份录几份")
        self.signer.set_choices([Choice(one.staff_id, one.words) for one in signers])
        if signers:
            self.signer.set_value(signers[0].staff_id)
        kept = self._drafts.get(self._key)
        content: dict[str, Any] = dict(kept.content) if kept else {}
        for number, row in enumerate(rows, start=1):
            line = ResultRow(row, number)
            line.fill(content.get(str(row.case_id), {}))
            line.changed.connect(self._keep)
            self._list.addWidget(line)
            self.rows.append(line)
        today = day_of(self._desk.now())
        self.day.set_text(str(content.get("day") or f"{today:%Y-%m-%d}"))
        self._show_count()
        if self.rows:
            self.rows[0].chips.setFocus()

    def submit(self) -> None:
        """Take in every decided row, one after the other."""
        decided = [row for row in self.rows if row.is_decided()]
        if self._waiting or not decided:
            self.said.emit("请先在签过的那几份上选“同意”或“退回”。")
            return
        try:
            day = read_day(self.day.text(), day_of(self._desk.now()))
        except RuleBroken as error:
            self._refuse_day(str(error))
            return
        self.day.set_state(FieldState())
        for row in decided:
            row.refuse("")
        self._waiting, self._taken = decided, 0
        self._go_on(day)

    def _build(self) -> None:
        say_state(self, kind="column")
        top = QHBoxLayout()
        top.setSpacing(16)
        signer = QVBoxLayout()
        signer.setSpacing(2)
        signer.addWidget(text_label("谁签的", "label"))
        signer.addWidget(self.signer)
        signer.addStretch()
        top.addLayout(signer)
        top.addWidget(self.day, 1)
        inner = QWidget()
        say_state(inner, ground="clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(self._list)
        column.addStretch()
        foot = QHBoxLayout()
        foot.addWidget(self.button)
        foot.addStretch()
        away = KeyButton("收起", GlobalKey.OUT, kind=ButtonKind.QUIET)
        away.clicked.connect(self.put_away)
        foot.addWidget(away)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 10, 12, 10)
        whole.setSpacing(8)
        whole.addWidget(self.head)
        whole.addLayout(top)
        whole.addWidget(side_column(inner), 1)
        whole.addLayout(foot)

    def _clear(self) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows, self._waiting = [], []

    def _refuse_day(self, sentence: str) -> None:
        self.day.set_state(FieldState(Check.BAD, sentence))
        self.day.setFocus()

    def _keep(self) -> None:
        content: dict[str, Any] = {
            str(row.row.case_id): row.content() for row in self.rows if any(row.content().values())
        }
        self._show_count()
        if content:
            kept = content | {"day": self.day.text()}
            self._drafts.keep(self._key, _KIND, self._desk.person.staff_id, kept)
        elif self._drafts.get(self._key) is not None:
            self._drafts.drop(self._key)

    def _show_count(self) -> None:
        count = sum(1 for row in self.rows if row.is_decided())
        self.button.setText(f"录入 {count} 份" if count else "录入")
        self.button.updateGeometry()

    def _go_on(self, day: date) -> None:
        if not self._waiting:
            left = sum(1 for row in self.rows if row.is_decided())
            rest = f"，{left} 份没有录上，原因写在那一行下面" if left else ""
            self.said.emit(f"签批夹结果录入 {self._taken} 份{rest}。")
            self._keep()
            if not left:
                self.put_away.emit()
            return
        line = self._waiting.pop(0)
        request = SignOnPaper(
            **self._desk.by_me(),
            case=line.row.case_id,
            seen=line.row.version,
            signer=int(str(self.signer.value() or 0)),
            signed_on=day,
            is_agreed=line.chips.value() == _AGREED,
            remark=line.remark.text().strip(),
        )
        self._desk.act(
            request,
            owner=self,
            done=partial(self._on_done, line, day),
            failed=partial(self._on_refused, line, day),
        )

    def _on_done(self, line: ResultRow, day: date, _changes: object) -> None:
        self._taken += 1
        self.rows.remove(line)
        line.hide()
        line.deleteLater()
        self._go_on(day)

    def _on_refused(self, line: ResultRow, day: date, error: DeskError) -> None:
        line.refuse(str(error))
        self._go_on(day)
