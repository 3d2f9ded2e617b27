"""A register of the hall (登记册): list left, form right, retired instead of deleted."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.administration import Record, Register
from desk.rules.errors import DeskError, RuleBroken
from desk.ui.admin.section import Section
from desk.ui.admin.specs import RegisterSpec
from desk.ui.desk import Desk
from desk.ui.list_form import ListForm, ListLine
from desk.ui.row_form import RowForm
from desk.ui.widgets.buttons import ButtonKind
from desk.ui.widgets.verb_dialog import Verb, ask_verb

_READ = (Verb("read", "知道了"),)


class RegisterSection(Section):
    """Shows one register as its spec says."""

    def __init__(self, desk: Desk, spec: RegisterSpec, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.title = spec.label
        self.spec = spec
        self.register = Register(())
        self.lines = ListForm(spec.label, spec.fresh)
        self.form = RowForm(spec.columns)
        self.lines.body.addWidget(self.form)
        self.save = self.lines.add_button("保存", ButtonKind.MAIN)
        self.retire = self.lines.add_button(spec.retire_label, ButtonKind.DANGER)
        self.lines.buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines)
        self.lines.chosen.connect(self._on_chosen)
        self.lines.fresh_wanted.connect(self.begin)
        self.save.clicked.connect(self._on_save)
        self.retire.clicked.connect(self._on_retire)

    def arrive(self) -> None:
        """Load the register."""
        self.desk.ask(self.spec.load, owner=self, done=self._on_loaded)

    def record(self) -> Record | None:
        """Return the chosen line; None while a new one is written."""
        wanted = self.lines.current()
        return next((r for r in self.register.records if r.id == wanted), None)

    def begin(self) -> None:
        """Show an empty form for a new line."""
        self.lines.choose(None)
        self.lines.say(self.spec.fresh or self.spec.label, self.spec.advice)
        self.form.set_values({})
        self.form.set_fixed(())
        self.save.setText("加进去")
        self.retire.setVisible(False)
        self.form.focus_first()

    def _on_loaded(self, register: Register) -> None:
        current = self.lines.current()
        self.register = register
        for name, words in register.options.items():
            self.form.set_options(name, words)
        self.lines.set_lines([ListLine(r.id, r.label, r.note) for r in register.records], current)
        known = {record.id for record in register.records}
        if current not in known and register.records:
            self.lines.choose(register.records[0].id)
        elif not register.records and self.spec.fresh:
            self.begin()

    def _on_chosen(self, wanted: object) -> None:
        record = next((r for r in self.register.records if r.id == wanted), None)
        if record is None:
            return
        self.lines.say(record.label, record.hint or self.spec.advice)
        self.form.set_values(record.values)
        fixed = set(self.spec.only_fresh)
        self.form.set_fixed(fixed)
        can_change = any(column.name not in fixed for column in self.spec.columns)
        self.save.setText("保存")
        self.save.setVisible(can_change)
        self.retire.setVisible(self.spec.retire is not None)

    def _on_save(self) -> None:
        record, values = self.record(), self.form.values()
        for column in self.spec.columns:
            if column.required and not values[column.name]:
                self.form.show_trouble(column.name, f"请填写{column.name}。")
                return
        try:
            request = self.spec.save(self.desk.by_me(), self.register, record, values)
        except RuleBroken as error:
            self._on_refused(error)
            return
        self.save.setEnabled(False)
        self.desk.act(request, owner=self, done=self._on_done, failed=self._on_refused)

    def _on_retire(self) -> None:
        record, retire = self.record(), self.spec.retire
        if record is None or retire is None:
            return
        request = retire(self.desk.by_me(), record)

        def decided(verb: object) -> None:
            if verb == "retire":
                self.desk.act(request, owner=self, done=self._on_done, failed=self._on_refused)

        ask_verb(
            self,
            f"{self.spec.retire_label}“{record.label}”",
            self.spec.retire_question,
            (
                Verb("retire", self.spec.retire_label, ButtonKind.DANGER),
                Verb("stay", "再看看"),
            ),
            decided,
        )

    def _on_done(self, changes: Any) -> None:
        self.save.setEnabled(True)
        self.said.emit(f"已{changes.title}。")
        if changes.made.get("then"):
            ask_verb(self, f"已{changes.title}", changes.made["then"], _READ, lambda _verb: None)
        self.arrive()

    def _on_refused(self, error: DeskError) -> None:
        self.save.setEnabled(True)
        part = error.field if isinstance(error, RuleBroken) else None
        column = self.spec.columns_of.get(part or "")
        if column is None:
            self.said.emit(str(error))
        else:
            self.form.show_trouble(column, str(error))
