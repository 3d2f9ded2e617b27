"""Panels of a sitting (会次): it begins, people come and go, it ends without an outcome."""

from typing import ClassVar

from desk.actions.mediation_sessions import ChangeAttendance, EndSession, StartSession
from desk.queries.mediation_file import WholeMediation
from desk.queries.record_desk import RecordView
from desk.rules.mediation_codes import BookingStatus, SessionEnd
from desk.rules.mediation_rights import MediationDeed
from desk.rules.moments import in_shanghai
from desk.ui.case.form_parts import Entry, Ticks, coded
from desk.ui.mediation.attendance_sheet import AttendanceSheet
from desk.ui.mediation.deed_panel import MediationPanel, OnMediation
from desk.ui.mediation.following import follow
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.checked_field import FieldState
from desk.ui.widgets.choice_chips import Choice

_ON_THE_SPOT = 0
_WAITING = frozenset({BookingStatus.PROVISIONAL, BookingStatus.CONFIRMED})


def has_open_sitting(file: WholeMediation) -> bool:
    """Return whether a sitting is under way."""
    sittings = file.body.sittings if file.body is not None else ()
    return any(one.ended_at is None for one in sittings)


def can_begin(file: WholeMediation) -> bool:
    """Return whether no sitting is under way, so that one may begin."""
    return not has_open_sitting(file)


class _SheetPanel(MediationPanel):
    """A panel with the attendance sheet; refusals about it stand below it."""

    deed = MediationDeed.HOLD_SESSION

    def add_sheet(self) -> AttendanceSheet:
        """Add the sheet, known by all the names a refusal may bear."""
        sheet = AttendanceSheet(self.body.parties, self.file.head.mediator_id)
        self.form.add(sheet)
        sheet.edited.connect(self.form.edited)
        words, say = "到场、告知、询问回避", sheet.say
        self.form.entries["attended"] = Entry(
            words,
            sheet.content,
            sheet.fill,
            say,
            sheet.in_words,
            lambda: sheet.go_where(lambda _row: True),  # the sheet itself takes no key
        )
        for name, is_open in (
            ("rights", lambda row: not row.signed.isChecked()),
            ("recusal", lambda row: row.asked.value() is None),
        ):
            self.form.entries[name] = Entry(
                words,
                lambda: None,
                lambda _value: None,
                say,
                str,
                lambda test=is_open: sheet.go_where(test),  # type: ignore[misc]
            )
        return sheet

    def clear_sheet(self) -> None:
        """Take away what was said below the sheet."""
        self.form.entries["attended"].say(FieldState())


class StartSittingPanel(_SheetPanel):
    """开始调解: where, who is there, rights signed, recusal asked."""

    title, verb = "开始调解", "开始，写笔录"

    def build(self) -> None:
        """Offer the appointments of today, then ask who came."""
        today = in_shanghai(self.desk.now()).date()
        self._rooms = {
            one.id: one.room
            for one in self.body.bookings
            if one.status in _WAITING and in_shanghai(one.starts_at).date() == today
        }
        offered = [
            Choice(one.id, f"{in_shanghai(one.starts_at):%H:%M} {one.room}")
            for one in self.body.bookings
            if one.id in self._rooms
        ]
        offered.append(Choice(_ON_THE_SPOT, "没有预约，现在就谈"))
        self._booking = self.form.choice("booking", "按哪个预约", offered, small=True)
        self._booking.chips.set_value(offered[0].id)
        self._booking.chosen.connect(self._on_booking)
        self._place = self.form.text("place", "地点", required=True)
        self._recorder = self.form.text("recorder", "记录人")
        self._recorder.set_text(self.desk.person.name)
        self._sheet = self.add_sheet()
        self._invited = self.form.text(
            "invited", "应邀参加的人", hint="邻里圈成员、社会治理工作师等，几个人之间用“、”隔开。"
        )
        mediator = self.file.head.mediator or "还没有指定"
        words = f"主持：{mediator}。告知书在“出具文书”里打印，每一方一份。"
        self.form.add(text_label(words, "hint", wraps=True))
        self._on_booking(offered[0].id)

    def start(self) -> None:
        """Begin with the people where the room is known, else with the room."""
        (self._sheet if self._place.text() else self._place).setFocus()

    def request(self, head: OnMediation) -> StartSession:
        """Begin the sitting."""
        return StartSession(
            **head,
            booking=self._booking.value() or None,
            place=self._place.text(),
            recorder=self._recorder.text(),
            attended=self._sheet.attended(head["happened_at"]),
            answers=self._sheet.answers(),
            invited=_names(self._invited.text()),
        )

    def _on_booking(self, booking: object) -> None:
        room = self._rooms.get(booking) if isinstance(booking, int) else None
        if room is not None:
            self._place.set_text(room)


class AttendancePanel(_SheetPanel):
    """到场人员: who came late or went early; who comes late is told and asked too."""

    title, verb = "到场人员", "存到场情况"
    keeps_draft: ClassVar[bool] = False  # only ticks; the record itself shows who is there

    def build(self) -> None:
        """Show who is there."""
        self._record = _record_of(self.option)
        self._sheet = self.add_sheet()
        self._invited = self.form.text("invited", "应邀参加的人")
        self._sheet.take(self._record)
        self._invited.set_text("、".join(self._record.invited))

    def request(self, head: OnMediation) -> ChangeAttendance:
        """Write down who is there now."""
        return ChangeAttendance(
            **head,
            session=self._record.id,
            attended=self._sheet.attended(head["happened_at"]),
            answers=self._sheet.answers(),
            invited=_names(self._invited.text()),
        )


class EndSittingPanel(MediationPanel):
    """结束本次: how far it came, when it goes on, and who did not come."""

    deed, title, verb = MediationDeed.HOLD_SESSION, "结束本次调解", "结束本次"

    def build(self) -> None:
        """Ask how it ended; an outcome has its own panel."""
        self._record = _record_of(self.option)
        there = {one.party for one in self._record.present}
        self._absent = {
            party.name: party.id for party in self.body.parties if party.id not in there
        }
        self.form.add(
            text_label(
                "谈成了请用“达成协议”，谈不成请用“结束调解”，会次会一起结束。", "hint", wraps=True
            )
        )
        self._end = self.form.choice("end", "接下来", coded(SessionEnd), required=True)
        self._end.chips.set_value(SessionEnd.CONTINUE)
        self._end.chosen.connect(lambda _value: self._show_reason())
        self._result = self.form.text(
            "result", "这次谈到哪里", lines=4, hint="下次从这里接着谈，会印在笔录的“调解结果”里。"
        )
        self._why = self.form.text("reason", "为什么中止", required=True)
        if self._absent:
            self.form.ticks("absent", "约了没来的", Ticks("约了没来的", self._absent))
        follow(self.form, "end", self._show_reason)
        self._show_reason()

    def request(self, head: OnMediation) -> EndSession:
        """End the sitting."""
        absent = self.form.content().get("absent", [])
        is_broken_off = self._end.value() == SessionEnd.ADJOURN
        return EndSession(
            **head,
            session=self._record.id,
            end=SessionEnd(self._end.value()),
            result=self._result.text(),
            reason=self._why.text() if is_broken_off else "",
            absent=tuple(self._absent[name] for name in absent),
        )

    def _show_reason(self) -> None:
        self._why.setVisible(self._end.value() == SessionEnd.ADJOURN)


def _record_of(option: object) -> RecordView:
    assert isinstance(option, RecordView)  # noqa: S101 - these open from the record desk alone
    return option


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.replace("，", "、").split("、") if name.strip())
