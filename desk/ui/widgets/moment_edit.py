"""A field for a moment (时间栏): typed the way it is said, shown the way it is read."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.rules.moments import in_shanghai
from desk.ui.widgets.checked_field import Check, CheckedField, FieldState
from desk.ui.widgets.moment_text import read_moment, write_moment

_WEEKDAYS = "一二三四五六日"
_PAST = "可以写 0942、昨天 15:30、周一 9:05"
_TO_COME = "可以写 明天 9:30、周一 1430、11-20 9:05"


class MomentEdit(CheckedField):
    """A moment with the quick ways of writing it.

    Args:
        clock: says what time it is now; the program's own clock.
        past_only: a moment to come is refused.

    Signals:
        moment_changed: another moment stands in the field; carries it, or None.
    """

    moment_changed = Signal(object)

    def __init__(
        self,
        label: str,
        clock: Callable[[], datetime],
        *,
        past_only: bool = False,
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._how = _PAST if past_only else _TO_COME
        super().__init__(label, check=self._read, hint=self._how, required=required, parent=parent)
        self._clock, self._past_only, self._is_required = clock, past_only, required
        self._moment: datetime | None = None

    def moment(self) -> datetime | None:
        """Return the moment in the field, as far as it could be read."""
        return self._moment

    def set_moment(self, moment: datetime | None) -> None:
        """Show `moment`."""
        self.set_text("" if moment is None else write_moment(moment, self._clock()))
        if moment is None:
            self._keep(None)

    def check_now(self) -> FieldState:
        """Read the text, and write it back in full when it could be read."""
        state = super().check_now()
        if self._moment is not None and state.state is not Check.BAD:
            full = write_moment(self._moment, self._clock())
            if full != self.text():
                self.edit.setText(full)
                self._judged_text = full
                self.set_state(state)
        return state

    def _read(self, text: str) -> FieldState:
        if not text.strip():
            self._keep(None)
            wanted = f"请填写{self._label}。"
            return FieldState(Check.BAD, wanted) if self._is_required else FieldState()
        now = self._clock()
        moment = read_moment(text, now, looks_back=self._past_only)
        if moment is None:
            self._keep(None)
            return FieldState(Check.BAD, f"没看懂“{text.strip()}”。{self._how}。")
        if self._past_only and moment > now:
            self._keep(None)
            return FieldState(Check.BAD, "这个时间还没有到，请核对。")
        self._keep(moment)
        wall = in_shanghai(moment)
        spoken = f"{wall.year} 年 {wall.month} 月 {wall.day} 日 星期{_WEEKDAYS[wall.weekday()]}"
        return FieldState(Check.OK, f"{spoken} {wall:%H:%M}")

    def _keep(self, moment: datetime | None) -> None:
        if moment != self._moment:
            self._moment = moment
            self.moment_changed.emit(moment)
