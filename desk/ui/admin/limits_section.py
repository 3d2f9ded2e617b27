"""The hall's limits (管理 · 时限): sets and their limits left, one of them right, effect first."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.queries.time_rules import LimitsNow, limits_now
from desk.rules.clock_codes import RuleSet
from desk.rules.codes import ClockKind, SpanUnit
from desk.rules.deadlines import OF_MEDIATIONS, TimeRule, rule_text
from desk.rules.errors import DeskError, RuleBroken
from desk.rules.moments import day_of
from desk.rules.rule_sets import RULE_SETS
from desk.rules.wording import label
from desk.ui.admin.effect_question import EffectQuestion
from desk.ui.admin.limit_changes import LimitChange, ending, saving, switching
from desk.ui.admin.limit_columns import (
    COLUMN_OF,
    LIMIT_COLUMNS,
    SCOPE_COLUMNS,
    limit_lines,
    limit_name,
    of_set,
    values_of,
)
from desk.ui.admin.recounting import RecomputeBox
from desk.ui.admin.section import Section
from desk.ui.desk import Desk
from desk.ui.list_form import ListForm
from desk.ui.row_form import RowForm
from desk.ui.widgets.buttons import ButtonKind
from desk.ui.widgets.cards import Card, text_label

_ADVICE = "更窄的范围（级别、渠道、类别）优先于更宽的；一样窄的取更紧的一条。"


_LOW = (16, 8, 16, 8)


class LimitsSection(Section):
    """Shows all limits by set; a change is made only after its effect on running cases is seen."""

    title = "时限"
    help_page = "limit-rules"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._now = LimitsNow({}, {}, {})
        self._made: int | None = None  # what was saved last, to be chosen once it is loaded
        self.lines = ListForm("时限", "新增时限")
        self.scope, self.form = RowForm(SCOPE_COLUMNS), RowForm(LIMIT_COLUMNS)
        self.of_set = text_label("", "reading", wraps=True)
        self.lines.body.addWidget(self.of_set)
        self.lines.body.addWidget(self.scope)
        self.lines.body.addWidget(self.form)
        self.save = self.lines.add_button("保存", ButtonKind.MAIN)
        self.end = self.lines.add_button("停用这一条", ButtonKind.DANGER)
        self.switch_on = self.lines.add_button("启用整套", ButtonKind.MAIN)
        self.switch_off = self.lines.add_button("停用整套", ButtonKind.DANGER)
        self.lines.buttons.addStretch()
        self.question = EffectQuestion(desk, self)
        self.box = RecomputeBox(desk)
        below = Card()
        below.body.setContentsMargins(*_LOW)
        below.body.addWidget(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.lines, 1)
        column.addWidget(below)
        self._connect()

    def arrive(self) -> None:
        """Load the limits."""
        self.desk.ask(limits_now, owner=self, done=self._on_loaded)

    def begin(self) -> None:
        """Show an empty form for a limit of the hall's own."""
        self.lines.choose(None)
        self.lines.say("新增时限", f"写清用在哪些件上，别的空着。{_ADVICE}")
        today = day_of(self.desk.now()).isoformat()
        unit, remind = label(SpanUnit.HOUR), label(SpanUnit.WORKING_DAY)
        self.scope.set_values({})
        self.form.set_values({"单位": unit, "提醒单位": remind, "生效日期": today})
        self._offer(self.scope, self.form, self.save)
        self.scope.focus_first()

    def _connect(self) -> None:
        self.lines.chosen.connect(self._on_chosen)
        self.lines.fresh_wanted.connect(self.begin)
        self.save.clicked.connect(self._on_save)
        self.end.clicked.connect(self._on_end)
        self.switch_on.clicked.connect(lambda: self._switch(is_on=True))
        self.switch_off.clicked.connect(lambda: self._switch(is_on=False))
        self.question.decided.connect(self._on_decided)
        self.question.busy.connect(self._on_busy)
        self.question.said.connect(self._on_progress)
        self.box.said.connect(self.said)

    def _on_loaded(self, now: LimitsNow) -> None:
        self._now = now
        wanted = self._made if self._made is not None else self.lines.current()
        self._made = None
        self.scope.set_options("类别", now.categories.values())
        lines = limit_lines(now, day_of(self.desk.now()))
        self.lines.set_lines(lines, wanted)
        if wanted not in {line.id for line in lines}:
            wanted = lines[0].id
            self.lines.choose(wanted)
        self._on_chosen(wanted)

    def _on_chosen(self, wanted: object) -> None:
        if isinstance(wanted, RuleSet):
            self._show_set(wanted)
        elif isinstance(wanted, int) and wanted in self._now.rules:
            self._show_limit(self._now.rules[wanted])

    def _show_set(self, wanted: RuleSet) -> None:
        mine = [rule for _, rule in of_set(self._now, wanted)]
        seeds = RULE_SETS.get(wanted, ())
        self.lines.say(f"时限制度　{label(wanted)}", _ADVICE)
        said = [
            f"{limit_name(rule, self._now.categories)}　{rule_text(rule)}"
            f"{'，法定' if rule.is_legal else ''}（{rule.source}）"
            for rule in mine or seeds
        ]
        head = f"在用 {len(mine)} 条：" if mine else f"没有启用。启用后有这 {len(seeds)} 条："
        self.of_set.setText("\n".join([head, *said]))
        buttons = [self.switch_off] if mine else []
        buttons += [self.switch_on] if len(mine) < len(seeds) else []
        self._offer(self.of_set, *buttons)

    def _show_limit(self, rule: TimeRule) -> None:
        running = f"{self._now.running.get(rule.kind, 0):,} 个正在走"
        said = f"这种钟有 {running}。保存前会先说现有的件会怎样变。"
        if rule.kind in OF_MEDIATIONS:
            said = "改了从下一件调解起用，已经受理的不变。"
        self.lines.say(
            f"{limit_name(rule, self._now.categories)}　{label(rule.rule_set)}",
            f"现在：{rule_text(rule)}。{said}",
        )
        starts = max(day_of(self.desk.now()), rule.valid_from)
        values = values_of(rule, self._now.categories, starts)
        self.scope.set_values(values)
        self.form.set_values(values)
        self._offer(self.form, self.save, self.end)

    def _offer(self, *shown: QWidget) -> None:
        buttons = (self.save, self.end, self.switch_on, self.switch_off)
        for one in (self.scope, self.form, self.of_set, *buttons):
            one.setVisible(one in shown)

    def _row(self) -> int | None:
        row = self.lines.current()
        return row if isinstance(row, int) else None

    def _on_save(self) -> None:
        values = self.scope.values() | self.form.values()
        self._try(lambda: saving(self.desk.by_me(), self._now, self._row(), values))

    def _on_end(self) -> None:
        row, values = self._row(), self.form.values()
        if row is not None:
            self._try(lambda: ending(self.desk.by_me(), self._now, row, values))

    def _switch(self, *, is_on: bool) -> None:
        wanted, today = self.lines.current(), day_of(self.desk.now())
        if isinstance(wanted, RuleSet):
            self._try(lambda: switching(self.desk.by_me(), self._now, wanted, today, is_on=is_on))

    def _try(self, made: Callable[[], LimitChange]) -> None:
        try:
            change = made()
        except RuleBroken as error:
            self._on_refused(error)
        else:
            self.question.ask(change)

    def _on_decided(self, change: LimitChange, also_running: bool) -> None:  # noqa: FBT001 - Qt's
        done = partial(self._on_done, change.kinds if also_running else ())
        self.desk.act(change.request, owner=self, done=done, failed=self._on_refused)

    def _on_done(self, kinds: tuple[ClockKind, ...], changes: Any) -> None:
        self.said.emit(f"已{changes.title}。")
        self._made = changes.made.get("rule")
        self.arrive()
        if kinds:
            self.box.start(kinds)

    def _on_refused(self, error: DeskError) -> None:
        field = error.field if isinstance(error, RuleBroken) else None
        column = COLUMN_OF.get(field or "")
        is_scope = column in {one.name for one in SCOPE_COLUMNS}
        form = self.scope if is_scope else self.form
        if column is None or form.isHidden():
            self._on_progress(str(error))
            self.said.emit(str(error))
        else:
            form.show_trouble(column, str(error))

    def _on_progress(self, sentence: str) -> None:
        self.lines.say(self.lines.head.text(), sentence)

    def _on_busy(self, is_busy: bool) -> None:  # noqa: FBT001 - Qt's
        for button in (self.save, self.end, self.switch_on, self.switch_off):
            button.setEnabled(not is_busy)
