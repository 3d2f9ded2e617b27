"""The left side of the intake (受理单): everything that is written, as one content."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desk.queries.intake import IntakeHall
from desk.rules.card_bursts import CardFacts
from desk.rules.rights import Person
from desk.rules.wording import label
from desk.ui.intake.category_field import CategoryField
from desk.ui.intake.exit_fields import ExitFields
from desk.ui.intake.facts import Content, IntakeView
from desk.ui.intake.form import IntakeForm
from desk.ui.intake.head_line import HeadLine
from desk.ui.intake.more import MoreFields
from desk.ui.theme import say_state
from desk.ui.widgets.cards import rule
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState


class IntakeSheet(QWidget):
    """Head line, first screen, the folded rest, and the fields of an exit.

    Signals:
        changed: something was written or chosen by the clerk.
    """

    changed = Signal()

    def __init__(
        self,
        host: QWidget,
        person: Person,
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.head = HeadLine(host, person, clock)
        self.form = IntakeForm()
        self.more = MoreFields(host)
        self.extra = ExitFields()
        self._is_restoring = False
        self._build()
        for part in (self.head, self.form, self.more, self.extra):
            part.changed.connect(self._on_changed)
        self.more.changed.connect(self.more.say_filled)
        self.more.opened.connect(self._on_more_opened)

    def set_hall(self, hall: IntakeHall) -> None:
        """Offer what the hall has; what stands in the fields stays."""
        self._is_restoring = True
        for part in (self.head, self.form, self.more, self.extra):
            part.set_hall(hall)
        self._is_restoring = False

    def set_view(self, view: IntakeView) -> None:
        """Follow the view switch."""
        self.head.set_view(view)

    def set_short(self, *, is_short: bool) -> None:
        """Show only what a call of twenty seconds needs."""
        self.form.set_short(is_short=is_short)
        self.more.setVisible(not is_short)
        self._line.setVisible(not is_short)

    def content(self) -> dict[str, Any]:
        """Return everything that is written, ready for a draft."""
        return {
            **self.head.content(),
            **self.form.content(),
            **self.more.content(),
            **self.extra.content(),
        }

    def restore(self, content: Content) -> None:
        """Show what was written before; nothing is signalled."""
        self._is_restoring = True
        for part in (self.head, self.form, self.more, self.extra):
            part.restore(content)
        self.more.set_open(is_open=False)
        self._is_restoring = False
        self._scroll.verticalScrollBar().setValue(0)

    def take_card(self, card: CardFacts) -> str:
        """Write what an identity card says where nothing else is written; say what was done."""
        left = list(self.form.take_card(card.name, card.address))
        if not self.more.take_card(card.sex.value, card.number):
            left.append("证件号码")
        told = f"已读身份证：{label(card.sex)}，{card.born_on.year} 年生。"
        if not left:
            return told + "姓名、住址、性别、证件号已填，正在写的内容没有动。"
        return told + f"表里已写的{'、'.join(left)}和卡上不同，没有改，请核对。"

    def first_problem(self) -> CheckedField | None:
        """Ask every check again; return the first field that keeps the form from being saved."""
        for field in self._fields():
            if field.check_now().state is Check.BAD:
                return field
        return None

    def show_problem(self, name: str, sentence: str) -> bool:
        """Say beside a field what is wrong and go there; False if nothing can be said there."""
        field = self._field(name)
        if field is None:
            if (chips := self.more.codes(name)) is not None:
                self.more.set_open(is_open=True)
                self.go_to(chips)
            return False
        if self.more.field(name) is field:
            self.more.set_open(is_open=True)
        if self.head.field(name) is field:
            self.head.set_open(is_open=True)
        field.set_state(FieldState(Check.BAD, sentence))
        self.go_to(field)
        return True

    def go_to(self, widget: QWidget, whole: QWidget | None = None) -> None:
        """Put the focus on a field and bring it, or the whole it is part of, into sight."""
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        seen = whole or widget
        # the layout knows the place of what was just shown only after this event
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(seen, 0, 12))

    def go_to_matters(self) -> None:
        """Open the rest and go to the matters: one line each, Enter begins the next."""
        field = self.more.field("matters")
        if field is not None:
            self.more.set_open(is_open=True)
            self.go_to(field)

    def _field(self, name: str) -> CheckedField | CategoryField | None:
        form = self.form
        own: dict[str, CheckedField | CategoryField] = {
            "phone": form.phone,
            "name": form.name,
            "address": form.address,
            "place": form.address,
            "community": form.address,
            "grid": form.address,
            "details": form.details,
            "category": form.category,
        }
        found = own.get(name) or self.head.field(name) or self.extra.field(name)
        return found or self.more.field(name)

    def _fields(self) -> Iterator[CheckedField]:
        """Return all fields, without those of an exit that is not being taken."""
        for field in self.findChildren(CheckedField):
            if not (self.extra.isHidden() and self.extra.isAncestorOf(field)):
                yield field

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(9)
        self._line = rule()
        self.form.body.addWidget(self._line)
        self.form.body.addWidget(self.more)
        page = QWidget()
        say_state(page, ground="clear")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.head)
        column.addWidget(self.form)
        column.addWidget(self.extra)
        column.addStretch()
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(page)
        layout.addWidget(self._scroll, 1)

    def _on_more_opened(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Bring what was unfolded into sight, its head line uppermost."""
        page = self._scroll.widget()
        if not is_open or self._is_restoring or page is None:
            return

        def show() -> None:
            top = self.more.mapTo(page, QPoint(0, 0)).y()
            self._scroll.verticalScrollBar().setValue(top - 8)

        # the scroll bar learns how long the page is only after this event
        QTimer.singleShot(0, self, show)

    def _on_changed(self) -> None:
        if self._is_restoring:
            return
        self.changed.emit()
