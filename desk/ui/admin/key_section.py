"""The key of identity numbers (证件号密钥): whether this desk has it, and its recovery sheet."""

import hashlib
from datetime import datetime
from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.actions.identity_keys import PutSheetAway, UseIdentityKey
from desk.exchange.key_sheet import install, make_key, sheet_row
from desk.exchange.organisation_rows import Column
from desk.forms import render
from desk.queries.identity_keys import KeyState, identity_key_state
from desk.rules.errors import DeskError
from desk.settings import fonts_folder
from desk.ui.admin.section import Section
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey
from desk.ui.printing import ReadyPaper, papers_of
from desk.ui.row_form import RowForm
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.choice_chips import CheckChip

CODE = "恢复码"
_SHEET = "identity-key"
_WHY = (
    "证件号码用一把密钥加密。密钥只在各台电脑上，服务器和备份里没有。"
    "恢复单上的恢复码能把密钥装到新电脑：请打印两份，装袋封口，主要领导和管机器的同事各存一份。"
    "密钥或恢复单被别人看到了，请管机器的同事运行 main.py identity-key --renew 换一把。"
)


class KeySection(Section):
    """How things stand, the sheet to print, the box to tick, and the code of a sheet to type."""

    title = "证件号密钥"
    help_page = "privacy"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._state = KeyState(None, is_here=False, sealed=0, waiting=0)
        self.stands = text_label("", "reading", wraps=True)
        self.sheet = text_label("", "reading", wraps=True)
        self.make = KeyButton("生成并启用密钥", GlobalKey.FINISH, kind=ButtonKind.MAIN)
        self.print = KeyButton("打印恢复单", GlobalKey.PRINT, icon="print", kind=ButtonKind.MAIN)
        self.put_away = CheckChip("已打印并封存")
        self.form = RowForm((Column(CODE, "照恢复单逐组输入，短横可以不写"),))
        self.install = KeyButton("装到本机", kind=ButtonKind.PLAIN)
        card = Card("证件号密钥", note="加密证件号码用")
        card.body.addWidget(text_label(_WHY, "label", wraps=True))
        for widget in (self.stands, self.sheet):
            card.body.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(12)
        for button in (self.make, self.print, self.put_away):
            row.addWidget(button)
        row.addStretch()
        card.body.addLayout(row)
        card.body.addSpacing(12)
        card.body.addWidget(self.form)
        below = QHBoxLayout()
        below.addWidget(self.install)
        below.addStretch()
        card.body.addLayout(below)
        card.body.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self._connect()

    def arrive(self) -> None:
        """Read how things stand."""
        self.desk.ask(identity_key_state, owner=self, done=self._show)

    def _connect(self) -> None:
        self.make.clicked.connect(self._on_make)
        self.print.clicked.connect(self._on_print)
        self.put_away.toggled.connect(self._on_put_away)
        self.install.clicked.connect(self._on_install)
        self.make.listen(self)
        self.print.listen(self)

    def _show(self, state: KeyState) -> None:
        self._state = state
        self.stands.setText(state.sentence.replace("--new ", "“生成并启用密钥”"))
        self.sheet.setText(state.sheet_sentence)
        is_safe = state.put_away_at is not None or state.key_id is None
        say_state(self.sheet, state="" if is_safe else "bad")
        self.make.setVisible(state.key_id is None)
        self.print.setVisible(state.is_here)
        self.put_away.setVisible(state.is_here)
        needs_code = not state.is_here or bool(state.lacks)
        self.form.setVisible(needs_code)
        self.install.setVisible(needs_code)
        with QSignalBlocker(self.put_away):
            self.put_away.setChecked(state.put_away_at is not None)

    def _on_make(self) -> None:
        self.desk.work(make_key, owner=self, done=self._use, failed=self._on_refused)

    def _on_install(self) -> None:
        code = self.form.values()[CODE]
        if not code:
            self.form.show_trouble(CODE, "请照恢复单输入恢复码。")
            return
        work = partial(install, code, self._state.key_id, self._state.earlier)
        self.desk.work(work, owner=self, done=self._use, failed=self._on_refused)

    def _use(self, key_id: str) -> None:
        request = UseIdentityKey(**self.desk.by_me(), key_id=key_id)
        self.desk.act(request, owner=self, done=self._on_used, failed=self._on_refused)

    def _on_used(self, _changes: object) -> None:
        self.form.set_values({})
        self.said.emit("本机装好了证件号密钥。请打印恢复单，封好存起来。")
        self.arrive()

    def _on_print(self) -> None:
        made = partial(sheet_paper, self._state, self.desk.person.name, self.desk.now())
        send = partial(papers_of(self.desk).send_to_usual, owner=self, done=self._on_printed)
        self.desk.work(made, owner=self, done=send, failed=self._on_refused)

    def _on_printed(self) -> None:
        self.said.emit("恢复单送到打印机了。装袋封口后，请勾选“已打印并封存”。")
        self.put_away.setFocus()

    def _on_put_away(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if not is_on or self._state.key_id is None:
            self.arrive()  # what was put away stays so; it is printed anew, not forgotten
            return
        request = PutSheetAway(**self.desk.by_me(), key_id=self._state.key_id)
        done = self._on_kept
        self.desk.act(request, owner=self, done=done, failed=self._on_refused)

    def _on_kept(self, _changes: object) -> None:
        self.said.emit("记下了：恢复单已打印并封存。")
        self.arrive()

    def _on_refused(self, error: DeskError) -> None:
        if self.form.isVisible():
            self.form.show_trouble(CODE, str(error))
        self.said.emit(str(error))


def sheet_paper(state: KeyState, who: str, now: datetime) -> ReadyPaper:
    """Return the recovery sheet, ready to be printed; it is kept nowhere.

    Raises:
        RuleBroken: this desk lacks the key.
    """
    row = sheet_row(state.key_id, office=state.office, who=who, now=now)
    paper = render(_SHEET, row, fonts_folder=fonts_folder())
    return ReadyPaper(
        paper_id=None,
        case_id=None,
        code=_SHEET,
        number=str(row["number"]),
        pdf=paper.pdf,
        sha256=hashlib.sha256(paper.pdf).hexdigest(),
        pages=paper.pages,
        missing=paper.missing,
    )
