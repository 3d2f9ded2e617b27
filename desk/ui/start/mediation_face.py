"""The desk of the mediators and their secretary (调解工作台): today's sittings, and what is due."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.mediation_list import (
    Appointment,
    MediationRow,
    appointments_today,
    mediation_list,
)
from desk.queries.mediation_reminders import Reminder, mediation_reminders
from desk.rules.clock_faces import ClockState, clock_face
from desk.rules.mediation_codes import MediationStatus
from desk.rules.mediation_due import due_facts
from desk.rules.mediation_life import IN_HAND
from desk.rules.mediation_reminders import ReminderKind
from desk.rules.moments import day_of, in_shanghai
from desk.rules.wording import label
from desk.ui.desk import Desk
from desk.ui.keys import GlobalKey, PlaceKey, shown
from desk.ui.mediation.fact_cards import empty, scrolled
from desk.ui.mediation.words import list_row
from desk.ui.start.face import Face, list_card
from desk.ui.theme import say_state, tokens
from desk.ui.widgets.action_bar import ActionItem
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, SectionHead, text_label
from desk.ui.widgets.panes import PaneWalk
from desk.ui.work_list import WorkList, WorkRow

_BURNING = frozenset({ClockState.NEAR, ClockState.OVER})
_NONE_TODAY = f"今天没有排好的调解。按 {shown(PlaceKey.ROOMS)} 去调解室排期。"
_NOTHING_DUE = "近几天没有到期的履行、司法确认和回访，也没有要改的排期。"
_AFTER = frozenset({MediationStatus.SETTLED, MediationStatus.FOLLOW_UP, MediationStatus.CLOSED})


class MediationFace(Face):
    """Today's appointments at the left, one's mediations by what they need at the right."""

    name, title = "调解", "调解工作台"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.today = Card("今天的调解")
        self._lines = QVBoxLayout()
        self.today.body.addWidget(scrolled(self._lines), 1)
        self._head = SectionHead("要办的")
        self.list = WorkList("要办的调解", desk.now, tall=True)
        self.list.opened.connect(self.mediation_wanted)
        self.list.passed.connect(self.list.go_on)
        self.list.explain_in(self, self.said.emit)
        self.due = Card("快到期的，和要改的排期")
        self._due_lines = QVBoxLayout()
        self.due.body.addWidget(scrolled(self._due_lines), 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens().sizes.gutter)
        column.addWidget(self.today, 3)
        column.addWidget(self.due, 2)
        self.add_columns([(left, 45), (list_card(self._head, self.list), 55)])
        PaneWalk(self, [self.list, self.today, self.due, self.bar])

    def load(self) -> None:
        """Read today's appointments and the mediations in hand."""
        self.desk.ask(appointments_today, owner=self, done=self._show_today)
        self.desk.ask(mediation_reminders, owner=self, done=self._show_due)
        self.desk.ask(mediation_list, owner=self, done=self._show_rows)

    def take_focus(self) -> None:
        """Put the focus on the list."""
        self.list.setFocus()

    def _show_today(self, found: Sequence[Appointment]) -> None:
        empty(self._lines)
        if not found:
            self._lines.addWidget(text_label(_NONE_TODAY, "label", wraps=True))
        for one in found:
            self._lines.addWidget(self._line(one))
        self._lines.addStretch()
        if self.today.head is not None:
            self.today.head.set_note(f"{len(found)} 场")

    def _line(self, one: Appointment) -> QWidget:
        """Return one appointment: when and where, what, between whom."""
        made = Card()
        made.body.setContentsMargins(12, 8, 12, 8)
        made.body.setSpacing(2)
        say_state(made, kind="inner")
        start, end = in_shanghai(one.starts_at), in_shanghai(one.ends_at)
        when = f"{start:%H:%M}—{end:%H:%M}　{one.room}"
        made.body.addWidget(text_label(when, "strong"))
        words = f"{one.title}　{one.parties}　{label(one.status)}"
        made.body.addWidget(text_label(words, "label", wraps=True))
        button = KeyButton("打开调解卷", kind=ButtonKind.QUIET, parent=made)
        button.setAccessibleName(f"打开调解卷，{when}，{words}")
        button.clicked.connect(partial(self.mediation_wanted.emit, one.mediation_id))
        made.body.addWidget(button)
        return made

    def _show_due(self, found: Sequence[Reminder]) -> None:
        empty(self._due_lines)
        if not found:
            self._due_lines.addWidget(text_label(_NOTHING_DUE, "label", wraps=True))
        today = day_of(self.desk.now())
        for one in found:
            button = KeyButton(one.title, kind=ButtonKind.QUIET)
            button.setAccessibleName(f"打开调解卷，{one.title}　{one.due.words}")
            button.clicked.connect(partial(self.mediation_wanted.emit, one.mediation_id))
            is_bad = one.due.on < today or one.due.kind is ReminderKind.BOOKING
            say_state(button, state="bad" if is_bad else "")
            words = text_label(one.due.words, "label", wraps=True)
            say_state(words, state="bad" if one.due.on < today else "")
            line = QHBoxLayout()
            line.addWidget(button)
            line.addWidget(words, 1)
            self._due_lines.addLayout(line)
        self._due_lines.addStretch()
        if self.due.head is not None:
            self.due.head.set_note(f"{len(found)} 条")

    def _show_rows(self, rows: Sequence[MediationRow]) -> None:
        now, found, shown_ids = self.desk.now(), [], set()

        def is_burning(row: MediationRow) -> bool:
            facts = due_facts(row.accepted_on, row.due_on)
            return row.status in IN_HAND and clock_face(facts, now).state in _BURNING

        mine = [row for row in rows if row.is_mine or row.to_examine]
        for words, fits in (
            ("快到期、已超期", is_burning),
            ("待审查", lambda row: row.to_examine),
            ("在办", lambda row: row.status in IN_HAND),
            ("履行、回访、归档", lambda row: row.status in _AFTER),
        ):
            inside = [row for row in mine if row.id not in shown_ids and fits(row)]
            shown_ids |= {row.id for row in inside}
            if inside:
                found.append(WorkRow(None, words, note=str(len(inside))))
                found += [list_row(row) for row in inside]
        self._head.set_note(f"{len(shown_ids)} 件")
        self.badge_changed.emit(len(shown_ids))
        self.list.set_rows(found)
        self._offer(has_rows=bool(found))

    def _offer(self, *, has_rows: bool) -> None:
        goes = partial(self.place_wanted.emit, "mediation")
        items = [ActionItem("去调解页", PlaceKey.MEDIATION, goes, is_bound=False)]
        if has_rows:
            opens, key = self.list.open_current, GlobalKey.OPEN_FILE
            spoken = "打开调解卷，列表里按 Enter"
            items.insert(0, ActionItem("打开调解卷", key, opens, is_main=True, spoken=spoken))
        self.bar.set_items(items)

    def _on_changed(self, changes: Any, _who: object) -> None:
        if (changes.mediations or not changes.cases) and self.isVisible():
            self.load()
