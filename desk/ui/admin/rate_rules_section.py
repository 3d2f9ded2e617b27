"""The rules of assessment (管理 · 考评规则): tried out on a month before they are saved.

A past month is never counted anew: a set begins with this month or a later one, and whoever saves
one has seen the same month both ways.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.actions.rate_rules import DropRateRules, SetRateRules
from desk.exchange.organisation_rows import Column
from desk.queries.rate_trial import RateTrial, RuleSets, RuleSetView, rate_trial, rule_sets
from desk.rules.errors import DeskError, RuleBroken
from desk.ui.admin.rate_rule_columns import (
    COLUMN_OF,
    RATE_RULE_COLUMNS,
    month_from,
    plain_from,
    values_of,
)
from desk.ui.admin.section import Section
from desk.ui.admin.trial_view import TrialView
from desk.ui.desk import Desk
from desk.ui.list_form import ListForm, ListLine
from desk.ui.row_form import RowForm
from desk.ui.widgets.buttons import ButtonKind

_MONTH = "试算哪个月"
_OWN = "权重没有公认的值：本单位可改，非上级口径。过去的月份按当时的规则算，不会重算。"
_TRY = (Column(_MONTH, "写作 2026-10；先看同一个月按两套规则各是多少，再保存", required=True),)


class RateRulesSection(Section):
    """The sets at the left, the newest on top; a form or a trial of it at the right."""

    title = "考评规则"
    help_page = "assessment"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._sets: RuleSets | None = None
        self._tried: Mapping[str, Any] | None = None  # what the trial on show is about
        self.lines = ListForm("考评规则")
        self.form, self.month = RowForm(RATE_RULE_COLUMNS), RowForm(_TRY)
        self.trial = TrialView()
        for part in (self.month, self.form, self.trial):
            self.lines.body.addWidget(part)
        self.try_out = self.lines.add_button("试算", ButtonKind.MAIN)
        self.save = self.lines.add_button("照此保存", ButtonKind.MAIN)
        self.back = self.lines.add_button("回去改")
        self.drop = self.lines.add_button("撤销这一套", ButtonKind.DANGER)
        self.lines.buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.lines, 1)
        self.lines.chosen.connect(self._on_chosen)
        self.try_out.clicked.connect(self._on_try)
        self.save.clicked.connect(self._on_save)
        self.back.clicked.connect(self._show_form)
        self.drop.clicked.connect(self._on_drop)

    def arrive(self) -> None:
        """Load the sets; a form or a trial that somebody is at stays."""
        if self._tried is None:
            self.desk.ask(rule_sets, owner=self, done=self._on_loaded)

    def _on_loaded(self, sets: RuleSets) -> None:
        self._sets = sets
        wanted = self.lines.current()
        known = {one.rules.valid_from for one in sets.sets}
        first = next(one.rules.valid_from for one in sets.sets if one.is_now)
        wanted = wanted if wanted in known else first
        self.lines.set_lines([_line(one) for one in sets.sets], wanted)
        self._on_chosen(wanted)

    def _chosen(self) -> RuleSetView | None:
        wanted = self.lines.current()
        every = self._sets.sets if self._sets is not None else ()
        return next((one for one in every if one.rules.valid_from == wanted), None)

    def _on_chosen(self, _wanted: object) -> None:
        one, sets = self._chosen(), self._sets
        if one is None or sets is None:
            return
        starts = one.rules.valid_from if one.is_to_come else _after(sets.this_month)
        self.form.set_values(values_of(one.rules, starts))
        self.month.set_values({_MONTH: f"{_before(sets.this_month):%Y-%m}"})
        self._show_form()

    def _show_form(self) -> None:
        self._tried = None
        one = self._chosen()
        if one is None:
            return
        self.lines.say(f"考评规则　{one.rules.name}", f"{_when(one)}。{_OWN}")
        more = (self.drop,) if one.is_to_come else ()
        self._offer(self.month, self.form, self.try_out, *more)

    def _offer(self, *shown: QWidget) -> None:
        parts = (self.month, self.form, self.trial)
        for one in (*parts, self.try_out, self.save, self.back, self.drop):
            one.setVisible(one in shown)

    def _on_try(self) -> None:
        """Count the month both ways; nothing is kept."""
        try:
            month = month_from(self.month.values()[_MONTH], _MONTH)
            value = plain_from(self.form.values())
        except RuleBroken as error:
            self._on_refused(error)
            return
        self.lines.say(self.lines.head.text(), "正在试算。")
        query = partial(rate_trial, month=month, value=value)
        shown = partial(self._on_tried, value)
        self.desk.ask(query, owner=self, done=shown, failed=self._on_refused)

    def _on_tried(self, value: Mapping[str, Any], trial: RateTrial) -> None:
        self._tried = value
        self.trial.show_trial(trial)
        starts = date.fromisoformat(str(value["valid_from"]))
        said = f"看过对照再保存。保存后从 {starts:%Y-%m} 起用，{_before(starts):%Y-%m} 和以前不变。"
        self.lines.say(f"试算　{value['name']}", said)
        self._offer(self.trial, self.save, self.back)
        self.trial.table.setFocus()

    def _on_save(self) -> None:
        if self._tried is not None:
            request = SetRateRules(**self.desk.by_me(), value=self._tried)
            self.desk.act(request, owner=self, done=self._on_done, failed=self._on_refused)

    def _on_drop(self) -> None:
        one = self._chosen()
        if one is not None:
            request = DropRateRules(**self.desk.by_me(), valid_from=one.rules.valid_from)
            self.desk.act(request, owner=self, done=self._on_done, failed=self._on_refused)

    def _on_done(self, changes: Any) -> None:
        self._tried = None
        self.said.emit(f"已{changes.title}。")
        self.arrive()

    def _on_refused(self, error: DeskError) -> None:
        self._show_form()
        field = (error.field if isinstance(error, RuleBroken) else None) or ""
        if field == _MONTH:
            self.month.show_trouble(_MONTH, str(error))
        elif field in COLUMN_OF:
            self.form.show_trouble(COLUMN_OF[field], str(error))
        else:
            self.lines.say(self.lines.head.text(), str(error), is_bad=True)
            self.said.emit(str(error))


def _line(one: RuleSetView) -> ListLine:
    return ListLine(one.rules.valid_from, one.rules.name, _when(one))


def _when(one: RuleSetView) -> str:
    until = f"到 {one.until:%Y-%m}" if one.until is not None else ""
    state = "还没有开始" if one.is_to_come else "现在用" if one.is_now else "已过"
    who = f"{one.set_by}设" if one.set_by else "程序自带"
    return "，".join(filter(None, (f"{one.rules.valid_from:%Y-%m} 起", until, state, who)))


def _before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def _after(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
