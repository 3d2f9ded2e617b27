"""The minutes of a meeting as fields (会商、议事会纪要): embedded by cases, topics and whistles.

A panel puts them into its form and asks `minutes()` for what stands there; the rest of the request
is what the meeting was about.
"""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.actions.meetings import MeetingDecision
from desk.queries.meetings import MeetingView
from desk.rules.day_words import read_near_day
from desk.rules.errors import RuleBroken
from desk.rules.leader_case_codes import MeetingKind
from desk.rules.moments import day_of
from desk.ui.case.form_column import FormColumn
from desk.ui.case.form_parts import coded
from desk.ui.desk import Desk
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import CheckedField
from desk.ui.widgets.moment_edit import MomentEdit

_ROWS = 8
_FIRST = 2  # rows that stand there from the start


class MeetingFields:
    """Kind, title, when, where, who, what was said, and the decisions line by line."""

    def __init__(
        self, form: FormColumn, desk: Desk, kind: MeetingKind = MeetingKind.CONSULTATION
    ) -> None:
        self._form, self._desk = form, desk
        self._kind = form.choice("kind", "什么会", coded(MeetingKind), required=True, small=True)
        self._kind.chips.set_value(kind)
        self._title = form.text("title", "议题", required=True)
        field = MomentEdit("开会时间", desk.now, past_only=True, required=True)
        self._held = form.moment("held_at", "开会时间", field)
        self._place = form.text("place", "地点", required=True)
        self._chair = form.text("chair", "主持人", required=True)
        self._attendees = form.text(
            "attendees", "参加人员", lines=2, required=True, hint="居民、外单位的也写上。"
        )
        self._minutes = form.text("minutes", "会议情况", lines=6, required=True)
        form.add(text_label("议定事项（一行一条，可空）", "label"))
        self._decisions = [_DecisionRow(form, at) for at in range(_ROWS)]
        for at, row in enumerate(self._decisions):
            row.setVisible(at < _FIRST)
            row.text.changed.connect(lambda _text: self._show_rows())
        self._recorder = form.text("recorder", "记录人", hint="空着就是您。")

    def propose(self, *, title: str = "", chair: str = "") -> None:
        """Fill in what is known before anything is written."""
        self._title.set_text(title)
        self._chair.set_text(chair)

    def show_meeting(self, one: MeetingView) -> None:
        """Show minutes that are to be corrected."""
        self._kind.chips.set_value(one.kind)
        self._held.set_moment(one.held_at)
        for field, words in (
            (self._title, one.title),
            (self._place, one.place),
            (self._chair, one.chair),
            (self._attendees, one.attendees),
            (self._minutes, one.minutes),
            (self._recorder, one.recorder),
        ):
            field.set_text(words)
        for row, decision in zip(self._decisions, one.decisions, strict=False):
            row.text.set_text(decision.text)
            row.who.set_text(decision.who)
            row.until.set_text(f"{decision.until:%Y-%m-%d}" if decision.until else "")
        self._show_rows()

    def minutes(self) -> Mapping[str, Any]:
        """Return what stands there, by the names of the request.

        Raises:
            RuleBroken: the moment or a day cannot be read.
        """
        self._held.check_now()
        held, today = self._held.moment(), day_of(self._desk.now())
        if held is None:
            raise RuleBroken("请写明什么时候开的会，例如 今天 14:30。", field="held_at")
        return {
            "kind": MeetingKind(str(self._kind.value())),
            "title": self._title.text(),
            "held_at": held,
            "place": self._place.text(),
            "chair": self._chair.text(),
            "recorder": self._recorder.text(),
            "attendees": self._attendees.text(),
            "minutes": self._minutes.text(),
            "decisions": tuple(
                MeetingDecision(
                    row.text.text(),
                    row.who.text(),
                    read_near_day(row.until.text(), today, field=f"until{at}")
                    if row.until.text().strip()
                    else None,
                )
                for at, row in enumerate(self._decisions)
                if row.is_filled()
            ),
        }

    def _show_rows(self) -> None:
        """Show one empty line below those that are filled."""
        used = max((at + 1 for at, row in enumerate(self._decisions) if row.is_filled()), default=0)
        for at, row in enumerate(self._decisions):
            row.setVisible(at < max(used + 1, _FIRST))


class _DecisionRow(QWidget):
    """One decision: what, whose it is, until when."""

    def __init__(self, form: FormColumn, at: int) -> None:
        super().__init__()
        self.text = CheckedField(f"第 {at + 1} 项 做什么")
        self.who = CheckedField("谁来办")
        self.until = CheckedField("哪天前")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for name, label, field, share in (
            (f"decision{at}", "议定事项", self.text, 5),
            (f"who{at}", "谁来办", self.who, 2),
            (f"until{at}", "哪天前", self.until, 2),
        ):
            form.know_text(name, label, field)
            line.addWidget(field, share)
        form.add(self)

    def is_filled(self) -> bool:
        """Return whether anything stands there."""
        return bool(self.text.text().strip() or self.who.text().strip() or self.until.text())
