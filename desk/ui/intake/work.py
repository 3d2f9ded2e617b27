"""The whole working surface of the intake (受理台面): the sheet, the exits, the side bar."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.queries.intake import IntakeHall
from desk.rules.codes import Exit
from desk.rules.deeds import Deed
from desk.rules.rights import Person, may_in_hall
from desk.rules.suggestions import WordUse
from desk.ui.intake.drawer import SideDrawer
from desk.ui.intake.exit_fields import NEEDS_MORE
from desk.ui.intake.facts import IntakeView, channel_of
from desk.ui.intake.foot import IntakeFoot
from desk.ui.intake.limits import Start, limits_before_saving
from desk.ui.intake.sheet import IntakeSheet
from desk.ui.intake.side_bar import SideBar
from desk.ui.keys import CaseKey, GlobalKey
from desk.ui.widgets.composing import KeyShortcut

_LIMITS_MS = 20_000


class IntakeWork(QWidget):
    """One form with everything around it; knows nothing of the database.

    Signals:
        changed: something was written or chosen by the clerk.
        short_changed: the form of twenty seconds is shown, or the whole one again.
    """

    changed = Signal()
    short_changed = Signal(bool)

    def __init__(
        self, person: Person, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._hall: IntakeHall | None = None
        self._view = IntakeView.VISIT
        self._command = str(uuid4())
        self._visit: dict[str, Any] = {}
        self._is_short = False
        self.sheet = IntakeSheet(self, person, clock)
        self.foot = IntakeFoot(self)
        self.side = SideBar(self, keeps_topics=may_in_hall(Deed.KEEP_TOPICS, person))
        self._timer = QTimer(self, interval=_LIMITS_MS)
        self._build()
        self._connect()
        self.show_limits()

    @property
    def view(self) -> IntakeView:
        """How the appeal arrives."""
        return self._view

    @property
    def command(self) -> str:
        """The id under which this form is sent; the same form is never saved twice."""
        return self._command

    @property
    def is_short(self) -> bool:
        """Whether only the form of twenty seconds is shown."""
        return self._is_short

    def set_hall(self, hall: IntakeHall, use: WordUse | None) -> None:
        """Take the hall as it is now."""
        self._hall = hall
        self.sheet.set_hall(hall)
        self.sheet.form.category.set_categories(
            hall.categories, use, [place.name for place in hall.places]
        )
        self.side.level.set_hall(hall)
        self.show_limits()

    def set_view(self, view: IntakeView) -> None:
        """Take the appeal as a visit, a call, a letter and so on."""
        self._view = view
        self.sheet.set_view(view)
        self.show_limits()

    def set_short(self, *, is_short: bool) -> None:
        """Show only what a call of twenty seconds needs, or everything."""
        if is_short == self._is_short:
            return
        self._is_short = is_short
        self.sheet.set_short(is_short=is_short)
        self.foot.set_short(is_short=is_short)
        self.short_changed.emit(is_short)

    def content(self) -> dict[str, Any]:
        """Return everything that a draft keeps."""
        return {
            **self.sheet.content(),
            "command": self._command,
            "view": self._view.value,
            "judgement": self.side.level.answers(),
            **self.side.repeat.content(),
            **self._visit,
        }

    def write(self, content: Mapping[str, Any]) -> None:
        """Show another form: a fresh one, or what was written before."""
        self._command = content.get("command") or str(uuid4())
        self._visit = {name: content.get(name) for name in ("visit", "same_visit", "appointment")}
        was_blocked = self.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.sheet.restore(content)
        self.side.level.set_answers(content.get("judgement") or [])
        self.side.repeat.restore(content)
        self.set_view(IntakeView(content.get("view") or IntakeView.VISIT))
        self.blockSignals(was_blocked)
        leave = self.sheet.extra.exit()
        self.foot.set_main(leave or Exit.TRANSFER)
        self.foot.show_problem("")
        self.show_limits()

    def open_exit(self, leave: Exit) -> bool:
        """Take an exit; True if its own fields have just been opened and must be filled first."""
        extra = self.sheet.extra
        opens = leave in NEEDS_MORE and extra.exit() is not leave
        if extra.exit() is not leave:
            extra.show_exit(leave)
        self.foot.set_main(leave)
        self.show_limits()
        if opens:
            self.sheet.go_to(extra.first(), extra)
        return opens

    def go_first(self) -> None:
        """Put the caret where a form begins."""
        self.sheet.form.phone.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_limits(self) -> None:
        """Say which limits would start if the form were saved now."""
        if self._hall is None:
            return
        start = Start(
            leave=self.foot.main_exit(),
            urgency=self.side.level.urgency(),
            at=self.sheet.head.happened_at(),
            channel=channel_of(
                {"view": self._view.value, "channel": self.sheet.head.channel.value()}
            ),
            has_phone=bool(self.sheet.form.phone.text().strip()),
            category=self.sheet.form.category.value(),
        )
        self.foot.show_limits(limits_before_saving(self._hall, start, self._clock()))

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.sheet, 1)
        left.addWidget(self.foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(16)
        row.addLayout(left, 67)
        self._drawer = SideDrawer(self, row, self.side, self.foot.advice)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the advice into a drawer where it has no room beside the form."""
        super().resizeEvent(event)
        self._drawer.follow()

    def _connect(self) -> None:
        self.sheet.changed.connect(self._on_changed)
        self.sheet.more.opened.connect(lambda _open: self.set_short(is_short=False))
        self.side.level.changed.connect(self._on_changed)
        self.side.repeat.answered.connect(self._on_changed)
        self._timer.timeout.connect(self._on_time)
        self._timer.start()
        KeyShortcut(CaseKey.MATTERS, self).pressed.connect(self._on_matters)
        KeyShortcut(GlobalKey.NEXT_PANE, self).pressed.connect(self._on_next_pane)

    def _on_changed(self) -> None:
        self.foot.show_problem("")
        self.show_limits()
        self.changed.emit()

    def _on_time(self) -> None:
        if not self.foot.saved_words():
            self.show_limits()

    def _on_matters(self) -> None:
        self.set_short(is_short=False)
        self.sheet.go_to_matters()

    def _on_next_pane(self) -> None:
        """Go round: the form, the side bar, the exits."""
        focus: QWidget | None = self.focusWidget()
        if focus is not None and self.sheet.isAncestorOf(focus):
            self.side.level.focus_first()
        elif focus is not None and self.side.isAncestorOf(focus):
            self.foot.exits.button(self.foot.main_exit()).setFocus()
        else:
            self.go_first()
