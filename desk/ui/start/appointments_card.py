"""Who comes today (今天的预约), on the counter's desk: the next one is taken in with one key."""

from collections.abc import Sequence
from datetime import datetime

from desk.queries.appointments import AppointmentRow
from desk.rules.moments import in_shanghai
from desk.rules.reception_codes import AppointmentState
from desk.rules.wording import label
from desk.ui.start.side_cards import LinesCard

_MOST = 4
_SAID = 18  # characters of the matter that are shown
_COMING = AppointmentState.BOOKED


class AppointmentsCard(LinesCard):
    """Today's appointments by the hour, with whom, and what each needs."""

    def __init__(self) -> None:
        super().__init__("今天的预约", empty="今天没有预约。")
        self._rows: tuple[AppointmentRow, ...] = ()

    def show_rows(self, rows: Sequence[AppointmentRow]) -> None:
        """Show who is still to come first, then who came."""
        self._rows = tuple(sorted(rows, key=lambda one: (one.state is not _COMING, one.starts_at)))
        if not self.is_news(self._rows):
            return
        lines = [
            (None, f"{in_shanghai(one.starts_at):%H:%M}", f"{one.who}　{_short(one)}", _below(one))
            for one in self._rows[:_MOST]
        ]
        if len(self._rows) > _MOST:
            lines.append((None, "", f"另有 {len(self._rows) - _MOST} 位", ""))
        self.put(lines)

    def next_one(self, now: datetime) -> AppointmentRow | None:
        """Return who is expected next: the one whose hour is nearest and who has not come."""
        coming = [one for one in self._rows if one.state is _COMING and one.case_id is None]
        return min(coming, key=lambda one: abs(one.starts_at - now), default=None)


def _short(one: AppointmentRow) -> str:
    return one.matter if len(one.matter) <= _SAID else f"{one.matter[: _SAID - 1]}…"


def _below(one: AppointmentRow) -> str:
    state = "" if one.state is _COMING else ("已受理" if one.case_id else label(one.state))
    whom = f"{one.with_whom}接访 {one.place}" if one.post is not None else ""
    return "　".join(filter(None, (state, whom, "、".join(one.needs))))
