"""First set-up (建立街道): by hand or from one workbook; what is half done is kept."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desk.exchange.organisation import read_organisation, usual_categories, write_template
from desk.exchange.organisation_rows import Organisation, Planned, Refused, Sheet, planned
from desk.rules.errors import DeskError
from desk.ui.connection_button import connection_button
from desk.ui.file_choice import choose_file, choose_target
from desk.ui.help_window import HelpWindow
from desk.ui.keys import GlobalKey
from desk.ui.setup.kept import keep, kept
from desk.ui.setup.refused_table import RefusedTable
from desk.ui.setup.steps import STEPS, OneStep, RowsStep, StepButton
from desk.ui.tasks import Lane, Tasks
from desk.ui.theme import say_state
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, rule, text_label
from desk.ui.widgets.composing import KeyShortcut

_LEFT = 248
_WORKBOOK, _COPY = "表格 (*.xlsx)", "备份 (*.db *.dump);;所有文件 (*)"


class SetupScreen(QWidget):
    """Five steps at the left, one form at the right; the demo is one press away.

    Signals:
        plan_ready: the street can be founded; carries the StreetPlan.
        demo_wanted: the clerk wants to look at the demo street first.
        restore_wanted: a copy is to be restored instead; carries its path.
    """

    plan_ready = Signal(object)
    demo_wanted = Signal()
    restore_wanted = Signal(object)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._organisation = kept() or Organisation()
        if not self._organisation.rows[Sheet.CATEGORIES]:
            self._organisation.rows[Sheet.CATEGORIES] = usual_categories()
        self._planned = Planned(None)
        self._buttons = [StepButton(n, facts) for n, facts in enumerate(STEPS, start=1)]
        self.steps: list[OneStep | RowsStep] = [
            OneStep(facts) if facts.sheet is Sheet.STREET else RowsStep(facts) for facts in STEPS
        ]
        self._stack = QStackedWidget()
        self._refused = RefusedTable()
        self._said = text_label("", "label", wraps=True)
        self._back = KeyButton("上一步", GlobalKey.BACK)
        self._next = KeyButton("下一步", GlobalKey.FORWARD, kind=ButtonKind.MAIN)
        self._help = HelpWindow(self)
        self._build()
        self._connect()
        self._judge()
        self.show_step(0)

    def organisation(self) -> Organisation:
        """Return what has been filled in so far."""
        return self._organisation

    def current_step(self) -> int:
        """Return which step is shown, from 0."""
        return self._stack.currentIndex()

    def show_step(self, at: int) -> None:
        """Show a step."""
        self._stack.setCurrentIndex(at)
        self._buttons[at].setChecked(True)
        self.steps[at].show_rows(self._organisation, self._planned.refused)
        self._back.setEnabled(at > 0)
        self._next.setText("建立街道" if at == len(STEPS) - 1 else "下一步")
        self._next.setAccessibleName(self._next.text())
        self._show_troubles()
        self.steps[at].form.focus_first()

    def take_workbook(self, path: Path) -> None:
        """Take in a filled workbook instead of what was written by hand."""
        self._tasks.run(
            lambda: read_organisation(path),
            owner=self,
            done=self._on_read,
            failed=self._on_failure,
            lane=Lane.PAPER,
        )

    def hand_out_template(self, path: Path) -> None:
        """Write the empty workbook."""
        target = path if path.suffix else path.with_suffix(".xlsx")
        self._tasks.run(
            lambda: write_template(target),
            owner=self,
            done=lambda written: self.say(f"模板已存为“{written.name}”，填好后再导入。"),
            failed=self._on_failure,
            lane=Lane.PAPER,
        )

    def say(self, sentence: str) -> None:
        """Show a sentence above the buttons."""
        self._said.setText(sentence)

    def set_waiting(self, *, waiting: bool) -> None:
        """Hold the button while the street is being founded."""
        self._next.setEnabled(not waiting)

    def _build(self) -> None:
        say_state(self, ground="window")
        self.setAutoFillBackground(True)
        left = Card("建立街道")
        left.setFixedWidth(_LEFT)
        advice = "数据库还是空的。五步填好就能用；随时可以停下，下次接着填（密码不存）。"
        left.body.addWidget(text_label(advice, "hint", wraps=True))
        for button in self._buttons:
            left.body.addWidget(button)
        left.body.addWidget(rule())
        for label, icon, handler in (
            ("从 .xlsx 导入", "import", self._on_import),
            ("领取 .xlsx 模板", "export", self._on_template),
            ("从备份恢复", "restore", self._on_restore),
        ):
            left.body.addWidget(_wide(label, icon, handler))
        left.body.addStretch()
        connection = connection_button(self, self.say)
        connection.setSizePolicy(
            connection.sizePolicy().Policy.Expanding, connection.sizePolicy().Policy.Fixed
        )
        left.body.addWidget(connection)
        left.body.addWidget(_wide("先看看演示街道", "eye", self.demo_wanted.emit))
        for step in self.steps:
            self._stack.addWidget(step)
        foot = QHBoxLayout()
        foot.addWidget(self._said, 1)
        foot.addWidget(self._back)
        foot.addWidget(self._next)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self._stack, 1)
        right.addWidget(self._refused)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(12)
        row.addWidget(left)
        row.addLayout(right, 1)
        self.say("")

    def _connect(self) -> None:
        for at, button in enumerate(self._buttons):
            button.clicked.connect(lambda _on=False, n=at: self.show_step(n))
        for step in self.steps:
            step.changed.connect(self._on_changed)
        self._back.clicked.connect(lambda: self.show_step(self.current_step() - 1))
        self._next.clicked.connect(self._on_next)
        self._next.listen(self)
        self._back.listen(self)
        KeyShortcut(GlobalKey.HELP, self).pressed.connect(self._on_help)

    def _on_help(self) -> None:
        self._help.open_page("day-one")

    def _on_changed(self) -> None:
        self.say("")
        keep(self._organisation)
        self._judge()
        step = self.steps[self.current_step()]
        if isinstance(step, RowsStep):
            step.show_rows(self._organisation, self._planned.refused)
        self._show_troubles()

    def _on_next(self) -> None:
        at = self.current_step()
        if at < len(STEPS) - 1:
            self.show_step(at + 1)
            return
        plan = self._planned.plan
        if plan is None:
            self.say("还不能建立：" + " ".join(self._planned.missing[:3]))
        elif self._planned.refused:
            self.say("还有没有通过的行，请先改好或删去。")
        else:
            self.set_waiting(waiting=True)
            self.say("正在建立街道。")
            self.plan_ready.emit(plan)

    def _on_read(self, organisation: Organisation) -> None:
        self._organisation = organisation
        keep(organisation)
        self._judge()
        self.show_step(0 if organisation.street else 1)
        rows = sum(len(found) for found in organisation.rows.values())
        refused = len(self._planned.refused)
        self.say(
            f"读入 {rows} 行，{refused} 行没有通过，原因见上表。" if refused
            else f"读入 {rows} 行，都通过了。请逐步看一遍，再建立街道。"
        )  # fmt: skip

    def _on_failure(self, error: DeskError) -> None:
        self.set_waiting(waiting=False)
        self.say(str(error))

    def _on_import(self) -> None:
        choose_file(self, "选择填好的模板", self.take_workbook, _WORKBOOK)

    def _on_template(self) -> None:
        choose_target(self, "模板存到哪里", self.hand_out_template, _WORKBOOK, name="组织模板.xlsx")

    def _on_restore(self) -> None:
        choose_file(self, "选择备份文件", self.restore_wanted.emit, _COPY)

    def _judge(self) -> None:
        self._planned = planned(self._organisation)
        for button, facts in zip(self._buttons, STEPS, strict=True):
            if facts.sheet is Sheet.STREET:
                wanted = [c for c in facts.columns if c.required]
                filled = [c for c in wanted if self._organisation.street.get(c.name)]
                note = (
                    "填好了" if len(filled) == len(wanted) else f"必填 {len(filled)}/{len(wanted)}"
                )
                button.set_note(note, is_done=len(filled) == len(wanted))
                continue
            rows = len(self._organisation.rows[facts.sheet])
            bad = len([r for r in self._planned.refused if r.sheet is facts.sheet])
            note = f"{rows} 行" + (f"，{bad} 行有问题" if bad else "")
            button.set_note(note if rows else "还没有", is_done=bool(rows) and not bad)

    def _show_troubles(self) -> None:
        shown: Sequence[Refused] = self._planned.refused
        self._refused.show_refused(shown)


def _wide(label: str, icon: str, handler: object) -> KeyButton:
    made = KeyButton(label, icon=icon)
    made.setSizePolicy(made.sizePolicy().Policy.Expanding, made.sizePolicy().Policy.Fixed)
    made.clicked.connect(handler)
    return made
