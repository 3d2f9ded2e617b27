"""Panels of what a leader does himself: 标为重点件, 领导回访."""

from functools import partial

from PySide6.QtCore import QTimer

from desk.actions.closing import RevealPrivate
from desk.actions.leader_desk import MarkKeyCase, RecordLeaderCall, UnmarkKeyCase
from desk.queries.case_file import CaseFile, case_file
from desk.rules.deeds import Deed
from desk.rules.looks import REVEALED_FOR
from desk.rules.wording import sentence_of
from desk.ui.case.contact_panels import ContactPanel
from desk.ui.case.deed_panel import DeedPanel, OnCase
from desk.ui.widgets.buttons import KeyButton
from desk.ui.widgets.cards import text_label
from desk.ui.widgets.choice_chips import Choice

_KEEP, _DROP = "keep", "drop"
_HIDDEN = "电话已隐去。写一句为什么看，按“看电话”可看 30 秒，查看会留在办理过程里。"
_WHY = "领导亲自回访"
_NO_RATING = "这次回访只记在联系记录里，不停承办单位的钟，也不改诉求人的评价。"


class KeyPanel(DeedPanel):
    """重点件: why; a case that is marked already may be unmarked by one more key."""

    deed, title, verb = Deed.MARK_KEY, "重点件", "标为重点件"

    def build(self) -> None:
        """Ask why; where it is marked, first whether the mark comes off."""
        form, reason = self.form, self.file.key_reason
        if reason:
            form.add(text_label(f"现在是重点件：{sentence_of(reason)}", "reading", wraps=True))
        both = [Choice(_DROP, "取消重点件"), Choice(_KEEP, "改理由")]
        self._way = form.choice("way", "怎么办", both)
        self._way.setVisible(bool(reason))
        self._way.chips.set_value(_DROP if reason else _KEEP)
        self._reason = form.text(
            "reason",
            "新的理由，或为什么取消（可空）" if reason else "为什么是重点件",
            lines=2,
            required=not reason,
            hint="例如：涉及 200 户用水。领导的队列和 23 点的日清单里会看到。",
        )

    def start(self) -> None:
        """Go to the reason, or to what is to be done with the mark."""
        if self.file.key_reason:
            self.button.setText("记下")
            self._way.chips.setFocus()
        else:
            self._reason.setFocus()

    def request(self, head: OnCase) -> MarkKeyCase | UnmarkKeyCase:
        """Mark it, or take the mark off."""
        if self._way.value() == _DROP:
            return UnmarkKeyCase(**head, note=self._reason.text())
        return MarkKeyCase(**head, reason=self._reason.text())


class LeaderCallPanel(ContactPanel):
    """领导回访: the number for half a minute, then what the appellant said."""

    deed, title, verb = Deed.LEADER_CALL, "领导回访", "记下回访"

    def build(self) -> None:
        """Show the number, or ask why it is to be shown; then ask as for any call."""
        self._number = text_label("", "phone", wraps=True)
        self._hint = text_label(_HIDDEN, "label", wraps=True)
        self._why = self.form.text("why", "为什么看电话")
        self._why.set_text(_WHY)
        self._look = KeyButton("看电话", icon="phone")
        self._look.clicked.connect(self._reveal)
        for widget in (self._look, self._hint, self._number):
            self.form.add(widget)
        self._gone = QTimer(self, singleShot=True)
        self._gone.setInterval(int(REVEALED_FOR.total_seconds() * 1000))
        self._gone.timeout.connect(self.drop_contact)
        self._show_number()
        super().build()
        self.form.add(text_label(_NO_RATING, "hint", wraps=True))

    def request(self, head: OnCase) -> RecordLeaderCall:
        """Record the leader's own call."""
        return RecordLeaderCall(**head, **self.answers())

    def drop_contact(self) -> None:
        """Take the number off again."""
        self._number.setText("")
        self._show_fields(is_hidden=True)

    def take_file(self, file: CaseFile) -> None:
        """Show the number of a newer state, where it may be seen."""
        super().take_file(file)
        self._show_number()

    def _reveal(self) -> None:
        request = RevealPrivate(**self.head(), reason=self._why.text())
        self.desk.act(request, owner=self, done=self._on_revealed, failed=self._on_refused_look)

    def _on_revealed(self, _changes: object) -> None:
        query = partial(case_file, case_id=self.file.id)
        self.desk.ask(query, owner=self, done=self._on_read)

    def _on_read(self, file: CaseFile | None) -> None:
        if file is not None:
            self.take_file(file)
            self._gone.start()

    def _on_refused_look(self, error: Exception) -> None:
        self.say(str(error))

    def _show_number(self) -> None:
        data = self.file.contact_data
        parts = (data.name, data.phone, data.other_phone) if data is not None else ()
        self._number.setText("　".join(part for part in parts if part))
        self._show_fields(is_hidden=data is None)

    def _show_fields(self, *, is_hidden: bool) -> None:
        self._number.setVisible(not is_hidden)
        for widget in (self._why, self._look, self._hint):
            widget.setVisible(is_hidden)
