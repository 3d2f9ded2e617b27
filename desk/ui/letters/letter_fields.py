"""The fields of a new letter (写表扬书、提醒函): filled in from the cases, corrected by people."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desk.actions.letters import IssueLetter
from desk.queries.letters import LetterDraft, letter_draft
from desk.rules.assessment_codes import LetterKind, ReminderProblem
from desk.rules.day_words import read_coming_day
from desk.rules.errors import RuleBroken
from desk.rules.moments import day_of
from desk.rules.wording import label
from desk.ui.case.form_panel import FormPanel
from desk.ui.case.form_parts import LabelledChoice, Ticks
from desk.ui.widgets.choice_chips import Choice

_CHOOSE_UNIT = "请选收信的单位。"
_NO_COMMON = "这几件没有经过同一个单位，请去掉几件，分开写。"
_PROBLEMS = {label(one): one for one in ReminderProblem}


class LetterFields:
    """Adds its fields to a panel; what people have written is never filled over.

    Args:
        kinds: the kinds of letters to choose from; with one there is nothing to choose.
    """

    def __init__(self, panel: FormPanel[Any], kinds: Sequence[LetterKind]) -> None:
        self._panel, form = panel, panel.form
        self._cases: tuple[int, ...] = ()
        self._filled = LetterDraft()
        self._kind = form.choice(
            "kind", "写什么", [Choice(one, label(one)) for one in kinds], required=True
        )
        self._unit = form.choice("unit", "给哪个单位", [], required=True, small=True)
        self._facts = form.text(
            "facts",
            "事实（一行一件）",
            lines=6,
            required=True,
            hint="按记录填好，可以改。写事不写诉求人的姓名、电话。",
        )
        self._problems = form.ticks("problems", "存在的问题", Ticks("存在的问题", _PROBLEMS))
        self._due = form.text("due_on", "整改期限", hint="如 11-30、明天")
        self._person = form.text(
            "person", "同志（可空）", hint="只在确有必要时写一个人的名字；程序从不自动填。"
        )
        self._kind.setVisible(len(kinds) > 1)
        self._kind.chips.set_value(kinds[0])
        self._kind.chosen.connect(self._on_kind)
        self._unit.chosen.connect(self._on_unit)
        self._show_kind()

    def kind(self) -> LetterKind:
        """Return what is being written."""
        return LetterKind(str(self._kind.value()))

    def take_cases(self, cases: Sequence[int]) -> None:
        """Write about these cases; their facts are read anew."""
        self._cases = tuple(cases)
        self._read()

    def request(self, head: Any) -> IssueLetter:
        """Return the request that issues the letter.

        Raises:
            RuleBroken: no unit is chosen, or the limit cannot be read.
        """
        unit = self._unit.value()
        if unit is None:
            words = _CHOOSE_UNIT if self._filled.units else _NO_COMMON
            raise RuleBroken(words, field="unit")
        is_reminder = self.kind() is LetterKind.REMINDER
        ticked = self._problems.value() if is_reminder else []
        return IssueLetter(
            **head,
            kind=self.kind(),
            unit=int(str(unit)),
            cases=self._cases,
            facts=self._facts.text(),
            problems=tuple(_PROBLEMS[word] for word in ticked),
            due_on=self._read_due() if is_reminder else None,
            person=self._person.text(),
        )

    def _read_due(self) -> date | None:
        text = self._due.text().strip()
        return read_coming_day(text, day_of(self._panel.desk.now())) if text else None

    def _on_kind(self, _kind: object) -> None:
        self._show_kind()
        self._read()

    def _on_unit(self, _unit: object) -> None:
        if self.kind() is LetterKind.REMINDER:
            self._read()  # whose limits count

    def _show_kind(self) -> None:
        is_reminder = self.kind() is LetterKind.REMINDER
        self._problems.setVisible(is_reminder)
        self._due.setVisible(is_reminder)

    def _read(self) -> None:
        if not self._cases:
            self._fill(LetterDraft())
            return
        unit = self._unit.value()
        query = partial(
            letter_draft,
            kind=self.kind(),
            cases=self._cases,
            unit=int(str(unit)) if unit is not None else None,
        )
        panel = self._panel
        panel.desk.ask(
            query, owner=panel, done=self._fill, failed=lambda error: panel.say(str(error))
        )

    def _fill(self, draft: LetterDraft) -> None:
        """Fill in what nobody has written otherwise; that alone makes no draft."""
        form, before = self._panel.form, self._filled
        form.blockSignals(True)  # noqa: FBT003 - Qt's own
        if self._facts.text() == before.facts:
            self._facts.set_text(draft.facts)
        if self._problems.value() == _words(before):
            self._problems.set_value(_words(draft))
        if self._due.text() == _day(before):
            self._due.set_text(_day(draft))
        chosen = self._unit.value()
        self._unit.set_choices([Choice(unit, name) for unit, name in draft.units])
        _in_reading_order(self._kind, self._unit)
        known = [unit for unit, _name in draft.units]
        self._unit.chips.set_value(chosen if chosen in known else draft.lead)
        form.blockSignals(False)  # noqa: FBT003 - Qt's own
        self._filled = draft


def _in_reading_order(before: LabelledChoice, after: LabelledChoice) -> None:
    """Let Tab go to choices that came later from those that stand above them."""
    previous: QWidget = before.chips.chips()[-1]
    for chip in after.chips.chips():
        QWidget.setTabOrder(previous, chip)
        previous = chip


def _words(draft: LetterDraft) -> list[str]:
    return [label(one) for one in draft.problems]


def _day(draft: LetterDraft) -> str:
    return f"{draft.due_on:%Y-%m-%d}" if draft.due_on else ""
