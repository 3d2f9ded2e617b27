"""Who asked first, who writes, which unit, when it happened (首问人、录入人、首办部门、时间)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desk.queries.intake import IntakeHall
from desk.rules.codes import Channel
from desk.rules.rights import Person
from desk.rules.wording import choices
from desk.ui.intake.facts import Content, IntakeView
from desk.ui.keys import ActionKey
from desk.ui.widgets.buttons import ButtonKind, KeyButton
from desk.ui.widgets.cards import Card, text_label
from desk.ui.widgets.checked_field import CheckedField, FieldState
from desk.ui.widgets.composing import KeyShortcut
from desk.ui.widgets.flow_layout import FlowLayout
from desk.ui.widgets.moment_edit import MomentEdit
from desk.ui.widgets.moment_text import write_moment
from desk.ui.widgets.pick_item import PickItem
from desk.ui.widgets.picker_field import PickerField

_REASON = "首问人不是您本人时必填，如：代为登记、接访会补录"
_FACTS = ("首问人", "录入人", "首办部门", "发生时间", "登记时间")


class HeadLine(Card):
    """One line that says who and when; Alt+G opens the fields behind it.

    Args:
        host: the screen in which Alt+G works.
        person: whoever is signed in.
        clock: the desk's clock.

    Signals:
        changed: a person, a unit, a time or the channel is different now.
    """

    changed = Signal()

    def __init__(
        self,
        host: QWidget,
        person: Person,
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("首问人与时间")
        self._person, self._clock = person, clock
        self._hall: IntakeHall | None = None
        self._view = IntakeView.VISIT
        self._begun: datetime | None = None
        self._values: dict[str, QLabel] = {}
        self.body.setContentsMargins(14, 6, 10, 6)
        self._build(host)
        self._say()

    def set_hall(self, hall: IntakeHall) -> None:
        """Offer staff and units."""
        self._hall = hall
        names = {unit.id: unit.short_name for unit in hall.units}
        self.responder.set_items(
            PickItem(s.id, s.name, s.login, names.get(s.unit_id, "")) for s in hall.staff
        )
        self.unit.set_items(PickItem(u.id, u.short_name, u.name) for u in hall.units)
        if self.unit.value() is None:
            self.unit.set_value(self._person.home_unit_id)
        self._say()

    def set_view(self, view: IntakeView) -> None:
        """Follow the view switch; a late entry needs its time and channel."""
        self._view = view
        self.channel.setVisible(view is IntakeView.LATER)
        if view is IntakeView.LATER:
            self.set_open(is_open=True)
        self._say()

    def set_open(self, *, is_open: bool) -> None:
        """Show the fields, or only the line."""
        self._fields.setVisible(is_open)
        if is_open:
            first = self.moment if self._view is IntakeView.LATER else self.responder
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def is_open(self) -> bool:
        """Return whether the fields are shown."""
        return not self._fields.isHidden()

    def begin(self) -> None:
        """Note that the talk began now, unless it was noted or told."""
        if self._begun is None:
            self._begun = self._clock()
            self._say()

    def happened_at(self) -> datetime:
        """Return when it happened: as told, or when the form was begun, or now."""
        return self.moment.moment() or self._begun or self._clock()

    def content(self) -> dict[str, Any]:
        """Return what was told; what is usual is left out."""
        told = self.moment.moment() or self._begun
        responder, unit = self.responder.value(), self.unit.value()
        return {
            "happened_at": told.isoformat() if told else None,
            "is_told": self.moment.moment() is not None,
            "first_responder": None if responder == self._person.staff_id else responder,
            "first_responder_reason": self.reason.text(),
            "first_unit": None if unit == self._person.home_unit_id else unit,
            "channel": self.channel.value() or Channel.VISIT.value,
        }

    def restore(self, content: Content) -> None:
        """Show what was told before."""
        said = content.get("happened_at")
        moment = datetime.fromisoformat(said) if said else None
        self._begun = moment
        self.moment.set_moment(moment if content.get("is_told") else None)
        self.responder.set_value(content.get("first_responder"))
        self.reason.set_text(content.get("first_responder_reason") or "")
        self.unit.set_value(content.get("first_unit") or self._person.home_unit_id)
        self.channel.set_value(content.get("channel") or Channel.VISIT.value)
        self._fields.hide()
        self._say()

    def field(self, name: str) -> CheckedField | None:
        """Return the field of one name."""
        return {
            "happened_at": self.moment,
            "first_responder": self.responder,
            "first_responder_reason": self.reason,
            "first_unit": self.unit,
            "channel": self.channel,
        }.get(name)

    def _build(self, host: QWidget) -> None:
        line, facts = QHBoxLayout(), QWidget()
        flow = FlowLayout(facts, gap=20)
        for name in _FACTS:
            value = self._values[name] = text_label("", "strong" if name == "首问人" else "")
            fact = QWidget()
            pair = QHBoxLayout(fact)
            pair.setContentsMargins(0, 0, 0, 0)
            pair.setSpacing(6)
            pair.addWidget(text_label(name, "label"))
            pair.addWidget(value)
            flow.addWidget(fact)
        line.addWidget(facts, 1)
        self._button = KeyButton("更改", ActionKey.CHANGE_RESPONDER, kind=ButtonKind.QUIET)
        self._button.clicked.connect(lambda: self.set_open(is_open=not self.is_open()))
        KeyShortcut(ActionKey.CHANGE_RESPONDER, host).pressed.connect(self._button.click)
        line.addWidget(self._button)
        self.body.addLayout(line)
        self._build_fields()

    def _build_fields(self) -> None:
        self.responder = PickerField("首问人", hint="空着就是您本人")
        self.reason = CheckedField("理由", hint=_REASON)
        self.unit = PickerField("首办部门")
        self.moment = MomentEdit("发生时间", self._clock, past_only=True)
        self.channel = PickerField(
            "来源渠道", [PickItem(code.value, word) for code, word in choices(Channel)]
        )
        self._fields = QWidget(self)
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 4, 0, 4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for at, field in enumerate((self.responder, self.unit, self.moment)):
            grid.addWidget(field, 0, at)
            grid.setColumnStretch(at, 1)
        grid.addWidget(self.reason, 1, 0, 1, 2)
        grid.addWidget(self.channel, 1, 2)
        column.addLayout(grid)
        self.body.addWidget(self._fields)
        self._fields.hide()
        self.channel.hide()
        self.reason.changed.connect(self._on_changed)
        self.moment.moment_changed.connect(self._on_changed)
        for picker in (self.responder, self.unit, self.channel):
            picker.chosen.connect(self._on_changed)

    def _on_changed(self, _value: object) -> None:
        self.reason.set_state(FieldState())  # what was missing may not be wanted any more
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        """Write the line anew."""
        hall, me = self._hall, self._person
        chosen = self.responder.value()
        responder = hall.staff_name(chosen) if hall and isinstance(chosen, int) else ""
        unit = self.unit.value()
        now = self._clock()
        told = self.moment.moment() or self._begun
        said = {
            "首问人": responder or me.name,
            "录入人": me.name,
            "首办部门": hall.unit_name(unit) if hall and isinstance(unit, int) else "",
            "发生时间": write_moment(told, now) if told else "动笔时记下",
            "登记时间": "保存时记下",
        }
        for name, words in said.items():
            self._values[name].setText(words)
